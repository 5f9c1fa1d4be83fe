"""A specification to an engine: which chat model answers. Knows the specs, not what engines do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from langchain_core.language_models import BaseChatModel

from ingest.build import silent
from ingest.index import Progress
from tutor.errors import NoModel
from tutor.llm.fetch import Fetch
from tutor.llm.hub import is_repo
from tutor.llm.reader import ReaderChatModel
from tutor.llm.shelf import Shelf
from tutor.source import Engine

if TYPE_CHECKING:
    from tutor.llm.local import LocalChatModel

_LOOK = 0.2
_MB = 1_000_000
_KNOWN = "Engines: auto, reader, hf:REPO_OR_FOLDER, openai:MODEL@BASE_URL."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chat model and how it is called in results."""

    model: BaseChatModel
    engine: Engine

    def local(self) -> LocalChatModel:
        """The model, where the engine is one of this machine's."""
        return cast("LocalChatModel", self.model)


READER = Chosen(ReaderChatModel(), Engine("reader", "reader"))


def choose(spec: str, shelf: Shelf, progress: Progress = silent) -> Chosen:
    """The engine a specification names, loaded.

    Args:
        spec: "auto" or "reader" for the one that ships; "hf:" and a transformers folder or a
            repository, fetched where it is not on this machine; "openai:MODEL@BASE_URL" for a
            server.
        shelf: where fetched models are.
        progress: told how far a download is, in MB.

    Raises:
        NoModel: it cannot be loaded, fetched or reached.
    """
    kind, _, rest = spec.partition(":")
    if spec in ("auto", "reader"):
        return READER
    if kind == "hf" and rest:
        return _local(rest, shelf, progress)
    if kind == "openai" and rest:
        from tutor.llm.server import open_server

        return Chosen(open_server(rest), Engine(rest.rpartition("@")[0], "server"))
    raise NoModel(f"'{spec}' names no engine.", _KNOWN)


def describe(spec: str) -> Engine:
    """How the engine of a specification is called, without loading it."""
    kind, _, rest = spec.partition(":")
    if kind == "hf":
        return Engine(_name(rest), "transformers")
    if kind == "openai":
        return Engine(rest.rpartition("@")[0] or rest, "server")
    return READER.engine


def _name(rest: str) -> str:
    folder = Path(rest).expanduser()
    return rest if is_repo(rest) and not folder.is_dir() else folder.resolve().name


def _local(rest: str, shelf: Shelf, progress: Progress) -> Chosen:
    from tutor.llm.local import load

    model = load(_folder(rest, shelf, progress))
    return Chosen(model, Engine(_name(rest), "transformers"))


def _folder(rest: str, shelf: Shelf, progress: Progress) -> Path:
    """Where a model is: the folder named, the home, the hub's own cache; else it is fetched."""
    folder = Path(rest).expanduser()
    if folder.is_dir():
        return folder
    if not is_repo(rest):
        raise NoModel(
            f"There is no model folder '{rest}'.",
            "Give hf: a folder with a transformers chat model, or a repository as owner/name; "
            "--llm reader answers with nothing to download.",
        )
    known = shelf.find(rest)
    found = known.folder if known else _cached(rest)
    return found or _fetched(rest, shelf, progress)


def _cached(repo: str) -> Path | None:
    """The folder of a model that other programs fetched with the hub's library."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(repo, "config.json")
    folder = Path(found).parent if isinstance(found, str) else None
    return folder if folder and any(folder.glob("*.safetensors")) else None


def _fetched(repo: str, shelf: Shelf, progress: Progress) -> Path:
    """Fetch a model that was named; Ctrl-C stops it, and what came stays."""
    fetch = Fetch(shelf, repo).start()
    try:
        while not (now := fetch.wait(_LOOK)).ended:
            if now.total:
                known = f"{repo} ({now.licence}; {now.free / 1e9:.0f} GB free)"
                progress(known, now.done // _MB, now.total // _MB)
    except KeyboardInterrupt:
        fetch.cancel()
        raise
    if now.error is not None:
        raise now.error
    model = shelf.find(repo)
    if model is None:
        raise NoModel(f"The download of {repo} was stopped.", "Run it again: it goes on.")
    return model.folder
