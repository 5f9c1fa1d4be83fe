"""START HERE: a home opened for reading. Wires retrieval, answers, quizzes and practice together.

Knows which module does what, nothing of how. `Tutor.open(home).ask("what is GRU's reset gate")`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel

from ingest.build import BUNDLED, ensure_bundled, silent
from ingest.document import Chunk, Document, Place
from ingest.embed import Encoder, open_encoder
from ingest.errors import NoSuchDocument
from ingest.index import Index, Progress, glossary_of
from ingest.library import Library, open_library
from ingest.stores import open_store
from ingest.term_table import shipped_table
from ingest.words import glossary_rows
from tutor import outline, small_talk
from tutor.answer import MAX_PASSAGES, Asked, stream_answer, without_answer
from tutor.chats import Chats
from tutor.checked import Check
from tutor.errors import QuestionEmpty, QuestionTooLong
from tutor.follow_up import Turn, names_another, standalone
from tutor.intent import intent_of
from tutor.llm.choose import READER, Chosen
from tutor.llm.engines import Engines
from tutor.llm.message import passages_of
from tutor.llm.rewrite import standalone_by
from tutor.llm.shelf import Shelf
from tutor.logins import home_of_login
from tutor.orders import is_order
from tutor.private import stay_private
from tutor.quiz.generate import Batch, QuizRequest, generate
from tutor.quiz.item import Item
from tutor.quiz.reconcile import reconcile
from tutor.quiz.store import Bank
from tutor.quiz.written import Writer
from tutor.relevance.judge import judge
from tutor.respond import respond, scoped_query
from tutor.retrieve import Retriever
from tutor.scope import Scope
from tutor.settings import settle
from tutor.source import Answer, Draft, Engine, Search, Token
from tutor.support import Support

MAX_QUESTION = 4_000
"""Characters."""


class Tutor:
    """One home, its courses, and an engine. Use `Tutor.open`.

    Attributes:
        library: the home's courses.
        temporary: whether the home could not be written and a temporary one is used.
        engines: which language model answers, and how another is fetched and takes over.
    """

    def __init__(
        self,
        library: Library,
        encoder: Encoder,
        llm: str,
        temporary: bool,
        progress: Progress = silent,
    ) -> None:
        self.library = library
        self.encoder = encoder
        self.temporary = temporary
        self.engines = Engines(llm, Shelf(library.home), progress)
        self._opening = threading.Lock()
        self._chats: Chats | None = None
        self._searched: tuple[list[Index], Retriever] | None = None
        self._settled: dict[str, Index | None] = {}

    @classmethod
    def open(
        cls,
        home: Path | None = None,
        *,
        llm: str | None = None,
        encoder: str | None = None,
        store: str | None = None,
        progress: Progress = silent,
    ) -> Tutor:
        """The tutor of a home; the bundled course is indexed where it is not there yet.

        Raises:
            TutorError: the home, the encoder, the store or the engine cannot be used.
        """
        stay_private()
        settings = settle(home, llm, encoder, store)
        found = open_encoder(settings.encoder)
        library, temporary = open_library(settings.home, open_store(settings.store, found))
        ensure_bundled(library, found, progress)
        return cls(library, found, settings.llm, temporary, progress)

    @property
    def engine(self) -> Engine:
        """Which language model answers."""
        return self.engines.engine

    def for_login(self, name: str) -> Tutor:
        """The tutor of one login: a home of its own inside this one, the same loaded models."""
        library, temporary = open_library(home_of_login(self.library, name))
        ensure_bundled(library, self.encoder)
        other = Tutor(library, self.encoder, self.engines.spec, temporary)
        other.engines = self.engines.beside()
        return other

    @property
    def bank(self) -> Bank:
        """The home's quiz items and everything that was answered, in step with the notes."""
        bank = Bank(self.library.home / "bank.sqlite3")
        for course in bank.stamps():
            index = self.library.load(course, None) if course in self.courses() else None
            if index is None or self._settled.get(course) is not index:
                texts = {n: d.text for n, d in index.documents.items()} if index else {}
                reconcile(bank, course, texts, index.chunks if index else ())
                self._settled[course] = index
        return bank

    @property
    def chats(self) -> Chats:
        """The home's conversations."""
        with self._opening:
            if self._chats is None:
                self._chats = Chats(self.library.home / "chats.sqlite3")
            return self._chats

    def courses(self) -> tuple[str, ...]:
        """All courses of the home."""
        return tuple(self.library.courses())

    def default_courses(self) -> tuple[str, ...]:
        """Those searched when none is named: the user's own, the bundled one if there is none."""
        own = tuple(name for name in self.library.courses() if name != BUNDLED)
        return own or (BUNDLED,)

    def chunks(self, courses: Sequence[str] | None = None) -> list[Chunk]:
        """Every chunk of the courses, in order."""
        return [chunk for index in self._indexes(courses) for chunk in index.chunks]

    def documents(self, courses: Sequence[str] | None = None) -> list[tuple[str, Document]]:
        """Every document of the courses, each with its course."""
        return [
            (index.course, document)
            for index in self._indexes(courses)
            for document in index.documents.values()
        ]

    def document(self, name: str, courses: Sequence[str] | None = None) -> Document:
        """A document by name.

        Raises:
            NoSuchDocument: none of the courses holds it.
        """
        for course in courses or self.default_courses():
            found = self.library.load(course, None).documents.get(name)
            if found:
                return found
        raise NoSuchDocument(
            f"There is no document '{name}'.", "`tutor status` lists the documents."
        )

    def text_of(self, course: str, name: str) -> str | None:
        """A document's text, None where this home does not have it."""
        if course not in self.courses():
            return None
        document = self.library.load(course, None).documents.get(name)
        return document.text if document else None

    def outline(self, courses: Sequence[str] | None = None) -> list[Place]:
        """The lectures of the courses, in order."""
        return outline.lectures(self._indexes(courses))

    def retriever(self, courses: Sequence[str] | None = None) -> Retriever:
        """What searches the courses; `tutor.retrieve.NotesRetriever` is LangChain's form of it.

        It is the last one again while its courses' indexes are still the current ones.
        """
        indexes = self._indexes(courses)
        if self._searched is None or not _same(self._searched[0], indexes):
            glossary = glossary_of(indexes, glossary_rows())
            self._searched = (indexes, Retriever(indexes, self.encoder, glossary))
        return self._searched[1]

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        courses: Sequence[str] | None = None,
        k: int = 10,
    ) -> Search:
        """The best `k` hits for a question.

        Raises:
            QuestionEmpty, QuestionTooLong: the question cannot be searched.
            TutorError: a course cannot be read.
        """
        asked, _ = _retrieved(self.retriever(courses), question, history, k)
        return Search(question, asked.standalone, asked.confidence, asked.hits[:k])

    def can_answer(self, question: str, courses: Sequence[str] | None = None) -> bool:
        """Whether the notes seem to hold the answer; raises as `search` does."""
        return _retrieved(self.retriever(courses), question, ())[0].answerable

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        courses: Sequence[str] | None = None,
        strict: bool = False,
    ) -> Answer:
        """The complete answer to a question; raises as `search` does."""
        *_, answer = self.stream(question, history=history, courses=courses, strict=strict)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        courses: Sequence[str] | None = None,
        strict: bool = False,
        draft: bool = False,
    ) -> Iterator[Token | Draft | Answer]:
        """Tokens as they are written, then exactly one `Answer`; closing the iterator cancels.

        Args:
            question: what is asked.
            history: what was said before.
            courses: where to look; None for the default ones.
            strict: leave out what a language model says without support, instead of marking it.
            draft: while a language model thinks, hand out the reader's answer first.

        Raises as `search` does, when the first token is asked for.
        """
        chosen = self.engines.current()
        retriever = self.retriever(courses)
        asked, scope = _retrieved(retriever, question, history, model=chosen.model)

        def again(alone: str, *, anywhere: bool = False) -> Asked:
            return _retrieved(retriever, alone, (), anywhere=anywhere)[0]

        intent = "refused" if is_order(question) else intent_of(question)
        if intent == "question":
            check = self._check(chosen, retriever, strict)
            speak = partial(_speak, chosen=chosen, check=check, draft=draft)
            yield from respond(asked, scope, retriever, speak, again)
        elif intent == "small_talk":
            answer = without_answer(asked, intent, chosen.engine)
            yield replace(answer, text=small_talk.reply(question))
        else:
            yield without_answer(asked, intent, chosen.engine)

    def _check(self, chosen: Chosen, retriever: Retriever, strict: bool) -> Check | None:
        """What holds a language model to the notes; none for the reader, which only quotes."""
        if chosen.engine.kind == "reader":
            return None
        return Check(Support(self.encoder, retriever.glossary, shipped_table()), strict)

    def quiz(
        self, request: QuizRequest, known: Collection[Item] = (), writer: Writer | None = None
    ) -> Batch:
        """New quiz items; the bank is neither read nor written.

        Args:
            request: how many, of which kinds, from where.
            known: items not to repeat.
            writer: what writes items beside the templates, see `writer`.

        Raises:
            NotAvailable: a kind that does not exist.
        """
        chunks = self.chunks(request.courses)
        embed = self.encoder.documents
        return generate(
            chunks, request, known=known, glossary=glossary_rows(), embed=embed, writer=writer
        )

    def writer(self, *, temperature: float = 0.0, seed: int = 0) -> Writer | None:
        """The language model as a writer of quiz items, None where the reader answers.

        Raises:
            NoModel: it cannot be loaded or reached.
        """
        chosen = self.engines.current()
        if chosen.engine.kind == "reader":
            return None
        from tutor.llm.structured import StructuredWriter

        return StructuredWriter(
            chosen.model, chosen.engine.name, temperature=temperature, seed=seed
        )

    def status(self) -> dict[str, Any]:
        """What is in the home, as `tutor status --json` shows it."""
        return {
            "courses": [outline.status(self.library.load(c, None)) for c in self.courses()],
            "default_courses": list(self.default_courses()),
            "encoder": self.encoder.name,
            "engine": {"name": self.engine.name, "kind": self.engine.kind},
            "temporary": self.temporary,
        }

    def _indexes(self, courses: Sequence[str] | None) -> list[Index]:
        names = courses or self.default_courses()
        return [self.library.load(name, self.encoder.name) for name in names]


