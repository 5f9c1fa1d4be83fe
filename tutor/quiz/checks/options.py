"""Checks on the options and what they betray (2, 8, 10-12, 14 and 16-18 of the checklist)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from tutor.quiz import english, korean
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.problem import Problem, problem
from tutor.quiz.words import content_words, fold, hangul_share, length

_ALL_OR_NONE = re.compile(
    r"\b(?:all|none|both|neither|any) of (?:the )?(?:above|these|them|options|answers"
    r"|choices)\b|\bboth (?:a|1) and (?:b|2)\b|\ball (?:are )?(?:correct|true|right)\b"
    r"|^(?:[a-d]|[1-4])\s*(?:and|&|,|or|및|와|과)\s*(?:[a-d]|[1-4])\b.{0,8}$|\bnone\b$"
    r"|위의? (?:모두|모든 것"
    r"|전부|보기)|모두 (?:맞|옳|정답|해당|다)|전부 (?:맞|옳|정답|해당)|(?:모두|다) (?:맞다"
    r"|옳다)|해당\s?(?:사항\s?)?없음|정답\s?없음"
    r"|(?:보기|답)[이가]?\s?없"
    r"|[ㄱ-ㅎ]\s?(?:,|와|과)\s?[ㄱ-ㅎ]|①|②|[1-4]번과 [1-4]번|^(?:모두|전부)$",
    re.I,
)
_ABSOLUTE = re.compile(
    r"항상|언제나|절대(?:로)?\b|절대 |모든 경우|반드시|오직|무조건|결코|전혀|\b(?:always|never"
    r"|only|all|none|every|must"
    r"|completely|entirely|absolutely|impossible|guarantees?)\b",
    re.I,
)
_NUMBER = re.compile(r"^\D{0,12}?(-?\d+(?:,\d{3})*(?:\.\d+)?)\s*(.*)$")
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\s*(?:~|–|-|to|에서|부터)\s*(-?\d+(?:\.\d+)?)")
_SLACK = {"ko": 8, "en": 12}
"""Characters by which a key may exceed the others before its length says anything."""


def duplicates(item: Item) -> list[Problem]:
    """2: options that are the same, or differ by inflection or a slip only."""
    for a, b in combinations(item.options or (), 2):
        if (fold(a) == fold(b) and fold(a)) or _nearly_same(a, b):
            return [problem("duplicate_options", item.language, a)]
    return []


def longest_key(item: Item) -> list[Problem]:
    """8: the key is not over 1.25 times the mean, nor the longest by a fifth or more.

    Short terms differ in length by nature, so a key has to stand out by some characters as well.
    """
    key, wrong = item.key_option, item.wrong_options
    if key is None or len(wrong) < 2:
        return []
    own, others = _size(key), [_size(option) for option in wrong]
    if own <= max(others):
        return []
    stands_out = own > 1.25 * sum(others) / len(others) or own > 1.2 * max(others)
    far = own - max(others) >= _SLACK[item.language] or (
        own - sum(others) / len(others) >= 2 * _SLACK[item.language]
    )
    return [problem("longest_key", item.language)] if stands_out and far else []


def stem_words(item: Item) -> list[Problem]:
    """10: the key shares at most one more content word with the stem than any wrong option."""
    lead = stem_lead(item)
    single = item.key_option is not None and len(content_words(item.key_option)) == 1
    tells = lead >= 2 or (lead == 1 and single)
    return [problem("stem_repeats_key", item.language)] if tells else []


def stem_lead(item: Item) -> int:
    """By how many words of the stem the key is ahead of every wrong option; 0 where it is not."""
    if item.key_option is None or item.kind in (ItemKind.NEGATIVE_CHOICE, ItemKind.TRUE_FALSE):
        return 0
    stem = content_words(item.stem)
    own = len(stem & content_words(item.key_option))
    others = max((len(stem & content_words(option)) for option in item.wrong_options), default=0)
    return max(0, own - others)


def stem_guess(item: Item) -> int:
    """The option that shares most words with the stem, the first of equals."""
    options = item.options or ()
    shared = [len(content_words(option) & content_words(item.stem)) for option in options]
    return shared.index(max(shared)) if shared else -1


def convergence(item: Item) -> list[Problem]:
    """11: the key is not the one option that shares most words with all the others."""
    options = item.options or ()
    if item.key_option is None or len(options) < 4 or item.key is None:
        return []
    bags = [content_words(option) for option in options]
    common = frozenset.intersection(*bags)
    shared = [
        sum(len((bag & other) - common) for j, other in enumerate(bags) if j != i)
        for i, bag in enumerate(bags)
    ]
    own = shared[item.key[0]]
    rest = [count for i, count in enumerate(shared) if i != item.key[0]]
    return (
        [problem("convergence_cue", item.language)] if own >= 2 and own > 1.25 * max(rest) else []
    )


def all_of_the_above(item: Item) -> list[Problem]:
    """12: no option stands for others."""
    match = next((o for o in item.options or () if _ALL_OR_NONE.search(o.strip())), None)
    return [problem("all_of_the_above", item.language, match)] if match else []


def absolutes(item: Item) -> list[Problem]:
    """14: absolute words do not mark the wrong options."""
    if item.key_option is None or _ABSOLUTE.search(item.key_option):
        return []
    marked = [option for option in item.wrong_options if _ABSOLUTE.search(option)]
    return [problem("absolute_in_distractors", item.language)] if marked else []


def grammar(item: Item) -> list[Problem]:
    """16: article, number or particle before or after the blank fit more than the key."""
    key, wrong = item.key_option, item.wrong_options
    if key is None or not wrong:
        return []
    if item.language == "en":
        return [problem("grammar_cue", "en")] if _english_tells(item.stem, key, wrong) else []
    match = re.search(r"_{2,}\s*([가-힣]+)?", item.stem)
    if item.kind is ItemKind.CLOZE or not match or not match[1]:
        return []
    cut = korean.split_particle(match[1])
    tells = (
        cut is not None
        and bool(cut[0])
        and korean.fits(cut[0], key)
        and not any(korean.fits(cut[0], option) for option in wrong)
    )
    return [problem("grammar_cue", "ko")] if tells else []


def parallel(item: Item) -> list[Problem]:
    """17: options are alike in form: all sentences or none, all numbers or none, one language."""
    key, wrong = item.key_option, item.wrong_options
    if key is None or len(wrong) < 2:
        return []
    for form in (_is_sentence, _is_number, _is_hangul, _unit):
        others = {form(option) for option in wrong}
        if form(key) not in others and len(others) == 1:
            return [problem("not_parallel", item.language)]
    return []


def numbers(item: Item) -> list[Problem]:
    """18: numbers in order, ranges apart."""
    options = item.options or ()
    if item.kind in (ItemKind.MATCHING, ItemKind.ORDERING) or len(options) < 3:
        return []
    ranges = [match for option in options if (match := _RANGE.fullmatch(_bare(option)))]
    if len(ranges) == len(options):
        pairs = sorted((float(m[1]), float(m[2])) for m in ranges)
        overlap = any(a[1] > b[0] for a, b in pairwise(pairs))
        return [problem("ranges_overlap", item.language)] if overlap else []
    values = [_value(option) for option in options]
    known = [value for value in values if value is not None]
    if len(known) < len(options):
        return []
    ordered = known in (sorted(known), sorted(known, reverse=True))
    return [] if ordered else [problem("numbers_unsorted", item.language)]


def _nearly_same(a: str, b: str) -> bool:
    """Nine tenths of the letters alike, the same numbers, and no word exchanged for another."""
    if re.findall(r"\d+", a) != re.findall(r"\d+", b) or min(len(a), len(b)) < 6:
        return False
    if SequenceMatcher(None, fold(a), fold(b)).ratio() < 0.9:
        return False
    mine, theirs = a.casefold().split(), b.casefold().split()
    if len(mine) != len(theirs):
        return content_words(a) == content_words(b)
    changed = [(x, y) for x, y in zip(mine, theirs, strict=True) if x != y]
    return all(content_words(x) == content_words(y) or _slip(x, y) for x, y in changed)


def _slip(a: str, b: str) -> bool:
    """One letter more or less at the end, or a misspelling in the middle of a long word."""
    if a.startswith(b) or b.startswith(a):
        return abs(len(a) - len(b)) <= 2
    return len(a) >= 8 and len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _size(text: str) -> int:
    return length(text, "ko")


def _english_tells(stem: str, key: str, wrong: Sequence[str]) -> bool:
    match = re.search(r"\b(an?)\s+(?:_{2,}|$)", stem.rstrip(" .:?…“”"), re.I)
    if match:
        used = match[1].lower()
        return english.article(key) == used and all(english.article(o) != used for o in wrong)
    verb = re.search(r"_{2,}\s+(is|are|was|were|has|have)\b", stem)
    plural = bool(verb and verb[1] in ("are", "were", "have"))
    if not verb or english.is_plural(key) != plural:
        return False
    return all(english.is_plural(option) != plural for option in wrong)


def _is_sentence(option: str) -> bool:
    korean_end = re.search(r"(?:다|요|음|함|됨)\.?$", option.strip())
    return bool(korean_end and len(option.split()) >= 3) or option.strip().endswith(".")


def _is_number(option: str) -> bool:
    return _value(option) is not None


def _is_hangul(option: str) -> bool:
    return hangul_share(option) >= 0.5


def _unit(option: str) -> str:
    match = _NUMBER.match(option.strip())
    return fold(match[2]) if match and len(option) <= 20 and _is_number(option) else ""


def _value(option: str) -> float | None:
    """The number that an option is, with or without a unit; None for anything longer."""
    match = _NUMBER.match(_bare(option))
    if (
        not match
        or len(match[2].split()) > 2
        or not re.match(r"^[-\d약about ≈~]*$", option.strip()[: match.start(1)])
    ):
        return None
    return float(match[1].replace(",", ""))


def _bare(option: str) -> str:
    return option.strip().rstrip(".")
