"""Local models as the page sees them, from a tutor's engines. Knows both, shows nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace

from ingest.embed import hub_in_reach
from tutor.llm.engines import Engines
from tutor.llm.fetch import State as Fetching
from ui.models import GB, Model, Offer, Progress, State

ASK_AGAIN_S = 60.0
"""Seconds after which a hub that was out of reach is tried again, when a page is opened."""

_STATES: dict[Fetching, State] = {
    Fetching.ASKING: "fetching",
    Fetching.FETCHING: "fetching",
    Fetching.LOADING: "loading",
    Fetching.READY: "ready",
    Fetching.CANCELLED: "cancelled",
    Fetching.FAILED: "failed",
}


class HomeModels:
    """The models of a home, and the one that suits this machine (`ui.models.ModelSource`)."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._offer: Offer | None = None
        self._asked = 0.0
        self._asking = threading.Lock()

    def here(self) -> Sequence[Model]:
        """The complete models of this home."""
        return [Model(model.repo, f"hf:{model.repo}") for model in self._engines.shelf.all()]

    def offer(self) -> Offer | None:
        """The model that suits this machine and would be fast enough, where it is not here yet."""
        with self._asking:  # pages that open at the same moment wait for one answer
            if not self._offer and (
                not self._asked or time.monotonic() - self._asked > ASK_AGAIN_S
            ):
                self._offer, self._asked = self._suited(), time.monotonic()
            offered = self._offer
        if offered is None or self._engines.shelf.find(offered.name):
            return None
        return replace(offered, free=self._engines.shelf.free())

    def fetch(self, name: str) -> None:
        """Begins to bring a model down, in the background; one that is on its way goes on."""
        self._engines.fetch(name)

    def cancel(self) -> None:
        """Stops bringing a model down."""
        if self._engines.fetching is not None:
            self._engines.fetching.cancel()

    def progress(self) -> Progress | None:
        """How far the download is that was begun last, or the loading of what was here before."""
        engines = self._engines
        fetch = engines.fetching.progress if engines.fetching else None
        if engines.loading:
            return Progress("loading", engines.loading)
        if fetch is None:
            return Progress("looking", "") if engines.looking else None
        why = f"{fetch.error.message} {fetch.error.hint}" if fetch.error else ""
        state = _STATES[fetch.state]
        return Progress(state, fetch.repo, fetch.licence, fetch.done, fetch.total, why)

    def _suited(self) -> Offer | None:
        if not hub_in_reach():
            return None
        found = self._engines.offer()
        if found.listed is None or found.speed is None or not found.speed.enough:
            return None
        listed = found.listed
        return Offer(listed.repo, listed.licence, int(listed.disk * GB), found.free)
