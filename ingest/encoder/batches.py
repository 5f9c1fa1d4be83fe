"""Token ids of many texts in flat arrays, and the batches drawn from them; knows no losses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_MAX_TOKENS = 256


@dataclass(frozen=True)
class Ragged:
    """Texts of different lengths end to end.

    Attributes:
        ids: Token ids of all texts, shape (tokens,).
        starts: Where each text starts in ``ids``, and the end of the last, shape (texts + 1,).
    """

    ids: Ints
    starts: Ints

    def __len__(self) -> int:
        """Number of texts."""
        return len(self.starts) - 1

    def take(self, rows: Ints) -> tuple[Ints, Ints]:
        """Token ids of the texts ``rows``, and the offset at which each begins."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        offsets = np.cumsum(lengths) - lengths
        within = np.arange(lengths.sum()) - np.repeat(offsets, lengths)
        return self.ids[np.repeat(self.starts[rows], lengths) + within], offsets


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> Ragged:
    """Tokenize texts; what lies beyond 256 tokens is cut off."""
    pieces = [
        encoding.ids[:_MAX_TOKENS]
        for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False)
    ]
    starts = np.cumsum([0, *(len(ids) for ids in pieces)], dtype=np.int64)
    flat = np.fromiter((i for ids in pieces for i in ids), dtype=np.int64, count=int(starts[-1]))
    return Ragged(flat, starts)


def encode_pairs(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> tuple[Ragged, Ragged]:
    """Tokenize both sides of pairs, in step."""
    left, right = zip(*pairs, strict=True)
    return encode(tokenizer, left), encode(tokenizer, right)


def endless_batches(count: int, size: int, rng: np.random.Generator) -> Iterator[Ints]:
    """Row numbers below ``count``, reshuffled at every pass; a short last batch is left out.

    Raises:
        ValueError: If there is nothing to draw from.
    """
    if count < 1:
        raise ValueError("cannot draw batches from no rows at all")
    size = min(size, count)
    while True:
        order = rng.permutation(count)
        for start in range(0, count - size + 1, size):
            yield order[start : start + size]
