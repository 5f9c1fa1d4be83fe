"""A question to the chunks that may answer it: dense and lexical scores, fused.

Knows indexes, the glossary and languages; knows nothing about language models. `Index.dense` and
`Index.lexical`, which run here at question time, live in `ingest.index` beside what they search.

Scores are fused, not ranks: each side is standardised over all chunks (z) and summed, the dense
side weighted by how far question and notes share a language. Reciprocal rank fusion threw away the
margin by which exact terms win and lost 15 points of hit@1 on Korean passages.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from ingest.document import Chunk, Role
from ingest.embed import Encoder
from ingest.glossary import Glossary
from ingest.index import Index
from ingest.words import Word, words
from tutor.question import Concept, generic_terms, with_head
from tutor.source import Hit, Span, source

DENSE_WEIGHT_SAME = 0.5
DENSE_WEIGHT_ACROSS = 1.5
"""z(dense) counts more where question and chunk share no words to match."""
ROLE_PENALTY = {Role.LECTURE: 0.0, Role.COMMENTARY: 1.8, Role.ASIDE: 2.4, Role.QUIZ: 3.0}
"""In units of z: the course's own words come first, others when they fit clearly better."""
_HANGUL = re.compile(r"[가-힣]")
_LANGUAGE_FOLDERS = ("ko", "en")

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
    """Searches a fixed set of courses; makes no model calls but one embedding per question."""

    def __init__(self, indexes: Sequence[Index], encoder: Encoder, glossary: Glossary) -> None:
        self._indexes = [index for index in indexes if index.chunks]
        self._encoder = encoder
        self.glossary = glossary
        self.chunks: list[Chunk] = [c for index in self._indexes for c in index.chunks]
        self._sections = _sections(self.chunks)
        self._row = {chunk.id: row for row, chunk in enumerate(self.chunks)}

    def search(self, question: str, k: int = 10) -> list[Hit]:
        """The best `k` chunks for a question; see `hits`."""
        return self.hits(self.query(question), k)

    def hits(self, query: Query, k: int = 10) -> list[Hit]:
        """The best `k` chunks, parallel sections of two languages as one hit."""
        if not self.chunks:
            return []
        scores = self._fused(query)
        hits: list[Hit] = []
        seen: set[tuple[str, ...]] = set()
        for position in np.argsort(-scores, kind="stable"):
            chunk = self.chunks[int(position)]
            twin = self._twin(chunk)
            if twin and query.language != chunk.language and twin[0].language == query.language:
                # shown in the question's language: the best chunk of the twin section
                rows = [self._row[c.id] for c in twin]
                chunk, twin = self.chunks[max(rows, key=lambda r: scores[r])], self._own(chunk)
            key = (chunk.course, _base(chunk.document), str(chunk.ordinal), chunk.id)
            if key in seen:
                continue
            seen.add(key)
            hits.append(Hit(len(hits) + 1, float(scores[position]), chunk, _span(twin)))
            if len(hits) == k:
                break
        return hits

    def query(self, question: str) -> Query:
        """The question's terms with their equivalents and, for unknown words, likely meanings."""
        corrected: dict[str, float] = {}
        spelled: list[tuple[str, Word]] = []
        for word in words(question):
            near = self._correct(question, word)
            corrected |= near
            spelled += [(term, word) for term in near or [word.term]]
        found = [term for term, _ in spelled]
        language = "ko" if _HANGUL.search(question) else "en"
        return Query(
            text=question,
            language=language,
            weights=self.glossary.expand(found) | corrected,
            concepts=with_head(question, self._concepts(question, spelled)),
        )

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
        held = max(map(self._holding, forms))
        count = max(len(self.chunks), 1)  # notes may hold nothing but furniture
        rarity = math.log(count / max(held, 1)) / math.log(max(count, 2))
        return Concept(
            forms=forms,
            importance=max(rarity, 0.05) * (1.0 if word.noun else 0.4),
            known=held > 0,
            proper=_is_name(question, word),
        )

    def closeness(self, question: str, texts: Sequence[str]) -> list[float]:
        """Cosine of a question with each of `texts`, -1..1."""
        if not texts:
            return []
        query = self._encoder.queries([question])[0]
        return [float(value) for value in self._encoder.documents(texts) @ query]

    def _holding(self, phrase: Sequence[str]) -> int:
        return sum(index.lexical.holding(phrase) for index in self._indexes if index.lexical)

    def __contains__(self, term: str) -> bool:
        return any(index.lexical is not None and term in index.lexical for index in self._indexes)

    def _correct(self, question: str, word: Word) -> dict[str, float]:
        """Likely meanings of a noun that neither the notes nor the glossary know."""
        term = word.term
        if not word.noun or term in self or self.glossary.equivalents([term]):
            return {}
        found: dict[str, float] = {}
        for index in self._indexes:
            if index.lexical:
                found |= index.lexical.correct(term, name=_is_name(question, word))
        return found

    def _fused(self, query: Query) -> Scores:
        vector = self._encoder.queries([query.text])[0]
        dense = np.concatenate([index.dense(vector) for index in self._indexes])
        lexical = np.concatenate([_lexical(index, query) for index in self._indexes])
        across = np.array([chunk.language != query.language for chunk in self.chunks])
        weight = np.where(across, DENSE_WEIGHT_ACROSS, DENSE_WEIGHT_SAME)
        penalty = np.array([ROLE_PENALTY[chunk.role] for chunk in self.chunks])
        return np.asarray(_z(lexical) + weight * _z(dense) - penalty, dtype=np.float32)

    def _own(self, chunk: Chunk) -> list[Chunk]:
        return self._sections[chunk.course, chunk.document, chunk.ordinal]

    def _twin(self, chunk: Chunk) -> list[Chunk]:
        """The chunks of the same section in the course's other language."""
        for name in _twin_names(chunk.document):
            found = self._sections.get((chunk.course, name, chunk.ordinal))
            if found:
                return found
        return []


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


