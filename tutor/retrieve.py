"""A question to the chunks that may answer it: dense and lexical scores, fused.

Knows indexes, the glossary, the term table and languages; knows nothing about language models.
`Index.closeness` and `Index.lexical`, which run here at question time, live in `ingest.index`
beside what they search.

Scores are fused, not ranks: each side is standardised over all chunks (z) and summed, the dense
side weighted by how far question and notes share a language. Reciprocal rank fusion throws away the
margin by which exact terms win (docs/benchmarks.md has it beside this in one run). On the dense
side a chunk is as close as its closest sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from ingest.document import Chunk, Place, Role
from ingest.embed import Encoder
from ingest.glossary import Glossary
from ingest.index import Index
from ingest.lexical import Vocabulary, similar, vocabulary
from ingest.term_table import TermTable, shipped_table
from ingest.words import Word, compounds, words
from tutor.neighbours import whole_lists
from tutor.question import Concept, generic_terms, with_head
from tutor.source import Hit, Span, source
from tutor.twins import Twins


@dataclass(frozen=True, slots=True)
class Weights:
    """How the sides are weighed against each other, tuned on development questions only.

    What is weighed with 0 takes no part: so the benchmark finds out what each part brings.

    Args:
        lexical: of z(lexical).
        dense_same: of z(dense) where question and chunk share a language.
        dense_across: where they do not, and there are few words to match.
        table_english: of a translation in a question without Hangul, times how sure the table is.
        table_korean: in a question with Hangul, whose English words mostly stand in it as they are.
        typo: of a likely meaning of a noun that the notes do not know, times how like it is.
        compound: of a noun that the notes hold as a whole, beside its morphemes.
        role: of `ROLE_PENALTY`.
    """

    lexical: float = 1.0
    dense_same: float = 0.5
    dense_across: float = 1.0
    table_english: float = 0.9
    table_korean: float = 0.4
    typo: float = 1.0
    compound: float = 1.0
    role: float = 1.0


ROLE_PENALTY = {Role.LECTURE: 0.0, Role.COMMENTARY: 1.8, Role.ASIDE: 2.4, Role.QUIZ: 3.0}
"""In units of z: the course's own words come first, others when they fit clearly better."""
SURE = 0.2
"""How sure the term table must be of a translation for it to count as naming the thing."""
_HANGUL = re.compile(r"[가-힣]")

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched.

    Args:
        language: "ko" when it holds Hangul.
        weights: index term → weight, the question's own words at 1.
        concepts: what it names, generic words left out.
    """

    text: str
    language: str
    weights: dict[str, float]
    concepts: tuple[Concept, ...]


class Retriever:
    """Searches a fixed set of courses; makes no model calls but one embedding per question.

    Args:
        indexes: built by `encoder`.
        glossary: words that mean the same.
        table: words that translate each other.
    """

    def __init__(
        self,
        indexes: Sequence[Index],
        encoder: Encoder,
        glossary: Glossary,
        table: TermTable | None = None,
        weights: Weights | None = None,
    ) -> None:
        self._indexes = [index for index in indexes if index.chunks]
        self._encoder = encoder
        self.glossary = glossary
        self._table = shipped_table() if table is None else table
        self._weights = weights or Weights()
        self.chunks: list[Chunk] = [c for index in self._indexes for c in index.chunks]
        self._twins = Twins(self.chunks)
        self._row = {chunk.id: row for row, chunk in enumerate(self.chunks)}
        self._penalty = np.array([ROLE_PENALTY[c.role] for c in self.chunks], dtype=np.float32)
        self._korean = np.array([c.language == "ko" for c in self.chunks], dtype=bool)
        self._offsets = _joined_offsets(self._indexes)
        self._lists = whole_lists(self.chunks)

    def search(self, question: str, k: int = 10) -> list[Hit]:
        """The best `k` chunks for a question; see `hits`."""
        return self.hits(self.query(question), k)

    def hits(
        self, query: Query, k: int = 10, within: Callable[[Place], bool] | None = None
    ) -> list[Hit]:
        """The best `k` chunks, parallel sections of two languages as one hit.

        A list that chunking cut is whole again: its hit spans all of its chunks.

        Args:
            query: made by `query`.
            k: how many at most.
            within: whether chunks of a place count; all do without it. Scores stay the same.
        """
        if not self.chunks:
            return []
        close = self._closeness(query)
        scores = self._fused(query, np.maximum.reduceat(close, self._offsets[:-1]))
        hits: list[Hit] = []
        seen: set[int] = set()
        for position in _ranked(scores, 8 * k):
            if within is not None and not within(self.chunks[position].place):
                continue
            row, twin = self._shown(position, query.language, scores)
            rows = self._lists.get(row, range(row, row + 1))
            if rows.start in seen:
                continue
            seen.add(rows.start)
            sentences = close[self._offsets[rows.start] : self._offsets[rows.stop]]
            chunk = self._whole(row, rows)
            hits.append(
                Hit(len(hits) + 1, float(scores[position]), chunk, _span(twin), tuple(sentences))
            )
            if len(hits) == k:
                break
        return hits

    def _shown(self, row: int, language: str, scores: Scores) -> tuple[int, list[Chunk]]:
        """Which chunk stands for a hit, in the question's language if it has a twin in it."""
        chunk = self.chunks[row]
        twin = self._twins.of(chunk)
        if not twin or language == chunk.language or twin[0].language != language:
            return row, twin
        rows = [self._row[c.id] for c in twin]
        return max(rows, key=lambda r: scores[r]), self._twins.section(chunk)

    def _whole(self, row: int, rows: range) -> Chunk:
        """A chunk, or all chunks of a list as one."""
        chunk = self.chunks[row]
        if len(rows) == 1:
            return chunk
        start, end = self.chunks[rows.start].start, self.chunks[rows.stop - 1].end
        index = next(i for i in self._indexes if i.course == chunk.course)
        text = index.documents[chunk.document].text[start:end]
        return replace(chunk, start=start, end=end, text=text)

    def query(self, question: str) -> Query:
        """The question's terms with their equivalents and, for unknown words, likely meanings."""
        wholes = self._wholes(question)
        corrected: dict[str, float] = {}
        spelled: list[tuple[str, Word]] = []
        for word in words(question):
            inside = any(whole.start <= word.start < whole.end for whole in wholes)
            near = {} if inside else self._correct(question, word)
            corrected |= near
            spelled += [(term, word) for term in near or [word.term]]
        found = [term for term, _ in spelled]
        language = "ko" if _HANGUL.search(question) else "en"
        return Query(
            text=question,
            language=language,
            weights=self._translated(found, language)
            | self.glossary.expand(found, self.__contains__)
            | corrected
            | {whole.term: self._weights.compound for whole in wholes},
            concepts=with_head(question, self._concepts(question, spelled)),
        )

    def _wholes(self, question: str) -> list[Word]:
        """Nouns of the question that the notes hold as a whole, however they are analysed."""
        if not self._weights.compound:
            return []
        return [word for word in compounds(question) if word.term in self]

    def _translated(self, found: Sequence[str], language: str) -> dict[str, float]:
        """Translations of the words found, weighed by how sure the table is of them."""
        weight = {"ko": self._weights.table_korean, "en": self._weights.table_english}[language]
        weights: dict[str, float] = {}
        for term in found:
            for other, sure in self._table.translations(term).items():
                weights[other] = max(weights.get(other, 0.0), weight * sure)
        return weights

    def _concepts(self, question: str, spelled: Sequence[tuple[str, Word]]) -> list[Concept]:
        """What the question names, each thing once."""
        concepts: dict[tuple[str, ...], Concept] = {}
        at = 0
        for phrase in self.glossary.concepts([term for term, _ in spelled]):
            if not generic_terms().issuperset(phrase):
                concepts.setdefault(phrase, self._concept(question, phrase, spelled[at][1]))
            at += len(phrase)
        return list(concepts.values())

    def _concept(self, question: str, phrase: tuple[str, ...], word: Word) -> Concept:
        forms = (phrase, *self.glossary.equivalents(phrase))
        translations = {term: self._table.translations(term) for term in phrase}
        sure = [(other,) for other, p in translations[phrase[0]].items() if p >= SURE]
        held = max(map(self._holding, (*forms, *(sure if len(phrase) == 1 else ()))))
        count = max(len(self.chunks), 1)  # notes may hold nothing but furniture
        rarity = math.log(count / max(held, 1)) / math.log(max(count, 2))
        return Concept(
            forms=forms,
            importance=max(rarity, 0.05) * (1.0 if word.noun else 0.4),
            known=held > 0,
            proper=_is_name(question, word),
            written=_token(question, word),
            translations=translations,
        )

    def _holding(self, phrase: Sequence[str]) -> int:
        return sum(index.lexical.holding(phrase) for index in self._indexes if index.lexical)

    def __contains__(self, term: str) -> bool:
        return any(index.lexical is not None and term in index.lexical for index in self._indexes)

    def _correct(self, question: str, word: Word) -> dict[str, float]:
        """Likely meanings of a noun that neither the notes nor the glossary or the table know.

        Where nothing in the notes is like it, it may be a misspelling of what has a translation
        in them: "트렌스포머" in a question about English notes.
        """
        term, weight = word.term, self._weights.typo
        if not weight or not word.noun or term in self or self._means_something(term):
            return {}
        name = _is_name(question, word)
        found: dict[str, float] = {}
        for index in self._indexes:
            if index.lexical:
                found |= index.lexical.correct(term, name=name)
        if not found and not name:
            near = similar(term, _table_words(self._table))
            found = {other: like for other, like in near.items() if self._translatable(other)}
        return {near: weight * like for near, like in found.items()}

    def _translatable(self, term: str) -> bool:
        return any(other in self for other in self._table.translations(term))

    def _means_something(self, term: str) -> bool:
        return bool(self.glossary.equivalents([term]) or self._table.translations(term))

    def _closeness(self, query: Query) -> Scores:
        """Cosine of every sentence with the question."""
        vector = self._encoder.queries([query.text])[0]
        return np.concatenate([index.closeness(query.text, vector) for index in self._indexes])

    def _fused(self, query: Query, dense: Scores) -> Scores:
        """What every chunk scores; `dense` is how close its closest sentence is."""
        given = self._weights
        shared = self._korean == (query.language == "ko")
        weight = np.where(shared, given.dense_same, given.dense_across)
        scores = given.lexical * _z(self._lexical(query)) + weight * _z(dense)
        return np.asarray(scores - given.role * self._penalty, dtype=np.float32)

    def _lexical(self, query: Query) -> Scores:
        """BM25 of every chunk."""
        return np.concatenate([_lexical(index, query) for index in self._indexes])


