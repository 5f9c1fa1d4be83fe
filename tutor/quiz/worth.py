"""Which facts are worth a question: told fully enough that only their term comes to mind.

Knows one fact at a time and counts signs for and against it; knows nothing about the other options.
"Pooling is only roughly invariant" is true of pooling and tells nobody that pooling is meant.
"""

from __future__ import annotations

import re

from tutor.quiz import english, korean
from tutor.quiz.facts import Fact
from tutor.quiz.words import content_words

TOLD, ASKED, NAMED = 1, 2, 3
"""The least worth of a fact for a question that shows its sentence, for one with options, and for
one whose answer is typed.
"""
_COUNTED = re.compile(
    r"(?:[두세네]|다섯|여러|몇|[2-9]) ?가지 [^다]*$|^(?:two|three|four|several)\b", re.I
)
"""A saying that announces several things and describes none: "the two latest models"."""
_SHORT = 2
"""Letters of a name that may be any word."""
_FEW, _ENOUGH, _MANY = 3, 5, 8
"""Content words of a predicate."""


def worth(fact: Fact, language: str) -> int:
    """Higher is better; see `ASKED` and `NAMED`."""
    saying = fact.saying
    defines = saying.defines(language)
    words = len(content_words(saying.predicate))
    score = 2 * defines + fact.known + bool(fact.topic) + bool(fact.context)
    # "하나", "사람": a short word that nothing marks as a term
    score -= 2 * (not fact.known and len(saying.term.name) <= _SHORT)
    score += (words >= _ENOUGH) + (words >= _MANY) - 2 * (words <= _FEW and not defines)
    if _COUNTED.search(saying.predicate):
        return score - NAMED
    if defines:
        return score - 2 * (words < _ENOUGH and not fact.known)
    loose_line = saying.line and fact.topic is None
    own = korean.own_subject if language == "ko" else english.own_subject
    other_subject = loose_line and own(saying.predicate)
    return score - other_subject - (not saying.line) - (loose_line and fact.listing >= 0)
