"""A statement that is as the notes say, or has one thing exchanged.

Example:
    Notes: "리셋 게이트는 새 후보를 만들 때 이전 은닉 상태를 얼마나 반영할지 정하는 게이트이다."
    Stem: 다음 설명은 참일까요, 거짓일까요? “업데이트 게이트는 새 후보를 만들 때 …”
    Options: 참 / 거짓, key [1]
    Response 1, or "거짓": correct. The explanation says of what the statement is true.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tutor.quiz import phrases
from tutor.quiz.facts import Fact
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds import choice
from tutor.quiz.kinds.base import Draft, Kind, Workshop, check_options
from tutor.quiz.passages import LectureKey
from tutor.quiz.phrases import say
from tutor.quiz.problem import Problem
from tutor.quiz.siblings import CLOSE


def check(item: Item) -> list[Problem]:
    """Two options, one of them the key."""
    return check_options(item, 2, 2)


def drafts(shop: Workshop, lecture: LectureKey, rng: random.Random) -> Iterator[Draft]:
    """Every statement of the lecture about its own term and about a sibling, whichever fits."""
    facts = [
        fact
        for fact in shop.notes.facts
        if fact.lecture == lecture and shop.siblings.stands_alone(fact)
    ]
    rng.shuffle(facts)
    facts.sort(key=lambda fact: fact.saying.line)
    for fact in facts:
        forms = [_true(shop, fact)]
        forms += [
            _false(shop, fact, other) for other in shop.siblings.terms(fact, 1, rng, least=CLOSE)
        ]
        yield from rng.sample(forms, len(forms))


def _true(shop: Workshop, fact: Fact) -> Draft:
    statement = phrases.sentence(fact.saying, fact.name, shop.language)
    return _draft(shop, fact, statement, 0, say("is_true", shop.language))


def _false(shop: Workshop, fact: Fact, other: str) -> Draft:
    statement = phrases.sentence(fact.saying, other, shop.language)
    reason = say("is_false", shop.language, name=fact.name)
    return _draft(shop, fact, statement, 1, f"{reason} {choice.contrast(shop, [other])}".strip())


def _draft(shop: Workshop, fact: Fact, statement: str, key: int, reason: str) -> Draft:
    language = shop.language
    options = (say("true", language), say("false", language))
    return Draft(
        kind=ItemKind.TRUE_FALSE,
        language=language,
        stem=say("true_or_false", language, text=phrases.inner(statement)),
        options=options,
        key=(key,),
        answer=(options[key],),
        reason=reason,
        evidence=fact.span,
        fact=choice.fact_id(fact),
        lecture=fact.lecture,
        difficulty=0.3,
        free=False,
    )


KIND = Kind(ItemKind.TRUE_FALSE, check, choice.grade, drafts)
