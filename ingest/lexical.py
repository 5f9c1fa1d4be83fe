"""BM25 over index terms, with weighted query terms and a typo-tolerant back-off.

The one door to bm25s (which computes and stores the scores) and rapidfuzz. Knows terms, not texts;
knows nothing about vectors. bm25s takes no weights for single query terms, so the columns of its
score matrix are summed here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from ingest.words import to_letters

TYPO_WEIGHT = 0.8
"""Weight of a known word that an unknown one is probably a misspelling of, times similarity."""
_TYPO_CUTOFF = 74.0
"""Similarity in percent (rapidfuzz `ratio` over letters, Hangul as jamo)."""
_SHORT_CUTOFF = 84.0
_PARAMETERS = {"method": "lucene", "k1": 1.2, "b": 0.6}


Vocabulary = Mapping[str, str]
"""Words with the letters they are compared by."""


class Lexical:
    """Postings of a set of chunks, in the order in which they were given."""

    def __init__(self, scorer: bm25s.BM25) -> None:
        self._scorer = scorer

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> Lexical:
        """Postings of texts given as lists of terms; at least one text must have a term."""
        scorer = bm25s.BM25(**_PARAMETERS)
        scorer.index([list(text) for text in texts], show_progress=False)
        return cls(scorer)

    def scores(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """BM25 of every text for a weighted query.

        Args:
            weights: query term → weight, 1 for a word of the question itself.

        Returns:
            Shape (texts,), 0 where no term occurs.
        """
        total = np.zeros(self._scorer.scores["num_docs"], dtype=np.float32)
        matrix = self._scorer.scores
        for term, weight in weights.items():
            column = self._scorer.vocab_dict.get(term)
            if column is None:
                continue
            start, end = matrix["indptr"][column], matrix["indptr"][column + 1]
            total[matrix["indices"][start:end]] += weight * matrix["data"][start:end]
        return total

    def __len__(self) -> int:
        """How many texts there are."""
        return int(self._scorer.scores["num_docs"])

    def holding(self, phrase: Sequence[str]) -> int:
        """How many texts hold every term of a phrase."""
        held = None
        for term in phrase:
            column = self._scorer.vocab_dict.get(term)
            if column is None:
                return 0
            start, end = self._scorer.scores["indptr"][column : column + 2]
            found = self._scorer.scores["indices"][start:end]
            held = found if held is None else np.intersect1d(held, found, assume_unique=True)
        return 0 if held is None else len(held)

    def __contains__(self, term: str) -> bool:
        return bool(term) and term in self._scorer.vocab_dict

    def correct(self, term: str, *, name: bool = False) -> dict[str, float]:
        """Known words that an unknown one may be a misspelling of, with weights below 1.

        A compound written in one word ("포갯게이트") is also tried as a known part and the rest.

        Args:
            term: an index term.
            name: whether it is written like a name: "YOLO" is not "YOLOS", though "LTSM" is "LSTM".
        """
        if term in self or len(term) < 2 or term.isdecimal():
            return {}
        found = similar(term, self._vocabulary)
        if name:
            return {word: weight for word, weight in found.items() if sorted(word) == sorted(term)}
        for cut in range(2, len(term) - 1) if not found and not term.isascii() else ():
            for known, rest in ((term[cut:], term[:cut]), (term[:cut], term[cut:])):
                if known in self:
                    more = {rest: 1.0} if rest in self else similar(rest, self._vocabulary)
                    found |= {known: TYPO_WEIGHT} | more if more else {}
        return found

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary(self._scorer.vocab_dict)

    def save(self, folder: Path) -> None:
        """Write plain files (NumPy arrays without objects, JSON) into `folder`."""
        self._scorer.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Lexical:
        """What `save` wrote.

        Raises:
            OSError, ValueError, KeyError: files missing or damaged.
        """
        parameters = json.loads((folder / "params.index.json").read_text(encoding="utf-8"))
        scorer = bm25s.BM25(**_PARAMETERS)
        scorer.vocab_dict = json.loads((folder / "vocab.index.json").read_text(encoding="utf-8"))
        scorer.scores = {
            name: np.load(folder / f"{name}.csc.index.npy", allow_pickle=False)
            for name in ("data", "indices", "indptr")
        } | {"num_docs": parameters["num_docs"]}
        return cls(scorer)


def vocabulary(words: Iterable[str]) -> Vocabulary:
    """Words that another may be a misspelling of."""
    return {word: to_letters(word) for word in words if len(word) > 1 and not word.isdecimal()}


def similar(term: str, known: Vocabulary) -> dict[str, float]:
    """Known words that one may be a misspelling of, with weights below 1."""
    letters = to_letters(term)
    if len(letters) < 4:
        return {}
    found = process.extract(letters, known, scorer=fuzz.ratio, score_cutoff=_TYPO_CUTOFF, limit=3)
    if term.isascii() and len(term) < 7:
        # short English words have too many neighbours that are words of their own
        found = [row for row in found if row[2][0] == term[0] and _near(row, letters)]
    best = found[0][1] if found else 0.0
    # the runners-up only when they are as likely as the best
    return {key: TYPO_WEIGHT * score / 100 for _, score, key in found if score > best - 4}


def _near(row: tuple[str, float, str], letters: str) -> bool:
    """Nearly the same letters, or the same ones with two of them swapped ("LTSM")."""
    return row[1] >= _SHORT_CUTOFF or sorted(row[0]) == sorted(letters)
