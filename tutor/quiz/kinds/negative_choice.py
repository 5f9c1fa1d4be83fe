"""Which of these does not belong: three members of a list and one thing that is none.

Example:
    Notes: "U-Net의 장점 … U자형 구조 … U-Net의 단점 … 채널 정보 제한 …"
    Stem: 다음 중 U-Net의 장점이 **아닌** 것은?
    Options: U자형 구조 / 채널 정보 제한 / 적은 데이터 / 넓은 응용, key [1]
    Response "채널 정보 제한": correct. The negation is set in bold, or it would be overread.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tutor.quiz import korean, phrases
from tutor.quiz.facts import Listing, Member
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds import choice
from tutor.quiz.kinds.base import Draft, Kind, Workshop, check_options
from tutor.quiz.passages import LectureKey, Span
from tutor.quiz.phrases import say
from tutor.quiz.problem import Problem

MEMBERS = 3
LONGEST_QUOTE = 700
"""Characters; a list that is longer is quoted from its first shown member to its last."""


def check(item: Item) -> list[Problem]:
    """Three or four options, one of them the key."""
    return check_options(item, 3, 4)


def drafts(shop: Workshop, lecture: LectureKey, rng: random.Random) -> Iterator[Draft]:
    """Up to two items for each list whose topic the notes name, with different strangers."""
    for listing in shop.notes.listings:
        if listing.lecture != lecture or listing.topic is None:
            continue
        strangers = shop.siblings.strangers(listing, rng)
        groups = _together(listing)
        for stranger in strangers[:2]:
            if groups:
                yield _draft(shop, listing, stranger, rng.choice(groups))


def _together(listing: Listing) -> list[list[Member]]:
    """Every run of members of the right size that stands in one chunk."""
    runs = [listing.members[i : i + MEMBERS] for i in range(len(listing.members) - MEMBERS + 1)]
    return [list(run) for run in runs if len({m.span.chunk.id for m in run}) == 1]


def _draft(shop: Workshop, listing: Listing, stranger: str, members: list[Member]) -> Draft:
    language = shop.language
    assert listing.topic is not None
    topic = phrases.topic_name(listing.topic, language)
    options = tuple(choice.shown(name, language) for name in [stranger, *(m.name for m in members)])
    names = ", ".join(member.name for member in listing.members)
    reason = " ".join(
        [
            say("key", language, name=options[0]),
            say(
                "listed",
                language,
                topic=korean.with_particle(topic, "은/는"),
                particle="",
                text=names,
            )
            if language == "ko"
            else say("listed", language, topic=topic, text=names),
            say("not_listed", language, name=stranger),
        ]
    )
    return Draft(
        kind=ItemKind.NEGATIVE_CHOICE,
        language=language,
        stem=say(
            "stranger", language, topic=topic, topic_subject=korean.with_particle(topic, "이/가")
        ),
        options=options,
        key=(0,),
        answer=(options[0],),
        reason=reason,
        evidence=_evidence(listing, members),
        fact=f"list {listing.number} {stranger}",
        lecture=listing.lecture,
        difficulty=0.5,
    )


def _evidence(listing: Listing, members: list[Member]) -> Span:
    """From the line that announces the list, if it is near, to the last member shown."""
    first, last = members[0].span, members[-1].span
    whole = first.to(last)
    intro = listing.intro
    if intro is None or intro.chunk.id != first.chunk.id:
        return whole
    return intro.to(last) if last.end - intro.start <= LONGEST_QUOTE else whole


KIND = Kind(ItemKind.NEGATIVE_CHOICE, check, choice.grade, drafts)
