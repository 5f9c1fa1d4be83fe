"""Fakes that take the place of models in tests: no weights, and every answer is known."""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field, PrivateAttr

from ingest.embed import Encoder, Vectors


class ScriptedLLM(BaseChatModel):
    """A chat model that says what it was told to, in small pieces.

    Attributes:
        size: characters in a piece.
        seen: the messages of every call.
        open: streams that have begun and were neither finished nor closed.
        said: pieces handed out so far.
    """

    size: int = 3
    seen: list[list[BaseMessage]] = Field(default_factory=list)
    open: int = 0
    said: int = 0
    _scripts: deque[tuple[str | Exception, ...]] = PrivateAttr(default_factory=deque)

    def enqueue(self, *parts: str | Exception) -> ScriptedLLM:
        """One more answer: its texts one after the other; an exception among them is raised."""
        self._scripts.append(parts)
        return self

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.seen.append(messages)
        self.open += 1
        try:
            for part in self._scripts.popleft():
                if isinstance(part, Exception):
                    raise part
                for at in range(0, len(part), self.size):
                    self.said += 1
                    piece = AIMessageChunk(content=part[at : at + self.size])
                    yield ChatGenerationChunk(message=piece)
        finally:
            self.open -= 1

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        text = "".join(str(chunk.text) for chunk in self._stream(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])


class WordCountEncoder(Encoder):
    """Texts as counts of their words, each word in one of 64 places.

    Attributes:
        embedded: every text of the notes that was encoded, in order.
    """

    dimension = 64

    def __init__(self, name: str = "word-count") -> None:
        self.name = name
        self.embedded: list[str] = []

    def documents(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return self.queries(texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        counts = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                counts[row, zlib.crc32(word.encode()) % self.dimension] += 1
        lengths = np.linalg.norm(counts, axis=1, keepdims=True)
        return np.asarray(counts / np.maximum(lengths, 1e-12), dtype=np.float32)
