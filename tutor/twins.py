"""Parallel sections of a course in two languages: which chunks say the same. Knows chunks only.

A bilingual course has a folder `ko` and a folder `en` with the same files below; a section's twin
is the one under the same heading, counted from the top, in the other language's file.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import Chunk

_LANGUAGE_FOLDERS = ("ko", "en")


class Twins:
    """The sections of some chunks, by course, document and heading."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self._sections: dict[tuple[str, str, int], list[Chunk]] = {}
        for chunk in chunks:
            place = (chunk.course, chunk.document, chunk.ordinal)
            self._sections.setdefault(place, []).append(chunk)

    def section(self, chunk: Chunk) -> list[Chunk]:
        """All chunks of a chunk's own section, in order."""
        return self._sections[chunk.course, chunk.document, chunk.ordinal]

    def of(self, chunk: Chunk) -> list[Chunk]:
        """The chunks of the same section in the other language; none where it has no twin."""
        for name in _names(chunk.document):
            found = self._sections.get((chunk.course, name, chunk.ordinal))
            if found:
                return found
        return []


def _names(document: str) -> list[str]:
    """What a document's twin may be called."""
    parts = document.split("/")
    return [
        "/".join([*parts[:at], other, *parts[at + 1 :]])
        for at, part in enumerate(parts[:-1])
        if part in _LANGUAGE_FOLDERS
        for other in _LANGUAGE_FOLDERS
        if other != part
    ]
