"""The engine that ships: selects sentences of the notes that answer, orders and frames them.

A LangChain `BaseChatModel` like every engine, but no language model: it reads the typed passages of
a `NotesMessage`, adds nothing to their words, and answers in milliseconds. Knows sentences and what
a question asks; knows nothing about retrieval or citations beyond the `[number]` of a passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from ingest.document import Role
from ingest.sentences import Sentence, sentences
from ingest.words import terms
from tutor.evidence import named_around
from tutor.llm.message import NOT_IN_NOTES, NotesMessage, Passage
from tutor.question import Concept, Kind, coverage, kind_of

MAX_SENTENCES = 4
MAX_ITEMS = 12
ENOUGH = 0.7
"""Share of the best score at which the lecture's best sentence is preferred."""
CLOSENESS = 2.0
"""Weight of the cosine between question and sentence, all that speaks across two languages."""
_FRAMES = {
    ("ko", Role.LECTURE): "노트에는 이렇게 적혀 있어요.",
    ("ko", Role.ASIDE): "강의 내용은 아니고, 필기하며 적은 메모에 이런 말이 있어요.",
    ("ko", Role.COMMENTARY): "강의 내용이 아니라 붙여 넣은 설명이라 틀릴 수 있어요.",
    ("ko", Role.QUIZ): "노트의 퀴즈에 이렇게 나와 있어요.",
    ("en", Role.LECTURE): "Your notes say:",
    ("en", Role.ASIDE): "Not from the lecture, but a remark in your notes says:",
    (
        "en",
        Role.COMMENTARY,
    ): "Not from the lecture: a pasted explanation, which may be wrong, says:",
    ("en", Role.QUIZ): "A quiz in your notes says:",
}
_DEFINES = re.compile(
    r"^(?P<term>[^:：=]{1,50}?)\s*(?::|：|==?|\s[-–—]\s|은 |는 |이란 |란 | is | are )"
)
_REASON = re.compile(
    r"때문|므로|위해|위한|따라서|하여|없어|어렵|because|since|so that|in order to", re.I
)
_ENUMERATES = re.compile(r",[^,]+,|\S, \S.* 등|^ex\s?\)", re.I)
_STEP = re.compile(r"^(?:\d{1,2}[.)]|[①-⑳])\s*")
_ITEM = re.compile(r"^(?:\d{1,2}[.)]\s|[①-⑳])|^.{1,40}?\s?[:：]\s")
_NUMBERS = re.compile(
    r"\d|[두세네] ?(?:개|가지|번)|하나|(?:one|two|three|four|five|six|eight)\b", re.I
)
_BRACKETED = re.compile(r"(?P<closed>`[^`]*`|\$[^$]*\$)|\[(?P<digits>\d+(?:\s*,\s*\d+)*)\]")
"""Digits in brackets, which would be read as markers; in code and formulas they are not."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with how well it answers."""

    sentence: Sentence
    passage: Passage
    score: float


class ReaderChatModel(BaseChatModel):
    """Answers a `NotesMessage` with sentences of its passages, each followed by `[number]`."""

    name: str | None = "reader"

    @property
    def _llm_type(self) -> str:
        return "reader"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        text = "".join(_pieces(_notes(messages)))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for piece in _pieces(_notes(messages)):
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))


def best_sentences(message: NotesMessage) -> list[Scored]:
    """Every sentence of the passages, best answer first."""
    kind = kind_of(message.question)
    scores = [passage.score for passage in message.passages]
    found: list[Scored] = []
    for passage in message.passages:
        near = named_around(message.concepts, passage)
        standing = _standing(passage.score, scores)
        for sentence, close in zip(sentences(passage.chunk), passage.closeness, strict=True):
            score = _score(message, kind, sentence, near) + 0.8 * standing + CLOSENESS * close
            found.append(Scored(sentence, passage, score))
    return sorted(found, key=lambda scored: -scored.score)


def _notes(messages: Sequence[BaseMessage]) -> NotesMessage:
    last = messages[-1] if messages else None
    if not isinstance(last, NotesMessage):
        raise TypeError("The reader reads notes: its last message must be a NotesMessage.")
    return last


