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
from itertools import islice

from tutor.quiz import korean, phrases, within
from tutor.quiz.facts import Fact, Listing, Member
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds import choice
from tutor.quiz.kinds.base import Draft, Kind, Workshop, check_options
from tutor.quiz.kinds.cloze import explained
from tutor.quiz.kinds.written import Form, Passage, Sentence, Written
from tutor.quiz.passages import LectureKey, Span
from tutor.quiz.phrases import say
from tutor.quiz.problem import Problem
from tutor.quiz.siblings import CLOSE
from tutor.quiz.topics import STEP, Topic
from tutor.quiz.worth import ASKED, TOLD, worth

PER_LIST = 4
"""True statements that one list may give, and as many false ones."""


def check(item: Item) -> list[Problem]:
    """Two options, one of them the key."""
    return check_options(item, 2, 2)


def drafts(shop: Workshop, lecture: LectureKey, rng: random.Random) -> Iterator[Draft]:
    """Every statement of the lecture about its own term and about a sibling, whichever fits."""
    facts = [fact for fact in shop.facts(lecture, TOLD) if shop.siblings.stands_alone(fact)]
    rng.shuffle(facts)
    facts.sort(key=lambda fact: (worth(fact, shop.language) < ASKED, fact.saying.line))
    for fact in facts:
        forms = [_true(shop, fact)]
        forms += [
            _false(shop, fact, other) for other in shop.siblings.terms(fact, 1, rng, least=CLOSE)
        ]
        yield from rng.sample(forms, len(forms))
    for listing in shop.notes.listings:
        if listing.lecture == lecture:
            yield from _listed(shop, listing, rng)
    hidden = list(within.hidden_terms(shop.notes, lecture))
    for each in rng.sample(hidden, len(hidden)):
        yield from _exchanged(shop, each, rng)


def _exchanged(shop: Workshop, hidden: within.Hidden, rng: random.Random) -> Iterator[Draft]:
    """A sentence as it is, and with a sibling in the place of one of its terms."""
    language = shop.language
    if not hidden.opens:
        return
    others = shop.siblings.terms(
        explained(shop, hidden), 1, rng, least=CLOSE, unless=lambda o: hidden.may_be(o.name)
    )
    claims = [(hidden.text, 0, say("is_true", language))]
    for other in others:
        reason = say("is_false_term", language, name=hidden.name)
        claims.append((hidden.filled(other), 1, f"{reason} {choice.contrast(shop, [other])}"))
    for text, key, reason in rng.sample(claims, len(claims)):
        yield _judged(shop, hidden.span, hidden.lecture, text, key, reason.strip())


def _judged(
    shop: Workshop, span: Span, lecture: LectureKey, text: str, key: int, reason: str
) -> Draft:
    language = shop.language
    options = (say("true", language), say("false", language))
    return Draft(
        kind=ItemKind.TRUE_FALSE,
        language=language,
        stem=say("true_or_false", language, text=phrases.inner(text)),
        options=options,
        key=(key,),
        answer=(options[key],),
        reason=reason,
        evidence=span,
        fact=choice.span_id(span),
        lecture=lecture,
        difficulty=0.4,
        free=False,
    )


def _listed(shop: Workshop, listing: Listing, rng: random.Random) -> Iterator[Draft]:
    """A member that is said to belong to its list, and a stranger that is."""
    topic = listing.topic
    if topic is None or topic.group == STEP:
        return
    true = [(member, 0) for member in rng.sample(listing.members, len(listing.members))]
    judged = topic.group in ("strength", "weakness")
    strangers = shop.siblings.strangers(listing, rng)
    false = [(s.member, 1) for s in strangers if s.same_subject or not judged]
    for claims in (true, false):
        told = ((member, _claim(shop, topic, member), key) for member, key in claims)
        for member, text, key in islice((claim for claim in told if claim[1]), PER_LIST):
            yield _claimed(shop, listing, member, text, key)


def _claim(shop: Workshop, topic: Topic, member: Member) -> str:
    """That a thing belongs to a list; of strengths and weaknesses by what is said of them."""
    language = shop.language
    name = phrases.topic_name(topic, language)
    if topic.group not in ("strength", "weakness"):
        subject = korean.with_particle(member.name, "은/는") if language == "ko" else member.name
        return say("listed_name", language, name=subject, topic=name)
    text = shop.saying_of(member)
    particle = phrases.quoted_particle(text)
    return say("listed_point", language, text=text, particle=particle, topic=name) if text else ""


def _claimed(shop: Workshop, listing: Listing, member: Member, told: str, key: int) -> Draft:
    language = shop.language
    options = (say("true", language), say("false", language))
    truth = say("is_true" if key == 0 else "is_not_so", language)
    return Draft(
        kind=ItemKind.TRUE_FALSE,
        language=language,
        stem=say("true_or_false", language, text=phrases.inner(told)),
        options=options,
        key=(key,),
        answer=(options[key],),
        reason=f"{truth} {phrases.listed(listing, language)}",
        evidence=shop.proof(member),
        fact=f"{choice.span_id(member.span)} in {listing.number}",
        lecture=listing.lecture,
        difficulty=0.35,
        free=False,
    )


def _stated(shop: Workshop, fact: Fact, name: str) -> str:
    """The question: a sentence of the notes as it is, a line of a list as a description."""
    language, saying = shop.language, fact.saying
    if not saying.line:
        other = shop.siblings.concept(name) if name != fact.name else None
        known = other.best.saying if other and other.best else None
        lead = known.lead if known and not known.line else None
        text = phrases.sentence(saying, name, language, lead=lead)
        return say("true_or_false", language, text=phrases.inner(text))
    text = phrases.as_option(saying, language)
    return say("true_of", language, name=choice.shown(name, language), text=phrases.inner(text))


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


class StatementForm(Form):
    """Whether the statement is to be true, then the statement."""

    true: bool
    statement: Sentence
    explanation: Sentence


def of_form(form: StatementForm, passage: Passage) -> Draft | str:
    """The statement that a language model wrote."""
    evidence = passage.find(form.evidence)
    if evidence is None:
        return "quote_not_found"
    language, key = passage.language, 0 if form.true else 1
    options = (say("true", language), say("false", language))
    verdict = say("is_true" if form.true else "is_not_so", language)
    return passage.draft(
        ItemKind.TRUE_FALSE,
        evidence,
        stem=say("true_or_false", language, text=phrases.inner(form.statement)),
        options=options,
        key=(key,),
        answer=(options[key],),
        reason=f"{verdict} {form.explanation}",
        free=False,
    )


WRITTEN = Written(
    StatementForm,
    (
        "근거로 참인지 거짓인지 분명히 가릴 수 있는 문장 하나를 쓴다. 거짓이면 용어나 수 하나만 "
        "바꾼다.",
        "Write one statement that the evidence shows to be true or false. For a false one change "
        "one term or number only.",
    ),
    of_form,
)
KIND = Kind(ItemKind.TRUE_FALSE, check, choice.grade, drafts)
