"""Text to unit vectors: the encoder that ships, or any sentence-transformers model.

Knows encoders behind LangChain's `Embeddings`; knows nothing about chunks or indexes. The one door
to sentence_transformers. The shipped weights are a sentence-transformers folder; they are read here
with `tokenizers` and NumPy alone, because importing sentence_transformers takes longer than
answering (a test holds both readings equal to 1e-5).
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import threading
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from ingest.errors import EncoderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SHIPPED = "shipped"
SHIPPED_FOLDER = Path(__file__).parent / "encoder"
_HUB_ID = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)?")
_SAMPLE = 1 << 20
"""Bytes read from each end of a weights file; all of a large one would take longer than loading."""
Vectors = NDArray[np.float32]


class Encoder(Embeddings):
    """LangChain `Embeddings` that also say who they are and hand out arrays.

    Attributes:
        name: identifies weights; an index built under another name is refused.
        dimension: length of a vector.
    """

    name: str
    dimension: int

    @abstractmethod
    def documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of notes, shape (len(texts), dimension)."""

    @abstractmethod
    def queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, shape (len(texts), dimension)."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's spelling of `documents`."""
        return cast(list[list[float]], self.documents(texts).tolist())

    def embed_query(self, text: str) -> list[float]:
        """LangChain's spelling of `queries`, for one text."""
        return cast(list[float], self.queries([text])[0].tolist())


class StaticEncoder(Encoder):
    """A static model: the mean of its tokens' vectors, scaled to length one.

    Args:
        folder: holds `tokenizer.json` and `model.safetensors` with "embeddings" (int8 or float,
            shape (vocabulary, dimension)) and "weights" (float32, a scale for each row).
    """

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        data = (folder / "model.safetensors").read_bytes()
        tensors = load(data)
        self._tokenizer = Tokenizer.from_str(
            (folder / "tokenizer.json").read_text(encoding="utf-8")
        )
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._rows = tensors["embeddings"]
        self._scales = tensors["weights"].astype(np.float32)
        self.name = "shipped-" + hashlib.sha256(data).hexdigest()[:12]
        self.dimension = int(self._rows.shape[1])

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors; a text without a known token is the zero vector."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        for row, encoding in enumerate(encodings):
            ids = encoding.ids
            if ids:
                vectors[row] = self._scales[ids] @ self._rows[ids].astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Questions and notes are encoded alike."""
        return self.documents(texts)


class TransformerEncoder(Encoder):
    """Any sentence-transformers model, with the prompts it defines for questions and documents."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self._model = model
        self.name = name
        self.dimension = int(self.queries(["dimension"]).shape[1])

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors with the model's document prompt."""
        found = self._model.encode_document(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors with the model's query prompt."""
        found = self._model.encode_query(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32)


@lru_cache(maxsize=1)
def shipped_encoder() -> StaticEncoder:
    """The encoder that ships, read once."""
    return StaticEncoder(SHIPPED_FOLDER)


def open_encoder(spec: str = SHIPPED) -> Encoder:
    """The encoder a specification names.

    Args:
        spec: "shipped", a local sentence-transformers folder, or a hub id. Code that a model
            brings along is never run.

    Raises:
        EncoderUnavailable: neither on this machine nor to be had within a few seconds.
    """
    if spec == SHIPPED:
        return shipped_encoder()
    folder = Path(spec).expanduser()
    if folder.is_dir():
        return _opened(f"folder-{folder.name}-{_fingerprint(folder)}", str(folder), local=True)
    if not _HUB_ID.fullmatch(spec):
        raise EncoderUnavailable(
            f"There is no encoder folder '{spec}'.", "Check the path, or use --encoder shipped."
        )
    if _downloaded(spec):
        with suppress(EncoderUnavailable):  # its download was interrupted: ask the hub
            return _opened(spec, spec, local=True)
    if not hub_in_reach():
        raise EncoderUnavailable(
            f"The encoder '{spec}' is not on this machine and no model hub can be reached.",
            "Use --encoder shipped, or give the path of a folder that holds the model.",
        )
    return _opened(spec, spec, local=False)


def hub_in_reach(timeout: float = 2.0) -> bool:
    """Whether a connection to the model hub opens within `timeout` seconds."""
    if os.environ.get("HF_HUB_OFFLINE", "") not in ("", "0"):
        return False
    address = urlsplit(os.environ.get("HF_ENDPOINT") or "https://huggingface.co")
    port = address.port or (443 if address.scheme == "https" else 80)
    answers: list[bool] = []

    def probe() -> None:
        try:
            with socket.create_connection((address.hostname or "", port), timeout=timeout):
                answers.append(True)
        except OSError:
            answers.append(False)

    # in a thread of its own: looking a name up obeys no time limit
    asking = threading.Thread(target=probe, daemon=True)
    asking.start()
    asking.join(timeout)
    return answers == [True]


def _opened(name: str, source: str, *, local: bool) -> TransformerEncoder:
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(source, local_files_only=local, trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise EncoderUnavailable(
            f"The encoder '{source}' could not be loaded: {str(error).splitlines()[0]}",
            "Check that it is a sentence-transformers model, or use --encoder shipped.",
        ) from error
    return TransformerEncoder(name, model)


def _downloaded(spec: str) -> bool:
    """Whether the hub's cache holds a model; asked before anything slow is imported."""
    from huggingface_hub import try_to_load_from_cache

    files = ("modules.json", "config.json")
    return any(isinstance(try_to_load_from_cache(spec, file), str) for file in files)


def _fingerprint(folder: Path) -> str:
    """Tells apart folders of one name: sizes of the weights, and how they begin and end."""
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.safetensors"), *folder.rglob("*.bin")]):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLE))
            file.seek(max(0, size - _SAMPLE))
            digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:8]
