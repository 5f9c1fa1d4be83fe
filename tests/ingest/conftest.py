"""A library in the test's own home, and a folder to write notes in."""

from pathlib import Path

import pytest

from ingest.library import Library


@pytest.fixture
def library(home: Path) -> Library:
    """The library of an empty home."""
    return Library(home)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder to write notes in, with Hangul and a space in its name."""
    folder = tmp_path / "내 노트"
    folder.mkdir()
    return folder
