from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from tests.tutor.quiz.samples import GOOD_KO, item
from tutor.errors import BadLine
from tutor.quiz import practice
from tutor.quiz.corrections import corrected
from tutor.quiz.item import Item
from tutor.quiz.practice import DueCounts, answer, due_counts, next_item
from tutor.quiz.store import Bank

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def made(number: int, lecture: int = 1, course: str = "coffee"):
    citation = GOOD_KO["citations"][0]
    source = {**citation["source"], "week": 1, "lecture": lecture, "course": course}
    quote = f"{number}번째 추출 방법은 가압이다."
    return item(
        GOOD_KO,
        stem=f"{number}번째 추출 방법은?",
        citations=[{**citation, "quote": quote, "source": source}],
    )


def variant(of: Item, **changes) -> Item:
    """Another item on the same passage."""
    return Item.from_dict({**of.to_dict(), "id": "", **changes})


def typed(of: Item) -> Item:
    stem, answer = "뜨거운 물을 높은 압력으로 밀어 넣는 추출 방법을 쓰세요.", ["가압"]
    return variant(
        of, kind="short_answer", stem=stem, options=None, key=None, answer=answer, id=of.id[::-1]
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


def test_what_is_due_and_what_is_new_take_turns(bank):
    bank.add([made(1), made(2), made(3)])
    answer(bank, made(2).id, 0, START)
    answer(bank, made(1).id, 0, START + timedelta(seconds=5))
    assert next_item(bank, START) == made(3)
    assert next_item(bank, START + timedelta(minutes=5)) == made(3), (
        "the third turn is for new ones"
    )
    answer(bank, made(3).id, 2, START + timedelta(minutes=5))
    assert next_item(bank, START + timedelta(minutes=5)) == made(2), "then the longest due"
    assert due_counts(bank, START + timedelta(minutes=5)) == DueCounts(due=2, new=0, later=1)
    assert due_counts(bank, START) == DueCounts(due=0, new=0, later=3)


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


def test_a_repeat_asks_the_same_fact_another_way(bank):
    first = made(1)
    second = typed(first)
    bank.add([first, second])
    assert due_counts(bank, START) == DueCounts(due=0, new=1, later=0), "one fact, two questions"
    outcome = answer(bank, first.id, 0, START)
    assert next_item(bank, START) is None
    assert next_item(bank, outcome.due) == second
    later = answer(bank, second.id, "가압", outcome.due)
    assert later.due > outcome.due + timedelta(minutes=5), "it goes on from where the fact stood"
    assert bank.memory(first.id).due == later.due


def test_a_variant_added_later_shares_the_history(bank):
    first = made(1)
    bank.add([first])
    due = answer(bank, first.id, 2, START).due
    bank.add([typed(first)])
    assert next_item(bank, START) is None
    assert next_item(bank, due) == typed(first)


def test_a_weak_fact_is_mixed_in_before_it_is_due(bank):
    bank.add([made(n, lecture=n) for n in range(1, 9)])
    now = START
    for n, response in ((1, 0), (2, 2), (3, 2), (4, 2), (5, 2), (6, 2), (7, 2)):
        answer(bank, made(n, lecture=n).id, response, now)
    answer(bank, made(1, lecture=1).id, 0, now + timedelta(minutes=2))
    # nine attempts from now on: the tenth turn is for what is weak
    answer(bank, made(2, lecture=2).id, 2, now + timedelta(minutes=2))
    asked = []
    for _ in range(5):
        found = next_item(bank, now + timedelta(minutes=2, seconds=30))
        if found is None:
            break
        asked.append(found.id)
        answer(bank, found.id, 2, now + timedelta(minutes=2, seconds=30))
    assert asked[0] in {made(1, lecture=1).id, made(8, lecture=8).id}
    assert made(8, lecture=8).id in asked


def test_nothing_is_asked_when_only_weak_facts_are_left(bank):
    bank.add([made(1)])
    answer(bank, made(1).id, 0, START)
    assert next_item(bank, START) is None


def test_the_notebook_holds_what_was_answered_wrongly_last(bank):
    bank.add([made(1), made(2)])
    answer(bank, made(1).id, 0, START)
    answer(bank, made(2).id, 1, START + timedelta(minutes=1))
    answer(bank, made(2).id, 2, START + timedelta(minutes=3))
    answer(bank, made(1).id, 3, START + timedelta(minutes=4))
    (miss,) = practice.notebook(bank)
    assert (miss.item.id, miss.attempt.response, miss.times) == (made(1).id, 3, 2)
    assert miss.item.citations[0].quote == "1번째 추출 방법은 가압이다."


def test_a_learner_overrules_the_grade(bank):
    first = typed(made(1))
    bank.add([first, made(2)])
    wrong = answer(bank, first.id, "프레스", START)
    assert not wrong.grade.correct
    outcome = practice.overrule(bank, first.id)
    assert outcome.grade.correct
    assert outcome.due - START == timedelta(minutes=10), "as if it had been right at once"
    (attempt,) = bank.attempts()
    assert (attempt.response, attempt.verdict, attempt.overruled) == ("프레스", "correct", True)
    assert practice.notebook(bank) == []
    with pytest.raises(BadLine):
        practice.overrule(bank, made(2).id)


def test_mastery_by_lecture(bank):
    bank.add([made(1), made(2), made(3, lecture=2)])
    now = START
    for _ in range(4):
        now = answer(bank, made(1).id, 2, now).due
    answer(bank, made(2).id, 0, now)
    first, second = practice.mastery(bank, now)
    assert (first.place, first.facts, first.seen, first.known) == (("coffee", 1, 1), 2, 2, 1)
    assert 0.4 < first.recall <= 0.5
    assert (second.seen, second.known, second.recall) == (0, 0, 0.0)


def test_a_corrected_key_survives_the_same_item_made_again(bank):
    bank.add([made(1)])
    bank.correct(corrected(made(1), key=[0]))
    assert bank.add([made(1)]) == 0
    kept = bank.get(made(1).id)
    assert (kept.key, kept.answer) == ((0,), ("드립",))
    assert kept.explanation.startswith("학습자가 고친 정답: 드립.")
    assert answer(bank, made(1).id, "드립", START).grade.correct


@pytest.mark.parametrize(
    "change", [{}, {"key": [7]}, {"key": [0], "answer": ["가압"]}, {"key": []}]
)
def test_a_correction_that_is_none(change):
    with pytest.raises(BadLine):
        corrected(made(1), **change)


def test_sixty_days_of_practice(bank):
    """Right nine times in ten: the daily load falls, nothing is lost, lectures are mixed."""
    bank.add([made(n, lecture=1 + n % 5) for n in range(60)])
    load, order = [], []
    for day in range(60):
        now, asked = START + timedelta(days=day), 0
        while (found := next_item(bank, now)) and asked < 40:
            order.append(found.citations[0].chunk.place.lecture)
            answer(bank, found.id, 0 if (asked + day) % 10 == 9 else 2, now)
            asked, now = asked + 1, now + timedelta(seconds=30)
        load.append(asked)
    assert sum(load) == len(bank.attempts())
    assert sum(load[:3]) >= 60
    assert sum(load[45:]) / 15 < 15
    assert sum(a == b for a, b in pairwise(order[:60])) < 15
    assert all(each.seen == each.facts for each in practice.mastery(bank, now))
