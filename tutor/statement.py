"""What a single line of notes does: defines a term, heads a list, stands in one.

Knows how people write notes in Korean and English; knows nothing about what is asked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.headings import is_list_item
from ingest.sentences import Sentence
from ingest.words import terms, words
from tutor.follow_up import relational_terms
from tutor.question import generic_terms

_TERM = r"(?P<term>[^:：=|$,.(]{1,45}?(?:\([^()]{1,60}\))?)"
_COLON = re.compile(rf"^{_TERM}\s*(?:[:：]|={{1,2}}|→)\s+(?P<meaning>\S.*)$")
_DASH = re.compile(rf"^{_TERM}\s+[-–—]\s+(?P<meaning>\S+\s+\S+\s+\S.*)$")
_KINDS = (
    "것|기술|기법|방법|방식|모델|구조|함수|분야|과정|현상|값|작업|알고리즘|개념|네트워크|신경망|프로세스|지표|연산"
    "|벡터|행렬|게이트|셀|층|단위|서비스|데이터|관계|상태|단계|일|이론|능력|성질|원리|용어|규칙|장치|시스템|거"
)
_IS_KO = re.compile(
    rf"^{_TERM}(?:이란|란|은|는)\s"
    rf".*(?:이다|(?:{_KINDS})(?:이?다|이?에요|예요|입니다|임)?|말한다|뜻한다|가리킨다|의미한다|부른다|말해요"
    r"|뜻해요|불러요|약자|줄임말)(?:\s*\([^()]*\))?[.!]?$"
)
_IS_EN = re.compile(
    rf"^(?:(?:the|an?)\s)?{_TERM}\s"
    r"(?:(?:is|are)\s(?:an?|the|one|called|what|how)|means|refers to|stands for|describes)\s",
    re.I,
)
_MARK = re.compile(r"^(?:\d{1,2}[.)]|[①-⑳]|[-*•·])\s*")
_POINTS = re.compile(
    r"^(?:하나|둘|다른|전자|후자|우리|나는|이|그|저|이런|그런|이때|여기서|이것|그것|위|이를|그래서|this|that|these|those|it|they|there|here"
    r"|what|which|who|how|one|he|she|we)\b",
    re.I,
)
_CLAUSE = re.compile(r"(?:[을를]|에서|에게|으로|하면|이면|할 때|때|면|때문)(?:\s|$)")
_COUNTS = re.compile(
    r"[두세네한\d]\s?(?:가지|개|단계|종류|유형)|다음과 같|다음 |구성 ?요소|종류|단계|순서|절차|방법"
    r"|분야|지표|특징|장점|단점|한계|\b(?:two|three|four|five|six)\b|\bfollowing\b"
    r"|\b(?:types|kinds|steps|stages|parts|components|ways|reasons|rules)\b",
    re.I,
)


@lru_cache(maxsize=20_000)
def definition(text: str) -> tuple[str, str]:
    """The term a sentence defines and what it says of it; both empty if it defines none.

    The meaning is the whole sentence where the two cannot be parted ("A GRU is a cell that …").
    """
    text = _MARK.sub("", text)
    for pattern in (_COLON, _DASH, _IS_KO, _IS_EN):
        match = pattern.match(text)
        if match and pattern is _DASH and not _says(match["meaning"]):
            continue
        if match and _is_term(match["term"], spoken=pattern is _IS_KO):
            meaning = match["meaning"] if pattern in (_COLON, _DASH) else text
            return match["term"].strip(" *`"), meaning
    return "", ""


def names_no_thing(text: str) -> bool:
    """Whether words only say what something has: "장점", "한계", "an example"."""
    return (relational_terms() | generic_terms()).issuperset(terms(text))


def heads_items(text: str) -> bool:
    """Whether a line may stand above a list: closed with a colon, or it says how many of what."""
    return text.rstrip().endswith((":", "：")) or (
        len(text) <= 90 and _COUNTS.search(text) is not None and not _COLON.match(text)
    )


def is_marked(sentence: Sentence) -> bool:
    """Whether a sentence stands in a line with a list mark."""
    text, at = sentence.chunk.text, sentence.start - sentence.chunk.start
    return is_list_item(text[text.rfind("\n", 0, at) + 1 :].lstrip())


def _says(meaning: str) -> bool:
    """Whether what stands behind a dash says something, and is not the rest of a heading."""
    return re.search(r"[가-힣]{2}", meaning) is not None or len(meaning.split()) > 4


def _is_term(text: str, *, spoken: bool) -> bool:
    """Whether words may name a thing: few, no clause, no pointer, a noun at the end."""
    plain = text.split("(")[0].strip()
    return (
        0 < len(plain.split()) <= 6
        and any(char.isalpha() for char in plain)
        and not _POINTS.match(plain)
        and not _CLAUSE.search(plain)
        and not (spoken and not _ends_in_noun(plain))
        and not names_no_thing(plain)
    )


def _ends_in_noun(text: str) -> bool:
    """Not "기억하", which "는" makes an attribute of what follows."""
    closed = "가" <= text[-1] <= "힣" and (ord(text[-1]) - ord("가")) % 28 > 0
    found = words(text + ("은" if closed else "는"))
    return any(word.noun and word.end == len(text) for word in found)
