"""Starts a page in a process of its own, for tests that need a real server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]


@contextmanager
def served(
    *arguments: str, messages: IO[str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The page's URL and its process, which is ended afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.serve_fake", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=messages,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://"), f"the page did not start: {url!r}"
        yield url, process
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()
