from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.document import Place
from ui.charts import Mark, accuracy, due
from ui.texts import EN, KO


def test_accuracy_is_per_lecture_in_course_order() -> None:
    marks = [
        Mark("c", Place(10, 1, "Late"), True),
        Mark("c", Place(2, 1, "RNN"), True),
        Mark("c", Place(2, 1, "RNN"), False),
        Mark("c", Place(2, None, "Quiz"), True),
        Mark("c", Place(2, 1, "RNN"), True),
        Mark("c", None, False),
        Mark("c", Place(None, None, "Memo"), True),
    ]
    assert accuracy(marks, EN).to_dict("split")["data"] == [
        ["Week 2", 100.0, 1, "Quiz"],
        ["2-1", 66.7, 3, "RNN"],
        ["10-1", 100.0, 1, "Late"],
        ["Other", 50.0, 2, ""],
    ]


def test_several_courses_are_told_apart() -> None:
    marks = [Mark("b", Place(1, 1, "B"), True), Mark("a", Place(1, 1, "A"), False)]
    assert list(accuracy(marks, KO)["lecture"]) == ["a 1-1", "b 1-1"]


def test_no_answers_no_rows() -> None:
    assert accuracy([], EN).empty


def test_reviews_are_counted_by_day_and_overdue_ones_now() -> None:
    now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    days = [
        now - timedelta(days=3),
        now,
        now + timedelta(days=2),
        now + timedelta(days=2),
        now + timedelta(days=14),
    ]
    table = due(days, now, KO)
    assert list(table["questions"]) == [2, 0, 2] + [0] * 11
    days_named = list(table["day"])
    assert days_named[:3] == ["지금", "21", "22"]
    assert days_named[11] == "12/1"
