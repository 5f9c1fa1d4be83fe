"""A text put together from sentences of the notes, on the same way to a checked answer as all.

Every line is written with the `[number]` of its passage and goes through `cite`, piece by piece,
as an engine's words do. Knows text and passages; knows nothing about what is chosen and why.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from ingest.sentences import Sentence
from tutor.answer import Asked, timings
from tutor.cite import Citer, cite
from tutor.llm.message import Passage
from tutor.source import Answer, Engine, Token

ENGINE = Engine("reader", "reader")
"""Who speaks: the rules that ship, whatever language model is chosen."""
_BRACKETED = re.compile(r"(?P<closed>`[^`]*`|\$\$.*?\$\$|\$[^$]*\$)|\[(?P<digits>\d[\d,; ]*)\]")


class Draft:
    """Lines of an answer and the passages they rest on."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.quotes = 0
        self._passages: dict[str, Passage] = {}

    @property
    def passages(self) -> list[Passage]:
        """Those quoted, by number."""
        return list(self._passages.values())

    def say(self, text: str = "") -> None:
        """A line of our own."""
        self.lines.append(text)

    def quote(
        self, sentence: Sentence, before: str = "- ", shown: str | None = None, after: str = ""
    ) -> None:
        """A line with a sentence of the notes, as it is or the part of it that is shown."""
        chunk = sentence.chunk
        new = Passage(len(self._passages) + 1, chunk, 0.0, ())
        number = self._passages.setdefault(chunk.id, new).number
        self.quotes += 1
        self.lines.append(f"{before}{escaped(shown or sentence.text)} [{number}]{after}")


def stream_draft(asked: Asked, draft: Draft) -> Iterator[Token | Answer]:
    """A draft line by line with its markers resolved, then the checked answer."""
    citer = Citer(draft.passages)
    first = 0.0
    for line in draft.lines:
        shown = citer.feed(line + "\n")
        if shown:
            first = first or time.perf_counter()
            yield Token(shown)
    cited = cite("\n".join(draft.lines), draft.passages)
    rest = citer.finish()
    if rest.strip():
        yield Token(rest)
    yield Answer(
        question=asked.question,
        standalone_question=asked.standalone,
        text=cited.text,
        answered=True,
        reason=None,
        citations=cited.citations,
        near=(),
        engine=ENGINE,
        timings=timings(asked, first),
    )


def escaped(text: str) -> str:
    """Words of the notes with digits in brackets, and lone signs of formulas, taken literally."""
    shown = _BRACKETED.sub(lambda m: m["closed"] or f"\\[{m['digits']}\\]", text)
    return shown if shown.count("$") % 2 == 0 else shown.replace("$", "\\$")
