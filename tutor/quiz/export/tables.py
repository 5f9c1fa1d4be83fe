"""Items as JSON and as a table. Knows two file formats; knows nothing about kinds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from tutor.quiz.item import Item

_OPTIONS = 6
"""Columns for options; further ones share the last."""
COLUMNS = (
    "id", "kind", "language", "week", "lecture", "title", "stem",
    *(f"option{n}" for n in range(1, _OPTIONS + 1)),
    "terms", "key", "answer", "explanation", "document", "start", "end", "quote",
)  # fmt: skip


def to_json(items: Sequence[Item]) -> bytes:
    """A JSON array of items in the shape that `tutor quiz --json` writes."""
    return json.dumps([item.to_dict() for item in items], ensure_ascii=False, indent=1).encode()


def to_csv(items: Sequence[Item]) -> bytes:
    """One row per item; `key` counts the options from 1. UTF-8 with a mark, for spreadsheets."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(_row(item) for item in items)
    # without the mark Excel takes Hangul for something else
    return out.getvalue().encode("utf-8-sig")


def _row(item: Item) -> dict[str, object]:
    options = list(item.options or ())
    shown = [*options[: _OPTIONS - 1], " | ".join(options[_OPTIONS - 1 :])]
    citation = item.citations[0] if item.citations else None
    place = citation.chunk.place if citation else None
    return {
        "id": item.id,
        "kind": item.kind.value,
        "language": item.language,
        "week": place.week if place else None,
        "lecture": place.lecture if place else None,
        "title": place.title if place else "",
        "stem": item.stem,
        **{f"option{n}": text for n, text in enumerate(shown, 1)},
        "terms": " | ".join(item.terms or ()),
        "key": " ".join(str(index + 1) for index in item.key or ()),
        "answer": " | ".join(item.answer),
        "explanation": item.explanation,
        "document": citation.chunk.document if citation else "",
        "start": citation.start if citation else None,
        "end": citation.end if citation else None,
        "quote": citation.quote if citation else "",
    }
