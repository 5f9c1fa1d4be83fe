"""Weighs the signs: how well each sentence answers, and how likely the notes answer at all.

Two linear models whose weights are the plain numbers of `weights.json`, learned by
`tutor.relevance.train` from questions of our own on notes of our own. Knows how signs are weighed;
knows nothing about where passages come from or how an answer is put together.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from tutor.llm.message import Passage
from tutor.question import Concept
from tutor.relevance.answerable import ANSWER_SIGNS, signs_of
from tutor.relevance.signs import SIGNS, Candidates, Numbers, read

WEIGHTS = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """The learned numbers.

    Args:
        sentence: one for each of `SIGNS`; their sum over a sentence's signs ranks it among the
            sentences found for one question.
        answer: one for each of `ANSWER_SIGNS`.
        bias: added to their sum, which is then the log-odds that the notes answer.
        floor: probability below which a question is "not in your notes".
    """

    sentence: Numbers
    answer: Numbers
    bias: float
    floor: float

    def scores(self, candidates: Candidates) -> Numbers:
        """How well each sentence answers, comparable within one question, shape (sentences,)."""
        return np.asarray(candidates.signs @ self.sentence, dtype=np.float32)

    def probability(self, signs: Numbers) -> float:
        """How likely a question with these `ANSWER_SIGNS` is answered, 0..1."""
        return 1.0 / (1.0 + math.exp(-(float(signs @ self.answer) + self.bias)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was judged of one question.

    Args:
        passages: those given, with the relevance of their sentences.
        confidence: probability that the notes answer, 0..1.
        answered: whether it is high enough to say so.
    """

    passages: tuple[Passage, ...]
    confidence: float
    answered: bool


def judge(
    question: str,
    concepts: Sequence[Concept],
    passages: Sequence[Passage],
    weights: Weights | None = None,
) -> Judgement:
    """How well the sentences of the passages answer a question.

    Args:
        question: standing alone.
        concepts: what it names.
        passages: best first.
        weights: those that ship unless given.
    """
    weights = weights or shipped_weights()
    candidates = read(question, concepts, passages)
    if not candidates.sentences:
        return Judgement(tuple(passages), 0.0, answered=False)
    scores = weights.scores(candidates)
    confidence = weights.probability(signs_of(concepts, passages, candidates, scores))
    judged = tuple(
        replace(passage, relevance=tuple(map(float, scores[candidates.owners == n])))
        for n, passage in enumerate(passages)
    )
    return Judgement(judged, confidence, answered=confidence >= weights.floor)


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that ship, read once."""
    found = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Weights(
        sentence=_ordered(found["sentence"], SIGNS),
        answer=_ordered(found["answer"], ANSWER_SIGNS),
        bias=found["bias"],
        floor=found["floor"],
    )


def _ordered(named: Mapping[str, float], names: Iterable[str]) -> Numbers:
    return np.array([named[name] for name in names], dtype=np.float32)
