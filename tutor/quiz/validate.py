"""The gate: every check an item and a batch have to pass. Knows their order and no check itself.

Needs no language model. An item is dropped for one hard problem or for two soft ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tutor.quiz.checks import batch, evidence, options, stem
from tutor.quiz.checks.evidence import DocumentText
from tutor.quiz.item import Item
from tutor.quiz.kinds import KINDS
from tutor.quiz.problem import Problem, problem

_CHECKS: tuple[Callable[[Item], list[Problem]], ...] = (
    options.duplicates,
    evidence.support,
    evidence.also_right,
    options.longest_key,
    options.stem_words,
    stem.stem_holds_key,
    options.convergence,
    options.all_of_the_above,
    stem.negation,
    options.absolutes,
    stem.vague,
    options.grammar,
    options.parallel,
    options.numbers,
    stem.self_contained,
    stem.focused,
    stem.cluster,
    stem.brevity,
    stem.trivia,
    stem.blank,
    evidence.explanation,
    stem.language,
    stem.injection,
)
_BATCH_CHECKS: tuple[Callable[[Sequence[Item]], list[Problem]], ...] = (
    batch.longest_rate,
    batch.positions,
    batch.repeats,
    batch.leaks,
)


def problems(item: Item, *, document_text: DocumentText | None = None) -> list[Problem]:
    """All that is wrong with an item, each code once.

    `document_text` gives a document's text by course and name, to look quotes up in; without it
    quotes are only required to be there.
    """
    found = [] if item.stem.strip() else [problem("no_stem", item.language)]
    found += KINDS[item.kind.value].check(item)
    found += evidence.quotes(item, document_text)
    for check in _CHECKS:
        found += check(item)
    return list({each.code: each for each in found}.values())


def batch_problems(items: Sequence[Item]) -> list[Problem]:
    """What is wrong with a set of items that is right with each of them."""
    return [found for check in _BATCH_CHECKS for found in check(items)] if items else []


def passes(found: Sequence[Problem]) -> bool:
    """Whether an item with these problems may be shown: nothing hard, at most one thing soft."""
    return not any(each.level == "hard" for each in found) and len(found) <= 1
