"""Which lectures the notes hold, where each begins and how to choose one. Knows no component."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.document import Chunk, Place
from ingest.errors import NoSuchCourse
from ui.texts import texts_of


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
        place = chunk.place
        if place.week is not None and place.lecture is None:
            continue  # a quiz section
        key = (chunk.course, chunk.document, place.week, place.lecture, place.title)
        if key not in first or chunk.start < first[key].start:
            first[key] = Lecture(chunk.course, chunk.document, chunk.language, place, chunk.start)
    return sorted(first.values(), key=_order)


@dataclass(frozen=True, slots=True)
class Scope:
    """A lecture to be asked about."""

    course: str
    week: int
    lecture: int

    @property
    def value(self) -> str:
        """The scope as a form's value."""
        return f"{self.week}-{self.lecture} {self.course}"


def scope_of(value: str) -> Scope:
    """The scope that `Scope.value` wrote.

    Raises:
        NoSuchCourse: it wrote no such thing; what comes from a browser may be anything.
    """
    found = re.fullmatch(r"(\d{1,3})-(\d{1,3}) (.+)", value)
    if found is None:
        raise NoSuchCourse(f"'{value}' is no lecture.", "Choose one from the list.")
    return Scope(found[3], int(found[1]), int(found[2]))


def scopes_of(chunks: Iterable[Chunk], language: str) -> list[tuple[Scope, str]]:
    """Each lecture that has a number, with its title, in `language` where there is one in it."""
    titles: dict[Scope, tuple[bool, str]] = {}
    for entry in lectures(chunks):
        place = entry.place
        if place.week is None or place.lecture is None:
            continue
        scope = Scope(entry.course, place.week, place.lecture)
        spoken = entry.language == language
        if scope not in titles or spoken > titles[scope][0]:
            titles[scope] = (spoken, place.title)
    return [(scope, title) for scope, (_, title) in titles.items()]


def scope_choices(chunks: Iterable[Chunk], language: str) -> list[tuple[str, str]]:
    """Label and value for each lecture that has a number."""
    texts, found = texts_of(language), scopes_of(chunks, language)
    several = len({scope.course for scope, _ in found}) > 1
    return [
        (
            (f"{scope.course} · " if several else "")
            + texts.week_lecture.format(week=scope.week, lecture=scope.lecture)
            + f" · {title}",
            scope.value,
        )
        for scope, title in found
    ]


def quiz_language(chunks: Iterable[Chunk], language: str) -> str | None:
    """`language` where the notes say things in both, else None for the notes' own."""
    return language if {"ko", "en"} <= {chunk.language for chunk in chunks} else None


def _order(entry: Lecture) -> tuple[object, ...]:
    place = entry.place
    week = (place.week is None, place.week or 0)
    lecture = (place.lecture is None, place.lecture or 0)
    return entry.course, week, lecture, entry.document, entry.start
