"""Terms of one list and their descriptions, to be paired.

Example:
    Notes: "- ReLU: 음수는 0으로 만든다. - 시그모이드: 값을 0과 1 사이로 누른다. - …"
    Terms: ReLU / 시그모이드 / 쌍곡탄젠트
    Options: 값을 0과 1 사이로 누른다 / 음수는 0으로 만든다 / …, key [1, 0, 2]
    Response [1, 0, 2]: correct. [1, 2, 0]: one of three, partly.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tutor.quiz import phrases
from tutor.quiz.facts import Fact, Listing
from tutor.quiz.grade import Grade, indices
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds import choice
from tutor.quiz.kinds.base import Draft, Kind, Workshop
from tutor.quiz.kinds.written import Form, Passage, Sentence, Short, Written
from tutor.quiz.passages import LectureKey, Span
from tutor.quiz.phrases import say
from tutor.quiz.problem import Problem, problem
from tutor.quiz.words import fold, overlap

LEAST, MOST = 3, 5
_ALIKE = 0.45
"""Share of content words from which two descriptions could change places."""


def check(item: Item) -> list[Problem]:
    """As many keys as terms, each an option, no option twice."""
    terms, options, key = item.terms or (), item.options or (), item.key or ()
    found = []
    if not 2 <= len(terms) <= 8 or len(options) < len(terms):
        found.append(problem("option_count", item.language, f"{len(terms)}/{len(options)}"))
    if any(not text.strip() for text in (*terms, *options)):
        found.append(problem("empty_option", item.language))
    inside = all(0 <= index < len(options) for index in key)
    if len(key) != len(terms) or not inside or len(set(key)) != len(key):
        found.append(problem("bad_key", item.language))
    return found


def grade(item: Item, response: object) -> Grade:
    """The share of the terms that are paired rightly."""
    key = item.key or ()
    if response is None:
        return Grade(0.0, say("wrong", item.language, name=_solution(item)))
    given = indices(response, len(key))
    hits = sum(a == b for a, b in zip(given, key, strict=True))
    if hits == len(key):
        return Grade(1.0, say("right", item.language))
    share = hits / len(key)
    values = {"right": hits, "all": len(key), "name": _solution(item)}
    return Grade(share, say("partly" if hits else "wrong", item.language, **values))


def drafts(shop: Workshop, lecture: LectureKey, rng: random.Random) -> Iterator[Draft]:
    """Every list of the lecture that explains enough of its members."""
    for listing in shop.notes.listings:
        if listing.lecture != lecture:
            continue
        facts = [f for f in shop.notes.facts if f.listing == listing.number]
        chosen = _distinct(list({fact.name: fact for fact in facts}.values()))
        named = sum(shop.siblings.is_named(fact) for fact in chosen)
        if listing.topic is None and 3 * named < 2 * len(chosen):
            continue
        if len(chosen) >= LEAST and len({fact.span.chunk.id for fact in chosen}) == 1:
            yield _draft(shop, listing, chosen, rng)


def _distinct(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, in order, without those whose descriptions could change places."""
    for size in range(min(MOST, len(facts)), LEAST - 1, -1):
        for group in combinations(facts[: MOST + 2], size):
            texts = [fact.saying.predicate for fact in group]
            if all(overlap(a, b) < _ALIKE for a, b in combinations(texts, 2)):
                return list(group)
    return []


def _draft(shop: Workshop, listing: Listing, facts: list[Fact], rng: random.Random) -> Draft:
    language = shop.language
    texts = [phrases.as_option(fact.saying, language) for fact in facts]
    order = rng.sample(range(len(facts)), len(facts))
    stem = say("match", language)
    if listing.topic:
        stem = say("match_among", language, topic=phrases.topic_name(listing.topic, language))
    terms = tuple(choice.shown(fact.name, language) for fact in facts)
    pairs = tuple(f"{term} — {text}" for term, text in zip(terms, texts, strict=True))
    return Draft(
        kind=ItemKind.MATCHING,
        language=language,
        stem=stem,
        options=tuple(texts[index] for index in order),
        key=tuple(order.index(index) for index in range(len(facts))),
        answer=pairs,
        reason=say("key", language, name="; ".join(pairs)),
        evidence=facts[0].span.to(facts[-1].span),
        fact=f"match {listing.number}",
        lecture=listing.lecture,
        difficulty=0.5,
        terms=terms,
        free=False,
    )


def _solution(item: Item) -> str:
    options = item.options or ()
    return "; ".join(
        f"{term} — {options[index]}"
        for term, index in zip(item.terms or (), item.key or (), strict=False)
        if 0 <= index < len(options)
    )


class Pair(BaseModel):
    """A term and what the notes say of it."""

    model_config = ConfigDict(extra="forbid")

    term: Short
    description: Sentence


class PairsForm(Form):
    """Terms with their descriptions."""

    pairs: Annotated[list[Pair], Field(min_length=LEAST, max_length=MOST)]


def of_form(form: PairsForm, passage: Passage) -> Draft | str:
    """The pairs that a language model found, each term of which the passage names."""
    evidence, named = passage.find(form.evidence), fold(passage.chunk.text)
    if evidence is None:
        return "quote_not_found"
    texts = [pair.description for pair in form.pairs]
    if not all(fold(pair.term) in named for pair in form.pairs):
        return "key_not_supported"
    if any(overlap(a, b) >= _ALIKE for a, b in combinations(texts, 2)):
        return "duplicate_options"
    whole = Span(passage.chunk, passage.chunk.start, passage.chunk.end)
    language = passage.language
    order = sorted(range(len(texts)), key=lambda index: fold(texts[index]))
    pairs = tuple(f"{pair.term} — {pair.description}" for pair in form.pairs)
    return passage.draft(
        ItemKind.MATCHING,
        whole,
        stem=say("match", language),
        terms=tuple(pair.term for pair in form.pairs),
        options=tuple(texts[index] for index in order),
        key=tuple(order.index(index) for index in range(len(texts))),
        answer=pairs,
        reason=say("key", language, name="; ".join(pairs)),
        free=False,
    )


WRITTEN = Written(
    PairsForm,
    (
        "대목이 설명하는 용어 셋에서 다섯과 그 설명을 짝지어 쓴다. 설명에는 용어를 쓰지 않는다.",
        "Write three to five terms that the passage explains, each with its description, which "
        "does not name the term.",
    ),
    of_form,
)
KIND = Kind(ItemKind.MATCHING, check, grade, drafts)
