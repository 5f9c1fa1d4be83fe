"""What is done for a question: who answers it, and what is said when its part of the notes cannot.

Wires tasks, scopes, outlines, places and engines together; knows nothing of how any of them works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from ingest.document import Chunk, Place
from ingest.index import searchable
from ingest.words import terms
from tutor.answer import MAX_NEAR, Asked, without_answer
from tutor.draft import ENGINE, stream_draft
from tutor.follow_up import relational_terms
from tutor.overview import Subject, overview
from tutor.partial import Half, known_half
from tutor.question import generic_terms
from tutor.retrieve import Query, Retriever
from tutor.scope import Part, Scope, place_name, scope_of
from tutor.source import Answer, Draft, Hit, Near, Token
from tutor.task import Task, named_in, names_something, task_of, task_terms
from tutor.where import LOOKED_AT, where

Speak = Callable[[Asked], Iterator[Token | Draft | Answer]]
_LACKING = {
    "ko": "{names}에 대한 내용은 노트에 없어요.",
    "en": "Your notes say nothing about {names}.",
}
_NO_PART = {
    "ko": "노트에 {name}가 없어요. {have}",
    "en": "Your notes have no {name}. {have}",
}
_NOT_THERE = {
    "ko": "{name}에는 그 내용이 없어요.",
    "en": "That is not in {name} of your notes.",
}
_ELSEWHERE = {
    "ko": "{name}에는 그 내용이 없어요. {other}에 있어요.",
    "en": "That is not in {name} of your notes; look in {other}.",
}
_NAMED = 0.3
"""How much of a thing a passage must name, through translations too."""
_UNNUMBERED = {
    "ko": "이 노트에는 주차나 차시가 적혀 있지 않아요.",
    "en": "These notes are not divided into numbered weeks or lectures.",
}


class Again(Protocol):
    """Asks another question than the one at hand."""

    def __call__(self, alone: str, *, anywhere: bool = False) -> Asked:
        """A question that stands alone with what was found, in all of the notes if `anywhere`."""


def scoped_query(retriever: Retriever, question: str) -> tuple[Query, Scope | None]:
    """A question as it is searched, and the part of the notes that it names.

    Numbers of weeks say nothing about a subject and are not searched for; titles are.
    """
    scope = scope_of(question, [c.place for c in retriever.chunks], retriever.glossary)
    if scope and not scope.by_title and names_something(scope.rest):
        return retriever.query(scope.rest), scope
    return retriever.query(question), scope


def respond(
    asked: Asked, scope: Scope | None, retriever: Retriever, speak: Speak, again: Again
) -> Iterator[Token | Draft | Answer]:
    """Tokens as they are written, then exactly one answer.

    Args:
        asked: the question with what was found in its part of the notes.
        scope: that part; None for all of them.
        retriever: searches the notes.
        speak: has the engine answer a question.
        again: asks another question, in the part that it names or `anywhere`.
    """
    if scope and not scope.parts:
        yield _no_such_part(asked, scope, retriever)
        return
    rest = scope.rest if scope else asked.standalone
    task = task_of(rest, scoped=scope is not None)
    subject = _subject(retriever, rest)
    if task is Task.WHERE and subject:
        yield from _places(asked, scope, subject, retriever, again)
        return
    if task is not Task.ANSWER:
        draft = overview(task, retriever.chunks, scope, subject, asked.language)
        if draft:
            yield from stream_draft(asked, draft)
            return
    if scope and subject and not _named(subject, asked.hits):
        yield _not_there(asked, scope, again)
        return
    half = None if asked.answerable else known_half(asked.standalone, asked.concepts)
    other = again(half.question) if half else asked
    if half and other.answerable:
        yield from _half(asked, half, speak(other))
        return
    for event in speak(asked):
        if scope and isinstance(event, Answer) and event.reason == "not_in_notes":
            event = _not_there(asked, scope, again)
        yield event


def _half(
    asked: Asked, half: Half, spoken: Iterator[Token | Draft | Answer]
) -> Iterator[Token | Draft | Answer]:
    """The answer to what is there, and a word on what is not."""
    names = ", ".join(f"‘{name}’" for name in half.missing)
    lacking = _LACKING[asked.language].format(names=names)
    for event in spoken:
        if isinstance(event, Answer):
            text = f"{event.text}\n\n{lacking}" if event.answered else event.text
            if event.answered:
                yield Token(f"\n{lacking}")
            event = replace(
                event, question=asked.question, standalone_question=asked.standalone, text=text
            )
        yield event


def _subject(retriever: Retriever, rest: str) -> Subject | None:
    """What a question is about, what it wants done left out; None if it names nothing."""
    empty = task_terms() | relational_terms() | generic_terms()
    concepts = [c for c in retriever.query(rest).concepts if not empty.issuperset(c.forms[0])]
    return Subject(named_in(rest), tuple(concepts)) if names_something(rest) and concepts else None


def _named(subject: Subject, hits: Sequence[Hit]) -> bool:
    """Whether what is asked about is named at all in what a part of the notes holds.

    All of its sentences are alike to a judge that has learned from whole notes.
    """
    heads = [concept for concept in subject.concepts if concept.head] or subject.concepts
    told = [set(terms(searchable(hit.chunk))) for hit in hits]
    return any(head.share_in(said) >= _NAMED for head in heads for said in told)


def _places(
    asked: Asked,
    scope: Scope | None,
    subject: Subject,
    retriever: Retriever,
    again: Again,
) -> Iterator[Token | Answer]:
    query = retriever.query(scope.rest if scope else asked.standalone)
    hits = retriever.hits(query, LOOKED_AT, scope.holds if scope else None)
    heads = [concept for concept in subject.concepts if concept.head] or subject.concepts[-1:]
    draft = where(hits, subject.concepts, asked.language) or where(hits, heads, asked.language)
    if draft:
        yield from stream_draft(asked, draft)
    elif scope:
        yield _not_there(asked, scope, again)
    else:
        yield without_answer(asked, "not_in_notes", ENGINE)


def _not_there(asked: Asked, scope: Scope, again: Again) -> Answer:
    """A "no" that is about one part of the notes, and where else the answer seems to be."""
    answer = without_answer(asked, "not_in_notes", ENGINE)
    anywhere = again(asked.standalone, anywhere=True)
    near = without_answer(anywhere, "not_in_notes", answer.engine).near
    name, language = scope.name(anywhere.language), anywhere.language
    text = _NOT_THERE[language].format(name=name)
    best = anywhere.hits[0].chunk.place if anywhere.hits else None
    if best and not scope.holds(best) and anywhere.answerable:
        other = place_name(best.week, best.lecture, best.title, language)
        text = _ELSEWHERE[language].format(name=name, other=other)
    return replace(answer, text=text, near=near)


def _no_such_part(asked: Asked, scope: Scope, retriever: Retriever) -> Answer:
    """A "no" for a week or lecture that the notes do not have, with the nearest there is."""
    language = asked.language
    places = [chunk.place for chunk in retriever.chunks]
    name = scope.missing_name(language)
    text = _NO_PART[language].format(name=name, have=_have(scope.missing[0], places, language))
    answer = replace(without_answer(asked, "not_in_notes", ENGINE), text=text)
    if names_something(scope.rest):
        return answer
    return replace(answer, near=_neighbours(scope.missing[0], retriever.chunks, language))


def _have(part: Part, places: Sequence[Place], language: str) -> str:
    """Which weeks there are, or which lectures in a week that is there."""
    weeks = sorted({place.week for place in places if place.week is not None})
    within = [p for p in places if p.week == part.week or part.week is None]
    lectures = sorted({p.lecture for p in within if p.lecture is not None})
    if part.lecture is not None and lectures:
        return _range(lectures, "차시", "lecture", language, part.week)
    return _range(weeks, "주차", "week", language) if weeks else _UNNUMBERED[language]


def _range(
    numbers: Sequence[int], korean: str, english: str, language: str, week: int | None = None
) -> str:
    whole = list(numbers) == list(range(numbers[0], numbers[-1] + 1)) and len(numbers) > 1
    if language == "ko":
        listed = f"{numbers[0]}~{numbers[-1]}" if whole else ", ".join(map(str, numbers))
        return f"{f'{week}주차' if week else '노트'}에는 {listed}{korean}가 있어요."
    listed = f"{numbers[0]} to {numbers[-1]}" if whole else ", ".join(map(str, numbers))
    plural = "s" * (len(numbers) > 1)
    return f"{f'Week {week} has' if week else 'They have'} {english}{plural} {listed}."


def _neighbours(part: Part, chunks: Sequence[Chunk], language: str) -> tuple[Near, ...]:
    """The lectures next to one that is not there, in the question's language if they can be."""

    def distance(chunk: Chunk) -> tuple[bool, int, int]:
        week, lecture = chunk.place.week, chunk.place.lecture
        off_week = abs((week or 0) - part.week) if part.week else 0
        off_lecture = abs((lecture or 0) - part.lecture) if part.lecture else 0
        return chunk.language != language, off_week, off_lecture

    found: dict[tuple[int | None, int | None, str], Near] = {}
    for chunk in sorted(chunks, key=distance):
        place = chunk.place
        found.setdefault((place.week, place.lecture, place.title), Near(chunk))
        if len(found) == MAX_NEAR:
            break
    return tuple(found.values())
