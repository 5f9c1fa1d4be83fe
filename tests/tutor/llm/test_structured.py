from __future__ import annotations

import json

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import BaseModel, ConfigDict, Field

from tests.tiny_model import make_tiny_model
from tutor.llm.local import load
from tutor.llm.structured import StructuredWriter


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: str = Field(min_length=2, max_length=8)
    right: bool
    number: int = Field(ge=0, le=9)


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    return load(make_tiny_model(tmp_path_factory.mktemp("tiny"), context=2048))


@pytest.mark.parametrize("temperature", [0.0, 1.5])
def test_a_model_that_knows_nothing_fills_the_form(local, temperature):
    written = StructuredWriter(local, "tiny", temperature=temperature, seed=3).write("여기", Answer)
    assert isinstance(written, Answer)
    assert 2 <= len(written.key) <= 8


def test_the_same_seed_writes_the_same(local):
    def once(seed: int) -> Answer | None:
        return StructuredWriter(local, "tiny", temperature=1.5, seed=seed).write("x", Answer)

    assert once(1) == once(1)
    assert len({str(once(seed)) for seed in range(4)}) > 1


class Server(BaseChatModel):
    """A server's chat model that answers what it was told to and keeps what it was asked."""

    answer: str
    asked: list = []  # noqa: RUF012

    @property
    def _llm_type(self):
        return "fake"

    def _generate(self, messages, stop=None, run_manager=None, **kwargs):
        self.asked.append((messages[0].content, kwargs))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self.answer))])


def test_a_server_gets_the_schema():
    server = Server(answer='```json\n{"key": "망각\n게이트", "right": true, "number": 3}\n```')
    written = StructuredWriter(server, "far", temperature=0.4, seed=9).write("질문", Answer)
    assert written == Answer(key="망각\n게이트", right=True, number=3)
    ((prompt, kwargs),) = server.asked
    assert prompt == "질문"
    assert kwargs["response_format"]["json_schema"]["schema"] == Answer.model_json_schema()
    assert (kwargs["temperature"], kwargs["seed"]) == (0.4, 9)


@pytest.mark.parametrize(
    "answer", ["", "I would rather not.", "{", json.dumps({"key": "a very long key", "right": 1})]
)
def test_what_is_no_form_is_none(answer):
    assert StructuredWriter(Server(answer=answer), "far").write("x", Answer) is None
