from __future__ import annotations

from pathlib import Path

from tests.ui.fakes import FakeTutor
from ui.outline import lectures


def test_one_entry_per_lecture_in_order_with_its_beginning(tmp_path: Path) -> None:
    entries = lectures(FakeTutor(tmp_path).chunks(["내 노트", "genai"]))
    assert [(e.course, e.place.week, e.place.lecture, e.document) for e in entries] == [
        ("genai", 2, 2, "ko/week2/2-lstm-gru.md"),
        ("genai", 3, 1, "en/week3/1-attention.md"),
        ("내 노트", None, None, "메모.txt"),
    ]
    assert [e.start for e in entries] == [40, 13, 4]
