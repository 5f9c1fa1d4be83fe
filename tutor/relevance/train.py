"""Learns the weights of the judge: `python -m tutor.relevance.train [--out FILE] [--report]`.

Knows question files (corpus/gold and corpus/training) and how weights are fitted; the signs are
`signs`' and `answerable`'s. The sentences are ranked by a conditional logit (a softmax over the
sentences found for one question, McFadden 1974), the decision by logistic regression. Whatever is
said of their quality is measured on courses left out of the fit.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.build import BUNDLED, ensure_bundled, ingest
from ingest.embed import open_encoder
from ingest.index import Index, glossary_of
from ingest.library import Library
from ingest.words import glossary_rows
from tutor.answer import MAX_PASSAGES
from tutor.follow_up import Turn, standalone
from tutor.llm.message import Passage, passages_of
from tutor.question import Concept
from tutor.relevance.answerable import ANSWER_SIGNS, KINDS, signs_of
from tutor.relevance.judge import WEIGHTS, Weights
from tutor.relevance.signs import SIGNS, Candidates, Numbers, read
from tutor.retrieve import Retriever

CORPUS = Path(__file__).parents[2] / "corpus"
Reals = NDArray[np.float64]
FALSE_NO = 0.11
"""Share of the answerable questions that may be told "not in your notes"."""
_STEPS = 400
_RATE = 0.05
_DECAY = 1e-3
_SHRINKAGE = 20.0
"""Of the decision's weights (L2), so that no sign is trusted further than the questions reach."""
_FIVEFOLD = 5.0
"""More for the kinds of question: how often each is answered is also a habit of who wrote them."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question with what was found for it.

    Args:
        course: whose notes it is asked of.
        proves: which sentences answer it, shape (sentences,).
        answerable: whether the notes answer it.
    """

    course: str
    concepts: tuple[Concept, ...]
    passages: tuple[Passage, ...]
    candidates: Candidates
    proves: NDArray[np.bool_]
    answerable: bool


def examples(courses: Sequence[str] = ()) -> list[Example]:
    """Every question of the corpus, asked of its notes.

    Args:
        courses: the ones wanted, all by default; `BUNDLED` is the gold set's.
    """
    names = courses or (BUNDLED, *sorted(p.name for p in (CORPUS / "training").iterdir()))
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        return [found for name in names for found in _of_course(library, name)]


def fit(found: Sequence[Example]) -> Weights:
    """Weights learned from examples; the floor is set on the courses left out of each fit."""
    sentence = fit_sentences(found)
    answer, bias = fit_answers(found, sentence)
    weights = Weights(sentence, answer, bias, floor=0.5)
    return replace(weights, floor=_floor(found))


def fit_sentences(found: Sequence[Example]) -> Numbers:
    """Weights of `SIGNS` under which the sentences that prove the answer come first."""
    kept = [e for e in found if e.answerable and e.proves.any()]
    table = np.concatenate([e.candidates.signs for e in kept]).astype(np.float64)
    scale = np.maximum(table.std(axis=0), 1e-6)
    table = table / scale
    owner = np.repeat(np.arange(len(kept)), [len(e.proves) for e in kept])
    starts = np.searchsorted(owner, np.arange(len(kept)))
    wanted = np.concatenate([e.proves / e.proves.sum() for e in kept])

    def slope(weights: Reals) -> Reals:
        scores = table @ weights
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        share = scores / np.add.reduceat(scores, starts)[owner]
        return np.asarray(table.T @ (share - wanted) / len(kept) + _DECAY * weights)

    directions = np.array(list(SIGNS.values()))
    return np.asarray(_descend(slope, directions) / scale, dtype=np.float32)


def fit_answers(found: Sequence[Example], sentence: Numbers) -> tuple[Numbers, float]:
    """Weights of `ANSWER_SIGNS` and a bias, by logistic regression."""
    table = np.stack([_answer_signs(e, sentence) for e in found]).astype(np.float64)
    answered = np.array([e.answerable for e in found], dtype=np.float64)
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-6)
    inputs = np.column_stack([(table - mean) / scale, np.ones(len(table))])
    held_back = [_SHRINKAGE * (_FIVEFOLD if name in KINDS else 1.0) for name in ANSWER_SIGNS]
    shrink = np.append(np.array(held_back) / len(table), 0.0)

    def slope(weights: Reals) -> Reals:
        p = 1 / (1 + np.exp(-inputs @ weights))
        return np.asarray(inputs.T @ (p - answered) / len(table) + shrink * weights)

    weights = _descend(slope, np.array([*ANSWER_SIGNS.values(), 0]))
    plain = weights[:-1] / scale
    return np.asarray(plain, dtype=np.float32), float(weights[-1] - plain @ mean)


