"""Everything the notes of one course hold about each of its terms, gathered under one entry.

Knows names, facts and lists; decides nothing about what may stand beside what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tutor.quiz.facts import Fact, Notes
from tutor.quiz.genera import sort_of
from tutor.quiz.passages import LectureKey
from tutor.quiz.terms import head_noun, script
from tutor.quiz.topics import OPEN
from tutor.quiz.words import fold

_MENTIONS = 3
"""Times that a label has to occur in a course before it counts as a name."""


@dataclass(slots=True)
class Concept:
    """One term of a course.

    Args:
        forms: all its names, folded.
        facts: what the notes say of it.
        said: those sayings, folded, as one text.
        listings: numbers of the lists it is a member of.
        groups: what those lists list: "strength", "part", …
        named: whether it is a name beyond its own list and not just the label of a line.
    """

    name: str
    head: str
    script: str
    forms: frozenset[str]
    facts: list[Fact] = field(default_factory=list)
    said: str = ""
    listings: set[int] = field(default_factory=set)
    lectures: set[LectureKey] = field(default_factory=set)
    genera: set[str] = field(default_factory=set)
    sorts: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    named: bool = False

    @property
    def best(self) -> Fact | None:
        """What says most about it: a definition, if there is one."""
        language = self.facts[0].lecture[4] if self.facts else ""
        return min(self.facts, key=lambda f: not f.saying.defines(language), default=None)

    @property
    def text(self) -> str:
        """All that is said of it, as it reads."""
        return " ".join(fact.saying.predicate for fact in self.facts)


class Concepts:
    """The terms of a course, found by any of their names."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._text = "\n".join(x.text for lec in notes.lectures for x in lec.lines).casefold()
        self._table: dict[str, Concept] = {}
        for fact in notes.facts:
            self._add_fact(self._entry(fact.name), fact)
        for listing in notes.listings:
            for member in listing.members:
                concept = self._entry(member.name)
                concept.listings.add(listing.number)
                concept.lectures.add(listing.lecture)
                concept.groups |= {listing.topic.group} if listing.topic else set()
        for concept in self._table.values():
            aspect = concept.groups & OPEN
            mentions = self._text.count(concept.name.casefold())
            label = aspect or (notes.language == "en" and " " not in concept.name)
            concept.named = concept.named or (mentions >= _MENTIONS and not label)

    def __iter__(self) -> Iterator[Concept]:
        """In the order the notes bring them up."""
        return iter(self._table.values())

    def __getitem__(self, name: str) -> Concept:
        return self._table[self._same(name)]

    def get(self, name: str) -> Concept | None:
        """The concept of this name, None where the notes hold nothing about it."""
        return self._table.get(self._same(name))

    def _add_fact(self, concept: Concept, fact: Fact) -> None:
        saying, language = fact.saying, self._notes.language
        genus = saying.genus(language)
        concept.facts.append(fact)
        concept.said += " " + fold(saying.predicate)
        concept.lectures.add(fact.lecture)
        concept.genera |= {genus} - {""}
        concept.sorts |= {sort_of(genus) or sort_of(saying.term.name.split()[-1])} - {""}
        defined = fact.listing < 0 and saying.defines(language)
        concept.named = concept.named or fact.known or defined

    def _entry(self, name: str) -> Concept:
        same = self._same(name)
        if same not in self._table:
            head = head_noun(name, self._notes.language)
            forms = frozenset(form for form in self._notes.names.of(name) if len(form) > 1)
            self._table[same] = Concept(name, head, script(name), forms)
        return self._table[same]

    def _same(self, name: str) -> str:
        return min(self._notes.names.of(name))
