"""What matters most in a part of the notes: definitions, whole lists, formulas, first statements.

Knows how notes are written, and which of their terms come again and again; knows no question and no
answer. Words of others than the course are left out by the caller; orders to a program, which notes
may hold too, are left out here. Most is read off the letters: to analyse every word of a course
would take seconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from ingest.document import Chunk
from ingest.sentences import Sentence, sentences
from tutor.intent import intent_of
from tutor.statement import definition, heads_items, is_marked, names_no_thing

_EXAMPLE = re.compile(
    r"예를 들|^예[:：) ]|^ex\s*[):.]|\bfor example\b|\be\.g\.|^example\b|라고 하자|^suppose", re.I
)
_LEANING = re.compile(
    r"^(?:이|그|저|이런|그런|이러한|그러한|이때|그래서|따라서|하지만|그러나|그리고|또한|또|또는|즉|반면|여기서|다만"
    r"|둘|이것|그것|위|아래|앞|this|that|these|those|it|they|so|but|and|however|therefore|thus|here"
    r"|then|also|both|such|each)\b",
    re.I,
)
_ELSEWHERE = re.compile(
    r"\(\d{4}\)[,.]?\s*[\"“「]|https?://|\bdoi\b|\barxiv|\d\s*주\s*차|\d\s*차시"
    r"|다음 (?:시간|강의|차시)|지난 (?:시간|강의)|(?:next|last) (?:lecture|week)\b"
    r"|\b(?:lecture|week) \d",
    re.I,
)
"""References, and words about the course rather than its subject."""
_STRESSED = re.compile(
    r"중요(?:!|함|하다|해요|합니다|하대|하다고)|핵심[은이]|반드시|별표|★|!!|시험에"
    r"|\bimportant\b(?! role)|\bkey (?:idea|point)|\bremember\b|\b(?:in|on|for) the exam\b",
    re.I,
)
_STATES = re.compile(r"(?:[다요죠됨함음임것]|[a-z0-9)]\.)\W*$", re.I)
"""How a line ends that says something; a heading without marks does not."""
_STEP = re.compile(r"^(?:\d{1,2}[.)]|[①-⑳])")
"""One step of several says little alone."""
_BACK_MATTER = re.compile(
    r"출처|참고|연결|더 읽|references?|sources?|further reading|connections?|links? to other", re.I
)
_SHORT, _LONG, _TOO_LONG = 14, 200, 330
MAX_LIST = 7
"""Items. A longer list would crowd out all else."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing worth knowing: a statement, or the head of a list with its items.

    Args:
        sentences: in order; shown whole or not at all.
        term: what it defines, empty if it defines nothing.
        meaning: what it says of the term; the whole sentence where the two cannot be parted.
        score: how much it matters, comparable within one part of the notes.
    """

    sentences: tuple[Sentence, ...]
    term: str
    meaning: str
    score: float

    @property
    def head(self) -> Sentence:
        """Its first sentence."""
        return self.sentences[0]


def points(chunks: Sequence[Chunk], *, exam: bool = False) -> list[Point]:
    """What the chunks say, most important first.

    Args:
        chunks: in the order of the notes.
        exam: whether formulas and what is stressed count for more.
    """
    whole = " ".join(chunk.text for chunk in chunks).lower()
    found: list[Point] = []
    for _, section in groupby(chunks, key=_section):
        told = list(chain.from_iterable(map(sentences, section)))
        for number, run in enumerate(_runs(told)):
            term, meaning = definition(run[0].text)
            score = _score(run, term, meaning, whole, first=number == 0, exam=exam)
            found.append(Point(tuple(run), term, meaning, score))
    return sorted(found, key=lambda point: -point.score)


def choose(found: Sequence[Point], lines: int) -> list[Point]:
    """The most important points that fit in so many lines, different ones, in the notes' order."""
    chosen: list[Point] = []
    waiting = list(found)
    left = lines
    while waiting and left > 0:
        best = max(waiting, key=lambda point: point.score - 0.6 * _crowding(point, chosen))
        waiting.remove(best)
        if best.score <= 0:
            break
        if any(intent_of(sentence.text) == "refused" for sentence in best.sentences):
            continue
        if len(best.sentences) <= left and not any(_alike(best, other) for other in chosen):
            chosen.append(best)
            left -= len(best.sentences)
    return sorted(chosen, key=lambda p: (p.head.chunk.course, p.head.chunk.document, p.head.start))


