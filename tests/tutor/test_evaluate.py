"""Scores of an engine on questions whose answers are known."""

import json

import pytest

from ingest.errors import NoSuchPath
from tests.fakes import ScriptedLLM, WordCountEncoder
from tests.tutor.course import BILINGUAL, library
from tests.tutor.making import SCRIPTED
from tutor.errors import BadLine
from tutor.evaluate import as_table, evaluate, in_split, read_questions
from tutor.llm.choose import Chosen
from tutor.tutor import Tutor

GATE = {
    "id": "g1",
    "question": "what is the reset gate?",
    "lang": "en",
    "kind": "definition",
    "history": [],
    "gold_lectures": ["1-1"],
    "must_include": [["dropped", "버릴지"], ["hidden state"]],
}
BREAD = {
    "question": "How do you bake sourdough bread?",
    "lang": "en",
    "kind": "unanswerable",
    "gold_lectures": [],
    "must_include": [],
}


def write(path, *lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_every_measure(tmp_path):
    tutor = Tutor(library(tmp_path, BILINGUAL), WordCountEncoder(), "reader", temporary=False)
    model = ScriptedLLM().enqueue("The state is dropped in part [1].")
    tutor.engines.use(Chosen(model, SCRIPTED))
    found = evaluate(tutor, read_questions(write(tmp_path / "q.jsonl", GATE, BREAD)), None)

    assert (found["engine"], found["questions"]) == ("scripted", 2)
    means = found["groups"]["all"]
    times = {name: value for name, value in means.items() if name.endswith("_ms")}
    assert {name: value for name, value in means.items() if name not in times} == {
        "n": 2.0,
        "facts": 0.5,
        "all_facts": 0.0,
        "abstained": 1.0,
        "false_no": 0.0,
        "wrong": None,
        "valid": 1.0,
        "right_lecture": 1.0,
        "language": 1.0,
        "characters": 33.0,
    }
    assert 0 < times["first_token_p50_ms"] <= times["first_token_p95_ms"] <= times["total_p95_ms"]
    assert set(found["groups"]) == {
        "all", "language en", "kind definition", "kind unanswerable",
    }  # fmt: skip
    table = as_table(found).splitlines()
    assert table[0] == "scripted: 2 questions"
    assert len(table) == 6
    assert (
        table[1].split()
        == (
            "n facts all facts abstained false no wrong valid right lec. language characters "
            "first p50 first p95 total p50 total p95"
        ).split()
    )
    assert [(one["id"], one["facts"]) for one in found["each"]] == [("g1", 0.5), ("", None)]


def test_a_split_of_a_file(tmp_path):
    lines = [GATE | {"split": "dev"}, BREAD | {"split": "test"}]
    questions = read_questions(write(tmp_path / "q.jsonl", *lines))

    assert [q.kind for q in in_split(questions, "test")] == ["unanswerable"]
    assert in_split(questions, None) == questions
    with pytest.raises(BadLine, match="No question belongs to the split 'dev'"):
        in_split(questions[1:], "dev")


def test_blank_lines_and_a_mark_at_the_start_are_skipped(tmp_path):
    path = tmp_path / "q.jsonl"
    text = f"\ufeff{json.dumps(GATE)}\r\n\n{json.dumps(BREAD | {'question': 'a line b'})}"
    path.write_text(text, encoding="utf-8", newline="")

    assert [q.question for q in read_questions(path)] == ["what is the reset gate?", "a line b"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "Line 1 of q.jsonl is no question"),
        ('["a"]', "Line 1 of q.jsonl is no question"),
        ('{"question": "x"}', "Line 1 of q.jsonl is no question: 'kind'"),
        ("", "q.jsonl holds no questions"),
        (json.dumps(GATE | {"history": [3]}), "Line 1 of q.jsonl is no question"),
    ],
)
def test_files_that_are_not_of_questions(tmp_path, text, message):
    path = tmp_path / "q.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadLine) as caught:
        read_questions(path)

    assert caught.value.message.startswith(message)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(NoSuchPath):
        read_questions(tmp_path / "q.jsonl")
