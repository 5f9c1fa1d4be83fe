"""What an ingest keeps, replaces and drops: CONTRACT's words on PATHs and documents."""

import unicodedata

import pytest

from ingest.build import Report, ingest, remove
from ingest.errors import (
    BadCourseName,
    EmptyFile,
    NoSuchDocument,
    NoSuchPath,
    Unreadable,
    UnsupportedFormat,
)
from ingest.library import Library
from tests.fakes import WordCountEncoder

LOCK = "잠금은 한 번에 하나만 들어가게 한다."
SEMAPHORE = "세마포어는 여럿이 들어가게 하는 잠금이다."


@pytest.fixture
def library(home):
    return Library(home)


@pytest.fixture
def notes(tmp_path):
    """A folder to write notes in."""
    folder = tmp_path / "내 노트"
    folder.mkdir()
    return folder


def write(folder, **files: str) -> None:
    """Files by name; two underscores are a slash and the suffix is .md."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def take(library: Library, *paths, encoder=None) -> Report:
    return ingest(library, paths, "os", encoder or WordCountEncoder())


def held(library: Library) -> dict[str, str]:
    """Document → text, read anew from disk."""
    documents = Library(library.home).load("os", None).documents
    return {name: document.text for name, document in sorted(documents.items())}


def test_a_folders_documents_are_named_by_their_place_in_it(library, notes):
    write(notes, a=LOCK, week2__b=SEMAPHORE)
    report = take(library, notes)
    assert held(library) == {"a.md": LOCK, "week2/b.md": SEMAPHORE}
    assert (report.added, report.removed, report.chunks) == (["a.md", "week2/b.md"], [], 2)


def test_a_single_file_is_named_by_itself(library, notes):
    write(notes, week2__b=SEMAPHORE)
    take(library, notes / "week2" / "b.md")
    assert list(held(library)) == ["b.md"]


def test_no_absolute_path_is_in_a_name(library, notes):
    write(notes, a=LOCK)
    take(library, notes.resolve())
    index = library.load("os", None)
    assert {chunk.document for chunk in index.chunks} == {"a.md"}


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
    assert encoder.embedded == ["a\n" + LOCK, "b\n" + SEMAPHORE]
    report = take(library, notes, encoder=encoder)
    assert len(encoder.embedded) == 2
    assert report.unchanged == ["a.md", "week2/b.md"]
    write(notes, a=SEMAPHORE)
    take(library, notes, encoder=encoder)
    assert encoder.embedded[2:] == ["a\n" + SEMAPHORE]


def test_chunks_of_unchanged_notes_keep_their_ids(library, notes):
    write(notes, a=LOCK, b=SEMAPHORE)
    take(library, notes)
    before = {c.document: c.id for c in library.load("os", None).chunks}
    write(notes, b="새 문단이다.\n\n## 더\n\n" + SEMAPHORE)
    take(library, notes)
    assert {c.document: c.id for c in library.load("os", None).chunks}["a.md"] == before["a.md"]


def test_another_path_drops_nothing(library, notes):
    write(notes, one__a=LOCK, two__b=SEMAPHORE)
    take(library, notes / "one")
    report = take(library, notes / "two")
    assert held(library) == {"a.md": LOCK, "b.md": SEMAPHORE}
    assert (report.added, report.unchanged, report.removed) == (["b.md"], ["a.md"], [])


def test_a_document_stays_until_its_own_path_is_given_without_it(library, notes):
    write(notes, one__a=LOCK, one__c=LOCK, two__b=SEMAPHORE)
    take(library, notes / "one", notes / "two")
    (notes / "one" / "a.md").unlink()
    take(library, notes / "two")
    assert list(held(library)) == ["a.md", "b.md", "c.md"]
    assert take(library, notes / "one").removed == ["a.md"]
    assert list(held(library)) == ["b.md", "c.md"]


def test_the_same_path_written_in_another_way(library, notes, monkeypatch):
    write(notes, a=LOCK, b=LOCK)
    take(library, notes)
    (notes / "a.md").unlink()
    monkeypatch.chdir(notes)
    from pathlib import Path

    assert take(library, Path(".")).removed == ["a.md"]
    assert take(library, Path("..") / notes.name).unchanged == ["b.md"]


def test_clashing_names_get_the_folder_in_front(library, notes):
    write(notes, one__a=LOCK, two__a=SEMAPHORE)
    take(library, notes / "one")
    take(library, notes / "two")
    assert held(library) == {"a.md": LOCK, "two/a.md": SEMAPHORE}
    assert take(library, notes / "two").unchanged == ["a.md", "two/a.md"]
    assert take(library, notes / "one").unchanged == ["a.md", "two/a.md"]


def test_clashing_single_files(library, notes):
    write(notes, one__a=LOCK, two__a=SEMAPHORE, x__two__a="셋째이다.")
    take(library, notes / "one/a.md", notes / "two/a.md", notes / "x/two/a.md")
    assert held(library) == {
        "a.md": LOCK,
        "two/a.md": SEMAPHORE,
        "x/two/a.md": "셋째이다.",
    }


def test_one_file_given_twice_is_one_document(library, notes):
    write(notes, week2__b=SEMAPHORE, a=LOCK)
    take(library, notes)
    write(notes, week2__b=LOCK)
    report = take(library, notes / "week2" / "b.md")
    assert report.changed == ["week2/b.md"]
    assert held(library) == {"a.md": LOCK, "week2/b.md": LOCK}


def test_the_longer_name_says_more_whichever_came_first(library, notes):
    write(notes, week2__b=SEMAPHORE)
    take(library, notes / "week2" / "b.md")
    assert list(held(library)) == ["b.md"]
    take(library, notes)
    assert list(held(library)) == ["week2/b.md"]
    assert library.load("os", None).chunks[0].place.week == 2


def test_a_document_of_two_paths_goes_with_the_last(library, notes):
    write(notes, week2__b=SEMAPHORE, week2__c=LOCK)
    take(library, notes, notes / "week2")
    assert list(held(library)) == ["week2/b.md", "week2/c.md"]
    (notes / "week2" / "b.md").unlink()
    assert take(library, notes).removed == []
    assert take(library, notes / "week2").removed == ["week2/b.md"]


def test_names_are_composed(library, notes):
    write(notes, **{unicodedata.normalize("NFD", "잠금"): LOCK})
    take(library, notes)
    assert list(held(library)) == ["잠금.md"]


def test_hangul_and_spaces_in_paths(library, notes):
    write(notes, **{"3주차 노트__2차시 가상 메모리": LOCK})
    take(library, notes)
    assert list(held(library)) == ["3주차 노트/2차시 가상 메모리.md"]


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
    with pytest.raises(Unreadable, match="No file in '.*' could be read: a.md is not a text file"):
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
    (notes / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(EmptyFile, match="holds no notes") as caught:
        take(library, notes)
    assert ".md, .txt" in caught.value.hint


def test_an_unknown_format_is_an_error_by_itself_and_left_alone_in_a_folder(library, notes):
    write(notes, a=LOCK)
    (notes / "b.hwp").write_bytes(b"HWP")
    with pytest.raises(UnsupportedFormat):
        take(library, notes / "b.hwp")
    assert take(library, notes).failed == {}


def test_hidden_files_are_left_alone(library, notes):
    write(notes, a=LOCK, **{".git__b": LOCK, ".c": LOCK})
    take(library, notes)
    assert list(held(library)) == ["a.md"]


def test_links_that_lead_out_are_not_followed(library, notes, tmp_path):
    outside = tmp_path / "outside"
    write(outside, secret=SEMAPHORE, more=SEMAPHORE)
    write(notes, a=LOCK)
    try:
        (notes / "link.md").symlink_to(outside / "secret.md")
        (notes / "folder").symlink_to(outside, target_is_directory=True)
        (notes / "broken.md").symlink_to(notes / "nowhere.md")
    except OSError:
        pytest.skip("this system makes no links without privileges")
    take(library, notes)
    assert list(held(library)) == ["a.md"]
    take(library, outside / "secret.md")
    assert list(held(library)) == ["a.md", "secret.md"]


def test_a_damaged_course_is_read_again_from_all_its_paths(library, notes):
    write(notes, one__a=LOCK, two__b=SEMAPHORE, three__c=LOCK)
    take(library, notes / "one", notes / "two", notes / "three")
    (notes / "three" / "c.md").unlink()
    (vectors,) = library.home.glob("courses/c-os/g-*/vectors.faiss")
    vectors.unlink()
    report = take(Library(library.home), notes / "one")
    assert held(library) == {"a.md": LOCK, "b.md": SEMAPHORE}
    assert report.failed == {"c.md": "The file is no longer there."}


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
