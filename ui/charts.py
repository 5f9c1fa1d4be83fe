"""The numbers behind the progress plots. Knows answers, places and days; no component."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

import pandas as pd  # type: ignore[import-untyped]

from ingest.document import Place
from ui.texts import Texts

DAYS = 14


def accuracy(answers: Iterable[tuple[Place | None, bool]], texts: Texts) -> pd.DataFrame:
    """Per lecture: how many answers, and the share that was right in percent, in course order.

    Args:
        answers: where each item comes from, None where that is not known, and whether it was right.
        texts: for answers without a week.

    Returns:
        Columns `lecture` ("2-3", or the week alone), `right` (0..100), `answers` and `title`.
    """
    found: dict[tuple[int, int], list[bool]] = defaultdict(list)
    titles: dict[tuple[int, int], str] = {}
    for place, right in answers:
        key = _key(place)
        found[key].append(right)
        titles.setdefault(key, place.title if place else "")
    rows = [
        (_name(key, texts), round(100 * sum(marks) / len(marks), 1), len(marks), titles[key])
        for key, marks in sorted(found.items())
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


_NOWHERE = (10**6, 0)


def _key(place: Place | None) -> tuple[int, int]:
    if place is None or place.week is None:
        return _NOWHERE
    return place.week, place.lecture or 0


def _name(key: tuple[int, int], texts: Texts) -> str:
    if key == _NOWHERE:
        return texts.progress_other
    week, lecture = key
    return f"{week}-{lecture}" if lecture else texts.week.format(week=week)
