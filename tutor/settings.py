"""What a person sets once: home, engine, encoder. Knows the command line's names for them.

A value given wins over the environment, the environment over the default.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from ingest.embed import SHIPPED
from ingest.stores import FAISS

AUTO = "auto"
_ENGINE = "engine.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where and with what a tutor works.

    Args:
        llm: "auto", "reader", "hf:…" or "openai:…".
        encoder: "shipped", a folder, or a hub id.
        store: "faiss" or the URL of a vector store.
    """

    home: Path
    llm: str
    encoder: str
    store: str


def settle(
    home: Path | None = None,
    llm: str | None = None,
    encoder: str | None = None,
    store: str | None = None,
) -> Settings:
    """The settings in force."""
    folder = home or Path(os.environ.get("TUTOR_HOME") or user_data_path("lecture-tutor", False))
    return Settings(
        home=folder.expanduser(),
        llm=llm or os.environ.get("TUTOR_LLM") or _kept_engine(folder.expanduser()) or AUTO,
        encoder=encoder or os.environ.get("TUTOR_ENCODER") or SHIPPED,
        store=store or os.environ.get("TUTOR_STORE") or FAISS,
    )


def keep_engine(home: Path, llm: str) -> None:
    """Have a home answer with an engine wherever nothing else is said, from the next start on."""
    path = home / _ENGINE
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.write_text(json.dumps({"llm": llm}), encoding="utf-8")
    os.replace(draft, path)


def _kept_engine(home: Path) -> str | None:
    """What `keep_engine` kept; None where that is nothing that can be read."""
    try:
        kept = json.loads((home / _ENGINE).read_text(encoding="utf-8"))["llm"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return kept if isinstance(kept, str) else None
