"""A round of practice: which item is on, what was answered, what comes next. No component here.

A round is a value: each step makes a new one. What was answered is written to the bank by
`tutor.quiz.practice`, so nothing is lost when the page goes away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from tutor.quiz import practice
from tutor.quiz.generate import QuizRequest
from tutor.quiz.grade import Grade
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.store import Attempt
from ui.outline import Scope
from ui.render_quiz import is_chosen

if TYPE_CHECKING:
    from tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new round should hold.

    Args:
        scopes: lectures; empty for everything in `courses`.
        kinds: item kinds; empty for a mix.
        courses: None for the default ones.
        seed: the same seed makes the same items.
    """

    count: int
    scopes: tuple[Scope, ...] = ()
    kinds: tuple[str, ...] = ()
    courses: tuple[str, ...] | None = None
    language: str | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """An item with what was answered, what that was worth, and when the item comes back."""

    item: Item
    response: object
    grade: Grade
    due: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """Where one is.

    Args:
        items: those of the round; a review finds its next item only when it is needed, and asks
            again what was missed once it is due again.
        given: what was answered, in order.
        index: the item that is on; `len(items)` once the round is over.
        reviewing: whether the round serves what is due instead of new items.
        hinted: how many hints were asked for on the item that is on.
    """

    items: tuple[Item, ...] = ()
    given: tuple[Given, ...] = ()
    index: int = 0
    reviewing: bool = False
    hinted: int = 0

    @property
    def item(self) -> Item | None:
        """The item that is on, None when the round is over or has not begun."""
        return self.items[self.index] if self.index < len(self.items) else None

    @property
    def answer(self) -> Given | None:
        """What was answered to the item that is on."""
        return self.given[self.index] if self.index < len(self.given) else None

    @property
    def missed(self) -> list[Item]:
        """Items whose latest answer was not right."""
        latest = {given.item.id: given for given in self.given}
        return [given.item for given in latest.values() if not given.grade.correct]


def new_round(tutor: Tutor, wanted: Wanted) -> Round:
    """A round of new items, in the bank from now on; fewer than wanted where notes give no more."""
    batches = [
        list(tutor.quiz(request).items) for request in _requests(wanted) if request.count > 0
    ]
    items: dict[str, Item] = {}
    for turn in range(max(map(len, batches), default=0)):
        for batch in batches:
            if turn < len(batch):
                items.setdefault(batch[turn].id, batch[turn])
    chosen = tuple(items.values())[: wanted.count]
    tutor.bank.add(chosen)
    return Round(items=chosen)


def review(tutor: Tutor, courses: Sequence[str] | None, now: datetime) -> Round:
    """A round of what is due, then of items never answered, one at a time; may be empty."""
    item = practice.next_item(tutor.bank, now, courses)
    return Round(items=(item,) if item else (), reviewing=True)


def give(tutor: Tutor, before: Round, response: object, now: datetime) -> Round:
    """The round with the item that is on answered; as it was where there is nothing to answer."""
    if before.item is None or before.answer is not None:
        return before
    outcome = practice.answer(tutor.bank, before.item.id, response, now)
    given = Given(before.item, response, outcome.grade, outcome.due)
    return replace(before, given=(*before.given, given))


def go_on(tutor: Tutor, before: Round, courses: Sequence[str] | None, now: datetime) -> Round:
    """The round at its next item; a review looks up what is due now."""
    if before.answer is None:
        return before
    after = replace(before, index=before.index + 1, hinted=0)
    if not after.reviewing or after.item is not None:
        return after
    item = practice.next_item(tutor.bank, now, courses)
    return replace(after, items=(*after.items, item)) if item else after


def hint(before: Round) -> Round:
    """The round with one more hint on the item that is on."""
    if before.item is None or before.answer is not None:
        return before
    return replace(before, hinted=before.hinted + 1)


