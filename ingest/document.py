r"""What notes are once read: documents, sections and chunks, with exact character spans.

Knows no file format, no model and no index. Offsets count Unicode code points of `Document.text`,
which is NFC with newlines as "\n"; `text[start:end]` is always the thing itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """Whose words a passage is."""

    LECTURE = "lecture"
    """What the course teaches."""
    ASIDE = "aside"
    """A remark of the note-taker."""
    COMMENTARY = "commentary"
    """An explanation pasted from a chatbot or another third party; may be wrong."""
    QUIZ = "quiz"
    """A stem, its options or the stated key."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a course a passage stands.

    Args:
        week: 1-based, None where the notes have none.
        lecture: 1-based within its week, None where there is none (a quiz section).
        title: the lecture's title, else the nearest heading, else the file's stem.
        path: headings below the lecture, outermost first, may be empty.
        page: 1-based page or slide number, None for text formats.
    """

    week: int | None
    lecture: int | None
    title: str
    path: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading in one voice; sections do not overlap.

    Args:
        ordinal: which heading of the document it stands under, counted from 0; the two languages of
            a bilingual course share it, which is how a section finds its twin.
    """

    start: int
    end: int
    role: Role
    place: Place
    ordinal: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch that stays in the text but is never indexed, and why ("date", "link card", …)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file of notes, read and laid out.

    Args:
        name: POSIX path relative to the folder given, NFC; unique in its course.
        language: "ko" or "en", the one most of it is written in.
    """

    name: str
    text: str
    title: str
    language: str
    sections: tuple[Section, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is indexed and retrieved: `document.text[start:end]`, one role, one place.

    `id` hashes document, place and text, not position, so that a paragraph inserted above changes
    nothing: re-ingest is a no-op for it, and quiz items made from it keep their history.
    """

    id: str
    course: str
    document: str
    language: str
    start: int
    end: int
    text: str
    role: Role
    place: Place
    ordinal: int

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` is its inverse."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Chunk:
        """Raises KeyError, TypeError or ValueError when `data` is not what `to_dict` wrote."""
        place = data["place"]
        return cls(
            **{
                **data,
                "role": Role(data["role"]),
                "place": Place(**{**place, "path": tuple(place["path"])}),
            }
        )


def chunk_id(course: str, document: str, place: Place, text: str) -> str:
    """A stable 16-digit hexadecimal name for a chunk's content at its place."""
    parts = (course, document, str(place.week), str(place.lecture), *place.path, text)
    return content_hash(parts)


def content_hash(parts: Sequence[str]) -> str:
    """SHA-256 over the parts, each ended by a unit separator, cut to 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8"))
        digest.update(b"\x1f")
    return digest.hexdigest()[:16]
