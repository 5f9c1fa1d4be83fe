"""Hits, citations and answers: what the read side hands out, and their JSON shape.

Knows the shapes of CONTRACT only; knows nothing about how they are found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from ingest.document import Chunk

Reason = Literal["not_in_notes", "small_talk", "refused"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document: `text[start:end]`."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that may answer, best first.

    Args:
        rank: from 1.
        score: fused score, comparable within one search only.
        twin: the same section in the course's other language, where there is one.
        closeness: cosine of the question with each of the chunk's sentences, in order.
    """

    rank: int
    score: float
    chunk: Chunk
    twin: Span | None = None
    closeness: tuple[float, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one entry of `hits`."""
        twin = self.twin
        return {
            "rank": self.rank,
            "score": round(self.score, 4),
            "text": self.chunk.text,
            "source": source(self.chunk, self.chunk.start, self.chunk.end),
            "twin": twin and {"document": twin.document, "start": twin.start, "end": twin.end},
        }


@dataclass(frozen=True, slots=True)
class Search:
    """The hits of one question; `confidence` (0..1) says how likely they hold its answer."""

    question: str
    standalone_question: str
    confidence: float
    hits: tuple[Hit, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of a search result, without its id."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "confidence": round(self.confidence, 4),
            "hits": [hit.to_dict() for hit in self.hits],
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: characters `start:end` of its chunk's document, white space collapsed."""

    n: int
    quote: str
    chunk: Chunk
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one entry of `citations`."""
        return {
            "n": self.n,
            "quote": self.quote,
            "source": source(self.chunk, self.start, self.end),
        }


@dataclass(frozen=True, slots=True)
class Near:
    """A section near a question that the notes do not answer."""

    chunk: Chunk

    @property
    def title(self) -> str:
        """The innermost heading."""
        place = self.chunk.place
        return place.path[-1] if place.path else place.title

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one entry of `near`."""
        return {
            "title": self.title,
            "source": source(self.chunk, self.chunk.start, self.chunk.end),
        }


@dataclass(frozen=True, slots=True)
class Engine:
    """Which language model spoke."""

    name: str
    kind: Literal["reader", "transformers", "server"]


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds since the question was accepted, models loaded."""

    retrieve_ms: float
    first_token_ms: float
    total_ms: float

    def to_dict(self) -> dict[str, float]:
        """Rounded to a tenth of a millisecond."""
        return {
            "retrieve_ms": round(self.retrieve_ms, 1),
            "first_token_ms": round(self.first_token_ms, 1),
            "total_ms": round(self.total_ms, 1),
        }


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an answer while it is being written."""

    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete, checked answer: Markdown with [n] markers, each with its citation.

    Args:
        unsupported: sentences of a language model that the notes do not bear out; in `text` they
            are marked, or left out.
    """

    question: str
    standalone_question: str
    text: str
    answered: bool
    reason: Reason | None
    citations: tuple[Citation, ...]
    near: tuple[Near, ...]
    engine: Engine
    timings: Timings = field(default=Timings(0.0, 0.0, 0.0))
    unsupported: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of an answer, without its id."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "answer": self.text,
            "answered": self.answered,
            "reason": self.reason,
            "citations": [citation.to_dict() for citation in self.citations],
            "near": [near.to_dict() for near in self.near],
            "model": {"name": self.engine.name, "kind": self.engine.kind},
            "timings": self.timings.to_dict(),
            "unsupported": list(self.unsupported),
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """The reader's answer, to stand there while a language model thinks."""

    answer: Answer


def source(chunk: Chunk, start: int, end: int) -> dict[str, Any]:
    """The JSON shape of a source: the characters `start:end` of the chunk's document."""
    place = chunk.place
    return {
        "course": chunk.course,
        "document": chunk.document,
        "language": chunk.language,
        "title": place.title,
        "week": place.week,
        "lecture": place.lecture,
        "section": list(place.path),
        "page": place.page,
        "start": start,
        "end": end,
        "role": chunk.role.value,
    }
