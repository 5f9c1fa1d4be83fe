"""Printing: results to stdout, words and progress for people to stderr. Knows no command."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from ingest.errors import TutorError
from tutor.errors import BadLine

if TYPE_CHECKING:
    from ingest.index import Progress

_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
_STEPS = {"read": "읽기 reading", "analyse": "분석 analysing", "embed": "임베딩 embedding"}


def write_json(value: object) -> None:
    """One JSON value on one line of stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def write(text: str) -> None:
    """Text for stdout, as it is."""
    sys.stdout.write(text)


def say(message: str) -> None:
    """A line for people."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def error_dict(error: TutorError) -> dict[str, str]:
    """The JSON shape of an error."""
    return {"code": error.code, "message": error.message, "hint": error.hint}


def progress_bar() -> Progress:
    """A `Progress` that shows a bar on stderr for each step that takes a while."""
    bars: dict[str, tqdm[Any]] = {}

    def show(step: str, done: int, total: int) -> None:
        if step not in bars:
            for bar in bars.values():
                bar.close()
            bars[step] = tqdm(
                total=total, desc=_STEPS.get(step, step), file=sys.stderr, delay=0.5, leave=False
            )
        bars[step].update(done - bars[step].n)

    return show


def each_line(handle: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer every JSON line of stdin with one on stdout, in order; a bad one does not end it.

    Args:
        handle: a line's object → the result, without its id.

    Returns:
        Exit code: 1 if a line could not be used.
    """
    code = 0
    for line in _lines():
        given: Any = None
        try:
            given = _parse(line)
            write_json({"id": given.get("id")} | handle(given))
        except TutorError as error:
            identity = given.get("id") if isinstance(given, dict) else None
            write_json({"id": identity, "error": error_dict(error)})
            code = 1
    return code


def read_lines() -> Iterator[dict[str, Any]]:
    """The JSON objects on stdin, one a line.

    Raises:
        BadLine: for a line that is none.
    """
    return (_parse(line) for line in _lines())


def text_field(given: dict[str, Any], name: str) -> str:
    """A field that must be text.

    Raises:
        BadLine: it is missing or something else.
    """
    value = given.get(name)
    if not isinstance(value, str):
        raise BadLine(f'"{name}" is missing or is not text.', f'Give each line a "{name}".')
    return value


def _lines() -> Iterator[str]:
    return (line for line in sys.stdin if line.strip())


def _parse(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line.removeprefix("\ufeff"), parse_constant=_no_constant)
        if _HALF_CHARACTER.search(line):
            # half of a surrogate pair is a legal escape in JSON, and no text anywhere else
            given = json.loads(json.dumps(given, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise BadLine(f"The line is not JSON: {error}.", "Write one JSON object a line.") from error
    if not isinstance(given, dict):
        raise BadLine("The line is not a JSON object.", "Write one JSON object a line.")
    return given


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")
