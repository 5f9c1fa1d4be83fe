"""Does a passage say what a sentence claims? Numbers, names, negations, terms, and closeness.

Knows two languages' words and how they are negated; knows nothing about engines, and understands
nothing: it finds what does not fit. A claim is laid beside the stretch of its passages that is most
like it. It is not supported when a number or a name in it is missing there, when one of the two is
negated or says the opposite, when a term stands in the place of another, or when too little of it
is there at all. Weights were chosen on half of `tests/tutor/support` (docs/benchmarks.md).
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import pairwise
from typing import Literal, Protocol

from ingest.embed import Encoder
from ingest.sentences import Sentence, collapse, sentences
from ingest.words import Word, terms, words
from tutor.llm.message import Passage
from tutor.orders import is_turn, without_orders
from tutor.polarity import opposed

Fault = Literal["number", "name", "negation", "term", "unlike"]

TERM_IS_LIKE = 0.62
"""Cosine from which two words count as the same thing."""
TRANSLATES = 0.1
"""Score of the table from which two words count as translations."""
_WEIGHTS = (4.4, 1.2, -0.6, 1.1)
_BIAS = -3.8
"""Of the first four signs below; fitted by logistic regression."""
INVERTED = 0.34
"""Share of inverted pairs above which things stand in each other's place."""
REST = 0.6
"""Share held from which a place is sure, so that a subject that is missing there is a wrong one."""
_NEARBY = 0.7
_SPARE = 0.2
_HANGUL = re.compile(r"[가-힣]")
_SYMBOLS = {
    r"\sigma": "sigmoid 시그모이드",
    r"\odot": "product multiply times 곱",
    r"\eta": "learning rate 학습률",
    r"\partial": "gradient derivative 기울기 미분",
    r"\hat{y}": "prediction output 예측 출력",
    r"\infty": "infinity 무한대",
    r"\sum": "sum 합",
    "L=": "loss 손실",
    "L/": "loss 손실",
    "w_": "weight 가중치",
}
_SUBJECT = 2
"""Terms at the beginning of a claim that say what it is about."""
SUPPORTED = 0.35
"""Probability from which a claim counts as supported."""
_CLAUSE = re.compile(
    r"[,;()]\s+|\s?[()]|\s+(?:but|while|whereas|because|since|so that|and)\s+"
    r"|(?<=[없않])(?:어서|어|으니|고|아|아서)\s|(?<=[가-힣])(?:지만|으나|므로|이고|하고|이며|하며|해서|여서)\s"
)
"""Where one statement ends and another begins; what negates the first stays with it."""
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
_COMMON = frozenset("one first once both second".split())
"""Words that count nothing most of the time."""
_KO_COUNT = re.compile(rf"(?<![가-힣])({'|'.join(w for w in _WORD_OF if w > 'z')}){_COUNTER}")
_EN_COUNT = re.compile(
    rf"\b({'|'.join(w for w in _WORD_OF if w < 'z' and w not in _COMMON)})\b", re.I
)
_SMALL = frozenset("1 2".split())
"""Too common as words ("both", "one of") to be missed."""


class Equivalents(Protocol):
    """Which words mean the same: a glossary."""

    def equivalents(self, phrase: Sequence[str]) -> Iterable[Sequence[str]]:
        """Other phrases of index terms for one of them."""


class Translations(Protocol):
    """Which single words translate each other, and how surely."""

    def translations(self, term: str) -> Mapping[str, float]:
        """Terms of the other language with scores 0..1."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found.

    Args:
        fault: what does not fit, None where the claim is supported.
        score: probability that it is supported, 0..1.
    """

    fault: Fault | None
    score: float

    @property
    def supported(self) -> bool:
        """Whether nothing speaks against it."""
        return self.fault is None


