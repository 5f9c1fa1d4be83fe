"""The guess-proof audit: solvers that never see the notes must not do better than chance.

Knows items and four ways to guess; the test is one-sided and exact for options of any number
(the Poisson binomial distribution).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tutor.quiz.checks.options import stem_guess
from tutor.quiz.item import Item
from tutor.quiz.words import fold, length

LEVEL = 0.05
"""A solver whose result is rarer than this by chance has found something to guess by."""
ENOUGH = 300
"""Items from which the audit says something."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one solver got.

    Args:
        items: those with one right option.
        right: how many it solved.
        expected: how many a blind choice solves on average.
        p: the chance of at least so many by a blind choice.
    """

    solver: str
    items: int
    right: int
    expected: float
    p: float

    @property
    def beats_chance(self) -> bool:
        """Whether the solver is better than a blind choice."""
        return self.p < LEVEL


def audit(items: Sequence[Item]) -> list[Finding]:
    """Every solver's result over the items that have one right option."""
    keyed = [item for item in items if item.key_option is not None]
    chances = [1 / len(item.options or ()) for item in keyed]
    uses = Counter(fold(option) for item in keyed for option in item.options or ())
    found = []
    for name, solve in _solvers(uses).items():
        right = sum(item.key == (solve(item),) for item in keyed)
        found.append(Finding(name, len(keyed), right, sum(chances), _tail(chances, right)))
    return found


def _solvers(uses: Counter[str]) -> dict[str, Callable[[Item], int]]:
    return {
        "longest option": lambda item: _best(item, lambda option: length(option, "ko")),
        "most words shared with the stem": stem_guess,
        "always the first": lambda item: 0,
        "most frequent option": lambda item: _best(item, lambda option: uses[fold(option)]),
    }


def _best(item: Item, score: Callable[[str], float]) -> int:
    """The option with the highest score, the first of equals."""
    options = item.options or ()
    return max(range(len(options)), key=lambda index: (score(options[index]), -index))


def _tail(chances: Sequence[float], right: int) -> float:
    """The chance of at least `right` successes in independent trials of these chances."""
    exactly = [1.0]
    for chance in chances:
        hit = [0.0, *(value * chance for value in exactly)]
        miss = [*(value * (1 - chance) for value in exactly), 0.0]
        exactly = [a + b for a, b in zip(hit, miss, strict=True)]
    return min(1.0, sum(exactly[right:]))
