"""The chat. Wires what is asked, stopped, asked again, renamed and deleted to what shows it.

Knows which component shows what; how a question is answered and kept stands in `ui.conversation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from ingest.errors import TutorError
from tutor.chats import Message
from ui import downloads, model_row, render_chat
from ui.ask_layout import Parts, layout
from ui.conversation import converse
from ui.escape import entities
from ui.page import QUIET, Page, Refresh, Update, chosen_courses, warn
from ui.suggest import following, questions
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

Here = dict[str, str]
"""Which chat is open, as the browser keeps it: {"chat": id or ""}."""

_SPACE_FOR_NAME = 40


def build(page: Page) -> list[Refresh]:
    """Adds the chat, its question box, the list of chats and the line that names the engine."""
    parts = layout(page)
    here, editing = page.chat, gr.State(False)
    engine = model_row.wire(page, parts.model)
    _wire_answers(page, parts, editing, engine)
    _wire_chats(page, parts)
    bind, show = page.visitors.bind, page.visitors.show
    both = [page.language, page.courses]
    return [
        Refresh(show(_suggestions), both, [parts.chat]),
        engine,
        Refresh(bind(opened), [here, *both], _conversation(parts)),
        Refresh(bind(_listing), [here, page.language], [parts.chats.listing, parts.chats.manage]),
    ]


def _conversation(parts: Parts) -> list[Any]:
    """What follows the open chat."""
    return [parts.chat, parts.again, parts.edit]


def _wire_answers(page: Page, parts: Parts, editing: gr.State, engine: Refresh) -> None:
    bind, words, here = page.visitors.bind, page.language, page.chat
    chosen = [here, words, page.courses]
    after = [parts.box, here, editing, parts.editing, *_conversation(parts), parts.send, parts.stop]
    answering: dict[str, Any] = {
        "outputs": after,
        "concurrency_limit": 4,
        "concurrency_id": "engine",
        **QUIET,
    }
    ask: dict[str, Any] = {"fn": bind(respond), "inputs": [parts.box, editing, *chosen]}
    listed: dict[str, Any] = {
        "fn": bind(_listing),
        "inputs": [here, words],
        "outputs": [parts.chats.listing, parts.chats.manage],
        **QUIET,
    }
    picked = parts.chat.example_select(_picked, None, parts.box, queue=False, **QUIET)
    clicked = page.bridge.ask(
        _asked_elsewhere, page.bridge, [parts.box, page.tabs], queue=False, **QUIET
    )
    running = [
        gr.on([parts.box.submit, parts.send.click], **ask, **answering),
        picked.then(**ask, **answering),
        clicked.then(**ask, **answering),
        parts.again.click(bind(respond_again), chosen, **answering),
    ]
    for run in running:
        run.then(**listed)
        run.then(engine.show, engine.inputs, engine.outputs, **QUIET)
    done = [parts.chat, parts.again, parts.edit, parts.send, parts.stop]
    stopped = parts.stop.click(
        _stop, [parts.chat, words], done, cancels=running, queue=False, **QUIET
    )
    # a piece that was on its way when it was stopped may have hidden the buttons again
    stopped.then(_idle, None, done[1:], queue=False, **QUIET).then(**listed)
    fresh = [here, editing, parts.editing, *done]
    parts.new.click(_new, None, fresh, cancels=running, queue=False, **QUIET).then(**listed)
    edits = [parts.box, editing, parts.editing]
    parts.edit.click(bind(_edit), here, edits, queue=False, **QUIET)
    parts.edit_end.click(_edit_end, None, edits, queue=False, **QUIET)
    chat = page.bridge.chat(lambda name: {"chat": name}, page.bridge, here, queue=False, **QUIET)
    chat.then(_edit_end, None, edits, queue=False, **QUIET)
    chat.then(bind(opened), chosen, _conversation(parts), **QUIET).then(**listed)


def _wire_chats(page: Page, parts: Parts) -> None:
    bind, words, chats, here = page.visitors.bind, page.language, parts.chats, page.chat
    listed: dict[str, Any] = {
        "fn": bind(_listing),
        "inputs": [here, words],
        "outputs": [chats.listing, chats.manage],
        **QUIET,
    }
    shown = gr.State(False)
    parts.show_chats.click(_toggle, shown, [shown, chats.column], queue=False, **QUIET).then(
        **listed
    )
    chats.rename.click(bind(_name_of), here, [chats.naming, chats.name], queue=False, **QUIET)
    hide = partial(gr.update, visible=False)
    chats.keep.click(hide, None, chats.naming, queue=False, **QUIET)
    gr.on(
        [chats.save.click, chats.name.submit],
        bind(_rename),
        [here, chats.name],
        chats.naming,
        **QUIET,
    ).then(**listed)
    chats.delete.click(partial(gr.update, visible=True), None, chats.sure, queue=False, **QUIET)
    chats.no.click(hide, None, chats.sure, queue=False, **QUIET)
    emptied = [here, chats.sure, *_conversation(parts)]
    chats.yes.click(bind(_delete), here, emptied, **QUIET).then(**listed)
    chats.export.click(bind(_export), [here, words], chats.file, **QUIET).then(
        None, None, None, js=downloads.FETCH.format(name="chat-file"), **downloads.PRIVATE
    )


def respond(
    tutor: Tutor,
    question: str,
    editing: bool,
    here: Here,
    language: str,
    courses: Sequence[str] | None,
) -> Iterator[tuple[Any, ...]]:
    """Outputs: question box, open chat, editing and its row, chat, again, edit, send, stop."""
    question = question.strip()
    if not question:
        yield (gr.skip(),) * 9
        return
    if editing:
        tutor.chats.take_back(_chat(here))
    yield from _answered(tutor, question, _chat(here), language, courses)


def respond_again(
    tutor: Tutor, here: Here, language: str, courses: Sequence[str] | None
) -> Iterator[tuple[Any, ...]]:
    """The last question asked once more, its answer replaced; outputs as of `respond`."""
    question = tutor.chats.take_back(_chat(here))
    if not question:
        yield (gr.skip(),) * 9
        return
    yield from _answered(tutor, question, _chat(here), language, courses)


def _answered(
    tutor: Tutor, question: str, chat: str, language: str, courses: Sequence[str] | None
) -> Iterator[tuple[Any, ...]]:
    texts, chosen = texts_of(language), chosen_courses(courses)
    before = render_chat.messages(tutor.chats.messages(chat), texts) if chat else []
    asked = [*before, render_chat.asked(question)]
    hidden, visible = gr.update(visible=False), gr.update(visible=True)
    try:
        for reply in converse(tutor, question, chat, chosen):
            # whatever is shown is said with every piece: a browser that is busy skips some
            kept = {"chat": reply.chat}
            if reply.answer is None:
                box = gr.skip() if reply.text else ""
                shown = [*asked, render_chat.growing(reply.text, texts, reply.draft)]
                yield box, kept, False, hidden, shown, hidden, hidden, hidden, visible
                continue
            said = tutor.chats.messages(reply.chat)
            idle = (visible, visible, visible, hidden)
            shown = render_chat.messages(said, texts)
            yield gr.skip(), kept, False, hidden, shown, *idle
            # what to ask next is looked for only when the answer is there to be read
            more = _following(tutor, said, language, chosen)
            yield gr.skip(), kept, False, hidden, render_chat.messages(said, texts, more), *idle
    except TutorError as error:
        warn(error)
        some = gr.update(visible=bool(before))
        yield question, gr.skip(), False, hidden, before, some, some, visible, hidden


def opened(
    tutor: Tutor, here: Here, language: str, courses: Sequence[str] | None
) -> tuple[list[render_chat.Shown], Update, Update]:
    """The messages of the open chat, and whether there is something to ask again or to edit."""
    said = tutor.chats.messages(_chat(here))
    more = _following(tutor, said, language, chosen_courses(courses))
    some = gr.update(visible=bool(said))
    return render_chat.messages(said, texts_of(language), more), some, some


def _following(
    tutor: Tutor, said: Sequence[Message], language: str, courses: Sequence[str] | None
) -> list[str]:
    """What to ask next that the notes can answer; nothing where the notes cannot be read."""
    if not said or said[-1].answer is None:
        return []
    before = [message.text for message in said if message.role == "user"]
    try:
        return following(
            tutor.chunks(courses),
            said[-1].answer,
            before,
            language,
            lambda question: tutor.can_answer(question, courses),
        )
    except TutorError:
        return []


def _stop(chat: list[render_chat.Shown], language: str) -> tuple[Any, ...]:
    hidden, visible = gr.update(visible=False), gr.update(visible=True)
    return stopped(chat, language), visible, visible, visible, hidden


def _idle() -> tuple[Update, ...]:
    """Outputs: again, edit, send, stop."""
    return (*(gr.update(visible=True),) * 3, gr.update(visible=False))


def stopped(chat: Sequence[render_chat.Shown], language: str) -> list[render_chat.Shown]:
    """The chat as it is shown, with a note at its end that the answer was cut short.

    Of an answer that grew below a draft, the draft is what stays.
    """
    texts = texts_of(language)
    if not chat or chat[-1]["role"] != "assistant":
        return list(chat)
    said = _text(chat[-1]).partition(render_chat.writing(texts))[0].rstrip()
    kept = "" if said == _text(render_chat.growing("", texts)) else said + "\n\n"
    note = _text(render_chat.cut_short("", texts))
    return [*chat[:-1], render_chat.replied(kept + note)]


def _new() -> tuple[Any, ...]:
    """Outputs: open chat, editing and its row, chat, again, edit, send, stop."""
    hidden, visible = gr.update(visible=False), gr.update(visible=True)
    return {"chat": ""}, False, hidden, [], hidden, hidden, visible, hidden


def _edit(tutor: Tutor, here: Here) -> tuple[Any, ...]:
    asked = [said.text for said in tutor.chats.messages(_chat(here)) if said.role == "user"]
    if not asked:
        return gr.skip(), False, gr.skip()
    return asked[-1], True, gr.update(visible=True)


def _edit_end() -> tuple[Any, ...]:
    return "", False, gr.update(visible=False)


def _toggle(shown: bool) -> tuple[bool, Update]:
    return not shown, gr.update(visible=not shown)


def _listing(tutor: Tutor, here: Here, language: str) -> tuple[str, Update]:
    chats, texts = tutor.chats.all(), texts_of(language)
    some = any(chat.id == _chat(here) for chat in chats)
    listed = render_chat.listing(chats, _chat(here), datetime.now(UTC), texts)
    return listed, gr.update(visible=some)


def _name_of(tutor: Tutor, here: Here) -> tuple[Update, str]:
    chat = tutor.chats.get(_chat(here))
    return gr.update(visible=chat is not None), chat.title if chat else ""


def _rename(tutor: Tutor, here: Here, title: str) -> Update:
    tutor.chats.rename(_chat(here), title)
    return gr.update(visible=False)


def _delete(tutor: Tutor, here: Here) -> tuple[Any, ...]:
    tutor.chats.delete(_chat(here))
    hidden = gr.update(visible=False)
    return {"chat": ""}, hidden, [], hidden, hidden


def _export(tutor: Tutor, here: Here, language: str) -> Update:
    chat = tutor.chats.get(_chat(here))
    if chat is None:
        return gr.update()
    name = "".join(c if c.isalnum() else "-" for c in chat.title)[:_SPACE_FOR_NAME].strip("-")
    said = render_chat.exported(chat, tutor.chats.messages(chat.id), texts_of(language))
    return downloads.made(f"{name or 'chat'}.md", said.encode("utf-8"))


def _picked(event: gr.SelectData) -> str:
    return str(event.value["text"])


def _asked_elsewhere(question: str) -> tuple[str, Update]:
    """A question that was pressed, here or in another tab, to be asked here."""
    return question, gr.update(selected="ask")


def _suggestions(tutor: Tutor, language: str, courses: Sequence[str] | None) -> Update:
    texts, chosen = texts_of(language), chosen_courses(courses)
    asked = questions(
        tutor.chunks(chosen), language, known=lambda question: tutor.can_answer(question, chosen)
    )
    welcome = f"## {entities(texts.ask_welcome)}\n\n{entities(texts.ask_welcome_detail)}"
    return gr.update(examples=[{"text": text} for text in asked], placeholder=welcome)


def _chat(here: Here | None) -> str:
    """The id of the open chat; what comes from the browser may be anything."""
    return str(here.get("chat", "")) if isinstance(here, dict) else ""


def _text(message: render_chat.Shown) -> str:
    """A message's text; Gradio hands it back as a list of parts."""
    content = message["content"]
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content)
