from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.tutor.quiz.samples import GOOD_KO, item
from tutor.errors import BadLine
from tutor.quiz import practice
from tutor.quiz.practice import DueCounts, answer, due_counts, next_item
from tutor.quiz.store import Bank

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def made(number: int, lecture: int = 1, course: str = "coffee"):
    citation = GOOD_KO["citations"][0]
    source = {**citation["source"], "week": 1, "lecture": lecture, "course": course}
    return item(
        GOOD_KO, stem=f"{number}번째 추출 방법은?", citations=[{**citation, "source": source}]
    )


@pytest.fixture
def bank(tmp_path) -> Bank:
    return Bank(tmp_path / "quiz.sqlite")


def test_right_answers_come_back_later_and_later(bank):
    bank.add([made(1)])
    now, gaps = START, []
    for _ in range(6):
        outcome = answer(bank, made(1).id, 2, now)
        assert outcome.grade.correct
        gaps.append(outcome.due - now)
        now = outcome.due
    assert gaps == [
        timedelta(minutes=10),
        timedelta(days=2),
        timedelta(days=11),
        timedelta(days=46),
        timedelta(days=163),
        timedelta(days=498),
    ]


def test_a_wrong_answer_comes_back_in_a_minute(bank):
    bank.add([made(1)])
    outcome = answer(bank, made(1).id, "드립", START)
    assert outcome.grade.verdict == "not"
    assert outcome.due - START == timedelta(minutes=1)
    assert next_item(bank, START) is None
    assert next_item(bank, START + timedelta(minutes=1)) == made(1)


def test_due_items_come_before_new_ones_and_the_oldest_first(bank):
    bank.add([made(1), made(2), made(3)])
    answer(bank, made(2).id, 0, START)
    answer(bank, made(1).id, 0, START + timedelta(seconds=5))
    assert next_item(bank, START) == made(3)
    assert next_item(bank, START + timedelta(minutes=5)) == made(2)
    assert due_counts(bank, START + timedelta(minutes=5)) == DueCounts(due=2, new=1, later=0)
    assert due_counts(bank, START) == DueCounts(due=0, new=1, later=2)


def test_new_items_are_spread_over_the_lectures(bank):
    bank.add([made(1), made(2), made(3, lecture=2)])
    answer(bank, made(1).id, 2, START)
    assert next_item(bank, START) == made(3, lecture=2)


def test_only_the_courses_asked_for(bank):
    bank.add([made(1, course="tea"), made(2)])
    assert next_item(bank, START, ["coffee"]) == made(2)
    assert due_counts(bank, START, ["tea"]) == DueCounts(due=0, new=1, later=0)
    assert next_item(bank, START, []) is None


def test_every_attempt_is_kept_with_its_time_in_utc(bank):
    bank.add([made(1)])
    seoul = datetime(2026, 3, 1, 18, 0, tzinfo=timezone(timedelta(hours=9)))
    answer(bank, made(1).id, 2, seoul)
    (attempt,) = bank.attempts()
    assert attempt.at == START
    assert attempt.at.utcoffset() == timedelta(0)
    assert (attempt.response, attempt.score, attempt.verdict) == (2, 1.0, "correct")


def test_a_time_without_a_zone_is_no_moment(bank):
    bank.add([made(1)])
    with pytest.raises(ValueError, match="time zone"):
        answer(bank, made(1).id, 2, datetime(2026, 3, 1))
    assert bank.attempts() == []


def test_a_response_that_cannot_be_read_is_not_recorded(bank):
    bank.add([made(1)])
    with pytest.raises(BadLine):
        answer(bank, made(1).id, 9, START)
    with pytest.raises(BadLine):
        answer(bank, "nothing", 0, START)
    assert bank.attempts() == []


def test_partly_right_is_between(bank):
    ordering = item(
        GOOD_KO,
        kind="ordering",
        stem="나열하세요.",
        options=["둘째", "첫째", "셋째"],
        key=[1, 0, 2],
        answer=["첫째 → 둘째 → 셋째"],
    )
    bank.add([ordering])
    outcome = practice.answer(bank, ordering.id, [1, 2, 0], START)
    assert outcome.grade.verdict == "partly"
    assert timedelta(minutes=1) < outcome.due - START < timedelta(minutes=10)
