"""Writes the trained encoder as a folder that sentence-transformers loads without extra code."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save
from tokenizers import Tokenizer

from ingest.encoder.batches import Floats
from ingest.encoder.vocab import compact_json

_LARGEST = 127
_STATIC = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
_NORMALIZE = "sentence_transformers.base.modules.normalize.Normalize"


def write_model(folder: Path, tokenizer: Tokenizer, table: Floats) -> None:
    """Write weights, tokenizer and the files that tell sentence-transformers about them.

    Args:
        folder: Created where missing; files of the same names are replaced.
        tokenizer: Its piece 0 is the unknown one.
        table: Token vectors, shape (pieces, dimensions).
    """
    folder.mkdir(parents=True, exist_ok=True)
    embeddings, weights = quantise(table)
    tensors: dict[str, npt.NDArray[Any]] = {"embeddings": embeddings, "weights": weights}
    (folder / "model.safetensors").write_bytes(save(tensors))
    (folder / "tokenizer.json").write_text(compact_json(tokenizer), encoding="utf-8")
    for name, content in _descriptions().items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def quantise(table: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Round each row to int8 with a scale of its own.

    The unknown piece (row 0) becomes zero, so that it never turns a sentence's vector.

    Returns:
        Whole numbers in -127..127, shape (pieces, dimensions), and the scales, shape (pieces,);
        ``embeddings * weights[:, None]`` gives the table back, to half a scale per element.
    """
    known = table.copy()
    known[0] = 0.0
    scales = np.abs(known).max(axis=1) / _LARGEST
    rounded = np.rint(known / np.where(scales > 0, scales, 1)[:, None])
    return rounded.astype(np.int8), scales.astype(np.float32)


def _descriptions() -> dict[str, Any]:
    return {
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": _STATIC},
            {"idx": 1, "name": "1", "path": "1_Normalize", "type": _NORMALIZE},
        ],
        "1_Normalize/config.json": {"module_input_name": "sentence_embedding"},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "", "document": ""},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
