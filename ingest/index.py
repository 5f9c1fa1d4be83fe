"""One course's index: its documents, chunks, vectors and postings, in memory and on disk.

Knows how an index is searched, written and checked; knows nothing about homes, questions or
answers. A vector stands for one sentence under its heading, not for a whole chunk: the mean over a
long chunk drowns the sentence that answers (docs/benchmarks.md). `Index.closeness` and
`Index.lexical` run at question time: they live here because a vector means something only to the
index it was put in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.document import Chunk, Document, Place, Role, Section, Skipped
from ingest.embed import Encoder
from ingest.errors import HomeNewer, IndexDamaged, IndexMismatch
from ingest.glossary import Glossary, mine
from ingest.lexical import Lexical
from ingest.sentences import sentences
from ingest.stores import FAISS, Store
from ingest.vectors import FaissVectors, Matrix, Scores, UnopenedVectors, Vectors
from ingest.words import compounds, terms

FORMAT = 2
"""Raised when files change their meaning; an index of a higher format is refused."""
Progress = Callable[[str, int, int], None]
"""Called with a step's name, how much is done, and how much there is."""
_BATCH = 256
_MANIFEST = "manifest.json"
_REBUILD = (
    "Run `tutor rebuild --course {course}` to build it again, or "
    "`tutor ingest PATH --course {course}` with your notes."
)


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that is searched in one course.

    Args:
        course: its name.
        encoder: `Encoder.name` of the encoder the vectors come from.
        vectors: a row for every sentence of every chunk, in order.
        offsets: shape (chunks + 1,); the rows of chunk n are `offsets[n]:offsets[n + 1]`, one or
            more.
        mined: pairs of words that the notes themselves declare to mean the same.
        store: `Store.name` of where the vectors are, "faiss" by default.
    """

    course: str
    encoder: str
    documents: dict[str, Document]
    chunks: tuple[Chunk, ...]
    vectors: Vectors
    offsets: NDArray[np.int64]
    lexical: Lexical | None
    mined: tuple[tuple[str, ...], ...]
    store: str = FAISS

    @property
    def collection(self) -> str | None:
        """The name of its vectors in a store; None where they are in FAISS."""
        return self.vectors.collection

    def closeness(self, text: str, vector: Scores) -> Scores:
        """Cosine of every sentence with a question and its unit vector, shape (rows,)."""
        return self.vectors.scores(text, vector)


def build(
    course: str,
    documents: Sequence[Document],
    chunks: Sequence[Chunk],
    encoder: Encoder,
    progress: Progress,
    previous: Index | None = None,
    store: Store | None = None,
) -> Index:
    """An index over chunks.

    Args:
        course: its name.
        documents: what the chunks come from.
        chunks: what is searched.
        encoder: embeds their sentences.
        progress: told how far it is.
        previous: the course's index until now; vectors of sentences it holds are taken over.
        store: where the vectors go in place of FAISS.

    Raises:
        StoreUnavailable: the store cannot be used.
    """
    analysed = []
    for done, piece in enumerate(chunks):
        analysed.append([term for part in _parts(piece) for term in _index_terms(part)])
        if done % 50 == 0:
            progress("analyse", done, len(chunks))
    said = [embeddable(piece) for piece in chunks]
    texts = [text for of_chunk in said for text in of_chunk]
    return Index(
        course=course,
        encoder=encoder.name,
        documents={document.name: document for document in documents},
        chunks=tuple(chunks),
        vectors=_stored(course, texts, store, progress, previous)
        if store
        else FaissVectors.of(_embed(texts, encoder, progress, _known_vectors(previous, encoder))),
        offsets=np.cumsum([0, *map(len, said)], dtype=np.int64),
        lexical=Lexical.build(analysed) if any(analysed) else None,
        mined=tuple(tuple(pair) for pair in mine(chunk.text for chunk in chunks)),
        store=store.name if store else FAISS,
    )


def searchable(chunk: Chunk) -> str:
    """What of a chunk is indexed by its words: the titles above it count, then its text."""
    return "\n".join(_parts(chunk))


def _parts(chunk: Chunk) -> tuple[str, ...]:
    """Titles and text apart, so that a title over many chunks is analysed once."""
    return chunk.place.title, *chunk.place.path, chunk.text


def _index_terms(text: str) -> list[str]:
    return [*terms(text), *(whole.term for whole in compounds(text))]


def embeddable(chunk: Chunk) -> list[str]:
    """What of a chunk is embedded: each sentence under its nearest heading, or else the whole."""
    heading = chunk.place.path[-1] if chunk.place.path else chunk.place.title
    return [f"{heading} {s.text}" for s in sentences(chunk)] or [f"{heading} {chunk.text}"]


def _embed(
    texts: Sequence[str], encoder: Encoder, progress: Progress, known: Mapping[str, Scores]
) -> Matrix:
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    fresh = [row for row, text in enumerate(texts) if text not in known]
    for row, text in enumerate(texts):
        if text in known:
            vectors[row] = known[text]
    for at in range(0, len(fresh), _BATCH):
        rows = fresh[at : at + _BATCH]
        progress("embed", at, len(fresh))
        vectors[rows] = encoder.documents([texts[row] for row in rows])
    progress("embed", len(fresh), len(fresh))
    return vectors


def _known_vectors(previous: Index | None, encoder: Encoder) -> dict[str, Scores]:
    """Vectors by text of an earlier index, where they are at hand and of the same encoder."""
    if previous is None or previous.encoder != encoder.name:
        return {}
    if not isinstance(previous.vectors, FaissVectors):
        return {}
    texts = (text for chunk in previous.chunks for text in embeddable(chunk))
    return dict(zip(texts, previous.vectors.matrix(), strict=True))


def _stored(
    course: str, texts: Sequence[str], store: Store, progress: Progress, previous: Index | None
) -> Vectors:
    """The texts embedded into a store, beside the collection that is being searched."""
    current = previous.collection if previous and previous.store == store.name else None
    for step in store.filled(course, texts, current):
        if isinstance(step, Vectors):
            return step
        progress("embed", step, len(texts))
    raise AssertionError("a store ends with its vectors")


def save(index: Index, folder: Path) -> None:
    """Write an index as plain files into an empty folder, the manifest with their hashes last."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(
        folder / "documents.jsonl", [document_to_dict(d) for d in index.documents.values()]
    )
    _write_lines(folder / "chunks.jsonl", [chunk.to_dict() for chunk in index.chunks])
    if isinstance(index.vectors, FaissVectors):
        index.vectors.save(folder)
    if index.lexical is not None:
        index.lexical.save(folder / "lexical")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "format": FORMAT,
        "course": index.course,
        "encoder": index.encoder,
        "store": index.store,
        "collection": index.collection,
        "rows": np.diff(index.offsets).tolist(),
        "mined": index.mined,
        "files": {path.relative_to(folder).as_posix(): _hash(path) for path in files},
    }
    manifest["seal"] = _seal(manifest)
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / _MANIFEST).write_text(text, encoding="utf-8")


