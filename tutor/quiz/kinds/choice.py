"""One right option of several: a term for its description, a description for its term, a member.

Example:
    Notes: "망각 게이트는 이전 셀 상태에서 무엇을 버릴지 정하는 게이트이다."
    Stem: 이전 셀 상태에서 무엇을 버릴지 정하는 게이트는?
    Options: 입력 게이트 / 망각 게이트 / 출력 게이트 / 리셋 게이트, key [1]
    Response 1, or "망각 게이트": correct.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from ingest.document import content_hash
from tutor.quiz import phrases, stages
from tutor.quiz.english import upper_first
from tutor.quiz.facts import Fact, Listing, Procedure
from tutor.quiz.grade import Grade, chosen
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds.base import Draft, Kind, Workshop, check_options
from tutor.quiz.kinds.written import Form, Passage, Sentence, Short, Written
from tutor.quiz.passages import LectureKey, Span
from tutor.quiz.phrases import say
from tutor.quiz.problem import Problem
from tutor.quiz.topics import Topic
from tutor.quiz.words import content_words
from tutor.quiz.worth import ASKED

WRONG = 3
"""Distractors of an item."""


def check(item: Item) -> list[Problem]:
    """Three or four options, one of them the key."""
    return check_options(item, 3, 4)


def grade(item: Item, response: object) -> Grade:
    """All or nothing, by the option's number or its text."""
    options = item.options or ()
    index = chosen(options, response)
    if index is not None and item.key == (index,):
        return Grade(1.0, say("right", item.language))
    return Grade(0.0, say("wrong", item.language, name=item.key_option or ""))


def drafts(shop: Workshop, lecture: LectureKey, rng: random.Random) -> Iterator[Draft]:
    """Terms for descriptions and descriptions for terms, then members of lists."""
    facts = shop.facts(lecture, ASKED)
    rng.shuffle(facts)
    facts.sort(key=lambda fact: not fact.saying.defines(shop.language))
    ways = [(_saying, _term) if turn % 3 == 0 else (_term, _saying) for turn in range(len(facts))]
    for choice in (0, 1):
        # the other way round comes last, for facts whose first way did not pass
        for fact, way in zip(facts, ways, strict=True):
            if draft := way[choice](shop, fact, rng):
                yield draft
    for listing in shop.notes.listings:
        if listing.lecture == lecture and (draft := _member(shop, listing, rng)):
            yield draft
    for procedure in shop.notes.procedures:
        if procedure.lecture == lecture:
            yield from _next_steps(shop, procedure, rng)


def fact_id(fact: Fact) -> str:
    """One name for all that can be asked about one statement of the notes."""
    return span_id(fact.span)


def span_id(span: Span) -> str:
    """One name for a stretch of the notes."""
    return content_hash((span.chunk.document, span.text))


def shown(name: str, language: str) -> str:
    """A term as an option: in English with a capital, so that no option stands out."""
    plain = (
        language == "en"
        and name.split()[0].replace("-", "").isalpha()
        and name.split()[0].islower()
    )
    return upper_first(name) if plain else name


def contrast(shop: Workshop, names: list[str]) -> str:
    """What the notes say of the wrong options, so that an error teaches something."""
    said = []
    for name in names:
        concept = shop.siblings.concept(name)
        if concept and concept.best:
            told = phrases.as_option(concept.best.saying, shop.language)
            said.append(f"{shown(name, shop.language)} — {_short(told)}")
    return say("others", shop.language, text="; ".join(said)) if said else ""


def _term(shop: Workshop, fact: Fact, rng: random.Random) -> Draft | None:
    """Which term fits the description?"""
    topic, wrong = distractors(shop, fact, rng)
    if len(wrong) < WRONG:
        return None
    language = shop.language
    context = fact.context or (fact.topic.subject if fact.topic else "")
    options = tuple(shown(name, language) for name in [fact.name, *wrong])
    return Draft(
        kind=ItemKind.CHOICE,
        language=language,
        stem=phrases.question_for(fact.saying, topic, language, context=context),
        options=options,
        key=(0,),
        answer=(options[0], *fact.saying.term.aliases),
        reason=f"{say('key', language, name=options[0])} {contrast(shop, wrong)}".strip(),
        evidence=fact.span,
        fact=fact_id(fact),
        lecture=fact.lecture,
        difficulty=0.4,
    )


def distractors(shop: Workshop, fact: Fact, rng: random.Random) -> tuple[Topic | None, list[str]]:
    """The topic to name in the question, and wrong terms that suit it.

    A question about one of the strengths of U-Net offers strengths of U-Net only. Where a list is
    too short for that, its members are asked about by themselves, unless they are mere aspects.
    """
    if fact.topic is not None:
        fellows = shop.siblings.fellows(fact, WRONG, rng)
        if len(fellows) == WRONG:
            return fact.topic, fellows
        if fact.topic.open_ended:
            return None, []
    if fact.listing >= 0 and not shop.siblings.is_named(fact):
        return None, shop.siblings.fellows(fact, WRONG, rng)
    return None, shop.siblings.terms(fact, WRONG, rng)


