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
from tutor.contradiction import contradicts
from tutor.llm.message import NOT_IN_NOTES, NotesMessage, Passage
from tutor.question import Concept, Kind, coverage, kind_of
from tutor.relevance.form import defined_by, is_item

MAX_SENTENCES = 5
MAX_ITEMS = 12
MAX_CHARACTERS = 600
"""Of the sentences together, beyond which no further one is added; a list is kept whole."""
NEAR_BEST = 3.0
"""How far below the best a sentence may be judged (in log-odds) and still belong to the answer."""
OTHER_LECTURE = 1.5
"""The same for a sentence from another lecture than the best one."""
OTHER_VOICES = 4.0
"""How much better a remark or a pasted explanation must be judged than the lecture to be taken."""
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
_OTHERWISE = {
    ("ko", Role.ASIDE): "필기 메모에는 다르게 적혀 있지만, 위 답은 강의 내용을 따랐어요.",
    ("ko", Role.COMMENTARY): "붙여 넣은 설명에는 다르게 적혀 있지만, 위 답은 강의 내용을 따랐어요.",
    ("en", Role.ASIDE): "A remark in your notes says otherwise; the answer above is the lecture's:",
    (
        "en",
        Role.COMMENTARY,
    ): "A pasted explanation says otherwise; the answer above is the lecture's:",
}
_LOOKED_AT = 20
"""Best sentences among which a contradiction is looked for."""
_STEP = re.compile(r"^(?:\d{1,2}[.)]|[①-⑳])\s*")
_LEANS = re.compile(
    r"\$\$|```|(?:이는|이것|이를|이때|그래서|따라서|그러나|하지만|반면|또한)(?![가-힣])"
    r"|(?:this|these|that|it|they|so|because|however|therefore|thus|also)\b",
    re.I,
)
"""A sentence that says little without the one before it."""
_MATH = re.compile(r"\$[^$]*\$|`[^`]*`")
_IN_WORDS = 25
"""Characters outside formulas, below which a sentence says nothing in words."""
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
    found = [
        Scored(sentence, passage, score)
        for passage in message.passages
        for sentence, score in zip(sentences(passage.chunk), passage.relevance, strict=True)
    ]
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
    other = _otherwise(message, chosen)
    if other:
        text = _BRACKETED.sub(_escape, other.sentence.text)
        frame = _OTHERWISE[message.language, other.passage.chunk.role]
        yield f"\n{frame}\n\n- {text} [{other.passage.number}]\n"


def _otherwise(message: NotesMessage, chosen: Sequence[Scored]) -> Scored | None:
    """What a remark or a pasted explanation says to the contrary of the lecture's words, if any."""
    said = [s.sentence.text for s in chosen if s.passage.chunk.role is Role.LECTURE]
    for other in best_sentences(message)[:_LOOKED_AT]:
        if (message.language, other.passage.chunk.role) in _OTHERWISE and any(
            contradicts(text, other.sentence.text) for text in said
        ):
            return other
    return None


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
    if kind is Kind.DEFINITION:
        return _best_first(_with_company(ranked, _definition(message, ranked)))
    whole = _whole_list(message, ranked[0]) if kind in (Kind.LIST, Kind.HOW, Kind.NUMBER) else []
    return whole if len(whole) > 2 else _best_first(_with_company(ranked))


def _definition(message: NotesMessage, ranked: Sequence[Scored]) -> list[Scored]:
    """The sentence that defines what is asked about, which answers before any other does."""
    heads = [concept for concept in message.concepts if concept.head]
    found = [s for s in ranked if any(_is_about(head, s.sentence) for head in heads)]
    # one in words before a step of a calculation or a formula
    return sorted(found, key=lambda s: _in_symbols(s.sentence.text))[:1]


def _in_symbols(text: str) -> bool:
    return _STEP.match(text) is not None or len(_MATH.sub("", text)) < _IN_WORDS


def _course_first(ranked: Sequence[Scored]) -> list[Scored]:
    """The sentences of one voice: the lecture's, unless another answers much better.

    A pasted explanation often repeats the question's words best of all, and may be wrong.
    """
    if not ranked:
        return []
    lecture = [s for s in ranked if s.passage.chunk.role is Role.LECTURE]
    if lecture and lecture[0].score >= ranked[0].score - OTHER_VOICES:
        return lecture
    return [s for s in ranked if s.passage.chunk.role is ranked[0].passage.chunk.role]


def _with_company(ranked: Sequence[Scored], kept: Sequence[Scored] = ()) -> list[Scored]:
    """The best sentences, as many as belong to one answer of readable length."""
    found = list(kept)
    best = ranked[0]
    for scored in ranked:
        below = best.score - scored.score
        if len(found) >= MAX_SENTENCES or below > NEAR_BEST:
            break
        if scored in found or (below > OTHER_LECTURE and _lecture(scored) != _lecture(best)):
            continue
        if not found or sum(len(s.sentence.text) for s in (*found, scored)) <= MAX_CHARACTERS:
            found.append(scored)
    return found


def _lecture(scored: Scored) -> tuple[str, int | None, int | None]:
    chunk = scored.passage.chunk
    return chunk.course, chunk.place.week, chunk.place.lecture


def _whole_list(message: NotesMessage, best: Scored) -> list[Scored]:
    """All items of the list that the best sentence heads or belongs to, in order."""
    lines = [
        Scored(sentence, best.passage, best.score) for sentence in sentences(best.passage.chunk)
    ]
    at = next(i for i, s in enumerate(lines) if s.sentence.start == best.sentence.start)
    heads = not _item(lines[at])
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
    return is_item(scored.sentence)


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
    return [*_in_order(kept), *_in_order(_with_company(ranked, kept)[len(kept) :])]


def _is_about(concept: Concept, sentence: Sentence) -> bool:
    """Whether a sentence is about one thing rather than mentioning it."""
    named = defined_by(sentence.text)
    longest = max(len(form) for form in concept.forms)
    spelled = {term for form in concept.forms for term in form}  # "리셋 게이트(reset gate): …"
    return concept.is_in(named) and (len(named) <= longest + 1 or spelled >= named)


def _best_first(kept: Sequence[Scored]) -> list[Scored]:
    """What answers, then the details around it; all in order where it leans on what precedes it."""
    if _LEANS.match(kept[0].sentence.text):
        return _in_order(kept)
    return [*kept[:1], *_in_order(kept[1:])]


def _in_order(kept: Sequence[Scored]) -> list[Scored]:
    """Passages in the order of their best sentence, sentences in the order of the text."""
    order = list(dict.fromkeys(scored.passage.number for scored in kept))
    return sorted(kept, key=lambda s: (order.index(s.passage.number), s.sentence.start))
