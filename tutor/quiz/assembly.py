"""A batch while it grows: drafts become items, pass the gate, and must suit those before them.

Knows the rules of a batch: no fact twice, kinds in turn, lectures evenly, keys spread. Where drafts
come from is the supply's business.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from ingest.sentences import collapse
from tutor.quiz.checks import batch as together
from tutor.quiz.checks.options import stem_guess, stem_lead
from tutor.quiz.item import Item, ItemKind, item_id
from tutor.quiz.kinds.base import Draft
from tutor.quiz.passages import LectureKey
from tutor.quiz.phrases import inner, say
from tutor.quiz.problem import Problem
from tutor.quiz.request import Batch, QuizRequest
from tutor.quiz.supply import Supply
from tutor.quiz.validate import passes, problems
from tutor.quiz.words import fold
from tutor.source import Citation

ROUND = (
    "short_answer", "choice", "cloze", "true_false", "negative_choice",
    "choice", "cloze", "matching", "short_answer", "ordering",
)  # fmt: skip
"""The kinds of one round of ten, when none is asked for."""
_QUOTE_SHOWN = 320
"""Characters of a quote in an explanation; the citation holds all of it."""


class Assembly:
    """A batch while it grows: what is in it, what was dropped, which facts have been asked."""

    def __init__(self, request: QuizRequest, known: Collection[Item]) -> None:
        self._request = request
        self._items: list[Item] = []
        self._known = {item.id for item in known}
        self._like: dict[str, list[Item]] = defaultdict(list)
        self._asked: dict[str, set[ItemKind]] = defaultdict(set)
        self._per_lecture: Counter[LectureKey] = Counter()
        self._dropped: Counter[str] = Counter()
        # right answers that the words of the stem would give away, and a blind choice would get
        self._guessed, self._by_chance = 0, 0.0
        self._places: dict[int, Iterator[int]] = {}
        self._rng = random.Random(f"{request.seed} places")
        for item in known:
            self._note(item)

    def fill(self, supply: Supply, allowed: int) -> None:
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

    def drop(self, dropped: Counter[str]) -> None:
        """Counts what was given up before it became a draft."""
        self._dropped.update(dropped)

    def batch(self, supply: Supply) -> Batch:
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

    def _take(self, supply: Supply, kind: str, allowed: int) -> bool:
        """One item of a kind, from the lecture that has fewest so far."""
        for lecture in sorted(supply.lectures, key=lambda key: self._per_lecture[key]):
            while draft := supply.next(lecture, kind, lambda draft: self._wants(draft, allowed)):
                if self._accept(draft):
                    return True
        return False

    def _wants(self, draft: Draft, allowed: int) -> bool:
        """Whether a draft asks about something that has not been asked enough."""
        asked = self._asked[draft.fact]
        return len(asked) < allowed and draft.kind not in asked and not self._leans(draft)

    def _leans(self, draft: Draft) -> bool:
        """Whether a statement would make true ones, or false ones, two more than the others."""
        if draft.kind is not ItemKind.TRUE_FALSE or not draft.key:
            return False
        places = Counter(
            item.key[0] for item in self._items if item.kind is draft.kind and item.key
        )
        return places[draft.key[0]] - places[1 - draft.key[0]] >= 2

    def _accept(self, draft: Draft) -> bool:
        item = settle(draft, self._place(draft))
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
        self._note(item)
        if item.key_option is not None and item.kind is not ItemKind.TRUE_FALSE:
            self._by_chance += 1 / len(item.options or ())
            self._guessed += item.key == (stem_guess(item),)
        self._asked[draft.fact].add(draft.kind)
        self._per_lecture[draft.lecture] += 1
        return True

    def _note(self, item: Item) -> None:
        """Files an item under what another one that asks the same would be filed under."""
        self._known.add(item.id)
        for name in _files(item):
            self._like[name].append(item)

    def _clash(self, item: Item) -> str:
        """The code of what is wrong between this item and those before it, "" for nothing."""
        alike = [other for name in _files(item) for other in self._like[name]]
        if any(together.same_question(item, other) for other in alike):
            return "repeat"
        if any(
            together.gives_away(item, other) or together.gives_away(other, item)
            for other in self._items
        ):
            return "key_leak"
        if stem_lead(item) and self._guessed > self._by_chance:
            # one shared word is no fault of an item, but over a quiz it is a way to guess
            return "stem_repeats_key"
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


def _files(item: Item) -> tuple[str, str]:
    return fold(item.stem), f"{item.kind.value} {together.answer_of(item)}"


def settle(draft: Draft, place: int) -> Item:
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
        generator=draft.generator,
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
