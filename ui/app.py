"""The page as a whole: header, tabs, reader. START HERE; to add a tab, add a file and a line.

`build_app` can be called without serving anything; `launch` serves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import Dependency

from ui import controls, panel, repair, theme
from ui.labels import Labels
from ui.models import ModelSource, NoModels
from ui.page import QUIET, Page, Refresh, toasts
from ui.serve import Address, open_in_browser
from ui.server import keep_uploads_in, serve, web_app
from ui.tabs import ask, notes, practice, progress, settings
from ui.texts import DEFAULT, TEXTS, language_of, texts_of
from ui.visitors import Visitors

if TYPE_CHECKING:
    from tutor.tutor import Tutor

QUEUE = 64
"""Requests that wait before the page says it is busy."""
CACHE_S = 3600
"""Seconds after which what was uploaded and fetched is taken off the disk again."""

_TITLES = json.dumps({language: texts_of(language).app_title for language in TEXTS})
_TOASTS = json.dumps({language: toasts(texts) for language, texts in TEXTS.items()})
_NAME_THE_PAGE = (
    f"(language) => {{ document.documentElement.lang = language;"
    f" document.title = {_TITLES}[language]; window.tutorToasts({_TOASTS}[language]); }}"
)
_SHOW_THE_THEME = "(theme) => window.tutorTheme(theme)"


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
    build: Callable[[Page], list[Refresh]]


TABS: tuple[Tab, ...] = (
    Tab("ask", "tab_ask", ask.build),
    Tab("practice", "tab_practice", practice.build),
    Tab("progress", "tab_progress", progress.build),
    Tab("notes", "tab_notes", notes.build),
    Tab("settings", "tab_settings", settings.build),
)


def build_app(tutor: Tutor, models: ModelSource | None = None) -> gr.Blocks:
    """The page over one tutor, not yet served.

    What belongs to a visitor is in the home, in the browser, or in `gr.State`.
    """
    labels = Labels()
    app = gr.Blocks(
        title=texts_of(DEFAULT).app_title,
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(CACHE_S, CACHE_S),
    )
    with app:
        bridge = gr.HTML("", html_template="", js_on_load=theme.bridge_js(), elem_id="bridge")
        kept = controls.kept_in_browser()
        with gr.Row(elem_id="masthead"):
            labels.make(gr.Markdown, {"value": "app_title"}, elem_id="brand")
        refreshes: list[Refresh] = []
        above = gr.Column(visible=False, elem_id="repair")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="work", scale=3, min_width=320), gr.Tabs(elem_id="tabs") as tabs:
                page = Page(
                    labels,
                    Visitors(tutor),
                    models or NoModels(),
                    gr.HTML(elem_id="engine", render=False),
                    *controls.unplaced(labels),
                    *kept,
                    tabs,
                    bridge,
                )
                for tab in TABS:
                    refreshes += _tab(tab, page)
            panel.build(page)
        repairs, repaired = repair.build(page, above)
        _keep_fresh(app, page, [*repairs, *refreshes], repaired)
    app.queue(max_size=QUEUE, default_concurrency_limit=8)
    return app


def launch(
    tutor: Tutor,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    auth: Callable[[str, str], bool] | None = None,
    root_path: str = "",
    *,
    models: ModelSource | None = None,
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

    keep_uploads_in(tutor.library.home)
    serve(web_app(build_app(tutor, models), tutor.library.home, address), address, ready)


def _tab(tab: Tab, page: Page) -> list[Refresh]:
    """Adds a tab; what changes while one is elsewhere is shown anew when the tab is opened."""
    with page.labels.make(
        gr.Tab, {"label": tab.label}, id=tab.name, elem_id=f"tab-{tab.name}"
    ) as opened:
        refreshes = tab.build(page)
    for refresh in refreshes:
        if refresh.on_open:
            opened.select(**_settings(refresh), **QUIET)
    return refreshes


def _keep_fresh(
    app: gr.Blocks, page: Page, refreshes: Sequence[Refresh], repaired: Dependency
) -> None:
    """Says everything in the language chosen, and shows what depends on language or courses.

    Everything is shown anew also after `repaired`.
    """
    remembered = gr.BrowserState(
        {"language": "", "courses": [], "theme": "system"},
        storage_key="lecture-tutor",
        secret=controls.NO_SECRET,
    )
    texts: dict[str, Any] = {
        "fn": page.labels.updates,
        "inputs": page.language,
        "outputs": page.labels.components,
        **QUIET,
    }

    def arrive(request: gr.Request, kept: dict[str, Any]) -> tuple[Any, ...]:
        tutor = page.visitors.tutor_of(request.username)
        wanted = request.headers.get("accept-language", "")
        courses = controls.known_courses(tutor, kept.get("courses") or [])
        shade = controls.known_theme(kept.get("theme"))
        return language_of(wanted, str(kept.get("language"))), courses, shade

    choices = [page.language, page.courses, page.theme]
    arrived = app.load(arrive, remembered, choices, **QUIET)
    arrived.then(None, page.theme, None, js=_SHOW_THE_THEME, api_visibility="private")
    switched = page.language.input(_keep, choices, remembered, **QUIET)
    page.courses.input(_keep, choices, remembered, **QUIET)
    page.theme.input(_keep, choices, remembered, **QUIET).then(
        None, page.theme, None, js=_SHOW_THE_THEME, api_visibility="private"
    )
    for said in (arrived.then(**texts), switched.then(**texts)):
        said.then(None, page.language, None, js=_NAME_THE_PAGE, api_visibility="private")
        for refresh in refreshes:
            said.then(**_settings(refresh), **QUIET)
    for refresh in refreshes:
        repaired.then(**_settings(refresh), **QUIET)
        if page.courses in refresh.inputs:
            page.courses.input(**_settings(refresh), **QUIET)


def _settings(refresh: Refresh) -> dict[str, Any]:
    return {
        "fn": refresh.show,
        "inputs": list(refresh.inputs),
        "outputs": list(refresh.outputs),
    }


def _keep(language: str, courses: list[str], shade: str) -> dict[str, Any]:
    return {"language": language, "courses": courses, "theme": shade}
