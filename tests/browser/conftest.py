"""A headless Chromium for the page, where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")  # while it runs, asyncio takes this thread to be its own
def chromium() -> Iterator[Any]:
    """The browser, shared by all tests; each test opens pages of its own."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(f"no Chromium here (looked for {', '.join(NAMES)})")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a URL in a fresh visitor's browser and waits until the page is ready.

    The page gets `outside`: every request that left this machine.
    """
    contexts = []

    def open_page(
        url: str,
        *,
        locale: str = "ko-KR",
        width: int = 1280,
        height: int = 800,
        ready: str = "#chat .example",
    ) -> Any:
        context = chromium.new_context(
            locale=locale, viewport={"width": width, "height": height}, timezone_id="Asia/Seoul"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(45_000)
        page.outside = []
        page.on("request", lambda request: _note_outside(page, request.url))
        page.goto(url)
        page.wait_for_selector("#question textarea")
        page.wait_for_selector(ready)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _note_outside(page: Any, url: str) -> None:
    inside = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:")
    if not url.startswith(inside):
        page.outside.append(url)
