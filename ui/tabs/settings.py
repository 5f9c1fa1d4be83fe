"""Settings, on one screen: language, who answers, courses searched, theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import gradio as gr

from tutor.settings import keep_engine
from ui import controls
from ui.escape import entities
from ui.models import ModelSource
from ui.page import QUIET, Page, Refresh, Update
from ui.render import engine_line
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

READER = "reader"


def build(page: Page) -> list[Refresh]:
    """Places the page's choices and adds the engine and where everything is kept."""
    models, bind = page.models, page.visitors.bind
    with gr.Column(elem_id="settings"):
        cast(Any, page.language).render()
        engine = page.labels.make(
            gr.Radio,
            {"label": "settings_engine"},
            choices=[READER],
            value=READER,
            elem_id="engine-choice",
            elem_classes="choice",
        )
        said = gr.HTML(elem_id="engine-said")
        for choice in (page.courses, page.theme):
            cast(Any, choice).render()
        home = gr.HTML(elem_id="home")

    def offered(tutor: Tutor, language: str) -> tuple[Update, str]:
        line = engine_line(tutor.engine, texts_of(language))
        return engines(models, tutor, language), line

    engine.input(bind(use), [engine, page.language], [said, page.engine], **QUIET)
    return [
        Refresh(_themes, [page.language], [page.theme]),
        Refresh(bind(offered), [page.language], [engine, said], on_open=True),
        Refresh(bind(where), [page.language], [home]),
    ]


def engines(models: ModelSource, tutor: Tutor, language: str) -> Update:
    """Who can answer: the reader, the models that are here, and whoever answers now."""
    choices = {READER: texts_of(language).engine_reader_name}
    here = {model.spec: model.name for model in models.here()}
    choices |= here
    now = tutor.engines.spec if tutor.engine.kind != "reader" else READER
    now = next((spec for spec, name in here.items() if name == tutor.engine.name), now)
    choices.setdefault(now, tutor.engine.name)
    return gr.update(choices=[(name, spec) for spec, name in choices.items()], value=now)


def use(tutor: Tutor, spec: str, language: str) -> tuple[str, str]:
    """Has another engine answer from now on, also after a restart; says so here and in the chat."""
    tutor.engines.switch(spec)
    keep_engine(tutor.library.home, spec)
    line = engine_line(tutor.engine, texts_of(language))
    return line, line


def where(tutor: Tutor, language: str) -> str:
    """Where notes and history are kept."""
    words = texts_of(language).settings_home.format(home=tutor.library.home)
    return f'<p class="where-kept">{entities(words)}</p>'


def _themes(language: str) -> Update:
    return gr.update(choices=controls.theme_choices(language))