def _saying(shop: Workshop, fact: Fact, rng: random.Random) -> Draft | None:
    """Which description fits the term?"""
    if not shop.siblings.stands_alone(fact) or fact.context:
        return None
    others = shop.siblings.sayings(fact, WRONG, rng)
    language = shop.language
    options = tuple(phrases.as_option(f.saying, language) for f in [fact, *others])
    if len(others) < WRONG or _echoes(fact.name, options):
        return None
    meant = "; ".join(
        f"{shown(fact.name, language)} — {_short(text)}"
        for fact, text in zip(others, options[1:], strict=True)
    )
    return Draft(
        kind=ItemKind.CHOICE,
        language=language,
        stem=phrases.describe(fact.name, language),
        options=options,
        key=(0,),
        answer=(options[0],),
        reason=f"{say('key', language, name=options[0])} {say('others', language, text=meant)}",
        evidence=fact.span,
        fact=fact_id(fact),
        lecture=fact.lecture,
        difficulty=0.45,
    )


def _echoes(name: str, options: Sequence[str]) -> bool:
    """Whether the key, the first option, repeats a word of the term that no other option does."""
    words = content_words(name)
    own = words & content_words(options[0])
    return (
        not all(own & content_words(option) == own for option in options[1:])
        and bool(own)
        and not any(own <= content_words(option) for option in options[1:])
    )


def _member(shop: Workshop, listing: Listing, rng: random.Random) -> Draft | None:
    """Which of these belongs to the list? Of strengths and weaknesses, what is said of them."""
    language = shop.language
    strangers = shop.siblings.strangers(listing, rng)
    if listing.topic is None:
        return None
    judged = listing.topic.group in ("strength", "weakness")
    members = rng.sample(listing.members, len(listing.members))
    if judged:
        members = [m for m in members if shop.saying_of(m)]
        strangers = [s for s in strangers if s.same_subject and shop.saying_of(s.member)]
    wrong = [stranger.member for stranger in strangers][:WRONG]
    if not members or len(wrong) < WRONG or (listing.topic.open_ended and not judged):
        return None
    member = members[0]
    told = shop.saying_of if judged else lambda each: shown(each.name, language)
    options = tuple(told(each) for each in (member, *wrong))
    topic = phrases.topic_name(listing.topic, language)
    return Draft(
        kind=ItemKind.CHOICE,
        language=language,
        stem=say("member", language, topic=topic),
        options=options,
        key=(0,),
        answer=(options[0],),
        reason=f"{say('key', language, name=options[0])} {phrases.listed(listing, language)}",
        evidence=member.span,
        fact=f"{span_id(member.span)} in {listing.number}",
        lecture=listing.lecture,
        difficulty=0.45,
    )


def _next_steps(shop: Workshop, procedure: Procedure, rng: random.Random) -> Iterator[Draft]:
    """What comes right after a step? The other steps of the same process are the wrong options."""
    language = shop.language
    steps = [stages.short(step, language) for step in procedure.steps]
    good = [stages.usable(step, language) for step in steps]
    places = [i for i in range(len(steps) - 1) if good[i] and good[i + 1]]
    rng.shuffle(places)
    for place in places:
        others = [s for i, s in enumerate(steps) if good[i] and i not in (place, place + 1)]
        first, second = procedure.spans[place], procedure.spans[place + 1]
        if len(others) < WRONG - 1 or first.chunk.id != second.chunk.id:
            continue
        options = (steps[place + 1], *rng.sample(others, min(WRONG, len(others))))
        title = phrases.inner(procedure.title)
        yield Draft(
            kind=ItemKind.CHOICE,
            language=language,
            stem=say("next_step", language, title=title, text=phrases.inner(steps[place])),
            options=options,
            key=(0,),
            answer=(options[0],),
            reason=say("key", language, name=options[0]),
            evidence=first.to(second),
            fact=f"steps {procedure.title} {place}",
            lecture=procedure.lecture,
            difficulty=0.5,
        )


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:88].rsplit(" ", 1)[0] + " …"


class ChoiceForm(Form):
    """A question with its key and three wrong options."""

    key: Short
    stem: Sentence
    distractors: Annotated[list[Short], Field(min_length=WRONG, max_length=WRONG)]
    explanation: Sentence


def of_form(form: ChoiceForm, passage: Passage) -> Draft | str:
    """The item that a language model wrote; wrong terms have to be known to the notes."""
    evidence = passage.find(form.evidence)
    if evidence is None:
        return "quote_not_found"
    if any(len(o.split()) <= 3 and not passage.known(o) for o in form.distractors):
        return "unknown_distractor"
    return passage.draft(
        ItemKind.CHOICE,
        evidence,
        stem=form.stem,
        options=(form.key, *form.distractors),
        key=(0,),
        answer=(form.key, *passage.aliases(form.key)),
        reason=f"{say('key', passage.language, name=form.key)} {form.explanation}",
    )


WRITTEN = Written(
    ChoiceForm,
    (
        "용어나 개념 하나를 정답으로 하는 사지선다 문제를 만든다.",
        "Write a question with four options whose key is one term or idea.",
    ),
    of_form,
)
KIND = Kind(ItemKind.CHOICE, check, grade, drafts)
