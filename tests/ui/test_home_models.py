"""What the page is told of real engines; tests/browser/test_fetch_a_model.py goes the whole way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.llm import engines
from tutor.llm.engines import Engines
from tutor.llm.machine import Machine
from tutor.llm.shelf import Shelf
from tutor.llm.speed import Speed
from ui import home_models
from ui.home_models import HomeModels


@pytest.fixture
def models(home: Path, monkeypatch: pytest.MonkeyPatch) -> HomeModels:
    """Those of a machine on which a model is fast, with a hub in reach."""
    monkeypatch.setattr(engines, "this_machine", lambda: Machine(8.0, 2, 0.0))
    monkeypatch.setattr(engines.speed, "estimate", lambda weights: Speed(20.0, 3.0))
    monkeypatch.setattr(home_models, "hub_in_reach", lambda: True)
    return HomeModels(Engines("auto", Shelf(home)))


def test_what_suits_is_offered_by_the_name_it_will_answer_under(models: HomeModels) -> None:
    offer = models.offer()
    assert offer is not None
    assert (offer.name, offer.licence, offer.size) == (
        "Qwen/Qwen3-0.6B",
        "apache-2.0",
        1_500_000_000,
    )
    assert offer.free > 0
    assert models.progress() is None


def test_a_model_too_slow_here_is_not_offered(
    models: HomeModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines.speed, "estimate", lambda weights: Speed(1.0, 60.0))
    assert models.offer() is None


def test_a_hub_that_comes_into_reach_later_is_asked_again_but_not_at_every_look(
    models: HomeModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_models, "hub_in_reach", lambda: False)
    assert models.offer() is None
    monkeypatch.setattr(home_models, "hub_in_reach", lambda: True)
    assert models.offer() is None
    monkeypatch.setattr(home_models, "ASK_AGAIN_S", 0.0)
    assert models.offer() is not None
