"""Keeps an event from being lost between two streams. Knows two of Gradio's paths, nothing else.

A page hears of its events through one stream, which the server closes as soon as none is pending.
An event that joins just then is told its number before the page has seen the stream close: the
page believes that it is still listening, opens no other stream, and waits for ever. Holding the
number back until the page has seen the end is all it takes. Seen with Gradio 6.31, where a click in
the 40 ms after an answer was lost about once in ten times.
"""

from __future__ import annotations

import asyncio
import json
import time
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SEEN_S = 0.15
"""Seconds in which a page, even a busy one, has been handed the end of its stream."""

_STREAM, _JOIN = "/queue/data", "/queue/join"


class LateJoin:
    """ASGI middleware: an event's number comes at least `SEEN_S` after its page's stream ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._ended: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI has it."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.endswith(_STREAM):
            await self._stream(scope, receive, send)
        elif scope["type"] == "http" and path.endswith(_JOIN):
            await self._join(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        (session, *_) = parse_qs(scope["query_string"].decode()).get("session_hash", [""])
        try:
            await self._app(scope, receive, send)
        finally:
            now = time.monotonic()
            recent = {k: at for k, at in self._ended.items() if now - at < SEEN_S}
            self._ended = {**recent, session: now}

    async def _join(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytearray()

        async def noting() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def waiting(message: Message) -> None:
            if message["type"] == "http.response.start":
                await asyncio.sleep(self._left(_session_of(bytes(body))))
            await send(message)

        await self._app(scope, noting, waiting)

    def _left(self, session: str) -> float:
        """Seconds until the page has surely seen the end of its last stream."""
        ended = self._ended.get(session)
        return 0.0 if ended is None else max(0.0, ended + SEEN_S - time.monotonic())


def _session_of(body: bytes) -> str:
    """The page's session; what was sent may be anything."""
    try:
        sent = json.loads(body)
    except ValueError:
        return ""
    return str(sent.get("session_hash", "")) if isinstance(sent, dict) else ""
