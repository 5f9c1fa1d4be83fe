"""Text to index terms: Korean content morphemes and English stems. The one door to kiwipiepy.

Knows two languages' words and the shipped glossary's forms; knows nothing about ranking. The same
analysis runs on notes and on questions, so that "리셋 게이트는" and "리셋 게이트" meet.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import snowballstemmer

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token

GLOSSARY = Path(__file__).parent.parent / "corpus" / "glossary.csv"
_CONTENT = {"NNG", "NNP", "XR", "SH", "VV", "VA", "MAG", "NR"}
_VERBS = {"VV", "VA", "MAG"}
_LIGHT = frozenset("하 되 있 없 이 않 같 보 주 지 알 말하 대하 위하 통하 란".split())
"""Verbs so common that they tell nothing about a topic, and what is left of "페이지란?"."""
_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?", re.I)
_SPACING = re.compile(r"[\s-]")
_TERM = re.compile(r"[가-힣]{2}|[가-힣]{2,}[가-힣](?<![된은는한을의])")
_HANGUL = re.compile(r"[가-힣]")
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
    return tuple(chain.from_iterable(_from_token(text, token) for token in _kiwi().tokenize(text)))


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
