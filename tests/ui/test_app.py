from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fakes import FakeTutor
from ui.app import TABS, build_app
from ui.labels import Labels
from ui.texts import EN, KO


def test_every_tab_has_a_name_in_both_languages() -> None:
    assert [tab.name for tab in TABS] == ["ask", "practice", "progress", "notes"]
    for tab in TABS:
        assert getattr(KO, tab.label)
        assert getattr(EN, tab.label)


def test_the_page_is_built_without_serving_and_asks_the_tutor_nothing(tmp_path: Path) -> None:
    tutor = FakeTutor(tmp_path)
    app = build_app(tutor)
    assert tutor.asked == []
    assert not app.analytics_enabled


def test_no_function_of_the_page_is_public(tmp_path: Path) -> None:
    app = build_app(FakeTutor(tmp_path))
    assert {fn.api_visibility for fn in app.fns.values()} == {"private"}


def test_what_is_hidden_from_the_tutor_stays_out_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_ANALYTICS_ENABLED", "True")
    assert not build_app(FakeTutor(tmp_path)).analytics_enabled


def test_labels_follow_the_language() -> None:
    import gradio as gr

    with gr.Blocks(analytics_enabled=False):
        labels = Labels()
        button = labels.make(gr.Button, {"value": "ask_send"}, size="sm")
    assert button.value == "보내기"
    assert labels.components == [button]
    assert labels.updates("en") == [gr.update(value="Send")]
