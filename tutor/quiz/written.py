"""Items written by a language model: the drafts of a `Supply`, asked for one at a time.

Knows passages and forms, and a writer by its interface; knows no engine. What a model writes goes
through the same gate as a template, after two checks that only a model allows: it must quote the
notes letter by letter, and solve its own question from the quote alone. What it always solves
without the notes is common knowledge and comes last.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from ingest.document import Chunk
from tutor.quiz.item import ItemKind
from tutor.quiz.kinds import WRITTEN
from tutor.quiz.kinds.base import Draft, Workshop
from tutor.quiz.kinds.written import Passage
from tutor.quiz.passages import LectureKey
from tutor.quiz.prompts import prompt
from tutor.quiz.request import QuizRequest
from tutor.quiz.siblings import Embed
from tutor.quiz.supply import Supply
from tutor.quiz.words import content_words, fold

TRIES = 4
"""Passages of a lecture that a model is shown for each kind; what fails is dropped, not mended."""
_EACH, _MORE = 3, 5
"""Passages shown for each item asked for, and beyond them; then templates make up the rest."""
SHUFFLES, AGREED = 5, 4
"""Orders of the options in which the model solves its item, and how often it has to be right."""
GUESSES = 3
"""Orders in which an item is given without its evidence; right in all, it needs no notes."""
_LEAST_WORDS = 12
"""Content words of a passage that something can be asked about."""
_NAMES = 24
"""Names of siblings that a prompt holds."""
_SOLVED = (ItemKind.CHOICE, ItemKind.CLOZE, ItemKind.NEGATIVE_CHOICE)

Form = TypeVar("Form", bound=BaseModel)


class Writer(Protocol):
    """A language model that fills in forms."""

    name: str

    def write(self, prompt: str, form: type[Form]) -> Form | None:
        """The form filled in, None where the model wrote something else."""


class Solution(BaseModel):
    """The numbers of the options that the model takes for right, from 1."""

    model_config = ConfigDict(extra="forbid")

    right: Annotated[list[Annotated[int, Field(ge=1, le=4)]], Field(min_length=1, max_length=4)]


class WrittenSupply(Supply):
    """The drafts that a language model makes of each lecture's passages."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        request: QuizRequest,
        glossary: Iterable[Sequence[str]],
        writer: Writer,
        embed: Embed | None = None,
    ) -> None:
        """Reads the notes; see `generate` for what the arguments are."""
        glossary = [list(row) for row in glossary]
        super().__init__(chunks, request, glossary, embed)
        self._writer = writer
        self._glossary = frozenset(fold(form) for row in glossary for form in row)
        self._left = _EACH * request.count + _MORE
        self.dropped: Counter[str] = Counter()
        """What was written and could not be used, by code."""

    def drafts(self, lecture: LectureKey, kind: str) -> Iterator[Draft]:
        """What the model makes of a few passages of the lecture, common knowledge last."""
        common: list[Draft] = []
        shop = self._shops[lecture]
        passages = list(self._passages(shop, lecture))
        random.Random(f"{self._request.seed} {kind} {lecture}").shuffle(passages)
        for passage in passages[:TRIES]:
            if self._left <= 0:
                return
            self._left -= 1
            made = self._write(kind, passage)
            if isinstance(made, Draft) and not self._agrees(made):
                made = "solver_disagrees"
            if isinstance(made, str):
                self.dropped.update({made: 1})
            elif self._is_common(made):
                common.append(made)
            else:
                yield made
        yield from common

    def _write(self, kind: str, passage: Passage) -> Draft | str:
        how = WRITTEN[kind]
        told = prompt(
            "write",
            passage.language,
            task=how.task[passage.language == "en"],
            names=", ".join(passage.names),
            passage=passage.chunk.text,
        )
        form = self._writer.write(told, how.form)
        return "unusable" if form is None else how.draft(form, passage)

    def _agrees(self, draft: Draft) -> bool:
        """Whether the model finds the key, and nothing else, from the evidence alone."""
        if not _is_solvable(draft):
            return True
        rng = random.Random(draft.stem)
        right = sum(self._solves("solve", draft, rng) for _ in range(SHUFFLES))
        return right >= AGREED

    def _is_common(self, draft: Draft) -> bool:
        """Whether the model finds the key without the evidence, whatever the order."""
        rng = random.Random(draft.stem)
        return _is_solvable(draft) and all(
            self._solves("guess", draft, rng) for _ in range(GUESSES)
        )

    def _solves(self, name: str, draft: Draft, rng: random.Random) -> bool:
        """Whether the model takes the key, and nothing else, for right, in an order by the dice."""
        given, (key, *_) = draft.options or (), draft.key or (0,)
        order = rng.sample(range(len(given)), len(given))
        asked = prompt(
            name,
            draft.language,
            evidence=draft.evidence.text,
            stem=draft.stem,
            options="\n".join(f"{n}. {given[i]}" for n, i in enumerate(order, start=1)),
        )
        solved = self._writer.write(asked, Solution)
        return solved is not None and solved.right == [order.index(key) + 1]

    def _passages(self, shop: Workshop, lecture: LectureKey) -> Iterator[Passage]:
        """The chunks of a lecture that say enough, each with the names of its own lecture first."""
        own = next(each for each in shop.notes.lectures if each.key == lecture)
        near = [f.name for f in shop.notes.facts if f.lecture == lecture]
        far = [f.name for f in shop.notes.facts if f.lecture[:2] == lecture[:2]]
        names = tuple(dict.fromkeys([*near, *far]))[:_NAMES]
        for chunk in {line.span.chunk.id: line.span.chunk for line in own.lines}.values():
            if len(content_words(chunk.text)) >= _LEAST_WORDS:
                yield Passage(
                    chunk,
                    lecture,
                    names,
                    self._knows(shop),
                    shop.notes.names.aliases,
                    f"llm:{self._writer.name}",
                )

    def _knows(self, shop: Workshop) -> Callable[[str], bool]:
        text = fold(" ".join(line.text for each in shop.notes.lectures for line in each.lines))
        return lambda name: (
            fold(name) in self._glossary or (1 < len(fold(name)) and fold(name) in text)
        )


def _is_solvable(draft: Draft) -> bool:
    return draft.kind in _SOLVED and bool(draft.options and draft.key)
