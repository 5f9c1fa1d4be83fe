"""The message every engine receives: a question with the passages retrieved for it, typed.

Engines that are language models read `content`, the rendered prompt; the reader, which is not one,
reads the fields. Nothing is ever parsed out of a prompt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.messages import HumanMessage

from ingest.document import Chunk
from tutor.question import Concept
from tutor.source import Hit

NOT_IN_NOTES = "NOT_IN_NOTES"
"""What an engine writes when the passages hold no answer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as an engine sees it.

    Args:
        number: from 1; an engine cites the passage as `[number]`.
        score: fused retrieval score, comparable within one message.
        closeness: cosine of the question with each of the chunk's sentences, in order.
        relevance: how well each of them answers (`tutor.relevance`), comparable within one message.
    """

    number: int
    chunk: Chunk
    score: float
    closeness: tuple[float, ...]
    relevance: tuple[float, ...] = ()


def passages_of(hits: Sequence[Hit]) -> list[Passage]:
    """Hits as passages, not judged yet."""
    return [Passage(hit.rank, hit.chunk, hit.score, hit.closeness) for hit in hits]


class NotesMessage(HumanMessage):
    """A question and its passages; `content` is the same as a prompt.

    Args:
        question: as it stands alone.
        language: "ko" or "en", the one to answer in.
        concepts: what the question names.
        passages: best first.
    """

    question: str
    language: str
    concepts: list[Concept]
    passages: list[Passage]
