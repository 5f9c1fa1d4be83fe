"""CONTRACT's words on PATHs: which documents they own, and what the documents are called."""

import unicodedata
from pathlib import Path

import pytest

from tests.ingest.course import LOCK, SEMAPHORE, held, take, write


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
