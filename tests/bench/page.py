"""The page under load: many sessions that each ask every few seconds, and how fast it is there.

Sessions speak the protocol that the page's own script speaks (join the queue, read its events), so
that what is measured is what a browser would see; first paint is measured in a browser where there
is one.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from ui.serve import serving_home

SESSIONS, EVERY_S, LAST_S = 20, 5.0, 60.0
QUESTIONS = (
    "what is GRU's reset gate",
    "리셋 게이트가 뭐야?",
    "셀프 어텐션의 장점을 알려줘",
    "How many patches does a 224x224 image give?",
    "과적합을 막는 방법은?",
    "LSTM이랑 GRU는 뭐가 달라?",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def print_page(home: Path) -> None:
    """The figures as a table."""
    print("\nThe page, served to many at once")
    for name, figure in measure(home):
        print(f"{name:52}{figure:>20}")


def measure(home: Path) -> list[tuple[str, str]]:
    """Names and figures, over a server of its own on a home that is indexed already."""
    with _served(home) as (url, server):
        figures = [*_in_a_browser(url)]
        asyncio.run(_session(url, 1, 0.0))  # the first question of a process loads what it needs
        busy = _cpu_seconds(server)
        first, whole = asyncio.run(_load(url))
        busy = _cpu_seconds(server) - busy
        name = f"{SESSIONS} sessions, a question every {EVERY_S:.0f} s"
        figures.append((f"{name} ({len(first)} in all)", ""))
        for what, values in (("first token", first), ("answer complete", whole)):
            middle, late = _share(values, 0.5), _share(values, 0.95)
            figures.append((f"{what}, p50 / p95", f"{1000 * middle:.0f} / {1000 * late:.0f} ms"))
        figures.append(("server's CPU a question", f"{1000 * busy / len(first):.0f} ms"))
        figures.append(("waiting for a core elsewhere (load average)", _load_average()))
    return figures


def _cpu_seconds(process: int) -> float:
    """What a process has used so far; 0 where the system does not say."""
    path = Path(f"/proc/{process}/stat")
    if not path.is_file():
        return 0.0
    user, system = path.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _load_average() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


@contextmanager
def _served(home: Path) -> Iterator[tuple[str, int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = ["serve", "--home", str(home), "--port", str(port), "--no-browser"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tutor", *arguments, "--llm", "reader"],
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while serving_home(port) is None:
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(10)


def _in_a_browser(url: str) -> Iterator[tuple[str, str]]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        yield "first paint", "no Chromium here"
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--headless=new", "--no-sandbox", "--disable-gpu"]
        )
        for name in ("cold", "warm"):
            page = browser.new_page()
            started = time.perf_counter()
            page.goto(url, wait_until="commit")
            page.wait_for_selector("#question textarea:enabled")
            usable = time.perf_counter() - started
            paint = page.evaluate(
                "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
            )
            yield (
                f"first paint / question box usable, {name}",
                f"{paint:.0f} / {1000 * usable:.0f} ms",
            )
            page.close()
        browser.close()


async def _load(url: str) -> tuple[list[float], list[float]]:
    """Seconds to the first token and to the end, of every question asked."""
    sessions = (
        _session(url, round(LAST_S / EVERY_S), EVERY_S * at / SESSIONS) for at in range(SESSIONS)
    )
    asked = [pair for pairs in await asyncio.gather(*sessions) for pair in pairs]
    return [first for first, _ in asked], [whole for _, whole in asked]


async def _session(url: str, count: int, delay: float) -> list[tuple[float, float]]:
    await asyncio.sleep(delay)
    asked = []
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        submit = _submit((await client.get("/config")).json())
        name = secrets.token_hex(6)
        for at in range(count):
            started = time.perf_counter()
            asked.append(await _ask(client, submit, name, QUESTIONS[at % len(QUESTIONS)]))
            await asyncio.sleep(max(0.0, EVERY_S - (time.perf_counter() - started)))
    return asked


def _submit(config: dict[str, Any]) -> int:
    """The number of the function that Enter in the question box calls."""
    (box,) = (
        each["id"] for each in config["components"] if each["props"].get("elem_id") == "question"
    )
    return next(each["id"] for each in config["dependencies"] if [box, "submit"] in each["targets"])


async def _ask(
    client: httpx.AsyncClient, submit: int, name: str, question: str
) -> tuple[float, float]:
    started = time.perf_counter()
    body = {
        "data": [question, None, {"chat": ""}, "ko", ["genai"]],
        "fn_index": submit,
        "session_hash": name,
    }
    (await client.post("/gradio_api/queue/join", json=body)).raise_for_status()
    pieces, first = 0, 0.0
    async with client.stream(
        "GET", "/gradio_api/queue/data", params={"session_hash": name}
    ) as events:
        async for line in events.aiter_lines():
            if not line.startswith("data:"):
                continue
            message = json.loads(line.removeprefix("data:"))
            if message["msg"] in ("process_generating", "process_completed"):
                pieces += 1
                # the first piece says that the notes are being looked through
                first = first or (time.perf_counter() - started if pieces == 2 else 0.0)
            if message["msg"] == "process_completed":
                assert message["success"], message
                break
    return first, time.perf_counter() - started


def _share(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]
