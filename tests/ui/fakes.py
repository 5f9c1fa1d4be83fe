"""A tutor with three small notes that answers at once: the same methods as `tutor.tutor.Tutor`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ingest.document import Chunk, Document, Place, Role, Section, chunk_id
from ingest.errors import NoSuchDocument
from tutor.chats import Chats
from tutor.errors import QuestionTooLong
from tutor.follow_up import Turn
from tutor.llm.engines import Notice
from tutor.quiz.generate import Batch, QuizRequest
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.store import Bank
from tutor.source import Answer, Citation, Draft, Engine, Hit, Near, Search, Timings, Token

GRU = """# 기울기 소실과 LSTM, GRU

## 게이트가 있는 순환 신경망

리셋 게이트(reset gate)는 이전 은닉 상태를 얼마나 **반영할지** 정하는 게이트이다. \
0에 가까우면 과거를 잊는다.

$$
h_t = (1 - z_t) \\odot h_{t-1} + z_t \\odot \\tilde{h}_t
$$

업데이트 게이트(update gate)는 이전 상태와 새 후보를 섞는 비율 $z_t$를 정하는 게이트이다.

- 망각 게이트: 망각 게이트는 LSTM에서 셀 상태의 무엇을 버릴지 정하는 게이트이다.
- 비용은 $5에서 $6 사이이다. `h <- f(x)`

시험에 나온다고 하셨다. 다시 볼 것!

GPT에게 물어보니 GRU는 게이트가 세 개라고 한다. \
<script>window.pwned = 'script'</script> \
<img src="http://tracker.example/n.png" onerror="window.pwned='img'">

다음 중 GRU의 게이트가 아닌 것은? 1) 리셋 2) 업데이트 3) 출력
"""

ATTENTION = """# Attention

Attention is a weighted mean of values, whose weights come from queries and keys.

The scaled dot product divides by $\\sqrt{d_k}$ so that the softmax stays soft.
"""

PLAIN = "메모\n\n경사 하강법 : 기울기의 반대 방향으로 조금씩 내려가는 방법\n"


def _section(text: str, first: str, last: str, role: Role, place: Place, at: int) -> Section:
    start = text.index(first)
    return Section(start, text.index(last, start) + len(last), role, place, at)


def _gru() -> Document:
    lecture = Place(2, 2, "기울기 소실과 LSTM, GRU", ("게이트가 있는 순환 신경망",))
    quiz = Place(2, None, "기울기 소실과 LSTM, GRU")
    parts = [
        ("리셋 게이트(", "과거를 잊는다.", Role.LECTURE, lecture),
        ("$$\nh_t", "정하는 게이트이다.", Role.LECTURE, lecture),
        ("- 망각", "f(x)`", Role.LECTURE, lecture),
        ("시험에", "볼 것!", Role.ASIDE, lecture),
        ("GPT에게", "'img'\">", Role.COMMENTARY, lecture),
        ("다음 중", "출력", Role.QUIZ, quiz),
    ]
    sections = tuple(_section(GRU, *part, at) for at, part in enumerate(parts))
    return Document("ko/week2/2-lstm-gru.md", GRU, lecture.title, "ko", sections, ())


def _attention() -> Document:
    place = Place(3, 1, "Attention")
    text = ATTENTION
    sections = (
        _section(text, "Attention is", "keys.", Role.LECTURE, place, 0),
        _section(text, "The scaled", "soft.", Role.LECTURE, place, 1),
    )
    return Document("en/week3/1-attention.md", text, "Attention", "en", sections, ())


def _plain() -> Document:
    sections = (_section(PLAIN, "경사", "방법", Role.LECTURE, Place(None, None, "메모"), 0),)
    return Document("메모.txt", PLAIN, "메모", "ko", sections, ())


DOCUMENTS: dict[str, tuple[Document, ...]] = {
    "genai": (_gru(), _attention()),
    "내 노트": (_plain(),),
}


def chunks_of(course: str, document: Document) -> list[Chunk]:
    """One chunk per section."""
    return [
        Chunk(
            id=chunk_id(course, document.name, section.place, document.text[section.start :]),
            course=course,
            document=document.name,
            language=document.language,
            start=section.start,
            end=section.end,
            text=document.text[section.start : section.end],
            role=section.role,
            place=section.place,
            ordinal=section.ordinal,
        )
        for section in document.sections
    ]


def cited(n: int, quote: str, course: str = "genai") -> Citation:
    """The citation of `quote`, which must stand in one of the course's documents."""
    for document in DOCUMENTS[course]:
        for chunk in chunks_of(course, document):
            if quote in chunk.text:
                start = chunk.start + chunk.text.index(quote)
                return Citation(n, quote, chunk, start, start + len(quote))
    raise AssertionError(quote)


