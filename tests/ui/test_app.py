from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.ui.fakes import FakeTutor
from ui.app import TABS, build_app
from ui.labels import Labels
from ui.texts import EN, KO


def built(tutor: FakeTutor) -> Any:
    """The page, built inside a running loop: without one Gradio leaves a loop of its own open."""

    async def build() -> Any:
        return build_app(tutor)

    return asyncio.run(build())


def test_every_tab_has_a_name_in_both_languages() -> None:
    assert [tab.name for tab in TABS] == ["ask", "practice", "progress", "notes", "settings"]
    for tab in TABS:
        assert getattr(KO, tab.label)
        assert getattr(EN, tab.label)


def test_the_page_is_built_without_serving_and_asks_the_tutor_nothing(tmp_path: Path) -> None:
    tutor = FakeTutor(tmp_path)
    app = built(tutor)
    assert tutor.asked == []
    assert not app.analytics_enabled


def test_no_function_of_the_page_is_public(tmp_path: Path) -> None:
    app = built(FakeTutor(tmp_path))
    assert {fn.api_visibility for fn in app.fns.values()} == {"private"}


def test_what_is_hidden_from_the_tutor_stays_out_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_ANALYTICS_ENABLED", "True")
    assert not built(FakeTutor(tmp_path)).analytics_enabled


def test_labels_follow_the_language() -> None:
    import gradio as gr

    labels = Labels()
    button = labels.make(gr.Button, {"value": "ask_send"}, size="sm", render=False)
    assert button.value == "보내기"
    assert labels.components == [button]
    assert labels.updates("en") == [gr.update(value="Send")]
