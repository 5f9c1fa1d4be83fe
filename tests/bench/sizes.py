"""What an index costs as it grows: FAISS's kinds of index, and whole courses on disk and in memory.

Large ones are made of the bundled course: its sentence vectors with noise, its chunks with a tenth
of their terms exchanged. Questions are those of the gold set.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import faiss
import numpy as np

from ingest.build import BUNDLED, ensure_bundled
from ingest.embed import Encoder
from ingest.index import Index, searchable
from ingest.lexical import Lexical
from ingest.library import CourseRecord, Library
from ingest.vectors import FaissVectors
from ingest.words import terms
from tests.bench.retrieval import GOLD
from tests.bench.speed import measured
from tests.bench.table import show
from tutor.evaluate import read_questions

CHUNKS = (1_000, 100_000)
ROWS = (6_000, 100_000, 600_000)
"""Six sentences a chunk."""
MILLION = 1_000_000
NOISE = 0.6
"""Length of what is added to a unit vector: a row's nearest neighbours stay of its kind."""
EXCHANGED = 0.1
_SLOW_BUILD = 100_000
"""Rows from which on a graph takes minutes to build; more are left out."""


def print_sizes(library: Library, encoder: Encoder, *, million: bool) -> None:
    """The size tables of docs/benchmarks.md."""
    ensure_bundled(library, encoder)
    bundled = library.load(BUNDLED, encoder.name)
    _print_faiss(bundled, encoder, [*ROWS, *([MILLION] if million else [])], graphs=million)
    _print_courses(library, bundled)


def _print_faiss(index: Index, encoder: Encoder, sizes: Sequence[int], *, graphs: bool) -> None:
    queries = encoder.queries([question.question for question in read_questions(GOLD)][:200])
    rows = []
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    for size in sizes:
        vectors = _noisy(index.vectors.matrix(), size, seed=size)
        exact = None
        for name, built in _kinds(size, vectors, graphs=graphs):
            seconds, found = built
            times, nearest = [], []
            for query in queries:
                started = time.process_time()
                nearest.append(set(found.search(query[None], 10)[1][0].tolist()))
                times.append(1000 * (time.process_time() - started))
            exact = exact or nearest
            recall = np.mean([len(a & b) / 10 for a, b in zip(exact, nearest, strict=True)])
            megabytes = len(faiss.serialize_index(found)) / 1e6
            rows.append(
                [f"{size:,}", name, f"{recall:.3f}", f"{np.median(times):.2f}", f"{megabytes:.0f}",
                 f"{seconds:.1f}"]
            )  # fmt: skip
            del found, built
    faiss.omp_set_num_threads(threads)
    columns = ["rows", "index", "recall@10", "ms a query (CPU)", "MB", "build s (CPU)"]
    show("FAISS, 256 dimensions, one thread", columns, rows)


def _kinds(size: int, vectors, *, graphs: bool) -> Iterator[tuple[str, tuple[float, faiss.Index]]]:
    """Every kind of index filled with the vectors, exact first, with the seconds it took."""
    dimension = vectors.shape[1]
    product = faiss.METRIC_INNER_PRODUCT
    scalar = faiss.ScalarQuantizer
    yield "Flat, 32 bits (exact)", _filled(faiss.IndexFlatIP(dimension), vectors)
    half = faiss.IndexScalarQuantizer(dimension, scalar.QT_fp16, product)
    yield "Flat, 16 bits", _filled(half, vectors)
    eighth = faiss.IndexScalarQuantizer(dimension, scalar.QT_8bit, product)
    yield "Flat, 8 bits", _filled(eighth, vectors)
    if graphs and size <= _SLOW_BUILD:
        graph = faiss.IndexHNSWFlat(dimension, 32, product)
        graph.hnsw.efSearch = 128
        yield "HNSW32, ef 128", _filled(graph, vectors)


def _filled(index: faiss.Index, vectors) -> tuple[float, faiss.Index]:
    started = time.process_time()
    index.train(vectors)
    index.add(vectors)
    return time.process_time() - started, index


def _print_courses(library: Library, bundled: Index) -> None:
    rows = []
    for count in CHUNKS:
        name = f"chunks-{count}"
        library.save(_grown(bundled, name, count), CourseRecord(name, ""))
        folder = library.home / "courses" / f"c-{name}"
        disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        found = measured(library.home, name)
        passages = found["passages"]
        rows.append(
            [
                f"{count:,}",
                f"{disk:.0f} MB",
                f"{found['opened_mb'] or 0:.0f} MB",
                f"{found['running_mb'] or 0:.0f} MB",
                f"{passages['cpu_p50']:.1f} / {passages['cpu_p95']:.1f} ms",
                f"{passages['wall_p50']:.1f} / {passages['wall_p95']:.1f} ms",
            ]
        )
    show(
        "Whole courses",
        ["chunks", "disk", "memory to open", "process", "passages p50 / p95, CPU", "wall-clock"],
        rows,
    )


def _grown(index: Index, course: str, count: int) -> Index:
    """A course of `count` chunks like those of `index`."""
    base = len(index.chunks)
    copies = -(-count // base)
    rng = np.random.default_rng(count)
    said = [terms(searchable(chunk)) for chunk in index.chunks]
    vocabulary = sorted({term for of in said for term in of})
    chunks, texts, rows = [], [], []
    for number in range(count):
        copy, at = divmod(number, base)
        chunk = index.chunks[at]
        chunks.append(
            replace(
                chunk,
                id=f"{chunk.id[:10]}{copy:06d}",
                course=course,
                document=f"{copy}/{chunk.document}",
            )
        )
        drawn = rng.random(len(said[at])) < EXCHANGED
        others = rng.integers(len(vocabulary), size=len(said[at]))
        texts.append(
            [
                vocabulary[other] if swap else term
                for term, swap, other in zip(said[at], drawn, others, strict=True)
            ]
        )
        rows.append(range(index.offsets[at], index.offsets[at + 1]))
    documents = {
        f"{copy}/{name}": replace(document, name=f"{copy}/{name}")
        for copy in range(copies)
        for name, document in index.documents.items()
    }
    real = index.vectors.matrix()
    picked = real[[row for of in rows for row in of]]
    return Index(
        course=course,
        encoder=index.encoder,
        documents=documents,
        chunks=tuple(chunks),
        vectors=FaissVectors.of(_with_noise(picked, rng)),
        offsets=np.cumsum([0, *map(len, rows)], dtype=np.int64),
        lexical=Lexical.build(texts),
        mined=index.mined,
    )


def _noisy(real, count: int, *, seed: int):
    """`count` unit vectors near real ones."""
    rng = np.random.default_rng(seed)
    return _with_noise(real[rng.integers(len(real), size=count)], rng)


def _with_noise(vectors, rng):
    """Unit vectors moved a little, in blocks: a million of them would need several GB at once."""
    moved = np.empty_like(vectors)
    scale = NOISE / np.sqrt(vectors.shape[1])
    for at in range(0, len(vectors), 50_000):
        block = vectors[at : at + 50_000]
        some = block + scale * rng.standard_normal(block.shape, dtype=np.float32)
        moved[at : at + 50_000] = some / np.linalg.norm(some, axis=1, keepdims=True)
    return moved
