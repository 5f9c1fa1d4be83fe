"""Local models as the page sees them, from a tutor's engines. Knows both, shows nothing."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.embed import hub_in_reach
from tutor.llm.catalog import CATALOG
from tutor.llm.engines import Engines
from tutor.llm.fetch import State as Fetching
from ui.models import GB, Model, Offer, Progress, State

_STATES: dict[Fetching, State] = {
    Fetching.ASKING: "fetching",
    Fetching.FETCHING: "fetching",
    Fetching.READY: "ready",
    Fetching.CANCELLED: "cancelled",
    Fetching.FAILED: "failed",
}


class HomeModels:
    """The models of a home, and the one that suits this machine (`ui.models.ModelSource`)."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._offer: Offer | None = None
        self._asked = False

    def here(self) -> Sequence[Model]:
        """The complete models of this home."""
        return [Model(model.repo, f"hf:{model.repo}") for model in self._engines.shelf.all()]

    def offer(self) -> Offer | None:
        """The model that suits this machine and would be fast enough, where it is not here yet."""
        if not self._asked:
            self._asked, self._offer = True, self._suited()
        offered = self._offer
        return None if offered and self._is_here(offered.name) else offered

    def fetch(self, name: str) -> None:
        """Begins to bring a model down, in the background; one that is on its way goes on."""
        self._engines.fetch(name)

    def cancel(self) -> None:
        """Stops bringing a model down."""
        if self._engines.fetching is not None:
            self._engines.fetching.cancel()

    def progress(self) -> Progress | None:
        """How far the download is that was begun last; None where none was."""
        if self._engines.fetching is None:
            return None
        now = self._engines.fetching.progress
        why = f"{now.error.message} {now.error.hint}" if now.error else ""
        return Progress(_STATES[now.state], now.repo, now.done, now.total, why)

    def _suited(self) -> Offer | None:
        if not hub_in_reach():
            return None
        found = self._engines.offer()
        if found.listed is None or found.speed is None or not found.speed.enough:
            return None
        listed = found.listed
        return Offer(listed.name, listed.licence, int(listed.disk * GB), found.free)

    def _is_here(self, name: str) -> bool:
        repo = next(listed.repo for listed in CATALOG if listed.name == name)
        return self._engines.shelf.find(repo) is not None
