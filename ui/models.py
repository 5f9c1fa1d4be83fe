"""What the page needs to know of models that can be had: a protocol, and the one that has none.

Knows no hub and no engine. Whoever launches the page says where models come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from ui.escape import attributes, entities
from ui.texts import Texts

GB = 1e9
State = Literal["fetching", "ready", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class Model:
    """A model that is here: its name and what `--llm` calls it."""

    name: str
    spec: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be had: what it is called, what it costs (bytes), and the room there is."""

    name: str
    licence: str
    size: int
    free: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a download stands.

    Args:
        done: bytes here.
        total: bytes in all, 0 while that is not known.
        why: what went wrong, in words.
    """

    state: State
    name: str
    done: int = 0
    total: int = 0
    why: str = ""


class ModelSource(Protocol):
    """Where local models come from. Every method returns at once or within three seconds."""

    def here(self) -> Sequence[Model]:
        """The complete models of this home."""

    def offer(self) -> Offer | None:
        """The model that suits this machine, where it can be had and is not here yet."""

    def fetch(self, name: str) -> None:
        """Begins to bring a model down, in the background; one that is on its way goes on."""

    def cancel(self) -> None:
        """Stops bringing a model down."""

    def progress(self) -> Progress | None:
        """How far the download is that was begun last; None where none was."""


class NoModels:
    """No model can be had."""

    def here(self) -> Sequence[Model]:
        """None."""
        return ()

    def offer(self) -> Offer | None:
        """Nothing."""
        return None

    def fetch(self, name: str) -> None:
        """Does nothing."""

    def cancel(self) -> None:
        """Does nothing."""

    def progress(self) -> Progress | None:
        """None."""
        return None


def offer_html(offer: Offer, texts: Texts) -> str:
    """What can be had, with its licence and size, before the first byte is fetched."""
    words = texts.model_offer.format(
        name=offer.name,
        licence=offer.licence,
        size=f"{offer.size / GB:.1f}",
        free=f"{offer.free / GB:.0f}",
    )
    return f'<p class="model">{entities(words)}</p>'


def progress_html(now: Progress, texts: Texts) -> str:
    """A download as a bar, or how it ended."""
    if now.state == "ready":
        return f'<p class="model">{entities(texts.model_ready.format(name=now.name))}</p>'
    if now.state == "failed":
        return f'<p class="model">{entities(texts.model_failed)} {entities(now.why)}</p>'
    share = 100 * now.done // now.total if now.total else 0
    bar = attributes(
        {
            "class": "track",
            "role": "progressbar",
            "aria-label": now.name,
            "aria-valuemin": "0",
            "aria-valuemax": "100",
            "aria-valuenow": str(share),
        }
    )
    amount = f"{now.done / GB:.2f} / {now.total / GB:.2f} GB" if now.total else ""
    return (
        f'<p class="model">{entities(texts.model_fetching)} {entities(amount)}</p>'
        f'<span{bar}><span class="done" style="width: {share}%"></span></span>'
    )
