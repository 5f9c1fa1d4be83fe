from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.ui.fakes import FakeTutor
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

    def here(self) -> list[Model]:
        return self.models

    def offer(self) -> Offer | None:
        return OFFER

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
    going = html.unescape(progress_html(Progress("fetching", "m", 300, 1000), KO))
    assert 'aria-valuenow="30"' in going
    assert "그동안에도 질문할 수 있어요" in going
    assert "<b>" not in progress_html(Progress("failed", "m", why="<b>"), EN)
    assert "answers from now on" in progress_html(Progress("ready", "m"), EN)


def test_the_model_answers_once_it_is_here_and_not_before(tutor: FakeTutor) -> None:
    models = Models()
    row, _, fetch, cancel, timer, _ = look(models, tutor, "en")
    assert (row["visible"], fetch["visible"], cancel["visible"]) == (True, True, False)
    models.fetch("owner/small")
    row, _, fetch, cancel, timer, line = look(models, tutor, "en")
    assert (fetch["visible"], cancel["visible"], timer.active) == (False, True, True)
    assert "reader" in line
    models.now = Progress("ready", "owner/small", 1, 1)
    models.models = [Model("owner/small", "hf:/models/owner--small")]
    *_, timer, line = look(models, tutor, "en")
    assert not timer.active
    assert tutor.engine.kind == "transformers"
    assert "language model on this computer" in line


def test_an_engine_chosen_by_hand_stays(tutor: FakeTutor) -> None:
    tutor.engines.switch("hf:mine")
    models = Models(Progress("ready", "owner/small", 1, 1), [Model("owner/small", "hf:x")])
    look(models, tutor, "en")
    assert tutor.engine.name == "mine"


def test_where_no_model_can_be_had_nothing_is_offered(tutor: FakeTutor) -> None:
    row, *_ = look(NoModels(), tutor, "en")
    assert not row["visible"]


def test_the_engine_is_chosen_and_kept(tutor: FakeTutor) -> None:
    models = Models(models=[Model("small", "hf:small")])
    choices = settings.engines(models, tutor, "en")["choices"]
    assert [spec for _, spec in choices] == ["reader", "hf:small"]
    settings.use(tutor, "hf:small", "en")
    assert "hf:small" in (tutor.home / "engine.json").read_text(encoding="utf-8")
