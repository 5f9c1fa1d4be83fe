"""Where the notes deal with a thing: the lectures that name it, each with a sentence as proof.

Knows hits and concepts; knows nothing about how they were found.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Chunk, Role
from ingest.sentences import Sentence, sentences
from ingest.words import terms
from tutor.draft import Draft, escaped
from tutor.question import Concept, generic_terms, may_name
from tutor.scope import place_name
from tutor.source import Hit
from tutor.statement import definition

LOOKED_AT = 60
"""Hits among which places are looked for."""
_MAX_MAIN, _MAX_OTHERS = 5, 3
_MAIN = 0.7
"""Share of the best place's weight from which a place deals with a thing rather than names it."""
_ABOUT_THE_COURSE = re.compile(
    r"\d\s*주\s*차|\d\s*차시|다음 (?:시간|강의|차시)|\b(?:next|last) (?:lecture|week)"
    r"|\b(?:lecture|week) \d|\(\d{4}\)[,.]?\s*[\"“]|https?://",
    re.I,
)
_STEP = re.compile(r"^(?:\d{1,2}[.)]|[①-⑳])")
_TEXTS = {
    ("ko", "main"): "노트에서 여기에 나와요.",
    ("en", "main"): "Your notes cover it here:",
    ("ko", "others"): "그 밖에 이름이 나오는 곳이에요.",
    ("en", "others"): "It is also mentioned here:",
    ("ko", "not lecture"): "강의 내용에는 없고, 메모나 붙여 넣은 글에만 나와요.",
    ("en", "not lecture"): "The lectures do not have it; only remarks or pasted text name it:",
}


@dataclass(slots=True)
class _Found:
    """A lecture that names the thing.

    Args:
        proof: its sentence that shows best that it deals with it.
        strength: how well that sentence does.
        said: the strengths of all its sentences that name the thing, added up.
        title: how far its title is about the thing, 0 to 1.
    """

    chunk: Chunk
    proof: Sentence
    strength: float
    said: float
    title: float

    @property
    def weight(self) -> float:
        """How much the lecture deals with it: its title first, then what it says and how often."""
        return 4.0 * self.title + self.strength + 1.5 * math.log2(1 + self.said)


def where(hits: Sequence[Hit], subject: Sequence[Concept], language: str) -> Draft | None:
    """The places that name all of a subject, first those that deal with it; None if none does.

    Args:
        hits: best first.
        subject: the things asked for.
        language: "ko" or "en", of the answer.
    """
    for lecture_only in (True, False):
        found = _places(hits, subject, lecture_only=lecture_only)
        if found:
            return _written(found, language, lecture_only=lecture_only)
    return None


def _places(hits: Sequence[Hit], subject: Sequence[Concept], *, lecture_only: bool) -> list[_Found]:
    """The lectures that name it, weightiest first."""
    found: dict[tuple[str, int | None, int | None, str], _Found] = {}
    for hit in hits:
        chunk, place = hit.chunk, hit.chunk.place
        if lecture_only and chunk.role is not Role.LECTURE:
            continue
        key = (chunk.course, place.week, place.lecture, "" if place.lecture else place.title)
        above = set(terms(" ".join((place.title, *place.path))))
        for sentence in sentences(chunk):
            if not any(may_name(concept, sentence.text) for concept in subject):
                continue
            if not _names(subject, set(terms(sentence.text)), above):
                continue
            strength = _strength(sentence, subject)
            if key not in found:
                title = _share(place.title, subject)
                found[key] = _Found(chunk, sentence, strength, 0.0, title)
            one = found[key]
            one.said += max(strength, 0.0)
            if strength > one.strength:
                one.chunk, one.proof, one.strength = chunk, sentence, strength
    return sorted(found.values(), key=lambda one: -one.weight)


def _share(title: str, subject: Sequence[Concept]) -> float:
    """Share of a title's words that are the subject's, 0 when it does not name all of it."""
    said = {term for term in terms(title) if not term.isdecimal()} - generic_terms()
    if not said or not all(concept.is_in(said) for concept in subject):
        return 0.0
    own = {term for concept in subject for form in concept.forms for term in form}
    return len(said & own) / len(said)


def _names(subject: Sequence[Concept], said: set[str], above: set[str]) -> bool:
    """Whether a sentence names the subject, what its headings name counting for all but one."""
    return any(c.is_in(said) for c in subject) and all(c.is_in(said | above) for c in subject)


def _strength(sentence: Sentence, subject: Sequence[Concept]) -> float:
    """How well a sentence proves that its lecture deals with the subject."""
    term, _ = definition(sentence.text)
    named = set(terms(term))
    strength = 1.0
    if term and any(concept.is_in(named) for concept in subject):
        strength += 1.0 + 1.0 / len(named)
    if sentence.text in (sentence.chunk.place.title, *sentence.chunk.place.path):
        strength -= 0.7
    if _STEP.match(sentence.text):
        strength -= 0.6
    if _ABOUT_THE_COURSE.search(sentence.text):
        strength -= 0.8
    if len(sentence.text) < 15 or sentence.text.endswith("?"):
        strength -= 0.4
    return strength


def _written(found: Sequence[_Found], language: str, *, lecture_only: bool) -> Draft:
    draft = Draft()
    main = [one for one in found if one.weight >= _MAIN * found[0].weight][:_MAX_MAIN]
    others = [one for one in found if one not in main][:_MAX_OTHERS]
    draft.say(_TEXTS[language, "main" if lecture_only else "not lecture"])
    draft.say()
    _write(draft, main, language)
    if others:
        draft.say()
        draft.say(_TEXTS[language, "others"])
        draft.say()
        _write(draft, others, language)
    return draft


def _write(draft: Draft, found: Sequence[_Found], language: str) -> None:
    for one in sorted(found, key=lambda o: (o.chunk.place.week or 0, o.chunk.place.lecture or 0)):
        place = one.chunk.place
        if place.week is None and place.lecture is None:
            name = place.title
        else:
            name = f"{place_name(place.week, place.lecture, None, language)} · {place.title}"
        draft.quote(one.proof, before=f"- **{escaped(name)}**: ")
