"""The components of the practice tab and how they lie. Knows nothing of what they show or do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from tutor.quiz.kinds import KINDS
from ui.escape import MATH_DELIMITERS
from ui.page import Page

COUNTS = (3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Parts:
    """What is chosen from, the notebook, and where items are answered."""

    setup: gr.Column
    scopes: gr.Dropdown
    kinds: gr.CheckboxGroup
    count: gr.Radio
    start: gr.Button
    due: gr.Button
    notebook: gr.Button
    note: gr.Markdown
    mistakes: gr.Column
    missed: gr.Markdown
    redo: gr.Button
    back: gr.Button
    play: gr.Column
    item: gr.Markdown
    typing: gr.Row
    typed: gr.Textbox
    check: gr.Button
    result: gr.Markdown
    next: gr.Button
    hint: gr.Button
    overrule: gr.Button
    end: gr.Button
    again: gr.Button


def layout(page: Page) -> Parts:
    """Adds all; everything but the choices is hidden until there is something to show."""
    found: dict[str, Any] = _setup(page)
    with gr.Column(visible=False, elem_id="mistakes") as found["mistakes"]:
        found["missed"] = gr.Markdown(elem_id="missed", latex_delimiters=MATH_DELIMITERS)
        with gr.Row(elem_classes="go"):
            found["redo"] = _button(page, "practice_notebook_again", "redo", variant="primary")
            found["back"] = _button(page, "practice_back", "mistakes-back")
    found |= _play(page)
    return Parts(**found)


def _setup(page: Page) -> dict[str, Any]:
    make, found = page.labels.make, dict[str, Any]()
    with gr.Column(elem_id="setup") as found["setup"]:
        make(gr.Markdown, {"value": "practice_intro"}, elem_classes="lead")
        found["scopes"] = make(
            gr.Dropdown,
            {"label": "practice_lectures", "info": "practice_lectures_all"},
            multiselect=True,
            choices=[],
            value=[],
            allow_custom_value=True,  # see `ui.controls`
            elem_id="scopes",
        )
        found["kinds"] = make(
            gr.CheckboxGroup,
            {"label": "practice_kinds", "info": "practice_kinds_all"},
            choices=list(KINDS),
            value=[],
            elem_id="kinds",
        )
        found["count"] = make(
            gr.Radio, {"label": "practice_count"}, choices=list(COUNTS), value=5, elem_id="count"
        )
        with gr.Row(elem_classes="go"):
            found["start"] = _button(page, "practice_start", "start", variant="primary")
            found["due"] = gr.Button(visible=False, elem_id="review", scale=0, min_width=140)
            found["notebook"] = gr.Button(visible=False, elem_id="notebook", scale=0, min_width=140)
        found["note"] = gr.Markdown(elem_id="practice-note")
    return found


def _play(page: Page) -> dict[str, Any]:
    make, found = page.labels.make, dict[str, Any]()
    with gr.Column(visible=False, elem_id="play") as found["play"]:
        found["item"] = gr.Markdown(elem_id="item", latex_delimiters=MATH_DELIMITERS)
        with gr.Row(visible=False, elem_id="typing") as found["typing"]:
            found["typed"] = make(
                gr.Textbox,
                {"label": "practice_answer"},
                elem_id="typed",
                show_label=False,
                container=False,
                max_lines=1,
                scale=8,
            )
            found["check"] = make(
                gr.Button,
                {"value": "practice_check"},
                variant="primary",
                elem_id="check",
                scale=1,
                min_width=100,
            )
        found["result"] = gr.Markdown(elem_id="result", latex_delimiters=MATH_DELIMITERS)
        with gr.Row(elem_id="step"):
            found["next"] = gr.Button(
                visible=False, variant="primary", elem_id="next", scale=0, min_width=140
            )
            found["hint"] = _button(page, "hint_button", "hint", visible=False)
            found["overrule"] = gr.Button(visible=False, elem_id="overrule", scale=0, min_width=120)
            found["end"] = _button(page, "practice_stop", "end")
            found["again"] = _button(page, "practice_again", "again", visible=False)
    return found


def _button(page: Page, words: str, name: str, **settings: object) -> gr.Button:
    return page.labels.make(
        gr.Button, {"value": words}, elem_id=name, scale=0, min_width=120, **settings
    )