class NotesRetriever(BaseRetriever):
    """LangChain's `BaseRetriever` over a `Retriever`, for use in anybody's chains.

    Args:
        retriever: what searches.
        k: how many documents to return, 1 or more.
    """

    retriever: Retriever
    k: int = 5
    model_config = ConfigDict(arbitrary_types_allowed=True)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [
            LangChainDocument(
                id=hit.chunk.id,
                page_content=hit.chunk.text,
                metadata=source(hit.chunk, hit.chunk.start, hit.chunk.end) | {"score": hit.score},
            )
            for hit in self.retriever.search(query, self.k)
        ]


@lru_cache(maxsize=2)
def _table_words(table: TermTable) -> Vocabulary:
    return vocabulary(table)


def _token(question: str, word: Word) -> str:
    """The word with the letters and digits that it is written together with: "GPT4"."""
    at, end = word.start, word.end
    while at > 0 and (question[at - 1].isascii() and question[at - 1].isalnum()):
        at -= 1
    while end < len(question) and question[end].isascii() and question[end].isalnum():
        end += 1
    return question[at:end]


def _is_name(question: str, word: Word) -> bool:
    """An abbreviation, letters with digits, or a capital that opens no sentence."""
    token = _token(question, word)
    if not token.isascii() or not any(char.isalpha() for char in token):
        return False
    inner = any(char.isupper() for char in token[1:]) or any(char.isdecimal() for char in token)
    return inner or (token[0].isupper() and not question.startswith(token))


