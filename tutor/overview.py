"""Outlines and tables of a part of the notes: which lectures, how many lines each, how it reads.

Knows scopes, passages and what matters in them (`digest`); knows nothing about retrieval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import Chunk, Place, Role
from ingest.words import terms
from tutor.digest import Point, choose, points
from tutor.draft import Draft, escaped
from tutor.question import Concept, may_name
from tutor.scope import Scope, place_name
from tutor.task import Task

MAX_LINES = 12
_PER_LECTURE = 9
_MAX_LECTURES = 6
"""Beyond this an outline goes by weeks."""
_FRAMES = {
    ("ko", Task.OUTLINE): "{name}의 핵심이에요.",
    ("en", Task.OUTLINE): "The key points of {name}:",
    ("ko", Task.TABLE): "{name}에서 노트가 정리한 용어예요.",
    ("en", Task.TABLE): "What the notes say in {name}:",
    ("ko", Task.EXAM): (
        "시험에 무엇이 나올지는 노트로 알 수 없지만, {name}에서 꼭 알아 둘 내용이에요."
    ),
    ("en", Task.EXAM): ("The notes do not tell what the exam will ask; what to know from {name}:"),
}
_ABOUT = {
    "ko": "‘{name}’에 대해 노트에 적힌 내용이에요.",
    "en": "What your notes say about {name}:",
}
_MISSING = {
    "ko": "{name}는 노트에 없어서 뺐어요.",
    "en": "Your notes have no {name}, so it is left out.",
}
_HEADER = {
    "ko": ("용어", "노트에 적힌 내용"),
    "en": ("Term", "What the notes say"),
}
_ALL = {"ko": "노트 전체", "en": "all your notes"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What an outline shall be about.

    Args:
        name: as the question writes it.
        concepts: the things named, one or more.
    """

    name: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Chunks outlined together and what they are called."""

    name: str
    chunks: tuple[Chunk, ...]


def overview(
    task: Task,
    chunks: Sequence[Chunk],
    scope: Scope | None,
    subject: Subject | None,
    language: str,
) -> Draft | None:
    """An outline, or a table, of a part of the notes or of a subject; None if there is nothing.

    Args:
        task: an outline, one for an exam, or a table.
        chunks: all of the notes, in order.
        scope: the part; None for all.
        subject: what it shall be about; None for everything in the part.
        language: "ko" or "en", of the answer; of parallel notes the ones in it are used.
    """
    within = [
        chunk
        for chunk in _in_language(chunks, language)
        if chunk.role is Role.LECTURE and (scope is None or scope.holds(chunk.place))
    ]
    exam, table = task is Task.EXAM, task is Task.TABLE
    if subject:
        chosen = _about(within, subject, language, table=table)
    else:
        chosen = _chosen(_parts(within, language), exam=exam, table=table)
    if not chosen:
        return None
    draft = Draft()
    draft.say(_frame(task, scope, subject, chosen, language))
    if scope and scope.missing:
        draft.say(_MISSING[language].format(name=scope.missing_name(language)))
    draft.say()
    if table:
        _write_table(draft, [point for _, found in chosen for point in found], language)
    else:
        _write_outline(draft, chosen)
    return draft


def _in_language(chunks: Sequence[Chunk], language: str) -> list[Chunk]:
    """Without chunks that have a parallel in the language wanted."""
    there = {_lecture(chunk) for chunk in chunks if chunk.language == language}
    return [c for c in chunks if c.language == language or _lecture(c) not in there]


def _lecture(chunk: Chunk) -> tuple[str, int | None, int | None, str]:
    place = chunk.place
    return chunk.course, place.week, place.lecture, "" if place.lecture else chunk.document


def _about(
    chunks: Sequence[Chunk], subject: Subject, language: str, *, table: bool
) -> list[tuple[Part, list[Point]]]:
    """What is said of a subject, by lecture; nothing if it is hardly more than mentioned."""
    found = [point for part in points(chunks) if (point := _weighed(part, subject, table=table))]
    if table:
        found = [_row(point) for point in found if point.term and _fits_table(point)]
    found.sort(key=lambda point: -point.score)
    chosen = choose(found, _PER_LECTURE)
    if len(chosen) < 2 or not any(_defines(point, subject.concepts) for point in chosen):
        return []
    parts: dict[tuple[str, int | None, int | None, str], tuple[Part, list[Point]]] = {}
    for point in chosen:
        chunk = point.head.chunk
        part = Part(_title(chunk.place, language), (chunk,))
        parts.setdefault(_lecture(chunk), (part, []))[1].append(point)
    return sorted(parts.values(), key=lambda pair: _order(pair[0].chunks[0].place))


def _weighed(point: Point, subject: Subject, *, table: bool) -> Point | None:
    """A point with its score for a subject; None if it is not about it."""
    text = " ".join(sentence.text for sentence in point.sentences)
    above = " ".join(point.head.chunk.place.path)
    concepts = subject.concepts
    if not any(may_name(c, text) or may_name(c, above) for c in concepts):
        return None
    said, titled = set(terms(text)), set(terms(above))
    defines = _defines(point, concepts)
    names_all = all(c.is_in(said) for c in concepts)
    if not (defines or names_all or (not table and all(c.is_in(titled) for c in concepts))):
        return None
    beyond = len(set(terms(point.term))) - max(len(c.forms[0]) for c in concepts) if defines else 0
    bonus = 2.5 * defines - 0.4 * max(beyond, 0) + 0.5 * names_all
    return replace(point, score=point.score + bonus)


def _defines(point: Point, concepts: Sequence[Concept]) -> bool:
    """Whether a point defines one of the things, or a list is headed by it."""
    named = set(terms(point.term or (point.head.text if len(point.sentences) > 1 else "")))
    return any(concept.is_in(named) for concept in concepts)


def _parts(chunks: Sequence[Chunk], language: str) -> list[Part]:
    """The lectures, or the weeks where there are many."""
    lectures: dict[tuple[str, int | None, int | None, str], list[Chunk]] = {}
    for chunk in chunks:
        lectures.setdefault(_lecture(chunk), []).append(chunk)
    if len(lectures) <= _MAX_LECTURES or all(c.place.week is None for c in chunks):
        found = [Part(_title(held[0].place, language), tuple(held)) for held in lectures.values()]
        return sorted(found, key=lambda part: _order(part.chunks[0].place))[:MAX_LINES]
    weeks: dict[int | None, list[Chunk]] = {}
    for chunk in chunks:
        weeks.setdefault(chunk.place.week, []).append(chunk)
    ordered = sorted(weeks.items(), key=lambda item: item[0] or 0)
    return [
        Part(place_name(w, None, held[0].place.title, language), tuple(held)) for w, held in ordered
    ]


def _order(place: Place) -> tuple[int, int]:
    return place.week or 0, place.lecture or 0


def _title(place: Place, language: str) -> str:
    """A lecture's number and title."""
    if place.week is None and place.lecture is None:
        return place.title
    named = place_name(place.week, place.lecture, place.title, language)
    quoted = f"‘{place.title}’" if language == "ko" else f"“{place.title}”"
    return f"{named[0].upper()}{named[1:]} {quoted}"


