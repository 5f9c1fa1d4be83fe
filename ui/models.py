"""What the page needs to know of models that can be had: a protocol, and the one that has none.

Knows no hub and no engine. Whoever launches the page says where models come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from ui.escape import attributes, entities
from ui.texts import Texts

GB, MB = 1e9, 1e6
State = Literal["looking", "fetching", "loading", "ready", "cancelled", "failed"]
"""`looking`: it is being found out what suits; `loading`: all is here, and does not answer yet."""


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
        licence: "" while it is not known.
        done: bytes here.
        total: bytes in all, 0 while that is not known.
        why: what went wrong, in words.
    """

    state: State
    name: str
    licence: str = ""
    done: int = 0
    total: int = 0
    why: str = ""


class ModelSource(Protocol):
    """Where local models come from. Every method returns at once or within a few seconds."""

    def here(self) -> Sequence[Model]:
        """The complete models of this home."""

    def offer(self) -> Offer | None:
        """The model that suits this machine, where it can be had and is not here yet."""

    def fetch(self, name: str) -> None:
        """Begins to bring a model down, in the background; one that is on its way goes on."""

    def cancel(self) -> None:
        """Stops bringing a model down."""

    def progress(self) -> Progress | None:
        """How far the model is that is on its way, or was last; None where none was."""


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
    return said_html(words)


def said_html(words: str) -> str:
    """A sentence about models."""
    return f'<p class="model">{entities(words)}</p>'


def progress_html(now: Progress, texts: Texts) -> str:
    """A download as a bar; that its model is being loaded; why it failed."""
    if now.state == "loading":
        return said_html(texts.model_loading.format(name=now.name))
    if now.state == "failed":
        return said_html(f"{texts.model_failed} {now.why}")
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
    return (
        f"{said_html(texts.model_fetching.format(name=now.name, what=_what(now)))}"
        f'<span{bar}><span class="done" style="width: {share}%"></span></span>'
    )


def _what(now: Progress) -> str:
    """Bytes here of how many, and the licence, as far as that is known."""
    unit, name = (GB, "GB") if now.total >= GB else (MB, "MB")
    amount = f"{now.done / unit:.2f} / {now.total / unit:.2f} {name}" if now.total else ""
    known = ", ".join(filter(None, (amount, now.licence)))
    return f" ({known})" if known else ""
