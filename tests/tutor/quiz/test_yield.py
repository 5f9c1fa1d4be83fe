"""How many items the bundled course and a student's notes give, and how they are spread.

The course is read once for each language; every lecture is then asked for by itself, as
`tutor quiz --lecture W-L` does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.build import BUNDLED
from ingest.words import glossary_rows
from tutor.quiz.assembly import Assembly
from tutor.quiz.audit import ENOUGH, audit
from tutor.quiz.checks.batch import answer_of
from tutor.quiz.generate import QuizRequest
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.supply import Supply
from tutor.quiz.validate import batch_problems, passes, problems
from tutor.tutor import Tutor

SEED = Path(__file__).parents[4] / "shared" / "seed" / "lecture_notes_weeks_1-5.txt"
IN_EVERY_LECTURE = {"choice", "cloze", "true_false", "short_answer"}


@dataclass
class OneLecture:
    """A supply that knows one lecture only."""

    supply: Supply
    lectures: tuple

    def next(self, lecture, kind, wants):
        return self.supply.next(lecture, kind, wants)


def by_lecture(tutor: Tutor, course: str, language: str | None):
    """The items of every lecture, each asked for by itself, and how often each fact is asked."""
    request = QuizRequest(count=60, courses=(course,), language=language, seed=1)
    supply = Supply(tutor.chunks([course]), request, glossary_rows(), tutor.encoder.documents)
    made, facts = {}, Counter()
    for lecture in supply.lectures:
        assembly = Assembly(request, ())
        for allowed in (1, 2):
            assembly.fill(OneLecture(supply, (lecture,)), allowed)
        made[lecture] = assembly.batch(supply).items
        facts.update({fact: len(kinds) for fact, kinds in assembly._asked.items()})
    return made, facts


@pytest.fixture(scope="module")
def tutor(tmp_path_factory) -> Tutor:
    return Tutor.open(tmp_path_factory.mktemp("yield"), llm="reader")


@pytest.fixture(scope="module", params=["ko", "en"])
def course(request, tutor):
    return request.param, *by_lecture(tutor, BUNDLED, request.param)


def test_every_lecture_gives_twenty_items_of_four_kinds(course):
    _, made, _ = course
    assert len(made) == 25
    poor = {key[1:3]: len(items) for key, items in made.items() if len(items) < 20}
    assert poor == {}
    for key, items in made.items():
        missing = IN_EVERY_LECTURE - {item.kind.value for item in items}
        assert missing == set(), key[1:3]
        assert len({item.id for item in items}) == len(items)


def test_every_week_gives_every_kind(course):
    _, made, _ = course
    weeks = defaultdict(set)
    for key, items in made.items():
        weeks[key[1]] |= {item.kind for item in items}
    assert {week: set(ItemKind) - kinds for week, kinds in weeks.items()} == {
        week: set() for week in range(1, 6)
    }


def test_no_fact_is_asked_more_than_twice(course):
    _, made, facts = course
    assert max(facts.values()) <= 2
    asked = Counter((i.evidence, answer_of(i)) for items in made.values() for i in items)
    assert [text for (text, key), n in asked.items() if n > 2 and key not in TRUE_OR_FALSE] == []


TRUE_OR_FALSE = {"참", "거짓", "true", "false"}


def test_every_item_passes_the_gate_and_stands_in_the_notes(course, tutor):
    language, made, _ = course
    for item in (item for items in made.values() for item in items):
        assert passes(problems(item, document_text=tutor.text_of)), item.stem
        assert item.language == language


def test_a_generated_bank_cannot_be_guessed(course):
    _, made, _ = course
    items: list[Item] = [item for batch in made.values() for item in batch]
    findings = audit(items)
    assert findings[0].items >= ENOUGH
    assert [found.solver for found in findings if found.beats_chance] == []


def test_the_sets_are_sound(course):
    _, made, _ = course
    for key, items in made.items():
        assert [p.code for p in batch_problems(items)] == [], key[1:3]


@pytest.mark.skipif(not SEED.is_file(), reason="the student's notes are not beside the checkout")
def test_notes_of_unknown_structure(tutor):
    from ingest.build import ingest

    ingest(tutor.library, [SEED], "student", tutor.encoder)
    made, facts = by_lecture(tutor, "student", None)
    sizes = {key[1:3]: len(items) for key, items in made.items() if key[2]}
    assert sum(sizes.values()) >= 150
    assert max(facts.values()) <= 2
    # lectures that hold too little give few items rather than poor ones
    assert sum(size < 3 for size in sizes.values()) <= 2, sizes
