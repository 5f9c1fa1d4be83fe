"""History and question to a question that stands alone. Rules only; knows no notes and no model.

A question that only names another thing ("그럼 업데이트 게이트는?") is the earlier question about
that thing. One that leans on what was said ("장점은?", "why is it needed?") gets the earlier
subject in front. Others ("GRU는 뭐야?") stay as they are. Where the answer named what was asked for
("Which one …? – FastText"), or listed what is pointed at ("두 번째 거는?"), its words are the
subject. The page shows what was understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.words import Word, terms, words
from tutor.intent import intent_of
from tutor.question import Kind, generic_terms, kind_of
from tutor.referent import NAME, named_by, pointed_at
from tutor.scope import number_spans, without
from tutor.task import names_something

_OPENER = re.compile(
    r"^(?:그럼|그러면|그렇다면|그리고|그런데|근데|또|아 그럼|그 ?외에"
    r"|and what about|what about|how about|and|then|so|but)"
    r"(?:요)?[\s,]+",
    re.I,
)
_POINTER_KO = re.compile(
    r"(?:^|\s)(?:그거|그건|그게|그것|이거|이건|이게|이것|저거|방금|아까|걔|그\s|이\s|위(?:의|에서)?\s"
    r"|나머지|거기|다른\s(?:건|거|것|종류)|둘(?:의|은|이|을|\s|다)|각각|전자[는의가]|후자[는의가])"
)
_LIKE_BEFORE = re.compile(
    r"(?:^|\s)[그이](?:걸|중|때|래|랬|렇)|마찬가지|똑같|\b(?:same|too|also)\b", re.I
)
"""What says something of another thing that was said of the first."""
_POINTING = re.compile(
    r"^(?:(?:방금|아까)\s+(?:말한\s+)?(?:그거|그건|그것|이거)?|그|이|그것의|이것의|그거|이거)\s+"
)
_POINTER_EN = re.compile(
    r"\b(?:it|its|that|this|they|them|their|those|these|the (?:former|latter)|which one"
    r"|the (?:\w+ )?(?:ones?|other kind|others|rest))\b(?!-)",
    re.I,
)
_ASKS = re.compile(
    r"뭐|무엇|무슨|왜|어떻|어떤|언제|어디|어느|몇|얼마|누[가구]|란\??$|이란|설명|알려|비교|정의|뜻"
    r"|\b(?:what|why|how|which|when|where|who|is|are|do|does|did|can|explain|define|describe"
    r"|compare|list|tell)\b",
    re.I,
)
_DEFINES = re.compile(r"뭐|무엇|란\??$|이란|설명|정의|뜻|what (?:is|are)|define|explain", re.I)
_TOPIC_END = re.compile(r"(?:[은는도](?:요)?\s*[?？]?|[?？])\s*$")
_RELATIONAL = (
    "장점 단점 한계 특징 차이 차이점 종류 예시 예를 수식 공식 식 이유 구조 역할 원리 목적 단계 "
    "순서 과정 방법 문제 문제점 해결 해결책 원인 효과 배경 응용 활용 분야 성능 속도 비교 계산 동작 "
    "작동 필요 둘 "
    "advantage disadvantage drawback limit limitation difference example formula equation purpose "
    "role structure step kind type reason problem solution benefit strength weakness application "
    "compare faster slower better worse"
)
"""Words for what something has: a question with no others asks about what was said before."""
_MANNER = (
    "더 다시 자세히 쉽게 간단히 짧게 요약 정리 나열 말 영어 한국어 표 simply detail briefly again "
    "further summarise summarize summary overview outline table shorter"
)
_ANTECEDENT = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Ee]ach|[Ee]very|[Tt]wo) \w|[A-Z][A-Za-z]*[A-Z0-9]|[\uac00-\ud7a3]"
)
"""What a pronoun further on may stand for, so that it needs no earlier question."""
_AMOUNT = re.compile(r"몇|얼마|\bhow (?:many|much)\b", re.I)
_NOTHING_ELSE = re.compile(
    r"(?:what (?:is|are|about) )?(?:the |its |their )?#(?:[은는이가도을를]|요)*"
    r"(?: ?(?:뭐|무엇|무슨|알려|말해|있|설명)\S*(?: \S{1,3})?)?[?？.! ]*",
    re.I,
)
"""A question for what a thing has, its relational word as "#"."""
_PARTICLES = {"은": "는", "이": "가", "을": "를", "과": "와"}
"""After a consonant, after a vowel."""
_CLOSED = "LMNRlmnr013678"
"""Letters and digits that are read with a consonant at the end."""
_REMEMBERED = 8
"""Questions before this one that are looked at."""
_LONGEST = 4_000
_MAX_SUBJECT = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question as it would be asked without the conversation before it."""
    alone = answer = ""
    for asked, answered in _exchanges(history)[-_REMEMBERED:]:
        if len(asked) <= _LONGEST and intent_of(asked) == "question":
            alone, answer = _resolve(asked, alone, answer), answered
    return _resolve(question, alone, answer)


