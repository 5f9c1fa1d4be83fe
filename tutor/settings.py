"""What a person sets once: home, engine, encoder. Knows the command line's names for them.

A value given wins over the environment, the environment over the default.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from ingest.embed import SHIPPED
from tutor.errors import NotAvailable

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where and with what a tutor works.

    Args:
        llm: "auto", "reader", "hf:…" or "openai:…".
        encoder: "shipped", a folder, or a hub id.
    """

    home: Path
    llm: str
    encoder: str


def settle(
    home: Path | None = None,
    llm: str | None = None,
    encoder: str | None = None,
    store: str | None = None,
) -> Settings:
    """The settings in force.

    Raises:
        NotAvailable: another vector store than the one that ships is asked for.
    """
    store = store or os.environ.get("TUTOR_STORE") or "faiss"
    if store != "faiss":
        raise NotAvailable(
            f"The vector store '{store}' is not supported yet.",
            "Leave --store and TUTOR_STORE out: notes are kept in FAISS.",
        )
    folder = home or Path(os.environ.get("TUTOR_HOME") or user_data_path("lecture-tutor", False))
    return Settings(
        home=folder.expanduser(),
        llm=llm or os.environ.get("TUTOR_LLM") or AUTO,
        encoder=encoder or os.environ.get("TUTOR_ENCODER") or SHIPPED,
    )