def _lexical(index: Index, query: Query) -> Scores:
    if index.lexical is None:
        return np.zeros(len(index.chunks), dtype=np.float32)
    return index.lexical.scores(query.weights)


def _joined_offsets(indexes: Sequence[Index]) -> NDArray[np.int64]:
    """Where each chunk's sentences begin among those of all indexes, and where the last ends."""
    offsets = [np.zeros(1, dtype=np.int64)]
    for index in indexes:
        offsets.append(index.offsets[1:] + offsets[-1][-1])
    return np.concatenate(offsets)


def _ranked(scores: Scores, few: int) -> Iterator[int]:
    """Positions by score, best first; no more than about a `few` are sorted before they are used.

    Sorting all of a large course would take longer than searching it.
    """
    few = min(few, len(scores))
    floor = np.partition(scores, -few)[-few]
    for some in (np.flatnonzero(scores >= floor), np.flatnonzero(scores < floor)):
        yield from some[np.argsort(-scores[some], kind="stable")].tolist()


def _z(scores: Scores) -> Scores:
    """Standardised over all chunks; zero where all are equal."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)


def _span(chunks: Sequence[Chunk]) -> Span | None:
    if not chunks:
        return None
    return Span(chunks[0].document, chunks[0].start, chunks[-1].end)
