"""First questions that the notes in front of one can answer. Knows passages, asks nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Chunk, Role
from ui.texts import KO, Texts, texts_of

SAMPLE = 600
"""Passages looked at, evenly spread, so that a large library costs no more than a small one."""

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


def questions(chunks: Sequence[Chunk], language: str, count: int = 4) -> list[str]:
    """Up to `count` questions in `language`, spread over the lectures.

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
    return _spread(list(dict.fromkeys(about)), count)


def subject_particle(word: str) -> str:
    """The Korean subject particle for `word`: 이 after a final consonant, else 가."""
    last = word[-1:]
    if "가" <= last <= "힣":
        return "이" if (ord(last) - ord("가")) % 28 else "가"
    # capitals and digits by their Korean names (엘, 알, 영, 일 …), words by their last sound
    return "이" if last and last in "LMNR013678lmn" else "가"


def _about_term(text: str, everything: str, texts: Texts) -> str:
    """A question for the first term that `text` defines, "" when it defines none.

    What only looks like a term is told by its being said once: "빠른 연산 : …" is a remark.
    """
    for definition in (_NAMED_TWICE, *_DEFINITIONS):
        for match in definition.finditer(text):
            term = match["term"].strip()
            sure = definition is _NAMED_TWICE or everything.count(term) > 1
            if sure and not _NOT_TERMS.search(term):
                particle = subject_particle(term) if texts is KO else ""
                return texts.ask_what_is.format(term=term, particle=particle)
    return ""


def _spread(items: list[str], count: int) -> list[str]:
    """`count` of the items, evenly spaced, the first among them."""
    if len(items) <= count:
        return items
    return [items[index * len(items) // count] for index in range(count)]
