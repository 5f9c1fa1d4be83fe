"""Chunks, passages and messages for tests: a note's text in, typed objects out."""

from __future__ import annotations

import time

from ingest.document import Chunk, Place, Role, chunk_id
from ingest.sentences import sentences
from ingest.words import terms
from tutor.answer import Asked
from tutor.llm.message import NotesMessage, Passage
from tutor.question import Concept, generic_terms, with_head
from tutor.relevance.judge import judge
from tutor.source import Engine, Hit

READER = Engine("reader", "reader")
SCRIPTED = Engine("scripted", "server")


def chunk(
    text: str,
    *,
    role: Role = Role.LECTURE,
    title: str = "GRU",
    start: int = 0,
    document: str = "gru.md",
    language: str = "en",
) -> Chunk:
    place = Place(2, 2, title)
    return Chunk(
        id=chunk_id("notes", document, place, text),
        course="notes",
        document=document,
        language=language,
        start=start,
        end=start + len(text),
        text=text,
        role=role,
        place=place,
        ordinal=0,
    )


def passages(*notes: str | Chunk, closeness: float = 0.5) -> list[Passage]:
    """One passage a note, best first, numbered from 1; a note given as text is a document."""
    found = []
    for number, note in enumerate(notes, start=1):
        piece = chunk(note, document=f"{number}.md") if isinstance(note, str) else note
        close = (closeness,) * len(sentences(piece))
        found.append(Passage(number, piece, 10.0 - number, close))
    return found


def concepts(question: str, *, known: bool = True) -> tuple[Concept, ...]:
    """One concept a content word, all equally important."""
    words = [term for term in terms(question) if term not in generic_terms()]
    found = [Concept(((word,),), 1.0, known=known, proper=False) for word in words]
    return with_head(question, found)


def message(question: str, *notes: str | Chunk, language: str = "en") -> NotesMessage:
    """What the reader gets for a question about some notes."""
    named = concepts(question)
    return NotesMessage(
        content="",
        question=question,
        language=language,
        concepts=list(named),
        passages=list(judge(question, named, passages(*notes)).passages),
    )


def asked(question: str, *notes: str | Chunk, language: str = "en") -> Asked:
    """A question with its passages retrieved."""
    named = concepts(question)
    judged = judge(question, named, passages(*notes))
    found = judged.passages
    now = time.perf_counter()
    return Asked(
        question=question,
        standalone=question,
        language=language,
        concepts=named,
        passages=found,
        hits=tuple(Hit(p.number, p.score, p.chunk) for p in found),
        started=now,
        retrieved=now,
        confidence=judged.confidence,
        answerable=judged.answered,
    )
