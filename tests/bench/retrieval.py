"""How well passages are found: ours, what others do, and ours without each of its parts.

A hit is right when its week and lecture are among the question's `gold_lectures`; MRR@10 takes the
first such hit, a question whose lecture is not among ten counts 0. All contestants search the same
chunks, and all show parallel sections of two languages once. The courses of `corpus/training`
were never used to tune retrieval; the gold set's dev split and the student's questions were.
"""

import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ingest.build import BUNDLED_FOLDER, ingest
from ingest.embed import Encoder
from ingest.glossary import Glossary
from ingest.index import Index, glossary_of, searchable
from ingest.lexical import Lexical
from ingest.library import Library
from ingest.term_table import TermTable, read_table
from ingest.vectors import FaissVectors
from ingest.words import glossary_rows, terms
from tests.bench.table import percent, show
from tutor.evaluate import Question, read_questions
from tutor.follow_up import standalone
from tutor.retrieve import Query, Retriever, Weights

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "corpus" / "gold" / "questions.jsonl"
TRAINING = ROOT / "corpus" / "training"
SHARED = ROOT.parent / "shared"
STUDENT = SHARED / "seed" / "lecture_notes_weeks_1-5.txt"
ASKED_BY_STUDENT = SHARED / "eval" / "dev_questions.jsonl"
ALONE = Weights(typo=0, compound=0, role=0)
"""Nothing but the side that is compared."""


@dataclass(frozen=True)
class Part:
    """Questions over one course."""

    notes: Path
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Outcome:
    """Where the first right hit of a question stood, None where it was not among ten."""

    question: Question
    rank: int | None


Contestant = Callable[[Index, Encoder], Retriever]


class WhiteSpace(Retriever):
    """BM25 over what stands between spaces, in lower case: most tutorials' `BM25Retriever`."""

    def query(self, question: str) -> Query:
        weights = dict.fromkeys(question.lower().split(), 1.0)
        return Query(question, "ko" if _hangul(question) else "en", weights, ())


class RankFusion(Retriever):
    """Reciprocal rank fusion (Cormack et al. 2009, k = 60) of the scores that ours adds up."""

    def _fused(self, query, dense):
        lexical = self._lexical(query)
        return _reciprocal(lexical) * (lexical > 0) + _reciprocal(dense)


def print_retrieval(library: Library, encoder: Encoder, tables: Sequence[Path] = ()) -> None:
    """Every retrieval table of docs/benchmarks.md.

    Args:
        tables: term tables to try in place of the one that ships.
    """
    courses: dict[Path, Index] = {}
    outcomes: dict[str, dict[str, list[Outcome]]] = {}
    contestants = {**BASELINES, "ours": ours, **ABLATIONS}
    contestants |= {f"ours, table {path.name}": _with_table(path) for path in tables}
    sets = question_sets()
    for name, contestant in contestants.items():
        outcomes[name] = {}
        for title, parts in sets.items():
            outcomes[name][title] = []
            for part in parts:
                if part.notes not in courses:
                    courses[part.notes] = _index(library, part.notes, encoder)
                retriever = contestant(courses[part.notes], encoder)
                outcomes[name][title] += [_asked(retriever, q) for q in part.questions]
    counts = [f"{title} ({len(found)})" for title, found in outcomes["ours"].items()]
    show(
        "MRR@10, percent",
        ["", *counts],
        ([name, *(percent(mrr(found)) for found in of.values())] for name, of in outcomes.items()),
    )
    show(
        "hit@1 / hit@5, percent",
        ["", *counts],
        (
            [name, *(f"{percent(hit(f, 1))} / {percent(hit(f, 5))}" for f in of.values())]
            for name, of in outcomes.items()
            if name == "ours" or name in BASELINES
        ),
    )
    _show_groups("language", outcomes, lambda question: question.language)
    _show_groups("kind", {"ours": outcomes["ours"]}, lambda question: question.kind)


def question_sets() -> dict[str, list[Part]]:
    """Answerable questions by set; what lies beside the checkout only where it does."""
    gold = {split: _gold(split) for split in ("dev", "test")}
    training = {folder.name: _training(folder) for folder in sorted(TRAINING.iterdir())}
    sets = {f"gold {split}": [Part(BUNDLED_FOLDER, found)] for split, found in gold.items()}
    sets["other courses"] = list(training.values())
    if STUDENT.is_file() and ASKED_BY_STUDENT.is_file():
        asked = _answerable(read_questions(ASKED_BY_STUDENT))
        sets["student's notes"] = [Part(STUDENT, asked)]
    test = Part(BUNDLED_FOLDER, gold["test"])
    sets["ko → en notes"] = [
        replace(_in(test, "ko"), notes=BUNDLED_FOLDER / "en"),
        _in(training["systems-en"], "ko"),
    ]
    sets["en → ko notes"] = [
        replace(_in(test, "en"), notes=BUNDLED_FOLDER / "ko"),
        *(_in(training[name], "en") for name in ("dl-plain", "general-ko")),
    ]
    return sets


def mrr(outcomes: Sequence[Outcome]) -> float:
    return statistics.fmean(1 / o.rank if o.rank else 0.0 for o in outcomes)


def hit(outcomes: Sequence[Outcome], within: int) -> float:
    return statistics.fmean(o.rank is not None and o.rank <= within for o in outcomes)


