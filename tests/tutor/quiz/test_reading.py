from __future__ import annotations

from tests.tutor.quiz.samples import PLAIN, chunks, english, korean
from tutor.quiz.reading import read
from tutor.quiz.worth import ASKED, worth


def test_definitions_in_sentences():
    (notes,) = read(korean())
    fact = next(f for f in notes.facts if f.name == "가압")
    assert fact.saying.term.aliases == ("pressure brewing", "압력 추출")
    assert fact.saying.particle == "은"
    assert fact.saying.predicate == "뜨거운 물을 높은 압력으로 밀어 넣는 추출 방법이다"
    assert fact.saying.genus("ko") == "방법"
    assert fact.span.text.startswith("가압(pressure brewing")


def test_english_definitions_and_lists():
    (notes,) = read(english())
    names = [fact.name for fact in notes.facts if fact.saying.defines("en")]
    assert names == ["pour-over", "French press", "espresso machine", "moka pot", "percolator"]
    topics = [listing.topic for listing in notes.listings if listing.topic]
    assert [(topic.subject, topic.noun) for topic in topics] == [
        ("pour-over", "strengths"),
        ("pour-over", "limits"),
    ]


def test_lists_and_steps():
    (notes,) = read(korean())
    listing = notes.listings[0]
    assert listing.topic is not None
    assert (listing.topic.subject, listing.topic.noun) == ("드립", "장점")
    assert [m.name for m in listing.members] == [
        "깔끔한 맛 향상",
        "유연한 농도 조절",
        "간단한 도구",
    ]
    (procedure,) = notes.procedures
    assert procedure.title == "드립의 순서"
    assert procedure.steps[0] == "원두를 굵은 소금만 하게 간다"


def test_plain_lines_with_a_heading_line():
    (notes,) = read(chunks(PLAIN, "빵.txt"))
    listing = notes.listings[0]
    assert listing.topic is not None
    assert (listing.topic.subject, listing.topic.noun) == ("반죽", "구성 요소")
    assert [m.name for m in listing.members] == ["밀가루", "효모", "소금"]
    assert listing.intro is not None
    assert listing.intro.text == "반죽의 구성 요소"


def test_scribbles_are_left_alone():
    (notes,) = read(chunks(PLAIN, "빵.txt"))
    said = " ".join(fact.saying.predicate for fact in notes.facts)
    assert "->" not in said
    assert "바게트" not in said


def test_comparisons_list_aspects_and_no_terms():
    text = (
        "# 커피\n\n## 드립과 침출의 비교\n\n- 도구: 드립은 종이를, 침출은 체를 쓴다.\n- "
        "시간: 드립이 짧다.\n\n"
        "## 끝\n\n마신다.\n"
    )
    (notes,) = read(chunks(text, "비교.md"))
    assert notes.facts == ()
    assert notes.listings == ()


def test_a_second_subject_is_cut_off():
    text = (
        "# 말\n\n자연어(natural language)는 한국어처럼 사람이 나날이 쓰는 언어이고, 형식 "
        "언어는 규칙을 정해 "
        "만든 언어이다.\n"
    )
    (notes,) = read(chunks(text, "말.md"))
    assert notes.facts[0].saying.predicate == "한국어처럼 사람이 나날이 쓰는 언어이다"


def test_sentences_that_lean_on_others_are_no_facts():
    text = "# T\n\nA kettle is a pot that boils water. The kettle does this faster than that pan.\n"
    (notes,) = read(chunks(text, "t.md"))
    assert [fact.saying.predicate for fact in notes.facts] == ["is a pot that boils water"]


def test_glossary_rows_give_aliases():
    (notes,) = read(korean(), [["드립", "pour-over", "핸드 드립"]])
    fact = next(f for f in notes.facts if f.name == "드립")
    assert set(fact.saying.term.aliases) == {"drip", "pour-over", "핸드 드립"}


def test_an_author_is_no_term():
    text = (
        "# 추출\n\nRossi는 물의 온도에 따라 커피의 맛을 나누었다. "
        "AeroPress는 손으로 눌러 내리는 추출 기구이다.\n\n"
        "- Bianchi, Verdi & Rossi (1987), “On Coffee”\n"
    )
    (notes,) = read(chunks(text, "추출.md"))
    assert "Rossi" not in {fact.name for fact in notes.facts}
    assert "AeroPress" in {fact.name for fact in notes.facts}


def test_what_only_counts_describes_nothing():
    text = "# 추출\n\n커피 기구(brewer) : 요즘 집에서 가장 널리 쓰이는 두 가지 도구\n"
    text += "\n그라인더(grinder) : 볶은 원두를 굵거나 가늘게 가는 도구\n"
    (notes,) = read(chunks(text, "추출.md"))
    worths = {fact.name: worth(fact, "ko") for fact in notes.facts}
    assert worths["커피 기구"] < ASKED <= worths["그라인더"]
