"""The pipeline, in one screen: PATHs → files → documents → chunks → index → home.

Knows the order of the steps and which documents stay; every step is another module's.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest import formats
from ingest.chunk import chunk
from ingest.corrections import Corrections
from ingest.document import Document
from ingest.embed import Encoder
from ingest.errors import (
    BadCourseName,
    EmptyFile,
    IndexDamaged,
    IndexMismatch,
    IngestError,
    NoSuchCourse,
    NoSuchDocument,
    NoSuchPath,
    Unreadable,
)
from ingest.formats.extracted import Extracted
from ingest.index import FORMAT, Index, Progress, build
from ingest.library import MAX_NAME, CourseRecord, Library
from ingest.outline import lay_out
from ingest.words import GLOSSARY

BUNDLED = "genai"
BUNDLED_FOLDER = Path(__file__).parent.parent / "corpus" / BUNDLED


@dataclass(slots=True)
class Report:
    """What an ingest did, by document name; `failed` maps a file to the reason."""

    course: str
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    chunks: int = 0


def silent(step: str, done: int, total: int) -> None:
    """A `Progress` that shows nothing."""


@dataclass(slots=True)
class _Holding:
    """A course's documents while they are being changed.

    Args:
        owners: each PATH, absolute, with document name → file, relative to the PATH.
        names: what to call the document of a PATH that is a file, where not after the file.
        corrections: what its reader corrected by hand.
    """

    documents: dict[str, Document]
    owners: dict[str, dict[str, str]]
    report: Report
    progress: Progress
    names: Mapping[Path, str] = field(default_factory=dict)
    corrections: Corrections = field(default_factory=Corrections)

    def take(self, path: Path) -> None:
        """Read one PATH; what it had before and has no more goes, unless another PATH has it."""
        files = _files(path)
        earlier = self.owners.pop(str(path.resolve()), {})
        elsewhere = {
            (Path(owner) / part).resolve(): name
            for owner, names in self.owners.items()
            for name, part in names.items()
        }
        found: dict[str, str] = {}
        for done, file in enumerate(files):
            self.progress("read", done, len(files))
            inside = file.relative_to(path).as_posix() if path.is_dir() else ""
            name = self._given(path) or self._named(
                path, inside, elsewhere.get(file.resolve()), {*found}
            )
            if self._read(file, name, known=name in self.documents, alone=not inside):
                found[name] = inside
        if not found:
            why = next(reversed(self.report.failed.values()))
            raise Unreadable(f"No file in '{path}' could be read: {why}", "Correct the files.")
        self.owners[str(path.resolve())] = found
        for name in set(earlier) - self._names():
            self.documents.pop(name, None)

    def _given(self, path: Path) -> str | None:
        """The name a PATH is to have; whoever had it before gives it up."""
        name = self.names.get(path)
        for names in self.owners.values():
            names.pop(name or "", None)
        return name

    def _named(self, path: Path, inside: str, held: str | None, found: set[str]) -> str:
        """A file's name; one that other PATHs hold as `held` is one document, the longer name's."""
        name = _name(path, inside, taken=(found | self._names()) - {held})
        if held is None or held.count("/") >= name.count("/"):
            return held or name
        for names in self.owners.values():
            if held in names:
                names[name] = names.pop(held)
        if held in self.documents:
            self.documents[name] = replace(self.documents.pop(held), name=name)
        return name

    def restore(self, earlier: Mapping[str, Document]) -> None:
        """Read the documents of earlier PATHs where they still are; the others stay as they were.

        Args:
            earlier: what was read before, as far as it is still there.
        """
        files = [
            (name, names, Path(path) / inside if inside else Path(path))
            for path, names in self.owners.items()
            for name, inside in list(names.items())
        ]
        for done, (name, names, file) in enumerate(files):
            self.progress("read", done, len(files))
            if file.is_file() and self._read(file, name, known=False, alone=False):
                continue
            if name not in earlier:
                self.report.failed.setdefault(name, "The file is no longer there.")
                del names[name]
        self.documents = {**earlier, **self.documents}

    def _read(self, file: Path, name: str, *, known: bool, alone: bool) -> bool:
        """Whether the document is (still) there; only a file named by itself may fail loudly."""
        try:
            self.documents[name] = self.corrections.applied(lay_out(name, formats.read(file)))
        except IngestError as error:
            if alone:
                raise
            self.report.failed[name] = f"{error.message} {error.hint}"
            return known
        return True

    def _names(self) -> set[str]:
        return {name for names in self.owners.values() for name in names}


def ingest(
    library: Library,
    paths: Sequence[Path],
    course: str,
    encoder: Encoder,
    progress: Progress = silent,
    names: Mapping[Path, str] | None = None,
) -> Report:
    """Read PATHs into a course; documents of other PATHs stay as they are.

    `names` says what to call the documents of PATHs that are files, where not after the file.

    Raises:
        NoSuchPath, EmptyFile, Unreadable, UnsupportedFormat: a PATH cannot be read. Within a
            folder a bad file is reported instead, and its earlier version stays.
        HomeLocked: another process is changing the course.
        TutorError: the course is the bundled one, which is not to be changed.
    """
    if course == BUNDLED or not course.strip() or len(course) > MAX_NAME:
        raise BadCourseName(
            f"'{course}' cannot be the name of a course of your own.",
            f"Use --course with another name of up to {MAX_NAME} characters.",
        )
    with library.writing(course):
        record, previous = _current(library, course)
        before = previous.documents if previous else {}
        kept = library.corrections(course)
        holding = _Holding(dict(before), record.paths, Report(course), progress, names or {}, kept)
        if previous is None:
            holding.restore(_earlier(library, course, previous, kept))
        for path in paths:
            holding.take(path)
        _compare(before, holding)
        _store(library, record, holding, encoder, previous)
    return holding.report


def rebuild(library: Library, course: str, encoder: Encoder, progress: Progress = silent) -> Report:
    """Read a course anew from the files it came from, also where its index is of no use any more.

    A document whose file is gone stays with the text that was read from it.

    Raises:
        NoSuchCourse: it is not in this home.
        IndexDamaged: nothing of it can be read; it is left as it is.
        HomeLocked: another process is changing the course.
        BadCourseName: the course comes with the program.
    """
    if course == BUNDLED:
        raise BadCourseName(
            f"The course '{BUNDLED}' comes with the program and is built by itself.",
            "Start the program again.",
        )
    with library.writing(course):
        record = library.record(course)
        _, previous = _current(library, course)
        kept = library.corrections(course)
        holding = _Holding({}, record.paths, Report(course), progress, corrections=kept)
        holding.restore(_earlier(library, course, previous, kept))
        if not holding.documents:
            raise IndexDamaged(
                f"Nothing of the course '{course}' can be read any more.",
                f"Run `tutor ingest PATH --course {course}` with your notes.",
            )
        _compare(previous.documents if previous else {}, holding)
        _store(library, record, holding, encoder, previous)
    return holding.report


def ensure_bundled(library: Library, encoder: Encoder, progress: Progress = silent) -> bool:
    """Index the bundled course where it is missing, outdated, or from another encoder or store.

    Returns:
        Whether anything had to be done.
    """
    fingerprint = _fingerprint(BUNDLED_FOLDER, encoder)
    try:
        if library.record(BUNDLED).fingerprint == fingerprint:
            library.load(BUNDLED, encoder.name)
            return False
    except (NoSuchCourse, IndexDamaged, IndexMismatch):
        pass  # build it
    with library.writing(BUNDLED):
        holding = _Holding({}, {}, Report(BUNDLED), progress)
        holding.take(BUNDLED_FOLDER)
        holding.owners.clear()  # where the program is installed is nobody's PATH
        _store(library, CourseRecord(BUNDLED, "", fingerprint), holding, encoder, None)
    return True


def rearrange(
    library: Library,
    course: str,
    encoder: Encoder,
    change: Callable[[dict[str, Document], dict[str, dict[str, str]]], None],
) -> None:
    """Change a course's documents, and which PATHs they came from, without reading any file.

    Raises:
        HomeLocked: another process is changing the course.
    """
    with library.writing(course):
        record, previous = _current(library, course)
        documents = dict(previous.documents) if previous else {}
        holding = _Holding(documents, record.paths, Report(course), silent)
        change(holding.documents, holding.owners)
        _store(library, record, holding, encoder, previous)


def remove(library: Library, course: str, document: str, encoder: Encoder) -> None:
    """Take one document out of a course; its PATH brings it back when it is ingested again.

    Raises:
        NoSuchCourse, NoSuchDocument: there is nothing to remove.
    """
    with library.writing(course):
        record, previous = library.record(course), library.load(course, None)
        if document not in previous.documents:
            raise NoSuchDocument(
                f"There is no document '{document}' in the course '{course}'.",
                "`tutor status` lists the documents.",
            )
        held = {name: found for name, found in previous.documents.items() if name != document}
        for names in record.paths.values():
            names.pop(document, None)
        holding = _Holding(held, record.paths, Report(course), silent)
        _store(library, record, holding, encoder, previous)


def _current(library: Library, course: str) -> tuple[CourseRecord, Index | None]:
    """A course's record and index as they are; no index where it is missing or damaged."""
    try:
        record = library.record(course)
    except (NoSuchCourse, IndexDamaged):
        return CourseRecord(course, ""), None
    try:
        return record, library.load(course, None)
    except IndexDamaged:
        return record, None


