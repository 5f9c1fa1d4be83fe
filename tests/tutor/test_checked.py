"""A model's answer held to the notes: wrong citations put right, the rest marked or left out."""

from __future__ import annotations

import pytest

from ingest.embed import StaticEncoder
from ingest.glossary import Glossary
from ingest.term_table import shipped_table
from ingest.words import glossary_rows
from tests.fakes import ScriptedLLM
from tests.tutor.making import SCRIPTED, asked
from tutor.answer import stream_answer
from tutor.checked import Check
from tutor.support import Support

GRU = "The reset gate decides how much of the past is dropped.\nA GRU has two gates."
LSTM = "An LSTM keeps a cell state.\nAn LSTM has three gates."


@pytest.fixture(scope="module")
def support(shipped: StaticEncoder) -> Support:
    return Support(shipped, Glossary(glossary_rows()), shipped_table())


def answer(said, support, *, strict=False, question="How many gates does a GRU have?"):
    model = ScriptedLLM().enqueue(said)
    *_, found = stream_answer(asked(question, GRU, LSTM), model, SCRIPTED, Check(support, strict))
    return found


def test_what_is_supported_stays_to_the_letter(support):
    found = answer("A GRU has two gates [1]. An LSTM has three gates [2].", support)

    assert found.text == "A GRU has two gates [1]. An LSTM has three gates [2]."
    assert found.unsupported == ()


def test_what_is_not_is_marked_and_loses_its_citation(support):
    found = answer("A GRU has two gates [1]. A GRU has five gates [1].", support)

    assert found.text == (
        "A GRU has two gates [1]. A GRU has five gates. *(not confirmed by your notes)*"
    )
    assert found.unsupported == ("A GRU has five gates.",)
    assert found.to_dict()["unsupported"] == ["A GRU has five gates."]


def test_strictly_it_goes(support):
    found = answer("A GRU has two gates [1]. A GRU has five gates [1].", support, strict=True)

    assert found.text == "A GRU has two gates [1]."
    assert found.unsupported == ("A GRU has five gates.",)


def test_a_wrong_citation_is_put_right(support):
    found = answer("An LSTM has three gates [1].", support)

    assert found.text == "An LSTM has three gates. [1]"
    assert found.citations[0].quote == "An LSTM has three gates."


def test_a_sentence_without_a_marker_gets_one(support):
    found = answer("A GRU has two gates. An LSTM has three gates [2].", support)

    assert found.text == "A GRU has two gates. [1] An LSTM has three gates [2]."


def test_an_answer_without_any_support_is_none(support):
    found = answer("Bread is baked from flour [1]. Milk is white [2].", support)

    assert (found.answered, found.reason, found.citations) == (False, "not_in_notes", ())


def test_a_lead_in_is_no_claim(support):
    found = answer("Here is what the notes say:\n- A GRU has two gates [1]", support)

    assert found.text == "Here is what the notes say:\n- A GRU has two gates [1]"
    assert found.unsupported == ()


@pytest.mark.parametrize(
    "said", ["See http://evil.example now.", "Mail me@evil.example.", "![x](data:abc)", "🙂"]
)
def test_addresses_from_nowhere_never_show(support, said):
    found = answer(f"A GRU has two gates [1]. {said}", support)

    assert found.text == "A GRU has two gates [1]."


def test_korean_marks_are_korean(support):
    model = ScriptedLLM().enqueue(
        "GRU에는 게이트가 두 개 있다 [1]. GRU에는 게이트가 다섯 개 있다 [1]."
    )
    question = asked("GRU gates?", "GRU에는 게이트가 두 개 있다.", language="ko")
    *_, found = stream_answer(question, model, SCRIPTED, Check(support))

    assert found.text.endswith("다섯 개 있다. *(노트에서 확인되지 않음)*")
