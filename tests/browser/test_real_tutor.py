"""The page as a student starts it: the command line, the bundled course, a note of one's own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


ADDED = """# 3주 차

## 1차시 - 규제

드롭아웃(dropout)은 학습할 때 뉴런의 일부를 무작위로 꺼서 과적합을 줄이는 방법이다.

![그림](a.png)
"""


def tutor(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tutor", *arguments]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def serving(home: Path, port: int, log: Path) -> Iterator[str]:
    command = tutor(
        "serve", "--home", str(home), "--port", str(port), "--no-browser", "--llm", "reader"
    )
    with log.open("wb") as messages:
        process = subprocess.Popen(command, cwd=ROOT, stdout=messages, stderr=messages)
        try:
            wait_until_served(port, home, log, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait(10)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("학생 home")
    note, home, log = folder / "증류 <b>.md", folder / "home", folder / "log.txt"
    note.write_text(NOTE, encoding="utf-8")
    subprocess.run(tutor("ingest", str(note), "--home", str(home)), cwd=ROOT, check=True)
    with serving(home, free_port(), log) as address:
        yield address


def wait_until_served(port: int, home: Path, log: Path, process: Any) -> None:
    for _ in range(720):
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
    page.click("#tab-settings-button")
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
    page.click("#again")
    page.reload()
    page.wait_for_selector("#question textarea")
    page.click("#tab-progress-button")
    page.wait_for_selector("#progress .lead")
    assert page.outside == []


def test_a_dropped_file_is_read_asked_about_corrected_removed_and_put_back(
    url: str, visit: Callable[..., Any], tmp_path: Path
) -> None:
    page = visit(url)
    note = tmp_path / "3주차 <img src=x onerror=window.pwned=1>.md"
    note.write_text(ADDED, encoding="utf-8")
    broken = tmp_path / "scan.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    page.click("#tab-notes-button")
    page.wait_for_selector("#library .doc")
    page.set_input_files("#drop input[type=file]", [str(note), str(broken)])
    page.wait_for_selector("#files .is-added")
    page.wait_for_selector("#files .is-failed")
    assert "damaged or not a PDF" in page.inner_text("#files .is-failed")
    page.wait_for_function("() => document.querySelectorAll('#library .doc').length === 2")
    page.click("#tab-ask-button")
    ask(page, "드롭아웃이 뭐야?")
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#reader-body mark")
    assert "드롭아웃" in page.inner_text("#reader-body mark")
    assert "3주 차 1차시" in page.inner_text("#reader-title")
    page.click("#fix button")
    # the form is there a moment before it says how the passage was read
    page.wait_for_function("document.querySelector('#fix-week input')?.value == '3'")
    page.fill("#fix-week input", "5")
    page.click("#fix label:has-text('내 메모')")
    page.click("#fix-save")
    page.wait_for_function(
        "() => document.querySelector('#reader-title').innerText.includes('5주 차')"
    )
    assert page.inner_text("#reader-title .speaker") == "내 메모"
    page.keyboard.press("Escape")
    page.click("#tab-notes-button")
    # opening the tab shows the library anew: what was folded out before that is folded again
    page.wait_for_function(
        "() => document.querySelector('#library').textContent.includes('5주 차')"
    )
    row = page.locator("#library .doc", has_text="3주차")
    row.locator("summary").click()
    row.locator("button.note-remove").click()
    page.click("#remove-yes")
    page.wait_for_function("() => document.querySelectorAll('#library .doc').length === 1")
    page.click("button.note-undo")
    page.wait_for_function("() => document.querySelectorAll('#library .doc').length === 2")
    with page.expect_download() as fetched:
        page.click("#export-format input")
        page.get_by_role("option", name="노트 글 (zip)").click()
        page.click("#export")
    assert fetched.value.suggested_filename == "notes.zip"
    assert page.evaluate("window.pwned") is None
    assert page.outside == []


def test_a_question_asked_while_the_server_is_away_is_answered_when_it_is_back(
    tmp_path: Path, visit: Callable[..., Any]
) -> None:
    home, log = tmp_path / "home", tmp_path / "log.txt"
    port = free_port()
    with serving(home, port, log) as address:
        page = visit(address)
        ask(page, "GRU의 리셋 게이트가 뭐야?")
        said = page.inner_text("#chat .bot-row")
    page.fill("#question textarea", "LSTM의 망각 게이트는?")
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".toast-body:has-text('튜터 프로그램이 꺼졌어요')")
    assert "Connection" not in page.inner_text(".toast-body")
    with serving(home, port, log):
        page.wait_for_function("document.querySelectorAll('#chat .signature').length == 2")
        assert page.locator("#chat .user-row").last.inner_text().strip() == "LSTM의 망각 게이트는?"
        page.reload()
        page.wait_for_function("document.querySelectorAll('#chat .signature').length == 2")
        assert page.locator("#chat .user-row").count() == 2
        assert (
            page.locator("#chat .bot-row").first.inner_text().split()
            == said.split("이어서")[0].split()
        )


OLD = "import sys, ingest.index as i; i.FORMAT -= 1; from tutor.cli import main; main(sys.argv[1:])"
"""`tutor` as an earlier version of the program."""


def test_notes_of_an_earlier_version_are_read_again_at_a_press(
    tmp_path: Path, visit: Callable[..., Any]
) -> None:
    note, home = tmp_path / "증류.md", tmp_path / "home"
    note.write_text(NOTE, encoding="utf-8")
    ingest = [sys.executable, "-c", OLD, "ingest", str(note), "--home", str(home)]
    subprocess.run(ingest, cwd=ROOT, check=True)
    note.unlink()
    with serving(home, free_port(), tmp_path / "log.txt") as address:
        page = visit(address, ready="#repair-go")
        assert "다시 읽어야 해요 (과목: notes)" in page.inner_text("#repair-said")
        page.fill("#question textarea", "지식 증류가 뭐야?")
        page.press("#question textarea", "Enter")
        page.wait_for_selector(".toast-body:has-text('노트를 먼저 다시 읽어야 해요')")
        page.click("#repair-go")
        page.wait_for_selector("#repair", state="hidden")
        page.wait_for_selector("#chat .example")
        ask(page, "지식 증류가 뭐야?")
        page.locator("#chat a.cite").first.click()
        page.wait_for_selector("#reader-body mark")
        page.reload()
        page.wait_for_selector("#chat .signature")
        assert page.locator("#repair").count() == 0


def test_what_is_typed_outlives_a_reload_and_is_not_sent(
    url: str, visit: Callable[..., Any]
) -> None:
    page = visit(url)
    page.locator("#question textarea").press_sequentially("GRU의 업데이트")
    page.reload()
    page.wait_for_function(
        "document.querySelector('#question textarea')?.value == 'GRU의 업데이트'"
    )
    assert page.locator("#chat .user-row").count() == 0
