from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path

import pytest

from ingest import shelf
from ingest.errors import NoSuchDocument
from ingest.library import Library
from tests.fakes import WordCountEncoder
from tests.ui.fakes import GRU, PLAIN, FakeTutor
from tutor.tutor import Tutor
from ui.links import Passage, passage_of
from ui.tabs import notes


@pytest.fixture
def tutor(tmp_path: Path) -> FakeTutor:
    return FakeTutor(tmp_path)


def words(made: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", made))


def test_a_search_finds_passages_that_open(tutor: FakeTutor) -> None:
    made = notes.search(tutor, "과거를", "ko", [])
    hrefs = [html.unescape(href) for href in re.findall(r'href="([^"]*)"', made)]
    assert [passage.document for href in hrefs if (passage := passage_of(href))] == [
        "ko/week2/2-lstm-gru.md"
    ]
    assert "과거를 잊는다." in words(made)


def test_an_empty_search_shows_nothing_and_a_vain_one_says_so(tutor: FakeTutor) -> None:
    assert notes.search(tutor, "  ", "ko", []) == ""
    assert "맞는 부분을 찾지 못했어요" in words(notes.search(tutor, "zzz", "ko", []))


def test_the_library_lists_courses_documents_and_what_was_read(tutor: FakeTutor) -> None:
    made = notes.contents(tutor, "en", ["genai", "내 노트"])
    said = " ".join(words(made).split())
    assert "genai Notes: 2 · Lectures: 2 " in said
    assert "ko/week2/2-lstm-gru.md" in said
    assert "Whose words Lecture 3 · My remark 1 · Pasted explanation 1 · Quiz 1" in said
    assert "Week 2 Lecture 2 기울기 소실과 LSTM, GRU" in said
    assert "Pictures skipped, not read: 1." in said
    assert "내 노트 Notes: 1 메모" in said


def test_only_ones_own_notes_can_be_replaced_and_removed(tutor: FakeTutor) -> None:
    assert "note&#45;remove" not in notes.contents(tutor, "ko", ["genai"])
    assert "note&#45;remove" in notes.contents(tutor, "ko", ["내 노트"])


def test_the_default_courses_are_shown_when_none_is_chosen(tutor: FakeTutor) -> None:
    assert "내 노트" not in notes.contents(tutor, "ko", [])


def test_no_notes_are_said(tutor: FakeTutor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tutor, "chunks", lambda courses: [])
    monkeypatch.setattr(tutor, "documents", lambda courses: [])
    assert "아직 노트가 없어요" in words(notes.contents(tutor, "ko", []))


def test_the_texts_go_into_an_archive_without_leaving_its_folders(tutor: FakeTutor) -> None:
    with zipfile.ZipFile(io.BytesIO(notes.notes_zip(tutor, ["genai"]))) as archive:
        assert archive.namelist() == [
            "genai/ko/week2/2-lstm-gru.md.txt",
            "genai/en/week3/1-attention.md.txt",
        ]
        assert archive.read(archive.namelist()[0]).decode("utf-8") == GRU


@pytest.fixture
def real(tmp_path: Path) -> Tutor:
    return Tutor(Library(tmp_path / "home"), WordCountEncoder(), "reader", temporary=False)


def dropped(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_files_are_added_one_by_one_and_leave_the_place_they_came_by(
    real: Tutor, tmp_path: Path
) -> None:
    paths = [dropped(tmp_path, "a.md", PLAIN), dropped(tmp_path, "b.md", " ")]
    steps = list(notes.take(real, paths, "새 과목", "", "en"))
    assert "is-waiting" in steps[0][1]
    shown = words(steps[-2][1])
    assert "Added" in shown
    assert "Could not be added" in shown
    assert "b.md is empty" in shown
    assert real.courses() == ("새 과목",)
    assert not any(Path(path).exists() for path in paths)


def test_a_note_is_replaced_under_its_own_name(real: Tutor, tmp_path: Path) -> None:
    list(notes.take(real, [dropped(tmp_path, "a.md", PLAIN)], "c", "", "en"))
    old = Passage("c", "a.md", 0, 0).href
    list(notes.take(real, [dropped(tmp_path, "new.md", PLAIN + "More.\n")], "x", old, "en"))
    assert real.courses() == ("c",)
    assert real.document("a.md").text.endswith("More.\n")


def test_too_many_files_are_refused_whole(real: Tutor, tmp_path: Path) -> None:
    paths = [dropped(tmp_path, f"{n}.md", PLAIN) for n in range(21)]
    (only,) = notes.take(real, paths, "c", "", "en")
    assert "Up to 20 files" in words(only[1])
    assert real.courses() == ()


def test_stopped_in_the_middle_the_rest_is_left_out(real: Tutor, tmp_path: Path) -> None:
    paths = [dropped(tmp_path, f"{n}.md", PLAIN) for n in range(3)]
    steps = notes.take(real, paths, "c", "", "en")
    for shown in steps:
        if "is-added" in shown[1]:
            break
    steps.close()  # type: ignore[attr-defined]
    assert [name for name in ("0.md", "1.md", "2.md") if _there(real, name)] == ["0.md"]


def _there(tutor: Tutor, name: str) -> bool:
    return name in dict((document.name, course) for course, document in tutor.documents(["c"]))


def test_removed_and_put_back(real: Tutor, tmp_path: Path) -> None:
    list(notes.take(real, [dropped(tmp_path, "a.md", PLAIN)], "c", "", "en"))
    notes.remove(real, Passage("c", "a.md", 0, 0).href)
    assert real.courses() == ()
    (gone,) = shelf.removed(real.library)
    notes.put_back(real, gone.token)
    assert real.courses() == ("c",)
    with pytest.raises(NoSuchDocument):
        notes.remove(real, "#elsewhere")
