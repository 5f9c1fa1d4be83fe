"""Cuts a document's sections into chunks: the pieces that are indexed and retrieved.

Knows sections, paragraphs, lists and formulas; knows nothing about vectors. A chunk never spans two
roles or two headings, and a list item or a formula is never cut in two. LangChain's text splitters
are not used: they return text, and find its offset by searching for it, which goes wrong where a
note says the same thing twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.document import Chunk, Document, Section, chunk_id, content_hash
from ingest.headings import is_list_item
from ingest.lines import Line, split_lines, verbatim

TARGET = 400
"""Characters. Paragraphs are packed together up to this size."""
LIMIT = 800
"""Characters. A longer paragraph is cut between its lines or, last, between its sentences."""
ITEM_LIMIT = 2 * LIMIT
"""Characters. A longer line is no list item any more, whatever it begins with."""
_SENTENCE_BREAK = re.compile(r"(?<=[.!?。])\s+")

Span = tuple[int, int]


def chunk(document: Document, course: str) -> list[Chunk]:
    """All chunks of a document, in order of the text, no two with the same id."""
    lines = split_lines(document.text)
    starts = [line.start for line in lines]
    closed = verbatim(lines)
    chunks: list[Chunk] = []
    seen: Counter[str] = Counter()
    for section in document.sections:
        numbers = range(bisect_left(starts, section.start), bisect_left(starts, section.end))
        for span in _pack(_blocks(document.text, lines, closed, numbers)):
            made = _chunk(document, course, section, span, seen)
            chunks.append(made)
    return chunks


def _chunk(
    document: Document, course: str, section: Section, span: Span, seen: Counter[str]
) -> Chunk:
    text = document.text[slice(*span)]
    name = chunk_id(course, document.name, section.place, text)
    seen[name] += 1
    return Chunk(
        # the same words once more in the same place are another chunk
        id=name if seen[name] == 1 else content_hash((name, str(seen[name]))),
        course=course,
        document=document.name,
        language=document.language,
        start=span[0],
        end=span[1],
        text=text,
        role=section.role,
        place=section.place,
        ordinal=section.ordinal,
    )


def _blocks(
    text: str, lines: Sequence[Line], closed: set[int], numbers: Sequence[int]
) -> Iterator[Span]:
    """The paragraphs, formulas and code blocks among `numbers`; long paragraphs cut at lines."""
    block: list[Line] = []
    for number in numbers:
        line = lines[number]
        inside = number in closed
        goes_on = inside and number - 1 in closed
        if block and not goes_on and (line.blank or _overflows(block, line)):
            yield block[0].start, block[-1].end
            block = []
        if line.blank:
            continue
        if not inside and line.end - line.start > _room(line):
            if block:
                yield block[0].start, block[-1].end
            block = []
            yield from _sentences(text, line)
        else:
            block.append(line)
    if block:
        yield block[0].start, block[-1].end


def _overflows(block: Sequence[Line], line: Line) -> bool:
    """Whether a block is full before `line`; the lines of one list item stay together."""
    heads = (above for above in reversed(block) if above.indent < 2 or is_list_item(above.text))
    head = next(heads, line)
    if line.indent >= 2 and not is_list_item(line.text) and is_list_item(head.text):
        return False
    return line.end - block[0].start > LIMIT


def _room(line: Line) -> int:
    return ITEM_LIMIT if is_list_item(line.text) else LIMIT


def _sentences(text: str, line: Line) -> Iterator[Span]:
    """One endless line, cut between sentences, or where there are none between words."""
    start = line.start
    while line.end - start > LIMIT:
        cut = _cut(text[start : start + LIMIT])
        yield start, start + len(text[start : start + cut].rstrip())
        start += cut
    if start < line.end:
        yield start, line.end


def _cut(window: str) -> int:
    """Where to cut: after the last sentence, else the last word, never within an inline formula."""
    gaps = [m for m in re.finditer(r"\s+", window) if window.count("$", 0, m.start()) % 2 == 0]
    ends = [m.start() for m in _SENTENCE_BREAK.finditer(window) if m.start() > LIMIT // 4]
    sentences = [gap.end() for gap in gaps if gap.start() in ends]
    words = [gap.end() for gap in gaps]
    return next((cuts[-1] for cuts in (sentences, words) if cuts), len(window))


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
