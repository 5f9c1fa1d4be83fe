"""What is in a course: its lectures, and what was read from each document. Knows indexes only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ingest.document import Document, Place
from ingest.index import Index


def lectures(indexes: Sequence[Index]) -> list[Place]:
    """Every lecture once, by week and number; notes without lectures give their titles."""
    found: dict[tuple[str, int | None, int | None, str], Place] = {}
    for index in indexes:
        for chunk in index.chunks:
            place = chunk.place
            if place.lecture is not None or place.week is None:
                key = (index.course, place.week, place.lecture, place.title)
                found.setdefault(key, replace(place, path=(), page=None))
    return sorted(found.values(), key=lambda p: (p.week or 0, p.lecture or 0))


def status(index: Index) -> dict[str, Any]:
    """A course for `tutor status --json`."""
    return {
        "name": index.course,
        "encoder": index.encoder,
        "chunks": len(index.chunks),
        "documents": [_document(index, document) for document in index.documents.values()],
    }


def _document(index: Index, document: Document) -> dict[str, Any]:
    chunks = [chunk for chunk in index.chunks if chunk.document == document.name]
    outline = dict.fromkeys(
        (chunk.place.week, chunk.place.lecture, chunk.place.title)
        for chunk in chunks
        if chunk.place.lecture is not None
    )
    return {
        "name": document.name,
        "title": document.title,
        "language": document.language,
        "characters": len(document.text),
        "chunks": len(chunks),
        "outline": [{"week": w, "lecture": n, "title": t} for w, n, t in outline],
        "roles": dict(Counter(section.role.value for section in document.sections)),
        "skipped": dict(Counter(stretch.reason for stretch in document.skipped)),
    }
