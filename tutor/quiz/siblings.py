"""Which other things of the notes can stand beside a key: of its kind, and surely not right too.

Knows terms, definitions and lists; knows nothing about stems. Without a language model "not right"
is decided by structure: no other name of the key, no member of the list the key is in, nothing
whose own definition says much the same. An encoder, if there is one, says which concepts are near.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from tutor.quiz import korean
from tutor.quiz.concepts import Concept, Concepts
from tutor.quiz.facts import Fact, Listing, Member, Notes
from tutor.quiz.genera import sort_of
from tutor.quiz.terms import head_noun, script
from tutor.quiz.topics import OPEN, STEP, Topic
from tutor.quiz.words import content_words, fold, length, overlap

Embed = Callable[[Sequence[str]], "NDArray[np.float32]"]
"""Texts to unit vectors, one row for each."""
CLOSE = 5.0
"""Score from which a candidate is of one sort with the key and near it, or in one list with it."""
_LEAST = 2.5
"""Score below which a candidate has nothing to do with the key."""
_NEARNESS = 10.0
"""What a cosine of one between two concepts would add to their score."""
_ALIKE, _SHARED = 0.5, 0.33
"""Shares of the shorter text's words, and of both texts', from which two say much the same."""
_HELD, _HELD_IN_LIST = 0.7, 0.85
"""Share of the shorter text's words from which the longer says all of it; members of one list,
which the notes themselves tell apart, may be closer.
"""
_CHOSEN_FROM = 6
"""How many of the best candidates the dice choose from."""
_RANKED = 40
"""How many candidates are kept for each fact."""
_JUDGING = frozenset({"strength", "weakness"})


@dataclass(frozen=True, slots=True)
class Stranger:
    """A member of another list; `same_subject` says whether that list is about the same thing."""

    member: Member
    same_subject: bool


class Siblings:
    """Finds distractors in the notes of one course in one language."""

    def __init__(self, notes: Notes, embed: Embed | None = None) -> None:
        self._notes = notes
        self._concepts = Concepts(notes)
        self._embed = embed
        self._near = _nearness(list(self._concepts), embed)
        self._rankings: dict[tuple[str, int, str], list[tuple[float, Concept]]] = {}

    def concept(self, name: str) -> Concept | None:
        """What the notes hold about a name."""
        return self._concepts.get(name)

    def is_named(self, fact: Fact) -> bool:
        """Whether a fact's term is a concept of the course, and not just the label of a line."""
        return self._concepts[fact.name].named

    def stands_alone(self, fact: Fact) -> bool:
        """Whether a fact can be asked about without its list: "유연성: …" of what?"""
        aspect = fact.topic is not None and fact.topic.open_ended
        return fact.listing < 0 or (not aspect and self.is_named(fact))

    def terms(
        self,
        fact: Fact,
        count: int,
        rng: random.Random,
        *,
        least: float = _LEAST,
        unless: Callable[[Concept], bool] = lambda concept: False,
    ) -> list[str]:
        """Names that could be mistaken for the fact's term, none of which its predicate fits.

        `least` says how like the term they have to be; `CLOSE` asks for real siblings, which are
        things of the same sort. `unless` says which ones to leave out.
        """
        ranked = self._ranked(fact, self._concepts, least)
        if least >= CLOSE:
            sorts = (self._concepts.get(fact.name) or self._bare(fact)).sorts
            ranked = [c for c in ranked if c.sorts & sorts or not (c.sorts and sorts)]
        names = self._distinct(concept for concept in ranked if not unless(concept))
        return _spread(fact.name, names, count, rng)

    def fellows(self, fact: Fact, count: int, rng: random.Random) -> list[str]:
        """Other members of the list that the term is in, none of which its predicate fits."""
        own = [concept for concept in self._concepts if fact.listing in concept.listings]
        return _spread(fact.name, self._distinct(self._ranked(fact, own)), count, rng)

    def sayings(self, fact: Fact, count: int, rng: random.Random) -> list[Fact]:
        """Facts about other terms, worded like this one, none of which fits its term."""
        language = self._notes.language
        found: list[Fact] = []
        for concept in self._ranked(fact, [c for c in self._concepts if c.facts]):
            match = next((f for f in concept.facts if _parallel(f, fact, language)), None)
            if match and all(self._apart(match, other) for other in found):
                found.append(match)
        by_text = {other.saying.predicate: other for other in found}
        texts = _spread(fact.saying.predicate, list(by_text), count, rng)
        return [by_text[text] for text in texts]

    def strangers(self, listing: Listing, rng: random.Random) -> list[Stranger]:
        """Members of other lists that do not belong here, those about the same subject first."""
        topic = listing.topic
        if topic is None or topic.group == STEP:
            return []
        inside = self._members_of(topic)
        found: list[Stranger] = []
        for other in self._notes.listings:
            apart = other.topic and other.topic.group != STEP
            if other.topic is None or not apart or not _stands_apart(topic, other.topic):
                continue
            same = other.topic.same_subject(topic)
            judged = topic.group in _JUDGING
            fits = [m for m in other.members if same or judged or self._named_alike(m, listing)]
            found.extend(Stranger(m, same) for m in fits if self._outside(m.name, listing, inside))
        rng.shuffle(found)
        found.sort(key=lambda stranger: not stranger.same_subject)
        return list({fold(each.member.name): each for each in reversed(found)}.values())[::-1]

    def _members_of(self, topic: Topic) -> list[str]:
        """The members of every list about the same things, in whichever lecture."""
        return [
            member.name
            for listing in self._notes.listings
            if listing.topic
            and not listing.topic.excludes(topic)
            and listing.topic.same_subject(topic)
            for member in listing.members
        ]

    def _named_alike(self, member: Member, listing: Listing) -> bool:
        """Whether a stranger is named like the members: an update gate among the gates of LSTM."""
        heads = {head_noun(m.name, self._notes.language) for m in listing.members} - {""}
        return head_noun(member.name, self._notes.language) in heads

    def _outside(self, name: str, listing: Listing, inside: Iterable[str]) -> bool:
        """Whether a name is surely none of the members, under another name or in other words."""
        names, head = self._notes.names, head_noun(name, self._notes.language)
        for member in inside:
            if names.same(name, member) or names.related(name, member):
                return False
            shared = head and head == head_noun(member, self._notes.language)
            if not shared and overlap(name, member) >= _ALIKE:
                return False
        own = self._concepts[name].text
        texts = [self._concepts[member.name].text for member in listing.members]
        return not any(own and text and overlap(own, text) >= _ALIKE for text in texts)

    def _distinct(self, concepts: Iterable[Concept]) -> list[str]:
        """Their names, without those that one before may mean as well."""
        names: list[str] = []
        for concept in concepts:
            if not any(self._notes.names.related(concept.name, name) for name in names):
                names.append(concept.name)
        return names

    def _ranked(
        self, fact: Fact, others: Iterable[Concept], least: float = _LEAST
    ) -> list[Concept]:
        """The concepts most like the fact's term that its predicate does not fit, best first."""
        allowed = set(map(id, others))
        ranking = self._ranking(fact)
        fitting = (c for score, c in ranking if score >= least and id(c) in allowed)
        return list(islice(fitting, 2 * _CHOSEN_FROM))

    def _ranking(self, fact: Fact) -> list[tuple[float, Concept]]:
        """Every concept that the predicate does not fit, with its likeness, best first."""
        place = (fact.span.chunk.id, fact.span.start, fact.name)
        if place not in self._rankings:
            own = self._concepts.get(fact.name) or self._bare(fact)
            near = self._near.get(own.name) or self._near_by_name(own.name)
            scored = [(_likeness(fact, own, c) + near.get(c.name, 0.0), c) for c in self._concepts]
            liked = [pair for pair in scored if pair[0] >= _LEAST]
            liked.sort(key=lambda pair: (-pair[0], pair[1].name))
            fitting = (pair for pair in liked if self._differs(fact, own, pair[1]))
            self._rankings[place] = list(islice(fitting, _RANKED))
        return self._rankings[place]

    def _bare(self, fact: Fact) -> Concept:
        """A concept that the notes name and never explain."""
        names, language = self._notes.names, self._notes.language
        forms = frozenset(form for form in names.of(fact.name) if len(form) > 1)
        head = head_noun(fact.name, language)
        bare = Concept(fact.name, head, script(fact.name), forms)
        bare.sorts = {sort_of(fact.name.split()[-1])} - {""}
        return bare

    def _near_by_name(self, name: str) -> dict[str, float]:
        """The nearness of every concept to a name that is none of them."""
        if self._embed is None:
            return {}
        concepts = [concept.name for concept in self._concepts]
        cosines = self._embed(concepts) @ self._embed([name])[0] if concepts else []
        return {c: _NEARNESS * float(v) for c, v in zip(concepts, cosines, strict=True)}

    def _differs(self, fact: Fact, own: Concept, concept: Concept) -> bool:
        """Whether a concept is surely not what the fact's predicate describes."""
        if own is concept or self._notes.names.related(fact.name, concept.name):
            return False
        if fact.listing not in concept.listings and not concept.named:
            return False
        groups = {fact.topic.group} if fact.topic else set()
        if not groups & concept.groups and (groups | concept.groups) & OPEN:
            return False
        genus = fact.saying.genus(self._notes.language)
        last = fold(concept.name.split()[-1])
        if genus and last == genus and genus != fold(fact.name.split()[-1]):
            # "which attack is it?" is not asked with "an adversarial attack" as a wrong answer
            return False
        predicate = fold(fact.saying.predicate)
        told = any(form in predicate for form in concept.forms)
        told = told or any(form in concept.said for form in own.forms)
        return (
            not told
            and not self._kind_of(concept, fact.name)
            and all(self._apart(fact, other) for other in concept.facts)
        )

    def _apart(self, fact: Fact, other: Fact) -> bool:
        """Whether two facts say different things: neither holds most of the other's words."""
        genera = [each.saying.genus(self._notes.language) for each in (fact, other)]
        common = frozenset[str]().union(*map(content_words, [fact.name, other.name, *genera]))
        mine = content_words(fact.saying.predicate) - common
        theirs = content_words(other.saying.predicate) - common
        held = len(mine & theirs) / (min(len(mine), len(theirs)) or 1)
        shared = len(mine & theirs) / (len(mine | theirs) or 1)
        if fact.listing >= 0 and fact.listing == other.listing:
            return held < _HELD_IN_LIST
        return held < _HELD and (held < _ALIKE or shared < _SHARED)

    def _kind_of(self, concept: Concept, name: str) -> bool:
        """Whether a concept stands in a list of things of the kind that `name` names."""
        wanted = content_words(name)
        topics = [self._notes.listings[number].topic for number in concept.listings]
        return bool(wanted) and any(
            topic is not None and wanted <= content_words(f"{topic.subject} {topic.noun}")
            for topic in topics
        )


