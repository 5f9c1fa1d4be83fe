"""A home: courses by any name, one writer at a time, the old index until the new one is whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import library as libraries
from ingest.build import ingest
from ingest.errors import (
    HomeLocked,
    HomeNewer,
    HomeReadOnly,
    IndexDamaged,
    IndexMismatch,
    NoSuchCourse,
)
from ingest.library import CourseRecord, Library, _copy, open_library
from tests.fakes import WordCountEncoder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "잠금 노트.txt"
    path.write_text("잠금은 한 번에 하나만 들어가게 한다.", encoding="utf-8")
    return path


def texts(library: Library, course: str = "os") -> list[str]:
    """The documents' texts, read anew from disk."""
    found = Library(library.home).load(course, None).documents.values()
    return [document.text for document in found]


def test_a_home_is_made_where_there_is_none(tmp_path):
    library, temporary = open_library(tmp_path / "새 폴더" / "home")
    assert not temporary
    assert library.home == tmp_path / "새 폴더" / "home"
    assert json.loads((library.home / "home.json").read_text(encoding="utf-8")) == {"layout": 1}
    assert library.courses() == []


@pytest.mark.parametrize(
    "name", ["notes", "운영 체제", "a/b", "..", ".", "CON", "x%2Fy", "가" * 80, "week 1: a?"]
)
def test_a_course_may_have_any_name(library, note, name):
    ingest(library, [note], name, WordCountEncoder())
    assert library.courses() == [name]
    assert texts(library, name) == ["잠금은 한 번에 하나만 들어가게 한다."]
    folders = [path.name for path in (library.home / "courses").iterdir() if path.is_dir()]
    assert len(folders) == 1
    assert not set(folders[0]) & set('/\\:?*<>|" .')


def test_courses_are_sorted_and_apart(library, note):
    for name in ("b", "a"):
        ingest(library, [note], name, WordCountEncoder())
    assert library.courses() == ["a", "b"]
    library.remove("a")
    assert library.courses() == ["b"]
    assert texts(library, "b")


def test_an_unknown_course(library, note):
    ingest(library, [note], "os", WordCountEncoder())
    with pytest.raises(NoSuchCourse, match="no course 'db'") as caught:
        library.load("db", None)
    assert caught.value.code == "no_such_course"
    assert caught.value.hint == "Courses in this home: os."
    with pytest.raises(NoSuchCourse):
        library.remove("db")


def test_an_index_is_read_once_until_it_changes(library, note):
    ingest(library, [note], "os", WordCountEncoder())
    first = library.load("os", None)
    assert library.load("os", None) is first
    note.write_text("해제는 잠금을 푼다.", encoding="utf-8")
    ingest(Library(library.home), [note], "os", WordCountEncoder())
    assert [d.text for d in library.load("os", None).documents.values()] == ["해제는 잠금을 푼다."]


def test_old_generations_go(library, note):
    for _ in range(3):
        ingest(library, [note], "os", WordCountEncoder())
    assert len(list((library.home / "courses" / "c-os").glob("g-*"))) == 1


def test_killed_before_the_new_index_is_current(library, note, monkeypatch):
    ingest(library, [note], "os", WordCountEncoder())
    note.write_text("해제는 잠금을 푼다.", encoding="utf-8")

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            ingest(library, [note], "os", WordCountEncoder())
    assert texts(library) == ["잠금은 한 번에 하나만 들어가게 한다."]
    ingest(Library(library.home), [note], "os", WordCountEncoder())
    assert texts(library) == ["해제는 잠금을 푼다."]
    assert len(list((library.home / "courses" / "c-os").glob("g-*"))) == 1


def test_killed_in_the_first_ingest_of_a_course(library, note, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            ingest(library, [note], "os", WordCountEncoder())
    assert library.courses() == []
    ingest(library, [note], "os", WordCountEncoder())
    assert library.courses() == ["os"]


def test_half_a_removal_is_a_whole_one(library, note, monkeypatch):
    ingest(library, [note], "os", WordCountEncoder())
    with monkeypatch.context() as patch:
        patch.setattr(libraries.shutil, "rmtree", lambda *_, **__: None)
        library.remove("os")
    assert Library(library.home).courses() == []


def test_one_writer_at_a_time(library, note):
    with library.writing("os"):
        other = Library(library.home)
        with pytest.raises(HomeLocked, match="changing the course 'os'") as caught:
            ingest(other, [note], "os", WordCountEncoder())
        ingest(other, [note], "db", WordCountEncoder())
    assert caught.value.code == "home_locked"
    assert "again" in caught.value.hint
    ingest(library, [note], "os", WordCountEncoder())


def test_a_lock_dies_with_its_process(library, note):
    code = (
        "import os, sys; from pathlib import Path; from ingest.library import Library\n"
        "held = Library(Path(sys.argv[1])).writing('os'); held.__enter__()\n"
        "os._exit(9)\n"
    )
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", code, str(library.home)], env=env, timeout=60, check=False
    )
    assert ran.returncode == 9
    ingest(library, [note], "os", WordCountEncoder())


