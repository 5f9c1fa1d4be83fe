"""Takes the README's pictures: `python -m tests.browser.pictures`. The bundled course, the reader.

Run it after any change of how the page looks, so that the pictures stay true.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, NAMES
from ui.serve import serving_home

IMAGES = Path(__file__).parents[2] / "docs" / "images"
ASKED = {"ko": "GRU의 리셋 게이트가 뭐야?", "en": "What is GRU's reset gate?"}


def main() -> None:
    """Write every picture."""
    browser_path = next(filter(None, map(shutil.which, NAMES)), None)
    if browser_path is None:
        sys.exit("There is no Chromium here.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = ["-m", "tutor", "serve", "--home", home, "--port", str(port), "--no-browser"]
        server = subprocess.Popen([sys.executable, *command, "--llm", "reader"])
        try:
            while serving_home(port) is None:
                time.sleep(0.3)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=browser_path, args=list(ARGUMENTS)
                )
                for language in ASKED:
                    take(browser, f"http://127.0.0.1:{port}", language)
                browser.close()
        finally:
            server.terminate()
            server.wait(10)


def take(browser: Any, url: str, language: str) -> None:
    """The pictures of one language."""
    ending = "-ko" if language == "ko" else ""
    page = browser.new_page(
        locale={"ko": "ko-KR", "en": "en-GB"}[language],
        viewport={"width": 1280, "height": 760},
        timezone_id="Asia/Seoul",
    )
    page.goto(url)
    page.wait_for_selector("#chat .example")
    page.fill("#question textarea", ASKED[language])
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#chat button.next")
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#reader-body mark")
    shoot(page, f"ask{ending}")
    page.keyboard.press("Escape")
    page.click("#tab-practice-button")
    page.click("#kinds label >> nth=0")
    page.click("#start")
    for key in ("1", "2", "3"):
        page.wait_for_selector("#item button.option:enabled", timeout=60_000)
        page.locator("body").press(key)
        page.wait_for_selector("#result .result")
        if key != "3":
            page.click("#next")
    shoot(page, f"practice{ending}")
    page.click("#tab-progress-button")
    page.wait_for_selector("#progress .columns")
    shoot(page, f"progress{ending}")
    page.click("#tab-notes-button")
    page.wait_for_selector("#library .doc")
    shoot(page, f"notes{ending}")
    page.close()


def shoot(page: Any, name: str) -> None:
    """One picture, once everything has come to rest."""
    page.wait_for_timeout(900)
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
