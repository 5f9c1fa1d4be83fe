"""The numbers behind the progress plots. Knows answers, places and days; no component."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd  # type: ignore[import-untyped]

from ingest.document import Place
from ui.texts import Texts

DAYS = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer: which course and place its item comes from, and whether it was right."""

    course: str
    place: Place | None
    right: bool


def accuracy(marks: Iterable[Mark], texts: Texts) -> pd.DataFrame:
    """Per lecture: how many answers, and the share that was right in percent, in course order.

    Returns:
        Columns `lecture` ("2-3", or the week alone; with its course in front where there are
        several), `right` (0..100), `answers` and `title`.
    """
    found: dict[_Key, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[_key(mark)].append(mark)
    several = len({course for course, *_ in found}) > 1
    rows = [
        (
            f"{key[0]} {_name(key, texts)}" if several else _name(key, texts),
            round(100 * sum(mark.right for mark in group) / len(group), 1),
            len(group),
            group[0].place.title if group[0].place else "",
        )
        for key, group in sorted(found.items())
    ]
    return pd.DataFrame(rows, columns=["lecture", "right", "answers", "title"])


def due(days: Iterable[datetime], now: datetime, texts: Texts) -> pd.DataFrame:
    """How many items come back on each of the next two weeks' days, overdue ones today.

    Args:
        days: when each item is due, with time zone.
        now: with time zone; days are those of this machine's.
        texts: for the name of today.

    Returns:
        Columns `day` ("22", "12/1") and `questions`; one row per day, also for days without any.
    """
    today = now.astimezone().date()
    counts = Counter(max(0, (day.astimezone().date() - today).days) for day in days)
    rows = []
    for ahead in range(DAYS):
        date = today + timedelta(days=ahead)
        # the month only where it begins: fourteen full dates do not fit on a phone
        name = f"{date.month}/1" if date.day == 1 else f"{date.day}"
        name = texts.progress_overdue if ahead == 0 else name
        rows.append((name, counts[ahead]))
    return pd.DataFrame(rows, columns=["day", "questions"])


_Key = tuple[str, int, int]
_NO_WEEK = 10**6


def _key(mark: Mark) -> _Key:
    place = mark.place
    if place is None or place.week is None:
        return mark.course, _NO_WEEK, 0
    return mark.course, place.week, place.lecture or 0


def _name(key: _Key, texts: Texts) -> str:
    _, week, lecture = key
    if week == _NO_WEEK:
        return texts.progress_other
    return f"{week}-{lecture}" if lecture else texts.week.format(week=week)
