"""Terms inside sentences that say something of them, each with the sentence around a blank.

Knows the lectures' sentences; knows nothing about what can stand beside the term. Only sentences
that can be read by themselves are taken, and only terms that the notes explain somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.words import subjects
from tutor.quiz import clean, english, korean
from tutor.quiz.facts import Fact, Notes
from tutor.quiz.passages import Lecture, LectureKey, Span, sentences
from tutor.quiz.statements import Saying, split_pair
from tutor.quiz.terms import Term
from tutor.quiz.topics import heads_teaching, sets_right
from tutor.quiz.words import content_words, fold, length

BLANK = "____"
_LEAST_WORDS = 6
"""Content words beside the term, or anything could fill the blank."""
_SIZE = {"ko": (22, 100), "en": (10, 32)}
"""Of a sentence: characters without spaces, words."""
_LIKE = 0.5
"""Share of the words around the blank that the notes also say of another term."""
_FOLLOWS = re.compile(
    r"^(?:그래서|그러면|그런데|그러나|그리고|다만|또한?|따라서|하지만|즉|곧|예를|이|그|둘|두"
    r"|여기|보통|한편|반대로|숫자로|입력이|단어가|So|But|And|Then|Thus|Hence|Here|Yet|Still|Instead|However|For"
    r"|Also|This|That|These|Those|It|Its|They|Their|Such|Both|One|If|Take|Let|Suppose|In this"
    r"|With|The (?:first|second|third|last|other|same|two|three|former|latter)|원 논문|논문|실험)\b"
)
_EXAMPLE = re.compile(
    r"\bsame way\b|\btoo\.$|\bas well\.$|마찬가지"
    r"|[\"“”‘’']|\d[\d,.]*\s?[×%]|=|\[|\d{3,}|예[:로]|e\.g"
)
_SEQUEL_KO = re.compile(r"(?:기 때문이다|는 뜻이다|는 말이다|셈이다|것이다|까닭이다|보자|하자)\.?$")


@dataclass(frozen=True, slots=True)
class Hidden:
    """One sentence with a term left out.

    Args:
        name: the term.
        opens: whether another explained term opens the sentence, so that it says what it is about.
        text: the whole sentence.
        blanked: the sentence around the blank.
        others: all lines of the course, folded and as they are.
    """

    name: str
    opens: bool
    text: str
    blanked: str
    span: Span
    lecture: LectureKey
    words: frozenset[str]
    others: tuple[tuple[str, str], ...]

    def filled(self, other: str) -> str:
        """The sentence with another term in the blank, the words around it made to fit."""
        before, after = self.blanked.split(BLANK)
        article = f"{english.article(other)} "
        before = re.sub(r"A\(n\) $", article.capitalize(), before)
        before = before.replace("a(n) ", article)
        for consonant, vowel, both in korean.PAIRS:
            if after.startswith(both):
                rest = after.removeprefix(both)
                return before + korean.with_particle(other, f"{consonant}/{vowel}") + rest
        return before + other + after

    def may_be(self, other: str) -> bool:
        """Whether another term might fill the blank: it is in the sentence, or said like that."""
        folded = fold(other)
        if folded in fold(self.blanked):
            return True
        least = _LIKE * len(self.words)
        return any(
            folded in known and len(content_words(text) & self.words) >= least
            for known, text in self.others
        )


def as_fact(hidden: Hidden, notes: Notes) -> Fact:
    """What the sentence says of its term, for finding what can stand beside it."""
    term = Term(hidden.name, notes.names.aliases(hidden.name))
    saying = Saying(term, "", "", hidden.blanked.replace(BLANK, " "), line=False)
    return Fact(saying, hidden.span, hidden.lecture, known=True)


def hidden_terms(notes: Notes, lecture: LectureKey) -> Iterator[Hidden]:
    """Every sentence of a lecture that names one explained term, not as its opening."""
    told = _told(notes.lectures)
    known = {fact.name for fact in notes.facts if fact.known} | set(notes.field)
    names = sorted(known, key=lambda name: (-len(name), name))
    own = next(each for each in notes.lectures if each.key == lecture)
    heading = ""
    for line in own.lines:
        heading = line.text if line.shape == "heading" else heading
        path = line.span.chunk.place.path
        if line.shape == "heading" or not heads_teaching(path[-1] if path else heading):
            continue
        if sets_right(path[-1] if path else heading, line.text):
            continue
        labelled = line.shape != "plain" or split_pair(line.text) is not None
        for text, span in sentences(line)[labelled:]:
            if not _readable(text, notes.language):
                continue
            name = next((n for n in names if n in text), "")
            blanked = _blanked(text, name, notes) if name else ""
            words = content_words(blanked.replace(BLANK, " ")) - content_words(name)
            if blanked and len(words) >= _LEAST_WORDS:
                start = re.sub(r"^(?:The|An?) ", "", text)
                opens = any(start.startswith((n, english.upper_first(n))) for n in names)
                yield Hidden(name, opens, text, blanked, span, lecture, words, told)


def _readable(text: str, language: str) -> bool:
    shortest, longest = _SIZE[language]
    plain = text.rstrip(".")
    return (
        shortest <= length(text, language) <= longest
        and text.endswith((".", "다"))
        and not _FOLLOWS.match(text)
        and not _EXAMPLE.search(text)
        and not _SEQUEL_KO.search(text)
        and clean.is_clean(plain, language)
        and clean.stands_alone(plain, language)
        and not clean.is_detail(plain)
        and (language == "en" or bool(subjects(text)))
    )


def _blanked(text: str, name: str, notes: Notes) -> str:
    """The sentence with a blank for the term; "" where the term opens it or is told again."""
    forms = [name, *notes.names.aliases(name)]
    if sum(text.count(form) for form in {name}) != 1 or text.index(name) < 2:
        return ""
    before, after = text.split(name)
    rest = fold(f"{before} {after}")
    if before[-1].isalnum() or any(fold(form) in rest for form in forms if len(form) > 1):
        return ""
    if after.startswith(("(", "-")) or before.endswith("-"):
        return ""
    if notes.language == "en":
        if after[:1].isalnum() or _longer(before, name, after, notes):
            return ""
        before = re.sub(r"\b([Aa])n? $", r"\1(n) ", before)
        return before + BLANK + after
    # "셀프 어텐션 메커니즘" is not about "셀프 어텐션", nor "트랜스포머 인코더" about either
    if before.endswith(" ") and re.search(r"[A-Za-z가-힣]{2} $", before) and not _ends(before):
        return ""
    cut = korean.split_particle(after)
    if cut is None or not cut[0]:
        return ""
    return before + BLANK + korean.neutral(cut[0]) + cut[1]


def _longer(before: str, name: str, after: str, notes: Notes) -> bool:
    """Whether a word beside the name makes a longer name of it: "patch" in "patch embedding"."""
    last, following = before.split()[-1:], re.findall(r"^ ([\w-]+)", after)
    around = [f"{word} {name}" for word in last] + [f"{name} {word}" for word in following]
    return any(len(notes.names.of(each)) > 1 for each in around)


def _ends(before: str) -> bool:
    """Whether the word before a Korean term is complete, with a particle or an ending."""
    ending = r"(?:[은는이가을를의에도와과로고며면서한된할될인던]|에서|까지|처럼|[,)]) $"
    return bool(re.search(ending, before))


@lru_cache(maxsize=8)
def _told(lectures: tuple[Lecture, ...]) -> tuple[tuple[str, str], ...]:
    """Every line of the notes, folded and as it is."""
    lines = (line.text for lecture in lectures for line in lecture.lines)
    return tuple((fold(text), text) for text in lines)
