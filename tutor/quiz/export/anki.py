"""Anki packages. The one door to genanki.

Notes, decks and ids stay the same, so that a second import updates the first one's cards and keeps
their history.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence

import genanki

from ingest.document import content_hash
from tutor.quiz.item import Item, ItemKind

_MODEL_ID = 1_497_304_116
"""Made up once; another number would make Anki take the notes for a new type."""
_CSS = """.card { font-family: sans-serif; font-size: 18px; text-align: left; }
.key { font-weight: bold; }
.why { color: #555; font-size: 15px; }
.from { color: #888; font-size: 13px; }"""
_FRONT = "<div>{{Question}}</div>{{#Options}}<div>{{Options}}</div>{{/Options}}"
_BACK = (
    "{{FrontSide}}<hr id=answer><div class=key>{{Answer}}</div>"
    "<div class=why>{{Explanation}}</div><div class=from>{{Source}}</div>"
)


def to_apkg(items: Sequence[Item]) -> bytes:
    """An .apkg file with a deck for each course."""
    model = genanki.Model(
        _MODEL_ID,
        "Lecture Tutor",
        fields=[
            {"name": name} for name in ("Question", "Options", "Answer", "Explanation", "Source")
        ],
        templates=[{"name": "Card 1", "qfmt": _FRONT, "afmt": _BACK}],
        css=_CSS,
    )
    decks: dict[str, genanki.Deck] = {}
    for item in items:
        course = item.citations[0].chunk.course if item.citations else ""
        name = f"Lecture Tutor::{course}" if course else "Lecture Tutor"
        deck = decks.setdefault(name, genanki.Deck(_stable(name), name))
        deck.add_note(genanki.Note(model, _fields(item), guid=item.id, tags=_tags(item)))
    package = genanki.Package(list(decks.values()))
    out = io.BytesIO()
    package.write_to_file(out)
    return out.getvalue()


def _fields(item: Item) -> list[str]:
    options = "<br>".join(f"{n}. {_html(text)}" for n, text in enumerate(item.options or (), 1))
    if item.terms:
        options = "<br>".join(_html(term) for term in item.terms) + "<br><br>" + options
    return [_html(item.stem), options, _answer(item), _html(item.explanation), _source(item)]


def _answer(item: Item) -> str:
    if item.kind in (ItemKind.MATCHING, ItemKind.ORDERING):
        return "<br>".join(_html(form) for form in item.answer)
    if item.key_option is not None and item.key is not None:
        return f"{item.key[0] + 1}. {_html(item.key_option)}"
    return _html(" / ".join(item.answer))


def _source(item: Item) -> str:
    if not item.citations:
        return ""
    chunk = item.citations[0].chunk
    place = chunk.place
    number = f"{place.week}-{place.lecture} " if place.week and place.lecture else ""
    named = f"{number}{place.title}".strip()
    return _html(f"{named} ({chunk.document})" if named else chunk.document)


def _tags(item: Item) -> list[str]:
    place = item.citations[0].chunk.place if item.citations else None
    tags = [f"kind::{item.kind.value}"]
    if place and place.week:
        tags.append(f"week{place.week}" + (f"::lecture{place.lecture}" if place.lecture else ""))
    return tags


def _html(text: str) -> str:
    """Text for a field: its own signs escaped, bold and line breaks kept."""
    escaped = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text, quote=False))
    return escaped.replace("\n", "<br>")


def _stable(name: str) -> int:
    """A positive number below 2^31 that is always the same for the same name."""
    return int(content_hash((name,))[:8], 16) & 0x7FFF_FFFF
