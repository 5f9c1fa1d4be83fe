"""Files being added to a course one after the other, each with how far it is. No component."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue
from typing import Any, Literal

from ingest.build import Report
from ingest.errors import TutorError
from ingest.index import Progress

MAX_FILES = 20
"""Files added at a time."""

State = Literal["waiting", "reading", "added", "changed", "unchanged", "anew", "failed", "stopped"]


@dataclass(frozen=True, slots=True)
class File:
    """One file on its way.

    Args:
        share: how much of it is done, 0..1.
        error: why it could not be added.
    """

    name: str
    path: Path
    state: State = "waiting"
    share: float = 0.0
    error: TutorError | None = None


Add = Callable[[str, Path, Progress], Report]
"""Adds the file at a path under a name."""


class Stopped(Exception):
    """The rest is not wanted any more."""


def add_all(files: Sequence[File], add: Add) -> Iterator[list[File]]:
    """The files as they are after every step; one that fails does not keep the others from it.

    Closing the iterator stops in the middle of a file, of which then nothing is kept.
    """
    shown = list(files)
    for at, file in enumerate(files):
        shown[at] = replace(file, state="reading")
        yield list(shown)
        steps = _steps(file, add)
        try:
            for shown[at] in steps:
                yield list(shown)
        finally:
            steps.close()


def _steps(file: File, add: Add) -> Generator[File]:
    """One file while it is being added in a thread of its own."""
    events: Queue[Any] = Queue()
    stop = threading.Event()

    def progress(step: str, done: int, total: int) -> None:
        if stop.is_set():
            raise Stopped
        events.put(done / max(total, 1))

    def work() -> None:
        try:
            events.put(add(file.name, file.path, progress))
        except (TutorError, Stopped) as error:
            events.put(error)
        except BaseException as error:
            events.put(error)
            raise

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while True:
            event = events.get()
            if isinstance(event, float | int):
                yield replace(file, state="reading", share=float(event))
            else:
                yield _ended(file, event)
                return
    finally:
        stop.set()
        thread.join()


def _ended(file: File, event: Report | BaseException) -> File:
    if isinstance(event, TutorError):
        return replace(file, state="failed", error=event)
    if isinstance(event, BaseException):
        raise event
    state: State = "added" if event.added else "changed" if event.changed else "unchanged"
    return replace(file, state=state, share=1.0)
