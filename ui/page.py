"""What every tab is given: the shared controls and the way back from the browser.

Knows which Gradio components are shared; knows nothing about what a tab does with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.blocks import Block
from gradio.components import Component

from ingest.errors import StoredIndexError, TutorError
from tutor.errors import in_both_languages
from ui.labels import Labels
from ui.models import ModelSource
from ui.texts import EN, KO, Texts

if TYPE_CHECKING:
    from ui.visitors import Visitors

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""For every event: no spinner over what one is reading, nothing that other programs may call."""

WARN_S, TELL_S = 8.0, 3.0
"""Seconds that what is said over the page stays there."""

Update = dict[str, Any]
"""What `gr.update` and `gr.skip` return: changes to a component."""


@dataclass(frozen=True, slots=True)
class Page:
    """The shared parts of one page.

    Args:
        visitors: whose tutor a handler is given.
        language: its value is "ko" or "en".
        courses: its value is the list of courses to search; empty for the default ones.
        models: where local models come from.
        engine: names who answers, under the question box.
        theme: its value is "system", "light" or "dark".
        chat: which chat is open, as the browser keeps it.
        round: the round of practice that is going on, likewise.
        tabs: to go to another tab, `gr.update(selected=NAME)`.
        bridge: clicks on links and buttons inside rendered text arrive as its events (`open`,
            `pick`, `ask`, …, see `static/page.js`), with what was clicked as its value.
    """

    labels: Labels
    visitors: Visitors
    models: ModelSource
    engine: gr.HTML
    language: gr.Radio
    courses: gr.Dropdown
    theme: gr.Radio
    chat: gr.BrowserState
    round: gr.BrowserState
    tabs: gr.Tabs
    bridge: gr.HTML


@dataclass(frozen=True, slots=True)
class Refresh:
    """What a tab shows anew when the page loads and when language or courses change.

    Args:
        show: takes the values of `inputs`, returns those of `outputs`.
        on_open: whether it is shown anew also when its tab is opened.
    """

    show: Callable[..., Any]
    inputs: Sequence[Component]
    outputs: Sequence[Block]
    on_open: bool = False


def chosen_courses(courses: Sequence[str] | None) -> list[str] | None:
    """The courses to search; None, for the default ones, where none is chosen."""
    return list(courses) if courses else None


def warn(error: TutorError) -> None:
    """Shows what went wrong and what to do about it, over the page."""
    if isinstance(error, StoredIndexError):
        # its own hint is a command; here there is a button, see `ui.repair`
        words = " ".join(texts.repair_first.format(go=texts.repair_go) for texts in (KO, EN))
    else:
        words = in_both_languages(error)
    gr.Warning(words, duration=WARN_S)


def tell(words: str) -> None:
    """Says something over the page for a moment."""
    gr.Info(words, duration=TELL_S)


def toasts(texts: Texts) -> dict[str, str]:
    """What the browser says in place of Gradio's own words, see `static/toast.js`."""
    return {
        "Warning": texts.toast_warning,
        "Error": texts.toast_error,
        "Info": texts.toast_info,
        "close": texts.reader_close,
        "away": texts.away_title,
        "awayDetail": texts.away_detail,
    }
