"""The signs by which a sentence is judged to answer a question: named numbers, nothing hidden.

Knows questions, passages and words in two languages; knows nothing about how signs are weighed
(`judge`) nor about engines. Every sign is a function of one question and the passages retrieved for
it, so that what is learned on some notes holds on others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ingest.document import Role
from ingest.embed import shipped_encoder
from ingest.sentences import Sentence, sentences
from ingest.words import terms, words
from tutor.llm.message import Passage
from tutor.question import Concept, Kind, kind_of
from tutor.relevance.form import FORMS, defined_by, is_item, wanted_by

Numbers = NDArray[np.float32]

SIGNS = {
    "closeness": 1,  # cosine of question and sentence under its heading
    "closeness_gap": -1,  # how far below the closest sentence of all
    "closeness_beside": 1,  # the better of the two sentences beside it
    "named_beside": 1,  # … that the sentence or one beside it names
    "named_above": 1,  # … that the headings above name
    "named_in_lecture": 1,  # … that what was found of its lecture names together
    "named_around": 1,  # … that its passage names with its headings
    "alike": 1,  # nearness in meaning of each concept's words to the nearest word of the sentence
    "alike_gap": -1,
    "alike_around": 1,
    "head": 1,  # names what is asked about, rather than where or of what
    "asked_share": 1,  # share of the sentence's own words that the question names
    "score_gap": -1,  # log of how far the passage's retrieval score is below the best one
    "commentary": -1,
    "quiz": -1,
    "defines": 0,  # "term : …", "term is …"
    "defines_asked": 1,  # share of the defined term's words that the question names
    "head_defined": 1,  # the defined term is what is asked about
    "asked_defined": 1,  # importance of the concepts that the defined term names
    "item": 0,  # an item of a list
    "item_above": 0,  # the line above is one
    "item_below": 0,
    "heading": -1,  # a heading or a short line that opens others
    "length": 0,  # log of characters
    "place": 0,  # position in its passage, 0..1
    "first": 0,  # first of its passage
    "digits": 0,
    "formula": 0,
    "reason": 0,
    "enumerates": 0,
    "contrast": 0,
    "definition_wanted": 0,
    "list_wanted": 0,
    "how_wanted": 0,
    "why_wanted": 0,
    "compare_wanted": 0,
    "number_wanted": 0,
    "formula_wanted": 0,
    "when_wanted": 0,
    "who_wanted": 0,
    "abbreviation_wanted": 0,
    "wanted": 1,  # holds the kind of thing that is asked for
    "across": 0,  # question and sentence are in different languages
}
"""The columns of `Candidates.signs`, in order: 1 where more can only speak for a sentence, -1 where
it can only speak against it, 0 where either may be. A weight of the other sign would be an accident
of the questions learned from."""
_HANGUL = re.compile(r"[가-힣]")
_COLUMN = {name: column for column, name in enumerate(SIGNS)}


@dataclass(frozen=True, slots=True)
class Candidates:
    """Every sentence of the passages with its signs.

    Args:
        sentences: in the order of the passages.
        owners: for each, the number of its passage in the sequence given, from 0.
        signs: shape (sentences, len(SIGNS)).
        near: how near each sentence comes to each concept, 0..1, shape (sentences, concepts).
        near_above: the same of each passage's headings, shape (passages, concepts).
        weights: importance of the concepts, summing to 1.
    """

    sentences: tuple[Sentence, ...]
    owners: NDArray[np.int64]
    signs: Numbers
    near: Numbers
    near_above: Numbers
    weights: Numbers

    def column(self, name: str) -> Numbers:
        """One sign of every sentence."""
        return np.asarray(self.signs[:, _COLUMN[name]], dtype=np.float32)


def read(question: str, concepts: Sequence[Concept], passages: Sequence[Passage]) -> Candidates:
    """The sentences of the passages and their signs for one question.

    Args:
        question: standing alone.
        concepts: what it names.
        passages: best first.
    """
    said = [sentences(passage.chunk) for passage in passages]
    found = tuple(chain.from_iterable(said))
    owners = np.repeat(np.arange(len(said)), [len(some) for some in said])
    if not found:
        nothing = np.zeros((0, len(SIGNS)), dtype=np.float32)
        return Candidates((), owners, nothing, nothing, nothing, nothing[0:0, 0])
    bags = [frozenset(terms(sentence.text)) for sentence in found]
    above = [_above(passage) for passage in passages]
    near = _near(concepts, [sentence.text for sentence in found], bags)
    headings = [" ".join((p.chunk.place.title, *p.chunk.place.path)) for p in passages]
    weights = np.array([concept.importance for concept in concepts], dtype=np.float32)
    weights /= max(float(weights.sum()), 1e-6)
    asked = _asked_terms(concepts)
    columns = _close(passages, owners) | _alike(near, weights, owners)
    columns |= _naming(concepts, passages, owners, bags, above)
    columns |= _standing(passages, owners)
    columns |= _shape(found, owners, concepts, asked)
    columns |= _wanted(question, found)
    korean = _HANGUL.search(question) is not None
    columns["asked_share"] = _column(len(bag & asked) / len(bag) if bag else 0.0 for bag in bags)
    columns["across"] = _column((_HANGUL.search(s.text) is not None) != korean for s in found)
    table = np.stack([columns[name] for name in SIGNS], axis=1)
    return Candidates(found, owners, table, near, _near(concepts, headings, above), weights)


def _close(passages: Sequence[Passage], owners: NDArray[np.int64]) -> dict[str, Numbers]:
    """What the encoder says of question and sentence."""
    counts = np.bincount(owners, minlength=len(passages))
    close = _column(c for p, n in zip(passages, counts, strict=True) for c in p.closeness[: int(n)])
    return {
        "closeness": close,
        "closeness_gap": close.max() - close,
        "closeness_beside": _beside(close, owners),
    }


def _alike(near: Numbers, weights: Numbers, owners: NDArray[np.int64]) -> dict[str, Numbers]:
    """How near the words come to all concepts together."""
    alike = near @ weights
    around = _most(near, owners, int(owners[-1]) + 1) @ weights
    return {"alike": alike, "alike_gap": alike.max() - alike, "alike_around": around[owners]}


def _naming(
    concepts: Sequence[Concept],
    passages: Sequence[Passage],
    owners: NDArray[np.int64],
    bags: Sequence[frozenset[str]],
    above: Sequence[frozenset[str]],
) -> dict[str, Numbers]:
    """How much of the question is named in the sentence and in ever wider surroundings."""
    around = [frozenset(chain(above[n], *_of(bags, owners, n))) for n in range(len(passages))]
    return {
        "head": _named([concept for concept in concepts if concept.head], bags),
        "named_beside": _named(concepts, _with_neighbours(bags, owners)),
        "named_above": _named(concepts, above)[owners],
        "named_in_lecture": _named(concepts, _by_lecture(passages, around))[owners],
        "named_around": _named(concepts, around)[owners],
    }


def _column(values: Iterable[float]) -> Numbers:
    return np.fromiter(values, dtype=np.float32)


def _above(passage: Passage) -> frozenset[str]:
    place = passage.chunk.place
    return frozenset(terms("\n".join((place.title, *place.path))))


def _by_lecture(
    passages: Sequence[Passage], around: Sequence[frozenset[str]]
) -> list[frozenset[str]]:
    """For each passage the words of all passages found of its lecture."""
    said: dict[tuple[object, ...], set[str]] = {}
    keys = [
        (p.chunk.course, p.chunk.document, p.chunk.place.week, p.chunk.place.lecture)
        for p in passages
    ]
    for key, words_of in zip(keys, around, strict=True):
        said.setdefault(key, set()).update(words_of)
    return [frozenset(said[key]) for key in keys]


def _of(bags: Sequence[frozenset[str]], owners: NDArray[np.int64], n: int) -> list[frozenset[str]]:
    return [bags[int(i)] for i in np.flatnonzero(owners == n)]


def _with_neighbours(
    bags: Sequence[frozenset[str]], owners: NDArray[np.int64]
) -> list[frozenset[str]]:
    """Each sentence's words together with those of the sentences beside it in its passage."""
    return [
        frozenset(
            chain.from_iterable(
                bags[i]
                for i in range(max(0, at - 1), min(len(bags), at + 2))
                if owners[i] == owners[at]
            )
        )
        for at in range(len(bags))
    ]