def _nearness(concepts: Sequence[Concept], embed: Embed | None) -> dict[str, dict[str, float]]:
    """For each concept the nearness of every other: names and what is said count half each."""
    if embed is None or not concepts:
        return {}
    names = embed([concept.name for concept in concepts])
    texts = embed([concept.text or concept.name for concept in concepts])
    cosines = (names @ names.T + texts @ texts.T) / 2
    return {
        concept.name: {
            other.name: _NEARNESS * float(cosine)
            for other, cosine in zip(concepts, row, strict=True)
        }
        for concept, row in zip(concepts, cosines, strict=True)
    }


def _likeness(fact: Fact, own: Concept, other: Concept) -> float:
    """How much a concept is of the same kind as a fact's term; higher is more."""
    score = 4.0 * (fact.listing in other.listings)
    score += 2.5 * bool(own.sorts & other.sorts)
    score += 1.0 * bool(own.genera & other.genera)
    score += 2.5 * bool(own.head and own.head == other.head)
    score += 1.0 * (fact.lecture in other.lectures)
    score += 1.0 * any(key[:2] == fact.lecture[:2] for key in other.lectures)
    score += 0.5 * (0.5 <= len(other.name) / len(fact.name) <= 2.0)
    # names in other letters stand out
    score -= 2.0 * ({own.script, other.script} == {"latin", "hangul"})
    return score


