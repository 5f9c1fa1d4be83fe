"""Chats for the page: their messages, their list, and as Markdown to keep. Pure.

Whatever comes from notes, questions or models goes through `ui.escape`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tutor.chats import Chat, Message
from tutor.source import Answer
from ui.escape import attributes, entities, plain
from ui.render import answer, place_label, streaming
from ui.texts import Texts

Shown = dict[str, Any]


def messages(said: Sequence[Message], texts: Texts, following: Sequence[str] = ()) -> list[Shown]:
    """A chat as Gradio's chatbot takes it; `following` are questions to ask next."""
    shown = [_message(message, texts) for message in said]
    if said and said[-1].role == "user":
        return [*shown, replied(_note(texts.ask_interrupted))]
    if shown and following:
        shown[-1] = replied(shown[-1]["content"] + nexts(following, texts))
    return shown


def asked(question: str) -> Shown:
    """A question."""
    return {"role": "user", "content": plain(question)}


def replied(html: str) -> Shown:
    """An answer that is HTML or Markdown already."""
    return {"role": "assistant", "content": html}


def growing(text: str, texts: Texts, draft: str = "") -> Shown:
    """An answer that is being written, from before its first word on.

    Where there is a draft, it stands above and the answer grows below, to take its place at last.
    """
    if draft:
        parts = (streaming(draft), writing(texts), streaming(text))
        return replied("\n\n".join(filter(None, parts)))
    if not text:
        return replied(f'<span class="thinking">{entities(texts.ask_thinking)}</span>')
    return replied(streaming(text))


def writing(texts: Texts) -> str:
    """What stands between a draft and the answer that grows below it."""
    return f'<p class="writing">{entities(texts.ask_writing)}</p>'


def cut_short(text: str, texts: Texts) -> Shown:
    """An answer that was stopped."""
    said = streaming(text) + "\n\n" if text.strip() else ""
    return replied(said + _note(texts.ask_stopped))


def nexts(questions: Sequence[str], texts: Texts) -> str:
    """Questions to ask next, as buttons."""
    buttons = "".join(
        f"<button{attributes({'class': 'next', 'type': 'button', 'value': question})}>"
        f"{plain(question)}</button>"
        for question in questions
    )
    return (
        f'<div class="nexts"><p class="heading">{entities(texts.ask_next)}</p>{buttons}</div>'
        if buttons
        else ""
    )


def listing(chats: Iterable[Chat], here: str, now: datetime, texts: Texts) -> str:
    """The chats as buttons, the open one marked."""
    rows = "".join(_entry(chat, here, now) for chat in chats)
    if not rows:
        return f'<p class="none">{entities(texts.ask_chats_none)}</p>'
    return f"<nav{attributes({'aria-label': texts.ask_chats})}>{rows}</nav>"


def exported(chat: Chat, said: Iterable[Message], texts: Texts) -> str:
    """A chat as a Markdown document: questions as headings, each answer with its sources."""
    parts = [f"# {chat.title}"]
    for message in said:
        if message.role == "user":
            parts.append(f"## {texts.export_question}: {' '.join(message.text.split())}")
            continue
        parts.append(message.text)
        if message.answer and message.answer.citations:
            parts.append(f"{texts.export_sources}:\n\n{_sources(message.answer, texts)}")
    return "\n\n".join(parts) + "\n"


def _message(message: Message, texts: Texts) -> Shown:
    if message.role == "user":
        return asked(message.text)
    if message.answer is None:
        return cut_short(message.text, texts)
    return replied(answer(message.answer, texts))


def _note(words: str) -> str:
    return f'<p class="signature">{entities(words)}</p>'


def _entry(chat: Chat, here: str, now: datetime) -> str:
    values = {"class": "chat-entry", "type": "button", "value": chat.id}
    if chat.id == here:
        values["aria-current"] = "true"
    changed, today = chat.changed.astimezone(), now.astimezone().date()
    when = f"{changed:%H:%M}" if changed.date() == today else f"{changed.month}/{changed.day}"
    return (
        f'<button{attributes(values)}><span class="title">{entities(chat.title)}</span>'
        f'<span class="when">{entities(when)}</span></button>'
    )


def _sources(found: Answer, texts: Texts) -> str:
    return "\n".join(
        f"- [{cited.n}] {cited.quote} — "
        + ", ".join(filter(None, (place_label(cited.chunk.place, texts), cited.chunk.document)))
        for cited in found.citations
    )
