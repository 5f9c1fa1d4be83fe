"""Where the page is served and whether it already is. Standard library only, so that it is quick.

The server itself, with all that has to be imported for it, is in `ui.server`.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import NotAvailable

APP = "lecture-tutor"
WHOAMI = "/tutor/whoami"
PROBE_S = 1.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class PortTaken(NotAvailable):
    """Another program listens on the address asked for."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where and to whom to serve.

    Args:
        port: 0 for any free one.
        auth: whether a name and a password belong together; None lets everybody in.
        root_path: the path under which a proxy in front shows the page.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    auth: Callable[[str, str], bool] | None = None
    root_path: str = ""


def home_mark(home: Path) -> str:
    """What a server says of the home it runs on: 16 hexadecimal digits that do not give it away."""
    return hashlib.sha256(str(home.resolve()).encode("utf-8")).hexdigest()[:16]


def serving_home(port: int, host: str = "127.0.0.1") -> str | None:
    """The mark of the home that our own server on this port runs on; None for anyone else.

    Takes at most about a second.
    """
    connection = http.client.HTTPConnection(host, port, timeout=PROBE_S)
    try:
        connection.request("GET", WHOAMI)
        with connection.getresponse() as response:
            said = json.loads(response.read(1000))
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    if not isinstance(said, dict) or said.get("app") != APP:
        return None
    return str(said.get("home"))


def page_url(host: str, port: int) -> str:
    """The address to type into a browser on this machine."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def open_in_browser(url: str) -> None:
    """Opens the page in the desktop's browser."""
    webbrowser.open(url)
