"""An engine's raw text as claims: sentences with the passages they name, and the text put together.

Knows markers `[k]`, list bullets, code and formulas; knows nothing about what supports a claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import pairwise

from tutor.cite import CLOSED

_MARKER = re.compile(r"\s*(?<!\\)\[\d{1,3}(?:[,;] ?\d{1,3})*\](?!\()")
_MARKERS = re.compile(rf"(?:{_MARKER.pattern})+")
_END = re.compile(
    r"(?<!\b[a-z])(?<!\bal)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bcf)"
    r"[.!?。](?=\s|\s*\[\d|[\"”’)]*\s|$)[\"”’)]*"
)
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*+•])\s+")
_LEAD = re.compile(r"[:：]\**\s*$")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an engine.

    Args:
        text: its words, without bullet and markers.
        cited: the passages it names, in order; none where it names none.
        leads: it only introduces what follows ("The steps are:").
    """

    text: str
    cited: tuple[int, ...]
    leads: bool


Change = Callable[[Claim], tuple[str, tuple[int, ...]] | None]
"""A claim → what is put behind its words, and the passages it is to name; None leaves it out."""


def rewrite(text: str, change: Change, known: Collection[int]) -> str:
    """The text with every claim put through `change`.

    Args:
        text: as an engine wrote it.
        change: what becomes of a claim.
        known: the numbers of passages; other numbers in brackets, as in "[0, 1]", are text.
    """
    lines = []
    for line in _lines(text):
        kept = _rewrite_line(line, change, known)
        if kept is not None:
            lines.append(kept)
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    """Lines, those of one code block or display formula together."""
    lines: list[str] = []
    at = 0
    for match in CLOSED.finditer(text):
        if "\n" not in match[0]:
            continue
        lines += text[at : match.start()].split("\n")
        block = (lines.pop() if lines else "") + match[0]
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        lines.append(block + text[match.end() : end])
        at = end + 1
    return lines + (text[at:].split("\n") if at <= len(text) else [])


def _rewrite_line(line: str, change: Change, known: Collection[int]) -> str | None:
    """A line again; None where nothing of it is left."""
    if not line.strip():
        return line
    bullet = _NUMBERED.match(line)
    start = bullet.end() if bullet else 0
    kept = []
    for piece in _sentences(line[start:]):
        words, cited = _apart(piece, known)
        changed = change(Claim(words.strip(), cited, _LEAD.search(words) is not None))
        if changed == ("", cited):
            kept.append(piece.strip())  # to the letter: it has been shown already
        elif changed is not None:
            behind, numbers = changed
            markers = " " + "".join(f"[{n}]" for n in numbers) if numbers else ""
            kept.append(words.strip() + markers + behind)
    return line[:start] + " ".join(kept) if any(kept) else None


def _sentences(line: str) -> list[str]:
    """The sentences of a line, each with the markers behind it."""
    closed = [match.span() for match in CLOSED.finditer(line)]
    cuts = []
    for match in _END.finditer(line):
        if not any(a < match.end() <= b for a, b in closed):
            behind = _MARKERS.match(line, match.end())
            cuts.append(behind.end() if behind else match.end())
    edges = [0, *cuts, len(line)]
    return [piece for a, b in pairwise(edges) if (piece := line[a:b]).strip()]


def _apart(piece: str, known: Collection[int]) -> tuple[str, tuple[int, ...]]:
    """The words of a sentence, and the passages that the markers in it name.

    Markers in code and formulas are none, nor are several numbers of which not all are passages;
    a single number that names no passage goes.
    """
    closed = [match.span() for match in CLOSED.finditer(piece)]
    cited: list[int] = []

    def take(match: re.Match[str]) -> str:
        numbers = [int(number) for number in re.findall(r"\d+", match[0])]
        inside = any(a < match.end() <= b for a, b in closed)
        if inside or (len(numbers) > 1 and not set(numbers) <= set(known)):
            return match[0]
        cited.extend(n for n in numbers if n in known)
        return ""

    words = _MARKER.sub(take, piece)
    return words, tuple(dict.fromkeys(cited))
