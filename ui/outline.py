"""Which lectures the notes hold and where each begins, from passages. Knows no component."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.document import Chunk, Place, Role


@dataclass(frozen=True, slots=True)
class Lecture:
    """A lecture, or a document without lectures, as one line of a table of contents.

    Args:
        start: where it begins in its document.
    """

    course: str
    document: str
    language: str
    place: Place
    start: int


def lectures(chunks: Iterable[Chunk]) -> list[Lecture]:
    """One entry per lecture of each document, by week and lecture, those without a week last."""
    first: dict[tuple[object, ...], Lecture] = {}
    for chunk in chunks:
        if chunk.role is Role.QUIZ:
            continue
        place = chunk.place
        key = (chunk.course, chunk.document, place.week, place.lecture, place.title)
        if key not in first or chunk.start < first[key].start:
            first[key] = Lecture(chunk.course, chunk.document, chunk.language, place, chunk.start)
    return sorted(first.values(), key=_order)


def _order(entry: Lecture) -> tuple[object, ...]:
    place = entry.place
    week = (place.week is None, place.week or 0)
    lecture = (place.lecture is None, place.lecture or 0)
    return entry.course, week, lecture, entry.document, entry.start
