"""The row under the chat that offers a model, shows it coming, and has it answer when it is here.

Knows components and `ui.models`; the chat knows nothing of it and goes on meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from ui.models import ModelSource, offer_html, progress_html
from ui.page import QUIET, Page, Refresh
from ui.render import engine_line
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

LOOK_S = 1.0
"""Seconds between two looks at a download."""


def build(page: Page, engine: gr.HTML) -> list[Refresh]:
    """Adds the row, hidden while there is nothing to offer; `engine` names who answers."""
    make, models = page.labels.make, page.models
    with gr.Row(visible=False, elem_id="model-row") as row:
        words = gr.HTML(elem_id="model-words")
        fetch = make(
            gr.Button,
            {"value": "model_fetch"},
            size="sm",
            scale=0,
            min_width=88,
            elem_id="model-fetch",
        )
        cancel = make(
            gr.Button,
            {"value": "model_cancel"},
            size="sm",
            scale=0,
            min_width=88,
            visible=False,
            elem_id="model-cancel",
        )
    timer = gr.Timer(LOOK_S, active=False)
    bind, language = page.visitors.bind, page.language
    shown = [row, words, fetch, cancel, timer, engine]

    def begin(tutor: Tutor, code: str) -> tuple[Any, ...]:
        offered = models.offer()
        if offered is not None:
            models.fetch(offered.name)
        return look(models, tutor, code)

    def stop(tutor: Tutor, code: str) -> tuple[Any, ...]:
        models.cancel()
        return look(models, tutor, code)

    def now(tutor: Tutor, code: str) -> tuple[Any, ...]:
        return look(models, tutor, code)

    fetch.click(bind(begin), language, shown, **QUIET)
    cancel.click(bind(stop), language, shown, **QUIET)
    timer.tick(bind(now), language, shown, **QUIET)
    return [Refresh(bind(now), [language], shown)]


def look(models: ModelSource, tutor: Tutor, language: str) -> tuple[Any, ...]:
    """Outputs: row, words, fetch, cancel, timer, engine. A model that is ready answers from now on.

    Where the learner has chosen an engine by hand, that stays.
    """
    texts, progress = texts_of(language), models.progress()
    shown = gr.update(visible=True)
    hidden, still = gr.update(visible=False), gr.Timer(active=False)
    if progress is not None and progress.state in ("fetching", "ready", "failed"):
        going = progress.state == "fetching"
        if progress.state == "ready" and tutor.engine.kind == "reader":
            for model in models.here():
                if model.name == progress.name:
                    tutor.engines.switch(model.spec)
        return (
            shown,
            progress_html(progress, texts),
            hidden,
            gr.update(visible=going),
            gr.Timer(active=going),
            engine_line(tutor.engine, texts),
        )
    offered = models.offer() if tutor.engine.kind == "reader" else None
    line = engine_line(tutor.engine, texts)
    if offered is None:
        return hidden, "", hidden, hidden, still, line
    return shown, offer_html(offered, texts), shown, hidden, still, line