def load(folder: Path, course: str, encoder: str | None, store: Store | None = None) -> Index:
    """The index `save` wrote.

    Args:
        folder: one generation's.
        course: its name, for messages.
        encoder: `Encoder.name` of the encoder that questions will be asked with; None to take the
            index as it is, for its documents.
        store: the vector store in use, None for FAISS.

    Raises:
        IndexDamaged: a file is missing, cut short, altered, or of an earlier version's format.
        IndexMismatch: it was built by another encoder, or its vectors are in another store.
        HomeNewer: it was written by a later version of this program.
    """
    manifest = _read_manifest(folder, course)
    if encoder is not None and manifest["encoder"] != encoder:
        raise IndexMismatch(
            f"The index of '{course}' was built by the encoder {manifest['encoder']}, "
            f"but {encoder} is asked for.",
            "Ask with the same --encoder, or build it again with the new one: "
            f"`tutor ingest PATH --course {course} --encoder …`.",
        )
    wanted = store.name if store else FAISS
    if encoder is not None and manifest["store"] != wanted:
        raise IndexMismatch(
            f"The vectors of '{course}' are in the store {manifest['store']}, "
            f"but {wanted} is asked for.",
            "Ask with the same --store, or build it again in the new one: "
            f"`tutor ingest PATH --course {course} --store …`.",
        )
    try:
        return _read(folder, course, manifest, store)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise _damaged(course, str(error)) from error


