"""Which other things of the notes can stand beside a key: of the same kind, and surely not right too.

Knows terms, definitions and lists; knows nothing about stems. Without a language model "not right"
is decided by structure: no other name of the key, no member of the list the key is in, nothing whose
own definition says much the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tutor.quiz import korean
from tutor.quiz.facts import Fact, Listing, Member, Notes
from tutor.quiz.genera import sort_of
from tutor.quiz.passages import LectureKey
from tutor.quiz.statements import Saying
from tutor.quiz.terms import head_noun, related, script
from tutor.quiz.topics import Topic
from tutor.quiz.words import content_words, fold, length, overlap

_ALIKE = 0.5
"""Share of content words from which two definitions may fit the same thing."""
_LEAST = 2.0
"""Score below which a candidate is not of the key's kind at all."""
CLOSE = 4.0
"""Score from which a candidate is of one sort with the key, or in one list with it."""
_CHOSEN_FROM = 8
"""How many of the best candidates the dice choose from."""


@dataclass(slots=True)
class Concept:
    """Everything the notes hold about one term."""

    name: str
    facts: list[Fact] = field(default_factory=list)
    listings: set[int] = field(default_factory=set)
    lectures: set[LectureKey] = field(default_factory=set)
    genera: set[str] = field(default_factory=set)
    sorts: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)

    @property
    def said(self) -> str:
        """All that is said of it."""
        return " ".join(fact.saying.predicate for fact in self.facts)


