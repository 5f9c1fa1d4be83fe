"""Does a passage say what a sentence claims? Numbers, names, negations, terms, and closeness.

Knows two languages' words and how they are negated; knows nothing about engines, and understands
nothing: it finds what does not fit. A claim is laid beside the stretch of its passages that is most
like it. It is not supported when a number or a name in it is missing there, when one of the two is
negated or says the opposite, when a term stands in the place of another, or when too little of it
is there at all. Weights were chosen on half of `tests/tutor/support` (docs/benchmarks.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

import numpy as np

from ingest.embed import Encoder
from ingest.words import Word, terms, words
from tutor.llm.message import Passage
from tutor.polarity import opposed
from ingest.sentences import collapse, sentences

Fault = Literal["number", "name", "negation", "term", "unlike"]

TERM_IS_LIKE = 0.62
"""Cosine from which two words count as the same thing."""
MISSING_TERM = 0.34
"""Share of a claim's weight that one term missing from its place may have."""
ENOUGH = 0.52
"""Share of a claim that must be found in one place."""
CLOSE = 0.45
"""Weight of the cosine beside that share."""
_VERB = 0.5
_NAME = 1.6
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_NAMED = re.compile(r"[A-Z][A-Za-z]*[A-Z0-9][\w-]*|(?<![.!?:] )(?<!^)\b[A-Z][a-z]{2,}\b")
_COUNTED = {
    "1": "한 하나 one first once 첫째",
    "2": "두 둘 two second twice both 둘째",
    "3": "세 셋 three third 셋째",
    "4": "네 넷 four fourth 넷째",
    "5": "다섯 five fifth",
    "6": "여섯 six sixth",
    "7": "일곱 seven seventh",
    "8": "여덟 eight",
    "9": "아홉 nine",
    "10": "열 ten",
}
_COUNTER = r"\s?(?:개|가지|번|단계|층|장|명|배|차원|줄|쪽|칸|순서)"
_WORD_OF = {word: digit for digit, listed in _COUNTED.items() for word in listed.split()}
_KO_COUNT = re.compile(rf"(?<![가-힣])({'|'.join(w for w in _WORD_OF if w > 'z')}){_COUNTER}")
_EN_COUNT = re.compile(rf"\b({'|'.join(w for w in _WORD_OF if w < 'z' and w not in ('one', 'first', 'once', 'both', 'second'))})\b", re.I)
_SMALL = frozenset("1 2".split())
"""Too common as words ("both", "one of") to be missed."""


