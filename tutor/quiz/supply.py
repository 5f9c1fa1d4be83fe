"""The drafts that notes give, by lecture and kind, made only as far as they are asked for.

Knows what was asked for; knows nothing about what becomes of a draft.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.document import Chunk, Role
from tutor.quiz.kinds import KINDS
from tutor.quiz.kinds.base import Draft, Workshop
from tutor.quiz.passages import LectureKey
from tutor.quiz.reading import read
from tutor.quiz.request import QuizRequest
from tutor.quiz.siblings import Embed, Siblings
from tutor.quiz.words import content_words, fold


class Supply:
    """The drafts of every lecture and kind asked for. The same seed gives the same ones."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        request: QuizRequest,
        glossary: Iterable[Sequence[str]],
        embed: Embed | None = None,
    ) -> None:
        """Reads the notes; see `generate` for what the arguments are."""
        self._request = request
        self._shops: dict[LectureKey, Workshop] = {}
        for notes in read(_one_language(chunks, request.language), glossary):
            shop = Workshop(notes, Siblings(notes, embed))
            for lecture in notes.lectures:
                if _wanted(lecture.key, request):
                    self._shops[lecture.key] = shop
        keys = sorted(self._shops)
        start = random.Random(f"{request.seed}").randrange(len(keys)) if keys else 0
        self.lectures = tuple(keys[start:] + keys[:start])
        """In course order, beginning where the seed says."""
        self._springs: dict[tuple[LectureKey, str], Iterator[Draft]] = {}
        self._kept: dict[tuple[LectureKey, str], list[Draft]] = {}

    def next(self, lecture: LectureKey, kind: str, wants: Callable[[Draft], bool]) -> Draft | None:
        """The first draft that is wanted, taken out for good; the others stay for another time."""
        place = (lecture, kind)
        if place not in self._springs:
            found = self.drafts(lecture, kind)
            self._springs[place] = (d for d in found if _about(d, self._request.topic))
        kept = self._kept.setdefault(place, [])
        for draft in kept:
            if wants(draft):
                kept.remove(draft)
                return draft
        for draft in self._springs[place]:
            if wants(draft):
                return draft
            kept.append(draft)
        return None

    def drafts(self, lecture: LectureKey, kind: str) -> Iterator[Draft]:
        """All drafts of a kind that a lecture gives, best first."""
        rng = random.Random(f"{self._request.seed} {kind} {lecture}")
        return KINDS[kind].drafts(self._shops[lecture], lecture, rng)


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
