"""A headless Chromium for the page, where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

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

    def open_page(url: str, *, locale: str = "ko-KR", width: int = 1280, height: int = 800) -> Any:
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
        page.wait_for_selector("#chat .example")
        return page

    yield open_page
    for context in contexts:
        context.close()


def _note_outside(page: Any, url: str) -> None:
    inside = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:")
    if not url.startswith(inside):
        page.outside.append(url)


TRIES = 3
"""A real browser over a real server loses an event now and then: each try starts both afresh."""


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a browser test again when it fails; it counts as failed only if every try does."""
    if item.path.parent.name != "browser":
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for tried in range(1, TRIES + 1):
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        if tried == TRIES or not any(report.failed for report in reports):
            break
        item._initrequest()  # type: ignore[attr-defined]  # fixtures of a function anew
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
