"""Notes of our own writing, laid out, and a layout as text that can be compared with a file."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Document, Section
from ingest.formats import read
from ingest.formats.extracted import Extracted
from ingest.lines import visible
from ingest.outline import lay_out

NOTES = Path(__file__).parents[1] / "data" / "notes"


def laid(name: str) -> Document:
    """One of the notes under tests/data/notes."""
    return lay_out(name, read(NOTES / name))


def laid_text(text: str, name: str = "notes.txt") -> Document:
    """Notes given as they are."""
    return lay_out(name, Extracted(text))


def rendered(document: Document) -> str:
    """Every line a reader sees, below what it was taken for.

    `[role week-lecture title > path]` opens a section, `(reason)` stands before what is skipped,
    and `=` before what is left: it must be headings and nothing else.
    """
    parts = [(s.start, s.end, f"[{_place(s)}]\n", "") for s in document.sections]
    parts += [(s.start, s.end, "", f"({s.reason}) ") for s in document.skipped]
    out = [f"{document.title} / {document.language}\n"]
    position = 0
    for start, end, head, mark in [*sorted(parts), (len(document.text),) * 2 + ("", "")]:
        assert start >= position, "sections and skipped stretches must not overlap"
        out += [f"= {line}\n" for line in seen(document, position, start)]
        out += [head, *(f"{mark}{line}\n" for line in seen(document, start, end))]
        position = end
    return "".join(out)


def seen(document: Document, start: int, end: int) -> list[str]:
    """The lines of a stretch as a reader sees them, blank ones left out."""
    lines = map(visible, document.text[start:end].split("\n"))
    return [line for line in lines if line]


def section_of(document: Document, passage: str) -> Section:
    """The section that holds a passage, which must occur just once."""
    assert document.text.count(passage) == 1, passage
    at = document.text.index(passage)
    held = [s for s in document.sections if s.start <= at and at + len(passage) <= s.end]
    assert len(held) == 1, passage
    return held[0]


def roles(document: Document) -> list[tuple[str, str]]:
    """Role and first line of each section."""
    return [(s.role.value, seen(document, s.start, s.end)[0]) for s in document.sections]


def _place(section: Section) -> str:
    place = section.place
    numbers = f"{place.week or ''}-{place.lecture or ''}"
    return f"{section.role.value} {numbers} {' > '.join((place.title, *place.path))}"
