"""What every tab is given: the shared controls and the way back from the browser.

Knows which Gradio components are shared; knows nothing about what a tab does with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component

from ingest.errors import TutorError
from tutor.errors import in_both_languages
from ui.labels import Labels

Update = dict[str, Any]
"""What `gr.update` and `gr.skip` return: changes to a component."""


@dataclass(frozen=True, slots=True)
class Page:
    """The shared parts of one page.

    Args:
        language: its value is "ko" or "en".
        courses: its value is the list of courses to search; empty for the default ones.
        bridge: clicks on links and options inside rendered text arrive as its events `open` and
            `pick`, with what was clicked as its value.
    """

    labels: Labels
    language: gr.Radio
    courses: gr.Dropdown
    bridge: gr.HTML


@dataclass(frozen=True, slots=True)
class Refresh:
    """What a tab shows anew when the page loads and when language or courses change.

    Args:
        show: takes the values of `inputs`, returns those of `outputs`.
        on_open: given, it is shown anew also when its tab is opened, after what this returns for
            `outputs`.
    """

    show: Callable[..., Any]
    inputs: Sequence[Component]
    outputs: Sequence[Component]
    on_open: Callable[[], Any] | None = None


def chosen_courses(courses: Sequence[str] | None) -> list[str] | None:
    """The courses to search; None, for the default ones, where none is chosen."""
    return list(courses) if courses else None


def or_warn(handler: Callable[..., Any], outputs: int, *values: object) -> Any:  # noqa: ANN401
    """What `handler` makes of `values`; where it cannot, a warning, and the page stays as it is.

    For `functools.partial`: `outputs` is how many values the handler returns.
    """
    try:
        return handler(*values)
    except TutorError as error:
        warn(error)
        return gr.skip() if outputs == 1 else (gr.skip(),) * outputs


def warn(error: TutorError) -> None:
    """Shows what went wrong and what to do about it, over the page."""
    gr.Warning(in_both_languages(error))
