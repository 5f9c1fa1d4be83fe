import pytest

from ingest.furniture import find_furniture, front_matter
from ingest.lines import split_lines


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("더보기", "fold"),
        ("더 보기", "fold"),
        ("접기", "fold"),
        ("Read more", "fold"),
        ("이게뭐람 2025. 3. 9. 21:07", "date"),
        ("홍길동 2025-03-09 오후 9:07", "date"),
        ("2025. 3. 9.", "date"),
        ("2025년 3월 9일", "date"),
        ("728x90", "counter"),
        ("조회수 1,204", "counter"),
        ("댓글 3", "counter"),
        ("views: 88", "counter"),
        ("공유하기", "counter"),
        ("---", "rule"),
        ("* * *", "rule"),
        ("![그림](a.png)", "image"),
        ("https://os.example.kr/31", "link"),
    ],
)
def test_furniture(line, reason):
    assert find_furniture(split_lines(line)) == {0: reason}


@pytest.mark.parametrize(
    "line",
    [
        "더보기 버튼의 구현",
        "중간고사 2025. 10. 21.",
        "마감 : 2025-10-21 23:59",
        "1995년에 나온 논문이다",
        "640x480 영상",
        "Views",
        "공유",
        "comments",
        "댓글 3개를 남긴다",
        "자세한 것은 https://os.example.kr/31 참고",
        "- 하나",
    ],
)
def test_what_the_notes_say(line):
    assert find_furniture(split_lines(line)) == {}


def test_a_link_card_ends_with_its_host():
    text = "https://www.os.example.kr/31\n\n제목\n요약 두 줄\n가운데...\nos.example.kr\n\n본문이다."
    card = dict.fromkeys([2, 3, 4, 5], "link card")
    assert find_furniture(split_lines(text)) == {0: "link"} | card


def test_a_bare_link_takes_nothing_with_it():
    text = "https://os.example.kr/31\n본문이다.\n둘째 줄이다.\nother.example.kr"
    assert find_furniture(split_lines(text)) == {0: "link"}


def test_front_matter():
    text = "---\ntitle: 'GRU'\ntags:\n  - rnn\n  - gate\nWeek: 2\n---\n본문"
    taken, values = front_matter(split_lines(text))
    assert taken == 7
    assert values == {"title": "GRU", "tags": "", "week": "2"}


@pytest.mark.parametrize(
    "text",
    ["---\n글이다.\n---\n", "---\n- 하나\n---\n", "---\ntitle: 열림\n", "글\n---\na: b\n---"],
)
def test_a_rule_is_no_front_matter(text):
    assert front_matter(split_lines(text)) == (0, {})
