"""axe-core over every tab, dark and light, wide and narrow: no serious violation of ours.

axe-core (MPL-2.0) is not part of the repository: `.ci/run` fetches its one file by npm into
`tests/browser/.axe/`, where it can also be put by hand; without it these tests are skipped.
Gradio's own faults that it would find are put right in `static/page.js`; none is left out here.
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
def test_every_tab(url: str, visit: Callable[..., Any], width: int, theme: str) -> None:
    page = visit(url, width=width, height=844)
    page.evaluate("theme => window.tutorTheme(theme)", theme)
    found = {"empty": violations(page)}
    ask(page, "리셋 게이트가 뭐야?")
    found["answer"] = violations(page)
    page.locator("#chat a.cite").first.click()
    page.wait_for_selector("#reader-body mark")
    found["reader"] = violations(page)
    page.keyboard.press("Escape")
    ask(page, "내일 날씨는?")
    page.click("#show-chats")
    page.wait_for_selector("button.chat-entry")
    found["chats"] = violations(page)
    page.click("#show-chats")
    start_round(page)
    found["item"] = violations(page)
    page.locator("body").press("1")
    page.wait_for_selector("#result .result")
    found["result"] = violations(page)
    page.click("#end")
    page.click("#again")
    page.wait_for_selector("#start")
    found["practice"] = violations(page)
    for tab in ("progress", "notes", "settings"):
        page.click(f"#tab-{tab}-button")
        found[tab] = violations(page)
    assert {state: shown for state, shown in found.items() if shown} == {}
