"""Progress: how well each lecture goes and what comes back when. Reads the bank, writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import gradio as gr

from tutor.quiz.item import Item
from ui.charts import Mark, accuracy, due
from ui.escape import entities
from ui.page import Page, Refresh, Update
from ui.render import notice
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor


def build(page: Page) -> list[Refresh]:
    """Adds a line of summary and two plots, hidden while there is nothing to plot."""
    lead = gr.Markdown(elem_id="progress-lead")
    right = page.labels.make(
        gr.BarPlot,
        {
            "label": "progress_accuracy",
            "x_title": "progress_accuracy_x",
            "y_title": "progress_accuracy_y",
        },
        x="lecture",
        y="right",
        y_lim=[0, 100],
        tooltip="all",
        height=280,
        visible=False,
        elem_id="accuracy",
        buttons=[],
    )
    coming = page.labels.make(
        gr.BarPlot,
        {"label": "progress_due", "x_title": "progress_due_x", "y_title": "progress_due_y"},
        x="day",
        y="questions",
        height=240,
        visible=False,
        elem_id="due",
        buttons=[],
    )
    outputs = [lead, right, coming]
    return [Refresh(page.visitors.bind(_show), [page.language], outputs, on_open=True)]


def answers(tutor: Tutor) -> list[Mark]:
    """Every answer to an item that is still in the bank, oldest first, whatever its course."""
    items = {item.id: item for item in tutor.bank.items()}
    return [
        _mark(items[attempt.item], attempt.verdict == "correct")
        for attempt in tutor.bank.attempts()
        if attempt.item in items
    ]


def summary(given: Sequence[Mark], waiting: int, language: str) -> str:
    """The progress in a sentence or two."""
    texts = texts_of(language)
    if not given:
        return notice(texts.progress_empty)
    right = sum(mark.right for mark in given)
    said = [texts.progress_summary.format(attempts=len(given), right=right)]
    said += [] if waiting else [texts.progress_due_none]
    return f"<p>{entities(' '.join(said))}</p>"


def _wiped() -> tuple[Update, Update, Update]:
    """No plots: one that is on its way onto the page would miss its new numbers."""
    return gr.skip(), gr.update(visible=False), gr.update(visible=False)


def _mark(item: Item, right: bool) -> Mark:
    chunk = item.citations[0].chunk if item.citations else None
    return Mark(chunk.course if chunk else "", chunk.place if chunk else None, right)


def _show(tutor: Tutor, language: str) -> tuple[str, Update, Update]:
    texts, now = texts_of(language), datetime.now(UTC)
    given = answers(tutor)
    right = accuracy(given, texts)
    coming = due((memory.due for memory in tutor.bank.memories().values()), now, texts)
    waiting = int(coming["questions"].sum())
    order = list(right["lecture"])
    return (
        summary(given, waiting, language),
        gr.update(value=right, visible=bool(order), sort=order or None),
        gr.update(value=coming, visible=waiting > 0, sort=list(coming["day"])),
    )