def _same(ones: Sequence[Index], others: Sequence[Index]) -> bool:
    return len(ones) == len(others) and all(a is b for a, b in zip(ones, others, strict=True))


def _speak(
    asked: Asked, chosen: Chosen, check: Check | None, draft: bool
) -> Iterator[Token | Draft | Answer]:
    """The engine's answer, the reader's before it where that is wanted and is not the same."""
    if draft and chosen.engine.kind != "reader":
        *_, first = stream_answer(asked, READER.model, READER.engine)
        assert isinstance(first, Answer)
        yield Draft(first)
    yield from stream_answer(asked, chosen.model, chosen.engine, check)


def _accept(question: str, history: Sequence[Turn], model: BaseChatModel | None) -> str:
    """The question standing alone.

    Raises:
        QuestionEmpty, QuestionTooLong: it cannot be worked on.
    """
    if not question.strip():
        raise QuestionEmpty("There is no question.", "Write what you want to know.")
    if len(question) > MAX_QUESTION:
        raise QuestionTooLong(
            f"The question has {len(question):,} characters; {MAX_QUESTION:,} are allowed.",
            "Ask about one thing at a time; put long texts into your notes instead.",
        )
    earlier = [Turn(turn.role, _whole(turn.content)) for turn in history]
    by_rules = standalone(_whole(question), earlier)
    return standalone_by(model, _whole(question), earlier, by_rules) if model else by_rules