def _pieces(message: NotesMessage) -> Iterator[str]:
    """The answer in the pieces in which it streams: a frame, then sentence by sentence."""
    chosen = select(message)
    if not chosen:
        yield NOT_IN_NOTES
        return
    yield _FRAMES[message.language, chosen[0].passage.chunk.role] + "\n\n"
    several = len(chosen) > 1
    for scored in chosen:
        text = _BRACKETED.sub(_escape, scored.sentence.text)
        bullet = "- " if several and not _STEP.match(text) else ""
        yield f"{bullet}{text} [{scored.passage.number}]\n"


def _escape(match: re.Match[str]) -> str:
    return match["closed"] or f"\\[{match['digits']}\\]"


def select(message: NotesMessage) -> list[Scored]:
    """The sentences that make the answer, in the order in which they are said."""
    ranked = _course_first(best_sentences(message))
    if not ranked:
        return []
    kind = kind_of(message.question)
    if kind is Kind.COMPARE:
        return _both_sides(message, ranked)
    whole = _whole_list(message, ranked[0]) if kind in (Kind.LIST, Kind.HOW, Kind.NUMBER) else []
    if len(whole) > 2:
        return whole
    return _with_company(ranked)


def _course_first(ranked: Sequence[Scored]) -> list[Scored]:
    """The lecture's sentences alone, unless others answer much better.

    A pasted explanation often repeats the question's words best of all, and may be wrong.
    """
    lecture = [s for s in ranked if s.passage.chunk.role is Role.LECTURE]
    if lecture and lecture[0].score >= ENOUGH * ranked[0].score:
        return lecture
    return list(ranked)


def _standing(score: float, scores: Sequence[float]) -> float:
    """Where a passage stands between the worst (0) and the best (1) of those found."""
    best, worst = max(scores), min(scores)
    return (score - worst) / (best - worst) if best > worst else 1.0


def _score(message: NotesMessage, kind: Kind, sentence: Sentence, near: float) -> float:
    """How well a sentence answers; `near` is what its passage names of the question."""
    score = 3.0 * coverage(message.concepts, set(terms(sentence.text))) + 1.2 * near
    if kind is Kind.FORMULA and sentence.text.startswith("$$"):
        score += 3.0 * near  # a formula says nothing in words: what stands around it counts
    return score + _kind_bonus(message, kind, sentence) + _role_bonus(sentence.chunk.role)


def _kind_bonus(message: NotesMessage, kind: Kind, sentence: Sentence) -> float:
    defines = _DEFINES.match(sentence.text)
    bonus = 0.0
    if defines:
        named = set(terms(defines["term"]))
        # a definition of what is asked about, not one that only mentions it
        bonus += 0.7 * coverage(message.concepts, named)
        if kind is Kind.DEFINITION and any(c.head and c.is_in(named) for c in message.concepts):
            # "Reset gate: …" defines it; "Reset gate and forget gate: …" says something else
            bonus += 2.0 * _asked_share(message, named)
    if kind is Kind.NUMBER and _NUMBERS.search(sentence.text):
        bonus += 0.7
    if kind is Kind.FORMULA and "=" in sentence.text:
        bonus += 0.8
    if kind is Kind.WHY and _REASON.search(sentence.text):
        bonus += 0.5
    if kind is Kind.LIST and _ENUMERATES.search(sentence.text):
        bonus += 0.6
    if sentence.text in sentence.chunk.place.path:
        bonus -= 2.0  # a heading says what comes, not what is so
    if len(sentence.text) < 12:
        bonus -= 0.6
    if sentence.text.endswith("?"):
        bonus -= 0.8
    return bonus


def _asked_share(message: NotesMessage, named: set[str]) -> float:
    """Share of a defined term's words that the question names in some form."""
    asked = {term for c in message.concepts for form in c.forms for term in form}
    return len(named & asked) / len(named) if named else 0.0


