"""The half of a question that the notes can answer."""

import pytest

from tutor.partial import Half, known_half
from tutor.question import Concept


def concept(written, *, known):
    return Concept(((written.lower(),),), 1.0, known=known, proper=True, written=written)


GRU, MAMBA = concept("GRU", known=True), concept("Mamba", known=False)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("GRU와 Mamba의 차이는?", "GRU의 차이는?"),
        ("Mamba랑 GRU는 게이트가 몇 개야?", "GRU는 게이트가 몇 개야?"),
        ("GRU and Mamba: which is faster?", "GRU: which is faster?"),
        (
            "What is the difference between Mamba and the GRU?",
            "What is the difference between GRU?",
        ),
        ("compare GRU vs Mamba", "compare GRU"),
        ("GRU, Mamba 설명해줘", "GRU 설명해줘"),
    ],
)
def test_what_is_left_when_one_is_missing(question, rest):
    assert known_half(question, [GRU, MAMBA]) == Half(rest, ("Mamba",))


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("Mamba의 리셋 게이트는?", [MAMBA, concept("리셋", known=True)]),
        ("GRU의 리셋 게이트는?", [GRU]),
        ("Mamba와 Hyena의 차이는?", [MAMBA, concept("Hyena", known=False)]),
    ],
)
def test_no_half(question, concepts):
    assert known_half(question, concepts) is None
