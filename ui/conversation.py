"""One question in a kept chat: asked, answered piece by piece, written down. No component here.

Whatever happens on the way (stopped, page closed, an error), the chat is left as a person would
expect to find it again.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import TutorError
from tutor.follow_up import Turn
from tutor.source import Answer, Draft, Token

if TYPE_CHECKING:
    from tutor.tutor import Tutor

REDRAW_S = 0.05
"""Seconds between two redraws of a streaming answer; the eye needs no more."""

HISTORY = 12
"""Turns handed on with a follow-up."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What there is of an answer so far.

    Args:
        chat: where it is being written down.
        text: raw, as the engine writes it.
        draft: the reader's answer, which stands above while a language model writes.
        answer: None while it is being written.
    """

    chat: str
    text: str = ""
    draft: str = ""
    answer: Answer | None = None


def converse(
    tutor: Tutor, question: str, chat: str, courses: Sequence[str] | None
) -> Iterator[Reply]:
    """The answer to `question` as it grows; the first reply is empty, the last one complete.

    Args:
        tutor: whose chats it goes into.
        question: not empty.
        chat: "" for a new one.
        courses: None for the default ones.

    Raises:
        TutorError: from the tutor, as it is; the chat is then as it was before.
    """
    chats = tutor.chats
    known = bool(chat) and chats.get(chat) is not None
    here = chat if known else chats.start(question)
    history = chats.turns(here)[-HISTORY:]
    chats.ask(here, question)
    written, draft, drawn, complete = "", "", 0.0, False
    try:
        yield Reply(here)
        with closing(_stream(tutor, question, history, courses)) as stream:
            for event in stream:
                if isinstance(event, Answer):
                    chats.reply(here, event)
                    complete = True
                    yield Reply(here, event.text, answer=event)
                elif isinstance(event, Draft):
                    draft = event.answer.text
                    yield Reply(here, draft=draft)
                elif isinstance(event, Token):
                    written += event.text
                    if time.monotonic() - drawn >= REDRAW_S:
                        drawn = time.monotonic()
                        yield Reply(here, written, draft)
    except TutorError:
        complete = True
        chats.take_back(here)
        if not known:
            chats.delete(here)
        raise
    finally:
        if not complete:
            chats.cut_short(here, draft or written)  # a draft is complete and checked


def _stream(
    tutor: Tutor, question: str, history: Sequence[Turn], courses: Sequence[str] | None
) -> Generator[Token | Draft | Answer]:
    """The tutor's stream as what it is, so that it can be closed when the page has enough."""
    yield from tutor.stream(question, history=history, courses=courses, draft=True)
