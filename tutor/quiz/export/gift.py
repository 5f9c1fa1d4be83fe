"""Moodle's GIFT format. Knows its signs; an ordering becomes a matching of places and steps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.quiz.item import Item, ItemKind


def to_gift(items: Sequence[Item]) -> bytes:
    """One question per paragraph, in one category for each lecture."""
    blocks, category = [], ""
    for item in items:
        name = _category(item)
        if name != category:
            blocks.append(f"$CATEGORY: {name}")
            category = name
        blocks.append(_question(item))
    return ("\n\n".join(blocks) + "\n").encode()


def _question(item: Item) -> str:
    head = f"::{item.id}::[markdown]{_escape(item.stem)}"
    note = f"\n\t####{_escape(item.explanation)}" if item.explanation else ""
    return f"{head} {{\n{_answers(item)}{note}\n}}"


def _answers(item: Item) -> str:
    options = [_escape(option) for option in item.options or ()]
    key = item.key or ()
    match item.kind:
        case ItemKind.TRUE_FALSE:
            return "\tTRUE" if key == (0,) else "\tFALSE"
        case ItemKind.MATCHING:
            terms = [_escape(term) for term in item.terms or ()]
            return _pairs(terms, [options[index] for index in key])
        case ItemKind.ORDERING:
            places = [str(place) for place in range(1, len(key) + 1)]
            return _pairs(places, [options[index] for index in key])
        case _ if not options:
            return "\n".join(f"\t={_escape(form)}" for form in item.answer)
        case _:
            return "\n".join(
                f"\t{'=' if (index,) == key else '~'}{text}" for index, text in enumerate(options)
            )


def _pairs(left: Sequence[str], right: Sequence[str]) -> str:
    return "\n".join(f"\t={a} -> {b}" for a, b in zip(left, right, strict=True))


def _category(item: Item) -> str:
    """Course and lecture; a slash would open a category below."""
    if not item.citations:
        return "$course$/top"
    chunk = item.citations[0].chunk
    place = chunk.place
    number = f"{place.week}-{place.lecture} " if place.week and place.lecture else ""
    parts = [chunk.course, f"{number}{place.title}"]
    return "/".join(["$course$/top", *(part.replace("/", "·") for part in parts if part)])


def _escape(text: str) -> str:
    r"""GIFT's own signs with a backslash, line breaks as \n."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", r"\n")
