"""What a line of notes does: defines, heads a list."""

import pytest

from tutor.statement import definition, heads_items


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        ("리셋 게이트 : 과거를 얼마나 버릴지 정함", "리셋 게이트", "과거를 얼마나 버릴지 정함"),
        ("Stride: how far the kernel moves", "Stride", "how far the kernel moves"),
        ("ANN == 인공 신경망으로 뇌를 본뜸", "ANN", "인공 신경망으로 뇌를 본뜸"),
        ("1. Pooling: keeps one value per window", "Pooling", "keeps one value per window"),
        ("Feedforward - 데이터를 앞으로 전파", "Feedforward", "데이터를 앞으로 전파"),
    ],
)
def test_term_and_meaning_apart(text, term, meaning):
    assert definition(text) == (term, meaning)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("GRU(gated recurrent unit, 게이트 유닛)는 게이트가 둘인 셀이다(Cho, 2014).", "GRU"),
        ("합성곱은 필터를 밀며 특징을 찾는 연산이다.", "합성곱"),
        ("A stride is the number of cells moved at each step.", "stride"),
        ("BPTT stands for backpropagation through time.", "BPTT"),
    ],
)
def test_a_sentence_that_defines(text, term):
    found, meaning = definition(text)

    assert found.split("(")[0] == term
    assert meaning == text


@pytest.mark.parametrize(
    "text",
    [
        "LSTM이 더 오래 기억하는 까닭은 4번 식에 있다.",
        "장점 : 빠르다",
        "이것은 게이트이다.",
        "It is a gate.",
        "RNN 개선 - LSTM",
        "계산 순서는 다음과 같다.",
        "값을 더하면: 3이 된다",
    ],
)
def test_what_defines_nothing(text):
    assert definition(text) == ("", "")


def test_heads_of_lists():
    assert heads_items("LSTM은 세 가지 게이트를 쓴다.")
    assert heads_items("The steps are:")
    assert not heads_items("LSTM은 셀 상태를 따로 둔다.")
