"""The row over the question box that offers a model, shows it coming and says when it answers.

Knows components and `ui.models`; the chat knows nothing of it and goes on meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from tutor.settings import AUTO, keep_engine
from ui.models import ModelSource, Progress, offer_html, progress_html, said_html
from ui.page import QUIET, Page, Refresh
from ui.render import engine_line
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

LOOK_S = 1.0
"""Seconds between two looks at a model that is on its way."""
_ON_ITS_WAY = ("looking", "fetching", "loading")


@dataclass(frozen=True, slots=True)
class Parts:
    """The row's components."""

    row: gr.Row
    words: gr.HTML
    fetch: gr.Button
    cancel: gr.Button


def layout(page: Page) -> Parts:
    """Adds the row, hidden while there is nothing to say."""
    small: dict[str, Any] = {"size": "sm", "scale": 0, "min_width": 88, "visible": False}
    make = page.labels.make
    with gr.Row(visible=False, elem_id="model-row") as row:
        words = gr.HTML(elem_id="model-words")
        fetch = make(gr.Button, {"value": "model_fetch"}, elem_id="model-fetch", **small)
        cancel = make(gr.Button, {"value": "model_cancel"}, elem_id="model-cancel", **small)
    return Parts(row, words, fetch, cancel)


def wire(page: Page, parts: Parts) -> Refresh:
    """Has the row work, and the line that names who answers with it."""
    models, bind, language = page.models, page.visitors.bind, page.language
    timer = gr.Timer(LOOK_S, active=False)
    shown = [parts.row, parts.words, parts.fetch, parts.cancel, timer, page.engine]

    def begin(tutor: Tutor, code: str) -> tuple[Any, ...]:
        fetch(models, tutor)
        return look(models, tutor, code)

    def stop(tutor: Tutor, code: str) -> tuple[Any, ...]:
        models.cancel()
        return look(models, tutor, code)

    parts.fetch.click(bind(begin), language, shown, **QUIET)
    parts.cancel.click(bind(stop), language, shown, **QUIET)
    timer.tick(bind(partial(look, models, watched=True)), language, shown, **QUIET)
    return Refresh(bind(partial(look, models)), [language], shown)


def fetch(models: ModelSource, tutor: Tutor) -> None:
    """Begins to bring down what is offered; it is to answer, whatever was chosen before."""
    offered = models.offer()
    if offered is not None:
        tutor.engines.switch(AUTO)
        keep_engine(tutor.library.home, AUTO)
        models.fetch(offered.name)


def look(
    models: ModelSource, tutor: Tutor, language: str, watched: bool = False
) -> tuple[Any, ...]:
    """Outputs: row, words, fetch, cancel, timer, engine.

    `watched`: the page has seen the model coming, so that its arrival is news.
    """
    now = models.progress()
    words, offered = _words(models, tutor, now, language, watched)
    return (
        gr.update(visible=bool(words)),
        words,
        gr.update(visible=offered),
        gr.update(visible=now is not None and now.state == "fetching"),
        gr.Timer(active=now is not None and now.state in _ON_ITS_WAY),
        engine_line(tutor.engine, texts_of(language)),
    )


def _words(
    models: ModelSource, tutor: Tutor, now: Progress | None, language: str, watched: bool
) -> tuple[str, bool]:
    """What is to be said, and whether there is something to fetch."""
    texts = texts_of(language)
    if now is not None and now.state in _ON_ITS_WAY:
        return (progress_html(now, texts) if now.name else ""), False
    if now is not None and tutor.engine.name == now.name:
        return (said_html(texts.model_ready.format(name=now.name)) if watched else ""), False
    if tutor.engine.kind != "reader":
        return "", False
    offered, notice = models.offer(), tutor.engines.notice
    if now is not None and now.state == "failed":
        return progress_html(now, texts), offered is not None
    if offered is not None:
        return offer_html(offered, texts), True
    if notice is not None:
        return said_html(notice.en if language == "en" else notice.ko), False
    if now is not None and now.state == "ready" and watched:
        return said_html(texts.model_here.format(name=now.name)), False
    return "", False
