"""Reads the facts of a course out of its lectures.

Knows how notes are laid out: definitions in sentences and in "term: gloss" lines, lists under a
heading or an announcing sentence, numbered steps; knows nothing about questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.document import Chunk
from tutor.quiz import clean, english, statements, topics
from tutor.quiz.facts import Fact, Listing, Member, Notes, Procedure
from tutor.quiz.passages import Lecture, Line, Span, as_read, lectures, sentences
from tutor.quiz.english import singular
from tutor.quiz.spelling import Spelling
from tutor.quiz.statements import Saying
from tutor.quiz.terms import Names, Term, is_name, is_subject, read_term
from tutor.quiz.topics import Topic
from tutor.quiz.words import fold

_STEPS = re.compile(
    r"순서|단계|과정|절차|구현|학습$|방법$|하는 법|\bsteps?\b|\border\b|procedure|process|pipeline"
    r"|\bhow\b|training$",
    re.I,
)
_ENDING_KO = re.compile(r"(?:\s*등)?(?:이다|다|이 있다|가 있다)\.?$")
_KEEPS_COMING = 4
_SHORTEST_LIST = 3
"""Members of an enumeration inside a sentence; a list of its own may have two."""


def read(chunks: Iterable[Chunk], glossary: Iterable[Sequence[str]] = ()) -> list[Notes]:
    """The notes of each course and language among `chunks`.

    Args:
        glossary: rows of forms that mean the same; see `ingest.glossary.read_rows`.
    """
    found = lectures(chunks)
    rows = [list(row) for row in glossary]
    groups = sorted({(lecture.key[0], lecture.language) for lecture in found})
    notes = []
    for course, language in groups:
        own = [x for x in found if (x.key[0], x.language) == (course, language)]
        notes.append(_Reader(course, language, own, rows).notes())
    return notes


@dataclass(slots=True)
class _Run:
    """Lines that form one list, with the line that announces it and the heading above."""

    lines: list[Line] = field(default_factory=list)
    intro: Line | None = None
    heading: str = ""


class _Reader:
    """Reads one course in one language: first its names, then what is said of them."""

    def __init__(
        self, course: str, language: str, own: Sequence[Lecture], rows: Iterable[Sequence[str]]
    ) -> None:
        self._course = course
        self._language = language
        self._lectures = own
        self._names = Names()
        self._known: set[str] = set()
        self._facts: list[Fact] = []
        self._listings: list[Listing] = []
        self._procedures: list[Procedure] = []
        self._texts = {x.key: "\n".join(line.text for line in x.lines) for x in own}
        self._text = "\n".join(self._texts.values())
        rows = list(rows)
        self._spelling = Spelling([self._text], (form for row in rows for form in row))
        for row in rows:
            self._names.join(row)
            self._known.update(fold(form) for form in row if is_name(form, language))

    def notes(self) -> Notes:
        for lecture in self._lectures:
            for run in _runs(lecture):
                for term in self._introduced(run):
                    self._names.join(term.forms)
                    self._known.update(fold(form) for form in term.forms)
        for lecture in self._lectures:
            for run in _runs(lecture):
                self._read_run(lecture, run)
        return Notes(
            self._course,
            self._language,
            tuple(self._lectures),
            tuple(self._facts),
            tuple(self._listings),
            tuple(self._procedures),
            self._names,
        )

    def _introduced(self, run: _Run) -> Iterator[Term]:
        """The names that the lines of a run give to concepts."""
        lists = _lists_things(run)
        for line in run.lines:
            pair = statements.split_pair(line.text) if _may_pair(line) else None
            if pair and lists:
                term = read_term(pair[0], self._language)
                if term:
                    yield term
            for bold in line.bold:
                term = read_term(bold, self._language)
                if term:
                    yield term
            for text, _ in sentences(line):
                yield from statements.names_in(text, self._language)
            if pair:
                yield from statements.names_in(pair[1], self._language)

    def _read_run(self, lecture: Lecture, run: _Run) -> None:
        if not topics.heads_teaching(run.heading):
            return
        topic, number = None, -1
        if len(run.lines) > 1 and run.lines[0].shape == "number":
            self._read_steps(lecture, run)
        if len(run.lines) > 1 and _lists_things(run):
            topic = self._topic(run, lecture)
            number = self._read_list(lecture, run, topic)
        for line in run.lines:
            self._read_line(lecture, line, number, topic)

    def _read_line(self, lecture: Lecture, line: Line, number: int, topic: Topic | None) -> None:
        """A definition in the line's form "term: gloss", and every sentence with a subject."""
        pair = statements.split_pair(line.text) if _may_pair(line) else None
        if pair and self._read_list_line(lecture, line, pair):
            return
        for position, (text, span) in enumerate(sentences(line)):
            inner = statements.split_pair(text) if pair and position == 0 else None
            saying = statements.read_sentence(
                inner[1] if inner else text, self._language, self._knows
            )
            if inner and not (saying and self._names.same(saying.term.name, _bare(inner[0]))):
                lists = number >= 0 or line.shape == "plain"
                saying = self._line_saying(inner, member=topic is not None) if lists else saying
            if saying:
                inside = bool(inner) and number >= 0
                self._add_fact(
                    saying,
                    Fact(
                        saying,
                        span,
                        lecture.key,
                        number if inside else -1,
                        topic if inside else None,
                    ),
                )
            if position == 0 or not inner:
                self._read_enumeration(lecture, text, span)

    def _add_fact(self, saying: Saying, fact: Fact) -> None:
        known = self._names_concept
        predicate = clean.one_subject(saying.predicate, self._language, known)
        saying = replace(saying, predicate=predicate)
        if self._fit(saying):
            self._facts.append(replace(fact, saying=self._cased(saying)))

    def _read_list_line(self, lecture: Lecture, line: Line, pair: tuple[str, str]) -> bool:
        """A line such as "GPT-3.5의 한계: A, B, C", which is a list and no definition."""
        topic = topics.from_heading(_bare(pair[0]), self._language)
        names = re.split(r",\s*", pair[1].rstrip("."))
        terms = [read_term(name, self._language, member=True) for name in names]
        if topic is None:
            return False
        if len(terms) >= _SHORTEST_LIST and all(terms):
            self._add_list(topic, [Member(t.name, line.span) for t in terms if t], lecture)
        return True

    def _line_saying(self, pair: tuple[str, str], *, member: bool) -> Saying | None:
        saying = statements.read_line(pair[0], pair[1], self._language, member=member)
        if saying is None:
            return None
        gloss = clean.tidy_gloss(saying.predicate, self._language)
        return Saying(saying.term, "", "", gloss, line=True)

    def _fit(self, saying: Saying) -> bool:
        predicate, language = saying.predicate, self._language
        leaks = any(
            fold(form) in fold(predicate)
            for form in self._forms(saying.term)
            if len(fold(form)) > 1
        )
        return (
            not leaks
            and not self._spelling.suspects(f"{saying.term.name} {predicate}")
            and clean.is_clean(predicate, language)
            and clean.stands_alone(predicate, language)
            and clean.says_enough(predicate, language)
        )

    def _read_list(self, lecture: Lecture, run: _Run, topic: Topic | None) -> int:
        """Notes the list and returns its number; -1 where its lines are no list of things."""
        members = []
        for line in run.lines:
            pair = statements.split_pair(line.text)
            label = pair[0] if pair else line.text.rstrip(".")
            term = read_term(label, self._language, member=topic is not None)
            if term and not self._spelling.suspects(term.name):
                members.append(Member(self._case(term.name), line.span))
        if len(members) < 2 or len(members) < 0.6 * len(run.lines):
            return -1
        return self._add_list(topic, members, lecture, run.intro.span if run.intro else None)

    def _read_enumeration(self, lecture: Lecture, text: str, span: Span) -> None:
        """ "The components of X are A, B and C." """
        topic = topics.from_sentence(text, self._language)
        names = _enumerated(text, self._language) if topic else []
        terms = [read_term(name, self._language, member=True) for name in names]
        if topic and len(terms) >= _SHORTEST_LIST and all(terms):
            members = [Member(self._case(term.name), span) for term in terms if term]
            self._add_list(topic, members, lecture)

    def _add_list(
        self,
        topic: Topic | None,
        members: list[Member],
        lecture: Lecture,
        intro: Span | None = None,
    ) -> int:
        number = len(self._listings)
        self._listings.append(Listing(number, topic, tuple(members), lecture.key, intro))
        return number

    def _read_steps(self, lecture: Lecture, run: _Run) -> None:
        """Steps numbered 1, 2, 3 … under a title that speaks of an order."""
        if [line.number for line in run.lines] != list(range(1, len(run.lines) + 1)):
            return
        titles = [as_read(run.intro.span.text)] if run.intro else []
        titles = [t for t in titles if len(t) <= 40 and not re.search(r"[.다:]$", t)] + [
            run.heading
        ]
        title = next((t for t in titles if _STEPS.search(t) and topics.heads_teaching(t)), "")
        if title and len(run.lines) >= 3:
            steps = tuple(line.text.rstrip(".") for line in run.lines)
            spans = tuple(line.span for line in run.lines)
            self._procedures.append(Procedure(title, steps, spans, lecture.key))

    def _topic(self, run: _Run, lecture: Lecture) -> Topic | None:
        """What a list lists: as its announcing line says, else as the heading above says."""
        noun, found = "", None
        if run.intro is not None:
            last = (sentences(run.intro) or [("", None)])[-1][0]
            found = topics.from_sentence(last, self._language)
            noun = topics.announced_noun(last, self._language)
            if found is None and len(run.intro.text) <= 40:
                found = topics.from_heading(run.intro.text, self._language)
        if found is None and not noun:
            found = topics.from_heading(run.heading, self._language)
            noun = topics.bare_noun(run.heading, self._language)
        if found or not noun:
            return found
        subject = topics.subject_of(run.heading, self._language)
        subject = subject if self._knows(subject) else self._subject(lecture)
        return topics.with_subject(subject, noun, self._language)

    def _subject(self, lecture: Lecture) -> str:
        """The term of a lecture's title that the lecture speaks of most."""
        words, text = lecture.title.split(), self._texts[lecture.key]
        spans = [
            " ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)
        ]
        bare = [
            re.sub(r"(?:[과와]의|[과와은는의]|이?란)$", "", span.rstrip("?,:")) for span in spans
        ]
        known = [name for name in bare if self._knows(name)]
        whole = [
            name for name in known if not any(name != other and name in other for other in known)
        ]
        return max(
            whole, key=lambda name: (text.casefold().count(name.casefold()), len(name)), default=""
        )

    def _forms(self, term: Term) -> set[str]:
        return {*term.forms, *self._names.aliases(term.name)}

    def _names_concept(self, name: str) -> bool:
        return fold(name) in self._known

    def _knows(self, name: str) -> bool:
        if fold(name) in self._known or (
            self._language == "en" and fold(singular(name)) in self._known
        ):
            return True
        if self._language == "en" or not is_subject(name):
            return False
        # in Korean notes Latin names are technical; a Korean one is when it keeps coming up
        return bool(re.search("[A-Za-z]{2}", name)) or self._text.count(name) >= _KEEPS_COMING

    def _cased(self, saying: Saying) -> Saying:
        name = self._case(saying.term.name)
        others = self._names.aliases(saying.term.name)
        term = Term(name, tuple(dict.fromkeys([*saying.term.aliases, *others])))
        return Saying(term, saying.lead, saying.particle, saying.predicate, saying.line)

    def _case(self, name: str) -> str:
        """The name as it stands inside a sentence: small, where the notes ever write it so."""
        lower = english.lower_first(name)
        if self._language == "ko" or lower == name:
            return name
        small = len(re.findall(rf"(?<![\w-]){re.escape(lower)}(?!\w)", self._text))
        large = len(re.findall(rf"(?<=[a-z,;(] ){re.escape(name)}(?!\w)", self._text))
        return lower if small > large else name


