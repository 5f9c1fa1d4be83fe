from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ui.charts import Mark, Mastery, answered, due, mastery, streak
from ui.outline import Scope

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
RNN, CNN = Scope("c", 2, 1), Scope("c", 3, 1)


def mark(item: str, scope: Scope | None, right: bool, days_ago: int = 0) -> Mark:
    return Mark(item, scope, NOW - timedelta(days=days_ago), right)


def test_a_lecture_sits_as_well_as_its_latest_answers() -> None:
    given = [
        mark("a", RNN, False),
        mark("a", RNN, True),
        mark("b", RNN, False),
        mark("c", None, True),
    ]
    found = mastery(given, [(RNN, "RNN"), (CNN, "CNN")])
    assert found == [Mastery(RNN, "RNN", 2, 1), Mastery(CNN, "CNN")]
    assert [each.share for each in found] == [0.5, None]


def test_answers_are_counted_by_day_today_last() -> None:
    days = answered([mark("a", RNN, True), mark("b", RNN, False), mark("a", RNN, True, 13)], NOW)
    assert len(days) == 14
    assert [(days[0].count, days[0].right), (days[-1].count, days[-1].right)] == [(1, 1), (2, 1)]
    assert sum(day.count for day in answered([mark("a", RNN, True, 14)], NOW)) == 0


def test_reviews_are_counted_by_day_and_overdue_ones_today() -> None:
    times = [NOW + timedelta(days=ahead) for ahead in (-3, 0, 2, 2, 14)]
    assert [day.count for day in due(times, NOW)] == [2, 0, 2] + [0] * 11


def test_a_streak_lasts_until_a_day_is_left_out() -> None:
    assert streak([], NOW) == 0
    assert streak([mark("a", RNN, True, ago) for ago in (0, 1, 2, 4)], NOW) == 3
    assert streak([mark("a", RNN, True, ago) for ago in (1, 2)], NOW) == 2
    assert streak([mark("a", RNN, True, 2)], NOW) == 0
