"""Learning the weights, on a course small enough for a test."""

import json

import numpy as np
import pytest

from tests.tutor.making import concepts, passages
from tutor.relevance import train
from tutor.relevance.answerable import ANSWER_SIGNS
from tutor.relevance.judge import Weights
from tutor.relevance.signs import SIGNS, read
from tutor.relevance.train import Example, fit, fit_sentences, left_out, write

PLACES = ("harbour", "orchard", "quarry", "tunnel", "meadow", "lighthouse", "mill", "bridge")


def example(number, *, answerable=True):
    place = PLACES[number % len(PLACES)]
    question = f"what is the {place}?"
    about = place if answerable else "cellar"
    notes = f"The weather was grey.\n{about}: a thing of the coast.\nNobody came that day."
    named, seen = concepts(question, known=answerable), passages(notes)
    candidates = read(question, named, seen)
    return Example(
        course=f"course {number % 3}",
        concepts=named,
        passages=tuple(seen),
        candidates=candidates,
        proves=np.array([False, answerable, False]),
        answerable=answerable,
    )


@pytest.fixture(scope="module")
def examples():
    return [example(n) for n in range(16)] + [example(n, answerable=False) for n in range(8)]


def test_what_proves_comes_first(examples):
    weights = fit_sentences(examples)
    for asked in examples[:16]:
        assert np.argmax(asked.candidates.signs @ weights) == 1


def test_answerable_questions_are_told_from_others(examples):
    found = train.probabilities(examples, fit(examples))
    assert found[:16].min() > found[16:].max()


def test_no_weight_of_the_wrong_sign(examples):
    weights = fit(examples)
    assert (weights.sentence * np.array(list(SIGNS.values())) >= 0).all()
    assert (weights.answer * np.array(list(ANSWER_SIGNS.values())) >= 0).all()


def test_a_course_left_out_is_not_learned_from(examples):
    parts = list(left_out(examples))
    assert [len(course) for course, _ in parts] == [9, 8, 7]
    assert all(isinstance(weights, Weights) for _, weights in parts)


def test_the_report_has_a_row_for_every_course(examples):
    rows = train.report(examples).splitlines()[2:]
    assert [row.split(" | ")[0] for row in rows] == ["| course 0", "| course 1", "| course 2"]
    assert all(row.split(" | ")[2] == "1.00" for row in rows)


def test_the_same_examples_give_the_same_weights(examples):
    assert (fit_sentences(examples) == fit_sentences(examples)).all()


def test_weights_are_written_by_name(examples, tmp_path):
    write(fit(examples), tmp_path / "weights.json")
    found = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))
    assert list(found) == ["sentence", "answer", "bias", "floor"]
    assert list(found["answer"]) == list(ANSWER_SIGNS)


def test_questions_are_asked_of_their_notes(monkeypatch, tmp_path):
    folder = tmp_path / "training" / "tiny"
    (folder / "notes").mkdir(parents=True)
    (folder / "notes" / "a.md").write_text(
        "# Week 1\n\n## Lecture 1: Mills\n\nmill: grinds grain\n\nBakers bake.\n", encoding="utf-8"
    )
    row = {"question": "what is a mill?", "history": [], "gold_lectures": ["1-1"]}
    none = {"question": "what is a moon?", "history": [], "gold_lectures": [], "evidence": []}
    lines = [json.dumps(row | {"evidence": ["mill: grinds grain"]}), json.dumps(none)]
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(train, "CORPUS", tmp_path)
    mill, moon = train.examples(["tiny"])
    assert [
        s.text for s, yes in zip(mill.candidates.sentences, mill.proves, strict=True) if yes
    ] == ["mill: grinds grain"]
    assert (mill.answerable, moon.answerable) == (True, False)
    assert not moon.proves.any()
