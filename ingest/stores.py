"""Vector stores by URL, for who outgrows FAISS on one machine: `qdrant://…`, `milvus://…`.

Knows how each store's LangChain class is opened and how a collection is replaced; knows nothing
about chunks. To add a store, write one function and add one line to `OPENERS`. Their packages are
extras (`pip install 'lecture-tutor[qdrant]'`), imported when a URL asks for them.
"""

from __future__ import annotations

import hashlib
import os
import socket
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from langchain_core.vectorstores import VectorStore

from ingest.embed import Encoder
from ingest.errors import StoreUnavailable
from ingest.vectors import StoreVectors, put

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

FAISS = "faiss"
"""What a setting says where no other store is meant."""
_BATCH = 256
_PATIENCE = 3
"""Seconds before a server counts as out of reach."""
_PORTS = {"qdrant": 6333, "milvus": 19530}


class Store:
    """One vector store that the courses of a home are put in, a collection each.

    A course has two collections, of which one is current: a build fills the other, so that one
    that is killed leaves the current one whole.

    Args:
        url: `qdrant://HOST:PORT`, `qdrant:///FOLDER`, `milvus://HOST:PORT` or `milvus:///FILE.db`.
            A password in it (`qdrant://:KEY@HOST`) is the API key; so are `QDRANT_API_KEY` and
            `MILVUS_TOKEN`.
        encoder: embeds what is stored and what is asked.
    """

    def __init__(self, url: str, encoder: Encoder) -> None:
        self._parts = urlsplit(url)
        self._encoder = encoder
        host = self._parts.netloc.rpartition("@")[2]
        self.name = f"{self._parts.scheme}://{host}{self._parts.path}"

    def filled(
        self, course: str, texts: Sequence[str], current: str | None
    ) -> Iterator[int | StoreVectors]:
        """Put a row for every text into the course's other collection.

        Args:
            course: whose it is.
            texts: one a row.
            current: the collection that is being searched and must stay as it is.

        Yields:
            How many rows are in, then the vectors.

        Raises:
            StoreUnavailable: the store cannot be reached or its package is not installed.
        """
        name = hashlib.sha256(course.encode("utf-8")).hexdigest()[:12]
        first, second = f"tutor_{name}_a", f"tutor_{name}_b"
        collection = second if current == first else first
        store = self._open(collection, fresh=True)
        yield from put(store, texts, _ids(collection, len(texts)), _BATCH)
        yield StoreVectors(store, collection, len(texts))

    def opened(self, collection: str, rows: int) -> StoreVectors:
        """Vectors that an earlier `filled` put there."""
        return StoreVectors(self._open(collection, fresh=False), collection, rows)

    def clear(self, collection: str, rows: int) -> None:
        """Take out what an earlier `filled` put there."""
        self._open(collection, fresh=False).delete(_ids(collection, rows))

    def _open(self, collection: str, *, fresh: bool) -> VectorStore:
        try:
            return OPENERS[self._parts.scheme](self._parts, collection, self._encoder, fresh)
        except ImportError as error:
            raise StoreUnavailable(
                f"The packages for '{self._parts.scheme}' are not installed: {error.name}.",
                f"Run `pip install 'lecture-tutor[{self._parts.scheme}]'`.",
            ) from error


def open_store(url: str, encoder: Encoder) -> Store | None:
    """The store a URL names; None for "faiss", which needs none.

    Raises:
        StoreUnavailable: no store goes by this kind of URL, or its server does not answer.
    """
    if url == FAISS:
        return None
    parts = urlsplit(url)
    if parts.scheme not in OPENERS:
        known = ", ".join(f"{scheme}://…" for scheme in OPENERS)
        raise StoreUnavailable(
            f"There is no vector store '{url}'.", f"Use --store with {FAISS}, {known}."
        )
    if parts.hostname:
        try:  # said before any note is read
            address = (parts.hostname, parts.port or _PORTS[parts.scheme])
            socket.create_connection(address, timeout=_PATIENCE).close()
        except OSError as error:
            raise _out_of_reach(parts, error) from error
    return Store(url, encoder)


def _ids(collection: str, rows: int) -> list[str]:
    """UUIDs, the one kind of name that every store takes."""
    return [str(uuid.uuid5(uuid.NAMESPACE_URL, f"{collection}/{row}")) for row in range(rows)]


def _qdrant(parts: SplitResult, name: str, encoder: Encoder, fresh: bool) -> VectorStore:
    from langchain_qdrant import QdrantVectorStore
    from qdrant_client.http.exceptions import ApiException
    from qdrant_client.http.models import Distance, VectorParams

    client = _qdrant_client(parts)
    try:
        if fresh and client.collection_exists(name):
            client.delete_collection(name)
        if fresh:
            kept = VectorParams(size=encoder.dimension, distance=Distance.COSINE)
            client.create_collection(name, kept)
        return QdrantVectorStore(client=client, collection_name=name, embedding=encoder)
    except ApiException as error:
        raise _out_of_reach(parts, error) from error


@lru_cache(maxsize=8)
def _qdrant_client(parts: SplitResult) -> QdrantClient:
    """One client a store: a folder lets in no second one."""
    from qdrant_client import QdrantClient

    if not parts.hostname:
        return QdrantClient(path=parts.path)
    key = parts.password or os.environ.get("QDRANT_API_KEY")
    address = f"http{'s' if key else ''}://{parts.hostname}:{parts.port or _PORTS['qdrant']}"
    return QdrantClient(url=address, api_key=key, timeout=_PATIENCE, check_compatibility=False)


def _milvus(parts: SplitResult, name: str, encoder: Encoder, fresh: bool) -> VectorStore:
    from langchain_milvus import Milvus
    from pymilvus.exceptions import MilvusException

    where: dict[str, Any] = {"uri": parts.path}
    if parts.hostname:
        token = parts.password or os.environ.get("MILVUS_TOKEN", "")
        where = {"uri": f"http://{parts.hostname}:{parts.port or _PORTS['milvus']}", "token": token}
    try:
        return Milvus(
            embedding_function=encoder,
            collection_name=name,
            connection_args=where | {"timeout": _PATIENCE},
            index_params={"index_type": "FLAT", "metric_type": "COSINE"},
            drop_old=fresh,
        )
    except MilvusException as error:
        raise _out_of_reach(parts, error) from error


def _out_of_reach(parts: SplitResult, error: Exception) -> StoreUnavailable:
    return StoreUnavailable(
        f"The vector store at {parts.hostname or parts.path} cannot be used: {error}",
        "Check that it runs and that the address and the key are right, or leave --store out.",
    )


Opener = Callable[[SplitResult, str, Encoder, bool], VectorStore]
OPENERS: dict[str, Opener] = {"qdrant": _qdrant, "milvus": _milvus}
