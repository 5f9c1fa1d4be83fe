"""When the notes hold an answer and when they only seem to."""

import pytest

from tests.tutor.making import concepts, passages
from tutor.evidence import FLOOR, weigh
from tutor.question import Concept

GRU = "Reset gate: decides how much of the past is dropped.\nA GRU has two gates."


def test_the_signs_of_a_clear_answer():
    question = "what is the reset gate?"
    found = weigh(question, concepts(question), passages(GRU, closeness=0.9))

    assert (found.around, found.unknown_name) == (1.0, 0.0)
    assert (found.closeness, found.wanted_missing) == (0.9, 0.0)
    assert found.confidence() > FLOOR


def test_a_name_that_the_notes_never_mention_is_no_answer():
    reset, gate = concepts("reset gate")
    mamba = Concept((("mamba-2",),), 1.0, known=False, proper=True)
    found = weigh("what is Mamba-2's reset gate?", [mamba, reset, gate], passages(GRU))

    assert found.unknown_name == 1.0
    assert found.confidence() < FLOOR


def test_words_of_the_question_in_different_passages_are_weaker_than_in_one():
    question = "what is the reset gate?"
    near = weigh(question, concepts(question), passages(GRU))
    far = weigh(question, concepts(question), passages("The reset key.", "The fence has a gate."))

    assert (near.around, far.around) == (1.0, 0.5)
    assert near.confidence() > far.confidence()


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("how many gates does a GRU have?", "A GRU has two gates.", "A GRU has gates."),
        ("GRU의 게이트는 몇 개야?", "GRU의 게이트는 두 개다.", "GRU의 게이트는 유용하다."),
        ("when was the GRU proposed?", "The GRU was proposed in 2014.", "The GRU was proposed."),
        ("who proposed the GRU?", "Cho et al. proposed the GRU.", "A GRU was proposed."),
        ("the formula of a GRU?", "A GRU: $h = z$.", "A GRU: a network."),
    ],
)
def test_an_answer_holds_what_the_question_wants(question, said, unsaid):
    with_it, without = (weigh(question, concepts(question), passages(n)) for n in (said, unsaid))

    assert (with_it.wanted_missing, without.wanted_missing) == (0.0, 1.0)
    assert with_it.confidence() > without.confidence()


def test_only_the_first_passages_count():
    question = "what is the reset gate?"
    far_down = passages("Bread.", "Butter.", "Jam.", "Tea.", GRU)

    assert weigh(question, concepts(question), far_down).around == 0.0


def test_nothing_found_is_nothing_known():
    found = weigh("what is bread?", concepts("what is bread?"), [])

    assert found.confidence() < FLOOR
