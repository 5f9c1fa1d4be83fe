"""The components of the notes tab and how they lie. Knows nothing of what they show or do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ingest import shelf
from ui.escape import MATH_DELIMITERS
from ui.page import Page

EXPORTS = ("apkg", "gift", "csv", "md", "json", "notes")


@dataclass(frozen=True, slots=True)
class Parts:
    """Search, adding, the library with what can be undone, exports."""

    box: gr.Textbox
    search: gr.Button
    found: gr.Markdown
    adding: gr.Accordion
    course: gr.Dropdown
    drop: gr.File
    detail: gr.Markdown
    progress: gr.HTML
    cancel: gr.Button
    replacing: gr.Textbox
    removing: gr.Textbox
    sure: gr.Row
    question: gr.Markdown
    yes: gr.Button
    no: gr.Button
    trash: gr.Markdown
    library: gr.Markdown
    format: gr.Dropdown
    export: gr.Button
    file: gr.DownloadButton


def layout(page: Page) -> Parts:
    """Adds everything; what there is no use for yet is hidden."""
    make = page.labels.make
    found: dict[str, Any] = {}
    with gr.Row(elem_id="search-row"):
        found["box"] = make(
            gr.Textbox,
            {"label": "notes_search", "placeholder": "notes_search_placeholder"},
            elem_id="search",
            show_label=False,
            container=False,
            max_lines=1,
            scale=8,
        )
        found["search"] = make(
            gr.Button, {"value": "notes_search_button"}, elem_id="search-go", min_width=88, scale=1
        )
    found["found"] = gr.Markdown(elem_id="found", latex_delimiters=MATH_DELIMITERS)
    found |= _adding(page)
    found["removing"] = gr.Textbox(visible="hidden", elem_id="removing")
    with gr.Row(visible=False, elem_id="remove-sure") as found["sure"]:
        found["question"] = gr.Markdown()
        found["yes"] = _small(page, "notes_remove", "remove-yes", variant="stop")
        found["no"] = _small(page, "chat_cancel", "remove-no")
    found["trash"] = gr.Markdown(elem_id="trash")
    found["library"] = gr.Markdown(elem_id="library", latex_delimiters=MATH_DELIMITERS)
    with gr.Row(elem_id="export-row"):
        found["format"] = make(
            gr.Dropdown,
            {"label": "notes_export", "info": "notes_export_info"},
            choices=list(EXPORTS),
            value=EXPORTS[0],
            elem_id="export-format",
            scale=3,
        )
        found["export"] = make(
            gr.Button, {"value": "notes_export_go"}, elem_id="export", scale=1, min_width=120
        )
    found["file"] = gr.DownloadButton(
        visible="hidden", elem_id="export-file", elem_classes="fetched"
    )
    return Parts(**found)


def _adding(page: Page) -> dict[str, Any]:
    make = page.labels.make
    found: dict[str, Any] = {}
    with make(gr.Accordion, {"label": "notes_add"}, open=True, elem_id="adding") as found["adding"]:
        with gr.Row(elem_id="drop-row"):
            found["drop"] = make(
                gr.File,
                {"label": "notes_add_drop"},
                file_count="multiple",
                file_types=list(shelf.suffixes()),
                elem_id="drop",
                height=130,
                scale=3,
            )
            found["course"] = make(
                gr.Dropdown,
                {"label": "notes_add_course", "info": "notes_add_course_info"},
                allow_custom_value=True,
                choices=[],
                elem_id="add-course",
                scale=1,
                min_width=180,
            )
        found["replacing"] = gr.Textbox(visible="hidden", elem_id="replacing")
        found["detail"] = gr.Markdown(elem_id="add-detail")
        found["progress"] = gr.HTML(elem_id="files")
        found["cancel"] = _small(page, "notes_add_cancel", "add-cancel", visible=False)
    return found


def _small(page: Page, words: str, name: str, **settings: object) -> gr.Button:
    return page.labels.make(
        gr.Button, {"value": words}, elem_id=name, size="sm", scale=0, min_width=60, **settings
    )
