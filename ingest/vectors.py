"""Where the vectors of an index live: in FAISS beside its files, or in a LangChain `VectorStore`.

The one door to faiss. Knows rows of unit vectors; knows nothing about what a row stands for. FAISS
is searched exhaustively at every size, because up to a million rows that costs less than a graph
would to build: 32-bit floats up to `EXACT` rows, half precision beyond, which loses no neighbour
that matters, takes half the memory and is twice as fast (docs/benchmarks.md has the figures).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path

import faiss
import numpy as np
from langchain_core.vectorstores import VectorStore
from numpy.typing import NDArray

from ingest.errors import StoreUnavailable

EXACT = 50_000
"""Rows up to which vectors are kept as 32-bit floats."""
NEAREST = 4_096
"""Rows that a search tells apart; all others count as no nearer than the last of them."""
_FILE = "vectors.faiss"
_ROW = "row"

Scores = NDArray[np.float32]
Matrix = NDArray[np.float32]


class Vectors(ABC):
    """Unit vectors in numbered rows, to be compared with a question's.

    Attributes:
        rows: how many there are.
        collection: their name in a store, None where they are in FAISS.
    """

    rows: int
    collection: str | None = None

    @abstractmethod
    def nearest(self, text: str, vector: Scores) -> tuple[Sequence[int], Sequence[float]]:
        """The `NEAREST` rows (or all) closest to a question, with their cosines, best first.

        Args:
            text: the question, for stores that embed it themselves as LangChain's interface has it.
            vector: its unit vector, shape (dimension,).
        """

    def scores(self, text: str, vector: Scores) -> Scores:
        """Cosine of every row with a question, shape (rows,); see `NEAREST`."""
        rows, found = self.nearest(text, vector)
        floor = found[-1] if len(found) else 0.0
        scores = np.full(self.rows, floor, dtype=np.float32)
        scores[np.asarray(rows, dtype=np.int64)] = found
        return scores


class FaissVectors(Vectors):
    """Rows in a FAISS index, compared by inner product (equal to cosine on unit vectors)."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self.rows = int(index.ntotal)
        self._plain = _view(index)

    @classmethod
    def of(cls, vectors: Matrix) -> FaissVectors:
        """An index of unit vectors, shape (rows, dimension)."""
        count, dimension = vectors.shape
        index: faiss.Index = faiss.IndexFlatIP(dimension)
        if count > EXACT:
            half = faiss.ScalarQuantizer.QT_fp16
            index = faiss.IndexScalarQuantizer(dimension, half, faiss.METRIC_INNER_PRODUCT)
            index.train(vectors)
        index.add(vectors)
        return cls(index)

    def nearest(self, text: str, vector: Scores) -> tuple[Sequence[int], Sequence[float]]:
        """See `Vectors.nearest`; the text is not looked at."""
        wanted = min(self.rows, NEAREST)
        if not wanted:
            return (), ()
        scores, rows = self._index.search(vector.reshape(1, -1), wanted)
        return rows[0], scores[0]

    def scores(self, text: str, vector: Scores) -> Scores:
        """See `Vectors.scores`; exact for every row of 32-bit floats, where none need be ranked."""
        if self._plain is None:
            return super().scores(text, vector)
        return np.asarray(self._plain @ vector, dtype=np.float32)

    def matrix(self) -> Matrix:
        """All vectors, shape (rows, dimension), as exact as they are kept."""
        return np.asarray(self._index.reconstruct_n(0, self.rows), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write one file; through Python, as FAISS cannot open non-ASCII paths on Windows."""
        (folder / _FILE).write_bytes(faiss.serialize_index(self._index).tobytes())

    @classmethod
    def load(cls, folder: Path) -> FaissVectors:
        """What `save` wrote.

        Raises:
            OSError, RuntimeError: the file is missing or damaged.
        """
        data = np.frombuffer((folder / _FILE).read_bytes(), dtype=np.uint8)
        return cls(faiss.deserialize_index(data))


def _view(index: faiss.Index) -> Matrix | None:
    """The rows of a flat index where FAISS keeps them, not a copy; None for any other index."""
    flat = faiss.downcast_index(index)
    if not isinstance(flat, faiss.IndexFlat) or not flat.ntotal:
        return None
    rows: Matrix = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d)
    return rows.reshape(flat.ntotal, flat.d)


class StoreVectors(Vectors):
    """Rows in a LangChain `VectorStore` whose scores are cosines.

    Args:
        store: holds one document a row, with the row's number in its metadata.
        collection: its name within the store.
        rows: how many there are.
    """

    def __init__(self, store: VectorStore, collection: str, rows: int) -> None:
        self._store = store
        self.collection = collection
        self.rows = rows

    def nearest(self, text: str, vector: Scores) -> tuple[Sequence[int], Sequence[float]]:
        """See `Vectors.nearest`; the store embeds the text itself."""
        if not self.rows:
            return (), ()
        found = self._store.similarity_search_with_score(text, k=min(self.rows, NEAREST))
        return [int(doc.metadata[_ROW]) for doc, _ in found], [score for _, score in found]


class UnopenedVectors(Vectors):
    """Rows in a store that is not in use: an index with them can be read, not searched."""

    def __init__(self, collection: str, rows: int) -> None:
        self.collection = collection
        self.rows = rows

    def nearest(self, text: str, vector: Scores) -> tuple[Sequence[int], Sequence[float]]:
        """Raises StoreUnavailable."""
        raise StoreUnavailable(
            "The vectors of this course are in a store that is not in use.",
            "Ask with the --store that the notes were ingested with.",
        )


def put(store: VectorStore, texts: Sequence[str], ids: Sequence[str], batch: int) -> Iterator[int]:
    """Add a row for every text, `batch` at a time; yields how many are in."""
    for at in range(0, len(texts), batch):
        some = list(texts[at : at + batch])
        rows = [{_ROW: at + number} for number in range(len(some))]
        store.add_texts(some, metadatas=rows, ids=list(ids[at : at + batch]))
        yield at + len(some)