def _most(near: Numbers, owners: NDArray[np.int64], passages: int) -> Numbers:
    """The nearest that any sentence of each passage comes, shape (passages, concepts)."""
    most = np.zeros((passages, near.shape[1]), dtype=np.float32)
    np.maximum.at(most, owners, near)
    return most


def _beside(values: Numbers, owners: NDArray[np.int64]) -> Numbers:
    padded = np.full(len(values), -1.0, dtype=np.float32)
    same = owners[1:] == owners[:-1]
    padded[1:][same] = values[:-1][same]
    later = np.full(len(values), -1.0, dtype=np.float32)
    later[:-1][same] = values[1:][same]
    best = np.maximum(padded, later)
    return np.asarray(np.where(best < -0.99, 0.0, best), dtype=np.float32)


def _named(concepts: Sequence[Concept], bags: Sequence[frozenset[str]]) -> Numbers:
    total = sum(concept.importance for concept in concepts)
    if not total:
        return np.zeros(len(bags), dtype=np.float32)
    return _column(sum(c.importance * c.share_in(bag) for c in concepts) / total for bag in bags)


def _asked_terms(concepts: Sequence[Concept]) -> frozenset[str]:
    return frozenset(
        chain.from_iterable(
            chain(chain.from_iterable(c.forms), chain.from_iterable(c.translations.values()))
            for c in concepts
        )
    )