def _chosen(parts: Sequence[Part], *, exam: bool, table: bool) -> list[tuple[Part, list[Point]]]:
    """Each part's points, the lines shared out among the parts."""
    found: list[tuple[Part, list[Point]]] = []
    for part in parts:
        told = points(part.chunks, exam=exam)
        if table:
            told = [_row(point) for point in told if point.term and _fits_table(point)]
        if told:
            found.append((part, told))
    if not found:
        return []
    share = max(1, MAX_LINES // len(found)) if len(found) > 1 else _PER_LECTURE
    picked = [(part, choose(told, share)) for part, told in found]
    return [(part, chosen) for part, chosen in picked if chosen][:MAX_LINES]


def _row(point: Point) -> Point:
    """Only what defines the term: the items of a list would break a table."""
    return Point((point.head,), point.term, point.meaning, point.score)


def _fits_table(point: Point) -> bool:
    """Whether a table's cell can hold it."""
    return "|" not in point.head.text and "$$" not in point.head.text and len(point.head.text) < 260


def _frame(
    task: Task,
    scope: Scope | None,
    subject: Subject | None,
    chosen: Sequence[tuple[Part, list[Point]]],
    language: str,
) -> str:
    if subject:
        return _ABOUT[language].format(name=escaped(subject.name))
    if scope is None or not scope.parts:
        name = _ALL[language]
    elif len(chosen) == 1:
        name = chosen[0][0].name
        name = name[:1].lower() + name[1:] if language == "en" else name
    else:
        name = scope.name(language)
    return _FRAMES[language, task].format(name=escaped(name))


def _write_outline(draft: Draft, chosen: Sequence[tuple[Part, list[Point]]]) -> None:
    for part, found in chosen:
        if len(chosen) > 1:
            draft.say(f"**{escaped(part.name)}**")
            draft.say()
        for point in found:
            draft.quote(point.head)
            for item in point.sentences[1:]:
                draft.quote(item, before="  - ")
        draft.say()


def _write_table(draft: Draft, found: Sequence[Point], language: str) -> None:
    term, says = _HEADER[language]
    draft.say(f"| {term} | {says} |")
    draft.say("|---|---|")
    for point in found:
        name = escaped(point.term.split("(")[0].strip() or point.term)
        draft.quote(point.head, before=f"| {name} | ", shown=point.meaning, after=" |")
