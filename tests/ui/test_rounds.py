from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.ui.fakes import ITEMS, FakeTutor
from tutor.quiz.item import Item
from ui.outline import Scope
from ui.rounds import (
    Round,
    Wanted,
    from_dict,
    give,
    go_on,
    hint,
    new_round,
    notebook,
    overrule,
    response_of,
    review,
    stop,
    to_dict,
)

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
    ("item", "said", "response"),
    [
        (SHORT, "  망각 게이트 ", "망각 게이트"),
        (SHORT, "   ", None),
        (CHOICE, "1", 1),
        (CHOICE, "9", None),
        (CHOICE, "1 2", None),
        (CHOICE, "<b>", None),
        (ORDERING, "1 0 2", [1, 0, 2]),
        (ORDERING, "1 1 2", None),
        (ORDERING, "0 1", None),
        (ORDERING, "1 2 3", None),
        (MATCHING, "1 0", [1, 0]),
        (MATCHING, "0 0", [0, 0]),
        (MATCHING, "2 0", None),
        (MATCHING, "1", None),
    ],
)
def test_what_is_typed_or_pressed_becomes_a_response(
    item: Item, said: str, response: object
) -> None:
    assert response_of(item, said) == response


def test_a_grade_can_be_overruled_and_back_and_the_item_comes_back_accordingly(
    tutor: FakeTutor,
) -> None:
    wrong = give(tutor, new_round(tutor, Wanted(count=1)), 0, NOW)
    assert wrong.answer is not None
    right = overrule(tutor, wrong)
    assert right.answer is not None
    assert right.answer.grade.correct
    assert right.answer.due > wrong.answer.due
    (attempt,) = tutor.bank.attempts()
    assert (attempt.verdict, attempt.response) == ("correct", 0)
    assert notebook(tutor, None) == []
    back = overrule(tutor, right)
    assert back.answer is not None
    assert back.answer.due == wrong.answer.due
    assert [item for item, _ in notebook(tutor, None)] == [tutor.bank.get(CHOICE.id)]


def test_nothing_to_overrule(tutor: FakeTutor) -> None:
    begun = new_round(tutor, Wanted(count=1))
    assert overrule(tutor, begun) is begun


def test_the_notebook_holds_what_was_last_wrong_latest_first(tutor: FakeTutor) -> None:
    begun = new_round(tutor, Wanted(count=3))
    first = go_on(tutor, give(tutor, begun, 0, NOW), None, NOW)
    second = give(tutor, first, 1, NOW + timedelta(minutes=1))
    assert [item.id for item, _ in notebook(tutor, ["genai"])] == [TRUE_FALSE.id, CHOICE.id]
    give(tutor, begun, 1, NOW + timedelta(minutes=2))
    assert [item.id for item, _ in notebook(tutor, None)] == [TRUE_FALSE.id]
    assert notebook(tutor, ["elsewhere"]) == []
    assert second.missed == [CHOICE, TRUE_FALSE]


def test_hints_are_counted_for_one_item(tutor: FakeTutor) -> None:
    begun = hint(hint(new_round(tutor, Wanted(count=2))))
    assert begun.hinted == 2
    given = give(tutor, begun, 0, NOW)
    assert hint(given) is given
    assert go_on(tutor, given, None, NOW).hinted == 0


def test_a_round_comes_back_from_the_browser_as_it_went(tutor: FakeTutor) -> None:
    begun = new_round(tutor, Wanted(count=3))
    now = go_on(tutor, give(tutor, begun, 0, NOW), None, NOW)
    kept = json.loads(json.dumps(to_dict(hint(now))))
    back = from_dict(tutor, kept)
    assert to_dict(back) == to_dict(hint(now))
    assert back.item is not None
    assert back.item.id == TRUE_FALSE.id


@pytest.mark.parametrize(
    "kept",
    [
        None,
        {},
        [],
        "x",
        {"items": ["gone"]},
        {"items": ["gone"], "given": [], "index": 0, "hinted": 0, "reviewing": False},
        {"items": [CHOICE.id], "given": [], "index": 7, "hinted": 0, "reviewing": False},
        {"items": [CHOICE.id], "given": [[0]], "index": 0, "hinted": 0, "reviewing": False},
    ],
)
def test_what_the_browser_kept_may_be_anything(tutor: FakeTutor, kept: object) -> None:
    tutor.bank.add([CHOICE])
    assert from_dict(tutor, kept) == Round()
