"""Rows of vectors: exact while there are few, half as large beyond, and told apart to a floor."""

import faiss
import numpy as np
import pytest

from ingest import vectors
from ingest.errors import StoreUnavailable
from ingest.vectors import FaissVectors, UnopenedVectors


def unit(rows, dimension=32, seed=0):
    drawn = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def test_scores_are_cosines_of_every_row():
    rows, query = unit(300), unit(1, seed=1)[0]
    assert FaissVectors.of(rows).scores("", query) == pytest.approx(rows @ query, abs=1e-6)


def test_small_indexes_are_exact():
    assert isinstance(FaissVectors.of(unit(10))._index, faiss.IndexFlatIP)


def test_large_ones_take_half_the_memory_and_find_the_same(monkeypatch, tmp_path):
    rows, queries = unit(2_000), unit(20, seed=1)
    exact = FaissVectors.of(rows)
    monkeypatch.setattr(vectors, "EXACT", 1_000)
    half = FaissVectors.of(rows)
    exact.save(tmp_path)
    size = (tmp_path / "vectors.faiss").stat().st_size
    half.save(tmp_path)
    assert (tmp_path / "vectors.faiss").stat().st_size < 0.55 * size
    for query in queries:
        best = [set(index.nearest("", query)[0][:10]) for index in (exact, half)]
        assert len(best[0] & best[1]) >= 9
        assert half.scores("", query) == pytest.approx(exact.scores("", query), abs=2e-3)


def test_rows_beyond_the_nearest_count_as_the_last_of_them(monkeypatch):
    rows, query = unit(50), unit(1, seed=1)[0]
    monkeypatch.setattr(vectors, "EXACT", 10)
    monkeypatch.setattr(vectors, "NEAREST", 5)
    scores = FaissVectors.of(rows).scores("", query)
    best = np.sort(rows @ query)[::-1]
    assert np.sort(scores)[::-1][:5] == pytest.approx(best[:5], abs=2e-3)
    assert (scores >= best[4] - 2e-3).all()
    assert np.sum(scores == scores.min()) == 46


def test_what_was_saved_comes_back(tmp_path):
    rows = unit(20)
    folder = tmp_path / "색인"
    folder.mkdir()
    FaissVectors.of(rows).save(folder)
    assert (FaissVectors.load(folder).matrix() == rows).all()


def test_a_store_that_is_not_in_use_is_not_searched():
    with pytest.raises(StoreUnavailable, match="not in use"):
        UnopenedVectors("tutor_a", 3).scores("", unit(1)[0])
