from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.ui.fakes import ITEMS, FakeTutor
from tutor.quiz import practice
from ui.outline import Scope
from ui.tabs import progress

NOW = datetime.now(UTC)


@pytest.fixture
def tutor(tmp_path: Path) -> FakeTutor:
    found = FakeTutor(tmp_path)
    found.bank.add(ITEMS[:2])
    return found


def test_answers_come_with_their_lecture(tutor: FakeTutor) -> None:
    practice.answer(tutor.bank, ITEMS[0].id, 1, NOW)
    practice.answer(tutor.bank, ITEMS[1].id, 1, NOW)
    found = progress.marks(tutor)
    assert [(mark.scope, mark.right) for mark in found] == [
        (Scope("genai", 2, 2), True),
        (Scope("genai", 2, 2), False),
    ]


def test_before_the_first_answer_it_says_so_and_shows_the_lectures(tutor: FakeTutor) -> None:
    made = html.unescape(progress.progress(tutor, "ko", []))
    assert "아직 푼 문제가 없어요" in made
    assert made.count("<section") == 1


def test_every_plot_has_its_words(tutor: FakeTutor) -> None:
    practice.answer(tutor.bank, ITEMS[0].id, 1, NOW)
    made = html.unescape(progress.progress(tutor, "en", []))
    assert "1 of 1 answers were right so far. 1 days in a row." in made
    assert "Week 2, lecture 2 기울기 소실과 LSTM, GRU: 1 of 1 known" in made
    assert made.count("<section") == 3
    assert 'value="2-2 genai"' in made
    assert len(re.findall('<li title="', made)) == 28
