"""Reads and cleans the three training files; knows nothing about tokens, tensors or models."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import EmptyFile, NoSuchPath

PARALLEL_FILE = "parallel_ko_en.train.jsonl.gz"
HEADING_FILE = "heading_body.train.jsonl.gz"
STS_NLI_FILE = "ko_sts_nli.train.jsonl.gz"

TextPair = tuple[str, str]

_ANCHOR = re.compile(r"\s*\[\[[^\]]*\]\]")
_SENTENCE_END = re.compile(r"(?<=[.!?。])\s+")
_MIN_SENTENCE = 12
_MAX_SAME_HEADING = 2
_CLOZE_PER_SECTION = 3


@dataclass(frozen=True)
class Corpus:
    """Everything the student learns from, cleaned and without duplicates.

    Attributes:
        parallel: (English, Korean) texts that say the same.
        headings: (heading, body of its section), one language per pair.
        triplets: (premise, entailed sentence, contradicting sentence), Korean.
        rated: (sentence, sentence, similarity in 0..1), Korean.
    """

    parallel: tuple[TextPair, ...]
    headings: tuple[TextPair, ...]
    triplets: tuple[tuple[str, str, str], ...]
    rated: tuple[tuple[str, str, float], ...]


def load_corpus(folder: Path, *, share_alike: bool = True) -> Corpus:
    """Read the three training files.

    Args:
        folder: Where the files named by the constants of this module lie.
        share_alike: Whether rows under a share-alike licence may be used.

    Raises:
        NoSuchPath: If one of the files is missing.
        EmptyFile: If no translation is left to learn from.
    """
    sts_nli = list(_rows(folder / STS_NLI_FILE, share_alike))
    parallel = _unique_pairs(
        (row["en"], row["ko"]) for row in _rows(folder / PARALLEL_FILE, share_alike)
    )
    if not parallel:
        raise EmptyFile(
            f"{folder / PARALLEL_FILE} holds no usable translation.",
            "Check the file against the description in the model card.",
        )
    return Corpus(
        parallel=parallel,
        headings=_telling_headings(
            [(row["q"], row["p"]) for row in _rows(folder / HEADING_FILE, share_alike)]
        ),
        triplets=tuple((row["a"], row["pos"], row["neg"]) for row in sts_nli if "neg" in row),
        rated=tuple((row["a"], row["b"], float(row["score"])) for row in sts_nli if "b" in row),
    )


def sentences(text: str) -> list[str]:
    """Split running text after sentence-ending marks; fragments join what precedes them."""
    found: list[str] = []
    for part in _SENTENCE_END.split(text):
        if found and len(part) < _MIN_SENTENCE:
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def cloze_pairs(bodies: Sequence[str], rng: np.random.Generator) -> list[TextPair]:
    """Pair sentences with the rest of their own section (inverse cloze, Lee et al. 2019)."""
    pairs: list[TextPair] = []
    for body in bodies:
        parts = sentences(body)
        if len(parts) < 3:
            continue
        for pick in rng.permutation(len(parts))[:_CLOZE_PER_SECTION]:
            rest = " ".join(parts[:pick] + parts[pick + 1 :])
            pairs.append((parts[pick], rest))
    return pairs


def crossed_cloze_pairs(parallel: Sequence[TextPair], rng: np.random.Generator) -> list[TextPair]:
    """Pair one sentence of a paragraph with the whole paragraph in the other language."""
    pairs: list[TextPair] = []
    for en, ko in parallel:
        for source, target in ((en, ko), (ko, en)):
            parts = sentences(source)
            if len(parts) > 1:
                pairs.append((parts[rng.integers(len(parts))], target))
    return pairs


def _rows(path: Path, share_alike: bool) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise NoSuchPath(
            f"The training file {path} does not exist.",
            "The model card in this folder says which three files training needs.",
        )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            if share_alike or "-SA-" not in row["licence"]:
                yield row


def _unique_pairs(pairs: Iterator[TextPair]) -> tuple[TextPair, ...]:
    # a text seen twice would be its own wrong answer within a batch
    seen: set[str] = set()
    kept: list[TextPair] = []
    for left, right in pairs:
        left, right = _clean(left), _clean(right)
        if left and right and left not in seen and right not in seen and left != right:
            seen.update((left, right))
            kept.append((left, right))
    return tuple(kept)


def _telling_headings(pairs: Sequence[TextPair]) -> tuple[TextPair, ...]:
    """Drop headings such as "Overview" that stand above many sections and name none."""
    times = Counter(_clean(heading).casefold() for heading, _ in pairs)
    kept = _unique_bodies((_clean(heading), _clean(body)) for heading, body in pairs)
    return tuple(p for p in kept if p[0] and times[p[0].casefold()] <= _MAX_SAME_HEADING)


def _unique_bodies(pairs: Iterator[TextPair]) -> list[TextPair]:
    return list({body: (heading, body) for heading, body in pairs if body}.values())


def _clean(text: str) -> str:
    return _ANCHOR.sub("", text).strip()
