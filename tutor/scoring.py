"""How right one answer is: facts, abstention, citations, language, length, time.

Knows what an answer must hold and how to measure it; knows nothing about files or averages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.sentences import collapse
from tutor.follow_up import Turn
from tutor.source import Answer, Citation

Score = dict[str, float | None]
"""A measure's name → 0..1, characters or milliseconds; None where it does not apply."""
_SPACES = re.compile(r"\s+")
_CLOSED = re.compile(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$", re.S)
_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
_WORDS = 2
"""Latin letters that say as much as one syllable of Hangul."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what a right answer holds.

    Args:
        gold_lectures: "week-lecture" of those that answer it; none means the notes do not.
        must_include: groups of alternatives; a fact is named when any of its group occurs.
        must_not: what no right answer says.
        split: "dev", "test", or empty where the file has no splits.
    """

    question: str
    kind: str
    language: str
    history: tuple[Turn, ...]
    gold_lectures: tuple[str, ...]
    must_include: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...] = ()
    split: str = ""
    id: str = ""


def score(question: Question, answer: Answer, text_of: Callable[[Citation], str | None]) -> Score:
    """Every measure of one answer.

    Args:
        question: with what a right answer holds.
        answer: what the engine said.
        text_of: the whole text of the document that a citation names; None if there is none.
    """
    answerable = bool(question.gold_lectures)
    named = [_names(answer.text, group) for group in question.must_include] if answerable else []
    return {
        "facts": sum(named) / len(named) if named else None,
        "all_facts": float(all(named)) if named else None,
        "abstained": None if answerable else float(not answer.answered),
        "false_no": float(not answer.answered) if answerable else None,
        "wrong": float(_names(answer.text, question.must_not)) if question.must_not else None,
        "valid": float(_is_valid(answer, text_of)) if answer.answered else None,
        "right_lecture": _right_lecture(answer, question) if answerable else None,
        "language": float(_speaks(answer, question.question)),
        "characters": float(len(answer.text)) if answer.answered else None,
        "first_token_ms": answer.timings.first_token_ms,
        "total_ms": answer.timings.total_ms,
    }


def _names(text: str, group: tuple[str, ...]) -> bool:
    flat = _flat(text)
    return any(_flat(alternative) in flat for alternative in group)


def _flat(text: str) -> str:
    return _SPACES.sub("", text).lower()


def _is_valid(answer: Answer, text_of: Callable[[Citation], str | None]) -> bool:
    """Whether every marker has its citation, numbered by first use, and every quote is verbatim."""
    used = dict.fromkeys(map(int, _MARKER.findall(_CLOSED.sub(" ", answer.text))))
    numbers = [citation.n for citation in answer.citations]
    return (
        bool(numbers)
        and list(used) == numbers
        and all(_is_verbatim(citation, text_of(citation)) for citation in answer.citations)
    )


def _is_verbatim(citation: Citation, text: str | None) -> bool:
    return text is not None and collapse(text[citation.start : citation.end]) == citation.quote


def _right_lecture(answer: Answer, question: Question) -> float | None:
    """Share of the citations that come from a lecture that answers."""
    places = [citation.chunk.place for citation in answer.citations]
    if not places:
        return None
    right = sum(f"{place.week}-{place.lecture}" in question.gold_lectures for place in places)
    return right / len(places)


def _speaks(answer: Answer, question: str) -> bool:
    """Whether an answer speaks the question's language, quotes aside; without words it may not."""
    said = answer.text.replace("\\[", "[").replace("\\]", "]")
    for citation in answer.citations:
        said = said.replace(citation.quote, " ")
    said = _CLOSED.sub(" ", said)
    korean, english = len(_HANGUL.findall(said)), len(_LATIN.findall(said)) / _WORDS
    if not korean and not english:
        return True
    return (korean >= english) == bool(_HANGUL.search(question))
