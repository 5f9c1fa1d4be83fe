"""Notes given, replaced, taken away, put back and corrected by hand.

Knows where given files lie; how they are read is `build`'s. A file that was handed over is kept in
the home under a name of our own making, so that no name of its own ever reaches the disk.

    HOME/uploads/0f3c….pdf        as it was given
    HOME/trash/0f3c….json         a document that was taken away, whole, to be put back
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from ingest import build, formats
from ingest.build import BUNDLED, Report, silent
from ingest.corrections import Corrections, Lecture, lecture_of
from ingest.document import Document, Role, Section
from ingest.embed import Encoder
from ingest.errors import (
    BadCourseName,
    HomeReadOnly,
    IngestError,
    NoSuchDocument,
    UnsupportedFormat,
)
from ingest.index import Progress, document_from_dict, document_to_dict
from ingest.library import Library

MAX_NAME = 120
"""Characters of a document's name."""

_HIDDEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\]")


@dataclass(frozen=True, slots=True)
class Removed:
    """A document in the trash."""

    token: str
    course: str
    name: str


def add(
    library: Library,
    course: str,
    name: str,
    file: Path,
    encoder: Encoder,
    progress: Progress = silent,
) -> Report:
    """Takes a file into a course under `name`; a document of that name is replaced.

    Raises:
        UnsupportedFormat, EmptyFile, Unreadable: the file cannot be read; nothing has changed.
        BadCourseName, HomeLocked, HomeReadOnly: the course cannot be changed.
    """
    shown = safe_name(name)
    suffix = PurePosixPath(shown).suffix.lower()
    if suffix not in formats.READERS:
        known = ", ".join(sorted(formats.READERS))
        raise UnsupportedFormat(
            f"{shown}: files ending in '{suffix}' cannot be read yet.",
            f"Formats that can be read: {known}.",
        )
    stored = _folder(library, "uploads") / f"{secrets.token_hex(16)}{suffix}"
    try:
        shutil.copyfile(file, stored)
        before = _stored_as(library, course, shown)
        report = build.ingest(library, [stored], course, encoder, progress, {stored: shown})
    except IngestError as error:
        stored.unlink(missing_ok=True)
        raise type(error)(error.message.replace(stored.name, shown), error.hint) from error
    except BaseException:
        stored.unlink(missing_ok=True)
        raise
    if before is not None:
        before.unlink(missing_ok=True)
    return report


def remove(library: Library, course: str, name: str, encoder: Encoder) -> Removed:
    """Takes a document out of a course and keeps it to be put back.

    Raises:
        NoSuchDocument: it is not there.
        BadCourseName: the course comes with the program.
    """
    document = _document(library, course, name)
    record = library.record(course)
    owner, inside = next(
        ((path, names[name]) for path, names in record.paths.items() if name in names), ("", "")
    )
    token = secrets.token_hex(8)
    kept = {
        "course": course,
        "owner": owner,
        "inside": inside,
        "document": document_to_dict(document),
        "corrections": library.corrections(course).to_dict(),
    }
    path = _folder(library, "trash") / f"{token}.json"
    path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    if len(library.load(course, None).documents) == 1:
        library.remove(course)
    else:
        build.remove(library, course, name, encoder)
    return Removed(token, course, name)


def removed(library: Library) -> list[Removed]:
    """What lies in the trash, the latest first."""
    folder = library.home / "trash"
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    found = []
    for file in files:
        kept = json.loads(file.read_text(encoding="utf-8"))
        found.append(Removed(file.stem, kept["course"], kept["document"]["name"]))
    return found


