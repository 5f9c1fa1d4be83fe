import pytest

from ingest.lines import split_lines
from ingest.quiz_blocks import find_items, opens_item


def items(text: str) -> list[tuple[list[str], bool]]:
    """The lines of each item, and whether it is answered."""
    lines = split_lines(text)
    shown = [number for number, line in enumerate(lines) if not line.blank]
    return [([lines[n].text for n in i.lines], i.answered) for i in find_items(lines, shown)]


@pytest.mark.parametrize(
    "line",
    [
        "다음 문장의 빈칸에 들어갈 가장 알맞은 말을 고르시오.",
        "다음 중 틀린것을 고르시오",
        "교착상태의 조건이 아닌것은?",
        "흐름 제어와 거리가 먼 것은 무엇인가?",
        "옳은 것은",
        "PCB는 _____를 담는다",
        "PCB는 (   )를 담는다",
        "[  ] 안에 들어갈 말",
        "Q3. 스레드란?",
        "Which of the following is not a lock?",
        "Which statement is true?",
        "Fill in the blank:",
        "2. Choose the best answer.",
    ],
)
def test_what_asks_for_an_answer(line):
    assert opens_item(split_lines(line)[0].text)


@pytest.mark.parametrize(
    "line",
    [
        "가장 중요한 것은 순서이다.",
        "스레드란 무엇인가?",
        "The scheduler must choose the order of the operations:",
        "We do not know which one runs first.",
        "- [ ] 예제 다시 풀기",
        "fork() 와 exec( )",
        "__init__ 메서드",
    ],
)
def test_what_does_not(line):
    assert not opens_item(split_lines(line)[0].text)


def test_numbers_on_lines_of_their_own():
    text = "상태가 아닌것은?\n\n하나를 선택하세요.\n1.\n준비\n2.\n압축\n정답\n3.\n실행\n\n그렇네요"
    assert items(text) == [
        (
            "상태가 아닌것은?/하나를 선택하세요./1./준비/2./압축/정답/3./실행".split("/"),
            True,
        )
    ]


def test_numbers_before_the_option():
    text = "조건이 아닌것은?\n1.상호 배제\n2.순환 대기\n3.선점\n4.점유와 대기\n선점이네요"
    (found,) = items(text)
    assert found[0][-1] == "4.점유와 대기"


def test_no_numbers_at_all():
    text = "영역은 ____이다.\n하나를 선택하세요.\n힙\n스택\n정답\n코드\n스왑\n스택은 방금 나왔다"
    (found,) = items(text)
    assert found[0][-2:] == ["코드", "스왑"]


def test_options_on_one_line():
    assert items("알맞은 것은?\n① 가 ② 나 ③ 다 ④ 라\n정답 ②\n쉽네요") == [
        (["알맞은 것은?", "① 가 ② 나 ③ 다 ④ 라", "정답 ②"], True)
    ]


def test_options_in_bullets_only_after_what_asks_to_choose():
    (found,) = items("옳은 것은?\n- 하나\n- 둘\n정답: 둘")
    assert found == (["옳은 것은?", "- 하나", "- 둘", "정답: 둘"], True)
    (found,) = items("1. What is a process?\n- a program that runs\n- it has a PCB")
    assert found == (["1. What is a process?"], False)


def test_a_numbered_explanation_is_no_option():
    text = (
        "장점이 아닌것은?\n1.병렬\n2.축소\n3.확장\n\n1. 병렬: 함께 계산합니다.\n2. 축소: 아닙니다."
    )
    (found,) = items(text)
    assert found[0] == ["장점이 아닌것은?", "1.병렬", "2.축소", "3.확장"]


def test_options_are_short():
    long = "A) " + "because the lock is held by a thread that waits for another one " * 3
    assert items(f"Which of the following is true?\n{long}")[0][1] is False


@pytest.mark.parametrize(
    "key",
    [
        "정답",
        "(정답)",
        "정답: 3",
        "정답 ③",
        "정답 3번",
        "답 : 수신 창",
        "[정답] 2",
        "Answer: C",
        "key b",
    ],
)
def test_stated_keys(key):
    (found,) = items(f"빈칸에 알맞은 것은?\n{key}\n해설이다.")
    assert found == (["빈칸에 알맞은 것은?", key], True)


def test_two_items_and_a_remark_between_them():
    text = "옳은 것은?\n1) 가\n2) 나\n이건 쉽네요\n틀린 것은?\n1) 다\n2) 라"
    assert [held[0] for held, _ in items(text)] == ["옳은 것은?", "틀린 것은?"]
    assert sum(len(held) for held, _ in items(text)) == 6


def test_a_question_in_passing_has_no_answer():
    assert items("그렇다면 옳은 것은 무엇인가?\n둘 다 옳다고 본다.") == [
        (["그렇다면 옳은 것은 무엇인가?"], False)
    ]
