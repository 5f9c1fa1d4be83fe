from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.ui.fakes import FakeTutor
from tutor.llm.engines import Notice
from tutor.source import Engine
from ui import model_row
from ui.model_row import look
from ui.models import Model, NoModels, Offer, Progress, offer_html, progress_html
from ui.tabs import settings
from ui.texts import EN, KO

OFFER = Offer("owner/small", "apache-2.0", 1_190_000_000, 42_000_000_000)


@dataclass
class Models:
    """A source whose download goes as the test says."""

    now: Progress | None = None
    models: list[Model] = field(default_factory=list)
    offered: Offer | None = OFFER

    def here(self) -> list[Model]:
        return self.models

    def offer(self) -> Offer | None:
        return self.offered

    def fetch(self, name: str) -> None:
        self.now = Progress("fetching", name)

    def cancel(self) -> None:
        self.now = None

    def progress(self) -> Progress | None:
        return self.now


@pytest.fixture
def tutor(tmp_path: Path) -> FakeTutor:
    return FakeTutor(tmp_path)


def test_name_licence_size_and_room_are_said_before_the_first_byte() -> None:
    said = html.unescape(offer_html(OFFER, EN))
    for part in ("owner/small", "apache-2.0", "1.2 GB", "42 GB"):
        assert part in said


def test_a_download_is_a_bar_and_its_end_is_said() -> None:
    going = html.unescape(progress_html(Progress("fetching", "m", "mit", 300_000, 1_000_000), KO))
    assert 'aria-valuenow="30"' in going
    assert "m 모델을 받고 있어요 (0.30 / 1.00 MB, mit)." in going
    assert "그동안에도 질문할 수 있어요" in going
    assert "<b>" not in progress_html(Progress("failed", "m", why="<b>"), EN)
    assert "Loading m." in html.unescape(progress_html(Progress("loading", "m"), EN))


def test_the_row_follows_a_model_from_the_offer_to_its_first_answer(tutor: FakeTutor) -> None:
    models = Models()
    row, _, fetch, cancel, timer, _ = look(models, tutor, "en")
    assert (row["visible"], fetch["visible"], cancel["visible"]) == (True, True, False)
    model_row.fetch(models, tutor)
    assert "auto" in (tutor.home / "engine.json").read_text(encoding="utf-8")
    tutor.switch("reader")
    row, _, fetch, cancel, timer, line = look(models, tutor, "en")
    assert (fetch["visible"], cancel["visible"], timer.active) == (False, True, True)
    assert "reader" in line
    models.now = Progress("loading", "owner/small")
    row, _, fetch, cancel, timer, _ = look(models, tutor, "en")
    assert (fetch["visible"], cancel["visible"], timer.active) == (False, False, True)
    models.now = Progress("ready", "owner/small", "", 1, 1)
    tutor.switch("hf:owner/small")
    row, words, *_, timer, line = look(models, tutor, "en", watched=True)
    assert "answers from now on" in words
    assert not timer.active
    assert "language model on this computer" in line
    row, *_ = look(models, tutor, "en")
    assert not row["visible"]  # no news to a page that is opened later


def test_a_model_that_came_while_another_engine_was_chosen_is_only_said_to_be_here(
    tutor: FakeTutor,
) -> None:
    models = Models(Progress("ready", "owner/small"), offered=None)
    _, words, fetch, *_ = look(models, tutor, "en", watched=True)
    assert "Choose it in the settings" in words
    assert not fetch["visible"]
    assert tutor.engine.kind == "reader"


def test_a_download_that_failed_says_why_and_can_be_tried_again(tutor: FakeTutor) -> None:
    models = Models(Progress("failed", "owner/small", why="No room."))
    row, words, fetch, cancel, timer, _ = look(models, tutor, "ko")
    assert "No room." in html.unescape(words)
    assert (row["visible"], fetch["visible"], cancel["visible"]) == (True, True, False)
    assert not timer.active


def test_while_it_is_looked_for_nothing_is_said_but_the_page_keeps_looking(
    tutor: FakeTutor,
) -> None:
    row, _, fetch, _, timer, _ = look(Models(Progress("looking", "")), tutor, "ko")
    assert (row["visible"], fetch["visible"], timer.active) == (False, False, True)


@pytest.mark.parametrize(("language", "said"), [("ko", "느려요"), ("en", "too slow")])
def test_why_the_reader_answers_is_said(tutor: FakeTutor, language: str, said: str) -> None:
    tutor.notice = Notice("slow", "느려요", "too slow")
    _, words, fetch, *_ = look(Models(offered=None), tutor, language)
    assert said in words
    assert not fetch["visible"]


def test_where_no_model_can_be_had_nothing_is_offered(tutor: FakeTutor) -> None:
    row, *_ = look(NoModels(), tutor, "en")
    assert not row["visible"]


def test_a_model_that_took_over_by_itself_is_one_choice_and_not_two(tutor: FakeTutor) -> None:
    tutor.engine = Engine("owner/small", "transformers")  # while the specification is still auto
    models = Models(models=[Model("owner/small", "hf:owner/small")])
    shown = settings.engines(models, tutor, "ko")
    assert [spec for _, spec in shown["choices"]] == ["reader", "hf:owner/small"]
    assert shown["value"] == "hf:owner/small"


def test_the_engine_is_chosen_and_kept(tutor: FakeTutor) -> None:
    models = Models(models=[Model("small", "hf:small")])
    choices = settings.engines(models, tutor, "en")["choices"]
    assert [spec for _, spec in choices] == ["reader", "hf:small"]
    settings.use(tutor, "hf:small", "en")
    assert "hf:small" in (tutor.home / "engine.json").read_text(encoding="utf-8")