def _whole(text: str) -> str:
    """Without halves of surrogate pairs: a terminal or a browser may send them as text."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _retrieved(
    retriever: Retriever,
    question: str,
    history: Sequence[Turn],
    k: int = MAX_PASSAGES,
    model: BaseChatModel | None = None,
    *,
    anywhere: bool = False,
) -> tuple[Asked, Scope | None]:
    """A question with what was found for it, and the part of the notes that it names.

    It is looked for there, or `anywhere`.
    """
    started = time.perf_counter()
    alone = _accept(question, history, model)
    query, scope = scoped_query(retriever, alone)
    within = scope.holds if scope and scope.parts and not anywhere else None
    hits = retriever.hits(query, max(k, MAX_PASSAGES), within)
    retrieved = time.perf_counter()
    judged = judge(query.text, query.concepts, passages_of(hits[:MAX_PASSAGES]))
    asked = Asked(
        question=question,
        standalone=alone,
        language=query.language,
        concepts=query.concepts,
        passages=judged.passages,
        hits=tuple(hits),
        started=started,
        retrieved=retrieved,
        confidence=judged.confidence,
        answerable=judged.answered,
    )
    if asked.answerable and names_another(question, alone):
        bare, part = _retrieved(retriever, question, (), k, anywhere=anywhere)
        # what was spoken of before has to do with it where both lead to the same passage
        if not bare.answerable or bare.hits[0].chunk != asked.hits[0].chunk:
            return bare, part
    return asked, scope