def _runs(told: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Every statement alone, and heads of lists with all of their items as well."""
    for at, sentence in enumerate(told):
        items = _items(told, at)
        if items and len(items) <= MAX_LIST:
            yield [sentence, *items]
        if not items and _is_worth_reading(sentence):
            yield [sentence]


def _items(told: Sequence[Sentence], at: int) -> list[Sentence]:
    """The items, by their first sentences, of the list that a line heads; none without a list.

    Notes without list marks write items as "term : meaning", directly below.
    """
    head = told[at]
    if is_marked(head) or _is_title(head) or not heads_items(head.text):
        return []
    items: list[Sentence] = []
    marked = at + 1 < len(told) and is_marked(told[at + 1])
    for number in range(at + 1, len(told)):
        one, other = told[number - 1], told[number]
        gap = _lines_between(one, other)
        if gap == 0 and items:
            continue  # more about the same item
        listed = is_marked(other) if marked else _is_definition_line(other)
        if not listed or gap == 0 or gap > (2 if marked and not items else 1):
            break
        items.append(other)
    return items if len(items) > 1 else []


def _lines_between(one: Sentence, other: Sentence) -> int:
    """How many lines further down a sentence stands; a chunk ends with its line."""
    if one.chunk.id == other.chunk.id:
        return other.line - one.line
    return 1 if other.start - one.end <= 4 else 2


def _is_definition_line(sentence: Sentence) -> bool:
    term, meaning = definition(sentence.text)
    return bool(term) and meaning != sentence.text


def _is_title(sentence: Sentence) -> bool:
    place = sentence.chunk.place
    return sentence.text.strip("# ") in (place.title, *place.path)


def _is_worth_reading(sentence: Sentence) -> bool:
    text = sentence.text
    return (
        not _is_title(sentence)
        and not text.endswith(("?", "？"))
        and not text.startswith(("|", "```"))
        and len(text) >= _SHORT - 6
    )


def _score(
    run: Sequence[Sentence], term: str, meaning: str, whole: str, *, first: bool, exam: bool
) -> float:
    """How much a point matters; zero or less: it is not worth a line."""
    text = run[0].text
    place = run[0].chunk.place
    formula = text.startswith("$$")
    score = 1.0 + 0.7 * first + 0.5 * (1 + exam) * bool(_STRESSED.search(text))
    if len(run) > 1:
        # more than the best of its items alone
        terms = [definition(item.text)[0] for item in run[1:]]
        score += 2.6 + max(_recurrence(item, whole) for item in terms) - names_no_thing(text)
    elif term:
        score += 1.4 + _recurrence(term, whole) - 0.7 * (len(meaning) < _SHORT)
        score += 0.8 * (term.lower() in " ".join((place.title, *place.path)).lower())
        score -= 0.8 * meaning.startswith("$")
    elif formula:
        score += 0.4 + 0.5 * exam
    else:
        score -= 0.9 * (len(text) < 40 and not _STATES.search(text))
    if len(run) == 1 and is_marked(run[0]):
        score -= 0.9 if _STEP.match(text) else 0.3
    score -= 1.3 * bool(_EXAMPLE.search(text)) + 2.0 * bool(_ELSEWHERE.search(text))
    score -= 1.2 * (not formula and bool(_LEANING.match(text)))
    score -= 2.5 * bool(_BACK_MATTER.search(" ".join(place.path)))
    length = len(text)
    score -= 1.0 * (length < _SHORT) + 0.5 * (length > _LONG) + 1.5 * (length > _TOO_LONG)
    return score


def _recurrence(term: str, whole: str) -> float:
    """How often the notes come back to a term, 0 (once) to 1.2 (often)."""
    name = term.split("(")[0].strip().lower()
    count = whole.count(name) if len(name) > 1 else 1
    return min(1.2, 0.45 * math.log2(max(count, 1)))


def _crowding(point: Point, chosen: Sequence[Point]) -> int:
    """How many points of the same section are there already."""
    own = _section(point.head.chunk)
    return sum(_section(other.head.chunk) == own for other in chosen)


def _alike(one: Point, other: Point) -> bool:
    """Whether two points share a sentence, say the same, or define the same term."""
    if one.term and one.term == other.term:
        return True
    if {(s.chunk.id, s.start) for s in one.sentences} & {
        (s.chunk.id, s.start) for s in other.sentences
    }:
        return True
    mine, yours = (set(re.findall(r"\w+", p.head.text.lower())) for p in (one, other))
    return len(mine & yours) > 0.7 * max(min(len(mine), len(yours)), 1)


def _section(chunk: Chunk) -> tuple[str, str, int]:
    return chunk.course, chunk.document, chunk.ordinal
