"""The facts that items are made of: what notes say of a term, what they list, what they number.

Knows only the shapes; `reading` finds them in lectures, `kinds` make questions of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.quiz.passages import Lecture, LectureKey, Span
from tutor.quiz.statements import Saying
from tutor.quiz.terms import Names
from tutor.quiz.topics import Topic


@dataclass(frozen=True, slots=True)
class Fact:
    """What the notes say of one term, and where.

    Args:
        saying: term and predicate.
        span: the sentence or line that proves it.
        lecture: whose lecture it is in.
        listing: number of the list that the term is a member of here, -1 for none.
        topic: what that list lists, where the notes say so.
        known: whether the term is one of the glossary's or has another name in the notes.
        context: what the lecture is about, for a list whose lines speak of that alone; else "".
    """

    saying: Saying
    span: Span
    lecture: LectureKey
    listing: int = -1
    topic: Topic | None = None
    known: bool = False
    context: str = ""

    @property
    def name(self) -> str:
        """The term."""
        return self.saying.term.name


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of a list: its name, and the line or sentence that has it."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Listing:
    """Two or more things that the notes list together.

    Args:
        number: counts the lists of a course.
        topic: what it lists, None where the notes do not say so in a way that we can read.
        intro: the line that announces it, where there is one.
    """

    number: int
    topic: Topic | None
    members: tuple[Member, ...]
    lecture: LectureKey
    intro: Span | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """Numbered steps in their order, under the heading or line that announces them."""

    title: str
    steps: tuple[str, ...]
    spans: tuple[Span, ...]
    lecture: LectureKey


@dataclass(frozen=True, slots=True)
class Notes:
    """All that can be asked about, of one course in one language.

    Args:
        field: names of the glossary that the notes use more than once, explained or not.
    """

    course: str
    language: str
    lectures: tuple[Lecture, ...]
    facts: tuple[Fact, ...]
    listings: tuple[Listing, ...]
    procedures: tuple[Procedure, ...]
    names: Names
    field: tuple[str, ...] = ()
