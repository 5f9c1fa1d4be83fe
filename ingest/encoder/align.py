"""Learns which Korean and English words translate each other, and writes the term table.

IBM Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation", model 1) in
both directions over the index terms of translated texts. Knows pairs of texts and counts; knows
nothing about retrieval. Run ``python -m ingest.encoder.align --data DIR --out FILE``; the training
file is the encoder's own (model card).
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.encoder.data import TextPair, load_corpus
from ingest.errors import TutorError
from ingest.words import terms

logger = logging.getLogger(__name__)

ROUNDS = 6
"""Of expectation-maximisation; model 1 has one optimum, and six rounds come close to it."""
LONGEST = 40
"""Distinct terms of a text; a longer one says little about which word is which."""
RAREST = 3
"""Texts a word must occur in."""
KEPT = 4
"""Translations kept of a word."""
LEAST = 0.05
"""Score below which a translation is dropped."""

Ids = NDArray[np.int32]
Probabilities = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Links:
    """Every word of a text with every word of its translation, as parallel columns.

    Args:
        text: number of the pair of texts.
        korean: number of the Korean word, 0 for no word at all.
        english: number of the English word, 0 for no word at all.
    """

    text: Ids
    korean: Ids
    english: Ids


def learn(pairs: Sequence[TextPair]) -> list[tuple[str, str, float]]:
    """The table: Korean term, English term, and how surely they translate each other.

    Args:
        pairs: (English, Korean) texts that say the same.

    Returns:
        Rows sorted by term; the score is the geometric mean of the two directions' probabilities,
        above `LEAST`, and a row is among the `KEPT` best of its Korean or of its English term.
    """
    english = [_distinct(terms(en), latin=True) for en, _ in pairs]
    korean = [_distinct(terms(ko), latin=False) for _, ko in pairs]
    known_english, known_korean = _common(english), _common(korean)
    links = _links(
        [[known_korean[w] for w in text if w in known_korean] for text in korean],
        [[known_english[w] for w in text if w in known_english] for text in english],
    )
    scores = _scores(links, len(known_korean) + 1, len(known_english) + 1)
    names_korean, names_english = ["", *known_korean], ["", *known_english]
    return sorted((names_korean[k], names_english[e], s) for k, e, s in _best(scores))


def _distinct(found: Sequence[str], *, latin: bool) -> list[str]:
    """A text's words of one script, once each: a name written alike in both needs no table."""
    kept = (w for w in found if w.isascii() == latin and not w[0].isdecimal())
    return list(dict.fromkeys(kept))[:LONGEST]


def _common(texts: Iterable[Sequence[str]]) -> dict[str, int]:
    """Words in `RAREST` texts or more, numbered from 1 in the order of the alphabet."""
    counts = Counter(word for text in texts for word in text)
    return {w: n for n, w in enumerate(sorted(w for w in counts if counts[w] >= RAREST), start=1)}


def _links(korean: Sequence[Sequence[int]], english: Sequence[Sequence[int]]) -> Links:
    columns: list[list[Ids]] = [[], [], []]
    for number, (ko, en) in enumerate(zip(korean, english, strict=True)):
        if ko and en:
            # word 0 on either side takes what has no counterpart
            left, right = np.array([0, *ko], np.int32), np.array([0, *en], np.int32)
            columns[0].append(np.full(len(left) * len(right), number, np.int32))
            columns[1].append(np.repeat(left, len(right)))
            columns[2].append(np.tile(right, len(left)))
    return Links(*(np.concatenate(column) for column in columns))


def _scores(links: Links, korean: int, english: int) -> tuple[Ids, Ids, Probabilities]:
    """Korean word, English word and the geometric mean of p(en | ko) and p(ko | en)."""
    code = links.korean.astype(np.int64) * english + links.english
    pairs, column = np.unique(code, return_inverse=True)
    first, second = (pairs // english).astype(np.int32), (pairs % english).astype(np.int32)
    there = _probabilities(links.text, links.english, column, first)
    logger.info("aligned Korean to English")
    back = _probabilities(links.text, links.korean, column, second)
    logger.info("aligned English to Korean")
    return first, second, np.sqrt(there * back) * ((first > 0) & (second > 0))


def _probabilities(text: Ids, target: Ids, column: NDArray[np.intp], source: Ids) -> Probabilities:
    """p(target word | source word) for every distinct pair of words.

    Args:
        text: number of the text of each link.
        target: the word of each link that is explained.
        column: number of each link's pair of words.
        source: for each pair of words, the one that explains.
    """
    _, position = np.unique(text.astype(np.int64) << 32 | target, return_inverse=True)
    real = (target > 0).astype(np.float64)
    share = np.ones(len(source))
    for _ in range(ROUNDS):
        weight = share[column] * real
        weight /= np.maximum(np.bincount(position, weight), 1e-12)[position]
        counts = np.bincount(column, weight, minlength=len(source))
        totals = np.bincount(source, counts)
        share = counts / np.maximum(totals[source], 1e-12)
    return share


def _best(scores: tuple[Ids, Ids, Probabilities]) -> list[tuple[int, int, float]]:
    korean, english, value = scores
    kept = value > LEAST
    korean, english, value = korean[kept], english[kept], value[kept]
    chosen = _top(korean, value) | _top(english, value)
    rows = zip(korean[chosen], english[chosen], value[chosen], strict=True)
    return [(int(k), int(e), float(v)) for k, e, v in rows]


def _top(word: Ids, value: Probabilities) -> NDArray[np.bool_]:
    """Which rows are among the `KEPT` best of their word."""
    order = np.lexsort((-value, word))
    starts = np.flatnonzero(np.r_[True, np.diff(word[order]) != 0])
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    chosen = np.zeros(len(word), dtype=bool)
    chosen[order[rank < KEPT]] = True
    return chosen


def write(rows: Iterable[tuple[str, str, float]], path: Path) -> None:
    """Write the table: a line a row, tab-separated, the score in hundredths."""
    lines = (f"{korean}\t{english}\t{round(100 * score)}\n" for korean, english, score in rows)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn the table from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--out", type=Path, required=True, help="the table to write")
    parser.add_argument(
        "--no-share-alike", action="store_true", help="leave out rows under CC-BY-SA licences"
    )
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        corpus = load_corpus(options.data, share_alike=not options.no_share_alike)
    except TutorError as error:
        parser.error(f"{error.message} {error.hint}")
    rows = learn(corpus.parallel)
    write(rows, options.out)
    logger.info("%d rows written to %s", len(rows), options.out)


if __name__ == "__main__":
    main()