def _role_bonus(role: Role) -> float:
    return {Role.LECTURE: 0.0, Role.COMMENTARY: -0.9, Role.ASIDE: -1.2, Role.QUIZ: -1.0}[role]


def _with_company(ranked: Sequence[Scored]) -> list[Scored]:
    """The best sentence with its close rivals and the lines that go on from it."""
    best = ranked[0]
    kept = [best, *_continuations(best, ranked)]
    for rival in ranked[1:]:
        if len(kept) >= MAX_SENTENCES or rival.score < 0.8 * best.score:
            break
        if rival not in kept and rival.passage.chunk.role is best.passage.chunk.role:
            kept.append(rival)
    return _in_order(kept)


def _continuations(best: Scored, ranked: Sequence[Scored]) -> list[Scored]:
    """The next lines of the same passage that open no new term: they go on about this one."""
    following = sorted(
        (s for s in ranked if s.passage is best.passage and s.sentence.start > best.sentence.start),
        key=lambda s: s.sentence.start,
    )
    kept: list[Scored] = []
    for scored in following[:2]:
        if _ITEM.match(scored.sentence.text) or _far(best, kept, scored):
            break
        kept.append(scored)
    return kept


def _far(best: Scored, kept: Sequence[Scored], scored: Scored) -> bool:
    last = kept[-1] if kept else best
    return scored.sentence.line - last.sentence.line > 1


def _whole_list(message: NotesMessage, best: Scored) -> list[Scored]:
    """All items of the list that the best sentence heads or belongs to, in order."""
    lines = [
        Scored(sentence, best.passage, best.score) for sentence in sentences(best.passage.chunk)
    ]
    at = next(i for i, s in enumerate(lines) if s.sentence.start == best.sentence.start)
    heads = not _ITEM.match(lines[at].sentence.text)
    first = at + 1 if heads else at
    while not heads and first > 0 and _is_next(lines, first - 1) and _item(lines[first - 1]):
        first -= 1
    last = first
    while last < len(lines) and _item(lines[last]) and (last == first or _is_next(lines, last - 1)):
        last += 1
    lead = lines[at if heads else first - 1].sentence.text if heads or first else ""
    above = " ".join((lead, *best.passage.chunk.place.path))
    if coverage(message.concepts, set(terms(above))) < 0.3:
        return []  # a list of something else, of which one item mentions it
    items = lines[first:last][:MAX_ITEMS]
    return [lines[at], *items] if heads and items else items


def _item(scored: Scored) -> bool:
    return _ITEM.match(scored.sentence.text) is not None


def _is_next(lines: Sequence[Scored], at: int) -> bool:
    """Whether line `at + 1` stands directly below line `at`."""
    return lines[at + 1].sentence.line - lines[at].sentence.line <= 1


def _both_sides(message: NotesMessage, ranked: Sequence[Scored]) -> list[Scored]:
    """For each of the things compared the sentence that is about it; then those about both."""
    kept: list[Scored] = []
    for concept in sorted(message.concepts, key=lambda c: -c.importance)[:3]:
        about = [s for s in ranked if _is_about(concept, s.sentence)]
        named = [s for s in ranked if concept.is_in(set(terms(s.sentence.text)))]
        kept += [s for s in [*about, *named][:1] if s not in kept]
    for rival in ranked:
        if len(kept) >= MAX_SENTENCES or rival.score < 0.85 * ranked[0].score:
            break
        if rival not in kept:
            kept.append(rival)
    return _in_order(kept)


def _is_about(concept: Concept, sentence: Sentence) -> bool:
    """Whether a sentence is about one thing rather than mentioning it."""
    subject = _DEFINES.match(sentence.text)
    named = set(terms(subject["term"])) if subject else set()
    longest = max(len(form) for form in concept.forms)
    return concept.is_in(named) and len(named) <= longest + 1


def _in_order(kept: Sequence[Scored]) -> list[Scored]:
    """Passages in the order of their best sentence, sentences in the order of the text."""
    order = list(dict.fromkeys(scored.passage.number for scored in kept))
    return sorted(kept, key=lambda s: (order.index(s.passage.number), s.sentence.start))