class Siblings:
    """Finds distractors in the notes of one course in one language."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._concepts: dict[str, Concept] = {}
        for fact in notes.facts:
            concept = self._concept(fact.name)
            concept.facts.append(fact)
            concept.lectures.add(fact.lecture)
            concept.genera |= {fact.saying.genus(notes.language)} - {""}
            concept.sorts |= self._sorts(fact.saying)
        for listing in notes.listings:
            for member in listing.members:
                concept = self._concept(member.name)
                concept.listings.add(listing.number)
                concept.lectures.add(listing.lecture)
                concept.groups |= {listing.topic.group} if listing.topic else set()

    def concept(self, name: str) -> Concept | None:
        """What the notes hold about a name."""
        return self._concepts.get(self._same(name))

    def terms(
        self, fact: Fact, count: int, rng: random.Random, *, least: float = _LEAST
    ) -> list[str]:
        """Names that could be mistaken for the fact's term, none of which its predicate fits.

        Args:
            least: how like the term they have to be; `CLOSE` asks for a real sibling.
        """
        names = [concept.name for concept in self._ranked(fact, self._concepts.values(), least)]
        return _spread(fact.name, names, count, rng, self._notes.language)

    def fellows(self, fact: Fact, count: int, rng: random.Random) -> list[str]:
        """Other members of the list that the fact's term is in, none of which its predicate fits."""
        own = [c for c in self._concepts.values() if fact.listing in c.listings]
        names = [concept.name for concept in self._ranked(fact, own)]
        return _spread(fact.name, names, count, rng, self._notes.language)

    def sayings(self, fact: Fact, count: int, rng: random.Random) -> list[Fact]:
        """Facts about other terms, worded like this one, none of which fits its term."""
        language = self._notes.language
        found: list[Fact] = []
        for concept in self._ranked(fact, [c for c in self._concepts.values() if c.facts]):
            match = next((f for f in concept.facts if _parallel(f, fact, language)), None)
            if match and all(
                overlap(match.saying.predicate, f.saying.predicate) < _ALIKE for f in found
            ):
                found.append(match)
        texts = _spread(
            fact.saying.predicate, [f.saying.predicate for f in found], count, rng, language
        )
        return [f for text in texts for f in found if f.saying.predicate == text]

    def strangers(self, listing: Listing, rng: random.Random) -> list[Member]:
        """Members of other lists that do not belong here, though they might seem to."""
        topic = listing.topic
        if topic is None:
            return []
        inside = self._members_of(topic)
        found: list[Member] = []
        for other in self._notes.listings:
            if other.topic is None or not self._stands_apart(listing, other, topic, other.topic):
                continue
            found.extend(m for m in other.members if self._outside(m.name, listing, inside))
        rng.shuffle(found)
        return list({fold(member.name): member for member in found}.values())

    def _members_of(self, topic: Topic) -> list[str]:
        """The members of every list about the same things, in whichever lecture."""
        return [
            member.name
            for listing in self._notes.listings
            if listing.topic
            and (listing.topic.group == topic.group or not listing.topic.excludes(topic))
            and listing.topic.same_subject(topic)
            for member in listing.members
        ]

    def _stands_apart(self, listing: Listing, other: Listing, topic: Topic, apart: Topic) -> bool:
        """Whether the other list's members are near enough to mislead and surely not right here."""
        judging = {"strength", "weakness"}
        if {topic.group, apart.group} & judging:
            return {topic.group, apart.group} == judging and apart.same_subject(topic)
        if apart.same_subject(topic):
            return topic.excludes(apart)
        # what is used by one thing may be used by another, said or not
        heads = [
            {head_noun(m.name, self._notes.language) for m in x.members} for x in (listing, other)
        ]
        alike = bool((heads[0] & heads[1]) - {""})
        return topic.group == apart.group and not topic.open_ended and alike

    def _outside(self, name: str, listing: Listing, inside: Iterable[str]) -> bool:
        names = self._notes.names
        head = head_noun(name, self._notes.language)
        for member in inside:
            shared = head and head == head_noun(member, self._notes.language)
            if names.same(name, member) or related(name, member):
                return False
            if not shared and overlap(name, member) >= _ALIKE:
                return False
        own = self.concept(name)
        said = own.said if own else ""
        return not any(
            overlap(said, concept.said) >= _ALIKE
            for member in listing.members
            if (concept := self.concept(member.name)) and concept.said and said
        )

    def _ranked(
        self, fact: Fact, others: Iterable[Concept], least: float = _LEAST
    ) -> list[Concept]:
        """The concepts most like the fact's term that its predicate does not fit, best first."""
        scored = [(self._likeness(fact, concept), concept) for concept in others]
        scored = [pair for pair in scored if pair[0] >= least]
        scored.sort(key=lambda pair: (-pair[0], pair[1].name))
        fitting = (concept for _, concept in scored if self._differs(fact, concept))
        return list(islice(fitting, 2 * _CHOSEN_FROM))

    def _likeness(self, fact: Fact, concept: Concept) -> float:
        """How much a concept is of the same kind as a fact's term; higher is more."""
        language = self._notes.language
        genus, head = fact.saying.genus(language), head_noun(fact.name, language)
        score = 4.0 * (fact.listing in concept.listings)
        score += 4.0 * bool(self._sorts(fact.saying) & concept.sorts)
        score += 1.0 * bool(genus and genus in concept.genera)
        score += 3.0 * bool(head and head == head_noun(concept.name, language))
        score += 2.0 * (fact.lecture in concept.lectures)
        score += 1.0 * any(key[:2] == fact.lecture[:2] for key in concept.lectures)
        score += 0.5 * (0.5 <= len(concept.name) / len(fact.name) <= 2.0)
        return score

    def _differs(self, fact: Fact, concept: Concept) -> bool:
        """Whether a concept is surely not what the fact's predicate describes."""
        predicate, names = fact.saying.predicate, self._notes.names
        if names.same(fact.name, concept.name) or related(fact.name, concept.name):
            return False
        if {script(fact.name), script(concept.name)} == {"latin", "hangul"}:
            return False
        own = {fact.topic.group} if fact.topic else set()
        if (
            (own or concept.groups)
            and not own & concept.groups
            and self._open(own | concept.groups)
        ):
            return False
        forms = {concept.name, *names.aliases(concept.name)}
        if any(fold(form) in fold(predicate) for form in forms if len(fold(form)) > 1):
            return False
        said = concept.said
        mentions = any(fold(form) in fold(said) for form in (fact.name, *fact.saying.term.aliases))
        return (
            not mentions
            and all(overlap(predicate, f.saying.predicate) < _ALIKE for f in concept.facts)
            and not self._kind_of(concept, fact.name)
        )

    def _sorts(self, saying: Saying) -> set[str]:
        """The sorts of thing that a term is, by its definition and by its own last word."""
        last = saying.term.name.split()[-1]
        return {sort_of(saying.genus(self._notes.language)), sort_of(last)} - {""}

    def _kind_of(self, concept: Concept, name: str) -> bool:
        """Whether a concept stands in a list of things of the kind that `name` names."""
        wanted = content_words(name)
        return any(
            listing.topic
            and wanted
            and wanted <= content_words(f"{listing.topic.subject} {listing.topic.noun}")
            for number in concept.listings
            for listing in [self._notes.listings[number]]
        )

    @staticmethod
    def _open(groups: set[str]) -> bool:
        return bool(groups & {"strength", "weakness", "use", "trait"})

    def _concept(self, name: str) -> Concept:
        return self._concepts.setdefault(self._same(name), Concept(name))

    def _same(self, name: str) -> str:
        return min(self._notes.names.of(name))


def _parallel(a: Fact, b: Fact, language: str) -> bool:
    """Whether two predicates are worded alike: both sentences or both notes, with like endings."""
    mine, theirs = a.saying.predicate, b.saying.predicate
    if language == "en":
        alike = mine.split()[0] in ("is", "are") if theirs.split()[0] in ("is", "are") else True
        return a.saying.line == b.saying.line and alike
    nominal = korean.ending_noun(mine) is not None, korean.ending_noun(theirs) is not None
    return nominal[0] == nominal[1] and mine.endswith("다") == theirs.endswith("다")


def _spread(
    key: str, ranked: Sequence[str], count: int, rng: random.Random, language: str
) -> list[str]:
    """`count` of the best candidates by the dice, so chosen that the key is seldom the longest."""
    close = [text for text in ranked[:_CHOSEN_FROM] if 0.4 <= _ratio(text, key, language) <= 2.5]
    picked = sorted(rng.sample(close, min(count, len(close))), key=close.index)
    longest = max((length(text, language) for text in picked), default=0)
    longer = [t for t in close if t not in picked and length(t, language) >= length(key, language)]
    if len(picked) == count and longest < length(key, language) and longer and rng.random() < 0.8:
        picked[-1] = longer[0]
    return picked


def _ratio(text: str, key: str, language: str) -> float:
    return length(text, "ko") / max(1, length(key, "ko"))
