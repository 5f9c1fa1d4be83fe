from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.ui.fakes import FakeTutor
from ui.links import passage_of
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


def test_the_contents_list_courses_languages_weeks_and_lectures(tutor: FakeTutor) -> None:
    made = notes.contents(tutor, "en", ["genai", "내 노트"])
    said = " ".join(words(made).split())
    assert said.index("Notes in English") < said.index("Notes in Korean")
    assert "Week 3 Lecture 1 Attention" in said
    assert "Week 2 Lecture 2 기울기 소실과 LSTM, GRU" in said
    assert "내 노트 Notes: 1 메모" in said
    assert "genai Notes: 2 · Lectures: 2 " in said
    assert made.count('<details open="">') == 1


def test_a_course_in_one_language_needs_no_heading_for_it(tutor: FakeTutor) -> None:
    assert "<details" not in notes.contents(tutor, "ko", ["내 노트"])


def test_the_default_courses_are_shown_when_none_is_chosen(tutor: FakeTutor) -> None:
    assert "내 노트" not in notes.contents(tutor, "ko", [])


def test_no_notes_are_said(tutor: FakeTutor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tutor, "chunks", lambda courses: [])
    assert "아직 노트가 없어요" in words(notes.contents(tutor, "ko", []))
