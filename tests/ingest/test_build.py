"""What an ingest keeps, replaces and tells, and what it refuses."""

import pytest

from ingest import index as indexes
from ingest import shelf
from ingest.build import ingest, rebuild, remove
from ingest.document import Role
from ingest.errors import (
    BadCourseName,
    EmptyFile,
    IndexDamaged,
    NoSuchCourse,
    NoSuchDocument,
    NoSuchPath,
    Unreadable,
    UnsupportedFormat,
)
from ingest.library import Library
from tests.fakes import WordCountEncoder
from tests.ingest.course import LOCK, SEMAPHORE, held, take, write


def test_what_changed_is_told(library, notes):
    write(notes, a=LOCK, b=LOCK, c=LOCK)
    take(library, notes)
    write(notes, b=SEMAPHORE, d=SEMAPHORE)
    (notes / "c.md").unlink()
    report = take(library, notes)
    assert (report.unchanged, report.changed) == (["a.md"], ["b.md"])
    assert (report.added, report.removed) == (["d.md"], ["c.md"])
    assert held(library) == {"a.md": LOCK, "b.md": SEMAPHORE, "d.md": SEMAPHORE}


def test_unchanged_notes_are_not_embedded_again(library, notes):
    write(notes, a=LOCK, week2__b=SEMAPHORE)
    encoder = WordCountEncoder()
    take(library, notes, encoder=encoder)
    assert encoder.embedded == ["a " + LOCK, "b " + SEMAPHORE]
    report = take(library, notes, encoder=encoder)
    assert len(encoder.embedded) == 2
    assert report.unchanged == ["a.md", "week2/b.md"]
    write(notes, a=SEMAPHORE)
    take(library, notes, encoder=encoder)
    assert encoder.embedded[2:] == ["a " + SEMAPHORE]


def test_chunks_of_unchanged_notes_keep_their_ids(library, notes):
    write(notes, a=LOCK, b=SEMAPHORE)
    take(library, notes)
    before = {c.document: c.id for c in library.load("os", None).chunks}
    write(notes, b="새 문단이다.\n\n## 더\n\n" + SEMAPHORE)
    take(library, notes)
    assert {c.document: c.id for c in library.load("os", None).chunks}["a.md"] == before["a.md"]


def test_a_bad_file_keeps_the_rest_and_its_own_old_version(library, notes):
    write(notes, a=LOCK, b=SEMAPHORE)
    take(library, notes)
    (notes / "a.md").write_bytes(b"\x00\x01")
    (notes / "c.md").write_bytes(b"")
    write(notes, b=LOCK)
    report = take(library, notes)
    assert held(library) == {"a.md": LOCK, "b.md": LOCK}
    assert list(report.failed) == ["a.md", "c.md"]
    assert report.failed["a.md"].startswith("a.md is not a text file")
    assert report.failed["c.md"] == "c.md is empty. Write or paste your notes into it first."
    assert (report.removed, report.changed) == ([], ["b.md"])


def test_a_folder_of_bad_files_is_an_error_and_makes_no_course(library, notes):
    (notes / "a.md").write_bytes(b"\x00\x01")
    with pytest.raises(Unreadable, match=r"No file in '.*' could be read: a\.md is not"):
        take(library, notes)
    assert library.courses() == []


def test_a_bad_single_file_is_an_error_and_the_old_version_stays(library, notes):
    write(notes, a=LOCK)
    take(library, notes / "a.md")
    write(notes, a="")
    with pytest.raises(EmptyFile):
        take(library, notes / "a.md")
    assert held(library) == {"a.md": LOCK}


def test_of_several_paths_all_or_none(library, notes):
    write(notes, a=LOCK)
    with pytest.raises(NoSuchPath, match="no file or folder") as caught:
        take(library, notes, notes / "없는 폴더")
    assert caught.value.code == "no_such_path"
    assert library.courses() == []


def test_an_empty_folder(library, notes):
    (notes / "a.hwp").write_bytes(b"HWP")
    with pytest.raises(EmptyFile, match="holds no notes") as caught:
        take(library, notes)
    assert ".md, .pdf, .txt" in caught.value.hint


def test_an_unknown_format_is_an_error_by_itself_and_left_alone_in_a_folder(library, notes):
    write(notes, a=LOCK)
    (notes / "b.hwp").write_bytes(b"HWP")
    with pytest.raises(UnsupportedFormat):
        take(library, notes / "b.hwp")
    assert take(library, notes).failed == {}


def test_a_damaged_course_is_read_again_from_all_its_paths(library, notes):
    write(notes, one__a=LOCK, two__b=SEMAPHORE, three__c=LOCK)
    take(library, notes / "one", notes / "two", notes / "three")
    (notes / "three" / "c.md").unlink()
    (vectors,) = library.home.glob("courses/c-os/g-*/vectors.faiss")
    vectors.unlink()
    report = take(Library(library.home), notes / "one")
    # what was read from a file that is gone stays
    assert held(library) == {"a.md": LOCK, "b.md": SEMAPHORE, "c.md": LOCK}
    assert report.failed == {}


