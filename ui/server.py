"""The web server around the page: one socket, one answer to "who are you", a prompt end on Ctrl-C.

Knows nothing about what the page shows.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.responses import Response
from starlette.middleware.trustedhost import TrustedHostMiddleware

from ui import theme
from ui.late_join import LateJoin
from ui.serve import APP, LOOPBACK, WHOAMI, Address, PortTaken, home_mark, page_url

STOP_S = 0
"""Whole seconds that open pages are given after Ctrl-C; they never finish by themselves."""

MAX_UPLOAD = 64 * 2**20
"""Bytes of one file."""


def keep_uploads_in(home: Path) -> None:
    """Has Gradio put what is uploaded into the home, not where every user of the machine looks."""
    os.environ["GRADIO_TEMP_DIR"] = str(home / "uploads" / "incoming")


def web_app(page: gr.Blocks, home: Path, address: Address) -> FastAPI:
    """The page, the icon and `/tutor/whoami` as one ASGI application."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    mark = home_mark(home)

    @app.get(WHOAMI)
    def whoami() -> dict[str, str]:
        return {"app": APP, "home": mark}

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(theme.icon(), media_type="image/svg+xml")

    if address.host in LOOPBACK and not address.root_path:
        # a web site that points its own name at this machine must not read the notes
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])
    app.add_middleware(LateJoin)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=address.host,
        server_port=address.port,
        auth=address.auth,
        root_path=address.root_path or None,
        footer_links=[],
        run_history=False,
        max_file_size=MAX_UPLOAD,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=theme.theme(),
        css=theme.css(),
    )
    return app


def serve(app: FastAPI, address: Address, on_ready: Callable[[str], None]) -> None:
    """Serves until Ctrl-C, which comes back as KeyboardInterrupt once everything is closed.

    `on_ready` is called with the page's URL as soon as it can be opened.

    Raises:
        PortTaken: when the address is in use.
    """
    with _bind(address) as listener:
        port = listener.getsockname()[1]
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=STOP_S,
            ws="none",
        )
        _Server(config, page_url(address.host, port), on_ready).run(sockets=[listener])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, url: str, on_ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._url = url
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._on_ready(self._url)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # the pages cut off now are cut off on purpose: no trace of each on the terminal
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets=sockets)


def _bind(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        return socket.create_server((address.host, address.port), family=family)
    except OSError as error:
        raise PortTaken(
            f"The address {address.host}:{address.port} cannot be used: {error.strerror}.",
            "Choose another with --port, or stop the program that uses it.",
        ) from error
