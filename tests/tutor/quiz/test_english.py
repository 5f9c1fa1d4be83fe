from __future__ import annotations

import pytest

from tutor.quiz import english


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("encoder", "an"),
        ("unit", "a"),
        ("LSTM", "an"),
        ("GRU", "a"),
        ("RNN", "an"),
        ("U-Net", "a"),
        ("hour", "an"),
        ("F-score", "an"),
        ("update gate", "an"),
    ],
)
def test_article(word, article):
    assert english.article(word) == article


def test_questions_take_the_predicate_as_it_is():
    assert (
        english.as_question("is a gate that forgets.") == "Which of these is a gate that forgets?"
    )
    assert english.as_question("forgets the past") == "Which of these forgets the past?"
    assert english.as_question("the most probable token is taken") is None


def test_number():
    assert [english.is_plural(word) for word in ("gates", "bias", "loss", "RNNs", "LSTM")] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert [english.singular(w) for w in ("strategies", "processes", "loss", "gates")] == [
        "strategy",
        "process",
        "loss",
        "gate",
    ]


def test_case():
    assert english.lower_first("Forget gate") == "forget gate"
    assert english.lower_first("LSTM cell") == "LSTM cell"
    assert english.upper_first("forget gate") == "Forget gate"