@pytest.fixture
def update(monkeypatch):
    """Makes the program one whose indexes mean something else."""
    return lambda: monkeypatch.setattr(indexes, "FORMAT", indexes.FORMAT + 1)


def test_an_index_of_an_earlier_version_is_built_again_and_nothing_is_lost(library, notes, update):
    write(notes, one__a=LOCK, two__b=SEMAPHORE)
    take(library, notes / "one", notes / "two")
    encoder = WordCountEncoder()
    start = library.load("os", None).documents["a.md"].sections[0].start
    shelf.correct_role(library, "os", "a.md", start, Role.ASIDE, encoder)
    put = shelf.add(library, "os", "given.md", notes / "one" / "a.md", encoder)
    assert put.added == ["given.md"]
    (notes / "two" / "b.md").unlink()
    update()
    library = Library(library.home)
    assert library.unusable(encoder.name) == ["os"]
    steps = []
    report = rebuild(library, "os", encoder, lambda *step: steps.append(step))
    assert report.failed == {}
    assert held(library) == {"a.md": LOCK, "b.md": SEMAPHORE, "given.md": LOCK}
    assert library.unusable(encoder.name) == []
    assert library.load("os", None).documents["a.md"].sections[0].role is Role.ASIDE
    assert {step for step, _, _ in steps} >= {"read", "embed"}
    # the PATHs are still known: given again without it, one drops what is gone
    (notes / "two" / "c.md").write_text(LOCK, encoding="utf-8")
    assert take(library, notes / "two").removed == ["b.md"]


def test_a_rebuild_takes_another_encoder(library, notes):
    write(notes, a=LOCK)
    take(library, notes)
    other = WordCountEncoder()
    other.name = "another"
    assert library.unusable(other.name) == ["os"]
    assert rebuild(library, "os", other).unchanged == ["a.md"]
    assert library.unusable(other.name) == []


def test_a_rebuild_of_which_nothing_can_be_read_leaves_everything(library, notes, update):
    write(notes, a=LOCK)
    take(library, notes)
    (notes / "a.md").unlink()
    update()
    (documents,) = library.home.glob("courses/c-os/g-*/documents.jsonl")
    documents.write_bytes(b"{}\n\xff")
    library = Library(library.home)
    before = sorted(library.home.rglob("*"))
    with pytest.raises(IndexDamaged, match="Nothing of the course"):
        rebuild(library, "os", WordCountEncoder())
    assert sorted(library.home.rglob("*")) == before


def test_a_rebuild_says_what_is_gone(library, notes, update):
    write(notes, one__a=LOCK, two__b=SEMAPHORE)
    take(library, notes / "one", notes / "two")
    (notes / "two" / "b.md").unlink()
    update()
    (documents,) = library.home.glob("courses/c-os/g-*/documents.jsonl")
    documents.unlink()
    report = rebuild(Library(library.home), "os", WordCountEncoder())
    assert report.failed == {"b.md": "The file is no longer there."}
    assert held(library) == {"a.md": LOCK}


def test_only_ones_own_course_is_rebuilt(library):
    with pytest.raises(BadCourseName):
        rebuild(library, "genai", WordCountEncoder())
    with pytest.raises(NoSuchCourse):
        rebuild(library, "os", WordCountEncoder())


def test_a_removed_document_comes_back_with_its_path(library, notes):
    write(notes, a=LOCK, b=SEMAPHORE)
    take(library, notes)
    remove(library, "os", "a.md", WordCountEncoder())
    assert list(held(library)) == ["b.md"]
    assert take(library, notes).added == ["a.md"]


def test_the_last_document_may_be_removed(library, notes):
    write(notes, a=LOCK)
    take(library, notes)
    remove(library, "os", "a.md", WordCountEncoder())
    assert held(library) == {}
    assert take(library, notes).added == ["a.md"]


def test_only_what_is_there_can_be_removed(library, notes):
    write(notes, a=LOCK)
    take(library, notes)
    with pytest.raises(NoSuchDocument, match=r"no document 'b.md' in the course 'os'") as caught:
        remove(library, "os", "b.md", WordCountEncoder())
    assert caught.value.code == "no_such_document"


@pytest.mark.parametrize("name", ["genai", "", "  ", "x" * 81])
def test_names_no_course_of_ones_own_can_have(library, notes, name):
    write(notes, a=LOCK)
    with pytest.raises(BadCourseName) as caught:
        ingest(library, [notes], name, WordCountEncoder())
    assert "--course" in caught.value.hint
    assert library.courses() == []


def test_progress_is_told(library, notes):
    write(notes, a=LOCK, b=SEMAPHORE)
    steps: list[tuple[str, int, int]] = []
    ingest(library, [notes], "os", WordCountEncoder(), lambda *step: steps.append(step))
    assert [step for step in steps if step[0] == "read"] == [("read", 0, 2), ("read", 1, 2)]
    assert steps[-1] == ("embed", 2, 2)