def _near(
    concepts: Sequence[Concept], texts: Sequence[str], bags: Sequence[frozenset[str]]
) -> Numbers:
    """How near each text comes to each concept, 0..1, shape (texts, concepts).

    A concept that is named counts 1; else the mean over its words of the nearest word of the text
    by the shipped encoder, which knows "weakness" and "한계" for near without any table.
    """
    near = np.zeros((len(texts), len(concepts)), dtype=np.float32)
    said = [[text[w.start : w.end] for w in words(text)] for text in texts]
    known = {word: n for n, word in enumerate(dict.fromkeys(chain.from_iterable(said)))}
    if known and concepts:
        vocabulary = _vectors(tuple(known))
        closest = np.stack([_closest(concept, vocabulary) for concept in concepts])
        for row, text in enumerate(said):
            if text:
                near[row] = closest[:, [known[word] for word in text]].max(axis=1)
    for column, concept in enumerate(concepts):
        named = _column(concept.share_in(bag) for bag in bags)
        near[:, column] = np.maximum(near[:, column], named)
    return near


def _closest(concept: Concept, vocabulary: Numbers) -> Numbers:
    """Cosine of a concept, as the question writes it, with every word, shape (words,)."""
    asked = concept.written or " ".join(concept.forms[0])
    return np.asarray(np.maximum(vocabulary @ _vector(asked), 0.0), dtype=np.float32)


def _vectors(texts: Sequence[str]) -> Numbers:
    return np.stack([_vector(text) for text in texts])


@lru_cache(maxsize=50_000)
def _vector(word: str) -> Numbers:
    return np.asarray(shipped_encoder().queries([word])[0], dtype=np.float32)


def _standing(passages: Sequence[Passage], owners: NDArray[np.int64]) -> dict[str, Numbers]:
    scores = np.array([passage.score for passage in passages], dtype=np.float32)
    roles = [passage.chunk.role for passage in passages]
    columns = {"score_gap": np.log1p(scores.max() - scores)[owners]}
    for role in (Role.COMMENTARY, Role.QUIZ):
        columns[role.value] = _column(r is role for r in roles)[owners]
    return columns


def _shape(
    found: Sequence[Sentence],
    owners: NDArray[np.int64],
    concepts: Sequence[Concept],
    asked: frozenset[str],
) -> dict[str, Numbers]:
    """What a sentence looks like, whatever is asked."""
    items = _column(is_item(sentence) for sentence in found)
    same = np.concatenate([[False], owners[1:] == owners[:-1]])
    defined = [defined_by(sentence.text) for sentence in found]
    counts = np.bincount(owners)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    index = np.arange(len(found)) - starts[owners]
    return {
        "defines": _column(bool(term) for term in defined),
        "defines_asked": _column(
            len(term & asked) / len(term) if term else 0.0 for term in defined
        ),
        "asked_defined": _named(concepts, defined),
        "head_defined": _column(
            any(c.head and c.share_in(term) == 1.0 for c in concepts) for term in defined
        ),
        "item": items,
        "item_above": np.where(same, np.roll(items, 1), 0.0).astype(np.float32),
        "item_below": np.where(np.roll(same, -1), np.roll(items, -1), 0.0).astype(np.float32),
        "heading": _column(
            s.text in s.chunk.place.path or s.text.rstrip().endswith((":", "：")) for s in found
        ),
        "length": _column(math.log(1 + len(s.text)) for s in found),
        "place": (index / np.maximum(counts[owners] - 1, 1)).astype(np.float32),
        "first": (index == 0).astype(np.float32),
    } | {
        name: _column(pattern.search(sentence.text) is not None for sentence in found)
        for name, pattern in FORMS.items()
    }


def _wanted(question: str, found: Sequence[Sentence]) -> dict[str, Numbers]:
    """What kind of answer is asked for, and whether a sentence holds it."""
    holds = map(wanted_by(question), found)
    kind = kind_of(question)
    columns = {
        f"{each.value}_wanted": np.full(len(found), float(each is kind), dtype=np.float32)
        for each in Kind
    }
    return columns | {"wanted": _column(holds)}
