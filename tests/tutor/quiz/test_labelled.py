"""The gate against the labelled set: what it finds, and what it wrongly refuses."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.tutor.quiz.labelled.broken import TEXTS, broken
from tests.tutor.quiz.labelled.figures import detection, false_alarms
from tests.tutor.quiz.labelled.good import by_hand, read_one_by_one
from tutor.quiz.problem import MESSAGES
from tutor.quiz.validate import passes, problems

FOUND = detection()
_OF_MODELS = {"unusable", "unknown_distractor", "unknown_key", "solver_disagrees"}


def test_the_set_is_large_enough():
    good = [*by_hand(), *read_one_by_one()]
    assert len(good) >= 120
    assert min(Counter(item.language for item in good).values()) >= 60
    assert min(count for _, count in FOUND.values()) >= 8
    assert set(FOUND) == set(MESSAGES) - _OF_MODELS, "every check has its broken items"


@pytest.mark.parametrize("code", FOUND)
def test_a_check_finds_what_is_broken(code):
    hits, count = FOUND[code]
    assert hits >= 0.75 * count


def test_most_of_what_is_broken_is_found():
    hits, count = map(sum, zip(*FOUND.values(), strict=True))
    assert hits / count >= 0.95


def test_what_is_broken_hard_is_dropped():
    hard = [item for code, item in broken() if MESSAGES[code][0] == "hard"]
    kept = [item.stem for item in hard if passes(problems(item))]
    assert len(kept) <= 0.03 * len(hard), kept


def test_good_items_are_let_through():
    refused, alarms = false_alarms(by_hand())
    assert refused <= 1
    assert max(alarms.values(), default=0) <= 2
    assert false_alarms(read_one_by_one())[0] == 0


def test_both_languages_have_broken_items():
    one_language = {code for code, changes in TEXTS.items() if len(changes) < 2}
    # a particle after a blank is Korean grammar, an article before it English
    assert one_language == {"particle_cue", "grammar_cue"}
