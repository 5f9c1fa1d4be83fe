"""One model's way from a hub into a home, in the background: progress, cancel, resume.

Knows the order of things (look up, tell what it is, make sure of room, bring down, put on the
shelf) and one thread; knows nothing about engines. A page or a command starts a `Fetch`, looks at
its `progress` as often as it likes, and may `cancel` it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from ingest.errors import TutorError
from tutor.errors import FetchFailed
from tutor.llm import hub
from tutor.llm.shelf import Shelf, Shelved

SPARE = 500_000_000
"""Bytes that stay free on the disk."""


class State(StrEnum):
    """Where a download stands; the last three are ends. LOADING: all is here and gets ready."""

    ASKING = "asking"
    FETCHING = "fetching"
    LOADING = "loading"
    READY = "ready"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """A look at a download.

    Args:
        repo: what is fetched.
        licence: "" until the hub has said so.
        done: bytes that are here, those of earlier attempts included.
        total: bytes of the whole model, 0 until the hub has said so.
        free: bytes free on the disk when it began, 0 before.
        error: why it failed.
    """

    state: State
    repo: str
    licence: str = ""
    done: int = 0
    total: int = 0
    free: int = 0
    error: TutorError | None = None

    @property
    def ended(self) -> bool:
        """Nothing more will happen."""
        return self.state in (State.READY, State.CANCELLED, State.FAILED)


class Fetch:
    """A download that runs in a thread of its own from `start` on.

    Args:
        shelf: where the model goes.
        repo: "owner/name".
        tell: called from the thread whenever the state changes; with FETCHING before the first
            byte, when name, licence, size and free disk are known.
        ready: called from the thread with the complete model, before the state is READY.
    """

    def __init__(
        self,
        shelf: Shelf,
        repo: str,
        tell: Callable[[Progress], None] = lambda progress: None,
        ready: Callable[[Shelved], None] = lambda model: None,
    ) -> None:
        self._shelf = shelf
        self._tell = tell
        self._ready = ready
        self._stop = threading.Event()
        self._changing = threading.Lock()
        self._progress = Progress(State.ASKING, repo)
        self._thread = threading.Thread(target=self._run, name="fetch", daemon=True)

    @property
    def progress(self) -> Progress:
        """How far it is, at this moment."""
        return self._progress

    def start(self) -> Fetch:
        """Begin, or go on from what an earlier attempt left; asking for it makes it wanted."""
        self._shelf.set_unwanted(self._progress.repo, False)
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Stop, at once as far as anybody can see; what came stays, and rests until asked for.

        The connection itself is let go within `hub.SILENCE` seconds. A model that is all here is
        not stopped any more.
        """
        with self._changing:
            if self._progress.ended or self._progress.state is State.LOADING:
                return
            self._stop.set()
            self._shelf.set_unwanted(self._progress.repo, True)
            self._progress = replace(self._progress, state=State.CANCELLED)
        self._tell(self._progress)

    def wait(self, timeout: float | None = None) -> Progress:
        """The progress at the end, or after `timeout` seconds."""
        self._thread.join(timeout)
        return self._progress

    def _run(self) -> None:
        try:
            model = self._fetched()
            if model is not None and self._set(state=State.LOADING):
                self._ready(model)
                self._set(state=State.READY)
        except TutorError as error:
            self._set(state=State.FAILED, error=error)
        except OSError as error:
            self._set(state=State.FAILED, error=_of_the_disk(error))

    def _fetched(self) -> Shelved | None:
        """The model, complete; None when stopped."""
        repo = self._progress.repo
        repository = hub.look_up(repo)
        with self._shelf.alone(repo):
            known = self._shelf.find(repo)
            if known is not None and known.commit == repository.commit:
                self._set(licence=known.licence, done=known.size, total=known.size)
                return known
            folder = self._shelf.begin(repository)
            have = {file.path: _here(folder, file) for file in repository.files}
            self._set(
                licence=repository.licence,
                done=sum(have.values()),
                total=repository.size,
                free=self._shelf.free(),
            )
            self._make_sure_of_room()
            if self._stop.is_set():
                return None
            self._set(state=State.FETCHING)
            for file in repository.files:
                if (folder / file.path).is_file():
                    continue

                def arrived(count: int, path: str = file.path) -> None:
                    have[path] = count
                    self._set(tell=False, done=sum(have.values()))

                if not hub.download(repository, file, folder / file.path, arrived, self._stop):
                    return None
            return self._shelf.put(repository)

    def _make_sure_of_room(self) -> None:
        now = self._progress
        missing = now.total - now.done
        if missing + SPARE > now.free:
            raise FetchFailed(
                f"{now.repo} needs {missing / 1e9:.1f} GB more, and {now.free / 1e9:.1f} GB of "
                f"disk are free at {self._shelf.root}.",
                "Free some disk, or choose another home with --home.",
            )

    def _set(self, tell: bool = True, **changes: object) -> bool:
        """Whether it was taken in: an end is the last word, whatever the thread still finds out."""
        with self._changing:
            if self._progress.ended:
                return False
            self._progress = replace(self._progress, **changes)  # type: ignore[arg-type]
        if tell and "state" in changes:
            self._tell(self._progress)
        return True


def _here(folder: Path, file: hub.RemoteFile) -> int:
    """Bytes of a file that earlier attempts left."""
    whole = folder / file.path
    part = whole.with_name(whole.name + ".part")
    return next((p.stat().st_size for p in (whole, part) if p.is_file()), 0)


def _of_the_disk(error: OSError) -> FetchFailed:
    return FetchFailed(
        f"The model cannot be kept in the home: {error.strerror or error}.",
        "Free some disk, or choose another home with --home.",
    )
