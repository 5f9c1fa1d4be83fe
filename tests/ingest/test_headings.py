import pytest

from ingest import headings
from ingest.headings import Heading
from ingest.lines import split_lines


def found(text: str, at: int = 0) -> list[tuple[str, int | None, str]]:
    """Kind, number and title of the headings on one line of a text."""
    lines = split_lines(text)
    return [(each.kind, each.number, each.title) for each in headings.structure(lines, at)]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("3주차 - 교착상태", "교착상태"),
        ("3주 차 - 교착상태", "교착상태"),
        ("3 주 차: 교착상태", "교착상태"),
        ("3주차. 교착상태", "교착상태"),
        ("제3주차 교착상태", "교착상태"),
        ("3주 차 NLP", "NLP"),
        ("3주차", ""),
        ("[3주차] 교착상태", "교착상태"),
        ("【3주차】", ""),
        ("# 3주차", ""),
        ("## 3주차 교착상태", "교착상태"),
        ("**3주차 - 교착상태**", "교착상태"),
        ("3주차 - 개요", "개요"),
        ("3주차 - 소음과 잡음", "소음과 잡음"),
        ("Week 3: Deadlock", "Deadlock"),
        ("WEEK 03 - Deadlock", "Deadlock"),
        ("Week 3 — Deadlock", "Deadlock"),
        ("Week 3 - 3 kinds of deadlock", "3 kinds of deadlock"),
        ("Week 3 Deadlock", "Deadlock"),
    ],
)
def test_weeks(line, title):
    assert found(line) == [("week", 3, title)]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("2차시 - GRU", "GRU"),
        ("2차시. GRU", "GRU"),
        ("2차시) GRU", "GRU"),
        ("2차시 GRU", "GRU"),
        ("2교시: GRU", "GRU"),
        ("제2강. GRU", "GRU"),
        ("### 2차시 GRU", "GRU"),
        ("2차시 - 개요", "개요"),
        ("2차시 - 수요와 공급의 중요", "수요와 공급의 중요"),
        ("2차시 - 소음", "소음"),
        ("2차시 - 왜 배울까", "왜 배울까"),
        ("2차시 - RNN은 무엇을 기억할까?", "RNN은 무엇을 기억할까?"),
        ("2차시 - Transformer - U - net", "Transformer - U - net"),
        ("Lecture 2: GRU", "GRU"),
        ("Lec. 2 GRU", "GRU"),
        ("Session 2 - GRU", "GRU"),
    ],
)
def test_lectures(line, title):
    assert found(line) == [("lecture", 2, title)]


@pytest.mark.parametrize(
    "line",
    [
        "3주차 2차시 - GRU",
        "3주차 - 2차시: GRU",
        "3주차 2교시 GRU",
        "[3주차 2차시] GRU",
        "# 3주차 2차시 - GRU",
        "Week 3, Lecture 2: GRU",
        "Week 3 Lecture 2 - GRU",
        "Lecture 3.2 - GRU",
    ],
)
def test_a_week_and_its_lecture_on_one_line(line):
    assert found(line) == [("week", 3, ""), ("lecture", 2, "GRU")]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("퀴즈", "퀴즈"),
        ("## 퀴즈 2", "퀴즈 2"),
        ("**퀴즈**", "퀴즈"),
        ("[퀴즈]", "퀴즈"),
        ("연습 문제", "연습 문제"),
        ("Quiz 2:", "Quiz 2"),
        ("Review questions", "Review questions"),
    ],
)
def test_quizzes(line, title):
    assert found(line) == [("quiz", None, title)]


def test_the_quiz_of_a_week():
    assert found("3주 차 퀴즈") == [("week", 3, ""), ("quiz", None, "퀴즈")]
    assert found("## Week 3 Quiz") == [("week", 3, ""), ("quiz", None, "Quiz")]


