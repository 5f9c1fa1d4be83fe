"""The root of our own errors. Knows messages and hints; knows nothing about where they are shown.

    TutorError
    ├── IngestError
    │   ├── NoSuchPath          no_such_path
    │   ├── EmptyFile           empty_file
    │   ├── Unreadable          unreadable
    │   │   └── OnlyPictures    unreadable
    │   └── UnsupportedFormat   unsupported_format
    ├── StoredIndexError
    │   ├── IndexMismatch       index_mismatch
    │   └── IndexDamaged        index_damaged
    ├── HomeError
    │   ├── HomeLocked          home_locked
    │   ├── HomeNewer           home_newer
    │   └── HomeReadOnly        home_read_only
    ├── NoSuchCourse            no_such_course
    │   └── BadCourseName       no_such_course
    ├── NoSuchDocument          no_such_document
    ├── EncoderUnavailable      not_available
    └── StoreUnavailable        not_available

`tutor.errors` adds those of the read side. An unknown exception is not caught anywhere: it crashes
with its trace.
"""

from __future__ import annotations


class TutorError(Exception):
    """Something a person can put right.

    Args:
        message: what is wrong, one sentence.
        hint: what to do about it, one sentence.

    Attributes:
        code: the stable name of this kind of error in JSON output.
    """

    code = "not_available"

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class IngestError(TutorError):
    """A file could not become a document."""


class NoSuchPath(IngestError):
    """The path given does not exist."""

    code = "no_such_path"


class EmptyFile(IngestError):
    """The file, or the folder, holds no text."""

    code = "empty_file"


class Unreadable(IngestError):
    """The file is there but is not text that can be read."""

    code = "unreadable"


class OnlyPictures(Unreadable):
    """The file holds pictures of text, such as scanned pages, and no text."""


class UnsupportedFormat(IngestError):
    """No reader is registered for this suffix."""

    code = "unsupported_format"


class StoredIndexError(TutorError):
    """An index on disk cannot be used."""


class IndexMismatch(StoredIndexError):
    """The index was built by another encoder than the one asked for."""

    code = "index_mismatch"


class IndexDamaged(StoredIndexError):
    """Files of the index are missing or inconsistent."""

    code = "index_damaged"


class HomeError(TutorError):
    """The home cannot be used."""


class HomeLocked(HomeError):
    """Another process is writing to the same course."""

    code = "home_locked"


class HomeNewer(HomeError):
    """The home was written by a newer version of this program."""

    code = "home_newer"


class HomeReadOnly(HomeError):
    """The home cannot be written to."""

    code = "home_read_only"


class NoSuchCourse(TutorError):
    """No course of this name is in the home."""

    code = "no_such_course"


class BadCourseName(NoSuchCourse):
    """A course cannot have this name."""


class NoSuchDocument(TutorError):
    """No document of this name is in the courses searched."""

    code = "no_such_document"


class EncoderUnavailable(TutorError):
    """The encoder asked for cannot be loaded here."""

    code = "not_available"


class StoreUnavailable(TutorError):
    """The vector store asked for is unknown, not installed or out of reach."""

    code = "not_available"
