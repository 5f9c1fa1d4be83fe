"""What is in a course: its lectures in order, and what was read from each document."""

from tests.tutor.course import library
from tutor.outline import lectures, status

NOTES = {
    "notes.txt": """2주 차

1차시 - 순환 신경망

순환 신경망은 앞의 상태를 다음으로 넘기는 신경망이다.

2차시 - 게이트

리셋 게이트는 과거를 얼마나 버릴지 정한다.

근데 이건 아직도 헷갈리네요 ㅠㅠ

1주 차

1차시 - 언어 모델

언어 모델은 다음 단어의 확률을 계산한다.

더보기
""",
    "bread.md": "# Bread\n\nSourdough is bread raised by wild yeast.\n",
}


def test_lectures_come_in_the_order_of_the_course(tmp_path):
    index = library(tmp_path, NOTES).load("notes", None)
    found = [(place.week, place.lecture, place.title) for place in lectures([index])]

    assert found == [
        (None, None, "Bread"),
        (1, 1, "언어 모델"),
        (2, 1, "순환 신경망"),
        (2, 2, "게이트"),
    ]


def test_no_notes_no_lectures():
    assert lectures([]) == []


def test_the_status_of_a_document(tmp_path):
    found = status(library(tmp_path, NOTES).load("notes", None))

    assert (found["name"], found["encoder"]) == ("notes", "word-count")
    by_name = {document["name"]: document for document in found["documents"]}
    assert set(by_name) == {"bread.md", "notes.txt"}
    korean = by_name["notes.txt"]
    assert (korean["language"], korean["characters"]) == ("ko", len(NOTES["notes.txt"]))
    assert korean["outline"] == [
        {"week": 2, "lecture": 1, "title": "순환 신경망"},
        {"week": 2, "lecture": 2, "title": "게이트"},
        {"week": 1, "lecture": 1, "title": "언어 모델"},
    ]
    assert korean["roles"] == {"lecture": 3, "aside": 1}
    assert korean["skipped"] == {"fold": 1}
    assert by_name["bread.md"]["outline"] == []
