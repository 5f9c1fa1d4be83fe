"""The page as a student starts it: the command line, the bundled course, a note of one's own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.serving import ROOT
from ui.serve import home_mark, serving_home

NOTE = """# 1주 차

## 1차시 - 지식 증류

지식 증류는 큰 모델의 출력을 작은 모델이 따라 하도록 가르치는 방법이다.
학생 모델은 교사 모델의 소프트 레이블을 배운다. 온도 $T$가 높을수록 분포가 부드러워진다.
<img src="http://tracker.example/n.png" onerror="window.pwned='note'">
교사 모델은 이미 학습을 마친 모델이다.
"""


def tutor(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tutor", *arguments]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("학생 home")
    note, home, log = folder / "증류 <b>.md", folder / "home", folder / "log.txt"
    note.write_text(NOTE, encoding="utf-8")
    subprocess.run(tutor("ingest", str(note), "--home", str(home)), cwd=ROOT, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = tutor(
        "serve", "--home", str(home), "--port", str(port), "--no-browser", "--llm", "reader"
    )
    with log.open("wb") as messages:
        process = subprocess.Popen(command, cwd=ROOT, stdout=messages, stderr=messages)
        try:
            _wait_until_served(port, home, log, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait(10)


def _wait_until_served(port: int, home: Path, log: Path, process: Any) -> None:
    for _ in range(240):
        if serving_home(port) == home_mark(home):
            return
        if process.poll() is not None:
            break
        time.sleep(0.25)
    pytest.fail(log.read_text(encoding="utf-8", errors="replace"))


def ask(page: Any, question: str) -> None:
    answers = page.locator("#chat .signature").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function(
        "count => document.querySelectorAll('#chat .signature').length > count", arg=answers
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_question_to_ones_own_note_opens_the_sentence_that_answers(
    url: str, visit: Callable[..., Any]
) -> None:
    page = visit(url)
    ask(page, "지식 증류가 뭐야?")
    assert "[1]" in page.inner_text("#chat")
    quote = page.locator("#chat a.source .quote").first.inner_text()
    page.locator("#chat a.source").first.click()
    page.wait_for_selector("#reader-body mark")
    marked = "".join(page.locator("#reader-body mark").all_inner_texts())
    assert squeezed(marked) == squeezed(quote)
    assert "1주 차 1차시" in page.inner_text("#reader-title")
    assert page.locator("#reader :is(img, script)").count() == 0
    page.click("#new-chat")
    page.wait_for_selector("#chat .example")
    ask(page, "내일 서울 날씨 어때?")
    assert page.locator("#chat .notice").count() == 1
    assert page.evaluate("window.pwned") is None
    assert page.outside == []


def test_the_bundled_course_can_be_chosen_and_practised(
    url: str, visit: Callable[..., Any]
) -> None:
    page = visit(url)
    page.click("#courses input")
    page.get_by_role("option", name="genai").click()
    page.keyboard.press("Escape")
    page.click("#tab-practice-button")
    page.wait_for_selector("#kinds label")
    page.click("#kinds label:has-text('객관식')")
    page.click("#kinds label:has-text('아닌 것 고르기')")
    page.click("#count label:has-text('3')")
    page.click("#start")
    for _ in range(2):
        page.wait_for_selector("#item button.option:enabled", timeout=60_000)
        page.locator("body").press("2")
        page.wait_for_selector("#result .result")
        assert page.locator("#item button.option.right").count() == 1
        assert page.locator("#result a.source").count() >= 1
        page.click("#next")
    page.wait_for_selector("#item button.option:enabled")
    page.click("#end")
    page.wait_for_selector("#item .score")
    assert page.inner_text("#item .score").startswith("2문제 중")
    page.reload()
    page.wait_for_selector("#question textarea")
    page.click("#tab-progress-button")
    page.wait_for_selector("#progress-lead p")
    assert page.outside == []
