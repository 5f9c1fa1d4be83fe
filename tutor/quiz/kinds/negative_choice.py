"""Which of these does not belong: three members of a list and one thing that is none.

Example:
    Notes: "U-Net의 장점 … U자형 구조 … U-Net의 단점 … 채널 정보 제한 …"
    Stem: 다음 중 U-Net의 장점이 **아닌** 것은?
    Options: U자형 구조 / 채널 정보 제한 / 데이터 부족 문제 해결 / 다양한 응용 분야, key [1]
    Response "채널 정보 제한": correct. The negation is set in bold, or it would be overread.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from tutor.quiz import korean, phrases
from tutor.quiz.facts import Listing, Member
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds import choice
from tutor.quiz.kinds.base import LONGEST_QUOTE, Draft, Kind, Workshop, check_options
from tutor.quiz.kinds.written import Form, Passage, Short, Written
from tutor.quiz.passages import LectureKey, Span
from tutor.quiz.phrases import say
from tutor.quiz.problem import Problem
from tutor.quiz.siblings import Stranger
from tutor.quiz.topics import Topic
from tutor.quiz.words import fold

MEMBERS = 3
PER_LIST = 2
"""Items that one list may give."""
_GOOD = re.compile(
    r"해결|향상|가능|효율|유연|확장|빠른|강화|다양|쉬운|쉽|병렬|(?<!불)안정|(?<!부)정확|간단|단순|개선|풍부"
    r"|적합|맞는|넓은|극복|뛰어|장거리|포착|파악|이해|재사용|작은|적은"
    r"|parallel|fast|flexib|scalab|better|improv|efficien|rich|strong|eas[ey]|simpl|stable"
    r"|accura|robust|wide|reus|fluen|support|explain|interpret",
    re.I,
)
_BAD = re.compile(
    r"제한|부족|문제|손실|불균형|민감|한계|어려|느린|느림|비용|불안정|취약|소실|약함|병목|중복"
    r"|복잡|의존|불확실|추측|환각|부담|요구|과적합|제약|없음|모름|높은"
    r"|limit|lack|loss|lost|cost|slow|sensitiv|weak|poor|instab|unstable|risk|imbalance"
    r"|quadratic|too many|need|expens|hard|difficult|bottleneck|redundan|vulnerab|hallucinat"
    r"|guess|missing",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One option, and the member it stands for."""

    text: str
    member: Member


def check(item: Item) -> list[Problem]:
    """Three or four options, one of them the key."""
    return check_options(item, 3, 4)


def drafts(shop: Workshop, lecture: LectureKey, rng: random.Random) -> Iterator[Draft]:
    """Some items for each list whose topic the notes name, each with another stranger."""
    for listing in shop.notes.listings:
        if listing.lecture != lecture or listing.topic is None:
            continue
        groups = _together(listing)
        made = 0
        for stranger in shop.siblings.strangers(listing, rng) if groups else []:
            entries = _entries(shop, listing.topic, stranger, rng.choice(groups))
            if entries and made < PER_LIST:
                made += 1
                yield _draft(shop, listing, listing.topic, entries)


def _together(listing: Listing) -> list[list[Member]]:
    """Every run of members of the right size that stands in one chunk."""
    runs = [listing.members[i : i + MEMBERS] for i in range(len(listing.members) - MEMBERS + 1)]
    return [list(run) for run in runs if len({m.span.chunk.id for m in run}) == 1]