def overrule(tutor: Tutor, before: Round) -> Round:
    """The answer that is on counted the other way round; the item comes back accordingly."""
    given = before.answer
    if given is None:
        return before
    outcome = practice.overrule(tutor.bank, given.item.id, not given.grade.correct)
    changed = replace(given, grade=outcome.grade, due=outcome.due)
    kept = list(before.given)
    kept[before.index] = changed
    return replace(before, given=tuple(kept))


def notebook(tutor: Tutor, courses: Sequence[str] | None) -> list[tuple[Item, Attempt]]:
    """Items whose latest answer was not right, with that answer, the latest first."""
    items = {item.id: item for item in tutor.bank.items(courses)}
    latest = {attempt.item: attempt for attempt in tutor.bank.attempts()}
    missed = [
        (items[attempt.item], attempt)
        for attempt in latest.values()
        if attempt.verdict != "correct" and attempt.item in items
    ]
    return sorted(missed, key=lambda pair: pair[1].at, reverse=True)


def to_dict(round_: Round) -> dict[str, Any]:
    """A round as the browser keeps it, so that neither a reload nor a restart loses it."""
    return {
        "items": [item.id for item in round_.items],
        "given": [
            [given.response, given.grade.score, given.grade.feedback, given.due.isoformat()]
            for given in round_.given
        ],
        "index": round_.index,
        "reviewing": round_.reviewing,
        "hinted": round_.hinted,
    }


def from_dict(tutor: Tutor, kept: object) -> Round:
    """The round that was kept; an empty one where what comes from the browser is none."""
    try:
        return _read(tutor, cast(dict[str, Any], kept))
    except (KeyError, TypeError, ValueError, AttributeError):
        return Round()


def _read(tutor: Tutor, kept: dict[str, Any]) -> Round:
    if not kept or not kept["items"]:
        return Round()
    known = {item.id: item for item in tutor.bank.items()}
    items = tuple(known[str(name)] for name in kept["items"])
    given = tuple(
        Given(
            item,
            tuple(response) if isinstance(response, list) else response,
            Grade(float(score), str(feedback)),
            datetime.fromisoformat(due),
        )
        for item, (response, score, feedback, due) in zip(items, kept["given"], strict=False)
    )
    index, hinted = int(kept["index"]), int(kept["hinted"])
    if not 0 <= index <= len(items):
        raise ValueError(index)
    return Round(items, given, index, bool(kept["reviewing"]), max(0, hinted))


def stop(before: Round) -> Round:
    """The round ended here: items not answered are left out."""
    return replace(before, items=before.items[: len(before.given)], index=len(before.given))


def response_of(item: Item, said: str) -> object | None:
    """What was typed or pressed as the item wants it; None when it cannot be an answer to it.

    Options are pressed: what comes is their numbers from 0, with spaces between where the item
    wants several.
    """
    text = said.strip()
    if not item.options:
        return text or None
    if not re.fullmatch(r"\d{1,3}( \d{1,3})*", text):
        return None
    numbers = [int(number) for number in text.split()]
    count = len(item.options)
    if not all(number < count for number in numbers):
        return None
    if is_chosen(item):
        return numbers[0] if len(numbers) == 1 else None
    if item.kind is ItemKind.ORDERING:
        return numbers if sorted(numbers) == list(range(count)) else None
    return numbers if len(numbers) == len(item.terms or ()) else None


def _requests(wanted: Wanted) -> list[QuizRequest]:
    """One request per lecture, the items spread over them; one for all where none is chosen."""
    if not wanted.scopes:
        return [_request(wanted, wanted.count, wanted.courses)]
    share, rest = divmod(wanted.count, len(wanted.scopes))
    return [
        replace(
            # one more than its share, so that a poor lecture is made up for by the others
            _request(wanted, share + 1 + (rest > at), (scope.course,)),
            week=scope.week,
            lecture=scope.lecture,
        )
        for at, scope in enumerate(wanted.scopes)
    ]


def _request(wanted: Wanted, count: int, courses: tuple[str, ...] | None) -> QuizRequest:
    return QuizRequest(
        count=count,
        kinds=wanted.kinds,
        courses=courses,
        language=wanted.language,
        seed=wanted.seed,
    )
