"""Sentences that cannot both be right, and those that can."""

import pytest

from tutor.contradiction import contradicts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GRU에는 게이트가 두 개 있다.", "GRU에는 게이트가 세 개 있습니다."),
        ("The encoder has 6 layers.", "The encoder has 12 layers."),
        ("A GRU has two gates.", "A GRU has 3 gates."),
        ("배치 정규화는 학습을 빠르게 한다.", "배치 정규화는 학습을 느리게 합니다."),
        ("릿지 회귀는 계수를 0으로 만들지 않는다.", "릿지 회귀는 계수를 0으로 만듭니다."),
        ("UDP has a checksum.", "UDP has no checksum."),
    ],
)
def test_other_numbers_and_opposites(one, other):
    assert contradicts(one, other)
    assert contradicts(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GRU에는 게이트가 두 개 있다.", "GRU의 게이트는 2개입니다."),
        ("GRU에는 게이트가 두 개 있다.", "LSTM의 셀은 세 단계로 갱신된다."),
        ("The encoder has 6 layers.", "The encoder reads the whole sentence."),
        ("배치 정규화는 학습을 빠르게 한다.", "배치 정규화는 학습을 빠르게 합니다."),
        ("", "UDP has no checksum."),
    ],
)
def test_what_agrees_or_speaks_of_something_else(one, other):
    assert not contradicts(one, other)