def _runs(lecture: Lecture) -> Iterator[_Run]:
    """The lines of a lecture, lists kept together, every other line by itself."""
    heading, previous = "", None
    run = _Run()
    for line in lecture.lines:
        path = line.span.chunk.place.path
        heading = line.text if line.shape == "heading" else path[-1] if path else heading
        if run.lines and not _continues(run.lines[-1], line):
            yield run
            run = _Run()
        if line.shape == "heading":
            previous = None
            continue
        if not run.lines:
            close = previous is not None and (line.shape != "plain" or not line.gap)
            run = _Run([], previous if close else None, heading)
        run.lines.append(line)
        previous = line if line.shape == "plain" else None
    if run.lines:
        yield run


def _continues(last: Line, line: Line) -> bool:
    """Whether a line belongs to the list that `last` belongs to."""
    if last.shape != line.shape or line.shape == "heading":
        return False
    if line.shape == "number":
        return line.number == last.number + 1
    if line.shape == "bullet":
        return line.span.chunk.place == last.span.chunk.place
    both = statements.split_pair(last.text) and statements.split_pair(line.text)
    return bool(both) and _may_pair(line) and not line.gap


def _may_pair(line: Line) -> bool:
    """In Markdown paragraphs a colon is a colon; in plain text a line may be "term : gloss"."""
    markdown = line.span.chunk.document.lower().endswith((".md", ".markdown"))
    return line.shape in ("bullet", "number") or (line.shape == "plain" and not markdown)


def _lists_things(run: _Run) -> bool:
    intro = run.intro.text if run.intro and len(run.intro.text) <= 40 else ""
    return topics.heads_list(run.heading) and topics.heads_list(intro)


def _bare(label: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", label).strip()


def _enumerated(text: str, language: str) -> list[str]:
    """The names a sentence lists after its verb or topic particle, split at the commas."""
    if language == "ko":
        rest = re.split(r"[은는]\s", text, maxsplit=1)[-1]
        return [part.strip() for part in _ENDING_KO.sub("", rest).split(",")]
    rest = re.split(r"\bare\s", text, maxsplit=1)[-1].rstrip(".")
    return [re.sub(r"^and\s+", "", part.strip()) for part in rest.split(",")]
