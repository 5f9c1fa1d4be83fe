"""First questions that the notes in front of one can answer. Knows passages, asks nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ingest.document import Chunk, Role
from tutor.source import Answer
from ui.texts import KO, Texts, texts_of

SAMPLE = 600
"""Passages looked at, evenly spread, so that a large library costs no more than a small one."""

SPARE = 3
"""Times as many questions are thought of as are shown: some the notes cannot answer."""
TRIED = 1
"""More than are shown are tried after an answer: each is a search, while others are asking."""
NEXT = 8
"""Passages looked at beyond the lecture that was asked about."""

_TERM = r"(?m)^[-*•\d.) \t]*(?P<term>[가-힣A-Za-z][가-힣A-Za-z0-9 \-]{1,20}?)"
_ENGLISH_TERM = r"(?P<term>[A-Za-z][A-Za-z0-9\-]+(?: [A-Za-z0-9\-]+){0,2})"
_NAMED_TWICE = re.compile(_TERM + r"\([^()\n]{2,40}\)(?:은|는|:| :) ?[^\n]{12}")
"""A term with its other name in brackets: sure to be one."""
_DEFINITIONS = (
    re.compile(_TERM + r"[은는] [^\n.]{8,160}(?:이다|말한다|뜻한다|의미한다)[.\n]"),
    re.compile(_TERM + r" ?: (?=\S)[^\n]{12}"),
    re.compile(rf"(?m)(?:^|\. )(?:An? |The )?{_ENGLISH_TERM} (?:\([^()\n]+\) )?is (?:a|an|the) "),
)
_NOT_TERMS = re.compile(
    r"(?i)^(?:this|that|it|there|here|which|what|예|주의|참고|정리|목적|특징|장점|단점)$|\d주|차시"
    r"|^\S*[은는한된른인할될] "  # "빠른 연산", "주요한 점": a description, not a name
)


Known = Callable[[str], bool]
"""Whether the notes can answer a question."""


def questions(
    chunks: Sequence[Chunk], language: str, count: int = 4, known: Known = lambda question: True
) -> list[str]:
    """Up to `count` questions in `language` that the notes can answer, spread over the lectures.

    Each asks for a term its lecture defines, or for the lecture itself where no definition is seen.
    Notes in the page's language are preferred.
    """
    texts = texts_of(language)
    sample = [c for c in chunks[:: max(1, len(chunks) // SAMPLE)] if c.role is Role.LECTURE]
    spoken = [chunk for chunk in sample if chunk.language == language] or sample
    everything = "\n".join(chunk.text for chunk in spoken)
    asked: dict[tuple[str, int | None, int | None, str], str] = {}
    for chunk in spoken:
        lecture = (chunk.course, chunk.place.week, chunk.place.lecture, chunk.place.title)
        if not asked.get(lecture):
            asked[lecture] = _about_term(chunk.text, everything, texts)
    about = [
        question or texts.ask_main_points.format(title=lecture[-1])
        for lecture, question in asked.items()
    ]
    about = list(dict.fromkeys(about))
    evenly = [*_spread(about, count), *_spread(about, SPARE * count)]
    return _known(list(dict.fromkeys(evenly)), count, known)


def following(
    chunks: Sequence[Chunk],
    answer: Answer,
    before: Sequence[str],
    language: str,
    known: Known,
    count: int = 3,
) -> list[str]:
    """Up to `count` questions to ask after an answer, none that was asked `before`.

    They are about what stands nearest to the passages that the answer rests on: in the same lecture
    first, then in the one after it.
    """
    texts = texts_of(language)
    cited = [found.chunk for found in answer.citations or answer.near]
    if not cited:
        return []
    about = _whereabouts(chunks, cited[0])
    everything = "\n".join(chunk.text for chunk in about)
    said = " ".join((*before, answer.question)).casefold()
    asked: dict[str, None] = {}
    for chunk in about:
        for term in _terms(chunk.text, everything):
            if term.casefold() not in said and len(asked) < count + TRIED:
                asked[_question(term, texts)] = None
    return _known(list(asked), count, known)


def subject_particle(word: str) -> str:
    """The Korean subject particle for `word`: 이 after a final consonant, else 가."""
    last = word[-1:]
    if "가" <= last <= "힣":
        return "이" if (ord(last) - ord("가")) % 28 else "가"
    # capitals and digits by their Korean names (엘, 알, 영, 일 …), words by their last sound
    return "이" if last and last in "LMNR013678lmn" else "가"


def _whereabouts(chunks: Sequence[Chunk], cited: Chunk) -> list[Chunk]:
    """Lecture passages of the cited one's lecture, nearest first, then those of the next."""
    there = [c for c in chunks if (c.course, c.document) == (cited.course, cited.document)]
    taught = [c for c in there if c.role is Role.LECTURE]
    same = [c for c in taught if _lecture(c) == _lecture(cited)]
    after = [c for c in taught if c.start > cited.start and _lecture(c) != _lecture(cited)]
    return sorted(same, key=lambda c: abs(c.start - cited.start)) + after[:NEXT]


def _lecture(chunk: Chunk) -> tuple[int | None, int | None, str]:
    return chunk.place.week, chunk.place.lecture, chunk.place.title


def _known(questions: Sequence[str], count: int, known: Known) -> list[str]:
    found: list[str] = []
    for question in questions:
        if len(found) < count and known(question):
            found.append(question)
    return found


def _about_term(text: str, everything: str, texts: Texts) -> str:
    """A question for the first term that `text` defines, "" when it defines none."""
    return next((_question(term, texts) for term in _terms(text, everything)), "")


def _question(term: str, texts: Texts) -> str:
    particle = subject_particle(term) if texts is KO else ""
    return texts.ask_what_is.format(term=term, particle=particle)


def _terms(text: str, everything: str) -> Iterator[str]:
    """The terms that `text` defines, the surest first.

    What only looks like a term is told by its being said once: "빠른 연산 : …" is a remark.
    """
    for definition in (_NAMED_TWICE, *_DEFINITIONS):
        for match in definition.finditer(text):
            term = match["term"].strip()
            sure = definition is _NAMED_TWICE or everything.count(term) > 1
            if sure and not _NOT_TERMS.search(term):
                yield term


def _spread(items: list[str], count: int) -> list[str]:
    """`count` of the items, evenly spaced, the first among them."""
    if len(items) <= count:
        return items
    return [items[index * len(items) // count] for index in range(count)]
