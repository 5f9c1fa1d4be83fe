from __future__ import annotations

import html
from datetime import UTC, datetime
from pathlib import Path

from ingest.document import Place
from tests.ui.fakes import ITEMS, FakeTutor
from tutor.quiz import practice
from ui.charts import Mark
from ui.tabs import progress

PLACE = Place(2, 2, "기울기 소실과 LSTM, GRU", ("게이트가 있는 순환 신경망",))


def test_answers_come_with_their_place(tmp_path: Path) -> None:
    tutor = FakeTutor(tmp_path)
    tutor.bank.add(ITEMS[:2])
    now = datetime.now(UTC)
    practice.answer(tutor.bank, ITEMS[0].id, 1, now)
    practice.answer(tutor.bank, ITEMS[1].id, 1, now)
    marks = [Mark("genai", PLACE, True), Mark("genai", PLACE, False)]
    assert progress.answers(tutor) == marks


def test_the_summary_counts_and_says_when_there_is_nothing() -> None:
    assert "아직 푼 문제가 없어요" in html.unescape(progress.summary([], 0, "ko"))
    said = html.unescape(
        progress.summary([Mark("c", PLACE, True), Mark("c", PLACE, False)], 3, "en")
    )
    assert said == "<p>1 of 2 answers were right so far.</p>"
    assert "2주 안에 복습할 문제가 없어요" in html.unescape(
        progress.summary([Mark("", None, True)], 0, "ko")
    )