def put_back(library: Library, token: str, encoder: Encoder) -> Removed:
    """Puts a document from the trash back where it was; one given anew meanwhile gives way.

    Raises:
        NoSuchDocument: it is not in the trash.
    """
    path = library.home / "trash" / f"{token}.json"
    if not re.fullmatch(r"[0-9a-f]{16}", token) or not path.is_file():
        raise NoSuchDocument("It is not in the trash any more.", "Add the file again.")
    kept = json.loads(path.read_text(encoding="utf-8"))
    document = document_from_dict(kept["document"])
    course = kept["course"]
    if not library.corrections(course).to_dict()["places"]:
        with library.writing(course):
            library.keep_corrections(course, Corrections.from_dict(kept["corrections"]))

    def change(documents: dict[str, Document], owners: dict[str, dict[str, str]]) -> None:
        documents[document.name] = document
        if kept["owner"]:
            owners.setdefault(kept["owner"], {})[document.name] = kept["inside"]

    build.rearrange(library, course, encoder, change)
    path.unlink(missing_ok=True)
    return Removed(token, course, document.name)


def empty_trash(library: Library, keep: int) -> None:
    """Forgets all but the latest `keep` documents that were taken away, and the files they had."""
    owned = {
        path
        for course in library.courses()
        for path, names in library.record(course).paths.items()
        if names
    }
    found = [library.home / "trash" / f"{gone.token}.json" for gone in removed(library)]
    owned |= {_owner(file) for file in found[:keep]}
    for file in found[keep:]:
        owner = _owner(file)
        if owner not in owned and Path(owner).parent == (library.home / "uploads").resolve():
            Path(owner).unlink(missing_ok=True)
        file.unlink(missing_ok=True)


def correct_lecture(
    library: Library, course: str, name: str, start: int, now: Lecture, encoder: Encoder
) -> None:
    """Gives the lecture at character `start` another week, number or title, also in future.

    Raises:
        NoSuchDocument: there is no passage there.
        BadCourseName: the course comes with the program.
    """
    document = _document(library, course, name)
    was = lecture_of(_section_at(document, start))
    _correct(library, course, document, encoder, library.corrections(course).moved(name, was, now))


def correct_role(
    library: Library, course: str, name: str, start: int, role: Role, encoder: Encoder
) -> None:
    """Says whose words the passage at character `start` are, also in future; raises as above."""
    document = _document(library, course, name)
    section = _section_at(document, start)
    text = document.text[section.start : section.end]
    kept = library.corrections(course).spoken(name, text, role)
    _correct(library, course, document, encoder, kept)


def safe_name(name: str) -> str:
    """A file's name as a document's: no folders, no invisible characters, NFC, not too long."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    clean = _HIDDEN.sub("", unicodedata.normalize("NFC", last)).strip(" .") or "note"
    path = PurePosixPath(clean)
    return path.stem[: MAX_NAME - len(path.suffix)] + path.suffix


def suffixes() -> Sequence[str]:
    """The endings of files that can be read."""
    return sorted(formats.READERS)


def _owner(file: Path) -> str:
    """The PATH that a document in the trash came from."""
    return str(json.loads(file.read_text(encoding="utf-8"))["owner"])


def _correct(
    library: Library, course: str, document: Document, encoder: Encoder, kept: Corrections
) -> None:
    def change(documents: dict[str, Document], owners: dict[str, dict[str, str]]) -> None:
        library.keep_corrections(course, kept)
        documents[document.name] = kept.applied(document)

    build.rearrange(library, course, encoder, change)


def _section_at(document: Document, start: int) -> Section:
    for section in document.sections:
        if section.start <= start < section.end:
            return section
    raise NoSuchDocument("There is no passage there.", "Open the note again.")


def _document(library: Library, course: str, name: str) -> Document:
    if course == BUNDLED:
        raise BadCourseName(
            f"The course '{BUNDLED}' comes with the program and stays as it is.",
            "Add notes of your own.",
        )
    document = library.load(course, None).documents.get(name)
    if document is None:
        raise NoSuchDocument(f"There is no document '{name}'.", "It may be gone already.")
    return document


def _stored_as(library: Library, course: str, name: str) -> Path | None:
    """The file that was handed over as this document before."""
    if course not in library.courses():
        return None
    folder = (library.home / "uploads").resolve()
    owners = (Path(p) for p, names in library.record(course).paths.items() if name in names)
    return next((path for path in owners if path.parent == folder), None)


def _folder(library: Library, name: str) -> Path:
    folder = library.home / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeReadOnly(
            f"The home cannot be written: {error.strerror}.", "Use another --home."
        ) from error
    return folder.resolve()
