"""A specification to an engine: which chat model answers. Knows the specs, not what engines do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from langchain_core.language_models import BaseChatModel

from tutor.errors import NoModel
from tutor.llm.reader import ReaderChatModel
from tutor.source import Engine

_KNOWN = "Engines: auto, reader, hf:FOLDER, openai:MODEL@BASE_URL."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chat model and how it is called in results."""

    model: BaseChatModel
    engine: Engine


def choose(spec: str) -> Chosen:
    """The engine a specification names, loaded.

    Args:
        spec: "auto" or "reader" for the one that ships; "hf:" and a transformers folder;
            "openai:MODEL@BASE_URL" for a server.

    Raises:
        NoModel: it cannot be loaded or reached.
    """
    kind, _, rest = spec.partition(":")
    if spec in ("auto", "reader"):
        return Chosen(ReaderChatModel(), Engine("reader", "reader"))
    if kind == "hf" and rest:
        return _local(rest)
    if kind == "openai" and rest:
        from tutor.llm.server import open_server

        return Chosen(open_server(rest), Engine(rest.rpartition("@")[0], "server"))
    raise NoModel(f"'{spec}' names no engine.", _KNOWN)


def describe(spec: str) -> Engine:
    """How the engine of a specification is called, without loading it."""
    kind, _, rest = spec.partition(":")
    if kind == "hf":
        return Engine(Path(rest).expanduser().name, "transformers")
    if kind == "openai":
        return Engine(rest.rpartition("@")[0] or rest, "server")
    return Engine("reader", "reader")


def _local(rest: str) -> Chosen:
    folder = Path(rest).expanduser()
    if not folder.is_dir():
        raise NoModel(
            f"There is no model folder '{rest}'.",
            "Give hf: a folder with a transformers chat model; fetching from a hub is not there "
            "yet. Until then --llm reader answers with nothing to download.",
        )
    from tutor.llm.local import load

    model = load(folder)
    return Chosen(model, Engine(folder.resolve().name, "transformers"))
