"""Courses that this version cannot search as they are: says so, and reads them anew at a press.

Knows components and what is said; how a course is read again is `ingest.build`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import Dependency

from ingest import build as ingesting
from ingest.build import BUNDLED, Report
from ingest.index import Progress
from ui import render_notes
from ui.adding import File, add_all
from ui.escape import entities
from ui.page import QUIET, Page, Refresh
from ui.render import notice
from ui.texts import Texts, texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor


def build(page: Page, row: gr.Column) -> tuple[list[Refresh], Dependency]:
    """Fills the row above the tabs, hidden while every course can be searched.

    Returns:
        What to refresh, and the event after which everything else is to be shown anew.
    """
    with row:
        said = gr.HTML(elem_id="repair-said", padding=False)
        go = page.labels.make(
            gr.Button,
            {"value": "repair_go"},
            variant="primary",
            scale=0,
            min_width=160,
            elem_id="repair-go",
        )
        progress = gr.HTML(elem_id="repair-files", padding=False)
    shown = [row, said, go, progress]
    bind = page.visitors.bind
    read = go.click(
        bind(read_anew),
        page.language,
        shown,
        concurrency_limit=1,
        concurrency_id="adding",
        **QUIET,
    )
    return [Refresh(bind(look), [page.language], [row, said])], read


def broken(tutor: Tutor) -> list[str]:
    """The visitor's own courses that have to be read anew."""
    return [c for c in tutor.library.unusable(tutor.encoder.name) if c != BUNDLED]


def look(tutor: Tutor, language: str) -> tuple[Any, ...]:
    """Outputs: row, said."""
    courses = broken(tutor)
    words = texts_of(language).repair_said.format(courses=", ".join(courses))
    return gr.update(visible=bool(courses)), notice(words)


def read_anew(tutor: Tutor, language: str) -> Iterator[tuple[Any, ...]]:
    """Every course in need, one after the other; outputs: row, said, go, progress."""
    texts, reports = texts_of(language), list[Report]()
    visible, hidden = gr.update(visible=True), gr.update(visible=False)
    files = [File(course, Path()) for course in broken(tutor)]

    def add(course: str, _: Path, progress: Progress) -> Report:
        reports.append(ingesting.rebuild(tutor.library, course, tutor.encoder, progress))
        return reports[-1]

    for now in add_all(files, add):
        yield visible, gr.skip(), hidden, render_notes.files(map(_anew, now), texts)
    lost = _lost(reports, texts)
    if courses := broken(tutor):
        words = notice(texts.repair_said.format(courses=", ".join(courses)))
        yield visible, words + lost, visible, gr.skip()
    else:
        done = notice(texts.repair_done)
        yield gr.update(visible=bool(lost)), done + lost, hidden if lost else visible, ""


def _anew(file: File) -> File:
    """A course that was read is neither added nor changed, whatever was read from it."""
    done = file.state in ("added", "changed", "unchanged")
    return replace(file, state="anew") if done else file


def _lost(reports: list[Report], texts: Texts) -> str:
    """The documents that could not be read, each with why."""
    rows = "".join(
        f"<li>{entities(f'{report.course} · {name}: {why}')}</li>"
        for report in reports
        for name, why in report.failed.items()
    )
    return f"<p>{entities(texts.repair_lost)}</p><ul>{rows}</ul>" if rows else ""
