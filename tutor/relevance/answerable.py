"""The signs by which a question is judged to be answered in the notes at all.

Knows the sentences found for it and their signs; knows nothing about how they are weighed. A
retrieval score alone tells answerable from unanswerable barely better than chance: what counts is
whether the thing asked is named at all, whether its parts are named together in one place, and
whether what is there is of the kind that is asked for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.index import searchable
from tutor.llm.message import Passage
from tutor.question import Concept
from tutor.relevance.signs import Candidates, Numbers

KINDS = ("definition", "list", "how", "why", "compare", "number", "formula", "when", "who")
"""Kinds of question that notes answer more or less often than others."""
STRICT = ("number", "when", "who", "formula", "abbreviation")
"""Kinds of question that only a certain kind of thing answers."""
ANSWER_SIGNS = {
    "score": 1,  # of the best sentence
    "named_beside": 1,  # most of the question's importance that a sentence and those beside it name
    "named_around": 1,  # … that a passage names with its headings
    "weakest": 1,  # how near the best sentence and those beside it come to the least near concept
    "scattered": -1,  # named everywhere together beyond what is named in one place
    "unknown": -1,  # share of the question's importance that the notes never name
    "unknown_most": -1,  # … beyond half of it, from 0 to 1
    "unknown_name": -1,  # a name that the notes never name
    "name_missing": -1,  # share of the names that the best passages do not hold as written
    "wanted": 1,  # the best sentence holds the kind of thing asked for
    "strict_missing": -1,  # a thing of one of the STRICT kinds is asked for, and in none of them
    "why_missing": -1,  # a reason is asked for, and none of the best sentences gives one
    "concepts": 0,  # log of how many the question names, beside which the other signs are read
    **dict.fromkeys(KINDS, 0),
}
"""The entries of `signs_of`, in order, with the direction in which they may speak (as `SIGNS`)."""
_TOP = 3
"""Sentences in which the thing asked for should be."""
_ABOUT = 0.6
"""Of the most that one of them names of the question: less is about something else."""
_IMPORTANT = 0.3
"""Of the most important concept's importance: less is a word in passing."""
_NEAR = 3
"""Passages that should hold the names of the question."""


def signs_of(
    concepts: Sequence[Concept],
    passages: Sequence[Passage],
    candidates: Candidates,
    scores: Numbers,
) -> Numbers:
    """The signs of one question, shape (len(ANSWER_SIGNS),).

    Args:
        concepts: what the question names.
        passages: best first.
        candidates: their sentences, at least one.
        scores: how well each answers, shape (sentences,).
    """
    order = np.argsort(-scores, kind="stable")
    best, top = int(order[0]), order[:_TOP]
    total = sum(concept.importance for concept in concepts) or 1.0
    unknown = sum(c.importance for c in concepts if not c.known) / total
    strict = max(float(candidates.column(f"{kind}_wanted")[best]) for kind in STRICT)
    held = _holds_wanted(candidates, top)
    values = {
        "score": float(scores[best]),
        "named_beside": float(candidates.column("named_beside").max()),
        "named_around": float(candidates.column("named_around").max()),
        "weakest": _weakest(candidates, best),
        "scattered": _scattered(candidates),
        "unknown": unknown,
        "unknown_most": max(0.0, 2.0 * unknown - 1.0),
        "unknown_name": float(any(c.proper and not c.known for c in concepts)),
        "name_missing": _missing(concepts, passages),
        "wanted": float(candidates.column("wanted")[best]),
        "strict_missing": strict * (1.0 - held),
        "why_missing": float(candidates.column("why_wanted")[best]) * (1.0 - held),
        "concepts": math.log(1 + len(concepts)),
    }
    values |= {kind: float(candidates.column(f"{kind}_wanted")[best]) for kind in KINDS}
    return np.array([values[name] for name in ANSWER_SIGNS], dtype=np.float32)


def _holds_wanted(candidates: Candidates, top: NDArray[np.int64]) -> float:
    """Whether the kind of thing asked for is in one of the best sentences that are about it."""
    about = candidates.column("named_beside")[top]
    held = candidates.column("wanted")[top] * (about >= _ABOUT * about.max())
    return float(held.max())


def _missing(concepts: Sequence[Concept], passages: Sequence[Passage]) -> float:
    """Share of the names that stand in none of the best passages as they are written.

    "CLIP" is not "clipping", though both have one stem; a name with other forms in the glossary may
    be written like them and is left to `named`.
    """
    names = [c.written for c in concepts if c.proper and len(c.forms) == 1 and c.written]
    if not names:
        return 0.0
    said = "\n".join(searchable(passage.chunk) for passage in passages[:_NEAR])
    missing = [
        name
        for name in names
        if not re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", said, re.I)
    ]
    return len(missing) / len(names)


def _weakest(candidates: Candidates, best: int) -> float:
    """How near the best sentence and those beside it come to the least near important concept."""
    weights = candidates.weights
    if not len(weights):
        return 0.0
    own = np.flatnonzero(candidates.owners == candidates.owners[best])
    beside = own[np.abs(own - best) <= 1]
    important = weights >= _IMPORTANT * weights.max()
    return float(candidates.near[beside].max(axis=0)[important].min())


def _scattered(candidates: Candidates) -> float:
    """What all sentences together name beyond what one of them names with its headings."""
    weights = candidates.weights
    if not len(weights):
        return 0.0
    together = np.maximum(candidates.near, candidates.near_above[candidates.owners]) @ weights
    return float(candidates.near.max(axis=0) @ weights - together.max())
