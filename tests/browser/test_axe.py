"""axe-core over every tab, dark and light, wide and narrow: no serious violation of ours.

axe-core (MPL-2.0) is not part of the repository: `.ci/run` fetches its one file by npm into
`tests/browser/.axe/`, where it can also be put by hand; without it these tests are skipped.
Gradio's own faults that it would find are put right in `static/page.js` and `static/toast.js`; none
is left out here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_page import ask, start_round
from tests.ui.serving import served

AXE = Path(__file__).parent / ".axe" / "axe.min.js"

pytestmark = pytest.mark.skipif(
    not AXE.is_file(), reason="no axe-core here: .ci/run fetches it, or `npm pack axe-core`"
)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(str(tmp_path_factory.mktemp("home")), "0") as (found, _):
        yield found


def violations(page: Any) -> list[str]:
    """What axe calls serious or critical by WCAG 2.1 A and AA, as rule and element."""
    page.wait_for_timeout(500)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async () => (await axe.run(document, {
             runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
             resultTypes: ["violations"],
           })).violations.filter((v) => ["serious", "critical"].includes(v.impact))
             .flatMap((v) => v.nodes.map(
               (n) => [v.id, n.target.join(" "), n.html.slice(0, 160)]
             ))"""
    )
    return [f"{rule}: {target}  {html}" for rule, target, html in found]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
class TestEveryState:
    """Each tab in the states one meets it in, from empty to full."""

    @pytest.fixture
    def page(self, url: str, visit: Callable[..., Any], width: int, theme: str) -> Any:
        page = visit(url, width=width, height=844)
        page.evaluate("theme => window.tutorTheme(theme)", theme)
        return page

    def test_asking(self, page: Any) -> None:
        found = {"empty": violations(page)}
        ask(page, "리셋 게이트가 뭐야?")
        page.wait_for_selector("#chat button.next")
        found["answer"] = violations(page)
        page.locator("#chat a.cite").first.focus()
        page.wait_for_selector("#quote.shown")
        found["quote"] = violations(page)
        page.locator("#chat a.cite").first.click()
        page.wait_for_selector("#reader-body mark")
        page.click("#reader-body summary")
        found["reader"] = violations(page)
        page.keyboard.press("Escape")
        ask(page, "내일 날씨는?")
        page.click("#edit-question")
        page.wait_for_selector("#editing")
        found["not in the notes, editing"] = violations(page)
        page.fill("#question textarea", "가" * 4001)
        page.press("#question textarea", "Enter")
        page.wait_for_selector(".toast-body")
        found["warning"] = violations(page)
        page.click("[data-testid='toast-close']")
        page.click("#show-chats")
        page.wait_for_selector("button.chat-entry")
        page.click("#chat-rename")
        page.wait_for_selector("#chat-name")
        page.click("#chat-delete")
        page.wait_for_selector("#chat-sure")
        found["chats"] = violations(page)
        assert shown(found) == {}

    def test_practising(self, page: Any) -> None:
        start_round(page)
        found = {"item": violations(page)}
        page.locator("body").press("?")
        page.wait_for_selector("#item .hints")
        found["hint"] = violations(page)
        page.locator("body").press("1")
        page.wait_for_selector("#result .is-wrong")
        found["result"] = violations(page)
        page.click("#next")
        page.wait_for_selector("#item button.option:enabled")
        page.locator("body").press("1")
        page.wait_for_selector("#result .is-right")
        page.click("#next")
        page.wait_for_selector("#typed :is(input, textarea)")
        found["typed"] = violations(page)
        page.click("#end")
        page.wait_for_selector("#item .score")
        found["score"] = violations(page)
        page.click("#again")
        page.wait_for_selector("#start")
        found["choices"] = violations(page)
        page.click("#notebook")
        page.wait_for_selector("#missed .missed")
        found["notebook"] = violations(page)
        page.click("#mistakes-back")
        for kind in ("순서 맞추기", "짝짓기"):
            start_round(page, kind)
            page.locator("body").press("1")
            found[kind] = violations(page)
            page.click("#end")
            page.click("#again")
            page.wait_for_selector("#start")
            page.click(f"#kinds label:has-text('{kind}')")
        page.click("#tab-progress-button")
        page.wait_for_selector("#progress .columns")
        found["progress"] = violations(page)
        assert shown(found) == {}

    def test_notes_and_settings(self, page: Any) -> None:
        page.click("#tab-progress-button")
        page.wait_for_selector("#progress .lead")
        found = {"progress": violations(page)}
        page.click("#tab-settings-button")
        page.wait_for_selector("#courses input")
        found["settings"] = violations(page)
        page.click("#courses input")
        page.get_by_role("option", name="내 노트").click()
        page.keyboard.press("Escape")
        page.click("#tab-notes-button")
        page.wait_for_selector("#library .doc")
        page.fill("#search :is(input, textarea)", "과거를")
        page.keyboard.press("Enter")
        page.wait_for_selector("#found a.source")
        page.locator("#library summary").first.click()
        found["library"] = violations(page)
        page.locator("#library .doc", has_text="메모.txt").locator("button.note-remove").click()
        page.wait_for_selector("#remove-sure")
        found["removing"] = violations(page)
        page.click("#remove-no")
        page.fill("#search :is(input, textarea)", "경사")
        page.keyboard.press("Enter")
        page.click("#found a.source:has-text('경사')")
        page.wait_for_selector("#reader-body mark")
        page.click("#fix button")
        page.wait_for_selector("#fix-week input")
        found["correcting"] = violations(page)
        assert shown(found) == {}


def shown(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """The states in which something is wrong."""
    return {state: wrong for state, wrong in found.items() if wrong}
