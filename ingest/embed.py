"""Text to unit vectors: the encoder that ships, or any sentence-transformers model.

Knows encoders behind LangChain's `Embeddings`; knows nothing about chunks or indexes. The one door
to sentence_transformers. The shipped weights are a sentence-transformers folder; they are read here
with `tokenizers` and NumPy alone, because importing sentence_transformers takes longer than
answering (a test holds both readings equal to 1e-5).
"""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Sequence
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
Vectors = NDArray[np.float32]


class Encoder(Embeddings):
    """LangChain `Embeddings` that also say who they are and hand out arrays.

    Attributes:
        name: identifies weights; an index built under another name is refused.
        dimension: length of a vector.
    """

    name: str
    dimension: int

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of notes, shape (len(texts), dimension)."""
        raise NotImplementedError

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, shape (len(texts), dimension)."""
        raise NotImplementedError

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


def open_encoder(spec: str = SHIPPED) -> Encoder:
    """The encoder a specification names.

    Args:
        spec: "shipped", a local sentence-transformers folder, or a hub id. Code that a model
            brings along is never run.

    Raises:
        EncoderUnavailable: neither on this machine nor to be had within a few seconds.
    """
    if spec == SHIPPED:
        return StaticEncoder(SHIPPED_FOLDER)
    folder = Path(spec).expanduser()
    if folder.is_dir():
        return TransformerEncoder(f"folder-{folder.name}", _load(str(folder), local=True))
    if folder.is_absolute() or spec.startswith("."):
        raise EncoderUnavailable(
            f"There is no encoder folder '{spec}'.", "Check the path, or use --encoder shipped."
        )
    try:
        return TransformerEncoder(spec, _load(spec, local=True))
    except OSError:
        pass  # not downloaded yet: ask the hub, if it can be reached at all
    if not hub_in_reach():
        raise EncoderUnavailable(
            f"The encoder '{spec}' is not on this machine and no model hub can be reached.",
            "Use --encoder shipped, or give the path of a folder that holds the model.",
        )
    try:
        return TransformerEncoder(spec, _load(spec, local=False))
    except OSError as error:
        raise EncoderUnavailable(
            f"The encoder '{spec}' could not be loaded: {str(error).splitlines()[0]}",
            "Check its name on the hub, or use --encoder shipped.",
        ) from error


def hub_in_reach(timeout: float = 2.0) -> bool:
    """Whether a connection to the model hub opens within `timeout` seconds."""
    if os.environ.get("HF_HUB_OFFLINE", "") not in ("", "0"):
        return False
    address = urlsplit(os.environ.get("HF_ENDPOINT") or "https://huggingface.co")
    port = address.port or (443 if address.scheme == "https" else 80)
    try:
        with socket.create_connection((address.hostname or "", port), timeout=timeout):
            return True
    except OSError:
        return False


def _load(name: str, *, local: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(name, local_files_only=local, trust_remote_code=False)
