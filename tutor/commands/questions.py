"""search, ask, eval: questions from the command line or from JSON lines."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from tutor import evaluate as evaluation
from tutor.commands.notes import open_tutor
from tutor.commands.output import each_line, say, text_field, write, write_json
from tutor.errors import BadLine, QuestionEmpty
from tutor.follow_up import Turn
from tutor.source import Answer, Citation, Token
from tutor.tutor import Tutor


def search(options: argparse.Namespace) -> int:
    """Passages for a question, or for each line of stdin."""
    tutor = open_tutor(options)
    if options.batch:
        return each_line(
            lambda given: tutor.search(
                text_field(given, "question"),
                history=history_of(given),
                courses=courses_of(given) or options.course,
                k=options.k,
            ).to_dict()
        )
    found = tutor.search(_question(options), courses=options.course, k=options.k)
    if options.json:
        write_json({"id": None} | found.to_dict())
        return 0
    for hit in found.hits:
        place = hit.chunk.place
        where = f"{place.week}-{place.lecture}" if place.lecture else place.title
        write(f"{hit.rank}. [{where}] {hit.chunk.document} ({hit.chunk.role.value})\n")
        write("   " + " ".join(hit.chunk.text.split())[:200] + "\n")
    return 0


def ask(options: argparse.Namespace) -> int:
    """An answer to a question, or to each line of stdin."""
    tutor = open_tutor(options)
    if options.batch:
        return each_line(lambda given: _answer(tutor, given, options).to_dict())
    question = _question(options)
    if options.json:
        found = tutor.ask(question, courses=options.course, strict=options.strict)
        write_json({"id": None} | found.to_dict())
        return 0
    shown = ""
    for event in tutor.stream(question, courses=options.course, strict=options.strict):
        if isinstance(event, Token):
            shown += event.text
            write(event.text)
    assert isinstance(event, Answer)
    if shown.strip() != event.text:  # nothing was shown, or it did not stand up to the check
        write(("\n\n" if shown.strip() else "") + event.text + "\n")
    _sources(event)
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Score the engine on a file of questions."""
    questions = evaluation.in_split(evaluation.read_questions(options.file), options.split)
    result = evaluation.evaluate(open_tutor(options), questions, options.course)
    if options.json:
        write_json(result)
    else:
        write(evaluation.as_table(result))
    return 0


def history_of(given: dict[str, Any]) -> list[Turn]:
    """A line's conversation so far.

    Raises:
        BadLine: it is not a list of {"role", "content"}.
    """
    turns = given.get("history") or []
    wrong = BadLine('"history" is not a list of turns.', 'A turn is {"role", "content"}.')
    if not isinstance(turns, list):
        raise wrong
    found = []
    for turn in turns:
        if not isinstance(turn, dict) or turn.get("role") not in ("user", "assistant"):
            raise wrong
        if not isinstance(turn.get("content"), str):
            raise wrong
        found.append(Turn(turn["role"], turn["content"]))
    return found


def courses_of(given: dict[str, Any]) -> Sequence[str] | None:
    """A line's own courses.

    Raises:
        BadLine: they are not a list of names.
    """
    names = given.get("course")
    if names is None:
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadLine('"course" is not a list of names.', 'Write "course": ["name"].')
    return names


def _answer(tutor: Tutor, given: dict[str, Any], options: argparse.Namespace) -> Answer:
    return tutor.ask(
        text_field(given, "question"),
        history=history_of(given),
        courses=courses_of(given) or options.course,
        strict=options.strict,
    )


def _question(options: argparse.Namespace) -> str:
    if options.question is None:
        raise QuestionEmpty(
            "There is no question.", 'Write it behind the command: tutor ask "what is a GRU?"'
        )
    return str(options.question)


def _sources(answer: Answer) -> None:
    """The citations, or the sections near by, below an answer."""
    for citation in answer.citations:
        write(f"\n[{citation.n}] {_where(citation)}\n    “{citation.quote}”")
    if answer.citations:
        write("\n")
    for near in answer.near:
        place = near.chunk.place
        say(f"  가까운 부분 (near): {place.week or '-'}-{place.lecture or '-'} {near.title}")


def _where(citation: Citation) -> str:
    place = citation.chunk.place
    numbers = f"{place.week}-{place.lecture} " if place.week and place.lecture else ""
    return f"{numbers}{' > '.join((place.title, *place.path))} ({citation.chunk.role.value})"