def _is_name(question: str, word: Word) -> bool:
    """An abbreviation, letters with digits, or a capital that opens no sentence."""
    at, end = word.start, word.end
    while at > 0 and (question[at - 1].isascii() and question[at - 1].isalnum()):
        at -= 1
    while end < len(question) and question[end].isascii() and question[end].isalnum():
        end += 1
    token = question[at:end]
    if not token.isascii() or not any(char.isalpha() for char in token):
        return False
    inner = any(char.isupper() for char in token[1:]) or any(char.isdecimal() for char in token)
    return inner or (token[0].isupper() and at > 0)


def _lexical(index: Index, query: Query) -> Scores:
    if index.lexical is None:
        return np.zeros(len(index.chunks), dtype=np.float32)
    return index.lexical.scores(query.weights)


def _z(scores: Scores) -> Scores:
    """Standardised over all chunks; zero where all are equal."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)


def _sections(chunks: Sequence[Chunk]) -> dict[tuple[str, str, int], list[Chunk]]:
    found: dict[tuple[str, str, int], list[Chunk]] = {}
    for chunk in chunks:
        found.setdefault((chunk.course, chunk.document, chunk.ordinal), []).append(chunk)
    return found


def _base(document: str) -> str:
    """A document's name without its language folder, which its twin shares."""
    return "/".join("*" if part in _LANGUAGE_FOLDERS else part for part in document.split("/"))


def _twin_names(document: str) -> list[str]:
    parts = document.split("/")
    names = []
    for at, part in enumerate(parts[:-1]):
        for other in _LANGUAGE_FOLDERS:
            if part in _LANGUAGE_FOLDERS and other != part:
                names.append("/".join([*parts[:at], other, *parts[at + 1 :]]))
    return names


def _span(chunks: Sequence[Chunk]) -> Span | None:
    if not chunks:
        return None
    return Span(chunks[0].document, chunks[0].start, chunks[-1].end)
