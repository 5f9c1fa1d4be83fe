"""The page as a whole: header, tabs, reader. START HERE; to add a tab, add a file and a line.

`build_app` can be called without serving anything; `launch` serves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from ui import panel, theme
from ui.labels import Labels
from ui.page import Page, Refresh, Update, or_warn
from ui.serve import Address, open_in_browser
from ui.server import serve, web_app
from ui.tabs import ask, notes, practice, progress
from ui.texts import DEFAULT, TEXTS, language_of, texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

QUEUE = 64
"""Requests that wait before the page says it is busy."""

_TITLES = json.dumps({language: texts_of(language).app_title for language in TEXTS})
_NAME_THE_PAGE = (
    f"(language) => {{ document.documentElement.lang = language;"
    f" document.title = {_TITLES}[language]; }}"
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the page.

    Args:
        name: also its element's id, as "tab-NAME".
        label: the field of `Texts` that names it.
        build: adds its components and says what to refresh.
    """

    name: str
    label: str
    build: Callable[[Tutor, Page], list[Refresh]]


TABS: tuple[Tab, ...] = (
    Tab("ask", "tab_ask", ask.build),
    Tab("practice", "tab_practice", practice.build),
    Tab("progress", "tab_progress", progress.build),
    Tab("notes", "tab_notes", notes.build),
)


def build_app(tutor: Tutor) -> gr.Blocks:
    """The page over one tutor, not yet served. Per-visitor state is in `gr.State` only."""
    labels = Labels()
    app = gr.Blocks(title=texts_of(DEFAULT).app_title, analytics_enabled=False, fill_width=True)
    with app:
        page = _header(tutor, labels)
        refreshes: list[Refresh] = []
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="work", scale=3, min_width=320), gr.Tabs(elem_id="tabs"):
                for tab in TABS:
                    refreshes += _tab(tab, tutor, page)
            panel.build(tutor, page)
        _keep_fresh(app, tutor, page, refreshes)
    app.queue(max_size=QUEUE, default_concurrency_limit=4)
    return app


def launch(
    tutor: Tutor,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    auth: list[tuple[str, str]] | None = None,
    root_path: str = "",
    *,
    on_ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serves the page until Ctrl-C, which is raised again as KeyboardInterrupt within 2 s.

    What the arguments mean stands in `Address`; `on_ready` is called with the page's URL as soon
    as it can be opened.

    Raises:
        PortTaken: when the address is in use.
    """
    address = Address(host, port, auth, root_path)

    def ready(url: str) -> None:
        on_ready(url)
        if open_browser:
            open_in_browser(url)

    serve(web_app(build_app(tutor), tutor.library.home, address), address, ready)


def _tab(tab: Tab, tutor: Tutor, page: Page) -> list[Refresh]:
    """Adds a tab; what changes while one is elsewhere is shown anew when the tab is opened."""
    with page.labels.make(gr.Tab, {"label": tab.label}, elem_id=f"tab-{tab.name}") as opened:
        refreshes = tab.build(tutor, page)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for refresh in refreshes:
        if refresh.on_open:
            first = opened.select(refresh.on_open, None, list(refresh.outputs), **quiet)
            first.then(**_settings(refresh), **quiet)
    return refreshes


def _header(tutor: Tutor, labels: Labels) -> Page:
    bridge = gr.HTML("", html_template="", js_on_load=theme.bridge_js(), elem_id="bridge")
    with gr.Row(elem_id="masthead"):
        labels.make(gr.Markdown, {"value": "app_title"}, elem_id="brand")
        known = tutor.courses()
        courses = labels.make(
            gr.Dropdown,
            {"label": "courses"},
            choices=list(known),
            value=list(tutor.default_courses()),
            multiselect=True,
            visible=len(known) > 1,
            elem_id="courses",
            min_width=180,
        )
        language = labels.make(
            gr.Radio,
            {"label": "language"},
            choices=[("한국어", "ko"), ("English", "en")],
            value=DEFAULT,
            show_label=False,
            container=False,
            elem_id="language",
            min_width=140,
        )
    return Page(labels, language, courses, bridge)


def _keep_fresh(app: gr.Blocks, tutor: Tutor, page: Page, refreshes: Sequence[Refresh]) -> None:
    """Says everything in the language chosen, and shows what depends on language or courses."""
    remembered = gr.BrowserState(
        {"language": "", "courses": []}, storage_key="lecture-tutor", secret="not a secret"
    )
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    texts: dict[str, Any] = {
        "fn": page.labels.updates,
        "inputs": page.language,
        "outputs": page.labels.components,
        **quiet,
    }

    def arrive(kept: dict[str, Any], request: gr.Request) -> tuple[str, Update]:
        wanted = request.headers.get("accept-language", "")
        chosen = [str(course) for course in kept.get("courses", [])]
        return language_of(wanted, str(kept.get("language"))), _known_courses(tutor, chosen)

    arrived = app.load(arrive, remembered, [page.language, page.courses], **quiet)
    choices = [page.language, page.courses]
    switched = page.language.input(_keep, choices, remembered, **quiet)
    page.courses.input(_keep, choices, remembered, **quiet)
    for said in (arrived.then(**texts), switched.then(**texts)):
        said.then(None, page.language, None, js=_NAME_THE_PAGE, api_visibility="private")
        for refresh in refreshes:
            said.then(**_settings(refresh), **quiet)
    for refresh in refreshes:
        page.courses.input(**_settings(refresh), **quiet)


def _settings(refresh: Refresh) -> dict[str, Any]:
    return {
        "fn": partial(or_warn, refresh.show, len(refresh.outputs)),
        "inputs": list(refresh.inputs),
        "outputs": list(refresh.outputs),
    }


def _known_courses(tutor: Tutor, kept: list[str]) -> Update:
    """The courses as they are now, those chosen before chosen again; hidden where there is one."""
    known = tutor.courses()
    chosen = [course for course in kept if course in known] or list(tutor.default_courses())
    return gr.update(choices=list(known), value=chosen, visible=len(known) > 1)


def _keep(language: str, courses: list[str]) -> dict[str, Any]:
    return {"language": language, "courses": courses}
