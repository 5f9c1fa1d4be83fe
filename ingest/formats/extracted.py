"""What every reader returns. Knows nothing about where the text came from or what it means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extracted:
    r"""The text of one file: NFC, newlines as "\n"; all offsets of the program refer to it.

    Args:
        pages: offset at which each page or slide begins, empty for formats without pages.
    """

    text: str
    pages: tuple[int, ...] = ()
