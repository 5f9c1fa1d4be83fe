"""The course that ships: indexed once, and again when it, the encoder or the index changed."""

import pytest

from ingest import build
from ingest.build import ensure_bundled
from ingest.errors import HomeNewer
from ingest.library import Library
from tests.fakes import WordCountEncoder
from tests.ingest.course import LOCK, SEMAPHORE, write


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A small course in place of the one that ships."""
    folder = tmp_path / "corpus"
    write(folder, ko__week1__1_lock=LOCK, en__week1__1_lock="A lock lets one in.")
    monkeypatch.setattr(build, "BUNDLED_FOLDER", folder)
    return folder


def test_it_is_indexed_once(library, course):
    encoder = WordCountEncoder()
    assert ensure_bundled(library, encoder) is True
    assert ensure_bundled(library, encoder) is False
    assert ensure_bundled(Library(library.home), encoder) is False
    assert len(encoder.embedded) == 2
    index = library.load("genai", "word-count")
    assert sorted(index.documents) == ["en/week1/1_lock.md", "ko/week1/1_lock.md"]
    assert {(c.place.week, c.place.lecture, c.language) for c in index.chunks} == {
        (1, 1, "ko"),
        (1, 1, "en"),
    }


def test_where_it_was_installed_is_nobodys_path(library, course):
    ensure_bundled(library, WordCountEncoder())
    assert library.record("genai").paths == {}


def test_again_when_a_note_changed(library, course):
    ensure_bundled(library, WordCountEncoder())
    write(course, ko__week1__1_lock=SEMAPHORE)
    assert ensure_bundled(library, WordCountEncoder()) is True
    texts = [chunk.text for chunk in library.load("genai", None).chunks]
    assert texts == ["A lock lets one in.", SEMAPHORE]


def test_again_with_another_encoder(library, course):
    ensure_bundled(library, WordCountEncoder("old"))
    assert ensure_bundled(library, WordCountEncoder("new")) is True
    assert library.load("genai", "new").encoder == "new"


def test_again_when_it_is_damaged(library, course):
    ensure_bundled(library, WordCountEncoder())
    (vectors,) = library.home.glob("courses/c-genai/g-*/vectors.faiss")
    vectors.write_bytes(b"")
    assert ensure_bundled(Library(library.home), WordCountEncoder()) is True
    assert len(Library(library.home).load("genai", "word-count").chunks) == 2


def test_but_not_over_a_newer_one(library, course):
    ensure_bundled(library, WordCountEncoder())
    (manifest,) = library.home.glob("courses/c-genai/g-*/manifest.json")
    manifest.write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(HomeNewer):
        ensure_bundled(Library(library.home), WordCountEncoder())


def test_the_course_that_ships_is_all_lecture():
    folder = build.BUNDLED_FOLDER
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md"))]
    documents = [build.lay_out(name, build.formats.read(folder / name)) for name in names]
    assert len(documents) == 50
    assert {s.role.value for document in documents for s in document.sections} == {"lecture"}
    numbers = {(s.place.week, s.place.lecture) for d in documents for s in d.sections}
    assert numbers == {(week, lecture) for week in range(1, 6) for lecture in range(1, 6)}
