"""The steps of a process, to be put in order.

Example:
    Notes: "모델 학습: 1. 가중치를 무작위로 초기화 2. 예측값 얻기 3. 정답과의 차이 계산"
    Stem: ‘모델 학습’의 단계를 순서대로 나열하세요.
    Options: 예측값 얻기 / 정답과의 차이 계산 / 가중치를 무작위로 초기화, key [2, 0, 1]
    Response [2, 0, 1]: correct. [0, 2, 1]: partly, by how many pairs stand in the right order.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from typing import Annotated

from pydantic import Field

from tutor.quiz.facts import Procedure
from tutor.quiz.grade import Grade, bad_response, indices
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds.base import Draft, Kind, Workshop
from tutor.quiz.kinds.written import Form, Passage, Sentence, Short, Written
from tutor.quiz.passages import LectureKey
from tutor.quiz.phrases import inner, say
from tutor.quiz.problem import Problem, problem
from tutor.quiz.stages import short, usable

LEAST, MOST = 3, 5


def check(item: Item) -> list[Problem]:
    """The key holds every option once."""
    options, key = item.options or (), item.key or ()
    found = []
    if not LEAST <= len(options) <= 8:
        found.append(problem("option_count", item.language, str(len(options))))
    if any(not text.strip() for text in options):
        found.append(problem("empty_option", item.language))
    if sorted(key) != list(range(len(options))):
        found.append(problem("bad_key", item.language))
    if item.terms is not None:
        found.append(problem("bad_shape", item.language, "terms"))
    return found


def grade(item: Item, response: object) -> Grade:
    """The share of the pairs of steps that stand in the right order."""
    key = item.key or ()
    if response is None:
        return Grade(0.0, say("wrong", item.language, name=_solution(item)))
    given = indices(response, len(key))
    if sorted(given) != sorted(key):
        raise bad_response("it does not hold every option once", "List each option number once.")
    if tuple(given) == key:
        return Grade(1.0, say("right", item.language))
    pairs = list(combinations(key, 2))
    hits = sum(given.index(a) < given.index(b) for a, b in pairs)
    values = {"right": hits, "all": len(pairs), "name": _solution(item)}
    return Grade(hits / len(pairs), say("partly" if hits else "wrong", item.language, **values))


def drafts(shop: Workshop, lecture: LectureKey, rng: random.Random) -> Iterator[Draft]:
    """Every procedure of the lecture that has enough steps of words."""
    for procedure in shop.notes.procedures:
        if procedure.lecture == lecture and (draft := _draft(shop, procedure, rng)):
            yield draft


def _draft(shop: Workshop, procedure: Procedure, rng: random.Random) -> Draft | None:
    language = shop.language
    window = _window(procedure, language)
    if window is None:
        return None
    steps = [short(step, language) for step in procedure.steps[window]]
    spans = procedure.spans[window]
    order = rng.sample(range(len(steps)), len(steps))
    if order == sorted(order):
        order.reverse()
    ends = procedure.title.endswith(("순서", "차례", "단계", "과정", "절차"))
    return Draft(
        kind=ItemKind.ORDERING,
        language=language,
        stem=say("order_as" if ends else "order", language, text=inner(procedure.title)),
        options=tuple(steps[index] for index in order),
        key=tuple(order.index(index) for index in range(len(steps))),
        answer=(" → ".join(steps),),
        reason=say("key", language, name=" → ".join(steps)),
        evidence=spans[0].to(spans[-1]),
        fact=f"steps {procedure.title}",
        lecture=procedure.lecture,
        difficulty=0.55,
        free=False,
    )


def _window(procedure: Procedure, language: str) -> slice | None:
    """The longest run of steps in one chunk that are clean and name no other step."""
    good = [usable(short(step, language), language) for step in procedure.steps]
    for size in range(min(MOST, len(good)), LEAST - 1, -1):
        for start in range(len(good) - size + 1):
            chunks = {span.chunk.id for span in procedure.spans[start : start + size]}
            if all(good[start : start + size]) and len(chunks) == 1:
                return slice(start, start + size)
    return None


def _solution(item: Item) -> str:
    options = item.options or ()
    return " → ".join(options[index] for index in item.key or () if 0 <= index < len(options))


class StepsForm(Form):
    """A process and its steps, in the order and the words of the passage."""

    title: Short
    steps: Annotated[list[Sentence], Field(min_length=LEAST, max_length=MOST)]


def of_form(form: StepsForm, passage: Passage) -> Draft | str:
    """The steps that a language model copied; they have to stand in the notes, in that order."""
    spans = [passage.find(step) for step in form.steps]
    found = [span for span in spans if span is not None]
    if len(found) < len(spans) or passage.find(form.evidence) is None:
        return "quote_not_found"
    starts = [span.start for span in found]
    if starts != sorted(set(starts)):
        return "bad_key"
    language, steps = passage.language, [step.rstrip(".") for step in form.steps]
    order = sorted(range(len(steps)), key=lambda index: steps[index])
    if order == sorted(order):
        order.reverse()
    return passage.draft(
        ItemKind.ORDERING,
        found[0].to(found[-1]),
        stem=say("order", language, text=inner(form.title)),
        options=tuple(steps[index] for index in order),
        key=tuple(order.index(index) for index in range(len(steps))),
        answer=(" → ".join(steps),),
        reason=say("key", language, name=" → ".join(steps)),
        free=False,
    )


WRITTEN = Written(
    StepsForm,
    (
        "대목이 차례로 설명하는 과정의 이름(title)과 단계 셋에서 다섯을 대목의 말 그대로 쓴다.",
        "Write the name of a process that the passage explains step by step (title), and three "
        "to five of its steps, copied from the passage.",
    ),
    of_form,
)
KIND = Kind(ItemKind.ORDERING, check, grade, drafts)