def test_a_damaged_index_is_built_again_by_a_new_ingest(library, note):
    ingest(library, [note], "os", WordCountEncoder())
    (chunks,) = library.home.glob("courses/c-os/g-*/chunks.jsonl")
    chunks.write_bytes(chunks.read_bytes()[:-10])
    with pytest.raises(IndexDamaged):
        Library(library.home).load("os", "word-count")
    ingest(Library(library.home), [note], "os", WordCountEncoder())
    assert len(Library(library.home).load("os", "word-count").chunks) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": "os"}', '{"generation": 1}'])
def test_a_damaged_record_is_written_again_by_a_new_ingest(library, note, text):
    ingest(library, [note], "os", WordCountEncoder())
    record = library.home / "courses" / "c-os" / "course.json"
    record.write_text(text, encoding="utf-8")
    with pytest.raises(IndexDamaged) as caught:
        library.load("os", None)
    assert "`tutor ingest PATH --course os`" in caught.value.hint
    ingest(library, [note], "os", WordCountEncoder())
    assert texts(library) == ["잠금은 한 번에 하나만 들어가게 한다."]


def test_another_encoder_is_cured_by_a_new_ingest(library, note):
    ingest(library, [note], "os", WordCountEncoder("old"))
    with pytest.raises(IndexMismatch, match="encoder old, but new is asked for"):
        library.load("os", "new")
    encoder = WordCountEncoder("new")
    ingest(library, [note], "os", encoder)
    assert library.load("os", "new").encoder == "new"
    assert len(encoder.embedded) == 1


def test_a_newer_home(home):
    (home / "home.json").write_text('{"layout": 2}', encoding="utf-8")
    with pytest.raises(HomeNewer, match="newer version") as caught:
        open_library(home)
    assert "another --home" in caught.value.hint


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_a_damaged_home_file_is_written_again(home, text):
    (home / "home.json").write_text(text, encoding="utf-8")
    open_library(home)
    assert json.loads((home / "home.json").read_text(encoding="utf-8")) == {"layout": 1}


def test_a_home_that_is_a_file(tmp_path):
    path = tmp_path / "home"
    path.write_text("", encoding="utf-8")
    with pytest.raises(HomeReadOnly, match="is a file"):
        open_library(path)


def test_a_home_that_cannot_be_made_is_temporary(tmp_path):
    path = tmp_path / "file"
    path.write_text("", encoding="utf-8")
    library, temporary = open_library(path / "home")
    assert temporary
    assert tmp_path not in library.home.parents
    assert library.courses() == []


def test_a_home_that_cannot_be_written_is_copied(library, note, monkeypatch):
    open_library(library.home)
    ingest(library, [note], "os", WordCountEncoder())
    monkeypatch.setattr(libraries, "_writable", lambda home: False)
    copy, temporary = open_library(library.home)
    assert temporary
    assert copy.home != library.home
    note.write_text("해제는 잠금을 푼다.", encoding="utf-8")
    ingest(copy, [note], "os", WordCountEncoder())
    assert texts(copy) == ["해제는 잠금을 푼다."]
    assert texts(library) == ["잠금은 한 번에 하나만 들어가게 한다."]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user"
)
def test_a_read_only_folder_is_noticed(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o500)
    assert open_library(home)[1]


def test_a_record_says_where_a_course_came_from(library, note):
    ingest(library, [note], "os", WordCountEncoder())
    record = library.record("os")
    assert isinstance(record, CourseRecord)
    assert record.name == "os"
    assert record.generation.startswith("g-")
    assert record.paths == {str(note.resolve()): {"잠금 노트.txt": ""}}


def test_a_copy_of_a_forbidding_home_can_be_written(tmp_path):
    home, copy = tmp_path / "home", tmp_path / "copy"
    (home / "courses").mkdir(parents=True)
    (home / "courses" / "note.txt").write_text("가", encoding="utf-8")
    for path in (home / "courses" / "note.txt", home / "courses", home):
        path.chmod(0o555)
    copy.mkdir()

    _copy(home, copy)

    assert [p.stat().st_mode & 0o200 for p in (copy, *copy.rglob("*"))] == [0o200] * 3
    assert (copy / "courses" / "note.txt").read_text(encoding="utf-8") == "가"
    for path in (home, home / "courses"):
        path.chmod(0o755)


def test_readers_with_and_without_an_encoder_share_what_was_read(tmp_path):
    home = Library(tmp_path / "home")
    note = tmp_path / "a.md"
    note.write_text("# 글\n\n한 문장이다.\n", encoding="utf-8")
    ingest(home, [note], "notes", WordCountEncoder())
    searched = home.load("notes", "word-count")
    assert home.load("notes", None) is searched
    assert home.load("notes", "word-count") is searched
