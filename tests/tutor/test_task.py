"""What a question wants done."""

import pytest

from tutor.task import Task, named_in, task_of


@pytest.mark.parametrize(
    ("question", "task"),
    [
        ("GRU는 어디에서 다뤄?", Task.WHERE),
        ("패딩은 어디에 나와?", Task.WHERE),
        ("BLEU 설명 어디 있어?", Task.WHERE),
        ("GRU는 몇 주차에 배워?", Task.WHERE),
        ("어느 강의에서 드롭아웃을 다뤄?", Task.WHERE),
        ("where is dropout covered?", Task.WHERE),
        ("where do we learn about padding?", Task.WHERE),
        ("which lecture explains U-Net?", Task.WHERE),
        ("where in my notes is BLEU?", Task.WHERE),
        ("어텐션 정리해줘", Task.OUTLINE),
        ("summarise attention", Task.OUTLINE),
        ("give me an overview of the transformer", Task.OUTLINE),
        ("노트 전체 요약해줘", Task.OUTLINE),
        ("what topics are in my notes?", Task.OUTLINE),
        ("LSTM과 GRU 차이를 표로 정리해줘", Task.TABLE),
        ("compare LSTM and GRU in a table", Task.TABLE),
        ("시험에 나올 만한 거 정리해줘", Task.EXAM),
        ("what should I know for the exam?", Task.EXAM),
    ],
)
def test_requests(question, task):
    assert task_of(question, scoped=False) is task


@pytest.mark.parametrize(
    "question",
    [
        "GRU가 뭐야?",
        "정규화는 어디에 들어가?",
        "두 번째 하위 층은 키와 밸류를 어디서 가져와?",
        "Q, K, V는 어디서 나와?",
        "where is layer normalisation applied?",
        "베이즈 정리가 뭐야?",
        "베이즈 정리",
        "추출 요약과 생성 요약의 차이는?",
        "LSTM과 GRU 차이 정리해줘",
        "CNN의 약점 정리해줘",
        "해시 테이블이 뭐야?",
        "목표로 하는 것은?",
        "교수님이 시험에 나온다고 한 게 뭐야?",
        "what is a key?",
        "몇 주차까지 있어?",
        "GRU의 게이트는 몇 개야?",
    ],
)
def test_questions(question):
    assert task_of(question, scoped=False) is Task.ANSWER


@pytest.mark.parametrize(
    ("rest", "task"),
    [
        ("요약해줘", Task.OUTLINE),
        ("뭐 배웠어?", Task.OUTLINE),
        ("what is about?", Task.OUTLINE),
        ("key points", Task.OUTLINE),
        ("", Task.OUTLINE),
        ("표로 정리해줘", Task.TABLE),
        ("what should I know for the exam", Task.EXAM),
        ("시험에 나올 만한 거 정리해줘", Task.EXAM),
        ("어텐션이 뭐야?", Task.ANSWER),
        ("where is attention explained?", Task.WHERE),
    ],
)
def test_within_a_part_what_names_nothing_wants_its_outline(rest, task):
    assert task_of(rest, scoped=True) is task


def test_the_subject_as_it_is_written():
    assert named_in("멀티 헤드 어텐션 정리해줘") == "멀티 헤드 어텐션"
    assert named_in("give me a summary of multi-head attention please") == "multi-head attention"
    assert named_in("요약해줘") == ""
