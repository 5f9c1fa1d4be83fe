"""The command as a process of its own: bytes, pipes, signals, and what wrong usage leads to."""

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.contract.shapes import check_answer

WRONG = [
    [],
    ["teach"],
    ["ask", "x", "--unknown"],
    ["ask", "x", "y"],
    ["search", "x", "-k", "0"],
    ["search", "x", "-k", "many"],
    ["ingest"],
    ["show"],
    ["quiz", "--count", "0"],
    ["quiz", "--lecture", "3"],
    ["quiz", "--week", "x"],
    ["quiz", "--language", "fr"],
    ["quiz", "--seed", "x"],
    ["export", "--out", "x.md"],
    ["export", "--format", "doc", "--out", "x.doc"],
    ["model", "delete"],
    ["eval"],
    ["serve", "--port", "0"],
]
COMMANDS = [
    "ingest", "remove", "show", "search", "ask", "quiz", "quiz-check", "grade", "practice",
    "export", "model", "status", "eval", "serve",
]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage(tutor, arguments):
    ran = tutor(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert "usage: tutor" in ran.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tutor, command):
    ran = tutor(command, "--help")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: tutor {command}")


@pytest.mark.parametrize("locale", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}])
def test_streams_are_utf_8_whatever_the_locale(tutor, texts, locale):
    # without UTF-8 mode a C locale cannot name a checkout under 한글: there the default is tried
    strict = {"PYTHONUTF8": "0"} if __file__.isascii() else {}
    process = tutor.start("ask", "--batch", "--json", env=locale | strict)
    given = json.dumps({"id": "하나", "question": "리셋 게이트가 뭐야?"}, ensure_ascii=False)
    out, err = process.communicate(given.encode(), timeout=60)
    answer = json.loads(out.decode("utf-8"))

    assert (process.returncode, err) == (0, b"")
    check_answer(answer, texts)
    assert answer["id"] == "하나"
    assert "버릴지 정하는 게이트이다." in answer["citations"][0]["quote"]


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX argument of raw bytes")
def test_an_argument_that_is_no_text(tutor):
    process = tutor.start("search", b"reset \xff gate".decode("utf-8", "surrogateescape"), "--json")
    out, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (0, b"")
    assert json.loads(out.decode("utf-8"))["hits"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
@pytest.mark.parametrize(
    "arguments", [["show", "ko/week1/1-gates.md"], ["ask", "", "--json"]], ids=["text", "error"]
)
def test_a_closed_pipe_is_silent(tutor, arguments):
    process = tutor.start(*arguments)
    process.stdout.close()
    process.stdin.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)

    lines = [line for line in err.decode().splitlines() if "Traceback" in line or "Broken" in line]
    assert lines == []


@pytest.mark.skipif(os.name == "nt", reason="needs a shell's pipe")
def test_the_reader_of_a_batch_may_leave(tutor):
    given = b'{"question": "what is the reset gate?"}\n' * 200
    process = tutor.start("search", "--batch", "--json")
    process.stdin.write(given)
    process.stdin.close()
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()

    assert (process.wait(timeout=60), err) == (0, b"")


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_ends_a_waiting_batch(tutor):
    process = tutor.start("ask", "--batch", "--json")
    process.stdin.write(b'{"id": 1, "question": "what is the reset gate?"}\n')
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1  # loaded, and waiting for more
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)

    assert (process.returncode, out, err) == (130, b"", b"")


def test_help_needs_no_library():
    code = "import sys; from tutor import cli; cli.build_parser(); print(*sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"torch", "faiss", "gradio", "kiwipiepy", "langchain_core", "transformers"}

    assert heavy & set(ran.stdout.split()) == set()
