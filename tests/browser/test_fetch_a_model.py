"""A model comes down while one is studying: offered, fetched, stopped, gone on with, answering.

The server is `python -m tutor serve` as it is; the hub is a stand-in on the loopback which serves,
under the name of the model that suits this machine, a real one of half a million weights.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ingest.embed import SHIPPED
from tests.browser.test_real_tutor import ask, free_port, tutor, wait_until_served
from tests.hub import Hub, serving, until
from tests.trained_course import trained_on
from tests.trained_model import PAIRS
from tests.ui.serving import ROOT
from tutor.llm import catalog
from tutor.llm.machine import this_machine
from tutor.tutor import Tutor

WEIGHTS = "model.safetensors"
SLOWLY = 0.2
"""Seconds between two pieces of a file: it would take over a minute, until a test lets it come."""
RESET_GATE, EPOCH = PAIRS[3], PAIRS[4]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    course = Tutor.open(tmp_path_factory.mktemp("course"), llm="reader", encoder=SHIPPED)
    return trained_on(course, request.config, tmp_path_factory.mktemp("trained"))


@pytest.fixture(scope="module")
def repo() -> str:
    """The model that the page offers on this machine."""
    listed = catalog.suited(this_machine())
    if listed is None:
        pytest.skip("this machine is too small for any model of the catalogue: none is offered")
    return listed.repo


@pytest.fixture
def hub(model: Path, repo: str) -> Iterator[Hub]:
    with serving(**{repo.replace("/", "__"): model}) as found:
        found.pause = SLOWLY
        yield found


@contextmanager
def served(hub: Hub, home: Path, log: Path, *options: str) -> Iterator[str]:
    port = free_port()
    command = tutor("serve", "--home", str(home), "--port", str(port), "--no-browser", *options)
    surroundings = os.environ | {"HF_ENDPOINT": hub.url, "HF_HUB_OFFLINE": "0"}
    with log.open("wb") as messages:
        process = subprocess.Popen(
            command, cwd=ROOT, env=surroundings, stdout=messages, stderr=messages
        )
        try:
            wait_until_served(port, home, log, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait(10)


def share(page: Any) -> int:
    """How much of the model is here, in percent, as a screen reader is told."""
    bar = page.locator("#model-row [role=progressbar]")
    return int(bar.get_attribute("aria-valuenow")) if bar.count() else 0


def until_share(page: Any, least: int) -> None:
    page.wait_for_function(
        "least => document.querySelector('#model-row [role=progressbar]')?.ariaValueNow >= least",
        arg=least,
    )


def until_it_answers(page: Any, repo: str) -> None:
    page.wait_for_function(
        "repo => document.querySelector('#engine .engine-name')?.textContent === repo", arg=repo
    )


def watch_the_chat(page: Any) -> None:
    """Keeps everything that the last message of the chat shows, however briefly."""
    page.evaluate(
        """() => {
          window.shown = [];
          const look = () => {
            const said = [...document.querySelectorAll('#chat .bot')].at(-1)?.textContent ?? '';
            if (said !== window.shown.at(-1)) window.shown.push(said);
          };
          new MutationObserver(look).observe(document.querySelector('#chat'),
            { childList: true, subtree: true, characterData: true });
        }"""
    )


def test_offered_fetched_on_a_click_and_answering_while_the_chat_goes_on(
    hub: Hub, repo: str, home: Path, tmp_path: Path, visit: Callable[..., Any]
) -> None:
    with served(hub, home, tmp_path / "log.txt") as url:
        page = visit(url)
        page.wait_for_selector("#model-fetch")
        offer = page.inner_text("#model-words")
        assert f"{repo} (" in offer
        assert re.search(r"\d\.\d GB, apache-2\.0\)\. 남은 공간 \d+ GB", offer)
        assert page.locator("#model-row").bounding_box()["y"] < 760  # seen without scrolling
        assert hub.asked == []  # nothing was fetched unasked

        page.click("#model-fetch")
        until_share(page, 1)
        before = share(page)
        assert f"{repo} 모델을 받고 있어요" in page.inner_text("#model-words")
        assert page.locator("#model-fetch").count() == 0
        ask(page, RESET_GATE[0])
        assert page.locator("#chat .signature").last.inner_text().startswith("reader")
        assert page.inner_text("#engine .engine-name") == "reader"
        until_share(page, before + 5)
        hub.pause = 0

        until_it_answers(page, repo)
        assert f"이제 {repo} 모델이 답해요" in page.inner_text("#model-words")
        watch_the_chat(page)
        ask(page, EPOCH[0])
        assert page.locator("#chat .signature").last.inner_text().startswith(repo)
        said = EPOCH[1].removesuffix("[1].").strip()
        assert said in page.locator("#chat .bot").last.inner_text()
        drafts = [text for text in page.evaluate("window.shown") if "쓰고 있어요" in text]
        assert drafts  # the reader's answer stood there while the model wrote
        assert all(text.startswith("노트에는 이렇게 적혀 있어요") for text in drafts)
        page.wait_for_selector("#model-row", state="detached")  # no news any more

        page.click("#tab-settings-button")
        # who answers now is chosen as soon as the tab has been filled
        page.wait_for_selector(f"#engine-choice label:has-text('{repo}') input:checked")
        page.click("#engine-choice label:has-text('노트 문장을 골라 답하기')")
        page.click("#tab-ask-button")
        until_it_answers(page, "reader")  # chosen by hand, which stays
        page.reload()
        until_it_answers(page, "reader")
        assert page.outside == []


def test_stopped_on_the_page_it_rests_until_it_is_asked_for_and_goes_on_where_it_was(
    hub: Hub, repo: str, home: Path, tmp_path: Path, visit: Callable[..., Any]
) -> None:
    with served(hub, home, tmp_path / "first.txt", "--fetch-model") as url:
        page = visit(url, locale="en-US", width=390, height=844)
        until_share(page, 1)  # it began by itself
        assert f"Fetching {repo}" in page.inner_text("#model-words")
        page.click("#model-cancel")
        page.wait_for_selector("#model-fetch")
        assert f"can be fetched to this computer: {repo}" in page.inner_text("#model-words")
    (part,) = (home / "models" / ".fetching").rglob(f"{WEIGHTS}.part")
    came = part.stat().st_size
    assert came > 0

    hub.pause = 0
    with served(hub, home, tmp_path / "second.txt", "--fetch-model") as url:
        page = visit(url, locale="en-US", width=390, height=844)
        page.wait_for_selector("#model-fetch")
        assert until(lambda: "was stopped" in (tmp_path / "second.txt").read_text("utf-8"))
        assert hub.ranges_of(WEIGHTS) == [None]
        page.click("#model-fetch")
        until_it_answers(page, repo)
    assert hub.ranges_of(WEIGHTS) == [None, f"bytes={came}-"]
    with served(hub, home, tmp_path / "third.txt", "--fetch-model") as url:
        page = visit(url, locale="en-US", width=390, height=844)
        until_it_answers(page, repo)  # said without a reload, once it is loaded
        assert page.locator("#model-row").count() == 0
    assert len(hub.ranges_of(WEIGHTS)) == 2
