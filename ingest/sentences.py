"""Chunks as sentences with exact spans: what is selected, quoted and highlighted.

Knows how notes break into statements (lines, list items, sentences within a line); knows nothing
about questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Chunk

_END = re.compile(
    r"(?<=[다요음함됨임죠])[.!?]\s+"
    r"|(?<=[a-z0-9)\]\"”’])[.!?]\s+(?=[A-Z가-힣\"“(])"
    r"|(?<=[)\]])[.!?]\s+(?=\d)"  # "… (Cho et al., 2014). 2차시에서는 …"
)
_NUMBER = re.compile(r"(?:^|[\s\"“'(])\d{1,2}[.)]$")
_BULLET = re.compile(r"^(?:[-*+•·◦▪○●]\s+|#{1,6}\s+|>\s+)+")
_INVISIBLE = " \t\u00a0\u200b\ufeff\u3000"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement of the notes: characters `start:end` of its chunk's document.

    Args:
        text: as written, runs of white space collapsed.
        line: number of its line within the chunk; sentences of one line share it.
    """

    chunk: Chunk
    start: int
    end: int
    text: str
    line: int


def sentences(chunk: Chunk) -> list[Sentence]:
    """The sentences of a chunk, in order, list bullets left out."""
    found: list[Sentence] = []
    for number, start, end in _spans(chunk.text):
        text = collapse(chunk.text[start:end])
        if any(char.isalnum() for char in text):
            found.append(Sentence(chunk, chunk.start + start, chunk.start + end, text, number))
    return found


def collapse(text: str) -> str:
    """Every run of white space as one space, none at the ends."""
    return " ".join(text.split())


def _spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Line number, start and end of every sentence; a display formula or a code block is one."""
    at = 0
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        last = _block_end(lines, number)
        length = sum(len(line) + 1 for line in lines[number : last + 1])
        if last > number:
            yield number, at, at + length - 1
        else:
            yield from ((number, at + start, at + end) for start, end in _cut(lines[number]))
        at += length
        number = last + 1


def _block_end(lines: Sequence[str], first: int) -> int:
    """The line that closes the formula or code that `first` opens; `first` where it opens none."""
    opening = lines[first].strip()
    for mark in ("$$", "```"):
        if opening.startswith(mark) and not (len(opening) > len(mark) and opening.endswith(mark)):
            for number in range(first + 1, len(lines)):
                if lines[number].rstrip().endswith(mark):
                    return number
    return first


def _cut(line: str) -> Iterator[tuple[int, int]]:
    start = len(line) - len(line.lstrip(_INVISIBLE))
    bullet = _BULLET.match(line[start:])
    start += bullet.end() if bullet else 0
    for match in _END.finditer(line, start):
        end = match.start() + 1
        if _NUMBER.search(line[start:end]):
            continue  # "1. …" and "answer 3. …": the full stop belongs to the number
        yield start, end
        start = match.end()
    end = len(line.rstrip(_INVISIBLE))
    if start < end:
        yield start, end
