"""An engine's raw text as claims: sentences with the passages they name, and the text put together.

Knows markers `[k]`, list bullets, code and formulas; knows nothing about what supports a claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tutor.cite import CLOSED

_MARKERS = re.compile(r"(?:\s*(?<!\\)\[\d{1,3}(?:[,;] ?\d{1,3})*\](?!\())+")
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


def rewrite(text: str, change: Callable[[Claim], tuple[str, tuple[int, ...]] | None]) -> str:
    """The text with every claim put through `change`.

    Args:
        text: as an engine wrote it.
        change: a claim → what is put behind its words, and the passages it is to name instead;
            None leaves the claim out.
    """
    lines = []
    for line in _lines(text):
        kept = _rewrite_line(line, change)
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


def _rewrite_line(
    line: str, change: Callable[[Claim], tuple[str, tuple[int, ...]] | None]
) -> str | None:
    """A line again; None where nothing of it is left."""
    if not line.strip():
        return line
    bullet = _NUMBERED.match(line)
    start = bullet.end() if bullet else 0
    kept = []
    for words, cited in _sentences(line[start:]):
        claim = Claim(words.strip(), cited, _LEAD.search(words) is not None)
        changed = change(claim)
        if changed is not None:
            behind, numbers = changed
            markers = " " + "".join(f"[{n}]" for n in numbers) if numbers else ""
            kept.append(words.rstrip() + markers + behind)
    if not any(piece.strip() for piece in kept):
        return None
    return line[:start] + " ".join(piece.strip() for piece in kept)


def _sentences(line: str) -> list[tuple[str, tuple[int, ...]]]:
    """The sentences of a line, each with the numbers of the markers at its end or within."""
    closed = [match.span() for match in CLOSED.finditer(line)]
    cuts = []
    for match in _END.finditer(line):
        if not any(a < match.end() <= b for a, b in closed):
            behind = _MARKERS.match(line, match.end())
            cuts.append(behind.end() if behind else match.end())
    found = []
    at = 0
    for cut in [*cuts, len(line)]:
        piece = line[at:cut]
        at = cut
        if piece.strip():
            found.append((_without(piece), _numbers(piece)))
    return found


def _numbers(piece: str) -> tuple[int, ...]:
    inside = [match.span() for match in CLOSED.finditer(piece)]
    numbers = [
        int(number)
        for match in _MARKERS.finditer(piece)
        if not any(a < match.end() <= b for a, b in inside)
        for number in re.findall(r"\d+", match[0])
    ]
    return tuple(dict.fromkeys(numbers))


def _without(piece: str) -> str:
    """The words without markers, those in code and formulas left alone."""
    inside = [match.span() for match in CLOSED.finditer(piece)]

    def drop(match: re.Match[str]) -> str:
        return match[0] if any(a < match.end() <= b for a, b in inside) else ""

    return _MARKERS.sub(drop, piece)
