from __future__ import annotations

import html
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest

from ingest import index as indexes
from ingest.build import ingest
from ingest.errors import IndexDamaged
from ingest.library import Library
from tests.fakes import WordCountEncoder
from tests.ui.fakes import GRU, PLAIN
from tutor.tutor import Tutor
from ui import repair
from ui.tabs import notes
from ui.visitors import Visitors


@pytest.fixture
def outdated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tutor:
    """Two courses of an earlier version; the file of one document is gone."""
    library, encoder = Library(tmp_path / "home"), WordCountEncoder()
    for course, text in (("노트", GRU), ("<b>둘", PLAIN)):
        folder = tmp_path / course.strip("<>")
        folder.mkdir()
        (folder / "a.md").write_text(text, encoding="utf-8")
        ingest(library, [folder], course, encoder)
    (tmp_path / "노트" / "a.md").unlink()
    monkeypatch.setattr(indexes, "FORMAT", indexes.FORMAT + 1)
    return Tutor(Library(tmp_path / "home"), encoder, "reader", False)


def test_what_cannot_be_searched_is_said_in_both_languages(outdated: Tutor) -> None:
    row, said = repair.look(outdated, "ko")
    assert row["visible"]
    assert "<b>" not in said
    assert "다시 읽어야 해요 (과목: <b>둘, 노트)" in html.unescape(said)
    assert "have to be read again once" in repair.look(outdated, "en")[1]


def test_a_press_reads_everything_anew_and_loses_nothing(outdated: Tutor) -> None:
    with pytest.raises(IndexDamaged):
        outdated.documents()
    steps = list(repair.read_anew(outdated, "ko"))
    assert 'aria-valuenow="0"' in html.unescape(steps[0][3])
    assert steps[-2][3].count("다시 읽었어요") == 2
    row, said, _, files = steps[-1]
    assert not row["visible"]
    assert "노트를 다시 읽었어요." in html.unescape(said)
    assert files == ""
    assert {document.text for _, document in outdated.documents()} == {GRU, PLAIN}
    assert not repair.look(outdated, "ko")[0]["visible"]


def test_what_is_gone_is_said(outdated: Tutor) -> None:
    for path in outdated.library.home.glob("courses/*/g-*/documents.jsonl"):
        path.unlink()
    *_, (_, _, _, files), (row, said, go, _) = repair.read_anew(outdated, "ko")
    assert "Nothing of the course '노트' can be read any more." in html.unescape(files)
    assert row["visible"]
    assert "(과목: 노트)" in html.unescape(said)
    assert go["visible"]
    assert [document.text for _, document in outdated.documents(["<b>둘"])] == [PLAIN]


def test_what_is_shown_unasked_stays_empty_meanwhile(outdated: Tutor) -> None:
    show = Visitors(outdated).show(notes.contents)
    assert show(SimpleNamespace(username=None), "ko", []) == gr.skip()
