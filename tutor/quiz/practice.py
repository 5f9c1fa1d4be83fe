"""Practice: which item comes next, and when an answered one comes back. The one door to fsrs.

Knows the scheduler and where the learner stands; knows nothing about the clock: `now` is an
argument, in UTC or any other stated time zone. Intervals are not fuzzed, so the same answers give
the same dates. What is scheduled is a fact, not an item: a repeat asks it another way if it can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from fsrs import Card, Rating, Scheduler

from tutor.errors import BadLine
from tutor.quiz.grade import Grade
from tutor.quiz.item import Item
from tutor.quiz.kinds import KINDS
from tutor.quiz.phrases import say
from tutor.quiz.standing import Place, Standing, standings
from tutor.quiz.store import Attempt, Bank, Memory, fact_of

_RATINGS = {"correct": Rating.Good, "partly": Rating.Hard, "not": Rating.Again}
_TURNS = ("due", "due", "new", "due", "weak")
"""What a session mixes, in turn; where there is nothing of one sort, another takes its place."""
_JUST_ASKED = 4
"""Attempts within which a weak fact is not asked once more, and lectures take turns."""
_KNOWN_DAYS = 7.0
"""Days of stability from which a fact that was answered rightly counts as known."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer was worth, and when the fact comes back (UTC)."""

    grade: Grade
    due: datetime


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many facts are due now, were never asked, and are due later."""

    due: int
    new: int
    later: int


@dataclass(frozen=True, slots=True)
class Miss:
    """An entry of the notebook of wrong answers: the item as it was asked, and what was said."""

    item: Item
    attempt: Attempt
    times: int


@dataclass(frozen=True, slots=True)
class Mastery:
    """How far a lecture is mastered.

    Args:
        facts: what the bank can ask of it.
        seen: how many of them have been asked.
        known: those answered rightly and remembered for a week and more.
        recall: the expected share of right answers if all were asked now, 0..1; unseen ones are 0.
    """

    place: Place
    facts: int
    seen: int
    known: int
    recall: float


def next_item(bank: Bank, now: datetime, courses: Sequence[str] | None = None) -> Item | None:
    """The item to ask, None when nothing is due and nothing new is left.

    Facts that are due, weak ones and new ones take turns, and so do lectures.
    """
    moment = in_utc(now)
    known = standings(bank, courses)
    recent = [s.place for s in sorted(known, key=lambda s: -s.last)[:_JUST_ASKED] if s.last]
    asked = Counter(s.place for s in known if s.last)
    pools: dict[str, list[Standing]] = {
        "due": sorted(
            (s for s in known if s.is_due(moment)),
            key=lambda s: (recent.count(s.place), s.memory.due if s.memory else moment),
        ),
        "new": sorted(
            (s for s in known if s.memory is None),
            key=lambda s: (asked[s.place], recent.count(s.place)),
        ),
    }
    if not pools["due"] and not pools["new"]:
        return None
    total = sum(len(s.attempts) for s in known)
    pools["weak"] = _weak(known, moment, total)
    turn = _TURNS[total % len(_TURNS)]
    order = {"due": ("due", "new"), "new": ("new", "due"), "weak": ("weak", "due", "new")}[turn]
    return next(pools[name][0] for name in order if pools[name]).variant()


def answer(bank: Bank, item_id: str, response: object, now: datetime) -> Outcome:
    """Grades a response, keeps the attempt and says when the fact comes back.

    Raises:
        BadLine: when the bank has no such item, or its kind cannot read the response.
    """
    item = _item(bank, item_id)
    moment = in_utc(now)
    grade = KINDS[item.kind.value].grade(item, response)
    fellows, before = _fact(bank, item)
    memory = remember(before, item_id, grade, moment)
    attempt = Attempt(item_id, moment, response, grade.score, grade.verdict)
    bank.record(attempt, memory, fellows)
    return Outcome(grade, memory.due)


def overrule(bank: Bank, item_id: str, right: bool = True) -> Outcome:
    """Takes the last answer to an item for right, or wrong: the learner knows better.

    Raises:
        BadLine: when the bank has no such item, or it was never answered.
    """
    item = _item(bank, item_id)
    found = bank.last(item_id)
    if found is None:
        raise BadLine(f"Item {item_id} has not been answered.", "Answer it first.")
    attempt, card = found
    before = Memory(item_id, attempt.at, card) if card else None
    grade = Grade(1.0, say("right", item.language)) if right else Grade(0.0, "")
    memory = remember(before, item_id, grade, attempt.at)
    changed = replace(attempt, score=grade.score, verdict=grade.verdict, overruled=True)
    bank.overrule(changed, memory, _fact(bank, item)[0])
    return Outcome(grade, memory.due)


def remember(memory: Memory | None, item_id: str, grade: Grade, now: datetime) -> Memory:
    """The state of an item after an answer at `now`, which is in UTC.

    `memory` is the state before, None for an item answered for the first time.
    """
    # fsrs makes up an id from the clock, and sleeps, when it is given none
    number = int(item_id[:8], 16) if _is_hexadecimal(item_id[:8]) else 0
    card = Card.from_dict(cast(Any, memory.card)) if memory else Card(card_id=number, due=now)
    after, _ = _scheduler().review_card(card, _RATINGS[grade.verdict], now)
    return Memory(item_id, after.due, cast(dict[str, Any], after.to_dict()))


def due_counts(bank: Bank, now: datetime, courses: Sequence[str] | None = None) -> DueCounts:
    """How much there is to do at `now`, in facts."""
    moment = in_utc(now)
    known = standings(bank, courses)
    due = sum(standing.is_due(moment) for standing in known)
    new = sum(standing.memory is None for standing in known)
    return DueCounts(due, new, len(known) - due - new)


def notebook(bank: Bank, courses: Sequence[str] | None = None) -> list[Miss]:
    """The facts whose last answer was not right, the latest first."""
    missed = sorted((s for s in standings(bank, courses) if s.missed), key=lambda s: -s.last)
    return [Miss(_asked_last(each), each.attempts[-1], each.wrong) for each in missed]


def mastery(bank: Bank, now: datetime, courses: Sequence[str] | None = None) -> list[Mastery]:
    """How far each lecture of the bank is mastered, in course order."""
    moment = in_utc(now)
    lectures: dict[Place, list[Standing]] = {}
    for standing in standings(bank, courses):
        lectures.setdefault(standing.place, []).append(standing)
    return [
        Mastery(
            place,
            len(own),
            sum(s.memory is not None for s in own),
            sum(_is_known(s) for s in own),
            sum(_recall(s, moment) for s in own if not s.missed) / len(own),
        )
        for place, own in sorted(lectures.items())
    ]


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        ValueError: for a time without a time zone, which could be any moment of a day.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone: write it with +00:00 or Z")
    return moment.astimezone(UTC)


def _item(bank: Bank, item_id: str) -> Item:
    item = bank.get(item_id)
    if item is None:
        raise BadLine(
            f"There is no item {item_id} in the bank.",
            'Ask for one with {"op": "next"}, or make some with `tutor quiz --save`.',
        )
    return item


def _fact(bank: Bank, item: Item) -> tuple[list[str], Memory | None]:
    """The ids of the items that ask the same, and what is remembered of them."""
    fact = fact_of(item)
    own = [s for s in standings(bank, _course(item)) if fact_of(s.items[0]) == fact]
    if not own:
        return [], bank.memory(item.id)
    return [each.id for each in own[0].items], own[0].memory


def _course(item: Item) -> list[str] | None:
    return [item.citations[0].chunk.course] if item.citations else None


def _weak(known: Sequence[Standing], now: datetime, total: int) -> list[Standing]:
    """Facts that were answered wrongly and are not due yet, the least remembered first."""
    rested: Callable[[Standing], bool] = lambda s: s.last <= total - _JUST_ASKED  # noqa: E731
    weak = [s for s in known if s.memory and s.wrong and not s.is_due(now) and rested(s)]
    return sorted((s for s in weak if s.missed or s.wrong > 1), key=lambda s: _recall(s, now))


def _recall(standing: Standing, now: datetime) -> float:
    """The chance that a fact is remembered now, 0..1."""
    if standing.memory is None:
        return 0.0
    card = Card.from_dict(cast(Any, standing.memory.card))
    return float(_scheduler().get_card_retrievability(card, now))


def _is_known(standing: Standing) -> bool:
    stability = standing.memory.card.get("stability") if standing.memory else None
    return not standing.missed and float(stability or 0.0) >= _KNOWN_DAYS


def _asked_last(standing: Standing) -> Item:
    return next(i for i in standing.items if i.id == standing.attempts[-1].item)


def _scheduler() -> Scheduler:
    return Scheduler(enable_fuzzing=False)


def _is_hexadecimal(text: str) -> bool:
    return bool(text) and all(char in "0123456789abcdef" for char in text.casefold())
