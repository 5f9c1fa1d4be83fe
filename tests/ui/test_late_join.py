"""An event that joins while its page's stream is being closed is told its number a moment later."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.late_join import SEEN_S, LateJoin


async def _data(request: Request) -> PlainTextResponse:
    return PlainTextResponse("data: the end\n\n")


async def _join(request: Request) -> Response:
    return Response(await request.body())


@pytest.fixture
def page() -> TestClient:
    app = Starlette(
        routes=[
            Route("/gradio_api/queue/data", _data),
            Route("/gradio_api/queue/join", _join, methods=["POST"]),
        ]
    )
    app.add_middleware(LateJoin)
    return TestClient(app)


@contextmanager
def taking() -> Iterator[list[float]]:
    seconds: list[float] = []
    start = time.monotonic()
    yield seconds
    seconds.append(time.monotonic() - start)


def join(page: TestClient, session: str) -> float:
    sent = {"data": ["질문"], "session_hash": session}
    with taking() as seconds:
        assert page.post("/gradio_api/queue/join", json=sent).json() == sent
    return seconds[0]


def test_the_number_comes_after_the_page_has_seen_its_stream_end(page: TestClient) -> None:
    page.get("/gradio_api/queue/data?session_hash=mine")
    assert join(page, "mine") >= SEEN_S * 0.9


def test_other_pages_and_later_events_do_not_wait(page: TestClient) -> None:
    join(page, "warm")
    page.get("/gradio_api/queue/data?session_hash=mine")
    assert join(page, "other") < SEEN_S * 0.9
    time.sleep(SEEN_S)
    assert join(page, "mine") < SEEN_S * 0.9


@pytest.mark.parametrize("body", ["", "[1]", "{broken"])
def test_what_is_not_an_event_is_handed_on(page: TestClient, body: str) -> None:
    page.get("/gradio_api/queue/data?session_hash=mine")
    assert page.post("/gradio_api/queue/join", content=body).text == body
