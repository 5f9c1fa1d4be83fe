"""Grades and how typed answers are compared. Knows nothing about particular kinds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ingest.words import glossary_rows
from tutor.errors import BadLine
from tutor.quiz import korean
from tutor.quiz.words import fold

Verdict = Literal["correct", "partly", "not"]


@dataclass(frozen=True, slots=True)
class Grade:
    """What a response is worth.

    Args:
        score: 0..1; 1 means correct.
        feedback: one or two sentences in the item's language.
    """

    score: float
    feedback: str

    @property
    def correct(self) -> bool:
        """Whether all of it is right."""
        return self.score >= 1.0

    @property
    def verdict(self) -> Verdict:
        """The score in a word."""
        return "correct" if self.correct else "partly" if self.score > 0 else "not"

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of `tutor grade`, without the id."""
        return {
            "correct": self.correct,
            "score": round(self.score, 4),
            "verdict": self.verdict,
            "feedback": self.feedback,
        }


def chosen(options: Sequence[str], response: object) -> int | None:
    """The index of the option that a response names; None where it names none.

    Raises:
        BadLine: for an index that is no option's, or a response that is no index or text.
    """
    if response is None:
        return None
    if isinstance(response, str):
        exact = [index for index, option in enumerate(options) if option == response]
        alike = [index for index, option in enumerate(options) if fold(option) == fold(response)]
        return next(iter(exact + alike), None)
    index = whole(response)
    if not 0 <= index < len(options):
        raise bad_response(
            f"there is no option {index}", f"Options are numbered 0 to {len(options) - 1}."
        )
    return index


def indices(response: object, count: int) -> list[int]:
    """A response that lists option numbers.

    Raises:
        BadLine: where it is no list of `count` whole numbers.
    """
    if not isinstance(response, list | tuple) or len(response) != count:
        raise bad_response(
            "it is no list of the right length", f"Give a list of {count} option numbers."
        )
    return [whole(value) for value in response]


def accepts(forms: Sequence[str], response: str) -> str | None:
    """The accepted form that a typed answer is, None if it is none of them.

    Case, white space, punctuation and Korean particles do not count; nor does one wrong letter in
    a long word, unless that makes it another of the words it could be meant for.
    """
    typed = _readings(response)
    for form in forms:
        if fold(form) in typed:
            return form
    if any(each in _terms() for each in typed):
        return None  # a slip that makes another term of the field is no slip
    return next((f for f in forms if any(_slip(fold(f), each) for each in typed)), None)


def lacking(forms: Sequence[str], response: str) -> str | None:
    """What a typed answer lacks of an accepted form, None if it is not the beginning of one.

    "forget" lacks "gate"; "gate" alone names no gate, so it is not a part that counts.
    """
    typed = response.casefold().split()
    for form in forms:
        words = form.casefold().split()
        given = [fold(korean.without_ending(word)) for word in typed]
        kept = [word for word in words if fold(word) in given]
        foreign = [word for word in given if word not in map(fold, words)]
        if kept and not foreign and words[-1] not in kept and 2 * len(kept) >= len(words):
            return " ".join(word for word in form.split() if word.casefold() not in kept)
    return None


def _readings(response: str) -> set[str]:
    """What a typed answer may be meant as: without article, particle, or "LSTM의" before it."""
    bare = korean.without_ending(response)
    owner = re.sub(r"^\S+(?: \S+)?의 (?=\S)", "", bare)
    texts = (response, bare, _without_article(response), owner)
    return {fold(text) for text in texts} - {""}


@lru_cache(maxsize=1)
def _terms() -> frozenset[str]:
    """Every form of the shipped glossary, folded."""
    return frozenset(fold(form) for row in glossary_rows() for form in row)


def whole(value: object) -> int:
    """A whole number.

    Raises:
        BadLine: where it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise bad_response(
            "it is neither a number nor a text", "Give an option's number or its exact text."
        )
    return value


def bad_response(why: str, hint: str) -> BadLine:
    """The error for a response that the item's kind cannot read."""
    return BadLine(f"The response cannot be graded: {why}.", hint)


def _without_article(text: str) -> str:
    first, _, rest = text.strip().partition(" ")
    return rest if first.casefold() in ("a", "an", "the") and rest else text


def _slip(form: str, typed: str) -> bool:
    """Whether `typed` is `form` with one letter wrong, missing or too many, or two swapped.

    The first letter and all digits have to be right, and short words have no room for slips: one
    letter turns RNN into CNN, 입력 into 출력.
    """
    a, b = unicodedata.normalize("NFD", form), unicodedata.normalize("NFD", typed)
    if (
        len(a) < 8
        or a[:1] != b[:1]
        or [c for c in a if c.isdigit()] != [c for c in b if c.isdigit()]
    ):
        return False
    if len(a) == len(b):
        wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        return len(wrong) <= 1 or (swapped and wrong[1] == wrong[0] + 1)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    one_off = len(longer) - len(shorter) == 1
    return one_off and any(longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer)))
