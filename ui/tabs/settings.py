"""Settings, on one screen: language, who answers, courses searched, theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import gradio as gr

from ui import controls
from ui.escape import entities
from ui.page import Page, Refresh, Update
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor


def build(page: Page) -> list[Refresh]:
    """Places the page's choices and adds where everything is kept."""
    with gr.Column(elem_id="settings"):
        for choice in (page.language, page.courses, page.theme):
            cast(Any, choice).render()
        home = gr.HTML(elem_id="home")
    bind = page.visitors.bind
    return [
        Refresh(_themes, [page.language], [page.theme]),
        Refresh(bind(where), [page.language], [home]),
    ]


def where(tutor: Tutor, language: str) -> str:
    """Where notes and history are kept."""
    words = texts_of(language).settings_home.format(home=tutor.library.home)
    return f'<p class="where-kept">{entities(words)}</p>'


def _themes(language: str) -> Update:
    return gr.update(choices=controls.theme_choices(language))
