"""Which setting wins: the value given, then the environment, then the default."""

from pathlib import Path

import pytest

from tutor.settings import keep_engine, settle


def test_defaults(monkeypatch):
    monkeypatch.delenv("TUTOR_HOME")
    found = settle()

    assert (found.llm, found.encoder) == ("auto", "shipped")
    assert found.home.is_absolute()
    assert found.home.name == "lecture-tutor"


def test_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "집 home"))
    monkeypatch.setenv("TUTOR_LLM", "reader")
    monkeypatch.setenv("TUTOR_ENCODER", "a-folder")
    found = settle()

    assert (found.home, found.llm, found.encoder) == (tmp_path / "집 home", "reader", "a-folder")


def test_a_value_given_wins(monkeypatch, tmp_path):
    monkeypatch.setenv("TUTOR_LLM", "reader")
    found = settle(tmp_path, "hf:model", "another")

    assert (found.home, found.llm, found.encoder) == (tmp_path, "hf:model", "another")


def test_an_empty_variable_is_none(monkeypatch):
    monkeypatch.setenv("TUTOR_LLM", "")
    monkeypatch.setenv("TUTOR_STORE", "")

    assert settle().llm == "auto"


def test_the_users_folder_is_understood():
    assert settle(Path("~/notes")).home == Path.home() / "notes"


def test_the_store(monkeypatch):
    assert settle().store == "faiss"
    monkeypatch.setenv("TUTOR_STORE", "qdrant://localhost:6333")
    assert settle().store == "qdrant://localhost:6333"
    assert settle(store="milvus://elsewhere").store == "milvus://elsewhere"


def test_an_engine_chosen_on_the_page_is_kept_until_another_is_named(tmp_path, monkeypatch):
    assert settle(tmp_path).llm == "auto"
    keep_engine(tmp_path, "hf:/models/a")
    assert settle(tmp_path).llm == "hf:/models/a"
    assert settle(tmp_path, llm="reader").llm == "reader"
    monkeypatch.setenv("TUTOR_LLM", "openai:m@http://127.0.0.1:1/v1")
    assert settle(tmp_path).llm.startswith("openai:")


@pytest.mark.parametrize("text", ["", "[]", '{"llm": 7}', "{}"])
def test_a_kept_engine_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / "engine.json").write_text(text, encoding="utf-8")
    assert settle(tmp_path).llm == "auto"