def names_another(question: str, alone: str) -> bool:
    """Whether it names a thing and points at nothing: "내일 날씨는?", "the update gate?".

    Such a thing may be a part of what was spoken of, or something else altogether; only the notes
    can tell.

    Args:
        question: as it was asked.
        alone: as `standalone` has it; the earlier subject was put in front of it.
    """
    rest = _OPENER.sub("", question.strip())
    if alone == question or not alone.endswith(rest):
        return False
    pointing = any(p.search(rest) for p in (_POINTER_KO, _POINTER_EN, _LIKE_BEFORE))
    return _is_topic(rest) and not pointing


def _exchanges(history: Sequence[Turn]) -> list[tuple[str, str]]:
    """What the user said, each with what was answered."""
    found: list[tuple[str, str]] = []
    for turn in history:
        if turn.role == "user":
            found.append((turn.content, ""))
        elif found:
            found[-1] = (found[-1][0], turn.content[:_LONGEST])
    return found


def _resolve(question: str, earlier: str, answer: str) -> str:
    """One question in the light of the one before, which stands alone or is empty.

    The week or lecture that the one before names stays, unless another is named.
    """
    spans, mine = number_spans(earlier), number_spans(question)
    if not spans and not mine:
        return _in_full(question, earlier, answer)
    if mine:
        bare = _OPENER.sub("", question)
        if not earlier or terms(without(bare, number_spans(bare))):
            return question
        part = question[mine[0][0] : mine[-1][1]].strip().rstrip("은는도")
        return f"{part.removeprefix('about ')} {without(earlier, spans)}"
    plain = without(earlier, spans)
    full = _in_full(question, plain, answer)
    leans = full != question or not names_something(question)
    return f"{earlier[spans[0][0] : spans[-1][1]].strip()} {full}" if leans else question


def _in_full(question: str, earlier: str, answer: str) -> str:
    """One question in the light of the one before, neither naming a part of the notes."""
    rest = _OPENER.sub("", question.strip())
    opened = rest != question.strip()
    if not earlier or not rest:
        return question
    item = pointed_at(rest, answer)
    if item:
        return f"{_subject(earlier, rest)} {item}".strip()
    if not _leans(rest, opened=opened):
        return question
    rest = _POINTING.sub("", rest)  # "그 단점은?": its thing is put in front instead
    named = named_by(answer, earlier)
    if named and not _is_topic(rest):
        return f"{named} {rest}"
    if _is_topic(rest):
        replaced = _about(earlier, _own(rest), rest)
        if replaced:
            return replaced
    subject = _subject(earlier, rest)
    return f"{subject} {rest}" if subject else rest


def _leans(rest: str, *, opened: bool) -> bool:
    own = _own(rest)
    if not own or not names_something(rest) or _is_topic(rest) or _POINTER_KO.search(rest):
        return True
    if kind_of(rest) is Kind.COMPARE and len(_runs(rest, own)) == 1:
        return True  # different from what?
    pointer = _POINTER_EN.search(rest)
    if pointer and not _ANTECEDENT.search(rest, 0, pointer.start()):
        return True
    if NAME.search(rest) or _DEFINES.search(rest):
        return False
    return opened or (len(own) == 1 and _AMOUNT.search(rest) is not None)


