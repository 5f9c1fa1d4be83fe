"""The models of a home: which are complete, which are half fetched, which were not wanted.

Knows folders below `models/` and the record beside each model; knows nothing about hubs or engines.

    models/owner--name/          a complete model, and `fetched.json`: what it is and how fast here
    models/.fetching/owner--name/  what came so far; `stopped` beside it when somebody cancelled
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock

from tutor.llm.hub import Repository

_RECORD = "fetched.json"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A complete model of a home.

    Args:
        repo: where it came from.
        licence: as its card named it.
        size: bytes on disk.
        tokens_per_s: as measured here when it was first loaded; None before that.
        first_token_s: seconds to the first token of a full prompt, likewise.
    """

    repo: str
    folder: Path
    commit: str
    licence: str
    size: int
    tokens_per_s: float | None = None
    first_token_s: float | None = None


class Shelf:
    """The models below a home.

    Args:
        home: the home's folder; nothing is made before something is put there.
    """

    def __init__(self, home: Path) -> None:
        self.root = home / "models"

    def all(self) -> list[Shelved]:
        """The complete models, the latest first."""
        records = sorted(self.root.glob(f"*/{_RECORD}"), key=lambda p: -p.stat().st_mtime_ns)
        return [found for path in records if (found := _read(path))]

    def find(self, repo: str) -> Shelved | None:
        """The complete model that came from `repo`."""
        return _read(self._folder(repo) / _RECORD)

    def half_fetched(self, repo: str) -> Path:
        """Where what has come of a model is kept until it is complete."""
        return self.root / ".fetching" / _plain(repo)

    def begin(self, repository: Repository) -> Path:
        """The folder to fetch into, without what belongs to another revision."""
        folder = self.half_fetched(repository.repo)
        folder.mkdir(parents=True, exist_ok=True)
        mark = folder.with_name(folder.name + ".commit")
        if not mark.is_file() or mark.read_text(encoding="utf-8") != repository.commit:
            shutil.rmtree(folder)
            folder.mkdir()
            mark.write_text(repository.commit, encoding="utf-8")
        return folder

    def put(self, repository: Repository) -> Shelved:
        """Take a completely fetched model in; it is whole or not there."""
        folder = self._folder(repository.repo)
        done = Shelved(
            repository.repo, folder, repository.commit, repository.licence, repository.size
        )
        fetched = self.half_fetched(repository.repo)
        _write(fetched / _RECORD, done)
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(fetched, folder)
        fetched.with_name(fetched.name + ".commit").unlink(missing_ok=True)
        return done

    def measured(self, model: Shelved, tokens_per_s: float, first_token_s: float) -> Shelved:
        """Note down how fast a model is here."""
        known = replace(model, tokens_per_s=tokens_per_s, first_token_s=first_token_s)
        _write(model.folder / _RECORD, known)
        return known

    def unwanted(self, repo: str) -> bool:
        """Whether somebody stopped this model's download and did not ask for it again."""
        return self._stopped(repo).is_file()

    def set_unwanted(self, repo: str, stopped: bool) -> None:
        """Remember that a download was stopped, or that it is asked for again."""
        mark = self._stopped(repo)
        if stopped:
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.touch()
        else:
            mark.unlink(missing_ok=True)

    def free(self) -> int:
        """Bytes free where the models are kept."""
        place = self.root
        while not place.exists():
            place = place.parent
        return shutil.disk_usage(place).free

    @contextmanager
    def alone(self, repo: str) -> Iterator[None]:
        """One download of a model at a time, whichever process or thread it is in."""
        lock = self.half_fetched(repo).with_name(_plain(repo) + ".lock")
        lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock):
            yield

    def _folder(self, repo: str) -> Path:
        return self.root / _plain(repo)

    def _stopped(self, repo: str) -> Path:
        return self.half_fetched(repo).with_name(_plain(repo) + ".stopped")


def _plain(repo: str) -> str:
    return repo.replace("/", "--")


def _read(path: Path) -> Shelved | None:
    """The record of a model; None where there is none, or one that cannot be read."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Shelved(**{**values, "folder": path.parent})
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, model: Shelved) -> None:
    values = asdict(model) | {"folder": model.folder.name}
    new = path.with_suffix(".new")
    new.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(new, path)
