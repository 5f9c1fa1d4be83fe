"""Progress: how well each lecture sits and what comes back when. Reads the bank, writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import gradio as gr

from tutor.quiz.item import Item
from ui.charts import Mark, answered, due, mastery, streak
from ui.escape import entities
from ui.outline import Scope, scopes_of
from ui.page import Page, Refresh, chosen_courses
from ui.plots import days_plot, due_plot, mastery_plot
from ui.render import notice
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor


def build(page: Page) -> list[Refresh]:
    """Adds one component that holds it all."""
    shown = gr.HTML(elem_id="progress")
    show = page.visitors.show
    return [Refresh(show(progress), [page.language, page.courses], [shown], on_open=True)]


def marks(tutor: Tutor) -> list[Mark]:
    """Every answer to an item that is still in the bank, oldest first, whatever its course."""
    items = {item.id: item for item in tutor.bank.items()}
    return [
        Mark(attempt.item, _scope(items[attempt.item]), attempt.at, attempt.verdict == "correct")
        for attempt in tutor.bank.attempts()
        if attempt.item in items
    ]


def progress(tutor: Tutor, language: str, courses: Sequence[str]) -> str:
    """All plots, after a line that sums them up."""
    texts, now = texts_of(language), datetime.now(UTC)
    given = marks(tutor)
    lectures = scopes_of(tutor.chunks(chosen_courses(courses)), language)
    coming = [memory.due for memory in tutor.bank.memories().values()]
    lead = summary(given, now, language)
    plots = [mastery_plot(mastery(given, lectures), texts)] if lectures else []
    plots += [days_plot(answered(given, now), texts)] if given else []
    plots += [due_plot(due(coming, now), texts)] if coming else []
    return f'<div class="progress">{lead}{"".join(plots)}</div>'


def summary(given: Sequence[Mark], now: datetime, language: str) -> str:
    """The progress in a sentence or two."""
    texts = texts_of(language)
    if not given:
        return notice(texts.progress_empty)
    right = sum(mark.right for mark in given)
    days = streak(given, now)
    said = [
        texts.progress_summary.format(attempts=len(given), right=right),
        texts.progress_streak.format(days=days) if days else texts.progress_streak_none,
    ]
    return f'<p class="lead">{entities(" ".join(said))}</p>'


def _scope(item: Item) -> Scope | None:
    if not item.citations:
        return None
    chunk = item.citations[0].chunk
    if chunk.place.week is None or chunk.place.lecture is None:
        return None
    return Scope(chunk.course, chunk.place.week, chunk.place.lecture)
