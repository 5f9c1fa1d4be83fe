"""A list that chunking cut is one hit again."""

from tests.tutor.course import retriever
from tutor.neighbours import whole_lists

ITEM = (
    "- {n}번째 항목: 관찰한 값을 기록하고 {n}번 표와 견주어 어긋난 칸을 표시한 다음 까닭을 적는다"
)
STEPS = "\n".join(ITEM.format(n=n) for n in range(1, 25))
NOTES = f"""# 실험

## 절차

실험의 절차는 다음과 같다:

{STEPS}

## 결과

결과는 표로 남긴다.
"""


def test_a_cut_list_is_found_whole(tmp_path):
    found = retriever(tmp_path, {"lab.md": NOTES})
    assert len([c for c in found.chunks if c.place.path == ("절차",)]) > 1
    hits = [h for h in found.search("실험 절차의 항목") if h.chunk.place.path == ("절차",)]
    assert len(hits) == 1
    assert "1번째 항목" in hits[0].chunk.text
    assert "24번째 항목" in hits[0].chunk.text
    assert NOTES[hits[0].chunk.start : hits[0].chunk.end] == hits[0].chunk.text
    assert len(hits[0].closeness) == 25


def test_paragraphs_are_no_list(tmp_path):
    text = "# 글\n\n## 장\n\n" + "\n\n".join(["그는 " + "걷고 " * 90 + "쉬었다."] * 3)
    assert whole_lists(retriever(tmp_path, {"a.md": text}).chunks) == {}


def test_an_endless_list_stays_cut(tmp_path):
    text = "# 글\n\n## 장\n\n" + "\n".join(ITEM.format(n=n) for n in range(200))
    chunks = retriever(tmp_path, {"a.md": text}).chunks
    runs = set(whole_lists(chunks).values())
    assert len(runs) > 1
    assert all(chunks[r.stop - 1].end - chunks[r.start].start <= 2_400 for r in runs)
