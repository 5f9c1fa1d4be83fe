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

from tutor.quiz import korean, phrases
from tutor.quiz.facts import Fact, Listing, Member
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds import choice
from tutor.quiz.kinds.base import Draft, Kind, Workshop, check_options
from tutor.quiz.passages import LectureKey
from tutor.quiz.phrases import say
from tutor.quiz.problem import Problem
from tutor.quiz.siblings import CLOSE
from tutor.quiz.topics import Topic
from tutor.quiz.worth import ASKED

LONGEST_SAYING = {"ko": 60, "en": 110}
"""Characters of what a statement says of a member of a list."""


def check(item: Item) -> list[Problem]:
    """Two options, one of them the key."""
    return check_options(item, 2, 2)


def drafts(shop: Workshop, lecture: LectureKey, rng: random.Random) -> Iterator[Draft]:
    """Every statement of the lecture about its own term and about a sibling, whichever fits."""
    facts = [fact for fact in shop.facts(lecture, ASKED) if shop.siblings.stands_alone(fact)]
    rng.shuffle(facts)
    facts.sort(key=lambda fact: fact.saying.line)
    for fact in facts:
        forms = [_true(shop, fact)]
        forms += [
            _false(shop, fact, other) for other in shop.siblings.terms(fact, 1, rng, least=CLOSE)
        ]
        yield from rng.sample(forms, len(forms))
    for listing in shop.notes.listings:
        if listing.lecture == lecture:
            yield from _listed(shop, listing, rng)


def _listed(shop: Workshop, listing: Listing, rng: random.Random) -> Iterator[Draft]:
    """A member that is said to belong to its list, and a stranger that is."""
    topic = listing.topic
    if topic is None:
        return
    for member in rng.sample(listing.members, len(listing.members)):
        if told := _claim(shop, topic, member):
            yield _claimed(shop, listing, member, told, 0)
    strangers = shop.siblings.strangers(listing, rng)
    judged = topic.group in ("strength", "weakness")
    for stranger in strangers:
        told = _claim(shop, topic, stranger.member)
        if told and (stranger.same_subject or not judged):
            yield _claimed(shop, listing, stranger.member, told, 1)


def _claim(shop: Workshop, topic: Topic, member: Member) -> str:
    """That a thing belongs to a list; of strengths and weaknesses by what is said of them."""
    language = shop.language
    name = phrases.topic_name(topic, language)
    if topic.group not in ("strength", "weakness"):
        subject = korean.with_particle(member.name, "은/는") if language == "ko" else member.name
        return say("listed_name", language, name=subject, topic=name)
    text = next(
        (
            phrases.as_option(fact.saying, language)
            for fact in shop.notes.facts
            if fact.name == member.name and fact.span.chunk.id == member.span.chunk.id
        ),
        "",
    )
    short = 0 < len(text) <= LONGEST_SAYING[language]
    particle = phrases.quoted_particle(text)
    return say("listed_point", language, text=text, particle=particle, topic=name) if short else ""


def _claimed(shop: Workshop, listing: Listing, member: Member, told: str, key: int) -> Draft:
    language = shop.language
    options = (say("true", language), say("false", language))
    spans = [each.span for each in listing.members]
    near = [span for span in spans if span.chunk.id == spans[0].chunk.id]
    whole = near[0].to(near[-1])
    evidence = member.span if key == 0 else whole
    truth = say("is_true" if key == 0 else "is_not_so", language)
    return Draft(
        kind=ItemKind.TRUE_FALSE,
        language=language,
        stem=say("true_or_false", language, text=phrases.inner(told)),
        options=options,
        key=(key,),
        answer=(options[key],),
        reason=f"{truth} {phrases.listed(listing, language)}",
        evidence=evidence,
        fact=f"{choice.span_id(member.span)} in {listing.number}",
        lecture=listing.lecture,
        difficulty=0.35,
        free=False,
    )


def _stated(shop: Workshop, fact: Fact, name: str) -> str:
    """The question: a sentence of the notes as it is, a line of a list as a description."""
    language, saying = shop.language, fact.saying
    if not saying.line:
        text = phrases.sentence(saying, name, language)
        return say("true_or_false", language, text=phrases.inner(text))
    text = phrases.as_option(saying, language)
    return say(
        "true_of", language, name=choice.shown(name, language), text=phrases.inner(text)
    )


def _true(shop: Workshop, fact: Fact) -> Draft:
    statement = _stated(shop, fact, fact.name)
    return _draft(shop, fact, statement, 0, say("is_true", shop.language))


def _false(shop: Workshop, fact: Fact, other: str) -> Draft:
    statement = _stated(shop, fact, other)
    reason = say("is_false", shop.language, name=fact.name)
    return _draft(shop, fact, statement, 1, f"{reason} {choice.contrast(shop, [other])}".strip())


def _draft(shop: Workshop, fact: Fact, statement: str, key: int, reason: str) -> Draft:
    language = shop.language
    options = (say("true", language), say("false", language))
    return Draft(
        kind=ItemKind.TRUE_FALSE,
        language=language,
        stem=statement,
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
