"""Serves the page over the fake tutor until Ctrl-C; prints its URL. Run by tests as a program."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.ui.fakes import FakeTutor
from ui.app import launch


def main() -> None:
    """Arguments: the home, seconds between two words of an answer, and perhaps NAME:PASSWORDs."""
    home, pause_s, *logins = sys.argv[1:]
    auth = (lambda name, password: f"{name}:{password}" in logins) if logins else None

    def ready(url: str) -> None:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()

    launch(FakeTutor(Path(home), float(pause_s)), port=0, auth=auth, on_ready=ready)


if __name__ == "__main__":
    main()
