"""`tutor serve`: finds an address, says it, opens the page. Knows ports, not what is shown."""

from __future__ import annotations

import argparse
import os
import socket
import sys

from tutor.commands.notes import open_tutor
from tutor.commands.output import say
from tutor.errors import NotAvailable
from tutor.logins import checker, read_logins
from tutor.tutor import Tutor
from ui.serve import LOOPBACK, PortTaken, home_mark, open_in_browser, page_url, serving_home

FIRST_PORT, LAST_PORT = 7860, 7869


def serve(options: argparse.Namespace) -> int:
    """Open the page and keep it open until Ctrl-C."""
    auth = checker(read_logins(options.auth)) if options.auth else None
    if auth is None and options.host not in LOOPBACK:
        raise NotAvailable(
            f"--host {options.host} opens the page to other machines: that needs logins.",
            "Give --auth a file of NAME:PASSWORD lines, or leave --host out.",
        )
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
    from ui.home_models import HomeModels

    launch(
        tutor,
        options.host,
        port,
        browser,
        auth,
        options.root_path,
        models=HomeModels(tutor.engines),
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
