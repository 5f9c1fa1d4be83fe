"""What a quiz item is, and its JSON shape. Knows nothing about how items are made or checked.

A response to an item, and its key, mean the same for every kind: see CONTRACT's "quiz item".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.document import Chunk, Place, Role, chunk_id, content_hash
from ingest.sentences import collapse
from tutor.errors import BadLine
from tutor.quiz.words import fold, hangul_share
from tutor.source import Citation

TEMPLATE = "template"
"""The generator's name on items made from the structure of the notes alone."""


class ItemKind(StrEnum):
    """What is asked of the learner."""

    CHOICE = "choice"
    NEGATIVE_CHOICE = "negative_choice"
    CLOZE = "cloze"
    TRUE_FALSE = "true_false"
    SHORT_ANSWER = "short_answer"
    MATCHING = "matching"
    ORDERING = "ordering"


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its key and the evidence for it.

    Args:
        id: what `item_id` gives; the same for the same question whatever the order of its options.
        language: "ko" or "en".
        options: None for typed answers.
        terms: the left side of a matching item, else None.
        key: 0-based; the index of the right option, for matching the option of each term, for
            ordering the options in the right order; None for typed answers.
        answer: the accepted forms, the one to show first.
        explanation: ends in, or holds, the markers of its citations.
        difficulty: 0 easy to 1 hard.
        contested: the notes themselves doubt or contradict the key.
        generator: "template" or "llm:NAME".
    """

    id: str
    kind: ItemKind
    language: str
    stem: str
    options: tuple[str, ...] | None
    terms: tuple[str, ...] | None
    key: tuple[int, ...] | None
    answer: tuple[str, ...]
    explanation: str
    citations: tuple[Citation, ...]
    difficulty: float = 0.5
    contested: bool = False
    generator: str = TEMPLATE

    @property
    def key_option(self) -> str | None:
        """The right option of an item that has exactly one and whose key points at it."""
        if self.kind in (ItemKind.MATCHING, ItemKind.ORDERING) or not self.options:
            return None
        if self.key is None or len(self.key) != 1 or not 0 <= self.key[0] < len(self.options):
            return None
        return self.options[self.key[0]]

    @property
    def wrong_options(self) -> tuple[str, ...]:
        """The options beside the key; all of them where the key is not valid."""
        if self.key_option is None or self.options is None or self.key is None:
            return self.options or ()
        return self.options[: self.key[0]] + self.options[self.key[0] + 1 :]

    @property
    def evidence(self) -> str:
        """The quotes, as one text."""
        return " ".join(citation.quote for citation in self.citations)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of CONTRACT."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "language": self.language,
            "stem": self.stem,
            "options": None if self.options is None else list(self.options),
            "terms": None if self.terms is None else list(self.terms),
            "key": None if self.key is None else list(self.key),
            "answer": list(self.answer),
            "explanation": self.explanation,
            "citations": [citation.to_dict() for citation in self.citations],
            "difficulty": round(self.difficulty, 2),
            "contested": self.contested,
            "generator": self.generator,
        }

    @classmethod
    def from_dict(cls, data: object) -> Item:
        """An item from JSON, also one with fields missing: what is wrong with it is for the gate.

        Raises:
            BadLine: when `data` has no kind or stem, or a field is not of its type at all.
        """
        if not isinstance(data, dict):
            raise _bad("an item is a JSON object")
        kind, stem = _kind(data.get("kind")), _text(data, "stem")
        options, key = _texts(data, "options"), _key(data.get("key"))
        citations = tuple(_citation(entry) for entry in _list(data.get("citations"), "citations"))
        answer = _texts(data, "answer") or ()
        language = data.get("language") or ("ko" if hangul_share(stem) >= 0.2 else "en")
        if language not in ("ko", "en"):
            raise _bad('"language" is "ko" or "en"')
        evidence = " ".join(citation.quote for citation in citations)
        made = item_id(kind, evidence, stem, _key_text(options, key, answer))
        return cls(
            id=_text(data, "id", default=made) or made,
            kind=kind,
            language=language,
            stem=stem,
            options=options,
            terms=_texts(data, "terms"),
            key=key,
            answer=answer,
            explanation=_text(data, "explanation", default=""),
            citations=citations,
            difficulty=_number(data.get("difficulty", 0.5)),
            contested=bool(data.get("contested", False)),
            generator=_text(data, "generator", default="unknown"),
        )


def item_id(kind: ItemKind, evidence: str, stem: str, key_text: str) -> str:
    """A stable 16-digit name: independent of option order, seed and the place in the document."""
    return content_hash((kind.value, collapse(evidence), collapse(stem), fold(key_text)))


def _key_text(
    options: tuple[str, ...] | None, key: tuple[int, ...] | None, answer: tuple[str, ...]
) -> str:
    if options and key and all(0 <= index < len(options) for index in key):
        return "\n".join(options[index] for index in key)
    return answer[0] if answer else ""


def _citation(entry: object) -> Citation:
    """A citation from JSON. Its chunk holds no more than the quote: the rest is not known here."""
    if not isinstance(entry, dict):
        raise _bad("a citation is a JSON object")
    source = entry.get("source") or {}
    if not isinstance(source, dict):
        raise _bad('"source" is a JSON object')
    quote, number = _text(entry, "quote", default=""), entry.get("n", 1)
    start, end = source.get("start") or 0, source.get("end") or 0
    week, lecture, page = (source.get(name) for name in ("week", "lecture", "page"))
    role = source.get("role") or Role.LECTURE.value
    numbers = (number, start, end)
    if not all(_whole(value) for value in numbers) or role not in {each.value for each in Role}:
        raise _bad("a citation has whole numbers for n, start and end, and a known role")
    if not all(value is None or _whole(value) for value in (week, lecture, page)):
        raise _bad("week, lecture and page are whole numbers or null")
    path = _texts(source, "section") or ()
    place = Place(week, lecture, _text(source, "title", default=""), path, page)
    course, document = (_text(source, name, default="") for name in ("course", "document"))
    chunk = Chunk(
        id=chunk_id(course, document, place, quote),
        course=course,
        document=document,
        language=_text(source, "language", default="ko" if hangul_share(quote) >= 0.2 else "en"),
        start=start,
        end=end,
        text=quote,
        role=Role(role),
        place=place,
        ordinal=0,
    )
    return Citation(number, quote, chunk, start, end)


def _kind(value: object) -> ItemKind:
    try:
        return ItemKind(str(value))
    except ValueError:
        known = ", ".join(kind.value for kind in ItemKind)
        raise _bad(f'"kind" is one of {known}') from None


def _key(value: object) -> tuple[int, ...] | None:
    if value is None:
        return None
    if _whole(value):
        return (value,)  # type: ignore[return-value]
    if isinstance(value, list) and all(_whole(index) for index in value):
        return tuple(value)
    raise _bad('"key" is a list of 0-based option numbers or null')


def _text(data: dict[str, Any], name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if value is None and default is not None:
        value = default
    if not isinstance(value, str):
        raise _bad(f'"{name}" is a text')
    return value


def _texts(data: dict[str, Any], name: str) -> tuple[str, ...] | None:
    value = data.get(name)
    if value is None:
        return None
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise _bad(f'"{name}" is a list of texts or null')
    return tuple(value)


def _list(value: object, name: str) -> Sequence[object]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _bad(f'"{name}" is a list')
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _bad('"difficulty" is a number')
    return float(value)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _bad(message: str) -> BadLine:
    return BadLine(
        f"This is not a quiz item: {message}.",
        "Give one JSON object per line in the shape that `tutor quiz --json` writes.",
    )
