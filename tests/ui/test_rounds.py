from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.ui.fakes import ITEMS, FakeTutor
from tutor.quiz.item import Item
from ui.outline import Scope
from ui.rounds import Round, Wanted, give, go_on, new_round, response_of, review, stop

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CHOICE, TRUE_FALSE, SHORT, ORDERING, MATCHING = ITEMS


@pytest.fixture
def tutor(tmp_path: Path) -> FakeTutor:
    return FakeTutor(tmp_path)


def test_a_new_round_holds_what_was_wanted_and_the_bank_keeps_it(tutor: FakeTutor) -> None:
    begun = new_round(tutor, Wanted(count=2, courses=("genai",), language="ko", seed=7))
    assert begun.items == (CHOICE, TRUE_FALSE)
    assert begun.item == CHOICE
    assert [item.id for item in tutor.bank.items()] == [CHOICE.id, TRUE_FALSE.id]
    (request,) = tutor.wanted
    assert (request.count, request.courses, request.language, request.seed) == (
        2, ("genai",), "ko", 7,
    )  # fmt: skip


def test_chosen_lectures_share_the_count_and_repeat_nothing(tutor: FakeTutor) -> None:
    scopes = (Scope("genai", 2, 2), Scope("genai", 3, 1))
    begun = new_round(tutor, Wanted(count=3, scopes=scopes))
    assert [(r.week, r.lecture, r.courses, r.count) for r in tutor.wanted] == [
        (2, 2, ("genai",), 3),
        (3, 1, ("genai",), 2),
    ]
    assert begun.items == (CHOICE, TRUE_FALSE, SHORT)


def test_notes_that_give_nothing_make_an_empty_round(tutor: FakeTutor) -> None:
    begun = new_round(tutor, Wanted(count=3, kinds=("cloze",)))
    assert begun.items == ()
    assert begun.item is None


def test_an_answer_is_graded_recorded_and_final(tutor: FakeTutor) -> None:
    begun = new_round(tutor, Wanted(count=2))
    right = give(tutor, begun, 1, NOW)
    assert right.answer is not None
    assert right.answer.grade.correct
    assert right.answer.due > NOW
    assert give(tutor, right, 0, NOW) is right
    assert [(a.item, a.response, a.verdict) for a in tutor.bank.attempts()] == [
        (CHOICE.id, 1, "correct")
    ]


def test_one_goes_on_only_after_answering_and_the_round_ends(tutor: FakeTutor) -> None:
    begun = new_round(tutor, Wanted(count=2))
    assert go_on(tutor, begun, None, NOW) is begun
    second = go_on(tutor, give(tutor, begun, 0, NOW), None, NOW)
    assert second.item == TRUE_FALSE
    over = go_on(tutor, give(tutor, second, 0, NOW), None, NOW)
    assert over.item is None
    assert over.missed == [CHOICE]


def test_stopping_leaves_out_what_was_not_answered(tutor: FakeTutor) -> None:
    begun = new_round(tutor, Wanted(count=3))
    stopped = stop(give(tutor, begun, 1, NOW))
    assert stopped.items == (CHOICE,)
    assert stopped.item is None
    assert stop(begun) == Round()


def test_a_review_serves_what_is_due_then_what_was_never_answered(tutor: FakeTutor) -> None:
    begun = new_round(tutor, Wanted(count=2))
    give(tutor, begun, 0, NOW)
    later = NOW + timedelta(days=3)
    first = review(tutor, ["genai"], later)
    assert first.item == tutor.bank.get(CHOICE.id)
    second = go_on(tutor, give(tutor, first, 1, later), ["genai"], later)
    assert second.item == tutor.bank.get(TRUE_FALSE.id)
    over = go_on(tutor, give(tutor, second, 0, later), ["genai"], later)
    assert over.item is None
    assert over.missed == []


def test_what_was_missed_and_then_known_is_not_missed(tutor: FakeTutor) -> None:
    begun = new_round(tutor, Wanted(count=1))
    wrong = give(tutor, begun, 0, NOW).given
    right = give(tutor, begun, 1, NOW).given
    assert Round(given=wrong + right).missed == []
    assert Round(given=right + wrong).missed == [CHOICE]


def test_nothing_to_review_is_an_empty_round(tutor: FakeTutor) -> None:
    assert review(tutor, None, NOW).item is None


@pytest.mark.parametrize(
    ("item", "typed", "response"),
    [
        (SHORT, "  망각 게이트 ", "망각 게이트"),
        (SHORT, "   ", None),
        (ORDERING, "2 1 3", [1, 0, 2]),
        (ORDERING, "2,1,3", [1, 0, 2]),
        (ORDERING, "2 2 3", None),
        (ORDERING, "1 2", None),
        (ORDERING, "0 1 2", None),
        (MATCHING, "2 1", [1, 0]),
        (MATCHING, "1 1", [0, 0]),
        (MATCHING, "3 1", None),
        (MATCHING, "1", None),
    ],
)
def test_what_is_typed_becomes_a_response(item: Item, typed: str, response: object) -> None:
    assert response_of(item, typed) == response
