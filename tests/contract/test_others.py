"""`tutor eval`, `tutor model` and what every command has in common."""

import json
import socket

import pytest

from tests.contract.shapes import check_error
from tutor.cli import build_parser

GATE = {
    "question": "what is the reset gate?",
    "lang": "en",
    "kind": "definition",
    "history": [],
    "gold_lectures": ["1-1"],
    "must_include": [["dropped", "버릴지"]],
}


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "질문.jsonl"
    path.write_text(json.dumps(GATE) + "\n", encoding="utf-8")
    return path


def test_eval_json(tutor, questions):
    ran = tutor("eval", questions, "--json")

    assert ran.code == 0
    assert set(ran.json) == {"engine", "questions", "groups", "each"}
    assert ran.json["groups"]["all"]["facts"] == 1.0
    assert ran.json["groups"]["all"]["right_lecture"] == 1.0


def test_eval_for_people(tutor, questions):
    ran = tutor("eval", questions, "--course", "notes", "--llm", "reader")

    assert ran.code == 0
    assert ran.out.splitlines()[0] == "reader: 1 questions"


@pytest.mark.parametrize(("text", "code"), [(None, "no_such_path"), ("{}", "bad_line")])
def test_eval_of_a_bad_file(tutor, questions, text, code):
    if text is None:
        questions.unlink()
    else:
        questions.write_text(text, encoding="utf-8")
    ran = tutor("eval", questions, "--json")

    assert ran.code == 1
    check_error(ran.json["error"], code)


def test_the_models_that_can_be_had_are_listed(tutor):
    ran = tutor("model", "list", "--json")

    assert ran.code == 0
    assert ran.json["models"]
    assert all({"name", "repo", "licence", "fetched"} <= set(m) for m in ran.json["models"])


def test_a_model_without_a_hub_is_an_error(tutor):
    ran = tutor("model", "pull", "owner/no-such-model", "--json")

    assert ran.code == 1
    check_error(ran.json["error"], "no_model")


def test_serve_on_a_port_that_is_taken(tutor):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = tutor.start("serve", "--no-browser", "--port", port)
        out, err = process.communicate(timeout=90)

    assert (process.returncode, out) == (1, b"")
    assert str(port) in err.decode("utf-8")
    assert b"Traceback" not in err


def test_a_home_may_be_named_on_the_command_line(tutor, tmp_path):
    tutor("ask", "what is a transformer?", "--home", tmp_path / "다른 집")

    assert (tmp_path / "다른 집" / "home.json").is_file()


def test_the_commands_are_those_of_the_contract():
    choices = build_parser()._subparsers._group_actions[0].choices

    assert set(choices) >= {
        "ingest", "remove", "show", "search", "ask", "quiz", "quiz-check", "grade", "practice",
        "export", "model", "status", "eval", "serve",
    }  # fmt: skip
