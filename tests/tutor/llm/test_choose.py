"""Specifications of engines: which is chosen, and what is said about those that name none."""

import pytest

from tutor.errors import NoModel
from tutor.llm.choose import choose
from tutor.llm.reader import ReaderChatModel
from tutor.llm.shelf import Shelf
from tutor.source import Engine


@pytest.fixture
def shelf(home):
    return Shelf(home)


@pytest.mark.parametrize("spec", ["auto", "reader"])
def test_the_reader_ships(spec, shelf):
    chosen = choose(spec, shelf)

    assert isinstance(chosen.model, ReaderChatModel)
    assert chosen.engine == Engine("reader", "reader")


@pytest.mark.parametrize("spec", ["", "gpt", "hf:", "openai:", "reader:", "READER"])
def test_other_words_name_no_engine(spec, shelf):
    with pytest.raises(NoModel) as caught:
        choose(spec, shelf)

    assert caught.value.code == "no_model"
    assert caught.value.message == f"'{spec}' names no engine."
    assert caught.value.hint == "Engines: auto, reader, hf:REPO_OR_FOLDER, openai:MODEL@BASE_URL."


def test_a_folder_that_is_not_there(tmp_path, shelf):
    with pytest.raises(NoModel, match="There is no model folder") as caught:
        choose(f"hf:{tmp_path / '없는 모델'}", shelf)

    assert "--llm reader" in caught.value.hint


def test_a_folder_without_a_model(tmp_path, shelf):
    with pytest.raises(NoModel):
        choose(f"hf:{tmp_path}", shelf)


@pytest.mark.parametrize("spec", ["openai:qwen", "openai:@http://localhost:1/v1", "openai:m@"])
def test_a_server_needs_a_model_and_an_address(spec, shelf):
    with pytest.raises(NoModel):
        choose(spec, shelf)
