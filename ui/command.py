"""`tutor serve`: finds an address, says it, opens the page. Knows ports, not what is shown."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path

from ingest.errors import NoSuchPath, Unreadable
from tutor.commands.notes import open_tutor
from tutor.commands.output import say
from tutor.tutor import Tutor
from ui.serve import PortTaken, home_mark, open_in_browser, page_url, serving_home

FIRST_PORT, LAST_PORT = 7860, 7869


def serve(options: argparse.Namespace) -> int:
    """Open the page and keep it open until Ctrl-C."""
    auth = _read_auth(options.auth) if options.auth else None
    tutor = open_tutor(options)
    browser = not options.no_browser and _has_desktop()
    if options.port and not _is_free(options.host, options.port):
        raise PortTaken(
            f"The port {options.port} is taken.",
            "Choose another with --port, or leave it out: a free one is found.",
        )
    port = options.port or _find_port(tutor, options.host)
    if port is None:
        return _already_there(tutor, options.host, browser)
    if options.fetch_model and tutor.engines.spec == "auto":
        tutor.engines.fetch_suited(say)
    else:
        tutor.engines.load_behind()
    from ui.app import launch  # gradio takes seconds to import: only once a port is sure

    launch(
        tutor,
        options.host,
        port,
        browser,
        auth,
        options.root_path,
        on_ready=lambda url: say(f"Lecture Tutor: {url}  (Ctrl-C 로 끝내요 · ends it)"),
    )
    return 0


def _find_port(tutor: Tutor, host: str) -> int | None:
    """The first free port; None when this home is already being served on one of them.

    Raises:
        PortTaken: none of them is free.
    """
    mark = home_mark(tutor.library.home)
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if _is_free(host, port):
            if port != FIRST_PORT:
                say(f"Port {FIRST_PORT} is taken: using {port}.")
            return port
        if serving_home(port) == mark:
            return None
    raise PortTaken(
        f"The ports {FIRST_PORT} to {LAST_PORT} are all taken.",
        "Choose another with --port.",
    )


def _already_there(tutor: Tutor, host: str, browser: bool) -> int:
    mark = home_mark(tutor.library.home)
    port = next(p for p in range(FIRST_PORT, LAST_PORT + 1) if serving_home(p) == mark)
    url = page_url(host, port)
    say(f"Lecture Tutor is already open: {url}  (이미 열려 있어요)")
    if browser:
        open_in_browser(url)
    return 0


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError:
        return False
    return True


def _has_desktop() -> bool:
    """Whether a graphical browser can be opened: a display, not over SSH."""
    if any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY")):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _read_auth(path: Path) -> list[tuple[str, str]]:
    """Names and passwords from lines of NAME:PASSWORD.

    Raises:
        NoSuchPath, Unreadable: the file is not there or has no such line.
    """
    if not path.is_file():
        raise NoSuchPath(
            f"There is no file '{path}'.", "Give --auth a file of NAME:PASSWORD lines."
        )
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [line.partition(":") for line in lines if line and not line.startswith("#")]
    if not pairs or not all(name and colon and password for name, colon, password in pairs):
        raise Unreadable(f"{path.name} is not a list of logins.", "Write NAME:PASSWORD lines.")
    return [(name, password) for name, _, password in pairs]
