"""A home and the courses in it: where things lie, what a course was made from, what is current.

Knows folders, locks and the pointer that makes a new index current; knows nothing about how an
index is built (`build`) or searched.

    HOME/home.json                       the layout's version
    HOME/courses/c-NAME/course.json      which generation is current, which PATHs it came from
    HOME/courses/c-NAME/g-…/             one complete index, never changed once written

A new index is written beside the old one and becomes current by replacing `course.json`, which is
atomic: killed at any moment, the home still holds one whole index or the other.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from filelock import FileLock, Timeout

from ingest import index as indexes
from ingest.corrections import Corrections
from ingest.errors import (
    HomeLocked,
    HomeNewer,
    HomeReadOnly,
    IndexDamaged,
    NoSuchCourse,
    StoredIndexError,
)
from ingest.index import Index
from ingest.stores import Store

LAYOUT = 1
_UNSAFE = re.compile(r"[^\w-]")
MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """What is known about a course besides its index.

    Args:
        generation: the folder of its current index.
        fingerprint: hash of what a bundled course was built from, empty for the user's own.
        paths: each PATH it was given, absolute, with document name → file read, relative to it.
    """

    name: str
    generation: str
    fingerprint: str = ""
    paths: dict[str, dict[str, str]] = field(default_factory=dict)


class Library:
    """The courses of one home.

    Args:
        home: made when it is not there. Use `open_library`, which falls back to a temporary one.
        store: where vectors are kept in place of FAISS.
    """

    def __init__(self, home: Path, store: Store | None = None) -> None:
        self.home = home
        self.store = store
        self._loaded: dict[tuple[str, str], Index] = {}

    def courses(self) -> list[str]:
        """Names of the courses in this home, sorted."""
        folder = self.home / "courses"
        if not folder.is_dir():
            return []
        found = (path.parent.name.removeprefix("c-") for path in folder.glob("c-*/course.json"))
        return sorted(unicodedata.normalize("NFC", unquote(name)) for name in found)

    def record(self, course: str) -> CourseRecord:
        """What a course was made from.

        Raises:
            NoSuchCourse: it is not in this home.
            IndexDamaged: its record cannot be read.
        """
        path = self._folder(course) / "course.json"
        try:
            return CourseRecord(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            known = ", ".join(self.courses()) or "none yet"
            raise NoSuchCourse(
                f"There is no course '{course}'.", f"Courses in this home: {known}."
            ) from None
        except (ValueError, TypeError, OSError) as error:
            raise IndexDamaged(
                f"The record of the course '{course}' cannot be read: {error}.",
                f"Run `tutor ingest PATH --course {course}` to build it again.",
            ) from error

    def load(self, course: str, encoder: str | None) -> Index:
        """The current index of a course, read once per generation.

        Raises:
            NoSuchCourse, IndexDamaged, IndexMismatch, HomeNewer: see `ingest.index.load`.
        """
        record = self.record(course)
        key = (course, record.generation)
        found = self._loaded.get(key)
        if found is None or encoder not in (None, found.encoder):
            folder = self._folder(course) / record.generation
            found = indexes.load(folder, course, encoder, self.store)
            # replaced as a whole, and not looked up again: other threads do the same
            self._loaded = {k: v for k, v in self._loaded.items() if k[0] != course} | {key: found}
        return found

    def unusable(self, encoder: str) -> list[str]:
        """The courses whose index cannot be searched with an encoder until it is built again."""
        return [course for course in self.courses() if not self._usable(course, encoder)]

    def _usable(self, course: str, encoder: str) -> bool:
        try:
            self.load(course, encoder)
        except StoredIndexError:
            return False
        except HomeNewer:
            return True  # by the program that wrote it
        return True

    def texts(self, course: str) -> dict[str, str]:
        """The texts of a course's documents, also where its index is of no use any more."""
        return indexes.texts(self._folder(course) / self.record(course).generation)

    def save(self, index: Index, record: CourseRecord) -> None:
        """Make `index` the current one of its course; call it inside `writing`."""
        folder = self._folder(record.name)
        earlier = self._stored(record.name)
        generation = f"g-{uuid.uuid4().hex[:12]}"
        indexes.save(index, folder / generation)
        record = CourseRecord(**{**asdict(record), "generation": generation})
        _replace(folder / "course.json", asdict(record))
        self._clear(earlier)
        for old in folder.glob("g-*"):
            if old.name != generation:
                shutil.rmtree(old, ignore_errors=True)  # a reader may still hold it (Windows)

    def corrections(self, course: str) -> Corrections:
        """What was corrected by hand in a course; nothing where that cannot be read."""
        try:
            text = (self._folder(course) / "corrections.json").read_text(encoding="utf-8")
            return Corrections.from_dict(json.loads(text))
        except (OSError, ValueError, KeyError, TypeError):
            return Corrections()

    def keep_corrections(self, course: str, corrections: Corrections) -> None:
        """Remember corrections for every ingest to come; call it inside `writing`."""
        _replace(self._folder(course) / "corrections.json", corrections.to_dict())

    def remove(self, course: str) -> None:
        """Forget a course. The pointer goes first, so that half a removal is a whole one.

        Raises:
            NoSuchCourse: it is not in this home.
        """
        self.record(course)
        earlier = self._stored(course)
        folder = self._folder(course)
        (folder / "course.json").unlink()
        shutil.rmtree(folder, ignore_errors=True)
        self._clear(earlier)

    def _stored(self, course: str) -> Index | None:
        """The current index, where its vectors are in the store in use."""
        if self.store is None:
            return None
        with suppress(NoSuchCourse, IndexDamaged):
            found = self.load(course, None)
            return found if found.store == self.store.name else None
        return None

    def _clear(self, earlier: Index | None) -> None:
        if self.store and earlier and earlier.collection:
            self.store.clear(earlier.collection, earlier.vectors.rows)

    @contextmanager
    def writing(self, course: str) -> Iterator[None]:
        """Hold the course's lock while it is changed.

        Raises:
            HomeLocked: another process is changing it.
        """
        folder = self._folder(course)
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder.with_name(folder.name + ".lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise HomeLocked(
                f"Another process is changing the course '{course}'.",
                "Wait until it has finished, then run this again.",
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _folder(self, course: str) -> Path:
        # all but letters and digits percent-encoded: no name can leave the folder, and none is
        # forbidden on any system; Hangul as it is, or 30 syllables would be too long for a name
        name = unicodedata.normalize("NFC", course)
        return self.home / "courses" / ("c-" + _UNSAFE.sub(_percent, name))


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8"))


def open_library(home: Path, store: Store | None = None) -> tuple[Library, bool]:
    """The library of a home, and whether it is only a temporary one.

    A home that cannot be written is replaced by a temporary folder for this process.

    Raises:
        HomeNewer: the home's layout is of a later version.
        HomeReadOnly: `home` names a file.
    """
    if home.exists() and not home.is_dir():
        raise HomeReadOnly(f"The home {home} is a file.", "Give --home a folder.")
    temporary = not _writable(home)
    if temporary and not home.is_dir():
        home = Path(tempfile.mkdtemp(prefix="tutor-home-"))
    elif temporary:
        copy = Path(tempfile.mkdtemp(prefix="tutor-home-"))
        _copy(home, copy)
        home = copy
    _check_layout(home)
    return Library(home, store), temporary


def _copy(home: Path, to: Path) -> None:
    """The home's files, writable: `copytree` would bring its forbidding permissions along."""
    for path in sorted(home.rglob("*")):
        target = to / path.relative_to(home)
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            shutil.copyfile(path, target)


def _writable(home: Path) -> bool:
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            return True
    except OSError:
        return False


def _check_layout(home: Path) -> None:
    path = home / "home.json"
    try:
        layout = int(json.loads(path.read_text(encoding="utf-8"))["layout"])
    except (OSError, ValueError, KeyError, TypeError):
        # not there yet, or damaged: the courses have versions of their own
        _replace(path, {"layout": LAYOUT})
        return
    if layout > LAYOUT:
        raise HomeNewer(
            f"The home {home} was written by a newer version of Lecture Tutor.",
            "Update Lecture Tutor, or use another --home.",
        )


def _replace(path: Path, data: dict[str, Any]) -> None:
    """Write JSON so that the file holds the old content or the new, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(data, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
