"""Scores an engine on questions with known answers: facts, abstention, citations, speed.

Knows the format of question files (docs/benchmarks.md); knows nothing about engines.
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import NoSuchPath
from tutor.errors import BadLine
from tutor.follow_up import Turn
from tutor.source import Answer
from tutor.tutor import Tutor

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what a right answer holds.

    Args:
        gold_lectures: "week-lecture" of those that answer it; none means the notes do not.
        must_include: groups of alternatives; a fact is named when any of its group occurs.
    """

    question: str
    kind: str
    language: str
    history: tuple[Turn, ...]
    gold_lectures: tuple[str, ...]
    must_include: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]


def read_questions(path: Path) -> list[Question]:
    """The questions of a JSON-lines file.

    Raises:
        NoSuchPath: the file is not there.
        BadLine: a line lacks a field, or there is none.
    """
    if not path.is_file():
        raise NoSuchPath(f"There is no file '{path}'.", "Give a .jsonl file of questions.")
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(_question(json.loads(line.decode("utf-8-sig"))))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadLine(
                f"Line {number} of {path.name} is no question: {error}.",
                "Each line needs question, lang, kind, history, gold_lectures and must_include.",
            ) from error
    if not found:
        raise BadLine(f"{path.name} holds no questions.", "Give a .jsonl file of questions.")
    return found


def evaluate(
    tutor: Tutor, questions: Sequence[Question], courses: Sequence[str] | None
) -> dict[str, Any]:
    """Every measure over all questions and by language and kind."""
    scored = [(q, _score(tutor, q, courses)) for q in questions]
    groups = {"all": [score for _, score in scored]}
    for question, score in scored:
        groups.setdefault(f"language {question.language}", []).append(score)
        groups.setdefault(f"kind {question.kind}", []).append(score)
    return {
        "engine": tutor.engine.name,
        "questions": len(questions),
        "groups": {name: _means(scores) for name, scores in groups.items()},
    }


def as_table(result: dict[str, Any]) -> str:
    """The result of `evaluate` as aligned columns."""
    columns = ("n", "facts", "all_facts", "abstained", "false_no", "right_lecture", "p95_ms")
    lines = [f"{result['engine']}: {result['questions']} questions"]
    lines.append(f"{'':24}" + "".join(f"{column:>14}" for column in columns))
    for name, means in result["groups"].items():
        cells = "".join(f"{_cell(means[column]):>14}" for column in columns)
        lines.append(f"{name:24}{cells}")
    return "\n".join(lines) + "\n"


def _question(given: dict[str, Any]) -> Question:
    return Question(
        question=given["question"],
        kind=given["kind"],
        language=given["lang"],
        history=tuple(Turn(t["role"], t["content"]) for t in given.get("history", [])),
        gold_lectures=tuple(given["gold_lectures"]),
        must_include=tuple(tuple(group) for group in given["must_include"]),
        must_not=tuple(given.get("must_not", [])),
    )


def _score(
    tutor: Tutor, question: Question, courses: Sequence[str] | None
) -> dict[str, float | None]:
    answer = tutor.ask(question.question, history=question.history, courses=courses)
    answerable = bool(question.gold_lectures)
    named = [_names(answer.text, group) for group in question.must_include]
    return {
        "facts": sum(named) / len(named) if named else None,
        "all_facts": float(all(named)) if named else None,
        "abstained": None if answerable else float(not answer.answered),
        "false_no": float(not answer.answered) if answerable else None,
        "right_lecture": _right_lecture(answer, question.gold_lectures) if answerable else None,
        "total_ms": answer.timings.total_ms,
    }


def _names(text: str, group: Sequence[str]) -> bool:
    flat = _flat(text)
    return any(_flat(alternative) in flat for alternative in group)


def _flat(text: str) -> str:
    return _SPACES.sub("", text).lower()


def _right_lecture(answer: Answer, gold: Sequence[str]) -> float | None:
    """Share of the citations that come from a lecture that answers."""
    places = [citation.chunk.place for citation in answer.citations]
    if not places:
        return None
    return sum(f"{place.week}-{place.lecture}" in gold for place in places) / len(places)


def _means(scores: Sequence[dict[str, float | None]]) -> dict[str, float | None]:
    means: dict[str, float | None] = {"n": float(len(scores))}
    for name in ("facts", "all_facts", "abstained", "false_no", "right_lecture"):
        values = [value for score in scores if (value := score[name]) is not None]
        means[name] = round(statistics.fmean(values), 3) if values else None
    times = sorted(score["total_ms"] or 0.0 for score in scores)
    means["p95_ms"] = round(times[int(0.95 * (len(times) - 1))], 1)
    return means


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"
