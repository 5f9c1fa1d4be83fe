"""The `tutor` command: arguments, exit codes, and how results and errors are printed.

Knows the command line of CONTRACT; what the commands do is in `tutor.commands`. Results go to
stdout, messages and progress for people to stderr, both in UTF-8 whatever the locale.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import TutorError
from tutor.commands.output import error_dict, say, write_json
from tutor.errors import in_both_languages

Command = Callable[[argparse.Namespace], int]
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done · 1 it could not be done · 2 wrong usage (from argparse) · 130 on Ctrl-C.
    """
    _speak_utf8()
    options = build_parser().parse_args(arguments)
    try:
        code = _run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # whoever read our output has enough: nothing more to write, nothing to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _run(options: argparse.Namespace) -> int:
    module, _, name = options.run.partition(":")
    try:
        # a command's libraries load with the command: `tutor --help` needs none of them; and
        # `serve`, which is ui's, is found by name, so that nothing here imports upward
        command: Command = getattr(importlib.import_module(module), name)
        return command(options)
    except TutorError as error:
        say(in_both_languages(error))
        if getattr(options, "json", False):
            write_json({"error": error_dict(error)})
        return 1


def build_parser() -> argparse.ArgumentParser:
    """The command line, as CONTRACT lists it."""
    parser = argparse.ArgumentParser(
        prog="tutor", description="Answers from your lecture notes, and quizzes on them."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_notes(commands)
    _add_questions(commands)
    _add_quizzes(commands)
    _add_service(commands)
    return parser


def _add(commands: Commands, name: str, run: str, summary: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(run=run)
    command.add_argument("--home", type=Path, help="where everything is kept (TUTOR_HOME)")
    command.add_argument("--encoder", help="shipped (default), a folder, or a hub id")
    command.add_argument("--store", help="faiss (default), qdrant://… or milvus://…")
    return command


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="write JSON to stdout")


def _courses(command: argparse.ArgumentParser) -> None:
    command.add_argument("--course", action="append", metavar="NAME", help="repeatable")


def _llm(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--llm", metavar="SPEC", help="auto, reader, hf:REPO_OR_PATH, openai:MODEL@URL"
    )


def _add_notes(commands: Commands) -> None:
    ingest = _add(commands, "ingest", "tutor.commands.notes:ingest", "read notes into a course")
    ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    ingest.add_argument("--course", default="notes", metavar="NAME")
    _json(ingest)
    rebuild = _add(
        commands,
        "rebuild",
        "tutor.commands.notes:rebuild",
        "read courses anew from the files they came from, as after an update",
    )
    _courses(rebuild)
    _json(rebuild)
    remove = _add(
        commands, "remove", "tutor.commands.notes:remove", "forget a document or a course"
    )
    remove.add_argument("document", nargs="?")
    remove.add_argument("--course", metavar="NAME")
    show = _add(commands, "show", "tutor.commands.notes:show", "write a document's text")
    show.add_argument("document")
    _courses(show)
    status = _add(commands, "status", "tutor.commands.notes:status", "what is in the home")
    _json(status)


def _add_questions(commands: Commands) -> None:
    for name, run, summary in (
        ("search", "tutor.commands.questions:search", "find passages"),
        ("ask", "tutor.commands.questions:ask", "answer from the notes"),
    ):
        command = _add(commands, name, run, summary)
        command.add_argument("question", nargs="?")
        command.add_argument("--batch", action="store_true", help="JSON lines on stdin")
        _courses(command)
        _json(command)
        if name == "search":
            command.add_argument("-k", type=_positive, default=10, metavar="N")
        else:
            _llm(command)
            command.add_argument(
                "--strict", action="store_true", help="leave out what the notes do not bear out"
            )
    evaluate = _add(
        commands, "eval", "tutor.commands.questions:evaluate", "score an engine on questions"
    )
    evaluate.add_argument("file", type=Path, metavar="FILE.jsonl")
    evaluate.add_argument("--split", choices=("dev", "test"), help="only the questions of one")
    _courses(evaluate)
    _llm(evaluate)
    _json(evaluate)


def _add_quizzes(commands: Commands) -> None:
    quiz = _add(commands, "quiz", "tutor.commands.quizzes:quiz", "make quiz items from the notes")
    quiz.add_argument("--count", type=_positive, default=10, metavar="N")
    quiz.add_argument("--week", type=_positive, metavar="W")
    quiz.add_argument("--lecture", type=_lecture, metavar="W-L")
    quiz.add_argument("--topic", metavar="TEXT")
    quiz.add_argument("--kind", action="append", metavar="K", help="repeatable")
    quiz.add_argument("--language", choices=("ko", "en"))
    quiz.add_argument("--seed", type=int, default=0)
    quiz.add_argument("--temperature", type=float, default=0.0, metavar="T", help="of the model")
    quiz.add_argument("--save", action="store_true", help="use the bank and add to it")
    _courses(quiz)
    _llm(quiz)
    _json(quiz)
    check = _add(
        commands, "quiz-check", "tutor.commands.quizzes:quiz_check", "check items on stdin"
    )
    _json(check)
    audit = _add(
        commands, "quiz-audit", "tutor.commands.quizzes:quiz_audit", "can items on stdin be guessed"
    )
    _json(audit)
    grade = _add(commands, "grade", "tutor.commands.quizzes:grade", "grade responses on stdin")
    _json(grade)
    practice = _add(commands, "practice", "tutor.commands.quizzes:practice", "practise what is due")
    practice.add_argument("--now", metavar="ISO", help="the moment it is taken to be")
    _courses(practice)
    _json(practice)
    export = _add(commands, "export", "tutor.commands.quizzes:export", "write the bank to a file")
    export.add_argument("--format", required=True, choices=("apkg", "gift", "csv", "md", "json"))
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    _courses(export)


def _add_service(commands: Commands) -> None:
    model = _add(commands, "model", "tutor.commands.models:model", "local language models")
    model.add_argument("action", choices=("list", "pull"))
    model.add_argument("name", nargs="?")
    _json(model)
    serve = _add(commands, "serve", "ui.command:serve", "open the page")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_positive)
    serve.add_argument("--no-browser", action="store_true")
    serve.add_argument("--fetch-model", action="store_true")
    serve.add_argument("--auth", type=Path, metavar="FILE", help="lines of NAME:PASSWORD")
    serve.add_argument("--root-path", default="", metavar="PATH")
    _llm(serve)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def _lecture(text: str) -> tuple[int, int]:
    week, dash, lecture = text.partition("-")
    if not (dash and week.isdecimal() and lecture.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text} is not WEEK-LECTURE, such as 2-3")
    return int(week), int(lecture)


def _speak_utf8() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a stray byte in a line of input must not end the lines after it
            stream.reconfigure(encoding="utf-8", errors="replace")
