"""The numbers behind the progress plots. Knows answers, places and days; no component, no HTML."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ui.outline import Scope

DAYS = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer: to which item, from which lecture, when (with time zone), whether right."""

    item: str
    scope: Scope | None
    at: datetime
    right: bool


@dataclass(frozen=True, slots=True)
class Mastery:
    """A lecture: how many of its items were ever answered, and how many were last right."""

    scope: Scope
    title: str
    total: int = 0
    right: int = 0

    @property
    def share(self) -> float | None:
        """0..1, None before the first answer."""
        return self.right / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Day:
    """One day: `count` of whatever is counted, `right` of it right."""

    day: date
    count: int
    right: int = 0


def mastery(marks: Iterable[Mark], lectures: Sequence[tuple[Scope, str]]) -> list[Mastery]:
    """Every lecture with how well it sits, in the order given; `marks` oldest first."""
    latest: dict[Scope, dict[str, bool]] = defaultdict(dict)
    for mark in marks:
        if mark.scope is not None:
            latest[mark.scope][mark.item] = mark.right
    return [
        Mastery(scope, title, len(latest[scope]), sum(latest[scope].values()))
        for scope, title in lectures
    ]


def answered(marks: Iterable[Mark], now: datetime) -> list[Day]:
    """The answers of the last two weeks by day of this machine's time zone, today last."""
    counts, right = Counter[date](), Counter[date]()
    for mark in marks:
        day = mark.at.astimezone().date()
        counts[day] += 1
        right[day] += mark.right
    today = now.astimezone().date()
    days = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    return [Day(day, counts[day], right[day]) for day in days]


def due(times: Iterable[datetime], now: datetime) -> list[Day]:
    """How many items come back on each of the next two weeks' days, overdue ones today."""
    today = now.astimezone().date()
    counts = Counter(max(0, (at.astimezone().date() - today).days) for at in times)
    return [Day(today + timedelta(days=ahead), counts[ahead]) for ahead in range(DAYS)]


def streak(marks: Iterable[Mark], now: datetime) -> int:
    """Days in a row with an answer, up to today or, where today has none yet, yesterday."""
    days = {mark.at.astimezone().date() for mark in marks}
    day = now.astimezone().date()
    if day not in days:
        day -= timedelta(days=1)
    count = 0
    while day in days:
        count, day = count + 1, day - timedelta(days=1)
    return count
