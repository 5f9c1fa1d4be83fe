"""How likely the passages found hold an answer: a few named signs, weighed by a logistic model.

Knows questions and passages; knows nothing about engines. Weights were fitted on development
questions (docs/benchmarks.md); a threshold on retrieval scores alone is no better than chance.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from ingest.index import searchable
from ingest.sentences import Sentence, sentences
from ingest.words import terms
from tutor.llm.message import Passage
from tutor.question import Concept, Kind, coverage, kind_of

FLOOR = 0.36
"""Below this the answer is "not in your notes"."""
_BIAS = -2.27
_WEIGHTS = (3.35, -2.95, 3.34, -2.79)
_WANTED = {
    Kind.NUMBER: re.compile(
        r"\d|[한두세네] ?(?:개|가지)|\b(?:one|two|three|four|six|eight)\b", re.I
    ),
    Kind.WHEN: re.compile(r"\b(?:19|20)\d\d\b"),
    Kind.WHO: re.compile(
        r"et al|\b(?!The |An? |This |In )[A-Z][a-z]+ (?:and|&|[A-Z][a-z])"
        r"|교수|연구(?:팀|진)|논문에서"
    ),
    Kind.FORMULA: re.compile(r"[=$∑]|\\frac"),
}
"""What an answer of a kind must hold."""
_WIDTH = 3
"""Passages looked at: what the first few do not say, the rest only seem to."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Signs that passages answer a question, each 0..1 unless said otherwise.

    Args:
        around: most of the question's importance that one passage names with its headings.
        unknown_name: 1 when a name in the question occurs nowhere in the notes.
        closeness: highest cosine of the question with a sentence, -1..1.
        wanted_missing: 1 when a number, date, person or formula is asked for and no sentence that
            is about the question holds one.
    """

    around: float
    unknown_name: float
    closeness: float
    wanted_missing: float

    def confidence(self) -> float:
        """Probability that the notes answer, 0..1."""
        total = _BIAS + sum(w * x for w, x in zip(_WEIGHTS, astuple(self), strict=True))
        return 1 / (1 + math.exp(-total))


def weigh(question: str, concepts: Sequence[Concept], passages: Sequence[Passage]) -> Evidence:
    """The signs for one question and the passages found for it, best first."""
    seen = passages[:_WIDTH]
    said = [
        (coverage(concepts, set(terms(sentence.text))), sentence)
        for passage in seen
        for sentence in sentences(passage.chunk)
    ]
    best = max((share for share, _ in said), default=0.0)
    telling = [sentence for share, sentence in said if share >= best - 0.1]
    return Evidence(
        around=max((named_around(concepts, passage) for passage in seen), default=0.0),
        unknown_name=float(any(c.proper and not c.known for c in concepts)),
        closeness=max((close for passage in seen for close in passage.closeness), default=0.0),
        wanted_missing=float(not _holds_wanted(kind_of(question), telling)),
    )


def _holds_wanted(kind: Kind, telling: Sequence[Sentence]) -> bool:
    """Whether what must be in an answer of this kind is in one of the telling sentences.

    A formula stands on lines of its own beside the sentence that names it.
    """
    wanted = _WANTED.get(kind)
    if wanted is None:
        return True
    texts = [s.chunk.text if kind is Kind.FORMULA else s.text for s in telling]
    return any(map(wanted.search, texts))


def named_around(concepts: Sequence[Concept], passage: Passage) -> float:
    """Share of the concepts' importance that a passage names with its headings, 0..1."""
    return coverage(concepts, set(terms(searchable(passage.chunk))))
