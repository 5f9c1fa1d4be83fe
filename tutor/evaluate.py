"""Scores an engine on question files: every measure over all, by language and by kind.

Knows the format of question files (docs/benchmarks.md); knows nothing about engines, nor about how
a single answer is measured (`scoring`).
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.errors import NoSuchPath
from tutor.errors import BadLine
from tutor.follow_up import Turn
from tutor.scoring import Question, Score, score
from tutor.source import Citation
from tutor.tutor import Tutor

MEANS = (
    "facts", "all_facts", "abstained", "false_no", "wrong", "valid", "right_lecture", "language",
)  # fmt: skip
"""Measures whose mean counts; the others are given as median and 95th percentile."""
_COLUMNS = {
    "n": "n",
    "facts": "facts",
    "all_facts": "all facts",
    "abstained": "abstained",
    "false_no": "false no",
    "wrong": "wrong",
    "valid": "valid",
    "right_lecture": "right lec.",
    "language": "language",
    "characters": "characters",
    "first_token_p50_ms": "first p50",
    "first_token_p95_ms": "first p95",
    "total_p50_ms": "total p50",
    "total_p95_ms": "total p95",
}


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
    """Every measure over all questions, by language and kind, and for each question."""
    scored = [(question, _ask(tutor, question, courses)) for question in questions]
    groups = {"all": [measured for _, measured in scored]}
    for named, value in (("language", "language"), ("kind", "kind")):
        for question, measured in sorted(scored, key=lambda pair: getattr(pair[0], value)):
            groups.setdefault(f"{named} {getattr(question, value)}", []).append(measured)
    return {
        "engine": tutor.engine.name,
        "questions": len(questions),
        "groups": {name: _means(scores) for name, scores in groups.items()},
        "each": [{"id": q.id, "question": q.question, **measured} for q, measured in scored],
    }


def in_split(questions: Sequence[Question], split: str | None) -> list[Question]:
    """The questions of one split; all without one.

    Raises:
        BadLine: there are none.
    """
    found = [question for question in questions if split in (None, question.split)]
    if not found:
        raise BadLine(
            f"No question belongs to the split '{split}'.",
            'Lines name theirs as "split": "dev" or "test"; leave --split out to ask them all.',
        )
    return found


def as_table(result: dict[str, Any]) -> str:
    """The result of `evaluate` as aligned columns; a dash where a measure does not apply."""
    lines = [f"{result['engine']}: {result['questions']} questions"]
    lines.append(f"{'':24}" + "".join(f"{title:>11}" for title in _COLUMNS.values()))
    for name, means in result["groups"].items():
        cells = "".join(f"{_cell(means[column]):>11}" for column in _COLUMNS)
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
        split=given.get("split", ""),
        id=given.get("id", ""),
    )


def _ask(tutor: Tutor, question: Question, courses: Sequence[str] | None) -> Score:
    answer = tutor.ask(question.question, history=question.history, courses=courses)

    def text_of(citation: Citation) -> str | None:
        return tutor.text_of(citation.chunk.course, citation.chunk.document)

    return score(question, answer, text_of)


def _means(scores: Sequence[Score]) -> Score:
    means: Score = {"n": float(len(scores))}
    for name in MEANS:
        values = _values(scores, name)
        means[name] = round(statistics.fmean(values), 3) if values else None
    lengths = _values(scores, "characters")
    means["characters"] = statistics.median(lengths) if lengths else None
    for name, column in (("first_token_ms", "first_token"), ("total_ms", "total")):
        times = sorted(_values(scores, name))
        means[f"{column}_p50_ms"] = round(statistics.median(times), 1)
        means[f"{column}_p95_ms"] = round(times[math.ceil(0.95 * len(times)) - 1], 1)
    return means


def _values(scores: Sequence[Score], name: str) -> list[float]:
    return [value for measured in scores if (value := measured[name]) is not None]


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"
