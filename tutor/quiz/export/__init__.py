"""The table of export formats. A new format is one file here and one line below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tutor.errors import NotAvailable
from tutor.quiz.export.anki import to_apkg
from tutor.quiz.export.gift import to_gift
from tutor.quiz.export.markdown import to_markdown
from tutor.quiz.export.tables import to_csv, to_json
from tutor.quiz.item import Item

Exporter = Callable[[Sequence[Item]], bytes]

EXPORTERS: dict[str, Exporter] = {
    "apkg": to_apkg,
    "gift": to_gift,
    "csv": to_csv,
    "md": to_markdown,
    "json": to_json,
}


def export(items: Sequence[Item], format_name: str) -> bytes:
    """The items as the content of a file of this format.

    Raises:
        NotAvailable: for a format that is not in the table.
    """
    if format_name not in EXPORTERS:
        raise NotAvailable(
            f"There is no export to “{format_name}”.", f"Known formats: {', '.join(EXPORTERS)}."
        )
    return EXPORTERS[format_name](items)
