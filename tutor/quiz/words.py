"""Words of either language as the quiz compares them: folding, content words, overlap.

Knows nothing about items or notes; Korean grammar is in `korean`, English grammar in `english`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ingest.words import terms

_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
_KEPT = re.compile(r"[^\W_]|(?<=\d)[.,](?=\d)|[-−](?=\d)|[+#%]")
"""Letters and digits, and the few signs that tell two answers apart: 0.5, -1, C++, 10 %."""
_SIGNS = re.compile(r"[\s_*“”‘’\"]+")
"""Blanks, emphasis and quotation marks: an item's stem has the same words with and without."""
_COMMON = frozenset(
    """use uses used using make makes made give gives given get gets take takes taken let lets
    call called calls show shows see seen one two first second example
     것 수 등 때 중 위 아래 가지 개 번 가운데 다음 설명 해당 경우 때문 예 쓰 만들 나오 들
    가리키""".split()
)
"""Words that say nothing about a topic, beyond those that the index leaves out."""


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """What two spellings of the same answer share: NFKC, case folded, no spaces or punctuation."""
    return "".join(_KEPT.findall(unicodedata.normalize("NFKC", text).casefold()))


def hangul_share(text: str) -> float:
    """The share of Hangul among the letters of `text`, 0..1; 0 where there are no letters."""
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    return hangul / (hangul + latin) if hangul + latin else 0.0


@lru_cache(maxsize=50_000)
def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, in the form the index knows them, without the commonest."""
    found = terms(_SIGNS.sub(" ", text).strip())
    return frozenset(term.casefold() for term in found) - _COMMON


def overlap(a: str, b: str) -> float:
    """Shared content words as a share of the smaller side's, 0..1."""
    left, right = content_words(a), content_words(b)
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def length(text: str, language: str) -> int:
    """How long a text reads: characters without spaces in Korean, words in English."""
    return len(text.split()) if language == "en" else len("".join(text.split()))
