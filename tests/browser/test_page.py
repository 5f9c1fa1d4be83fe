"""The page in a real browser over the fake tutor, whose notes and answers are hostile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.ui.serving import served

Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(str(tmp_path_factory.mktemp("home")), "0.01") as (found, _):
        yield found


@pytest.fixture(scope="module")
def slow_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(str(tmp_path_factory.mktemp("home")), "0.4") as (found, _):
        yield found


def ask(page: Any, question: str) -> None:
    answers = page.locator("#chat .signature").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function(
        "count => document.querySelectorAll('#chat .signature').length > count", arg=answers
    )


def test_ask_and_open_the_source_beside_the_chat(url: str, visit: Visit) -> None:
    page = visit(url)
    ask(page, "리셋 게이트가 뭐야?")
    assert "[1]" in page.inner_text("#chat")
    page.locator("#chat a.source").nth(1).click()
    page.wait_for_selector("#reader-body mark")
    marked = "".join(page.locator("#reader-body mark").all_inner_texts())
    assert marked.startswith("업데이트 게이트(update gate)는")
    chat, reader = (page.locator(name).bounding_box() for name in ("#chat", "#reader"))
    assert reader["x"] >= chat["x"] + chat["width"]
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="detached")


def test_a_marker_shows_its_quote_and_opens_it(url: str, visit: Visit) -> None:
    page = visit(url)
    ask(page, "리셋 게이트가 뭐야?")
    marker = page.locator("#chat a.cite").first
    assert marker.get_attribute("title").startswith("리셋 게이트(reset gate)는")
    marker.hover()
    page.wait_for_selector("#quote.shown:has-text('리셋 게이트(reset gate)는')")
    marker.click()
    page.wait_for_selector("#reader-body mark")
    assert page.locator("#quote.shown").count() == 0
    assert page.locator("#reader-title .speaker").inner_text() == "강의"


def test_the_reader_scrolls_to_its_sentence(url: str, visit: Visit) -> None:
    page = visit(url, height=420)
    ask(page, "리셋 게이트가 뭐야?")
    page.locator("#chat a.cite").nth(1).click()
    page.wait_for_selector("#reader-body mark")
    page.wait_for_function(
        """() => {
          const box = document.querySelector("#reader-body").getBoundingClientRect();
          const mark = document.querySelector("#reader-body mark").getBoundingClientRect();
          return mark.top >= box.top && mark.bottom <= box.bottom;
        }"""
    )


def test_on_a_phone_the_note_opens_below_the_chat(url: str, visit: Visit) -> None:
    page = visit(url, width=390, height=844)
    ask(page, "리셋 게이트가 뭐야?")
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#reader-body mark")
    page.wait_for_timeout(300)
    chat, question, reader = (
        page.locator(name).bounding_box() for name in ("#chat", "#question", "#reader")
    )
    assert chat["height"] > 100
    assert question["y"] + question["height"] <= reader["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_formulas_are_typeset_and_prices_are_not(url: str, visit: Visit) -> None:
    page = visit(url)
    ask(page, "$z_t$가 뭐야?")
    assert page.locator("#chat .user-row .katex").count() == 1
    assert page.locator("#chat .bot-row .md > ul .katex").count() == 2
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#reader-body .katex-display")
    assert "비용은 $5에서 $6 사이이다." in page.inner_text("#reader-body")


def test_what_the_notes_lack_looks_different_and_offers_the_nearest(url: str, visit: Visit) -> None:
    page = visit(url)
    ask(page, "내일 날씨는?")
    assert page.inner_text("#chat .notice") == "노트에 없는 내용이에요."
    page.locator("#chat a.source").first.click()
    page.wait_for_selector("#reader-body .note")


def test_nothing_of_notes_question_or_answer_runs_or_leaves_the_machine(
    url: str, visit: Visit
) -> None:
    page = visit(url)
    hostile = (
        "<img src='http://tracker.example/q.png' onerror=\"window.pwned='question'\"> <b>x</b>"
    )
    ask(page, hostile)
    assert page.inner_text("#chat .user-row .md").strip() == hostile
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#reader-body mark")
    page.locator("#reader-body a.more").click()
    page.wait_for_selector("#reader-body .by-quiz")
    assert "<script>window.pwned = 'script'</script>" in page.inner_text("#reader-body")
    page.click("#tab-notes-button")
    page.fill("#search input, #search textarea", "GPT에게")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found a.source")
    for place in ("#chat", "#reader", "#found", "#library"):
        assert page.locator(f"{place} .md :is(img, script, iframe, link, style)").count() == 0
    assert page.evaluate("window.pwned") is None
    assert page.outside == []


def test_a_follow_up_and_a_new_chat(url: str, visit: Visit) -> None:
    page = visit(url)
    ask(page, "리셋 게이트가 뭐야?")
    ask(page, "그럼 업데이트 게이트는?")
    assert page.locator("#chat .user-row").count() == 2
    page.click("#new-chat")
    page.wait_for_selector("#chat .example")
    assert page.locator("#chat .user-row").count() == 0


def test_a_suggested_question_is_asked_by_a_click(url: str, visit: Visit) -> None:
    page = visit(url)
    assert page.inner_text("#chat .example").strip() == "리셋 게이트가 뭐예요?"
    page.click("#chat .example")
    page.wait_for_selector("#chat .signature")
    assert page.inner_text("#chat .user-row").strip() == "리셋 게이트가 뭐예요?"


def test_an_answer_streams_and_can_be_stopped(slow_url: str, visit: Visit) -> None:
    page = visit(slow_url)
    page.fill("#question textarea", "리셋 게이트가 뭐야?")
    page.press("#question textarea", "Enter")
    page.wait_for_function(
        "() => document.querySelector('#chat .bot-row')?.innerText.includes('리셋 게이트는')"
    )
    assert page.locator("#send").count() == 0
    page.click("#stop")
    page.wait_for_function("() => document.querySelector('#chat').innerText.includes('멈췄어요')")
    said = page.inner_text("#chat .bot-row")
    assert "답의 근거" not in said
    page.wait_for_timeout(1500)
    assert page.inner_text("#chat .bot-row") == said
    assert page.locator("#send").is_visible()


def test_enter_that_ends_a_composition_does_not_send(url: str, visit: Visit) -> None:
    page = visit(url)
    box = page.locator("#question textarea")
    box.click()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "게", "selectionStart": 1, "selectionEnd": 1})
    for kind in ("rawKeyDown", "keyUp"):
        session.send(
            "Input.dispatchKeyEvent",
            {"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229},
        )
    page.wait_for_timeout(500)
    assert page.locator("#chat .user-row").count() == 0
    session.send("Input.insertText", {"text": "게이트"})
    assert box.input_value() == "게이트"
    box.press("Enter")
    page.wait_for_selector("#chat .signature")
    assert page.inner_text("#chat .user-row").strip() == "게이트"


def test_enter_while_the_browser_says_composing_does_not_send(url: str, visit: Visit) -> None:
    page = visit(url)
    page.fill("#question textarea", "리셋")
    send = """(composing) => document.querySelector("#question textarea").dispatchEvent(
      new KeyboardEvent("keypress", {key: "Enter", bubbles: true, cancelable: true,
                                     isComposing: composing}))"""
    page.evaluate(send, True)
    page.wait_for_timeout(500)
    assert page.locator("#chat .user-row").count() == 0
    page.evaluate(send, False)
    page.wait_for_selector("#chat .signature")


def test_the_language_is_the_browsers_can_be_switched_and_is_kept(url: str, visit: Visit) -> None:
    page = visit(url, locale="en-GB")
    page.wait_for_function("() => document.querySelector('#send').innerText === 'Send'")
    page.wait_for_function("() => document.title === 'Lecture Tutor'")
    page.click("#tab-settings-button")
    page.click("#language label:has-text('한국어')")
    page.click("#tab-ask-button")
    page.wait_for_function("() => document.querySelector('#send').innerText === '보내기'")
    assert page.get_by_role("tab").all_inner_texts()[0] == "질문"
    page.wait_for_function("() => document.documentElement.lang === 'ko'")
    assert page.title() == "강의 노트 튜터"
    page.reload()
    page.wait_for_selector("#question textarea")
    page.wait_for_function("() => document.querySelector('#send').innerText === '보내기'")
    page.wait_for_timeout(1000)
    assert page.inner_text("#send") == "보내기"


def test_the_engine_is_named(url: str, visit: Visit) -> None:
    page = visit(url)
    assert re.search(r"노트의 문장을 골라서 답해요\s+reader", page.inner_text("#engine"))


def test_a_question_too_long_is_said_and_given_back(url: str, visit: Visit) -> None:
    page = visit(url)
    page.fill("#question textarea", "가" * 4001)
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".toast-body")
    assert "under 4,000 characters" in page.inner_text(".toast-body")
    page.wait_for_function("() => document.querySelector('#question textarea').value.length > 4000")


def start_round(page: Any, *kinds: str) -> None:
    page.click("#tab-practice-button")
    page.wait_for_selector("#kinds label")
    for kind in kinds:
        page.click(f"#kinds label:has-text('{kind}')")
    page.click("#count label:has-text('3')")
    page.click("#start")
    page.wait_for_selector("#item .item")


def test_a_round_by_keyboard_with_reasons_and_sources(url: str, visit: Visit) -> None:
    page = visit(url)
    start_round(page)
    assert page.locator("#item button.option").nth(1).locator(".katex").count() == 1
    page.locator("body").press("1")
    page.wait_for_selector("#result .is-wrong")
    assert "망각 게이트" in page.inner_text("#item button.option.wrong")
    assert "리셋 게이트" in page.inner_text("#item button.option.right")
    page.locator("#result a.source").click()
    page.wait_for_selector("#reader-body mark")
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="detached")
    page.locator("body").press("Enter")
    page.wait_for_selector("#item button.option:enabled")
    page.locator("#item button.option").first.click()
    page.wait_for_selector("#result .is-right")
    page.click("#next")
    page.wait_for_selector("#typed input, #typed textarea")
    page.fill("#typed input, #typed textarea", "forget gate")
    page.keyboard.press("Enter")
    page.wait_for_selector("#result .is-right")
    page.click("#next")
    page.wait_for_selector("#item .score")
    assert page.inner_text("#item .score") == "3문제 중 2문제를 맞혔어요"
    assert page.evaluate("window.pwned") is None
    page.click("#tab-progress-button")
    page.wait_for_selector("#progress button.weak:has-text('67%')")
    assert "2번 맞혔어요" in page.inner_text("#progress .lead")
    page.locator("#progress button.weak").first.click()
    page.wait_for_selector("#item button.option:enabled")
    page.click("#end")
    page.click("#tab-practice-button")
    page.click("#again")
    page.wait_for_selector("#start")
    assert page.outside == []


def test_what_goes_in_order_is_pressed_in_order(url: str, visit: Visit) -> None:
    page = visit(url)
    start_round(page, "순서 맞추기")
    assert page.locator("#item .check-sequence").is_disabled()
    page.locator("body").press("1")
    page.locator("#item button.step").nth(1).click()
    page.locator("#item button.step").first.click()
    page.locator("body").press("1")
    page.locator("body").press("3")
    ranks = page.locator("#item button.step .rank").all_inner_texts()
    assert ranks == ["2", "1", "3"]
    page.locator("body").press("Enter")
    page.wait_for_selector("#result .is-right")
    assert page.locator("#item .arranged.right").count() == 3


def test_what_belongs_together_is_pressed_term_by_term(url: str, visit: Visit) -> None:
    page = visit(url)
    start_round(page, "짝짓기")
    page.locator("#item button.term").nth(1).click()
    page.locator("body").press("1")
    page.locator("body").press("2")
    assert page.locator("#item button.term .slot").all_inner_texts() == ["잊는다", "섞는다"]
    page.click("#item .check-sequence")
    page.wait_for_selector("#result .is-right")


def test_hints_grades_and_questions_about_an_item(url: str, visit: Visit) -> None:
    page = visit(url)
    start_round(page, "객관식")
    page.locator("body").press("?")
    page.wait_for_selector("#item .hints li")
    assert "2주 차 2차시" in page.inner_text("#item .hints")
    assert "리셋 게이트" not in page.inner_text("#item .hints")
    page.locator("body").press("1")
    page.wait_for_selector("#result .is-wrong")
    page.click("#overrule")
    page.wait_for_selector("#result .is-right")
    page.click("#overrule")
    page.wait_for_selector("#result .is-wrong")
    page.click("#result button.about")
    page.wait_for_selector("#chat .signature")
    assert "리셋 게이트" in page.inner_text("#chat .user-row")
    assert page.get_by_role("tab", selected=True).inner_text() == "질문"
    page.click("#tab-practice-button")
    page.click("#end")
    page.click("#again")
    page.click("#notebook")
    page.wait_for_selector("#missed .missed")
    page.click("#redo")
    page.wait_for_selector("#item button.option:enabled")


def test_a_round_survives_a_reload(url: str, visit: Visit) -> None:
    page = visit(url)
    start_round(page)
    page.locator("body").press("2")
    page.wait_for_selector("#result .is-right")
    page.reload()
    page.wait_for_selector("#question textarea")
    page.click("#tab-practice-button")
    page.wait_for_selector("#result .is-right")
    page.click("#next")
    page.wait_for_selector("#item button.option:enabled")
    assert "3문제 중 2번째" in page.inner_text("#item")


def test_a_round_survives_the_switch_of_language(url: str, visit: Visit) -> None:
    page = visit(url)
    start_round(page)
    page.locator("body").press("2")
    page.wait_for_selector("#result .is-right")
    page.click("#tab-settings-button")
    page.click("#language label:has-text('English')")
    page.click("#tab-practice-button")
    page.wait_for_function("() => document.querySelector('#result .head').innerText === 'Right'")
    assert page.inner_text("#next") == "Next question"