def ours(index: Index, encoder: Encoder) -> Retriever:
    return Retriever([index], encoder, glossary_of([index], glossary_rows()))


def _weighed(weights: Weights) -> Contestant:
    return lambda index, encoder: Retriever(
        [index], encoder, glossary_of([index], glossary_rows()), weights=weights
    )


def _white_space(index: Index, encoder: Encoder) -> Retriever:
    texts = [searchable(chunk).lower().split() for chunk in index.chunks]
    cut = replace(index, lexical=Lexical.build(texts))
    weights = replace(ALONE, dense_same=0, dense_across=0)
    return WhiteSpace([cut], encoder, Glossary([]), TermTable([]), weights)


def _kiwi(index: Index, encoder: Encoder) -> Retriever:
    weights = replace(ALONE, dense_same=0, dense_across=0)
    return Retriever([_morphemes(index)], encoder, Glossary([]), TermTable([]), weights)


def _rank_fusion(index: Index, encoder: Encoder) -> Retriever:
    return RankFusion([index], encoder, glossary_of([index], glossary_rows()))


def _without_table(index: Index, encoder: Encoder) -> Retriever:
    return Retriever([index], encoder, glossary_of([index], glossary_rows()), TermTable([]))


def _with_table(path: Path) -> Contestant:
    table = read_table(path)
    return lambda index, encoder: Retriever(
        [index], encoder, glossary_of([index], glossary_rows()), table
    )


def _without_glossary(index: Index, encoder: Encoder) -> Retriever:
    return Retriever([index], encoder, Glossary([]))


def _chunk_means(index: Index, encoder: Encoder) -> Retriever:
    texts = [f"{(c.place.path or (c.place.title,))[-1]} {c.text}" for c in index.chunks]
    means = FaissVectors.of(encoder.documents(texts))
    return ours(replace(index, vectors=means, offsets=np.arange(len(texts) + 1)), encoder)


def _without_compounds(index: Index, encoder: Encoder) -> Retriever:
    return _weighed(Weights(compound=0))(_morphemes(index), encoder)


def _morphemes(index: Index) -> Index:
    """The index with nothing but morphemes and English words as terms."""
    return replace(index, lexical=Lexical.build([terms(searchable(c)) for c in index.chunks]))


BASELINES: dict[str, Contestant] = {
    "BM25, white space": _white_space,
    "BM25, morphemes": _kiwi,
    "dense alone": _weighed(replace(ALONE, lexical=0)),
    "rank fusion of ours": _rank_fusion,
}
ABLATIONS: dict[str, Contestant] = {
    "… without the term table": _without_table,
    "… without the glossary": _without_glossary,
    "… without dense": _weighed(Weights(dense_same=0, dense_across=0)),
    "… chunk means for sentences": _chunk_means,
    "… without typo correction": _weighed(Weights(typo=0)),
    "… without compounds": _without_compounds,
    "… without role penalties": _weighed(Weights(role=0)),
}


def _show_groups(what: str, outcomes, group: Callable[[Question], str]) -> None:
    """MRR@10, hit@1 and hit@5 of every group of every set's questions."""
    rows = []
    for title in outcomes["ours"]:
        for name in sorted({group(o.question) for o in outcomes["ours"][title]}):
            cells = [title, name]
            for of in outcomes.values():
                kept = [o for o in of[title] if group(o.question) == name]
                cells.append(percent(mrr(kept)))
            kept = [o for o in outcomes["ours"][title] if group(o.question) == name]
            cells += [percent(hit(kept, 1)), percent(hit(kept, 5))]
            rows.append([*cells[:2], len(kept), *cells[2:]])
    columns = ["set", what, "n", *(f"MRR {name}" for name in outcomes), "hit@1 ours", "hit@5 ours"]
    show(f"By {what}, percent", columns, rows)


def _asked(retriever: Retriever, question: Question) -> Outcome:
    alone = standalone(question.question, question.history)
    for found in retriever.search(alone, k=10):
        place = found.chunk.place
        if f"{place.week}-{place.lecture}" in question.gold_lectures:
            return Outcome(question, found.rank)
    return Outcome(question, None)


def _index(library: Library, notes: Path, encoder: Encoder) -> Index:
    name = notes.name if notes.is_file() else f"{notes.parent.name}-{notes.name}"
    ingest(library, [notes], name, encoder)
    return library.load(name, encoder.name)


def _gold(split: str) -> tuple[Question, ...]:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    splits = [json.loads(line)["split"] for line in lines if line]
    questions = zip(read_questions(GOLD), splits, strict=True)
    return _answerable(question for question, of in questions if of == split)


def _training(folder: Path) -> Part:
    return Part(folder / "notes", _answerable(read_questions(folder / "questions.jsonl")))


def _answerable(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(question for question in questions if question.gold_lectures)


def _in(part: Part, language: str) -> Part:
    return Part(part.notes, tuple(q for q in part.questions if q.language == language))


def _reciprocal(scores):
    """1 / (60 + rank) of every chunk."""
    ranks = np.empty(len(scores), dtype=np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return (1 / (60 + ranks)).astype(np.float32)


def _hangul(text: str) -> bool:
    return any("가" <= char <= "힣" for char in text)
