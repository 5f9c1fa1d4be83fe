"""The message every engine receives: a question with the passages retrieved for it, typed.

Engines that are language models read `content`, the rendered prompt; the reader, which is not one,
reads the fields. Nothing is ever parsed out of a prompt.
"""

from __future__ import annotations

from dataclasses import dataclass

from langchain_core.messages import HumanMessage

from ingest.document import Chunk


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as an engine sees it.

    Args:
        number: from 1; an engine cites the passage as `[number]`.
        score: fused retrieval score, comparable within one message.
    """

    number: int
    chunk: Chunk
    score: float


class NotesMessage(HumanMessage):
    """A question and its passages; `content` is the same as a prompt."""

    question: str
    language: str
    passages: list[Passage]
