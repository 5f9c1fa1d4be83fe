"""The components of the ask tab and how they lie. Knows nothing of what they show or do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import gradio as gr

from ui import model_row
from ui.escape import MATH_DELIMITERS
from ui.page import Page


@dataclass(frozen=True, slots=True)
class Chats:
    """The list of chats and what can be done with the open one."""

    column: gr.Column
    listing: gr.HTML
    manage: gr.Row
    rename: gr.Button
    export: gr.Button
    delete: gr.Button
    naming: gr.Column
    name: gr.Textbox
    save: gr.Button
    keep: gr.Button
    sure: gr.Column
    yes: gr.Button
    no: gr.Button
    file: gr.DownloadButton


@dataclass(frozen=True, slots=True)
class Parts:
    """The chat, its question box and what stands around them."""

    show_chats: gr.Button
    chats: Chats
    chat: gr.Chatbot
    editing: gr.Row
    edit_end: gr.Button
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    model: model_row.Parts
    again: gr.Button
    edit: gr.Button
    new: gr.Button


def layout(page: Page) -> Parts:
    """Adds everything; what there is no use for yet is hidden."""
    make = page.labels.make
    with gr.Row(elem_id="ask-desk"):
        chats = _chats(page)
        with gr.Column(elem_id="ask-main", scale=4, min_width=280):
            chat = make(
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
            with gr.Row(visible=False, elem_id="editing") as editing:
                make(gr.Markdown, {"value": "ask_editing"})
                edit_end = make(
                    gr.Button,
                    {"value": "ask_editing_end"},
                    size="sm",
                    scale=0,
                    min_width=88,
                    elem_id="edit-end",
                )
            model = model_row.layout(page)
            with gr.Row(elem_id="ask-row"):
                box = make(
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
                send = _button(page, "ask_send", "send", variant="primary", min_width=88, scale=1)
                stop = _button(page, "ask_stop", "stop", visible=False, min_width=88, scale=1)
            with gr.Row(elem_id="ask-foot"):
                show_chats = _small(page, "ask_chats", "show-chats")
                new = _small(page, "ask_new", "new-chat")
                again = _small(page, "ask_again", "again-answer", visible=False)
                edit = _small(page, "ask_edit", "edit-question", visible=False)
                cast(Any, page.engine).render()
    return Parts(
        show_chats,
        chats,
        chat,
        editing,
        edit_end,
        box,
        send,
        stop,
        model,
        again,
        edit,
        new,
    )


def _chats(page: Page) -> Chats:
    with gr.Column(visible=False, elem_id="chats", scale=1, min_width=220) as column:
        listing = gr.HTML(elem_id="chat-list")
        with gr.Row(visible=False, elem_id="chat-manage") as manage:
            rename = _small(page, "chat_rename", "chat-rename")
            export = _small(page, "chat_export", "chat-export")
            delete = _small(page, "chat_delete", "chat-delete")
        with gr.Column(visible=False, elem_id="chat-naming") as naming:
            name = page.labels.make(
                gr.Textbox, {"label": "chat_name"}, max_lines=1, elem_id="chat-name"
            )
            with gr.Row():
                save = _small(page, "chat_save", "chat-save", variant="primary")
                keep = _small(page, "chat_cancel", "chat-keep")
        with gr.Column(visible=False, elem_id="chat-sure") as sure:
            page.labels.make(gr.Markdown, {"value": "chat_delete_sure"})
            with gr.Row():
                yes = _small(page, "chat_delete", "chat-yes", variant="stop")
                no = _small(page, "chat_cancel", "chat-no")
        file = gr.DownloadButton(visible="hidden", elem_id="chat-file", elem_classes="fetched")
    return Chats(
        column,
        listing,
        manage,
        rename,
        export,
        delete,
        naming,
        name,
        save,
        keep,
        sure,
        yes,
        no,
        file,
    )


def _small(page: Page, words: str, name: str, **settings: object) -> gr.Button:
    return _button(page, words, name, size="sm", scale=0, min_width=60, **settings)


def _button(page: Page, words: str, name: str, **settings: object) -> gr.Button:
    return page.labels.make(gr.Button, {"value": words}, elem_id=name, **settings)
