"""Cuts a document's sections into chunks: the pieces that are indexed and retrieved.

Knows sections, paragraphs, lists and formulas; knows nothing about vectors. A chunk never spans two
roles or two headings, and a list item or a formula is never cut in two. LangChain's text splitters
are not used: they return text, and find its offset by searching for it, which goes wrong where a
note says the same thing twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.document import Chunk, Document, Section, chunk_id
from ingest.lines import Line, split_lines, verbatim

TARGET = 400
"""Characters. Paragraphs are packed together up to this size."""
LIMIT = 800
"""Characters. A longer paragraph is cut between its lines or, last, between its sentences."""
_SENTENCE_BREAK = re.compile(r"(?<=[.!?。])\s+")

Span = tuple[int, int]


def chunk(document: Document, course: str) -> list[Chunk]:
    """All chunks of a document, in order of the text."""
    lines = split_lines(document.text)
    closed = verbatim(lines)
    chunks = []
    for section in document.sections:
        for start, end in _pack(_blocks(document.text, lines, closed, section)):
            text = document.text[start:end]
            chunks.append(
                Chunk(
                    id=chunk_id(course, document.name, section.place, text),
                    course=course,
                    document=document.name,
                    language=document.language,
                    start=start,
                    end=end,
                    text=text,
                    role=section.role,
                    place=section.place,
                    ordinal=section.ordinal,
                )
            )
    return chunks


def _blocks(text: str, lines: Sequence[Line], closed: set[int], section: Section) -> Iterator[Span]:
    """The section's paragraphs, formulas and code blocks; long paragraphs cut at lines."""
    block: list[Line] = []
    for number, line in enumerate(lines):
        if line.end <= section.start or line.start >= section.end:
            continue
        inside = number in closed
        size = line.end - block[0].start if block else 0
        if block and ((line.blank and not inside) or (size > LIMIT and not inside)):
            yield block[0].start, block[-1].end
            block = []
        if line.blank:
            continue
        if line.end - line.start > LIMIT and not inside:
            yield from _sentences(text, line)
        else:
            block.append(line)
    if block:
        yield block[0].start, block[-1].end


def _sentences(text: str, line: Line) -> Iterator[Span]:
    """One endless line, cut between sentences, or where there are none between words."""
    start = line.start
    while line.end - start > LIMIT:
        window = text[start : start + LIMIT]
        breaks = [m for m in _SENTENCE_BREAK.finditer(window) if m.start() > LIMIT // 4]
        space = window.rfind(" ")
        cut = breaks[-1].end() if breaks else space + 1 if space > 0 else LIMIT
        yield start, start + len(window[:cut].rstrip())
        start += cut
    if start < line.end:
        yield start, line.end


def _pack(blocks: Iterator[Span]) -> Iterator[Span]:
    """Neighbouring blocks joined up to the target size."""
    packed: Span | None = None
    for start, end in blocks:
        if packed is not None and end - packed[0] <= TARGET:
            packed = (packed[0], end)
            continue
        if packed is not None:
            yield packed
        packed = (start, end)
    if packed is not None:
        yield packed
