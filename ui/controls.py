"""The choices that hold for the whole page: language, courses, theme. Placed by the settings tab.

Knows what can be chosen; knows nothing about what follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import gradio as gr

from ui.labels import Labels
from ui.page import Update
from ui.texts import DEFAULT, texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

NO_SECRET = "not a secret"
"""The same in every process, or what the browser keeps could not be read after a restart."""
THEMES = ("system", "light", "dark")


def unplaced(labels: Labels) -> tuple[gr.Radio, gr.Dropdown, gr.Radio]:
    """Language, courses and theme, to be rendered where they belong."""
    language = labels.make(
        gr.Radio,
        {"label": "language"},
        choices=[("한국어", "ko"), ("English", "en")],
        value=DEFAULT,
        elem_id="language",
        elem_classes="choice",
        render=False,
    )
    courses = labels.make(
        gr.Dropdown,
        {"label": "courses", "info": "settings_courses_info"},
        choices=[],
        value=[],
        multiselect=True,
        allow_custom_value=True,  # a server that was restarted does not know the choices any more
        elem_id="courses",
        render=False,
    )
    theme = labels.make(
        gr.Radio,
        {"label": "settings_theme"},
        choices=theme_choices(DEFAULT),
        value="system",
        elem_id="theme",
        elem_classes="choice",
        render=False,
    )
    return language, courses, theme


def kept_in_browser() -> tuple[gr.BrowserState, gr.BrowserState]:
    """Which chat is open and which round is going on.

    To be made outside the tabs: what lies in a tab that was not opened yet is not read.
    """
    chat = gr.BrowserState({"chat": ""}, storage_key="lecture-tutor-chat", secret=NO_SECRET)
    round_ = gr.BrowserState({}, storage_key="lecture-tutor-round", secret=NO_SECRET)
    return chat, round_


def theme_choices(language: str) -> list[tuple[str, str]]:
    """The themes by name."""
    texts = texts_of(language)
    names = (texts.settings_theme_system, texts.settings_theme_light, texts.settings_theme_dark)
    return list(zip(names, THEMES, strict=True))


def known_theme(kept: object) -> str:
    """The theme chosen before, if it is one."""
    return str(kept) if kept in THEMES else "system"


def known_courses(tutor: Tutor, kept: Sequence[str]) -> Update:
    """The courses as they are now, those chosen before chosen again."""
    known = tutor.courses()
    chosen = [str(course) for course in kept if course in known] or list(tutor.default_courses())
    return gr.update(choices=list(known), value=chosen)
