"""A chat model of our own, trained here, goes the whole way: load, template, stream, stop, cite."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from ingest.embed import SHIPPED
from tests.trained_course import trained_on
from tests.trained_model import PAIRS
from tutor.answer import _messages
from tutor.llm.local import load
from tutor.source import Answer, Draft, Token
from tutor.tutor import Tutor, _retrieved


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A home with the bundled course, and the reader."""
    return Tutor.open(tmp_path_factory.mktemp("home"), llm="reader", encoder=SHIPPED)


@pytest.fixture(scope="module")
def folder(course, request, tmp_path_factory):
    return trained_on(course, request.config, tmp_path_factory.mktemp("trained"))


@pytest.fixture(scope="module")
def tutor(course, folder):
    return Tutor.open(course.library.home, llm=f"hf:{folder}", encoder=SHIPPED)


@pytest.mark.parametrize(("question", "answer"), PAIRS)
def test_it_answers_from_the_course_with_a_citation(tutor, question, answer):
    *tokens, found = tutor.stream(question, courses=["genai"])

    assert isinstance(found, Answer)
    assert len([token for token in tokens if isinstance(token, Token)]) > 3
    words = answer.rsplit(" [", 1)[0]
    assert found.text == f"{words} [1]."  # numbered by first use
    (citation,) = found.citations
    text = tutor.document(citation.chunk.document, ["genai"]).text
    assert " ".join(text[citation.start : citation.end].split()) == citation.quote
    assert found.unsupported == ()
    assert (found.engine.kind, found.answered) == ("transformers", True)


def test_the_marker_names_the_passage_that_says_it(tutor):
    found = tutor.ask("What does skip-gram predict?", courses=["genai"])

    assert "predicts each surrounding word" in found.citations[0].quote


def test_the_reader_s_answer_stands_there_first(tutor):
    draft, *_ = tutor.stream(PAIRS[0][0], courses=["genai"], draft=True)

    assert isinstance(draft, Draft)
    assert draft.answer.engine.kind == "reader"
    assert draft.answer.answered


def test_leaving_stops_it_and_the_next_question_is_answered(tutor):
    stream = tutor.stream(PAIRS[0][0], courses=["genai"])
    next(stream)
    stream.close()

    assert [t for t in threading.enumerate() if t.name == "generate"] == []
    began = time.monotonic()
    assert tutor.ask(PAIRS[1][0], courses=["genai"]).answered
    assert time.monotonic() - began < 20


def test_two_people_ask_at_the_same_time(tutor):
    async def both():
        return await asyncio.gather(
            *(asyncio.to_thread(tutor.ask, q, courses=["genai"]) for q, _ in PAIRS[:2])
        )

    found = asyncio.run(both())
    assert [answer.text.split()[0] for answer in found] == ["The", "CBOW"]


def test_asking_again_reads_nothing_again(folder, course):
    retriever = course.retriever(["genai"])
    model = load(folder)
    messages = _messages(_retrieved(retriever, PAIRS[0][0], [])[0], model.room_for_notes)
    first = model.invoke(messages)
    again = model.invoke(messages)

    assert again.text == first.text == PAIRS[0][1]
    assert first.usage_metadata["input_token_details"]["cache_read"] == 0
    read = again.usage_metadata
    assert read["input_token_details"]["cache_read"] == read["input_tokens"] - 1


def test_another_question_shares_the_rules(folder, course):
    retriever = course.retriever(["genai"])
    model = load(folder)
    for at, (question, answer) in enumerate(PAIRS[:3]):
        messages = _messages(_retrieved(retriever, question, [])[0], model.room_for_notes)
        said = model.invoke(messages)
        assert said.text == answer
        if at:
            assert said.usage_metadata["input_token_details"]["cache_read"] > 100


def test_in_eight_bits_it_says_the_same(folder, course):
    from tutor.llm import quantise

    if not quantise.able():
        pytest.skip("this processor has no 8-bit instructions (VNNI)")
    retriever = course.retriever(["genai"])
    model = load(folder, eight_bit=True)
    for question, answer in PAIRS:
        messages = _messages(_retrieved(retriever, question, [])[0], model.room_for_notes)
        assert model.invoke(messages).text == answer
