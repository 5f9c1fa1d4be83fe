"""The term for a description, typed.

Example:
    Notes: "과적합(overfitting)은 학습 데이터에서는 잘 맞지만 새 데이터에서 틀리는 상태이다."
    Stem: 다음 설명에 해당하는 용어를 쓰세요. “학습 데이터에서는 잘 맞지만 …”
    Accepted: 과적합, overfitting
    Response "Over-fitting 입니다": correct. "과소적합": not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from tutor.quiz import english, korean, phrases
from tutor.quiz.facts import Fact
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds import choice
from tutor.quiz.kinds.base import Draft, Kind, Workshop, check_typed
from tutor.quiz.kinds.cloze import grade_typed
from tutor.quiz.kinds.written import Form, Passage, Sentence, Short, Written
from tutor.quiz.passages import LectureKey
from tutor.quiz.phrases import say
from tutor.quiz.problem import Problem
from tutor.quiz.worth import NAMED

_SHOWN = 3
"""Accepted forms named in the explanation; all of them are accepted."""
_WORDS = 4
"""A longer name would have to be typed word for word."""


def check(item: Item) -> list[Problem]:
    """No options, at least one accepted form."""
    return check_typed(item)


def drafts(shop: Workshop, lecture: LectureKey, rng: random.Random) -> Iterator[Draft]:
    """Definitions of terms that a learner can be expected to name."""
    facts = [fact for fact in shop.facts(lecture, NAMED) if _nameable(shop, fact)]
    rng.shuffle(facts)
    facts.sort(key=lambda fact: not fact.saying.defines(shop.language))
    yield from (_draft(shop, fact) for fact in facts)


def _nameable(shop: Workshop, fact: Fact) -> bool:
    """A name of few words for one concept: defined, abbreviated or in both languages."""
    if len(fact.name.split()) > _WORDS:
        return False
    phrase_of_list = fact.topic is not None and fact.topic.open_ended
    named = fact.saying.defines(shop.language) or bool(fact.saying.term.aliases)
    return named and not phrase_of_list


def _draft(shop: Workshop, fact: Fact) -> Draft:
    language, saying = shop.language, fact.saying
    text = phrases.as_option(saying, language)
    if language == "ko" and korean.ending_noun(saying.predicate) is None:
        text = saying.predicate
    text = phrases.inner(english.upper_first(text) if language == "en" else text)
    stem = say("write", language, text=text)
    if fact.topic:
        topic = phrases.topic_name(fact.topic, language)
        stem = say("write_among", language, topic=topic, text=text)
    elif fact.context:
        stem = say("write_within", language, context=fact.context, text=text)
    return Draft(
        kind=ItemKind.SHORT_ANSWER,
        language=language,
        stem=stem,
        options=None,
        key=None,
        answer=saying.term.forms,
        reason=say("key", language, name=" / ".join(saying.term.forms[:_SHOWN])),
        evidence=fact.span,
        fact=choice.fact_id(fact),
        lecture=fact.lecture,
        difficulty=0.65,
    )


class NameForm(Form):
    """A term, other ways to write it, and a question that it answers."""

    key: Short
    aliases: Annotated[list[Short], Field(max_length=3)]
    stem: Sentence
    explanation: Sentence


def of_form(form: NameForm, passage: Passage) -> Draft | str:
    """The question that a language model wrote, for a term that the notes know."""
    evidence = passage.find(form.evidence)
    if evidence is None:
        return "quote_not_found"
    if len(form.key.split()) > _WORDS or not passage.known(form.key):
        return "unknown_key"
    aliases = [alias for alias in form.aliases if passage.known(alias)]
    return passage.draft(
        ItemKind.SHORT_ANSWER,
        evidence,
        stem=form.stem,
        answer=tuple(dict.fromkeys((form.key, *passage.aliases(form.key), *aliases))),
        reason=f"{say('key', passage.language, name=form.key)} {form.explanation}",
    )


WRITTEN = Written(
    NameForm,
    (
        "용어 하나를 글자로 써서 답하는 문제를 만든다. 같은 뜻의 다른 이름이 있으면 aliases에 "
        "적는다.",
        "Write a question answered by typing one term. Put other names for it into aliases.",
    ),
    of_form,
)
KIND = Kind(ItemKind.SHORT_ANSWER, check, grade_typed, drafts)
