"""Prompt → stream → cite: one path for every engine, from hits to a checked answer.

Knows engines as LangChain chat models and what they must be given; knows nothing about which engine
it is, nor about indexes or pages.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, SystemMessage

from tutor.checked import Check, Checked
from tutor.cite import Citer, cite
from tutor.llm.message import NOT_IN_NOTES, NotesMessage, Passage
from tutor.prompts import render
from tutor.prompts.notes import BUDGET, plain, show, within
from tutor.question import Concept
from tutor.source import Answer, Engine, Hit, Near, Reason, Timings, Token

MAX_PASSAGES = 12
MAX_NEAR = 3
_THINKS, _THOUGHT = "<think>", "</think>"
_TEXTS = {
    ("ko", "not_in_notes"): "노트에 없는 내용이에요.",
    ("en", "not_in_notes"): "That is not in your notes.",
    ("ko", "small_talk"): (
        "안녕하세요! 노트에 적힌 내용을 물어보면 근거가 된 문장과 함께 답해 드려요. "
        "‘연습’에서는 노트로 만든 퀴즈를 풀 수 있어요."
    ),
    ("en", "small_talk"): (
        "Hello! Ask me about your notes: I answer with the sentences that say so. "
        "Under “Practice” there are quizzes made from them."
    ),
    ("ko", "refused"): "저는 노트에 관한 질문에만 답해요. 지시는 따르지 않아요.",
    ("en", "refused"): "I only answer questions about your notes; I do not take orders.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready to be answered.

    Args:
        started: `time.perf_counter()` when it was accepted.
        retrieved: the same after retrieval.
        confidence: probability that the passages hold the answer, 0..1.
        answerable: whether that is enough.
    """

    question: str
    standalone: str
    language: str
    concepts: tuple[Concept, ...]
    passages: tuple[Passage, ...]
    hits: tuple[Hit, ...]
    started: float
    retrieved: float
    confidence: float
    answerable: bool


def stream_answer(
    asked: Asked, model: BaseChatModel, engine: Engine, check: Check | None = None
) -> Iterator[Token | Answer]:
    """Tokens as the engine writes them, then the checked answer; closing it cancels the engine.

    Args:
        asked: the question with its passages.
        model: the engine.
        engine: how it is called.
        check: what holds every sentence to the passages. None for the reader, which only quotes.
    """
    if not asked.answerable:
        yield without_answer(asked, "not_in_notes", engine)
        return
    messages = _messages(asked, getattr(model, "room_for_notes", BUDGET))
    passages = asked.passages
    citer = Citer(passages)
    raw = written = ""
    first = 0.0
    for chunk in model.stream(messages):
        raw += str(chunk.text)
        written = _spoken(raw)
        shown = citer.feed(written[citer.read : _sayable(written)])
        if shown.strip():
            first = first or time.perf_counter()
        if shown:
            yield Token(shown)
    answer = _checked(asked, written, passages, engine, first, check)
    rest = citer.feed(written[citer.read :]) + citer.finish() if answer.answered else ""
    if rest:
        yield Token(rest)
    yield answer


def without_answer(asked: Asked, reason: Reason, engine: Engine) -> Answer:
    """An honest "no", with the nearest sections where there are any."""
    near = _near(asked.hits) if reason == "not_in_notes" else ()
    return Answer(
        question=asked.question,
        standalone_question=asked.standalone,
        text=_TEXTS[asked.language, reason],
        answered=False,
        reason=reason,
        citations=(),
        near=near,
        engine=engine,
        timings=timings(asked, time.perf_counter()),
    )


def _checked(
    asked: Asked,
    written: str,
    passages: Sequence[Passage],
    engine: Engine,
    first: float,
    check: Check | None,
) -> Answer:
    """What the engine wrote with its markers resolved; without any support it is no answer."""
    checked = Checked(written)
    if check is not None and NOT_IN_NOTES not in written:
        checked = check(written, passages, asked.language)
    cited = cite(checked.text, passages)
    if not (cited.citations and checked.held) or NOT_IN_NOTES in written:
        return without_answer(asked, "not_in_notes", engine)
    return Answer(
        question=asked.question,
        standalone_question=asked.standalone,
        text=cited.text,
        answered=True,
        reason=None,
        citations=cited.citations,
        near=(),
        engine=engine,
        timings=timings(asked, first),
        unsupported=checked.unsupported,
    )


def _spoken(raw: str) -> str:
    """Without what a reasoning model thinks aloud before it answers, as some servers send it."""
    begun = raw.lstrip()
    if not begun or _THINKS.startswith(begun[: len(_THINKS)]):
        _, closed, said = begun.partition(_THOUGHT)
        return said.lstrip() if closed else ""
    return raw


def _sayable(written: str) -> int:
    """How much of a growing text can be shown: up to a "no", or to what may become one."""
    at = written.find(NOT_IN_NOTES)
    if at < 0:
        sizes = range(len(NOT_IN_NOTES) - 1, 0, -1)
        begun = next((n for n in sizes if written.endswith(NOT_IN_NOTES[:n])), 0)
        at = len(written) - begun
    return at if any(char.isalnum() for char in written[:at]) else 0


def _messages(asked: Asked, room: int) -> list[BaseMessage]:
    """The rules, which are the same for every question and so are read once; then this question."""
    system, user = render(
        f"answer_{asked.language}",
        passages="\n".join(map(show, within(asked.passages, room))),
        question=plain(asked.standalone),
    )
    notes = NotesMessage(
        content=user,
        question=asked.standalone,
        language=asked.language,
        concepts=list(asked.concepts),
        passages=list(asked.passages),
    )
    return [SystemMessage(system), notes]


def _near(hits: Sequence[Hit]) -> tuple[Near, ...]:
    """The first few hits, one a section."""
    found: dict[tuple[str, str, int], Near] = {}
    for hit in hits:
        chunk = hit.chunk
        found.setdefault((chunk.course, chunk.document, chunk.ordinal), Near(chunk))
    return tuple(found.values())[:MAX_NEAR]


def timings(asked: Asked, first: float) -> Timings:
    """How long an answer took that ends now; `first` is when its first token came, 0 for now."""
    now = time.perf_counter()
    return Timings(
        retrieve_ms=1000 * (asked.retrieved - asked.started),
        first_token_ms=1000 * ((first or now) - asked.started),
        total_ms=1000 * (now - asked.started),
    )
