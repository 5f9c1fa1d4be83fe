"""One course's index: its documents, chunks, vectors (FAISS) and postings, in memory and on disk.

The one door to faiss. Knows how an index is searched, written and checked; knows nothing about
homes, questions or answers. `Index.dense` and `Index.lexical` run at question time: they live here
because a vector means something only to the index it was put in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from ingest.document import Chunk, Document, Place, Role, Section, Skipped
from ingest.embed import Encoder, Vectors
from ingest.errors import HomeNewer, IndexDamaged, IndexMismatch
from ingest.glossary import Glossary, mine
from ingest.lexical import Lexical
from ingest.words import terms

FORMAT = 1
"""Raised when files change their meaning; an index of a higher format is refused."""
Progress = Callable[[str, int, int], None]
"""Called with a step's name, how much is done, and how much there is."""
_BATCH = 256
_MANIFEST = "manifest.json"
_REBUILD = "Run `tutor ingest PATH --course {course}` with your notes to build it again."


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that is searched in one course.

    Args:
        course: its name.
        encoder: `Encoder.name` of the encoder the vectors come from.
        vectors: unit vectors, shape (chunks, dimension), in the order of `chunks`; inner product
            is cosine similarity.
        mined: pairs of words that the notes themselves declare to mean the same.
    """

    course: str
    encoder: str
    documents: dict[str, Document]
    chunks: tuple[Chunk, ...]
    vectors: faiss.Index
    lexical: Lexical | None
    mined: tuple[tuple[str, ...], ...]

    def dense(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosine of every chunk with a unit query vector, shape (chunks,)."""
        count = len(self.chunks)
        scores = np.zeros(count, dtype=np.float32)
        if count:
            found, order = self.vectors.search(query.reshape(1, -1), count)
            scores[order[0]] = found[0]
        return scores


def build(
    course: str,
    documents: Sequence[Document],
    chunks: Sequence[Chunk],
    encoder: Encoder,
    progress: Progress,
    previous: Index | None = None,
) -> Index:
    """An index over chunks; vectors of texts that `previous` already holds are taken over."""
    analysed = []
    for done, piece in enumerate(chunks):
        analysed.append(terms(searchable(piece)))
        if done % 50 == 0:
            progress("analyse", done, len(chunks))
    vectors = faiss.IndexFlatIP(encoder.dimension)
    if chunks:
        vectors.add(_embed(chunks, encoder, progress, previous))
    return Index(
        course=course,
        encoder=encoder.name,
        documents={document.name: document for document in documents},
        chunks=tuple(chunks),
        vectors=vectors,
        lexical=Lexical.build(analysed) if any(analysed) else None,
        mined=tuple(tuple(pair) for pair in mine(chunk.text for chunk in chunks)),
    )


def searchable(chunk: Chunk) -> str:
    """What of a chunk is indexed: the titles above it count, then its text."""
    return "\n".join((chunk.place.title, *chunk.place.path, chunk.text))


def _embed(
    chunks: Sequence[Chunk], encoder: Encoder, progress: Progress, previous: Index | None
) -> Vectors:
    vectors = np.zeros((len(chunks), encoder.dimension), dtype=np.float32)
    known = _known_vectors(previous, encoder)
    texts = [searchable(chunk) for chunk in chunks]
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


def _known_vectors(previous: Index | None, encoder: Encoder) -> dict[str, NDArray[np.float32]]:
    if previous is None or previous.encoder != encoder.name or not previous.chunks:
        return {}
    vectors = previous.vectors.reconstruct_n(0, len(previous.chunks))
    return {searchable(chunk): vectors[row] for row, chunk in enumerate(previous.chunks)}


def save(index: Index, folder: Path) -> None:
    """Write an index as plain files into an empty folder, the manifest with their hashes last.

    FAISS cannot open non-ASCII paths on Windows, so its bytes go through Python's own files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / "documents.jsonl", [_document_dict(d) for d in index.documents.values()])
    _write_lines(folder / "chunks.jsonl", [chunk.to_dict() for chunk in index.chunks])
    (folder / "vectors.faiss").write_bytes(faiss.serialize_index(index.vectors).tobytes())
    if index.lexical is not None:
        index.lexical.save(folder / "lexical")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "format": FORMAT,
        "course": index.course,
        "encoder": index.encoder,
        "dimension": index.vectors.d,
        "chunks": len(index.chunks),
        "mined": index.mined,
        "files": {path.relative_to(folder).as_posix(): _hash(path) for path in files},
    }
    manifest["seal"] = _seal(manifest)
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / _MANIFEST).write_text(text, encoding="utf-8")


def load(folder: Path, course: str, encoder: str | None) -> Index:
    """The index `save` wrote.

    Args:
        folder: one generation's.
        course: its name, for messages.
        encoder: `Encoder.name` of the encoder that questions will be asked with; None to take the
            index as it is, for its documents.

    Raises:
        IndexDamaged: a file is missing, cut short or altered.
        IndexMismatch: it was built by another encoder.
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
    try:
        return _read(folder, course, manifest)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise _damaged(course, str(error)) from error


def _read(folder: Path, course: str, manifest: dict[str, Any]) -> Index:
    for name, digest in manifest["files"].items():
        if _hash(folder / name) != digest:
            raise ValueError(f"{name} is not what was written")
    documents = [_document(line) for line in _read_lines(folder / "documents.jsonl")]
    data = np.frombuffer((folder / "vectors.faiss").read_bytes(), dtype=np.uint8)
    postings = folder / "lexical"
    return Index(
        course=course,
        encoder=manifest["encoder"],
        documents={document.name: document for document in documents},
        chunks=tuple(Chunk.from_dict(line) for line in _read_lines(folder / "chunks.jsonl")),
        vectors=faiss.deserialize_index(data),
        lexical=Lexical.load(postings) if postings.is_dir() else None,
        mined=tuple(tuple(pair) for pair in manifest["mined"]),
    )


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
    return manifest


def _seal(manifest: dict[str, Any]) -> str:
    """A hash of the manifest's content, which vouches for all the files."""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _damaged(course: str, why: str) -> IndexDamaged:
    return IndexDamaged(
        f"The index of '{course}' is damaged: {why}.", _REBUILD.format(course=course)
    )


def _document_dict(document: Document) -> dict[str, Any]:
    return asdict(document)


def _document(data: dict[str, Any]) -> Document:
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