def _earlier(
    library: Library, course: str, previous: Index | None, corrections: Corrections
) -> dict[str, Document]:
    """A course's documents as they were read before; without a usable index, from their texts."""
    if previous is not None:
        return previous.documents
    with suppress(NoSuchCourse, IndexDamaged):
        texts = library.texts(course)
        return {n: corrections.applied(lay_out(n, Extracted(text))) for n, text in texts.items()}
    return {}


def _store(
    library: Library,
    record: CourseRecord,
    holding: _Holding,
    encoder: Encoder,
    previous: Index | None,
) -> None:
    documents = [holding.documents[name] for name in sorted(holding.documents)]
    chunks = [piece for document in documents for piece in chunk(document, record.name)]
    holding.report.chunks = len(chunks)
    index = build(
        record.name, documents, chunks, encoder, holding.progress, previous, library.store
    )
    library.save(index, CourseRecord(record.name, "", record.fingerprint, holding.owners))


def _files(path: Path) -> list[Path]:
    """The readable files a PATH stands for, in order; links that lead out of it are left alone."""
    if not path.exists():
        raise NoSuchPath(f"There is no file or folder '{path}'.", "Check the path.")
    if not path.is_dir():
        return [path]
    root = path.resolve()
    files = [
        file
        for file in sorted(path.rglob("*"))
        if file.is_file()
        and file.suffix.lower() in formats.READERS
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
        and file.resolve().is_relative_to(root)
    ]
    if not files:
        known = ", ".join(sorted(formats.READERS))
        raise EmptyFile(
            f"The folder '{path}' holds no notes.", f"Formats that can be read: {known}."
        )
    return files


def _name(path: Path, inside: str, taken: set[str]) -> str:
    """A document's name: relative to its PATH; taken names get the parent folder in front."""
    name = unicodedata.normalize("NFC", inside or path.name)
    parent = path.resolve() if inside else path.resolve().parent
    while name in taken and parent.name:
        name = unicodedata.normalize("NFC", f"{parent.name}/{name}")
        parent = parent.parent
    return name


def _compare(before: dict[str, Document], holding: _Holding) -> None:
    report = holding.report
    for name, document in holding.documents.items():
        if name not in before:
            report.added.append(name)
        elif before[name].text != document.text:
            report.changed.append(name)
        else:
            report.unchanged.append(name)
    report.removed.extend(sorted(set(before) - set(holding.documents)))


def _fingerprint(folder: Path, encoder: Encoder) -> str:
    """A hash of what a bundled index depends on: notes, glossary, encoder, and the code itself."""
    digest = hashlib.sha256(f"{FORMAT} {encoder.name}".encode())
    for file in [*_files(folder), GLOSSARY, *sorted(Path(__file__).parent.glob("*.py"))]:
        digest.update(file.name.encode("utf-8") + file.read_bytes())
    return digest.hexdigest()[:16]