def _entries(
    shop: Workshop, topic: Topic, stranger: Stranger, members: list[Member]
) -> list[_Entry]:
    """The options, the stranger first: names that say enough, else what the notes say of them.

    "정확도와 속도" is a weakness in some notes, but only "정확하지만 느리다" tells.
    """
    shown = [stranger.member, *members]
    judged = topic.group in ("strength", "weakness")
    good, bad = (_GOOD, _BAD) if topic.group == "strength" else (_BAD, _GOOD)
    named = stranger.member.name
    telling = bad.search(named) and not good.search(named)
    fair = not any(bad.search(m.name) and not good.search(m.name) for m in members)
    if not judged or (telling and fair):
        return [_Entry(choice.shown(m.name, shop.language), m) for m in shown]
    if not stranger.same_subject:
        return []
    sayings = [shop.saying_of(member) for member in shown]
    if not all(sayings):
        return []
    return [_Entry(text, member) for text, member in zip(sayings, shown, strict=True)]


def _draft(shop: Workshop, listing: Listing, topic: Topic, entries: list[_Entry]) -> Draft:
    language = shop.language
    name = phrases.topic_name(topic, language)
    options = tuple(entry.text for entry in entries)
    members = [entry.member for entry in entries[1:]]
    stranger = entries[0].member.name
    return Draft(
        kind=ItemKind.NEGATIVE_CHOICE,
        language=language,
        stem=say(
            "stranger", language, topic=name, topic_subject=korean.with_particle(name, "이/가")
        ),
        options=options,
        key=(0,),
        answer=(options[0],),
        reason=f"{say('key', language, name=options[0])} {_reason(listing, stranger)}",
        evidence=_evidence(listing, members),
        fact=f"list of {name}",
        lecture=listing.lecture,
        difficulty=0.5,
    )


def _reason(listing: Listing, stranger: str) -> str:
    language = listing.lecture[4]
    apart = say("not_listed", language, name=stranger, particle=korean.particle(stranger, "은/는"))
    return f"{phrases.listed(listing, language)} {apart}"


def _evidence(listing: Listing, members: list[Member]) -> Span:
    """From the line that announces the list, if it is near, to the last member shown."""
    first, last = members[0].span, members[-1].span
    whole = first.to(last)
    intro = listing.intro
    if intro is None or intro.chunk.id != first.chunk.id:
        return whole
    return intro.to(last) if last.end - intro.start <= LONGEST_QUOTE else whole


class OddOneForm(Form):
    """Three things that the evidence lists, what they are, and one that is none of them."""

    topic: Short
    members: Annotated[list[Short], Field(min_length=MEMBERS, max_length=MEMBERS)]
    key: Short


def of_form(form: OddOneForm, passage: Passage) -> Draft | str:
    """A list of the notes with one thing that is none of it."""
    evidence = passage.find(form.evidence)
    if evidence is None:
        return "quote_not_found"
    text, language = fold(evidence.text), passage.language
    if not all(fold(member) in text for member in form.members) or fold(form.key) in text:
        return "key_not_supported"
    if not passage.known(form.key):
        return "unknown_distractor"
    names = ", ".join(form.members)
    listed = say(
        "listed",
        language,
        topic=korean.with_particle(form.topic, "은/는") if language == "ko" else form.topic,
        text=names,
        particle=korean.particle(names, "이에요/예요"),
    )
    return passage.draft(
        ItemKind.NEGATIVE_CHOICE,
        evidence,
        stem=say(
            "stranger",
            language,
            topic=form.topic,
            topic_subject=korean.with_particle(form.topic, "이/가"),
        ),
        options=(form.key, *form.members),
        key=(0,),
        answer=(form.key,),
        reason=f"{say('key', language, name=form.key)} {listed}",
    )


WRITTEN = Written(
    OddOneForm,
    (
        "노트가 함께 나열한 것 셋(members)과 그것들이 무엇인지(topic, 예: ‘LSTM의 게이트’), 그리고 "
        "거기에 들지 않는 같은 종류의 것 하나(key)를 쓴다.",
        "Write three things that the notes list together (members), what they are (topic, such as "
        "“the gates of an LSTM”), and one thing of the same kind that is not among them (key).",
    ),
    of_form,
)
KIND = Kind(ItemKind.NEGATIVE_CHOICE, check, choice.grade, drafts)
