"""Chunks as lectures of lines and sentences, each with its exact place in the document.

Knows Markdown and plain lists; knows nothing about terms or quiz items. Only what the course itself
teaches is kept: chunks of any role but `lecture` are left out, and so are code and formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ingest.document import Chunk, Role
from ingest.lines import Line as RawLine
from ingest.lines import split_lines, verbatim, visible
from tutor.quiz.formulas import plain_math

LectureKey = tuple[str, int, int, str, str]
"""Course, week, lecture (0 for none), document, language; sorts in course order."""
Shape = Literal["plain", "bullet", "number", "heading"]

_HEADING = re.compile(r"^#{1,6}\s+")
_BULLET = re.compile(r"^(?:[-*+•·▪‣○●]|–)\s+")
_NUMBER = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")
_EMPHASIS = re.compile(
    r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"
)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)|\[\^[^\]]*\]")
_SENTENCE_END = re.compile(r"(?<=[^\s.][.!?])[\"'”’)]?(?=\s+\S)")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|Fig|Eq|No|approx|resp)|\b[A-Z])\.$")
_LABELLED = re.compile(r"^(?=[A-Z가-힣])(?:[^\s:：.?!,]+ ?){1,5}(?:\([^()]*\))?[:：]\s+\S")
_YEAR_NOTE = re.compile(r"\s*\((?=[^()]*\b(?:19|20)\d\d\b)[^()]*\)")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start:end` of a chunk's document, all of them inside the chunk."""

    chunk: Chunk
    start: int
    end: int

    @property
    def text(self) -> str:
        """As it stands in the document."""
        return self.chunk.text[self.start - self.chunk.start : self.end - self.chunk.start]

    def to(self, other: Span) -> Span:
        """From the beginning of this to the end of `other`, in the same chunk."""
        return Span(self.chunk, self.start, other.end)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of Markdown, a line of plain text, a list item or a heading.

    Args:
        text: as it reads: markup, list marks and author-year notes taken off.
        span: without the list mark.
        number: of a numbered list's item, else 0.
        gap: whether a blank line, a formula or another chunk stands before it.
        bold: the words that Markdown sets in bold.
    """

    text: str
    span: Span
    shape: Shape
    number: int
    gap: bool
    bold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lecture:
    """The teaching of one lecture, in order."""

    key: LectureKey
    title: str
    lines: tuple[Line, ...]

    @property
    def language(self) -> str:
        """The lecture's own: "ko" or "en"."""
        return self.key[4]


def lectures(chunks: Iterable[Chunk]) -> list[Lecture]:
    """What the course teaches, by lecture, in course order."""
    taught = sorted((c for c in chunks if c.role is Role.LECTURE), key=lambda c: (_key(c), c.start))
    found = []
    for key, group in groupby(taught, key=_key):
        own = list(group)
        lines = tuple(_lines(own))
        if lines:
            found.append(Lecture(key, own[0].place.title, lines))
    return found


def sentences(line: Line) -> list[tuple[str, Span]]:
    """The sentences of a line as they read, each with its place."""
    raw, start = line.span.text, 0
    cuts = [
        m.end() for m in _SENTENCE_END.finditer(raw) if not _ABBREVIATED.search(raw[: m.start()])
    ]
    found = []
    for cut in [*cuts, len(raw)]:
        piece = raw[start:cut]
        lead = len(piece) - len(piece.lstrip())
        text = as_read(piece)
        if text:
            begin = line.span.start + start + lead
            found.append((text, Span(line.span.chunk, begin, begin + len(piece.strip()))))
        start = cut
    return found


def as_read(raw: str) -> str:
    """Text without markup, formulas in plain signs, notes such as "(Cho et al., 2014)" left out."""
    text = _LINK.sub(r"\1", visible(raw))
    text = _EMPHASIS.sub(lambda m: m[2] or m[3], text)
    text = plain_math(text.replace("`", ""))
    return visible(_YEAR_NOTE.sub("", text))


def _key(chunk: Chunk) -> LectureKey:
    place = chunk.place
    return (chunk.course, place.week or 0, place.lecture or 0, chunk.document, chunk.language)


def _lines(chunks: Sequence[Chunk]) -> Iterator[Line]:
    done = -1
    for chunk in chunks:
        if chunk.end <= done:
            continue
        raw = split_lines(chunk.text)
        closed = verbatim(raw)
        joined = chunk.document.lower().endswith((".md", ".markdown"))
        gap = chunk.start - done > 1
        for block in _blocks(raw, closed, joined):
            if block:
                line = _line(chunk, block, gap)
                if line.text and line.span.start >= done:
                    yield line
            gap = not block
        done = chunk.end


def _blocks(lines: Sequence[RawLine], closed: set[int], joined: bool) -> Iterator[list[RawLine]]:
    """The lines that belong together; an empty block stands for a gap between two of them."""
    block: list[RawLine] = []
    for number, line in enumerate(lines):
        if line.blank or number in closed or line.text.startswith("|"):
            if block:
                yield block
            block = []
            yield []
            continue
        opens = _opens(line.text) or is_labelled(line.text)
        goes_on = block and joined and not opens and not _HEADING.match(block[0].text)
        if block and not goes_on:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def is_labelled(text: str) -> bool:
    """Whether a line of Markdown is a note "Term: what it is" rather than a sentence."""
    return bool(_LABELLED.match(text))


def _opens(text: str) -> bool:
    return bool(_HEADING.match(text) or _BULLET.match(text) or _NUMBER.match(text))


def _line(chunk: Chunk, block: Sequence[RawLine], gap: bool) -> Line:
    whole = Span(chunk, chunk.start + block[0].start, chunk.start + block[-1].end)
    raw = whole.text
    shape: Shape = "plain"
    number = _NUMBER.match(raw)
    if _HEADING.match(raw):
        shape = "heading"
    elif _BULLET.match(raw):
        shape = "bullet"
    elif number:
        shape = "number"
    mark = _mark_length(raw)
    body, span = raw[mark:], Span(chunk, whole.start + mark, whole.end)
    bold = tuple(visible(m[2]) for m in _EMPHASIS.finditer(body) if m[2])
    return Line(as_read(body), span, shape, int(number[1]) if number else 0, gap, bold)


def _mark_length(raw: str) -> int:
    """Characters of a list or heading mark in front."""
    match = _HEADING.match(raw) or _BULLET.match(raw) or _NUMBER.match(raw)
    return match.end() if match else 0
