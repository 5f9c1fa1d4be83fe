"""Text as lines with their spans, and as paragraphs. Knows nothing about what a line means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[\s\u00a0\u3000]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document.

    Args:
        start: offset of its first character, leading white space left out.
        end: offset after its last character, trailing white space left out.
        text: what a reader sees: no zero-width characters, every run of white space one space.
        indent: columns of leading white space, a tab counting four.
    """

    start: int
    end: int
    text: str
    indent: int

    @property
    def blank(self) -> bool:
        """Whether a reader sees nothing here."""
        return not self.text


def split_lines(text: str) -> list[Line]:
    """Every line of `text` in order, blank ones included."""
    lines: list[Line] = []
    offset = 0
    for raw in text.split("\n"):
        seen = visible(raw)
        left = len(raw) - len(raw.lstrip(" \t\u00a0\u200b\ufeff\u3000"))
        right = len(raw.rstrip(" \t\u00a0\u200b\ufeff\u3000"))
        span = (offset + left, offset + max(left, right)) if seen else (offset, offset)
        lines.append(Line(*span, seen, len(raw[:left].expandtabs(4)) if seen else 0))
        offset += len(raw) + 1
    return lines


def visible(raw: str) -> str:
    """`raw` as a reader sees it: for comparing, never for quoting."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", raw)).strip()


def paragraphs(lines: Sequence[Line], start: int, end: int) -> Iterator[list[int]]:
    """Runs of consecutive non-blank lines among `lines[start:end]`, as line numbers."""
    run: list[int] = []
    for number in range(start, end):
        if lines[number].blank:
            if run:
                yield run
            run = []
        else:
            run.append(number)
    if run:
        yield run


def verbatim(lines: Sequence[Line]) -> set[int]:
    """Line numbers inside code fences and display formulas, delimiters included.

    A fence that is never closed is no fence: the rest of the notes stays prose.
    """
    found: set[int] = set()
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        if opened is None:
            mark = next((m for m in ("```", "~~~", "$$") if line.text.startswith(m)), None)
            if mark and not (mark == "$$" and len(line.text) > 2 and line.text.endswith("$$")):
                opened = (number, mark)
        elif line.text.endswith(opened[1]) if opened[1] == "$$" else line.text == opened[1]:
            found.update(range(opened[0], number + 1))
            opened = None
    return found
