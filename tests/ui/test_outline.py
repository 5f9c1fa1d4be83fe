from __future__ import annotations

from pathlib import Path

from tests.ui.fakes import FakeTutor
from ui.outline import Scope, lectures, quiz_language, scope_choices, scope_of


def test_one_entry_per_lecture_in_order_with_its_beginning(tmp_path: Path) -> None:
    entries = lectures(FakeTutor(tmp_path).chunks(["내 노트", "genai"]))
    assert [(e.course, e.place.week, e.place.lecture, e.document) for e in entries] == [
        ("genai", 2, 2, "ko/week2/2-lstm-gru.md"),
        ("genai", 3, 1, "en/week3/1-attention.md"),
        ("내 노트", None, None, "메모.txt"),
    ]
    assert [e.start for e in entries] == [40, 13, 4]


def test_lectures_to_choose_from_are_named_in_the_pages_language(tmp_path: Path) -> None:
    tutor = FakeTutor(tmp_path)
    assert scope_choices(tutor.chunks(), "ko") == [
        ("2주 차 2차시 · 기울기 소실과 LSTM, GRU", "2-2 genai"),
        ("3주 차 1차시 · Attention", "3-1 genai"),
    ]
    assert scope_choices(tutor.chunks(), "en")[1][0] == "Week 3, lecture 1 · Attention"
    assert scope_choices(tutor.chunks(["내 노트"]), "ko") == []


def test_a_scope_comes_back_from_its_value() -> None:
    scope = Scope("내 노트 2", 10, 3)
    assert scope_of(scope.value) == scope


def test_questions_are_asked_in_the_pages_language_where_the_notes_have_both(
    tmp_path: Path,
) -> None:
    tutor = FakeTutor(tmp_path)
    assert quiz_language(tutor.chunks(), "en") == "en"
    assert quiz_language(tutor.chunks(["내 노트"]), "en") is None
