"""What every kind of item provides, and the draft that a template hands to the generator.

A kind is one file: a worked example, the shape of its items, a grade and a template.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tutor.quiz import phrases
from tutor.quiz.facts import Fact, Member, Notes
from tutor.quiz.grade import Grade
from tutor.quiz.item import TEMPLATE, Item, ItemKind
from tutor.quiz.passages import LectureKey, Span
from tutor.quiz.problem import Problem, problem
from tutor.quiz.siblings import Siblings
from tutor.quiz.worth import worth

LONGEST_QUOTE = 700
"""Characters; a list that is longer is quoted from its first shown member to its last."""
_LONGEST_SAYING = {"ko": 60, "en": 110}
"""Characters of what a list says of a member, to stand by itself."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An item before its options have their places.

    Args:
        key: the option indices of the key, into `options` as they stand here.
        answer: the accepted forms, the one to show first.
        reason: the explanation without the quote, which the generator adds with its marker.
        evidence: the stretch of notes that proves the key.
        fact: what the item asks about; no two items of a batch share it.
        free: whether the options may be put into any order.
    """

    kind: ItemKind
    language: str
    stem: str
    options: tuple[str, ...] | None
    key: tuple[int, ...] | None
    answer: tuple[str, ...]
    reason: str
    evidence: Span
    fact: str
    lecture: LectureKey
    difficulty: float
    terms: tuple[str, ...] | None = None
    free: bool = True
    generator: str = TEMPLATE


@dataclass(frozen=True, slots=True)
class Workshop:
    """What templates work with: the notes of one course in one language."""

    notes: Notes
    siblings: Siblings

    @property
    def language(self) -> str:
        """The notes' own: "ko" or "en"."""
        return self.notes.language

    def facts(self, lecture: LectureKey, least: int) -> list[Fact]:
        """A lecture's facts that are worth at least so much; see `worth`."""
        own = (fact for fact in self.notes.facts if fact.lecture == lecture)
        return [fact for fact in own if worth(fact, self.language) >= least]

    def proof(self, member: Member) -> Span:
        """A list's member, with the line that announces the list where that stands near enough."""
        for listing in self.notes.listings:
            intro = listing.intro
            if member in listing.members and intro and intro.chunk.id == member.span.chunk.id:
                if 0 <= member.span.end - intro.start <= LONGEST_QUOTE:
                    return intro.to(member.span)
        return member.span

    def saying_of(self, member: Member) -> str:
        """What the notes say of a list's member on its own line, "" for nothing short enough."""
        for fact in self.notes.facts:
            if fact.name == member.name and fact.span.chunk.id == member.span.chunk.id:
                text = phrases.as_option(fact.saying, self.language)
                return text if len(text) <= _LONGEST_SAYING[self.language] else ""
        return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item.

    Args:
        check: what is wrong with an item's shape, before anything else is looked at.
        grade: what a response is worth; raises BadLine for one that cannot be read.
        drafts: the items that the notes of one lecture give, best first; the dice choose
            distractors, the same dice the same ones.
    """

    name: ItemKind
    check: Callable[[Item], list[Problem]]
    grade: Callable[[Item, object], Grade]
    drafts: Callable[[Workshop, LectureKey, random.Random], Iterator[Draft]]


def check_options(item: Item, least: int, most: int) -> list[Problem]:
    """The faults that all kinds with one right option share; `least` to `most` options are fine."""
    found = []
    options = item.options or ()
    if not least <= len(options) <= most:
        found.append(problem("option_count", item.language, f"{len(options)}"))
    if any(not option.strip() for option in options):
        found.append(problem("empty_option", item.language))
    if item.key_option is None:
        found.append(problem("bad_key", item.language))
    elif item.answer and not any(form.strip() == item.key_option.strip() for form in item.answer):
        found.append(problem("answer_is_not_key", item.language))
    if item.terms is not None:
        found.append(problem("bad_shape", item.language, "terms"))
    return found


def check_typed(item: Item) -> list[Problem]:
    """The faults that kinds with a typed answer share."""
    found = []
    if not any(form.strip() for form in item.answer):
        found.append(problem("no_answer", item.language))
    if item.options is not None or item.key is not None or item.terms is not None:
        found.append(problem("bad_shape", item.language))
    return found