@dataclass(frozen=True, slots=True)
class Signs:
    """How a claim lies beside the sentence most like it, each 0..1.

    Args:
        held: share of the claim's weight that the sentence or its headings hold.
        near: cosine of the claim with that sentence, alone or with the next.
        foreign: share that is not there but elsewhere in the passages: another thing's words.
        across: 1 where the two are in different languages, so that less can be found.
        inverted: share of its pairs of neighbouring terms that stand in the other order there.
        subject: 1 where what it is about is said elsewhere in the passages and not here.
    """

    held: float
    near: float
    foreign: float
    across: float
    inverted: float
    subject: float

    def probability(self) -> float:
        """That the claim is supported."""
        total = _BIAS + sum(w * x for w, x in zip(_WEIGHTS, astuple(self)[:4], strict=True))
        return 1 / (1 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of a passage, what stands next to it, and the headings above."""

    said: str
    before: str
    after: str
    head: str

    @property
    def around(self) -> str:
        return f"{self.head} {self.before} {self.said} {self.after}"


class Support:
    """Lays claims beside passages.

    Args:
        encoder: closeness of sentences and of words, across languages.
        glossary: phrases of the same meaning.
        table: words of the other language.
    """

    def __init__(self, encoder: Encoder, glossary: Equivalents, table: Translations) -> None:
        self._encoder = encoder
        self._glossary = glossary
        self._table = table

    def judge(self, claim: str, passages: Sequence[Passage]) -> Verdict:
        """Whether the passages, taken together, say what the claim says."""
        wanted = collapse(claim).strip(" .!")
        places = [place for passage in passages for place in _places(passage)]
        if not wanted or not places:
            return Verdict("unlike", 0.0)
        if any(wanted in place.said for place in places):
            return Verdict(None, 1.0)  # word for word
        place, signs = self.signs(wanted, places)
        score = signs.probability()
        if numbers_in(wanted) - numbers_in(place.around) - _SMALL:
            return Verdict("number", score)
        whole = " ".join(place.said for place in places) + places[0].head
        if self._unknown_names(wanted, whole):
            return Verdict("name", score)
        if opposed(wanted, self._clauses(wanted, place.said)):
            return Verdict("negation", score)
        if (signs.subject and signs.held >= REST) or signs.inverted > INVERTED:
            return Verdict("term", score)
        return Verdict(None if score >= SUPPORTED else "unlike", score)

    def signs(self, claim: str, places: Sequence[_Place]) -> tuple[_Place, Signs]:
        """The place a claim most likely rests on, and how it lies there."""
        weights = _weights(claim)
        held = [self._held(weights, place.said) for place in places]
        headed = self._held(weights, places[0].head)
        near = self._closeness(claim, places)
        best = max(
            range(len(places)),
            key=lambda at: (
                _share(weights, held[at], headed) + near[at] + _SPARE * _fit(held[at], places[at])
            ),
        )
        place = places[best]
        beside = self._held(weights, place.before) - held[best]
        missing = set(weights) - held[best] - beside - headed
        elsewhere = self._held(
            {term: weights[term] for term in missing}, *(other.said for other in places)
        )
        return place, Signs(
            held=_share(weights, held[best], headed | beside),
            near=near[best],
            foreign=_share(weights, elsewhere),
            across=float(bool(_HANGUL.search(claim)) != bool(_HANGUL.search(place.said))),
            inverted=self._inverted(claim, place.said),
            subject=float(bool(elsewhere & set(terms(claim)[:_SUBJECT]))),
        )

    def _held(self, weights: Mapping[str, float], *texts: str) -> set[str]:
        """Those of a claim's terms that are said in some form."""
        said = {term for text in texts for term in terms(text)}
        counted = {number for text in texts for number in numbers_in(text)}
        return {
            term
            for term in weights
            if (term[1:] in counted if term[0] == "#" else self._is_among(term, said))
        }

    def _clauses(self, claim: str, said: str) -> str:
        """The parts of a sentence that a claim is about; all of it where no part stands out."""
        weights = _weights(claim)
        parts = [part for part in _CLAUSE.split(said) if len(terms(part)) > 1]
        shares = [len(self._held(weights, part)) / len(set(terms(part))) for part in parts]
        about = [part for part, share in zip(parts, shares, strict=True) if share >= 0.5]
        return " ".join(about) or said

    def _inverted(self, claim: str, said: str) -> float:
        mine = [term for term in terms(claim)]
        at = {term: place for place, term in reversed(list(enumerate(terms(said))))}
        pairs = [(at[a], at[b]) for a, b in pairwise(t for t in mine if t in at) if a != b]
        return sum(a > b for a, b in pairs) / len(pairs) if pairs else 0.0

    def _is_among(self, term: str, said: set[str]) -> bool:
        if term in said or any(set(other) <= said for other in self._same(term)):
            return True
        return self._likeness(term, said) >= TERM_IS_LIKE

    def _same(self, term: str) -> Iterable[Sequence[str]]:
        yield from self._glossary.equivalents((term,))
        for other, score in self._table.translations(term).items():
            if score >= TRANSLATES:
                yield (other,)

    def _likeness(self, term: str, said: set[str]) -> float:
        listed = sorted(said)
        if not listed or term.isdigit():
            return 0.0
        vectors = self._encoder.queries([term, *listed])
        return float((vectors[1:] @ vectors[0]).max())

    def _closeness(self, claim: str, places: Sequence[_Place]) -> list[float]:
        texts = [text for p in places for text in (p.said, f"{p.said} {p.after}")]
        vectors = self._encoder.queries([claim, *texts])
        cosines = vectors[1:] @ vectors[0]
        return [
            max(0.0, float(max(a, b))) for a, b in zip(cosines[::2], cosines[1::2], strict=True)
        ]

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


def numbers_in(text: str) -> set[str]:
    """The numbers of a text, digits without separators, counting words as digits."""
    text = text.replace("{,}", ",").replace("\\,", " ")
    found = {match[0].replace(",", "") for match in _NUMERAL.finditer(text)}
    found |= {
        piece
        for number in list(found)
        for piece in (number.rstrip("0").rstrip("."),)
        if "." in number
    }
    found |= {_WORD_OF[match[1]] for match in _KO_COUNT.finditer(text)}
    found |= {_WORD_OF[match[1].lower()] for match in _EN_COUNT.finditer(text)}
    return found


def _weights(claim: str) -> dict[str, float]:
    """What each term of a claim counts for: names most, verbs least; numbers are "#12"."""
    found = {f"#{number}": 1.0 for number in numbers_in(claim)}
    for word in words(claim):
        if not word.term[0].isdigit():
            found[word.term] = max(found.get(word.term, 0.0), _weight(claim, word))
    return found


def _share(weights: Mapping[str, float], held: set[str], nearby: Collection[str] = ()) -> float:
    """Share of a claim's weight that is held; what is only nearby counts for less."""
    total = sum(weights.values()) or 1.0
    return (
        sum(
            weight * (1.0 if term in held else _NEARBY)
            for term, weight in weights.items()
            if term in held or term in nearby
        )
        / total
    )


def _fit(held: set[str], place: _Place) -> float:
    """How much of a sentence a claim takes up: of two that hold it all, it is about the shorter."""
    return len(held) / max(1, len(set(terms(place.said))))


def _weight(claim: str, word: Word) -> float:
    if not word.noun:
        return _VERB
    return _NAME if _NAMED.fullmatch(claim[word.start : word.end]) else 1.0


def _telling(passage: Passage) -> Iterator[Sentence]:
    """The sentences that say something: no orders, and nothing behind "assistant:"."""
    turned = -1
    for sentence in sentences(passage.chunk):
        if is_turn(sentence.text):
            turned = sentence.line
        said = without_orders(sentence.text)
        if sentence.line != turned and any(map(str.isalnum, said)):
            yield replace(sentence, text=said)


def _in_words(text: str) -> str:
    """A sentence with what its formula's symbols are called: a claim says it in words."""
    called = [words for symbol, words in _SYMBOLS.items() if symbol in text] if "$" in text else []
    return " ".join((text, *called))


def _places(passage: Passage) -> list[_Place]:
    """Each sentence of a passage that says something, orders to a program left out.

    What stands before it counts where it is on the same line; a line further up is another item of
    a list, or another thought.
    """
    found = list(_telling(passage))
    head = " ".join((passage.chunk.place.title, *passage.chunk.place.path))
    places = []
    for at, one in enumerate(found):
        before = [s.text for s in found[max(0, at - 2) : at] if s.line == one.line]
        after = [s.text for s in found[at + 1 : at + 2]]
        places.append(_Place(_in_words(one.text), " ".join(before), " ".join(after), head))
    return places