@dataclass
class FakeTutor:
    """Answers about the reset gate, does not know the weather, and remembers what it was asked."""

    home: Path
    pause_s: float = 0.0
    engine: Engine = field(default_factory=lambda: Engine("reader", "reader"))
    asked: list[tuple[str, tuple[Turn, ...], tuple[str, ...]]] = field(default_factory=list)
    wanted: list[QuizRequest] = field(default_factory=list)
    cancelled: int = 0
    notice: Notice | None = None
    drafted: Answer | None = None

    @property
    def library(self) -> SimpleNamespace:
        return SimpleNamespace(home=self.home, unusable=lambda encoder: [])

    @property
    def encoder(self) -> SimpleNamespace:
        return SimpleNamespace(name="none")

    def courses(self) -> tuple[str, ...]:
        return tuple(DOCUMENTS)

    def default_courses(self) -> tuple[str, ...]:
        return ("genai",)

    def chunks(self, courses: Sequence[str] | None = None) -> list[Chunk]:
        wanted = courses or self.default_courses()
        return [c for name in wanted for d in DOCUMENTS[name] for c in chunks_of(name, d)]

    def documents(self, courses: Sequence[str] | None = None) -> list[tuple[str, Document]]:
        wanted = courses or self.default_courses()
        return [(name, document) for name in wanted for document in DOCUMENTS[name]]

    def document(self, name: str, courses: Sequence[str] | None = None) -> Document:
        for course in courses or DOCUMENTS:
            for document in DOCUMENTS.get(course, ()):
                if document.name == name:
                    return document
        raise NoSuchDocument(f"There is no document {name}.", "See `tutor status`.")

    @cached_property
    def chats(self) -> Chats:
        return Chats(self.home / "chats.sqlite3")

    @property
    def engines(self) -> FakeTutor:
        return self

    @property
    def spec(self) -> str:
        return "reader"

    def switch(self, llm: str) -> Engine:
        kind = "reader" if llm == "reader" else "transformers"
        self.engine = Engine(llm.removeprefix("hf:"), kind)
        return self.engine

    def for_login(self, name: str) -> FakeTutor:
        return FakeTutor(self.home / "logins" / name, self.pause_s)

    def can_answer(self, question: str, courses: Sequence[str] | None = None) -> bool:
        return any(word in question for word in ("게이트", "Attention", "과거를", "GPT에게"))

    @property
    def bank(self) -> Bank:
        return Bank(self.home / "bank.sqlite3")

    def quiz(self, request: QuizRequest) -> Batch:
        self.wanted.append(request)
        made = [item for item in ITEMS if not request.kinds or item.kind in request.kinds]
        return Batch(tuple(made[: request.count]))

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        courses: Sequence[str] | None = None,
        k: int = 10,
    ) -> Search:
        words = question.split()
        found = [c for c in self.chunks(courses) if any(word in c.text for word in words)][:k]
        hits = tuple(Hit(rank, 1.0 / rank, chunk) for rank, chunk in enumerate(found, 1))
        return Search(question, question, 1.0 if hits else 0.0, hits)

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        courses: Sequence[str] | None = None,
        draft: bool = False,
    ) -> Iterator[Token | Draft | Answer]:
        if len(question) > 4000:
            raise QuestionTooLong("The question is too long.", "Ask in under 4,000 characters.")
        self.asked.append((question, tuple(history), tuple(courses or ())))
        answer = unanswered(question) if "날씨" in question else answered(question)
        try:
            if self.drafted and draft:
                yield Draft(self.drafted)
            for word in answer.text.split(" "):
                time.sleep(self.pause_s)
                yield Token(word + " ")
            yield answer
        except GeneratorExit:
            self.cancelled += 1
            raise


