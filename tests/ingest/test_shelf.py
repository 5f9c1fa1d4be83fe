"""Notes as the page handles them: given, replaced, taken away, put back, corrected."""

import json

import pytest

from ingest import shelf
from ingest.build import ingest
from ingest.corrections import Corrections
from ingest.document import Role
from ingest.errors import (
    BadCourseName,
    EmptyFile,
    NoSuchDocument,
    Unreadable,
    UnsupportedFormat,
)
from ingest.library import Library
from tests.fakes import WordCountEncoder

GATES = """# 2주차

## 1차시 - 게이트

리셋 게이트(reset gate)는 이전 은닉 상태를 얼마나 잊을지 정하는 게이트이다.

업데이트 게이트는 새 후보를 얼마나 섞을지 정하는 게이트이다.
"""


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "home")


@pytest.fixture
def encoder():
    return WordCountEncoder()


@pytest.fixture
def given(tmp_path):
    def write(text, name="x.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def documents(library, course="notes"):
    return library.load(course, None).documents


def test_a_file_is_kept_under_a_name_of_our_own(library, encoder, given):
    report = shelf.add(library, "notes", "../2주차/게이트 <b>.md", given(GATES), encoder)
    assert report.added == ["게이트 <b>.md"]
    (stored,) = (library.home / "uploads").iterdir()
    assert len(stored.stem) == 32
    assert stored.suffix == ".md"
    assert list(documents(library)) == ["게이트 <b>.md"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.md", "a.md"),
        ("..\\..\\a.md", "a.md"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("\u202egnp.md", "gnp.md"),
        ("a\x00b\n.txt", "ab.txt"),
        ("..", "note"),
        ("가" * 300 + ".md", "가" * 117 + ".md"),
        ("\u1100\u1161.md", "가.md"),
    ],
)
def test_names_are_made_safe(name, safe):
    assert shelf.safe_name(name) == safe


def test_what_cannot_be_read_changes_nothing_and_is_told_by_its_own_name(library, encoder, given):
    shelf.add(library, "notes", "a.md", given(GATES), encoder)
    with pytest.raises(UnsupportedFormat, match=r"^evil\.exe: "):
        shelf.add(library, "notes", "evil.exe", given("x"), encoder)
    with pytest.raises(EmptyFile, match=r"^b\.md is empty"):
        shelf.add(library, "notes", "b.md", given(" "), encoder)
    with pytest.raises(Unreadable, match=r"^b\.pdf is damaged"):
        shelf.add(library, "notes", "b.pdf", given("no pdf"), encoder)
    with pytest.raises(BadCourseName):
        shelf.add(library, "genai", "b.md", given(GATES), encoder)
    assert len(list((library.home / "uploads").iterdir())) == 1
    assert list(documents(library)) == ["a.md"]


def test_a_file_of_the_same_name_takes_the_place_of_the_old_one(library, encoder, given):
    shelf.add(library, "notes", "a.md", given(GATES), encoder)
    report = shelf.add(library, "notes", "a.md", given(GATES + "\n새 문장이다.\n"), encoder)
    assert report.changed == ["a.md"]
    assert "새 문장" in documents(library)["a.md"].text
    assert len(list((library.home / "uploads").iterdir())) == 1


def test_a_replacement_that_cannot_be_read_leaves_the_old_one(library, encoder, given):
    shelf.add(library, "notes", "a.md", given(GATES), encoder)
    with pytest.raises(EmptyFile):
        shelf.add(library, "notes", "a.md", given(""), encoder)
    assert documents(library)["a.md"].text == GATES


def test_a_document_of_a_folder_can_be_replaced_too(library, encoder, given, tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text(GATES, encoding="utf-8")
    (folder / "b.md").write_text(GATES, encoding="utf-8")
    ingest(library, [folder], "notes", encoder)
    shelf.add(library, "notes", "a.md", given("# 새 글\n\n다른 내용이다.\n"), encoder)
    assert list(documents(library)) == ["a.md", "b.md"]
    assert documents(library)["a.md"].text.startswith("# 새 글")


def test_stopped_in_the_middle_nothing_has_changed(library, encoder, given):
    def stop(step, done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shelf.add(library, "notes", "a.md", given(GATES), encoder, stop)
    assert library.courses() == []
    assert list((library.home / "uploads").iterdir()) == []


def test_what_is_taken_away_can_be_put_back(library, encoder, given):
    for name in ("a.md", "b.md"):
        shelf.add(library, "notes", name, given(GATES), encoder)
    before = documents(library)["a.md"]
    gone = shelf.remove(library, "notes", "a.md", encoder)
    assert list(documents(library)) == ["b.md"]
    assert shelf.removed(library) == [gone]
    shelf.put_back(library, gone.token, encoder)
    assert documents(library)["a.md"] == before
    assert shelf.removed(library) == []
    shelf.add(library, "notes", "a.md", given(GATES + "\n더.\n"), encoder)
    assert list(documents(library)) == ["a.md", "b.md"]


def test_the_last_document_takes_its_course_along_and_brings_it_back(library, encoder, given):
    shelf.add(library, "notes", "a.md", given(GATES), encoder)
    shelf.correct_role(library, "notes", "a.md", GATES.index("업데이트"), Role.ASIDE, encoder)
    before = documents(library)
    gone = shelf.remove(library, "notes", "a.md", encoder)
    assert library.courses() == []
    shelf.put_back(library, gone.token, encoder)
    assert documents(library) == before
    assert library.corrections("notes").roles


@pytest.mark.parametrize("token", ["", "../x", "0" * 16])
def test_what_is_not_in_the_trash(library, encoder, token):
    with pytest.raises(NoSuchDocument):
        shelf.put_back(library, token, encoder)


def test_the_trash_keeps_the_latest_and_forgets_files_nobody_needs(library, encoder, given):
    for number in range(4):
        shelf.add(library, "notes", f"{number}.md", given(GATES), encoder)
    for number in range(3):
        shelf.remove(library, "notes", f"{number}.md", encoder)
    shelf.empty_trash(library, 1)
    assert [gone.name for gone in shelf.removed(library)] == ["2.md"]
    assert len(list((library.home / "uploads").iterdir())) == 2


def test_corrections_outlive_a_new_ingest(library, encoder, given):
    shelf.add(library, "notes", "a.md", given(GATES), encoder)
    at = GATES.index("업데이트")
    shelf.correct_role(library, "notes", "a.md", at, Role.ASIDE, encoder)
    shelf.correct_lecture(library, "notes", "a.md", at, (3, 2, "문"), encoder)
    shelf.add(library, "notes", "a.md", given(GATES + "\n## 2차시 - 더\n\n더 있다.\n"), encoder)
    chunks = library.load("notes", None).chunks
    placed = {(c.place.week, c.place.lecture, c.place.title, c.role) for c in chunks}
    assert placed == {(3, 2, "문", Role.ASIDE), (2, 2, "더", Role.LECTURE)}


def test_a_correction_can_be_corrected(library, encoder, given):
    shelf.add(library, "notes", "a.md", given(GATES), encoder)
    at = GATES.index("업데이트")
    shelf.correct_lecture(library, "notes", "a.md", at, (3, 2, "문"), encoder)
    shelf.correct_lecture(library, "notes", "a.md", at, (2, 1, "게이트"), encoder)
    shelf.add(library, "notes", "a.md", given(GATES), encoder)
    assert {chunk.place.title for chunk in library.load("notes", None).chunks} == {"게이트"}


def test_where_there_is_no_passage_nothing_is_corrected(library, encoder, given):
    shelf.add(library, "notes", "a.md", given(GATES), encoder)
    with pytest.raises(NoSuchDocument):
        shelf.correct_role(library, "notes", "a.md", 10**6, Role.QUIZ, encoder)


def test_corrections_that_cannot_be_read_are_none(library, encoder, given):
    shelf.add(library, "notes", "a.md", given(GATES), encoder)
    path = library.home / "courses" / "c-notes" / "corrections.json"
    for text in ("", "[]", json.dumps({"places": {"a": [[1]]}, "roles": {}})):
        path.write_text(text, encoding="utf-8")
        assert library.corrections("notes") == Corrections()


def test_the_bundled_course_stays_as_it_is(library, encoder):
    with pytest.raises(BadCourseName):
        shelf.remove(library, "genai", "ko/week1/1-chatgpt.md", encoder)
