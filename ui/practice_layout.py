"""The components of the practice tab and how they lie. Knows nothing of what they show or do."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.escape import MATH_DELIMITERS
from ui.page import Page
from ui.rounds import Round

COUNTS = (3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Parts:
    """First what is chosen from, then where items are answered, last the round itself."""

    setup: gr.Column
    scopes: gr.Dropdown
    kinds: gr.CheckboxGroup
    count: gr.Radio
    start: gr.Button
    due: gr.Button
    note: gr.Markdown
    play: gr.Column
    item: gr.Markdown
    typing: gr.Row
    typed: gr.Textbox
    check: gr.Button
    result: gr.Markdown
    next: gr.Button
    end: gr.Button
    again: gr.Button
    round: gr.State


def layout(page: Page) -> Parts:
    """Adds both halves of the tab; the second is hidden until a round begins."""
    make = page.labels.make
    with gr.Column(elem_id="setup") as setup:
        make(gr.Markdown, {"value": "practice_intro"}, elem_classes="lead")
        scopes = make(
            gr.Dropdown,
            {"label": "practice_lectures", "info": "practice_lectures_all"},
            multiselect=True,
            choices=[],
            value=[],
            elem_id="scopes",
        )
        kinds = make(
            gr.CheckboxGroup,
            {"label": "practice_kinds", "info": "practice_kinds_all"},
            choices=[],
            value=[],
            elem_id="kinds",
        )
        count = make(
            gr.Radio, {"label": "practice_count"}, choices=list(COUNTS), value=5, elem_id="count"
        )
        with gr.Row(elem_classes="go"):
            start = make(
                gr.Button,
                {"value": "practice_start"},
                variant="primary",
                elem_id="start",
                scale=0,
                min_width=140,
            )
            due = gr.Button(visible=False, elem_id="review", scale=0, min_width=180)
        note = gr.Markdown(elem_id="practice-note")
    with gr.Column(visible=False, elem_id="play") as play:
        item = gr.Markdown(elem_id="item", latex_delimiters=MATH_DELIMITERS)
        with gr.Row(visible=False, elem_id="typing") as typing:
            typed = make(
                gr.Textbox,
                {"label": "practice_answer"},
                elem_id="typed",
                show_label=False,
                container=False,
                max_lines=1,
                scale=8,
            )
            check = make(
                gr.Button,
                {"value": "practice_check"},
                variant="primary",
                elem_id="check",
                scale=1,
                min_width=100,
            )
        result = gr.Markdown(elem_id="result", latex_delimiters=MATH_DELIMITERS)
        with gr.Row(elem_id="step"):
            next_ = gr.Button(
                visible=False, variant="primary", elem_id="next", scale=0, min_width=140
            )
            end = make(gr.Button, {"value": "practice_stop"}, elem_id="end", scale=0, min_width=120)
            again = make(
                gr.Button,
                {"value": "practice_again"},
                visible=False,
                elem_id="again",
                scale=0,
                min_width=140,
            )
    return Parts(
        setup,
        scopes,
        kinds,
        count,
        start,
        due,
        note,
        play,
        item,
        typing,
        typed,
        check,
        result,
        next_,
        end,
        again,
        gr.State(Round()),
    )
