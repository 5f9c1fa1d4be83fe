"""Makes a quiz: facts to drafts, drafts to items, items through the gate.

Knows how a batch is put together; what an item looks like is each kind's own matter.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.document import Chunk, Role
from tutor.quiz.checks import batch as together
from tutor.quiz.item import Item, ItemKind, item_id
from tutor.quiz.kinds import KINDS, kind_named
from tutor.quiz.kinds.base import Draft, Workshop
from tutor.quiz.passages import LectureKey
from tutor.quiz.phrases import inner, say
from tutor.quiz.problem import Problem
from tutor.quiz.reading import read
from tutor.quiz.siblings import Siblings
from tutor.quiz.validate import passes, problems
from tutor.quiz.words import collapse, content_words, fold
from tutor.source import Citation

ROUND = (
    "choice", "cloze", "negative_choice", "true_false", "short_answer",
    "choice", "cloze", "matching", "negative_choice", "ordering",
)  # fmt: skip
"""The kinds of one round of ten, when none is asked for."""
_QUOTE_SHOWN = 320
"""Characters of a quote in an explanation; the citation holds all of it."""


@dataclass(frozen=True, slots=True)
class QuizRequest:
    """What to make a quiz of.

    Args:
        kinds: names of kinds, none for a mixture.
        week: only this week, None for all.
        lecture: only this lecture of its week.
        topic: only what has to do with these words.
        language: "ko" or "en"; None for the notes' own, Korean where they say a thing in both.
        seed: the same seed, request and notes give the same items.
    """

    count: int = 10
    kinds: tuple[str, ...] = ()
    courses: tuple[str, ...] | None = None
    week: int | None = None
    lecture: int | None = None
    topic: str | None = None
    language: str | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """The items made, how many drafts each check dropped, and why there are not more.

    Args:
        dropped: by code of the problem that dropped a draft.
        shortfall: "" when as many items were made as asked for.
    """

    items: tuple[Item, ...]
    dropped: dict[str, int] = field(default_factory=dict)
    shortfall: str = ""


def generate(
    chunks: Sequence[Chunk],
    request: QuizRequest,
    *,
    known: Collection[Item] = (),
    glossary: Iterable[Sequence[str]] = (),
) -> Batch:
    """A quiz from the structure of the notes alone.

    Args:
        chunks: of the courses asked for, all of them: siblings come from the whole course.
        request: how many items, of which kinds, from where.
        known: items not to repeat, those of the bank.
        glossary: rows of forms that mean the same; see `ingest.glossary.read_rows`.

    Raises:
        NotAvailable: for a kind that does not exist.
    """
    for name in request.kinds:
        kind_named(name)
    supply = _Supply(_one_language(chunks, request.language), request, glossary)
    assembly = _Assembly(request, known)
    for allowed in (1, 2):
        assembly.fill(supply, allowed)
    return assembly.batch(supply)


class _Supply:
    """The drafts of every lecture and kind asked for, made as they are needed."""

    def __init__(
        self, chunks: Sequence[Chunk], request: QuizRequest, glossary: Iterable[Sequence[str]]
    ) -> None:
        self._request = request
        self._shops: dict[LectureKey, Workshop] = {}
        for notes in read(chunks, glossary):
            shop = Workshop(notes, Siblings(notes))
            for lecture in notes.lectures:
                if _wanted(lecture.key, request):
                    self._shops[lecture.key] = shop
        self._drafts: dict[tuple[LectureKey, str], list[Draft]] = {}

    @property
    def lectures(self) -> list[LectureKey]:
        """In course order, beginning where the seed says."""
        keys = sorted(self._shops)
        start = random.Random(f"{self._request.seed}").randrange(len(keys)) if keys else 0
        return keys[start:] + keys[:start]

    def drafts(self, lecture: LectureKey, kind: str) -> list[Draft]:
        """What is left of the drafts of a kind; taking one away is the caller's part."""
        if (lecture, kind) not in self._drafts:
            rng = random.Random(f"{self._request.seed} {kind} {lecture}")
            found = KINDS[kind].drafts(self._shops[lecture], lecture, rng)
            self._drafts[lecture, kind] = [d for d in found if _about(d, self._request.topic)]
        return self._drafts[lecture, kind]


