"""What an answer said that the next question may point at."""

import pytest

from tutor.referent import named_by, pointed_at

LISTED = """노트에는 이렇게 적혀 있어요.

- 망각 게이트: 무엇을 버릴지 정한다. [1]
- 입력 게이트: 얼마나 쓸지 정한다. [2]
- 출력 게이트: 얼마나 내보낼지 정한다. [3]
"""


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("두 번째 거는?", "입력 게이트?"),
        ("첫 번째는 왜 필요해?", "망각 게이트 왜 필요해?"),
        ("마지막은?", "출력 게이트?"),
        ("the second one?", "입력 게이트?"),
        ("what does the last one do?", "출력 게이트 what does  do?"),
    ],
)
def test_items_of_a_list(question, item):
    assert pointed_at(question, LISTED).split() == item.split()


def test_lists_within_a_line():
    assert pointed_at("두 번째 건 왜?", "1) 느리다. 2) 데이터가 많이 든다.") == (
        "데이터가 많이 든다 왜?"
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("두 번째 거는?", "목록이 없는 답이에요."),
        ("다섯 번째는?", LISTED),
        ("왜?", LISTED),
        ("두 번째 하위 층이 뭐야?", ""),
    ],
)
def test_nothing_pointed_at(question, answer):
    assert pointed_at(question, answer) == ""


@pytest.mark.parametrize(
    ("earlier", "answer", "name"),
    [
        ("Which embedding handles typos?", "FastText, since it sums n-grams. [1]", "FastText"),
        ("GPT 이전의 언어 모델은 뭐야?", "BERT예요. [1]", "BERT"),
        ("사람의 선호에 맞추는 방법을 뭐라고 해?", "RLHF라고 해요. PPO를 써요.", "RLHF"),
        ("what is BERT?", "Like GPT, a transformer.", ""),
        ("Which embedding handles typos?", "None is mentioned.", ""),
        ("BERT는 어떤 모델이야?", "BERT는 인코더예요.", ""),
    ],
)
def test_the_name_asked_for(earlier, answer, name):
    assert named_by(answer, earlier) == name
