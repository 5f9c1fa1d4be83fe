"""Text to index terms: Korean content morphemes and English stems. The one door to kiwipiepy.

Knows two languages' words and the shipped glossary's forms; knows nothing about ranking. The same
analysis runs on notes and on questions, so that "리셋 게이트는" and "리셋 게이트" meet.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import snowballstemmer

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token

GLOSSARY = Path(__file__).parent.parent / "corpus" / "glossary.csv"
_PARTICLES = re.compile(
    r"(?<=[가-힣]{2})(?:은|는|이|가|을|를|의|에|에서|에게|한테|에는|에서는|으로|로|와|과|도|만|까지|부터"
    r"|처럼|보다|이나|나|이란|란|이랑|랑|하고|마다|조차|밖에|마저|이라는|라는|이라고|라고|이야|야|다|이다)$"
)
_CONTENT = {"NNG", "NNP", "XR", "SH", "VV", "VA", "MAG", "NR"}
_VERBS = {"VV", "VA", "MAG"}
_LIGHT = frozenset("하 되 있 없 이 않 같 보 주 지 알 말하 대하 위하 통하 란".split())
"""Verbs so common that they tell nothing about a topic, and what is left of "페이지란?"."""
_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?", re.I)
_NO_ENTRY = frozenset({2, 3})
"""Kiwi's numbers for a common and a proper noun that it has no entry for."""
_SPACING = re.compile(r"[\s-]")
_TERM = re.compile(r"[가-힣]{2}|[가-힣]{2,}[가-힣](?<![된은는한을의])")
_HANGUL = re.compile(r"[가-힣]")
_SPACED_HANGUL = re.compile(r"[가-힣]{2,}")
_NOUNS = {"NN", "NP", "NR", "XR", "XP", "XS", "MA", "MM"}
STOP_WORDS = frozenset(
    "a an the of in on at to for from by with and or but is are was were be been being am do does "
    "did has have had can could will would should shall may might must this that these those it "
    "its he she they them we you i me my your his her their our what which who whom whose when "
    "where why how much many there here as if then than so not no yes please tell explain describe "
    "give about into onto over under up down out off again also just only very some any all each "
    "both few more most other such own same too s t don now vs say said mean means".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """One content word as it stands in a text.

    Args:
        term: the form that is indexed.
        start: offset in the text given, which should be NFC.
        end: offset after its last character.
        noun: False for verbs, adjectives and adverbs, which say less about a topic.
    """

    term: str
    start: int
    end: int
    noun: bool = True


def terms(text: str) -> list[str]:
    """The index terms of `text`, in order, repetitions kept."""
    return [word.term for word in words(text)]


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[Word, ...]:
    """The content words of `text` with their places."""
    text = unicodedata.normalize("NFC", text)
    if not _HANGUL.search(text):
        return tuple(_latin(text, 0, len(text)))
    return tuple(chain.from_iterable(_from_token(text, token) for token in _tokens(text)))


def compounds(text: str) -> list[Word]:
    """Nouns as they stand between spaces, where the analyser may cut them one way or another.

    It reads an unknown noun differently with every particle ("리간|드", "리간드의", "리간드+만"),
    so a noun of several morphemes, or one that ends like a particle, also counts as a whole.
    """
    text = unicodedata.normalize("NFC", text)
    if not _HANGUL.search(text):
        return []
    spaced: dict[tuple[int, int], list[Token]] = {}
    for token in _tokens(text):  # the analyser counts words anew in every sentence
        spaced.setdefault((token.sent_position, token.word_position), []).append(token)
    return [whole for tokens in spaced.values() for whole in _whole(text, tokens)]


def unknown_hangul(text: str) -> list[str]:
    """The Hangul nouns of `text` that neither the dictionary nor the glossary knows."""
    if not _HANGUL.search(text):
        return []
    return [
        token.form
        for token in _kiwi().tokenize(unicodedata.normalize("NFC", text))
        if token.id in _NO_ENTRY and _HANGUL.search(token.form)
    ]


def subjects(text: str) -> list[str]:
    """The Korean words of `text` that a subject or topic particle marks."""
    if not _HANGUL.search(text):
        return []
    tokens = _kiwi().tokenize(unicodedata.normalize("NFC", text))
    marked = [
        token
        for token in tokens
        if token.tag == "JKS" or (token.tag == "JX" and token.form in "은는")
    ]
    return [text[: token.start].split()[-1] for token in marked if text[: token.start].split()]


def rejoined(left: str, right: str) -> str:
    """Two halves of a line that the margin cut, with a space between them where one belongs.

    Korean is cut in the middle of words; which cut that was is told by what words there are.
    """
    if not (_HANGUL.match(left[-1:]) and _HANGUL.match(right[:1])):
        return f"{left} {right}"
    _, _, before = left.rpartition(" ")
    after, _, _ = right.partition(" ")
    _, (spaced,) = _kiwi().glue([before, after], return_space_insertions=True)
    return f"{left} {right}" if spaced else left + right


def to_letters(term: str) -> str:
    """Hangul syllables as conjoining jamo, so that one wrong vowel is one letter's difference."""
    return unicodedata.normalize("NFD", term.lower())


def glossary_rows() -> list[list[str]]:
    """The shipped glossary: a list of forms for each concept (ko, en, abbreviation, aliases)."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return [
            [form for cell in row.values() for form in cell.split("|") if form]
            for row in csv.DictReader(file)
        ]


def _whole(text: str, tokens: Sequence[Token]) -> list[Word]:
    """The nouns that open a stretch between spaces, as one word unless they are one already."""
    nouns = list(takewhile(lambda token: token.tag[:2] in _NOUNS, tokens))
    if not nouns:
        return []
    start, end = nouns[0].start, tokens[-1].start + tokens[-1].len
    if len(nouns) == len(tokens):
        stem = _PARTICLES.sub("", text[start:end])  # "리간드의" taken for a name
    elif any(token.tag[0] in "EVX" for token in tokens[len(nouns) :]):
        stem = _PARTICLES.sub("", text[start:end])  # "리간드는" taken for a verb
        if not _nominal(stem):
            return []
    else:
        stem = text[start : nouns[-1].start + nouns[-1].len]
    if stem == nouns[0].form or not _SPACED_HANGUL.fullmatch(stem):
        return []
    return [Word(stem, start, start + len(stem))]


@lru_cache(maxsize=10_000)
def _nominal(stem: str) -> bool:
    """Whether a word is made of nouns when it stands alone."""
    return all(token.tag[:2] in _NOUNS for token in _kiwi().tokenize(stem))


def _from_token(text: str, token: Token) -> list[Word]:
    end = token.start + token.len
    if token.tag in ("SL", "SN", "W_SERIAL"):
        return _latin(text, token.start, end)
    tag = token.tag.split("-")[0]
    if tag not in _CONTENT or token.form in _LIGHT or (tag == "MAG" and len(token.form) < 2):
        return []
    return [Word(token.form, token.start, end, noun=tag not in _VERBS)]


def _latin(text: str, start: int, end: int) -> list[Word]:
    return [
        Word(_stem(match[0].lower()), match.start(), match.end())
        for match in _LATIN.finditer(text, start, end)
        if match[0].lower() not in STOP_WORDS
    ]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Porter's English stem (Snowball); short words and numbers stay as they are."""
    word = word.removesuffix("'s")
    return word if len(word) < 4 else str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=64)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(_kiwi().tokenize(text))


@lru_cache(maxsize=1)
def _kiwi() -> Kiwi:
    from kiwipiepy import Kiwi

    # one worker and no multi-word dictionary: 1.2 s and 332 MB instead of 2.1 s and 520 MB
    kiwi = Kiwi(num_workers=1, load_multi_dict=False)
    forms = [_SPACING.split(form) for form in chain.from_iterable(glossary_rows())]
    whole = {form[0] for form in forms if len(form) == 1}
    # terms of the field, which the analyser would cut in two ("포|겟") or drop ("비"); a whole
    # term wins over the words that others write it in ("트랜스포머", "트랜스 포머")
    for word in {piece for form in forms for piece in form}:
        if _TERM.fullmatch(word):
            kiwi.add_user_word(word, "NNG", 3.0 if word in whole else 0.0)
    return kiwi
