"""What a question asks: its kind, and the concepts that an answer must be about.

Knows phrases of two languages; knows nothing about retrieval or engines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from ingest.glossary import Phrase
from ingest.words import terms


class Kind(StrEnum):
    """What would count as an answer."""

    NUMBER = "number"
    WHEN = "when"
    WHO = "who"
    ABBREVIATION = "abbreviation"
    FORMULA = "formula"
    COMPARE = "compare"
    WHY = "why"
    LIST = "list"
    HOW = "how"
    DEFINITION = "definition"


_MADE = r"(?:나왔|나온|발표|제안|공개|만들|출시|등장|개발|발명|처음|시작)"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.COMPARE,
        re.compile(r"차이|다른 ?점|다르|달라|비교|\bvs\b|\bdiffer|\bcompare|versus", re.I),
    ),
    (
        Kind.ABBREVIATION,
        re.compile(
            r"약자|줄임말|줄인 ?말|줄여서|풀네임|\bstands? for\b|\babbreviat|\bacronym", re.I
        ),
    ),
    (Kind.FORMULA, re.compile(r"수식|공식|식은|식이|식 좀|\bformula|\bequation", re.I)),
    (
        Kind.WHEN,
        re.compile(
            rf"언제.*{_MADE}|{_MADE}.*언제|몇 ?년|년도|연도|며칠"
            r"|\bwhen (?:was|were|did)\b|\b(?:what|which) (?:year|date)\b",
            re.I,
        ),
    ),
    (Kind.WHO, re.compile(r"누가|누구|저자|발명|학회|\bwho\b|\binvent|\bauthors?\b", re.I)),
    (
        Kind.NUMBER,
        re.compile(
            r"몇|얼마(?!나)|개수|퍼센트|비율|\bhow (?:many|much|large|big|long|often)\b"
            r"|\bwhat (?:\w+ )?(?:size|number|percentage|rate|value)\b",
            re.I,
        ),
    ),
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
    "수식 공식 식 뜻 차 차이 이유 종류 설명 의미 정의 개념 예시 예 거 것 수 때 점 무엇 뭐 무슨 "
    "질문 답 내용 정리 부분 경우 각각 방법 방식 과정 원리 보통 한마디 얘기 이야기 간단 자세 말 "
    "쉽 쉽게 알려주 알리 가르치 궁금 노트 강의 수업 나오 쓰 어떻 어떻게 이름 역할 얼마 얼마나 언제 "
    "어디 누구 누가 몇 총 개 개수 며칠 동안 서로 다르 들 두 만들 부르 구하 정하 좋 나쁘 크 많 적 "
    "필요 사용 이용 생기 쓰이 되 가지 보이 넣 나누 줄이 높이 formula equation difference differ "
    "example meaning definition concept kind type reason way thing note lecture plain word name "
    "simple use used using get make made job work happen stand call called one two three main "
    "common commonly total number many much long good bad role need do does did exactly actually "
    "step process procedure 단계 순서 절차 순 "
    "really mention mentioned mean term author year abbreviation acronym short"
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
        written: as it stands in the question; empty where that is not known.
        translations: for each of its words, index terms of the other language with how sure the
            term table is of them (0..1).
    """

    forms: tuple[Phrase, ...]
    importance: float
    known: bool
    proper: bool
    head: bool = False
    written: str = ""
    translations: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def share_in(self, said: Collection[str]) -> float:
        """How much of it a text with these terms names, through translations too, 0..1."""
        if self.is_in(said):
            return 1.0
        own = self.forms[0]
        return sum(self._share(term, said) for term in own) / len(own)

    def _share(self, term: str, said: Collection[str]) -> float:
        if term in said:
            return 1.0
        others = self.translations.get(term, {})
        return max((sure for other, sure in others.items() if other in said), default=0.0)

    def is_in(self, said: Collection[str]) -> bool:
        """Whether a text with these terms names it."""
        return any(all(term in said for term in form) for form in self.forms)


@lru_cache(maxsize=1)
def generic_terms() -> frozenset[str]:
    """The index terms of words that name no topic."""
    # word by word: side by side they would be read as a sentence
    return frozenset(chain(_GENERIC.split(), *map(terms, _GENERIC.split())))


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


def may_name(concept: Concept, text: str) -> bool:
    """Whether a text can name a concept, by its letters: a quick look before its words are read."""
    low = text.lower()
    return any(all(_root(term) in low for term in form) for form in concept.forms)


def _root(term: str) -> str:
    """What of a term stands in a text whatever its ending: "memory" has all of "memori" but i."""
    return term[:-1] if len(term) > 4 and term.isascii() and term.isalpha() else term
