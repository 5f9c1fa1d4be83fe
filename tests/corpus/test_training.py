"""The questions the reader learns from: each provable in its notes, or not at all."""

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "corpus" / "training"
COURSES = sorted(path.name for path in TRAINING.iterdir())
FIELDS = {
    "id", "question", "lang", "kind", "history", "gold_lectures", "evidence", "must_include",
    "must_not",
}  # fmt: skip
WHY = ("near_miss", "absent", "outside")


def flat(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).lower()


@cache
def rows(course):
    lines = (TRAINING / course / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def lines(course):
    notes = sorted(path for path in (TRAINING / course / "notes").rglob("*") if path.is_file())
    return [flat(line) for path in notes for line in path.read_text(encoding="utf-8").split("\n")]


def answerable(course):
    return [row for row in rows(course) if row["gold_lectures"]]


@pytest.mark.parametrize("course", COURSES)
def test_every_question_has_its_fields(course):
    for row in rows(course):
        assert set(row) >= FIELDS, row["id"]
        assert row["lang"] in ("ko", "en", "mixed")
        assert all(re.fullmatch(r"\d+-\d+", lecture) for lecture in row["gold_lectures"])


@pytest.mark.parametrize("course", COURSES)
def test_what_proves_an_answer_is_a_line_of_the_notes(course):
    for row in answerable(course):
        assert row["evidence"], row["id"]
        for proof in row["evidence"]:
            assert any(flat(proof) in line for line in lines(course)), (row["id"], proof)


@pytest.mark.parametrize("course", COURSES)
def test_every_fact_is_in_what_proves_it(course):
    for row in answerable(course):
        proof = flat(" ".join(row["evidence"]))
        for group in row["must_include"]:
            assert any(flat(fact) in proof for fact in group), (row["id"], group)


@pytest.mark.parametrize("course", COURSES)
def test_a_third_has_no_answer_and_says_why(course):
    without = [row for row in rows(course) if not row["gold_lectures"]]
    assert 0.3 < len(without) / len(rows(course)) < 0.4
    assert all(row["kind"] == "unanswerable" and not row["evidence"] for row in without)
    why = Counter(row["why"] for row in without)
    assert set(why) == set(WHY)
    assert why["near_miss"] > len(without) / 2


def test_no_question_is_asked_twice():
    every = [row for course in COURSES for row in rows(course)]
    asked = Counter(flat(row["question"]) for row in every if row.get("why") != "outside")
    ids = Counter(row["id"] for row in every)
    # a follow-up may be as short as "왜?": what went before tells them apart
    twice = [q for q, n in asked.items() if n > 1 and len(q) > 8]
    assert (twice, [name for name, n in ids.items() if n > 1]) == ([], [])


def test_both_languages_are_asked_of_every_course():
    for course in COURSES:
        langs = Counter(row["lang"] for row in rows(course))
        assert min(langs["ko"], langs["en"]) > 0.3 * len(rows(course))