def answered(question: str) -> Answer:
    """Two citations, a formula, a list, and hostile words the engine took from a note."""
    text = (
        "리셋 게이트는 **이전 은닉 상태**를 얼마나 반영할지 정해요 [1].\n\n"
        "- 0에 가까우면 과거를 잊어요: $r_t \\odot h_{t-1}$\n"
        "- 섞는 비율은 $z_t$예요 [2]\n\n"
        "<img src='http://tracker.example/a.png' onerror=\"window.pwned='answer'\"> \\[7\\]"
    )
    citations = (
        cited(
            1, "리셋 게이트(reset gate)는 이전 은닉 상태를 얼마나 **반영할지** 정하는 게이트이다."
        ),
        cited(
            2,
            "업데이트 게이트(update gate)는 이전 상태와 새 후보를 섞는 비율 $z_t$를 "
            "정하는 게이트이다.",
        ),
    )
    return Answer(
        question,
        question,
        text,
        True,
        None,
        citations,
        (),
        Engine("reader", "reader"),
        Timings(4.0, 5.0, 210.0),
    )


def unanswered(question: str) -> Answer:
    """Not in the notes, with the nearest two sections."""
    near = tuple(Near(chunk) for chunk in chunks_of("genai", _gru())[:2])
    return Answer(
        question,
        question,
        "노트에 없는 내용이에요.",
        False,
        "not_in_notes",
        (),
        near,
        Engine("reader", "reader"),
        Timings(4.0, 5.0, 12.0),
    )


def _item(kind: ItemKind, stem: str, quote: str, **rest: Any) -> Item:
    """An item on `quote` with an id that is the same in every run."""
    fields: dict[str, Any] = {
        "options": None,
        "terms": None,
        "key": None,
        "answer": (),
        "explanation": "노트에 있어요 [1]",
    }
    return Item(
        id=f"{0xABC000 + list(ItemKind).index(kind):016x}",
        kind=kind,
        language="ko",
        stem=stem,
        citations=(cited(1, quote),),
        **{**fields, **rest},
    )


ITEMS: tuple[Item, ...] = (
    _item(
        ItemKind.CHOICE,
        "이전 은닉 상태를 얼마나 반영할지 정하는 게이트는? <b>하나</b>",
        "0에 가까우면 과거를 잊는다.",
        options=(
            "망각 게이트",
            "리셋 게이트 $r_t$",
            "<img src=x onerror=\"window.pwned='o'\">",
            "출력",
        ),
        key=(1,),
        answer=("리셋 게이트 $r_t$",),
    ),
    _item(
        ItemKind.TRUE_FALSE,
        "업데이트 게이트는 섞는 비율 $z_t$를 정한다.",
        "업데이트 게이트(update gate)는",
        options=("맞다", "틀리다"),
        key=(0,),
        answer=("맞다",),
        contested=True,
    ),
    _item(
        ItemKind.SHORT_ANSWER,
        "셀 상태의 무엇을 버릴지 정하는 게이트의 이름은?",
        "망각 게이트: 망각 게이트는",
        answer=("망각 게이트", "forget gate"),
    ),
    _item(
        ItemKind.ORDERING,
        "순서대로 놓으면?",
        "리셋 게이트(reset gate)는",
        options=("둘", "하나", "셋"),
        key=(1, 0, 2),
        answer=("하나, 둘, 셋",),
    ),
    _item(
        ItemKind.MATCHING,
        "서로 맞는 것끼리 이으면?",
        "0에 가까우면 과거를 잊는다.",
        terms=("리셋", "업데이트"),
        options=("섞는다", "잊는다"),
        key=(1, 0),
        answer=("리셋 — 잊는다",),
    ),
)