def _descend(slope: Callable[[Reals], Reals], directions: NDArray[np.int64]) -> Reals:
    """Where a convex loss is least with no weight of the wrong sign.

    Adam (Kingma & Ba 2015), projected after every step.
    """
    weights = np.zeros(len(directions))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        steep = slope(weights)
        first, second = 0.9 * first + 0.1 * steep, 0.999 * second + 0.001 * steep**2
        rate = _RATE * (1 - step / (_STEPS + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        weights[weights * directions < 0] = 0.0
    return weights


def probabilities(found: Sequence[Example], weights: Weights) -> Numbers:
    """How likely each question is answered in its notes, by the weights given."""
    signs = (_answer_signs(e, weights.sentence) for e in found)
    return np.array([weights.probability(s) for s in signs], dtype=np.float32)


def left_out(found: Sequence[Example]) -> Iterator[tuple[list[Example], Weights]]:
    """Each course with weights learned from the others."""
    for course in dict.fromkeys(e.course for e in found):
        others = [e for e in found if e.course != course]
        sentence = fit_sentences(others)
        answer, bias = fit_answers(others, sentence)
        yield [e for e in found if e.course == course], Weights(sentence, answer, bias, 0.5)


def report(found: Sequence[Example]) -> str:
    """How good weights are on courses they were not learned from, as a Markdown table."""
    lines = [
        "| course left out | questions | proof in the best 4 | told apart (AUC) | recognised |",
        "|---|---|---|---|---|",
    ]
    for course, weights in left_out(found):
        values = probabilities(course, weights)
        there = np.array([e.answerable for e in course])
        floor = np.quantile(values[there], FALSE_NO)
        cells = (
            course[0].course,
            str(len(course)),
            f"{np.mean([_among_best(e, weights) for e in course if e.answerable]):.2f}",
            f"{np.mean(values[there][:, None] > values[~there][None, :]):.2f}",
            f"{np.mean(values[~there] < floor):.2f}",
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _among_best(example: Example, weights: Weights, few: int = 4) -> bool:
    best = np.argsort(-(example.candidates.signs @ weights.sentence), kind="stable")[:few]
    return bool(example.proves[best].any())


def _floor(found: Sequence[Example]) -> float:
    """The floor at which `FALSE_NO` of the answerable questions of courses left out fall below."""
    values = [
        probabilities([e for e in course if e.answerable], weights)
        for course, weights in left_out(found)
    ]
    return float(np.quantile(np.concatenate(values), FALSE_NO))


def _answer_signs(example: Example, sentence: Numbers) -> Numbers:
    if not example.candidates.sentences:
        return np.zeros(len(ANSWER_SIGNS), dtype=np.float32)
    scores = np.asarray(example.candidates.signs @ sentence, dtype=np.float32)
    return signs_of(example.concepts, example.passages, example.candidates, scores)


def _of_course(library: Library, name: str) -> Iterator[Example]:
    encoder = open_encoder()
    if name == BUNDLED:
        ensure_bundled(library, encoder)
        questions = CORPUS / "gold" / "questions.jsonl"
    else:
        ingest(library, [CORPUS / "training" / name / "notes"], name, encoder)
        questions = CORPUS / "training" / name / "questions.jsonl"
    index = library.load(name, encoder.name)
    retriever = Retriever([index], encoder, glossary_of([index], glossary_rows()))
    for line in questions.read_text(encoding="utf-8").splitlines():
        yield _example(retriever, index, json.loads(line))


def _example(retriever: Retriever, index: Index, row: dict[str, Any]) -> Example:
    turns = [Turn(turn["role"], turn["content"]) for turn in row["history"]]
    question = standalone(row["question"], turns)
    query = retriever.query(question)
    passages = passages_of(retriever.hits(query, MAX_PASSAGES))
    candidates = read(question, query.concepts, passages)
    proofs = [_flat(line) for line in row["evidence"]]
    gold = set(row["gold_lectures"])
    proves = [
        f"{s.chunk.place.week}-{s.chunk.place.lecture}" in gold and _proves(s.text, proofs)
        for s in candidates.sentences
    ]
    return Example(
        course=index.course,
        concepts=query.concepts,
        passages=tuple(passages),
        candidates=candidates,
        proves=np.array(proves, dtype=bool),
        answerable=bool(gold),
    )


def _proves(text: str, proofs: Sequence[str]) -> bool:
    """Whether a sentence is one of the proofs, a part of one, or holds one."""
    said = _flat(text)
    return any(
        (said in proof or proof in said) and min(len(said), len(proof)) > 3 for proof in proofs
    )


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).lower()


def write(weights: Weights, path: Path) -> None:
    """Write the weights by name, four significant digits."""
    found = {
        "sentence": _named(SIGNS, weights.sentence),
        "answer": _named(ANSWER_SIGNS, weights.answer),
        "bias": float(f"{weights.bias:.4g}"),
        "floor": float(f"{weights.floor:.4g}"),
    }
    text = json.dumps(found, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _named(names: Iterable[str], values: Numbers) -> dict[str, float]:
    # a sign that is the same for all sentences of a question cannot rank them: its weight is none
    rounded = (float(f"{value:.4g}") if abs(value) > 1e-6 else 0.0 for value in values)
    return dict(zip(names, rounded, strict=True))


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn the weights from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="the file to write")
    parser.add_argument("--report", action="store_true", help="only say how good they would be")
    options = parser.parse_args(arguments)
    found = examples()
    if options.report:
        sys.stdout.write(report(found) + "\n")
    else:
        write(fit(found), options.out)


if __name__ == "__main__":
    main()