def _stands_apart(topic: Topic, other: Topic) -> bool:
    """Whether another list's members are near enough to mislead and surely not right here."""
    if {topic.group, other.group} & _JUDGING:
        return {topic.group, other.group} == _JUDGING
    if other.same_subject(topic):
        return topic.excludes(other)
    # what is used by one thing may be used by another, said or not
    return topic.group == other.group and not topic.open_ended


def _parallel(a: Fact, b: Fact, language: str) -> bool:
    """Whether two predicates are worded alike: both sentences or both notes, with like endings."""
    mine, theirs = a.saying.predicate, b.saying.predicate
    if language == "en":
        forms = [(f.saying.line and not f.saying.lead, f.saying.defines("en")) for f in (a, b)]
        return forms[0] == forms[1]
    nominal = [korean.ending_noun(text) is not None for text in (mine, theirs)]
    return nominal[0] == nominal[1] and mine.endswith("다") == theirs.endswith("다")


def _spread(key: str, ranked: Sequence[str], count: int, rng: random.Random) -> list[str]:
    """`count` of the best candidates by the dice, so chosen that the key is seldom the longest."""
    size = max(1, length(key, "ko"))
    close = [text for text in ranked if 0.4 <= length(text, "ko") / size <= 2.5][:_CHOSEN_FROM]
    picked = sorted(rng.sample(close, min(count, len(close))), key=close.index)
    longer = [text for text in close if text not in picked and length(text, "ko") >= size]
    shorter = all(length(text, "ko") < size for text in picked)
    if len(picked) == count and shorter and longer and rng.random() < 0.4:
        picked[-1] = longer[0]
    return picked