def _is_topic(rest: str) -> bool:
    """Nothing but the name of a thing: "업데이트 게이트는?", "the update gate?"."""
    named = bool(_own(rest)) and not relational_terms().intersection(terms(rest))
    return named and _TOPIC_END.search(rest) is not None and not _ASKS.search(rest)


def _own(text: str) -> list[Word]:
    """The nouns of a text that name something by themselves."""
    empty = relational_terms() | _manner_terms() | generic_terms()
    return [word for word in words(text) if word.noun and word.term not in empty]


def _about(earlier: str, topic: Sequence[Word], rest: str) -> str:
    """The earlier question with another thing in the place of its own; empty if none fits."""
    new = rest[topic[0].start : topic[-1].end]
    wanted = set(terms(new))
    runs = [(start, end, earlier[start:end]) for start, end in _runs(earlier, _own(earlier))]
    alike = [run for run in runs if wanted & set(terms(run[2]))]
    if not alike and NAME.fullmatch(new):
        alike = [run for run in runs if NAME.fullmatch(run[2])] or runs[:1]
    if len(alike) != 1 or wanted == set(terms(alike[0][2])):
        return ""
    start, end, _ = alike[0]
    return earlier[:start] + new + _agreeing(new, earlier[end:])


def _runs(text: str, found: Sequence[Word]) -> list[tuple[int, int]]:
    """Where phrases stand: words with no more than a space between them; a name is its own."""
    runs: list[tuple[int, int]] = []
    for word in found:
        end = word.start + len(text[word.start : word.end].removesuffix("'s"))
        between = text[runs[-1][1] : word.start] if runs else "."
        name = runs and NAME.search(text, runs[-1][0], end)
        if between in ("", "-") or (between == " " and not name):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((word.start, end))
    return runs


def _agreeing(noun: str, after: str) -> str:
    """What follows a noun, its particle in the form that the noun's last syllable wants."""
    last = noun[-1]
    closed = (ord(last) - ord("가")) % 28 > 0 if "가" <= last <= "힣" else last in _CLOSED
    for consonant, vowel in _PARTICLES.items():
        if re.match(rf"[{consonant}{vowel}](?![가-힣])", after):
            return (consonant if closed else vowel) + after[1:]
    return after


def _subject(earlier: str, rest: str) -> str:
    """The words of the earlier question that this one does not replace, as written."""
    mine = set(terms(rest))
    empty = _manner_terms() | generic_terms()
    if _asks_for_what_it_has(rest):
        empty = empty | relational_terms()
    kept = [w for w in words(earlier) if w.noun and w.term not in empty | mine]
    pieces: list[str] = []
    last = -1
    for word in kept:
        written = earlier[_written_from(earlier, word.start, last) : word.end]
        if last >= 0 and earlier[last : word.start] in ("", "-"):
            pieces[-1] += earlier[last : word.end]  # "U-Net" is one name
        elif written not in pieces:
            pieces.append(written)
        last = word.end
    return " ".join(pieces[:_MAX_SUBJECT])


def _written_from(text: str, start: int, last: int) -> int:
    """Where a word begins as it is written: "이항분포" may have been read as "이" and "항분포"."""
    while start > max(last, 0) and text[start - 1].isalnum():
        start -= 1
    return start


def _asks_for_what_it_has(rest: str) -> bool:
    """Whether it is all: "단점은?" replaces "장점은?"; "어떻게 해결해?" goes on from it."""
    spans = [(w.start, w.end) for w in words(rest) if w.term in relational_terms()]
    if not spans:
        return False
    masked = rest[: spans[0][0]] + "#" + rest[spans[-1][1] :]
    return _NOTHING_ELSE.fullmatch(masked) is not None


@lru_cache(maxsize=1)
def relational_terms() -> frozenset[str]:
    """The index terms of words for what something has."""
    return _terms_of(_RELATIONAL)


@lru_cache(maxsize=1)
def _manner_terms() -> frozenset[str]:
    return _terms_of(_MANNER)


def _terms_of(listed: str) -> frozenset[str]:
    # word by word: side by side they would be read as a sentence
    return frozenset(term for word in listed.split() for term in terms(word))
