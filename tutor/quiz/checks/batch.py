"""Checks over a set of items (9, 24 and 25 of the checklist)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from tutor.quiz.checks.evidence import shares_evidence
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.problem import Problem, problem
from tutor.quiz.words import content_words, fold, length

ENOUGH = 20
"""Items of one size before shares mean anything."""
_CHI_SQUARE_95 = {2: 3.841, 3: 5.991, 4: 7.815, 5: 9.488}
"""By number of options: the value that even positions exceed one time in twenty."""
_TOLD = 0.6
"""Share of an item's stem that another stem has to hold to tell its answer."""


def longest_rate(items: Sequence[Item]) -> list[Problem]:
    """9: the key is the longest option no more often than by chance and ten points."""
    keyed = [item for item in items if item.key_option is not None and len(item.options or ()) >= 3]
    if len(keyed) < ENOUGH:
        return []
    longest = sum(is_longest(item) for item in keyed)
    allowed = sum(1 / len(item.options or ()) for item in keyed) + 0.10 * len(keyed)
    detail = f"{longest}/{len(keyed)}"
    return [problem("key_often_longest", items[0].language, detail)] if longest > allowed else []


def positions(items: Sequence[Item]) -> list[Problem]:
    """9: keys are spread over the positions (chi-square, 5 %)."""
    places: dict[int, Counter[int]] = defaultdict(Counter)
    for item in items:
        if item.key_option is not None and item.key and item.kind is not ItemKind.TRUE_FALSE:
            places[len(item.options or ())][item.key[0]] += 1
    for size, counts in places.items():
        total = sum(counts.values())
        if total < ENOUGH or size not in _CHI_SQUARE_95:
            continue
        expected = total / size
        chi = sum((counts[place] - expected) ** 2 / expected for place in range(size))
        if chi > _CHI_SQUARE_95[size]:
            return [problem("key_positions", items[0].language, str(dict(sorted(counts.items()))))]
    return []


def repeats(items: Sequence[Item]) -> list[Problem]:
    """24: no two items ask the same."""
    return [
        problem("repeat", a.language, f"{a.id}, {b.id}")
        for a, b in combinations(items, 2)
        if same_question(a, b)
    ]


def leaks(items: Sequence[Item]) -> list[Problem]:
    """25: no item's stem gives another's key away."""
    return [
        problem("key_leak", a.language, f"{b.id} → {a.id}")
        for a in items
        for b in items
        if a is not b and gives_away(b, a)
    ]


def is_longest(item: Item) -> bool:
    """Whether the key is the one longest option."""
    key = item.key_option
    return key is not None and length(key, "ko") > max(
        (length(option, "ko") for option in item.wrong_options), default=0
    )


def same_question(a: Item, b: Item) -> bool:
    """The same stem, or the same kind of question with the same key on the same evidence."""
    if a.id == b.id or (fold(a.stem) == fold(b.stem) and answer_of(a) == answer_of(b)):
        return True
    return (
        a.kind is b.kind
        and answer_of(a) == answer_of(b) != ""
        and a.kind is not ItemKind.TRUE_FALSE
        and shares_evidence(a.citations, b.citations)
    )


def gives_away(teller: Item, item: Item) -> bool:
    """Whether one item's stem states what the other asks: its key and most of its question."""
    key = answer_of(item)
    if len(key) < 2 or item.kind is ItemKind.TRUE_FALSE or key not in fold(teller.stem):
        return False
    wanted = content_words(item.stem) - content_words(item.key_option or "")
    return bool(wanted) and len(wanted & content_words(teller.stem)) >= _TOLD * len(wanted)


def answer_of(item: Item) -> str:
    """The key's text, folded."""
    return fold(item.key_option or (item.answer[0] if item.answer else ""))