class _Assembly:
    """A batch while it grows: what is in it, what was dropped, which facts have been asked."""

    def __init__(self, request: QuizRequest, known: Collection[Item]) -> None:
        self._request = request
        self._items: list[Item] = []
        self._known = {item.id for item in known}
        self._asked_before = [item for item in known]
        self._facts: Counter[str] = Counter()
        self._kinds_of: dict[str, set[str]] = {}
        self._per_lecture: Counter[LectureKey] = Counter()
        self._dropped: Counter[str] = Counter()
        self._places: dict[int, Iterator[int]] = {}
        self._rng = random.Random(f"{request.seed} places")

    def fill(self, supply: _Supply, allowed: int) -> None:
        """Adds items in rounds until there are enough or no draft is left.

        No more than `allowed` of them ask about one fact.
        """
        rounds = list(self._request.kinds or ROUND)
        idle = 0
        turn = 0
        while len(self._items) < self._request.count and idle < len(rounds):
            kind = rounds[turn % len(rounds)]
            turn += 1
            idle = 0 if self._take(supply, kind, allowed) else idle + 1

    def batch(self, supply: _Supply) -> Batch:
        """What has been put together, with a word on what is missing."""
        missing = self._request.count - len(self._items)
        shortfall = ""
        if missing > 0:
            shortfall = (
                f"{len(self._items)} of {self._request.count} items: the notes asked for hold no "
                "more that can be asked without doubt."
                if supply.lectures
                else "There are no lecture notes here to make items of."
            )
        return Batch(tuple(self._items), dict(sorted(self._dropped.items())), shortfall)

    def _take(self, supply: _Supply, kind: str, allowed: int) -> bool:
        """One item of a kind, from the lecture that has fewest so far."""
        order = sorted(supply.lectures, key=lambda key: self._per_lecture[key])
        for lecture in order:
            drafts = supply.drafts(lecture, kind)
            for draft in list(drafts):
                if self._facts[draft.fact] >= allowed or kind in self._kinds_of.get(draft.fact, ()):
                    continue
                if self._leans(draft):
                    continue
                drafts.remove(draft)
                if self._accept(draft):
                    return True
        return False

    def _leans(self, draft: Draft) -> bool:
        """Whether a statement would make true ones, or false ones, two more than the others."""
        if draft.kind is not ItemKind.TRUE_FALSE or not draft.key:
            return False
        places = Counter(
            item.key[0] for item in self._items if item.kind is draft.kind and item.key
        )
        return places[draft.key[0]] - places[1 - draft.key[0]] >= 2

    def _accept(self, draft: Draft) -> bool:
        item = _settle(draft, self._place(draft))
        if item.id in self._known:
            return False
        found = problems(item, document_text=None)
        if not passes(found):
            self._dropped.update({_worst(found).code: 1})
            return False
        if code := self._clash(item):
            self._dropped.update({code: 1})
            return False
        self._items.append(item)
        self._known.add(item.id)
        self._facts[draft.fact] += 1
        self._kinds_of.setdefault(draft.fact, set()).add(draft.kind.value)
        self._per_lecture[draft.lecture] += 1
        return True

    def _clash(self, item: Item) -> str:
        """The code of what is wrong between this item and those before it, "" for nothing."""
        if any(
            together.same_question(item, other) for other in (*self._items, *self._asked_before)
        ):
            return "repeat"
        if any(
            together.gives_away(item, other) or together.gives_away(other, item)
            for other in self._items
        ):
            return "key_leak"
        keyed = [each for each in self._items if len(each.options or ()) >= 3 and each.key_option]
        longest = sum(together.is_longest(each) for each in keyed)
        if together.is_longest(item) and longest + 1 > 0.33 * (len(keyed) + 1) + 1:
            return "key_often_longest"
        return ""

    def _place(self, draft: Draft) -> int:
        """Where the key goes: every place once, in an order of the dice, then over again."""
        size = len(draft.options or ())
        if not draft.free or not size:
            return 0
        places = self._places.setdefault(size, _evenly(size, self._rng))
        return next(places)


def _settle(draft: Draft, place: int) -> Item:
    """The item of a draft, its key moved to `place` if its options are free."""
    options, key = draft.options, draft.key
    if draft.free and options is not None and key is not None:
        wrong = [option for index, option in enumerate(options) if index != key[0]]
        rng = random.Random(f"{draft.fact} {draft.stem}")
        rng.shuffle(wrong)
        options = (*wrong[:place], options[key[0]], *wrong[place:])
        key = (place,)
    span = draft.evidence
    quote = collapse(span.text)
    citation = Citation(1, quote, span.chunk, span.start, span.end)
    key_text = "\n".join(options[i] for i in key) if options and key else draft.answer[0]
    return Item(
        id=item_id(draft.kind, quote, draft.stem, key_text),
        kind=draft.kind,
        language=draft.language,
        stem=draft.stem,
        options=options,
        terms=draft.terms,
        key=key,
        answer=draft.answer,
        explanation=f"{draft.reason} {_quoted(quote, draft.language)}",
        citations=(citation,),
        difficulty=draft.difficulty,
    )


def _quoted(quote: str, language: str) -> str:
    """The quote for an explanation; digits in brackets are escaped, or they would be markers."""
    shown = quote if len(quote) <= _QUOTE_SHOWN else quote[:_QUOTE_SHOWN].rsplit(" ", 1)[0] + " …"
    return say("quote", language, text=inner(re.sub(r"\[(\d+)\]", r"\\[\1\\]", shown)))


def _evenly(size: int, rng: random.Random) -> Iterator[int]:
    while True:
        yield from rng.sample(range(size), size)


def _worst(found: Sequence[Problem]) -> Problem:
    return min(found, key=lambda each: each.level != "hard")


def _wanted(key: LectureKey, request: QuizRequest) -> bool:
    in_course = request.courses is None or key[0] in request.courses
    in_week = request.week is None or key[1] == request.week
    return in_course and in_week and (request.lecture is None or key[2] == request.lecture)


def _about(draft: Draft, topic: str | None) -> bool:
    """Whether a draft has to do with a topic: it holds its name, or most of its words."""
    if not topic or not topic.strip():
        return True
    place = draft.evidence.chunk.place
    text = " ".join([draft.stem, *draft.answer, draft.evidence.text, place.title, *place.path])
    wanted = content_words(topic)
    held = wanted & content_words(text)
    return fold(topic) in fold(text) or bool(wanted and 2 * len(held) > len(wanted))


def _one_language(chunks: Sequence[Chunk], language: str | None) -> list[Chunk]:
    """The chunks in the language asked for; without one, Korean where a lecture is in both."""
    if language is not None:
        return [chunk for chunk in chunks if chunk.language == language]
    taught = [chunk for chunk in chunks if chunk.role is Role.LECTURE]
    korean = {_twin_key(chunk) for chunk in taught if chunk.language == "ko" and chunk.place.week}
    return [c for c in taught if c.language == "ko" or _twin_key(c) not in korean]


def _twin_key(chunk: Chunk) -> tuple[str, int | None, int | None]:
    return (chunk.course, chunk.place.week, chunk.place.lecture)
