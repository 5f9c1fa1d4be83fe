"""Practice: which item comes next, and when an answered one comes back. The one door to fsrs.

Knows the scheduler and the bank; knows nothing about the clock: `now` is an argument, in UTC or any
other stated time zone. Intervals are not fuzzed, so the same answers give the same dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from fsrs import Card, Rating, Scheduler

from tutor.errors import BadLine
from tutor.quiz.grade import Grade
from tutor.quiz.item import Item
from tutor.quiz.kinds import KINDS
from tutor.quiz.store import Attempt, Bank, Memory

_RATINGS = {"correct": Rating.Good, "partly": Rating.Hard, "not": Rating.Again}
Place = tuple[str, int, int]
"""Course, week and lecture, 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer was worth, and when the item comes back (UTC)."""

    grade: Grade
    due: datetime


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many items are due now, were never asked, and are due later."""

    due: int
    new: int
    later: int


def next_item(bank: Bank, now: datetime, courses: Sequence[str] | None = None) -> Item | None:
    """The item to ask: the longest due, else a new one, else none.

     New items are spread over the lectures: the next is from the one that has been asked about
    least.
    """
    moment = in_utc(now)
    items = bank.items(courses)
    memories = bank.memories(courses)
    due = [item for item in items if item.id in memories and memories[item.id].due <= moment]
    if due:
        return min(due, key=lambda item: memories[item.id].due)
    asked = Counter(_place(item) for item in items if item.id in memories)
    new = [item for item in items if item.id not in memories]
    return min(new, key=lambda item: asked[_place(item)], default=None)


def answer(bank: Bank, item_id: str, response: object, now: datetime) -> Outcome:
    """Grades a response, keeps the attempt and says when the item comes back.

    Raises:
        BadLine: when the bank has no such item, or its kind cannot read the response.
    """
    item = bank.get(item_id)
    if item is None:
        raise BadLine(
            f"There is no item {item_id} in the bank.",
            'Ask for one with {"op": "next"}, or make some with `tutor quiz --save`.',
        )
    moment = in_utc(now)
    grade = KINDS[item.kind.value].grade(item, response)
    memory = remember(bank.memory(item_id), item_id, grade, moment)
    bank.record(Attempt(item_id, moment, response, grade.score, grade.verdict), memory)
    return Outcome(grade, memory.due)


def overrule(bank: Bank, item_id: str, right: bool) -> Outcome | None:
    """The learner grades the latest answer to an item otherwise; it comes back accordingly.

    None where there is no answer to overrule.
    """
    attempts = bank.attempts(item_id)
    if not attempts:
        return None
    last = Grade(1.0 if right else 0.0, "")
    grades = [Grade(attempt.score, "") for attempt in attempts[:-1]] + [last]
    memory: Memory | None = None
    for attempt, grade in zip(attempts, grades, strict=True):
        memory = remember(memory, item_id, grade, attempt.at)
    assert memory is not None
    bank.amend(item_id, last.score, last.verdict, memory)
    return Outcome(last, memory.due)


def remember(memory: Memory | None, item_id: str, grade: Grade, now: datetime) -> Memory:
    """The state of an item after an answer at `now`, which is in UTC.

    `memory` is the state before, None for an item answered for the first time.
    """
    # fsrs makes up an id from the clock, and sleeps, when it is given none
    number = int(item_id[:8], 16) if _is_hexadecimal(item_id[:8]) else 0
    card = Card.from_dict(cast(Any, memory.card)) if memory else Card(card_id=number, due=now)
    after, _ = Scheduler(enable_fuzzing=False).review_card(card, _RATINGS[grade.verdict], now)
    return Memory(item_id, after.due, cast(dict[str, Any], after.to_dict()))


def due_counts(bank: Bank, now: datetime, courses: Sequence[str] | None = None) -> DueCounts:
    """How much there is to do at `now`."""
    moment = in_utc(now)
    memories = bank.memories(courses).values()
    due = sum(memory.due <= moment for memory in memories)
    return DueCounts(due, len(bank.items(courses)) - len(memories), len(memories) - due)


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        ValueError: for a time without a time zone, which could be any moment of a day.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone: write it with +00:00 or Z")
    return moment.astimezone(UTC)


def _place(item: Item) -> Place:
    if not item.citations:
        return ("", 0, 0)
    chunk = item.citations[0].chunk
    return (chunk.course, chunk.place.week or 0, chunk.place.lecture or 0)


def _is_hexadecimal(text: str) -> bool:
    return bool(text) and all(char in "0123456789abcdef" for char in text.casefold())
