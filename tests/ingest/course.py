"""Notes in a folder and a course made of them, for tests of what an ingest keeps and drops."""

from __future__ import annotations

from pathlib import Path

from ingest.build import Report, ingest
from ingest.library import Library
from tests.fakes import WordCountEncoder

LOCK = "잠금은 한 번에 하나만 들어가게 한다."
SEMAPHORE = "세마포어는 여럿이 들어가게 하는 잠금이다."


def write(folder: Path, **files: str) -> None:
    """Files by name; two underscores are a slash and the suffix is .md."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def take(library: Library, *paths: Path, encoder: WordCountEncoder | None = None) -> Report:
    """Ingest PATHs into the course "os"."""
    return ingest(library, paths, "os", encoder or WordCountEncoder())


def held(library: Library) -> dict[str, str]:
    """Document → text, read anew from disk."""
    documents = Library(library.home).load("os", None).documents
    return {name: document.text for name, document in sorted(documents.items())}
