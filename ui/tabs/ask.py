"""The chat. Knows how an answer streams into it; knows nothing about how answers are found."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from ingest.errors import TutorError
from tutor.follow_up import Turn
from tutor.source import Answer, Token
from ui.escape import MATH_DELIMITERS, entities, plain
from ui.page import Page, Refresh, Update, chosen_courses, warn
from ui.render import answer, engine_line, streaming
from ui.suggest import questions
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

REDRAW_S = 0.05
"""Seconds between two redraws of a streaming answer; the eye needs no more."""

HISTORY = 12
"""Turns handed on with a follow-up."""

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the chat shows of an answer so far.

    Args:
        turns: the conversation with this answer in it; None while it is being written.
    """

    markdown: str
    turns: list[Turn] | None = None


@dataclass(frozen=True, slots=True)
class _Parts:
    chat: gr.Chatbot
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    turns: gr.State


def build(tutor: Tutor, page: Page) -> list[Refresh]:
    """Adds the chat, its question box and the line that names the engine."""
    chat = page.labels.make(
        gr.Chatbot,
        {"label": "ask_chat"},
        elem_id="chat",
        height="100%",
        show_label=False,
        latex_delimiters=MATH_DELIMITERS,
        allow_tags=False,
        buttons=[],
        feedback_options=None,
        layout="bubble",
        autoscroll=False,
    )
    with gr.Row(elem_id="ask-row"):
        box = page.labels.make(
            gr.Textbox,
            {"label": "ask_box", "placeholder": "ask_placeholder"},
            elem_id="question",
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            autofocus=True,
            scale=8,
        )
        send = page.labels.make(
            gr.Button,
            {"value": "ask_send"},
            variant="primary",
            elem_id="send",
            min_width=88,
            scale=1,
        )
        stop = page.labels.make(
            gr.Button, {"value": "ask_stop"}, visible=False, elem_id="stop", min_width=88, scale=1
        )
    with gr.Row(elem_id="ask-foot"):
        engine = gr.HTML(elem_id="engine")
        new = page.labels.make(
            gr.Button, {"value": "ask_new"}, size="sm", elem_id="new-chat", min_width=88, scale=0
        )
    parts = _Parts(chat, box, send, stop, gr.State([]))
    _wire(tutor, page, parts, new)
    return [
        Refresh(partial(_suggestions, tutor), [page.language, page.courses], [chat]),
        Refresh(partial(_engine, tutor), [page.language], [engine]),
    ]


def converse(
    tutor: Tutor,
    question: str,
    turns: Sequence[Turn],
    language: str,
    courses: Sequence[str] | None,
) -> Iterator[Reply]:
    """The answer to `question` as it grows; the last reply carries the new conversation.

    Raises:
        TutorError: from the tutor, as it is.
    """
    written, drawn = "", 0.0
    stream = tutor.stream(question, history=list(turns)[-HISTORY:], courses=courses)
    for event in stream:
        if isinstance(event, Answer):
            said = [Turn("user", question), Turn("assistant", event.text)]
            yield Reply(answer(event, texts_of(language)), [*turns, *said])
        elif isinstance(event, Token):
            written += event.text
            if time.monotonic() - drawn >= REDRAW_S:
                drawn = time.monotonic()
                yield Reply(streaming(written))


def stopped(chat: Sequence[Message], language: str) -> list[Message]:
    """The conversation with a note at its end that the answer was cut short."""
    texts = texts_of(language)
    if not chat or chat[-1]["role"] != "assistant":
        return list(chat)
    said = _text(chat[-1])
    kept = "" if said == thinking(language) else said + "\n\n"
    note = f'{kept}<p class="signature">{entities(texts.ask_stopped)}</p>'
    return [*chat[:-1], {"role": "assistant", "content": note}]


def thinking(language: str) -> str:
    """What stands in the answer's place before its first word."""
    return f'<span class="thinking">{entities(texts_of(language).ask_thinking)}</span>'


def _wire(tutor: Tutor, page: Page, parts: _Parts, new: gr.Button) -> None:
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    answering: dict[str, Any] = {
        "fn": partial(_respond, tutor),
        "inputs": [parts.box, parts.chat, parts.turns, page.language, page.courses],
        "outputs": [parts.box, parts.chat, parts.turns, parts.send, parts.stop],
        # a language model on this machine answers one question at a time; the reader shares well
        "concurrency_limit": 4 if tutor.engine.kind == "reader" else 1,
        "concurrency_id": "engine",
        **quiet,
    }
    typed = gr.on([parts.box.submit, parts.send.click], **answering)
    chosen = parts.chat.example_select(_chosen, None, parts.box, queue=False, **quiet)
    running = [typed, chosen.then(**answering)]
    done = [parts.chat, parts.turns, parts.send, parts.stop]
    parts.stop.click(
        _stop, [parts.chat, page.language], done, cancels=running, queue=False, **quiet
    )
    new.click(_clear, None, done, cancels=running, queue=False, **quiet)


def _chosen(event: gr.SelectData) -> str:
    return str(event.value["text"])


def _respond(
    tutor: Tutor,
    question: str,
    chat: list[Message],
    turns: list[Turn],
    language: str,
    courses: list[str],
) -> Iterator[tuple[Any, ...]]:
    """Outputs: question box, chat, turns, send button, stop button."""
    question = question.strip()
    if not question:
        yield (gr.skip(),) * 5
        return
    asked = [*chat, {"role": "user", "content": plain(question)}]
    busy, idle = (_shown(False), _shown(True)), (_shown(True), _shown(False))
    yield "", [*asked, _said(thinking(language))], gr.skip(), *busy
    try:
        for reply in converse(tutor, question, turns, language, chosen_courses(courses)):
            kept = gr.skip() if reply.turns is None else reply.turns
            buttons = busy if reply.turns is None else idle
            yield gr.skip(), [*asked, _said(reply.markdown)], kept, *buttons
    except TutorError as error:
        warn(error)
        yield question, chat, gr.skip(), *idle


def _stop(chat: list[Message], language: str) -> tuple[Any, ...]:
    return stopped(chat, language), gr.skip(), _shown(True), _shown(False)


def _clear() -> tuple[Any, ...]:
    return [], [], _shown(True), _shown(False)


def _suggestions(tutor: Tutor, language: str, courses: list[str]) -> Update:
    texts = texts_of(language)
    asked = questions(tutor.chunks(chosen_courses(courses)), language)
    welcome = f"## {entities(texts.ask_welcome)}\n\n{entities(texts.ask_welcome_detail)}"
    return gr.update(examples=[{"text": text} for text in asked], placeholder=welcome)


def _engine(tutor: Tutor, language: str) -> str:
    return engine_line(tutor.engine, texts_of(language))


def _shown(visible: bool) -> Update:
    return gr.update(visible=visible)


def _said(markdown: str) -> Message:
    return {"role": "assistant", "content": markdown}


def _text(message: Message) -> str:
    """A message's text; Gradio hands it back as a list of parts."""
    content = message["content"]
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content)
