"""The keyboard alone: no mouse, from the question to the sentence it came from, and a round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.ui.serving import served

Visit = Callable[..., Any]

HAS_RING = """() => {
  const look = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const focused = document.activeElement;
  // a choice's own input cannot be seen: its label has the ring; a list's box has it
  return ["*", "label", ".wrap"].some((name) => look(focused.closest(name) ?? focused));
}"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(str(tmp_path_factory.mktemp("home")), "0.01") as (found, _):
        yield found


def is_at(page: Any, selector: str) -> bool:
    return bool(page.evaluate("name => document.activeElement.matches(name)", selector))


def walk_to(page: Any, selector: str, key: str = "Tab") -> None:
    """Presses Tab until what is meant has the focus."""
    for _ in range(40):
        if is_at(page, selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} cannot be reached by {key}")


def wait_at(page: Any, selector: str) -> None:
    page.wait_for_function("name => document.activeElement.matches(name)", arg=selector)


def test_from_a_question_to_its_sentence_and_back(url: str, visit: Visit) -> None:
    page = visit(url)
    walk_to(page, "#question textarea")
    page.keyboard.type("리셋 게이트가 뭐야?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat button.next")
    walk_to(page, "#chat a.cite")
    page.wait_for_selector("#quote.shown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader-body mark")
    wait_at(page, "#reader-body")
    assert page.evaluate(HAS_RING)
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="detached")
    assert is_at(page, "#chat a.cite.opened")
    walk_to(page, "#chat a.source")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader-body mark")
    walk_to(page, "#reader-close", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader", state="detached")
    assert is_at(page, "#chat a.source.opened")


def test_what_was_pressed_and_is_gone_gives_its_focus_to_the_question_box(
    url: str, visit: Visit
) -> None:
    page = visit(url)
    walk_to(page, "#chat .example")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat button.next")
    wait_at(page, "#question textarea")
    page.keyboard.type("리셋 게이트가 뭐야?")
    walk_to(page, "#send")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .user-row >> nth=1")
    wait_at(page, "#question textarea")


def test_a_round(url: str, visit: Visit) -> None:
    page = visit(url)
    walk_to(page, "#tab-practice-button")
    page.keyboard.press("Enter")
    walk_to(page, "#count input")
    page.keyboard.press("Space")
    walk_to(page, "#start")
    page.keyboard.press("Enter")
    page.wait_for_selector("#item button.option:enabled")
    wait_at(page, "#item .stem")
    page.keyboard.press("?")
    page.wait_for_selector("#item .hints li")
    wait_at(page, "#item .hints li")
    page.keyboard.press("1")
    page.wait_for_selector("#result .is-wrong")
    wait_at(page, "#result .head")
    page.keyboard.press("Tab")
    assert is_at(page, "#result a.cite")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader-body mark")
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="detached")
    assert is_at(page, "#result a.cite")
    page.keyboard.press("Shift+Tab")
    walk_to(page, "#next")
    page.keyboard.press("Enter")
    page.wait_for_selector("#item button.option:enabled")
    wait_at(page, "#item .stem")
    page.keyboard.press("1")
    page.wait_for_selector("#result .is-right")
    wait_at(page, "#result .head")
    page.keyboard.press("Enter")
    wait_at(page, "#typed :is(input, textarea)")
    page.keyboard.type("forget gate")
    page.keyboard.press("Enter")
    page.wait_for_selector("#result .is-right")
    wait_at(page, "#result .head")
    page.keyboard.press("Enter")
    page.wait_for_selector("#item .score")
    wait_at(page, "#item .score")
    walk_to(page, "#again")
    page.keyboard.press("Enter")
    wait_at(page, "#start")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_whatever_has_the_focus_shows_it(url: str, visit: Visit, theme: str) -> None:
    page = visit(url)
    page.evaluate("theme => window.tutorTheme(theme)", theme)
    page.keyboard.type("리셋 게이트가 뭐야?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat button.next")
    bare = []
    for tab in ("ask", "practice", "progress", "notes", "settings"):
        walk_to(page, f"#tab-{tab}-button")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#tab-{tab}-button[aria-selected='true']")
        page.keyboard.press("Tab")
        while not is_at(page, f"body, #tab-{tab}-button"):
            if not page.evaluate(HAS_RING):
                bare.append((tab, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")))
            page.keyboard.press("Tab")
    assert bare == []


def test_a_mouse_moves_no_focus(url: str, visit: Visit) -> None:
    page = visit(url)
    page.click("#chat .example")
    page.wait_for_selector("#chat button.next")
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#reader-body mark")
    page.wait_for_timeout(300)
    assert is_at(page, "body")
