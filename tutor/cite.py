"""Markers in an engine's text to numbered citations with verbatim quotes.

An engine writes `[k]` after what it takes from passage k. Here each marker gets the sentence of
that passage that supports the words before it, markers are renumbered by first use, one number for
one quote, and markers of passages that do not exist go. Knows text and passages, not engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.sentences import Sentence, collapse, sentences
from ingest.words import terms
from tutor.llm.message import Passage
from tutor.source import Citation

CLOSED = re.compile(r"```.*?(?:```|$)|`[^`\n]*`|\$\$.*?(?:\$\$|$)|\$[^$\n]+\$", re.S)
"""Code and formulas: brackets in them are no markers."""
_MARKER = re.compile(r"(?P<space>[ \t]*)(?<!\\)\[(?P<numbers>\d+(?:[,;] ?\d+)*)\]")
_UNFINISHED = re.compile(r"[ \t]*(?:\[[\d,; ]*\]?)?\Z")
"""The end of a growing text that the next piece may turn into a marker, or into a link."""
_MARKERS_AT_END = re.compile(r"(?:\s*(?<!\\)\[[\d,; ]+\])+\s*\Z")
_CLAIM_END = re.compile(r"[.!?。]\s+|\n+|(?<!\\)\[\d{1,3}\]")
_HIGHEST = 999
"""A higher number in brackets is a year."""
_SUPPORT = 0.3
"""Share of a claim's terms that a sentence must hold to be found without a marker."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A finished text and its citations; every marker has one and every one is used."""

    text: str
    citations: tuple[Citation, ...]


class Citer:
    """Resolves markers while a text is still being written.

    Args:
        passages: those the engine was given.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = {passage.number: passage for passage in passages}
        self._numbered: dict[tuple[str, str, int, int], Citation] = {}
        self._raw = ""
        self._done = 0

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Those used so far, by number."""
        return tuple(self._numbered.values())

    @property
    def read(self) -> int:
        """Characters of raw text taken in."""
        return len(self._raw)

    def feed(self, piece: str) -> str:
        """What can be shown after one more piece of raw text; an unfinished marker waits."""
        self._raw += piece
        return self._resolve(_safe_end(self._raw, self._done))

    def finish(self) -> str:
        """What was still waiting."""
        return self._resolve(len(self._raw))

    def _resolve(self, end: int) -> str:
        pieces: list[str] = []
        for match in _markers(self._raw):
            if match.start() < self._done or match.end() > end:
                continue
            pieces += [self._raw[self._done : match.start()], self._shown(match)]
            self._done = match.end()
        pieces.append(self._raw[self._done : end])
        self._done = max(self._done, end)
        return "".join(pieces)

    def _shown(self, match: re.Match[str]) -> str:
        """What stands in the place of a bracketed number, or of a list of them."""
        after = self._raw[match.end() : match.end() + 1]
        numbers = [int(number) for number in re.findall(r"\d+", match["numbers"])]
        if len(numbers) == 1 and (numbers[0] > _HIGHEST or after == "("):
            # a year or a link: text that must not look like a marker
            return f"{match['space']}\\[{match['numbers']}\\]"
        known = [self._passages[n] for n in numbers if n in self._passages]
        noted = any(match[0].strip() in p.chunk.text for p in self._passages.values())
        if len(numbers) > 1 and (len(known) < len(numbers) or after.isalnum() or noted):
            return match[0]  # an interval or a vector
        claim = _claim(self._raw, match.start())
        quoted = [found for passage in known if (found := _support(claim, passage))]
        shown = "".join(f"[{self._number(sentence).n}]" for sentence in quoted)
        return match["space"] + shown if shown else ""

    def _number(self, quoted: Sentence) -> Citation:
        chunk = quoted.chunk
        key = (chunk.course, chunk.document, quoted.start, quoted.end)
        if key not in self._numbered:
            n = len(self._numbered) + 1
            self._numbered[key] = Citation(n, quoted.text, chunk, quoted.start, quoted.end)
        return self._numbered[key]


def cite(text: str, passages: Sequence[Passage]) -> Cited:
    """Resolve the markers of a text; a text without any gets them where a sentence supports it."""
    found = _cited(text, passages)
    return found if found.citations else _cited(_with_markers(found.text, passages), passages)


def _cited(text: str, passages: Sequence[Passage]) -> Cited:
    citer = Citer(passages)
    resolved = citer.feed(text) + citer.finish()
    return Cited(_tidy(resolved), citer.citations)


def _safe_end(raw: str, done: int) -> int:
    """Up to where a growing text can be resolved: before an open bracket, formula or code."""
    line = max(done, raw.rfind("\n") + 1)
    waiting = [raw.index(mark, line) for mark in "$`" if raw.count(mark, line) % 2]
    unfinished = _UNFINISHED.search(raw, done)
    return min([*waiting, unfinished.start() if unfinished else len(raw)])


def _markers(text: str) -> Iterator[re.Match[str]]:
    closed = _closed(text)
    for match in _MARKER.finditer(text):
        if not any(start < match.end() <= end for start, end in closed):
            yield match


def _closed(text: str) -> list[tuple[int, int]]:
    """Where code and formulas stand."""
    return [match.span() for match in CLOSED.finditer(text)]


def _claim(text: str, end: int) -> str:
    """The words a marker stands behind: back to the sentence, line or marker before."""
    before = _MARKERS_AT_END.sub("", text[:end]).rstrip()
    start = 0
    for match in _CLAIM_END.finditer(before):
        if match.end() < len(before):
            start = match.end()
    return before[start:].lstrip("-*# ").replace("\\[", "[").replace("\\]", "]")


def _support(claim: str, passage: Passage) -> Sentence | None:
    """The sentence of a passage that a claim rests on: the same words, else most of its terms.

    None for a passage without sentences.
    """
    found = sentences(passage.chunk)
    wanted = collapse(claim)
    for sentence in found:
        if wanted and (wanted == sentence.text or wanted in sentence.text):
            return sentence
    contained = [s for s in found if s.text in wanted]
    if contained:
        return max(contained, key=lambda s: len(s.text))
    said = set(terms(claim))
    return max(found, key=lambda s: _overlap(said, s), default=None)


def _overlap(said: set[str], sentence: Sentence) -> float:
    if not said:
        return 0.0
    return len(said & set(terms(sentence.text))) / len(said)


def _with_markers(text: str, passages: Sequence[Passage]) -> str:
    """Markers put behind the lines that a passage clearly supports."""
    closed = _closed(text)
    lines = []
    at = 0
    for line in text.split("\n"):
        at += len(line) + 1
        inside = any(start < at - 1 < end for start, end in closed)
        number = None if inside else _supporting(line, passages)
        lines.append(line if number is None else f"{line} [{number}]")
    return "\n".join(lines)


def _supporting(line: str, passages: Sequence[Passage]) -> int | None:
    """The number of the passage that says most of what a line says, if one does."""
    said = set(terms(line))
    share, number = max(
        ((_overlap(said, s), -p.number) for p in passages for s in sentences(p.chunk)),
        default=(0.0, 0),
    )
    return -number if share >= _SUPPORT and len(said) > 1 else None


def _tidy(text: str) -> str:
    return re.sub(r"[ \t]+(?=\n|$)", "", text).strip()
