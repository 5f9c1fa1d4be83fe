"""What a question asks: its kind, and the concepts that an answer must be about.

Knows phrases of two languages; knows nothing about retrieval or engines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from ingest.glossary import Phrase
from ingest.words import terms


class Kind(StrEnum):
    """What would count as an answer."""

    NUMBER = "number"
    WHEN = "when"
    WHO = "who"
    FORMULA = "formula"
    COMPARE = "compare"
    WHY = "why"
    LIST = "list"
    HOW = "how"
    DEFINITION = "definition"


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.COMPARE,
        re.compile(r"차이|다른 점|다르|달라|비교|\bvs\b|\bdiffer|\bcompare\b|versus", re.I),
    ),
    (Kind.FORMULA, re.compile(r"수식|공식|식은|식이|\bformula|\bequation", re.I)),
    (
        Kind.WHEN,
        re.compile(
            r"언제 ?(?:나|발표|제안|공개|만들)|몇 ?년|연도|\bwhen was\b|\bwhat year\b", re.I
        ),
    ),
    (Kind.WHO, re.compile(r"누가|누구|저자|발명|학회|\bwho\b|\binvent|\bauthors?\b", re.I)),
    (Kind.NUMBER, re.compile(r"몇|얼마(?!나)|개수|퍼센트|\bhow (?:many|much)\b|\bwhat size", re.I)),
    (Kind.WHY, re.compile(r"왜|이유|때문|\bwhy\b|\breason", re.I)),
    (
        Kind.LIST,
        re.compile(
            r"뭐뭐|종류|나열|목록|[가-힣]들(?:은|을|이|에는)?\b|장점|단점|한계|구성 ?요소"
            r"|단계|순서|분야|지표|예시|\blist\b|\bwhich\b|\bwhat are\b|\bexamples?\b"
            r"|\b(?:dis)?advantages\b|\bsteps?\b",
            re.I,
        ),
    ),
    (Kind.HOW, re.compile(r"어떻게|방법|과정|원리|\bhow\b", re.I)),
)
_HEAD_FIRST = re.compile(r"^[^가-힣]*\b(?:of|in|for|used by)\b[^가-힣]*$", re.I)
_GENERIC = (
    "수식 공식 식 뜻 차 차이 이유 종류 설명 의미 정의 개념 예시 예 거 것 수 때 점 무엇 뭐 "
    "질문 답 내용 정리 부분 경우 각각 방법 방식 과정 원리 보통 한마디 얘기 이야기 간단 자세 "
    "쉽 알려주 알리 가르치 궁금 노트 강의 수업 나오 쓰 어떻 formula equation difference "
    "differ example meaning definition concept kind type reason way thing note lecture plain "
    "word simple use used using get make job work happen stand call one two three main common "
    "commonly "
)
"""Words of questions that name no topic."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a question names, in all of its forms.

    Args:
        forms: phrases of index terms, the question's own first; any of them will do.
        importance: how telling it is in the notes searched, 0..1.
        known: whether any form occurs in those notes.
        proper: written like a name (an abbreviation, letters with digits, capitals mid-sentence).
        head: the one that is asked about; the others say where or of what.
    """

    forms: tuple[Phrase, ...]
    importance: float
    known: bool
    proper: bool
    head: bool = False

    def is_in(self, said: Collection[str]) -> bool:
        """Whether a text with these terms names it."""
        return any(all(term in said for term in form) for form in self.forms)


@lru_cache(maxsize=1)
def generic_terms() -> frozenset[str]:
    """The index terms of words that name no topic."""
    return frozenset(terms(_GENERIC))


def kind_of(question: str) -> Kind:
    """The kind of answer asked for; a definition where nothing says otherwise."""
    return next((kind for kind, pattern in _KINDS if pattern.search(question)), Kind.DEFINITION)


def with_head(question: str, concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """The concepts with the one marked that is asked about.

    "GRU의 리셋 게이트", "GRU's reset gate": the last; "the reset gate of a GRU": the first.
    """
    if not concepts:
        return ()
    at = 0 if _HEAD_FIRST.search(question) else len(concepts) - 1
    return tuple(replace(c, head=number == at) for number, c in enumerate(concepts))


def coverage(concepts: Sequence[Concept], said: Collection[str]) -> float:
    """Share of the concepts' importance that a text names, 0..1; 0 without concepts."""
    total = sum(concept.importance for concept in concepts)
    held = sum(concept.importance for concept in concepts if concept.is_in(said))
    return held / total if total else 0.0