@pytest.mark.parametrize(
    "line",
    [
        "생성형 모델 1~5주 차 정리, 퀴즈",
        "1~5주 차",
        "1주차 - 5주차 정리",
        "1주차~5주차",
        "Weeks 1-5",
        "Week 1-5 notes",
        "3주차에는 교착상태를 배운다.",
        "3주차까지 제출",
        "3주차, 4주차에는 무엇을 배우나",
        "3주차: 오늘은 교착상태를 배웠다.",
        "3주차 내용이 어려웠다",
        "3주 차이로 떨어졌다",
        "2강의실에서 수업",
        "2차시간표",
        "Week 3 was hard.",
        "In week 3 we saw deadlock",
        "퀴즈는 다음 주에 봅니다",
        "Quiz on Friday",
    ],
)
def test_what_merely_begins_like_a_heading(line):
    assert found(line) == []


def test_a_bare_title_stands_as_titles_do():
    assert found("잠금을 배웠다.\n4주 차 교착상태\n", 1) == []
    assert found("4주 차 교착상태\n교착상태란 서로 기다리는 상태이다.") == [("week", 4, "교착상태")]
    assert found("4주 차 수업에서 배운\n교착상태는 다시 나온다.") == []
    assert found("4주 차 수업에서 배운 것\n\n교착상태") == [("week", 4, "수업에서 배운 것")]
    assert found("Week 4 was about\ndeadlocks.") == []
    assert found("4주 차 교착상태\n1차시 조건\n", 1) == [("lecture", 1, "조건")]


def test_markdown_headings():
    lines = split_lines("## 리셋 게이트 ##\n    # 주석\n#해시태그")
    assert headings.markdown(lines[0]) == Heading("section", "리셋 게이트", level=2)
    assert headings.markdown(lines[1]) is None
    assert headings.markdown(lines[2]) is None


@pytest.mark.parametrize(
    ("first", "heads"),
    [
        ("페이지 교체 방법", True),
        ("Position Embedding", True),
        ("영상을 패치로 나누기", True),
        ("TCP/IP 프레임", True),
        ("과목 개요", True),
        ("창보다 많이 보내지 않도록 속도를 맞춤", False),
        ("층을 내려가며 머리를 붙임", False),
        ("페이지를 바꾼다.", False),
        ("페이지를 바꾼다", False),
        ("PCB : 상태를 담는 구조", False),
        ("Conv -> max pooling", False),
        ("- 준비 큐", False),
        ("1. 생성", False),
        ("| 비트 | 단계 |", False),
        ("a + b = c", False),
        ("무척 길어서 제목이라고 하기에는 어려운 줄이 하나 여기에 있는데 끝이 나지 않는 말", False),
    ],
)
def test_a_line_that_heads_its_paragraph(first, heads):
    lines = split_lines(f"{first}\n뒤따르는 줄이다.")
    assert headings.heads_paragraph(lines, [0, 1]) is heads


def test_a_line_by_itself_heads_nothing():
    assert not headings.heads_paragraph(split_lines("페이지 교체 방법"), [0])


@pytest.mark.parametrize("title", ["목차\n", "## Contents\n\n", ""])
def test_a_table_of_contents(title):
    body = "# 1주차 프로세스\n\n## 1차시 - 상태\n\n글\n\n## 2차시 - 전환\n\n글\n"
    listed = "1주차 프로세스\n- 1차시 - 상태\n- [2차시 - 전환](#2)\n\n"
    lines = split_lines(title + listed + body)
    taken = [lines[number].text for number in sorted(headings.contents(lines))]
    assert taken[-3:] == ["1주차 프로세스", "- 1차시 - 상태", "- [2차시 - 전환](#2)"]
    assert len(taken) == 3 + bool(title)


def test_headings_in_a_row_that_do_not_come_again_are_no_contents():
    text = (
        "1주차 프로세스\n\n1차시 - 상태\n\n2차시 - 전환\n\n글\n\n2주차 스레드\n\n1차시 - 상태\n\n글"
    )
    assert headings.contents(split_lines(text)) == set()
