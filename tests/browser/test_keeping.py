"""What is kept and for whom: chats over reloads, in other windows, and apart for each login."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.test_page import ask
from tests.ui.serving import served

Visit = Callable[..., Any]


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(str(tmp_path_factory.mktemp("home")), "0.05") as (found, _):
        yield found


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(str(tmp_path_factory.mktemp("home")), "0", "mina:a", "jun:b") as (found, _):
        yield found


def test_a_reload_loses_nothing_and_another_window_has_it_too(url: str, visit: Visit) -> None:
    page = visit(url)
    ask(page, "리셋 게이트가 뭐야?")
    page.reload()
    page.wait_for_selector("#chat .signature")
    assert page.inner_text("#chat .user-row").strip() == "리셋 게이트가 뭐야?"
    ask(page, "그럼 업데이트 게이트는?")
    other = visit(url, locale="en-GB")
    assert other.locator("#chat .user-row").count() == 0
    other.click("#show-chats")
    other.click("#chat-list button.chat-entry")
    other.wait_for_selector("#chat .user-row >> nth=1")
    assert "Where this comes from" in other.inner_text("#chat")
    other.locator("#chat a.cite").first.click()
    other.wait_for_selector("#reader-body mark")


def test_chats_are_renamed_exported_and_deleted(url: str, visit: Visit) -> None:
    page = visit(url)
    ask(page, "리셋 게이트가 뭐야?")
    page.click("#new-chat")
    page.wait_for_selector("#chat .example")
    ask(page, "내일 날씨는?")
    page.click("#show-chats")
    page.wait_for_selector("#chat-list button.chat-entry >> nth=1")
    page.click("#chat-rename")
    page.fill("#chat-name :is(input, textarea)", "날씨 <b>이야기</b>")
    page.click("#chat-save")
    page.wait_for_selector("#chat-list button.chat-entry:has-text('날씨 <b>이야기</b>')")
    with page.expect_download() as fetched:
        page.click("#chat-export")
    assert "내일 날씨는?" in fetched.value.path().read_text(encoding="utf-8")
    page.click("#chat-delete")
    page.click("#chat-yes")
    page.wait_for_function("() => document.querySelectorAll('.chat-entry').length === 1")
    assert page.locator("#chat .user-row").count() == 0
    page.click("button.chat-entry")
    page.wait_for_selector("#chat .signature")
    assert "리셋 게이트가" in page.inner_text("#chat .user-row")


def test_an_answer_is_asked_for_again_a_question_edited_and_a_next_one_asked(
    url: str, visit: Visit
) -> None:
    page = visit(url)
    ask(page, "리셋 말고는?")
    page.click("#again-answer")
    page.wait_for_selector("#stop")
    page.wait_for_selector("#chat .signature")
    assert page.locator("#chat .user-row").count() == 1
    page.click("#edit-question")
    page.wait_for_selector("#editing")
    assert page.locator("#question textarea").input_value() == "리셋 말고는?"
    page.fill("#question textarea", "업데이트는 어때?")
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#chat .user-row:has-text('업데이트는 어때?')")
    page.wait_for_selector("#chat button.next")
    assert page.locator("#chat .user-row").count() == 1
    following = page.inner_text("#chat button.next >> nth=0")
    page.click("#chat button.next >> nth=0")
    page.wait_for_selector(f"#chat .user-row:has-text('{following}')")


def test_what_was_stopped_is_still_there_after_a_reload(
    tmp_path_factory: pytest.TempPathFactory, visit: Visit
) -> None:
    with served(str(tmp_path_factory.mktemp("home")), "0.4") as (address, _):
        page = visit(address)
        page.fill("#question textarea", "리셋 게이트가 뭐야?")
        page.press("#question textarea", "Enter")
        page.wait_for_function(
            "() => document.querySelector('#chat .bot-row')?.innerText.includes('리셋 게이트는')"
        )
        page.click("#stop")
        page.wait_for_function(
            "() => document.querySelector('#chat').innerText.includes('멈췄어요')"
        )
        page.wait_for_timeout(800)
        page.reload()
        page.wait_for_selector("#chat .signature")
        assert "리셋 게이트는" in page.inner_text("#chat .bot-row")
        assert "멈췄어요" in page.inner_text("#chat .bot-row")


def enter(page: Any, address: str, name: str, password: str) -> None:
    page.goto(address)
    page.fill("input[type=text], textarea", name)
    page.fill("input[type=password]", password)
    page.keyboard.press("Enter")


def test_every_login_has_chats_of_its_own(locked: str, chromium: Any) -> None:
    contexts = [chromium.new_context(locale="ko-KR") for _ in range(3)]
    try:
        mina, jun, stranger = (context.new_page() for context in contexts)
        enter(mina, locked, "mina", "a")
        mina.wait_for_selector("#chat .example")
        ask(mina, "리셋 게이트가 뭐야?")
        enter(jun, locked, "jun", "b")
        jun.wait_for_selector("#chat .example")
        jun.click("#show-chats")
        jun.wait_for_selector("#chat-list .none")
        enter(stranger, locked, "mina", "b")
        stranger.wait_for_timeout(1500)
        assert stranger.locator("#question").count() == 0
    finally:
        for context in contexts:
            context.close()
