"""Which steps of a process can be shown out of their place, and how they are shortened.

Knows one step at a time; a step that says which steps it follows gives the order away.
"""

from __future__ import annotations

import re

from tutor.quiz import clean
from tutor.quiz.statements import split_pair
from tutor.quiz.words import length

_LONGEST = {"ko": 60, "en": 24}
"""Of one step: characters without spaces, words."""
_FORMULA = re.compile(r",? \S{1,4} = .*$")
_BACKWARDS = re.compile(
    r"\d+(?:\s?[~–-]\s?\d+)?\s?(?:번|단계)|\bsteps? \d|되풀이|반복|다시|repeat|again|앞의 과정",
    re.I,
)


def usable(step: str, language: str) -> bool:
    """Whether a step is words, whole, short enough, and names no other step."""
    return (
        clean.is_clean(step, language)
        and not _BACKWARDS.search(step)
        and not re.search(r"[=^_]", step)
        and length(step, language) <= _LONGEST[language]
    )


def short(step: str, language: str) -> str:
    """The first sentence of a step without the formula at its end, which other steps repeat.

    Its label alone where the rest is too long to compare.
    """
    end = r"(?<=[.!?다]) (?=\S)" if language == "en" else r"(?<=다)\.\s"
    first = _FORMULA.sub("", re.split(end, step)[0].rstrip("."))
    pair = split_pair(first)
    return pair[0] if pair and length(first, language) > _LONGEST[language] else first