class Equivalents(Protocol):
    """Which words mean the same: a glossary, or a table of translations."""

    def equivalents(self, phrase: Sequence[str]) -> Iterable[Sequence[str]]:
        """Other phrases of index terms for one of them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Args: fault: what does not fit, None where the claim is supported; score: 0..about 1.4."""

    fault: Fault | None
    score: float

    @property
    def supported(self) -> bool:
        """Whether nothing speaks against it."""
        return self.fault is None


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of a passage that a claim may rest on; `said` is the stretch alone."""

    said: str
    around: str


class Support:
    """Lays claims beside passages.

    Args:
        encoder: closeness of sentences and of words, across languages.
        tables: where words of the same meaning come from.
    """

    def __init__(self, encoder: Encoder, tables: Sequence[Equivalents] = ()) -> None:
        self._encoder = encoder
        self._tables = tables

    def judge(self, claim: str, passages: Sequence[Passage]) -> Verdict:
        """Whether the passages, taken together, say what the claim says."""
        wanted = collapse(claim).strip(" .!")
        whole = "\n".join(_whole(passage) for passage in passages)
        if not wanted or wanted in collapse(whole):
            return Verdict(None, 1.5) if wanted and passages else Verdict("unlike", 0.0)
        places = [place for passage in passages for place in _places(passage)]
        if not places:
            return Verdict("unlike", 0.0)
        return self._verdict(wanted, whole, places)

    def _verdict(self, claim: str, whole: str, places: Sequence[_Place]) -> Verdict:
        weights = _weights(claim)
        close = self._closeness(claim, [place.said for place in places])
        found = [self._found(weights, place) for place in places]
        scores = [
            share + CLOSE * near
            for (share, _), near in zip(found, close, strict=True)
        ]
        best = int(np.argmax(scores))
        share, missing = found[best]
        place, score = places[best], scores[best]
        near = [p for p, s in zip(places, scores, strict=True) if s > score - 0.25]
        if numbers_in(claim) - set().union(*(numbers_in(p.around) for p in near)) - _SMALL:
            return Verdict("number", score)
        if self._unknown_names(claim, whole):
            return Verdict("name", score)
        if score < ENOUGH:
            return Verdict("unlike", score)
        if opposed(claim, place.said):
            return Verdict("negation", score)
        total = sum(weights.values()) or 1.0
        if any(self._stands_elsewhere(term, whole, place) and weights[term] / total > MISSING_TERM / 3 for term in missing):
            return Verdict("term", score)
        return Verdict(None, score)

    def _found(self, weights: dict[str, float], place: _Place) -> tuple[float, list[str]]:
        """The share of a claim's terms that a place holds, and the terms that it does not."""
        held = set(terms(place.said))
        around = set(terms(place.around))
        missing = []
        share = 0.0
        for term, weight in weights.items():
            if self._is_among(term, held):
                share += weight
            elif self._is_among(term, around):
                share += 0.7 * weight
            else:
                missing.append(term)
        return share / (sum(weights.values()) or 1.0), missing

    def _is_among(self, term: str, said: set[str]) -> bool:
        if term in said or any(set(other) <= said for other in self._same(term)):
            return True
        return self._likeness(term, said) >= TERM_IS_LIKE

    def _same(self, term: str) -> Iterable[Sequence[str]]:
        for table in self._tables:
            yield from table.equivalents((term,))

    def _likeness(self, term: str, said: set[str]) -> float:
        listed = sorted(said)
        if not listed or term.isdigit():
            return 0.0
        vectors = self._encoder.queries([term, *listed])
        return float((vectors[1:] @ vectors[0]).max())

    def _closeness(self, claim: str, said: Sequence[str]) -> list[float]:
        vectors = self._encoder.queries([claim, *said])
        return [max(0.0, float(cosine)) for cosine in vectors[1:] @ vectors[0]]

    def _unknown_names(self, claim: str, whole: str) -> list[str]:
        """Names in a claim that its passages do not hold in any form."""
        held = set(terms(whole))
        flat = whole.lower()
        return [
            name
            for name in _NAMED.findall(claim)
            if name.lower() not in flat
            and not any(self._is_among(term, held) for term in terms(name))
        ]

    def _stands_elsewhere(self, term: str, whole: str, place: _Place) -> bool:
        """Whether the passage speaks of it, only not here: another thing's name, perhaps."""
        return term in set(terms(whole))


def numbers_in(text: str) -> set[str]:
    """The numbers of a text, digits without separators, counting words as digits."""
    text = text.replace("{,}", ",").replace("\\,", " ")
    found = {match[0].replace(",", "") for match in _NUMERAL.finditer(text)}
    found |= {piece for number in list(found) for piece in (number.rstrip("0").rstrip("."),) if "." in number}
    found |= {_WORD_OF[match[1]] for match in _KO_COUNT.finditer(text)}
    found |= {_WORD_OF[match[1].lower()] for match in _EN_COUNT.finditer(text)}
    return found


def _weights(claim: str) -> dict[str, float]:
    """What each term of a claim counts for: names most, verbs least."""
    found: dict[str, float] = {}
    for word in words(claim):
        found[word.term] = max(found.get(word.term, 0.0), _weight(claim, word))
    return found


def _weight(claim: str, word: Word) -> float:
    if not word.noun:
        return _VERB
    return _NAME if _NAMED.fullmatch(claim[word.start : word.end]) else 1.0


def _places(passage: Passage) -> list[_Place]:
    """Each sentence, and each two that follow one another, with the headings and the neighbours."""
    said = [sentence.text for sentence in sentences(passage.chunk)]
    head = _headings(passage)
    single = [
        _Place(text, " ".join((head, *said[max(0, at - 1) : at + 2])))
        for at, text in enumerate(said)
    ]
    double = [_Place(f"{a} {b}", f"{head} {a} {b}") for a, b in pairwise(said)]
    return single + double


def _headings(passage: Passage) -> str:
    place = passage.chunk.place
    return " ".join((place.title, *place.path))


def _whole(passage: Passage) -> str:
    return f"{_headings(passage)}\n{passage.chunk.text}"
