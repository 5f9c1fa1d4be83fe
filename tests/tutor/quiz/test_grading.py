from __future__ import annotations

import unicodedata

import pytest

from tests.tutor.quiz.samples import GOOD_EN, GOOD_KO, item
from tutor.errors import BadLine
from tutor.quiz.item import Item
from tutor.quiz.kinds import KINDS


def grade(made: Item, response: object):
    return KINDS[made.kind.value].grade(made, response)


SHORT = item(
    GOOD_KO,
    kind="short_answer",
    options=None,
    key=None,
    answer=["리셋 게이트", "reset gate"],
    stem="과거를 얼마나 반영할지 정하는 게이트를 쓰세요.",
)
MATCHING = item(
    GOOD_EN,
    kind="matching",
    stem="Match each term with its description.",
    terms=["a", "b", "c"],
    options=["of b", "of a", "of c"],
    key=[1, 0, 2],
    answer=["a — of a"],
)
ORDERING = item(
    GOOD_KO,
    kind="ordering",
    stem="순서대로 나열하세요.",
    options=["셋째", "첫째", "둘째"],
    key=[1, 2, 0],
    answer=["첫째 → 둘째 → 셋째"],
)


@pytest.mark.parametrize("response", [2, "가압"])
def test_an_option_by_number_or_text(response):
    given = grade(item(GOOD_KO), response)
    assert (given.correct, given.score, given.verdict) == (True, 1.0, "correct")
    assert given.feedback == "맞았어요."


def test_a_wrong_option_is_told_the_right_one():
    given = grade(item(GOOD_EN), 0)
    assert given.to_dict() == {
        "correct": False,
        "score": 0.0,
        "verdict": "not",
        "feedback": "Not quite. The answer: Espresso machine.",
    }
    assert grade(item(GOOD_EN), "nonsense").verdict == "not"
    assert grade(item(GOOD_EN), None).verdict == "not"


@pytest.mark.parametrize("response", [4, -1, 1.0, True, [1], {}])
def test_responses_that_name_no_option(response):
    with pytest.raises(BadLine):
        grade(item(GOOD_KO), response)


def test_a_number_may_be_an_options_text():
    counted = item(
        GOOD_KO, kind="cloze", stem="게이트는 ____ 개다", options=["2", "3", "4"], key=[1]
    )
    assert grade(counted, "3").correct
    assert grade(counted, 1).correct


@pytest.mark.parametrize(
    "response",
    [
        "리셋 게이트",
        "리셋게이트",
        "리셋 게이트입니다.",
        "Reset-Gate",
        " RESET  GATE ",
        "the reset gate",
        unicodedata.normalize("NFD", "리셋 게이트"),
        "reset gaet",
    ],
)
def test_typed_answers_that_are_accepted(response):
    assert grade(SHORT, response).correct


@pytest.mark.parametrize("response", ["업데이트 게이트", "게이트", "update gate", "", None])
def test_typed_answers_that_are_not(response):
    assert grade(SHORT, response).verdict == "not"


def test_one_letter_does_not_turn_one_term_into_another():
    for right, typed in (
        ("forget gate", "input gate"),
        ("RNN", "CNN"),
        ("GPT-3", "GPT-4"),
        ("인코더", "디코더"),
        ("word2vec", "word3vec"),
        ("과적합", "과소적합"),
    ):
        assert not grade(
            item(GOOD_KO, kind="short_answer", options=None, key=None, answer=[right]), typed
        ).correct


def test_a_typed_answer_is_a_text():
    with pytest.raises(BadLine):
        grade(SHORT, 3)


def test_matching_counts_the_pairs():
    assert grade(MATCHING, [1, 0, 2]).correct
    partly = grade(MATCHING, [1, 2, 0])
    assert (partly.verdict, round(partly.score, 2)) == ("partly", 0.33)
    assert partly.feedback == "1 of 3 right. The answer: a — of a; b — of b; c — of c."
    assert grade(MATCHING, [0, 2, 1]).verdict == "not"
    with pytest.raises(BadLine):
        grade(MATCHING, [1, 0])


def test_ordering_counts_the_pairs_in_order():
    assert grade(ORDERING, [1, 2, 0]).correct
    assert grade(ORDERING, [1, 0, 2]).verdict == "partly"
    assert round(grade(ORDERING, [1, 0, 2]).score, 2) == 0.67
    assert grade(ORDERING, [0, 2, 1]).verdict == "not"
    for bad in ([1, 1, 0], [1, 2], ["a", "b", "c"], "첫째"):
        with pytest.raises(BadLine):
            grade(ORDERING, bad)


@pytest.mark.parametrize(("response", "lacks"), [("reset", "gate"), ("리셋", "게이트")])
def test_part_of_a_term_is_partly_right_and_told_what_is_missing(response, lacks):
    given = grade(SHORT, response)
    assert (given.verdict, given.score) == ("partly", 0.5)
    assert lacks in given.feedback


def test_what_stands_before_a_term_does_not_make_it_wrong():
    assert grade(SHORT, "GRU의 리셋 게이트").verdict == "correct"
    assert grade(SHORT, "게이트").verdict == "not"
