"""The signs of sentences: each says what its name says."""

import numpy as np
import pytest

from ingest.document import Role
from tests.tutor.making import chunk, concepts, passages
from tutor.question import Concept
from tutor.relevance.signs import SIGNS, read

GRU = (
    "GRU : a gated recurrent unit\n"
    "Reset gate: decides how much of the past is dropped.\n"
    "- forget\n"
    "- keep\n"
    "It was proposed by Cho in 2014 because LSTM is slow."
)


def signs(question, *notes):
    return read(question, concepts(question), passages(*notes))


def test_a_row_for_every_sentence_and_a_column_for_every_sign():
    found = signs("what is the reset gate?", GRU, "Another note.")
    assert [s.text[:5] for s in found.sentences] == [
        "GRU :",
        "Reset",
        "forge",
        "keep",
        "It wa",
        "Anoth",
    ]
    assert found.signs.shape == (6, len(SIGNS))
    assert np.isfinite(found.signs).all()
    assert found.owners.tolist() == [0, 0, 0, 0, 0, 1]


def test_no_passages_no_rows():
    found = signs("what is the reset gate?")
    assert found.sentences == ()
    assert found.signs.shape == (0, len(SIGNS))


@pytest.mark.parametrize(("sign", "row"), [("asked_defined", 1), ("asked_share", 1), ("alike", 1)])
def test_the_sentence_about_the_thing_stands_out(sign, row):
    assert int(np.argmax(signs("what is the reset gate?", GRU).column(sign))) == row


def test_the_form_of_a_sentence():
    found = signs("what is the reset gate?", GRU)
    assert found.column("item").tolist() == [1, 1, 1, 1, 0]
    assert found.column("item_above").tolist() == [0, 1, 1, 1, 1]
    assert found.column("item_below").tolist() == [1, 1, 1, 0, 0]
    assert found.column("reason").tolist() == [0, 0, 0, 0, 1]
    assert found.column("first").tolist() == [1, 0, 0, 0, 0]
    assert found.column("place").tolist() == [0, 0.25, 0.5, 0.75, 1]


@pytest.mark.parametrize(
    ("question", "holding"),
    [
        ("when was the GRU proposed?", [0, 0, 0, 0, 1]),
        ("who invented the GRU?", [0, 0, 0, 0, 1]),
        ("why is the GRU used?", [0, 0, 0, 0, 1]),
        ("what does GRU stand for?", [1, 0, 0, 0, 0]),
        ("how many parameters does it have?", [0, 0, 0, 0, 1]),
        ("what is the formula of the GRU?", [0, 0, 0, 0, 0]),
    ],
)
def test_what_holds_the_kind_of_thing_asked_for(question, holding):
    assert signs(question, GRU).column("wanted").tolist() == holding


def test_a_list_number_and_a_name_are_no_numbers():
    notes = "1. Collect the data\nGPT-3 and 1D convolutions are used\nIt took 14 days"
    assert signs("how many days did it take?", notes).column("wanted").tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("question", "holding"),
    [
        ("what are the steps of training?", [0, 1, 1]),
        ("학습은 어떤 순서로 해?", [0, 1, 1]),
        ("학습 단계 알려줘", [0, 1, 1]),
        ("학습은 무슨 과정을 말하는 거야?", [1, 1, 1]),
    ],
)
def test_steps_are_numbered(question, holding):
    notes = (
        "Training has many limits: a late step of the network\n1. Draw data\n2. Compute the loss"
    )
    assert signs(question, notes).column("wanted").tolist() == holding


def test_the_voice_of_a_passage():
    pasted = chunk("A gate is a gate.", role=Role.COMMENTARY)
    quiz = chunk("Which gate?", role=Role.QUIZ)
    found = signs("what is a gate?", "A gate opens.", pasted, quiz)
    assert found.column("commentary").tolist() == [0, 1, 0]
    assert found.column("quiz").tolist() == [0, 0, 1]


def test_a_translation_names_the_thing():
    table = {"loss": {"손실": 0.85}}
    loss = Concept((("loss",),), 1.0, known=True, proper=False, written="loss", translations=table)
    found = read("what is loss?", [loss], passages("손실은 작을수록 좋다.", "강물은 길다."))
    assert found.near[:, 0].tolist()[0] >= 0.85
    assert found.column("alike")[0] > found.column("alike")[1]
    assert found.column("across").tolist() == [1, 1]
