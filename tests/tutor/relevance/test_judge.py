"""What is judged with the weights that ship."""

import json

import numpy as np
import pytest

from tests.tutor.making import concepts, passages
from tutor.question import Concept
from tutor.relevance.answerable import ANSWER_SIGNS, signs_of
from tutor.relevance.judge import WEIGHTS, judge, shipped_weights
from tutor.relevance.signs import SIGNS, read

GRU = "Reset gate: decides how much of the past is dropped.\nUpdate gate: mixes old and new."


def judged(question, *notes, named=None):
    return judge(question, named or concepts(question), passages(*notes))


def test_the_sentence_that_answers_is_the_most_relevant():
    (passage, other) = judged("what is the reset gate?", GRU, "The sea is wide.").passages
    assert np.argmax(passage.relevance) == 0
    assert max(passage.relevance) > max(other.relevance)


def test_what_is_said_is_answered_and_what_is_not_is_not():
    said = judged("what is the reset gate?", GRU)
    unsaid = judged("how is sourdough baked?", GRU)
    assert said.answered
    assert not unsaid.answered
    assert 0 <= unsaid.confidence < shipped_weights().floor <= said.confidence <= 1


def test_nothing_found_is_no_answer():
    found = judged("what is the reset gate?")
    assert (found.passages, found.confidence, found.answered) == ((), 0.0, False)


def test_a_name_the_notes_never_name_speaks_against():
    question = "what is the reset gate of Mamba?"
    gate = concepts("what is the reset gate?")
    mamba = Concept((("mamba",),), 1.0, known=False, proper=True, written="Mamba")
    with_it = judged(question, GRU, named=[*gate, mamba]).confidence
    assert with_it < judged("what is the reset gate?", GRU).confidence


@pytest.mark.parametrize(
    ("question", "notes"),
    [
        ("when was the reset gate proposed?", "The reset gate was proposed in 2014."),
        ("who proposed the reset gate?", "The reset gate was proposed by Cho."),
        ("what does RG stand for?", "RG = reset gate"),
    ],
)
def test_what_is_asked_for_must_be_there(question, notes):
    without = "The reset gate (RG) was proposed early on."
    assert judged(question, notes).confidence > judged(question, without).confidence


def test_a_name_must_stand_there_as_it_is_written():
    clip = [Concept((("clip",),), 1.0, known=True, proper=True, written="CLIP")]
    found = []
    for note in ("Gradient clipping keeps gradients small.", "CLIP pairs pictures with words."):
        seen = passages(note)
        candidates = read("what is CLIP?", clip, seen)
        scores = shipped_weights().scores(candidates)
        found.append(dict(zip(ANSWER_SIGNS, signs_of(clip, seen, candidates, scores), strict=True)))
    assert [signs["name_missing"] for signs in found] == [1.0, 0.0]


def test_the_weights_are_plain_numbers_one_for_each_sign():
    found = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert list(found["sentence"]) == list(SIGNS)
    assert list(found["answer"]) == list(ANSWER_SIGNS)
    assert 0 < found["floor"] < 1


@pytest.mark.parametrize(("kind", "directions"), [("sentence", SIGNS), ("answer", ANSWER_SIGNS)])
def test_no_weight_speaks_against_its_sign(kind, directions):
    found = json.loads(WEIGHTS.read_text(encoding="utf-8"))[kind]
    assert [name for name, weight in found.items() if weight * directions[name] < 0] == []
