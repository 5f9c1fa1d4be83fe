"""The message every engine receives: a question with the passages retrieved for it, typed.

Engines that are language models read `content`, the rendered prompt; the reader, which is not one,
reads the fields. Nothing is ever parsed out of a prompt.
"""

from __future__ import annotations

from dataclasses import dataclass

from langchain_core.messages import HumanMessage

from ingest.document import Chunk
from tutor.question import Concept

NOT_IN_NOTES = "NOT_IN_NOTES"
"""What an engine writes when the passages hold no answer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as an engine sees it.

    Args:
        number: from 1; an engine cites the passage as `[number]`.
        score: fused retrieval score, comparable within one message.
        closeness: cosine of the question with each of the chunk's sentences, in order.
    """

    number: int
    chunk: Chunk
    score: float
    closeness: tuple[float, ...]


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