def _read(folder: Path, course: str, manifest: dict[str, Any], store: Store | None) -> Index:
    for name, digest in manifest["files"].items():
        if _hash(folder / name) != digest:
            raise ValueError(f"{name} is not what was written")
    documents = [document_from_dict(line) for line in _read_lines(folder / "documents.jsonl")]
    chunks = tuple(Chunk.from_dict(line) for line in _read_lines(folder / "chunks.jsonl"))
    postings = folder / "lexical"
    return Index(
        course=course,
        encoder=manifest["encoder"],
        documents={document.name: document for document in documents},
        chunks=chunks,
        vectors=_vectors(folder, manifest, store),
        offsets=np.cumsum([0, *manifest["rows"]], dtype=np.int64),
        lexical=Lexical.load(postings) if postings.is_dir() else None,
        mined=tuple(tuple(pair) for pair in manifest["mined"]),
        store=manifest["store"],
    )


def _vectors(folder: Path, manifest: dict[str, Any], store: Store | None) -> Vectors:
    """Where the manifest says they are; none of a store that is not in use."""
    if manifest["store"] == FAISS:
        return FaissVectors.load(folder)
    rows = sum(manifest["rows"])
    if store is None or store.name != manifest["store"]:
        return UnopenedVectors(manifest["collection"], rows)
    return store.opened(manifest["collection"], rows)


def texts(folder: Path) -> dict[str, str]:
    """The texts of the documents in an index that cannot be loaded, as far as they can be read."""
    found = {}
    with suppress(OSError):
        for line in (folder / "documents.jsonl").read_bytes().split(b"\n"):
            with suppress(ValueError, KeyError, TypeError):
                kept = json.loads(line)
                found[str(kept["name"])] = str(kept["text"])
    return found


def glossary_of(indexes: Sequence[Index], shipped: Sequence[Sequence[str]]) -> Glossary:
    """The shipped glossary together with what the notes of these courses declare."""
    return Glossary([*shipped, *(pair for index in indexes for pair in index.mined)])


def _read_manifest(folder: Path, course: str) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(course, "its manifest is missing or unreadable") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise _damaged(course, "its manifest is not one")
    if manifest["format"] > FORMAT:
        raise HomeNewer(
            f"The index of '{course}' was written by a newer version of Lecture Tutor.",
            "Update Lecture Tutor, or use another --home.",
        )
    if manifest.pop("seal", None) != _seal(manifest):
        raise _damaged(course, "its manifest is not what was written")
    if manifest["format"] < FORMAT:
        raise _damaged(course, "an earlier version of Lecture Tutor wrote it")
    return manifest


def _seal(manifest: dict[str, Any]) -> str:
    """A hash of the manifest's content, which vouches for all the files."""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _damaged(course: str, why: str) -> IndexDamaged:
    return IndexDamaged(
        f"The index of '{course}' is damaged: {why}.", _REBUILD.format(course=course)
    )


def document_to_dict(document: Document) -> dict[str, Any]:
    """Plain values for JSON; `document_from_dict` is its inverse."""
    return asdict(document)


def document_from_dict(data: dict[str, Any]) -> Document:
    """Raises KeyError, TypeError or ValueError when `data` is not what was written."""
    sections = tuple(
        Section(
            **{
                **section,
                "role": Role(section["role"]),
                "place": Place(**{**section["place"], "path": tuple(section["place"]["path"])}),
            }
        )
        for section in data["sections"]
    )
    skipped = tuple(Skipped(**stretch) for stretch in data["skipped"])
    return Document(**{**data, "sections": sections, "skipped": skipped})


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_lines(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _read_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]
