"""Reads the facts of a course out of its lectures.

Knows how notes are laid out: definitions in sentences and in "term: gloss" lines, lists under a
heading or an announcing sentence, numbered steps; knows nothing about questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.document import Chunk
from tutor.quiz import clean, english, statements, topics
from tutor.quiz.english import singular
from tutor.quiz.facts import Fact, Listing, Member, Notes, Procedure
from tutor.quiz.passages import Lecture, Line, Span, as_read, lectures, sentences
from tutor.quiz.runs import Run, may_pair, runs
from tutor.quiz.spelling import Spelling
from tutor.quiz.statements import Saying
from tutor.quiz.terms import Names, Term, is_name, is_subject, read_term
from tutor.quiz.topics import Topic
from tutor.quiz.words import fold

_STEPS = re.compile(
    r"(?:순서|단계|과정|절차|구현|학습|방법|는 법|원리)$|\bsteps?\b|\border\b|procedure"
    r"|process|pipeline"
    r"|\bhow\b|training$",
    re.I,
)
_TASK_KO = re.compile(r"^(.{3,30}?)[을를] (구현|계산|학습|수행|생성|처리)하는 .*$")
_ENDING_KO = re.compile(r"(?:\s*등)?(?:이다|다|이 있다|가 있다)\.?$")
_ANNOUNCES = re.compile(r"다음과 같|[:：]$|가지(?:이)?다\.?$|as follows|following|\bthese\b", re.I)
_AUTHOR = re.compile(r"[,&] ?([A-Z][a-z]+) \((?:19|20)\d\d\)")
_KEEPS_COMING = 3
_CLAIM = 4
"""Words of a predicate that says no more than what its subject belongs to."""
_GENERAL = 4
"""Lectures that speak of a thing which is part of many others, such as an encoder."""
_SHORTEST_LIST = 3
"""Members of an enumeration inside a sentence; a list of its own may have two."""


def read(chunks: Iterable[Chunk], glossary: Iterable[Sequence[str]] = ()) -> list[Notes]:
    """The notes of each course and language among `chunks`.

    `glossary` holds rows of forms that mean the same; see `ingest.glossary.read_rows`.
    """
    found = lectures(chunks)
    rows = [list(row) for row in glossary]
    groups = sorted({(lecture.key[0], lecture.language) for lecture in found})
    notes = []
    for course, language in groups:
        own = [x for x in found if (x.key[0], x.language) == (course, language)]
        notes.append(_Reader(course, language, own, rows).notes())
    return notes


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
        self._named: set[str] = set()
        self._small: dict[str, bool] = {}
        self._bold: set[str] = set()
        self._facts: list[Fact] = []
        self._listings: list[Listing] = []
        self._procedures: list[Procedure] = []
        self._texts = {x.key: "\n".join(line.text for line in x.lines) for x in own}
        self._text = "\n".join(self._texts.values())
        lines = (line.span.text for lecture in own for line in lecture.lines)
        self._people = {name for line in lines for name in _AUTHOR.findall(line)}
        rows = list(rows)
        self._spelling = Spelling([self._text], (form for row in rows for form in row))
        self._forms_of_field = [f for row in rows for f in row if _specific(f, language)]
        for row in rows:
            self._names.join(row)
            self._named.update(fold(form) for form in row if is_name(form, language))
        self._known |= self._named

    def notes(self) -> Notes:
        for lecture in self._lectures:
            for run in runs(lecture):
                for term in self._introduced(run):
                    self._names.join(term.forms)
                    self._known.update(fold(form) for form in term.forms)
                    if term.aliases:
                        self._named.update(fold(form) for form in term.forms)
        for lecture in self._lectures:
            for run in runs(lecture):
                self._read_run(lecture, run)
        return Notes(
            self._course,
            self._language,
            tuple(self._lectures),
            tuple(self._facts),
            tuple(self._listings),
            tuple(self._procedures),
            self._names,
            tuple(form for form in self._forms_of_field if self._text.count(form) > 1),
        )

    def _introduced(self, run: Run) -> Iterator[Term]:
        """The names that the lines of a run give to concepts."""
        lists = run.lists_things
        for line in run.lines:
            pair = statements.split_pair(line.text) if may_pair(line) else None
            if pair and lists:
                term = read_term(pair[0], self._language)
                if term:
                    yield term
            for bold in line.bold:
                term = read_term(bold, self._language)
                if term:
                    labels = line.text.startswith((f"{bold}:", f"{bold} :"))
                    self._bold |= set() if labels else {term.name}
                    yield term
            for text, _ in sentences(line):
                yield from statements.names_in(text, self._language)
            if pair:
                yield from statements.names_in(pair[1], self._language)

    def _read_run(self, lecture: Lecture, run: Run) -> None:
        if not topics.heads_teaching(run.heading):
            return
        topic, number, title = None, -1, ""
        if len(run.lines) > 1 and run.lines[0].shape == "number":
            title = self._read_steps(lecture, run)
        if len(run.lines) > 1 and (run.lists_things or title):
            language = self._language
            topic = topics.of_steps(title, language) if title else self._topic(run, lecture)
            number = self._read_list(lecture, run, topic)
        for line in run.lines:
            if topics.sets_right(run.heading, line.text):
                continue
            if not title or number >= 0:
                self._read_line(lecture, line, number, topic)

    def _read_line(self, lecture: Lecture, line: Line, number: int, topic: Topic | None) -> None:
        """A definition in the line's form "term: gloss", and every sentence with a subject."""
        pair = statements.split_pair(line.text) if may_pair(line) else None
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
                place = (number, topic) if inside else (-1, None)
                apart = inside and topic is None and not saying.defines(self._language)
                context = self._context(lecture, saying) if apart else ""
                fact = Fact(saying, span, lecture.key, *place, context=context)
                self._add_fact(saying, fact)
            if position == 0 or not inner:
                self._read_enumeration(lecture, text, span)

    def _add_fact(self, saying: Saying, fact: Fact) -> None:
        known = self._names_concept
        whole = clean.without_lead(saying.predicate)
        predicate = clean.one_subject(whole, self._language, known)
        saying = replace(saying, predicate=predicate)
        if self._fit(saying):
            named = bool(saying.term.aliases) or saying.term.name in self._bold
            named = named or fold(saying.term.name) in self._named
            self._facts.append(replace(fact, saying=self._cased(saying), known=named))

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
        return Saying(saying.term, saying.lead, "", gloss, line=True)

    def _fit(self, saying: Saying) -> bool:
        predicate, language = saying.predicate, self._language
        leaks = any(_holds(predicate, form) for form in self._forms(saying.term))
        loose = not saying.defines(language) and clean.is_detail(predicate)
        named = predicate.removesuffix("이다")
        # "X is a component of Y" is true of every component
        listed = len(named.split()) <= _CLAIM and topics.from_heading(named, language) is not None
        return (
            not leaks
            and not loose
            and not listed
            and clean.is_clean(predicate, language)
            and clean.stands_alone(predicate, language)
            and clean.says_enough(predicate, language)
            and not self._spelling.suspects(f"{saying.term.name} {predicate}")
        )

    def _read_list(self, lecture: Lecture, run: Run, topic: Topic | None) -> int:
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
        """A list inside a sentence: "The components of X are A, B and C"."""
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
        if topic is not None:
            topic = replace(topic, subject=self._case(topic.subject))
        self._listings.append(Listing(number, topic, tuple(members), lecture.key, intro))
        return number

    def _read_steps(self, lecture: Lecture, run: Run) -> str:
        """Steps numbered 1, 2, 3 … under a title that speaks of order; the title, "" for none."""
        if [line.number for line in run.lines] != list(range(1, len(run.lines) + 1)):
            return ""
        titles = [_TASK_KO.sub(r"\1 \2", as_read(run.intro.span.text))] if run.intro else []
        titles = [t for t in titles if len(t) <= 40 and not re.search(r"[.다:]$", t)] + [
            run.heading
        ]
        title = next((t for t in titles if _STEPS.search(t) and topics.heads_teaching(t)), "")
        if not title or len(run.lines) < _SHORTEST_LIST:
            return ""
        steps = tuple(line.text.rstrip(".") for line in run.lines)
        spans = tuple(line.span for line in run.lines)
        title = self._full(title, lecture)
        self._procedures.append(Procedure(title, steps, spans, lecture.key))
        return title

    def _full(self, title: str, lecture: Lecture) -> str:
        """A title with the lecture's before it, unless it names what it is about by itself."""
        words = re.sub(r"(?:의|에서|이|가|을|를|은|는)(?=\s|$)", "", title).split()
        spans = [" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, i + 4)]
        named = any(self._names_concept(span) and len(span) > 1 for span in spans)
        return title if named else f"{lecture.title}: {title}"

    def _topic(self, run: Run, lecture: Lecture) -> Topic | None:
        """What a list lists: as its announcing line says, else as the heading above says."""
        noun, last, found = "", "", None
        if run.intro is not None:
            last = _last_sentence(run.intro)
            found = topics.from_sentence(last, self._language)
            noun = topics.announced_noun(last, self._language)
            if found is None and len(run.intro.text) <= 40:
                found = topics.from_heading(run.intro.text, self._language)
        if _ANNOUNCES.search(last) and found is None and not noun:
            return None
        if found is None and not noun:
            found = topics.from_heading(run.heading, self._language)
            noun = topics.bare_noun(run.heading, self._language)
        if found or not noun:
            return found
        subject = topics.subject_of(run.heading, self._language)
        subject = subject if self._knows(subject) else self._subject(lecture)
        return topics.with_subject(subject, noun, self._language)

    def _context(self, lecture: Lecture, saying: Saying) -> str:
        """The one concept of a lecture's title, for a term that is no other name of it."""
        own = [c for c in self._concepts_of(lecture.title) if self._names_concept(c)]
        name = saying.term.name
        told = sum(name.casefold() in text.casefold() for text in self._texts.values())
        if len(own) != 1 or told < _GENERAL or self._names.related(own[0], name):
            return ""
        return "" if _holds(saying.predicate, own[0]) else own[0]

    def _subject(self, lecture: Lecture) -> str:
        """The term of a lecture's title that the lecture speaks of most."""
        text = self._texts[lecture.key]
        return max(
            self._concepts_of(lecture.title),
            key=lambda name: (text.casefold().count(name.casefold()), len(name)),
            default="",
        )

    def _concepts_of(self, title: str) -> list[str]:
        """The terms of a title, without those inside a longer one."""
        words = re.sub(r"\s*\([^()]*\)", "", title).split()
        spans = [
            " ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)
        ]
        bare = [
            re.sub(r"(?:[과와]의|[과와은는의]|이?란)$", "", span.rstrip("?,:")) for span in spans
        ]
        known = [name for name in bare if self._knows(name)]
        return [
            name for name in known if not any(name != other and name in other for other in known)
        ]

    def _forms(self, term: Term) -> set[str]:
        return {*term.forms, *self._names.aliases(term.name)}

    def _names_concept(self, name: str) -> bool:
        return fold(name) in self._known

    def _knows(self, name: str) -> bool:
        if fold(name) in self._known or (
            self._language == "en" and fold(singular(name)) in self._known
        ):
            return True
        if self._language == "en" or not is_subject(name) or name in self._people:
            return False
        words = name.split()
        if any(fold(" ".join(words[at:])) in self._known for at in range(1, len(words) - 1)):
            return True  # "딥러닝 기반 이미지 생성" is a kind of "이미지 생성"
        # in Korean notes Latin names are technical; a Korean one is when it keeps coming up
        return bool(re.search("[A-Za-z]{2}", name)) or self._keeps_coming(name)

    def _keeps_coming(self, name: str) -> bool:
        used = re.findall(rf"(?<!\S){re.escape(name)}(?:이|가|을|를|의|와|과)(?=\s)", self._text)
        return len(used) >= _KEEPS_COMING

    def _cased(self, saying: Saying) -> Saying:
        name = self._case(saying.term.name)
        others = self._names.aliases(saying.term.name)
        term = Term(name, tuple(dict.fromkeys([*saying.term.aliases, *others])))
        return Saying(term, saying.lead, saying.particle, saying.predicate, saying.line)

    def _case(self, name: str) -> str:
        """The name as it stands inside a sentence: small, where the notes ever write it so."""
        name = self._names.mended(name)
        lower = english.lower_first(name)
        if self._language == "ko" or lower == name:
            return name
        if name not in self._small:
            small = len(re.findall(rf"(?<![\w-]){re.escape(lower)}(?!\w)", self._text))
            large = len(re.findall(rf"(?<=[a-z,;(] ){re.escape(name)}(?!\w)", self._text))
            self._small[name] = small > large
        return lower if self._small[name] else name


def _specific(form: str, language: str) -> bool:
    """Whether a name of the glossary says by itself which concept is meant."""
    long = len(form.split()) > 1 or len(form) > 3 or (language == "ko" and form.isascii())
    return long and is_name(form, language)


def _holds(text: str, form: str) -> bool:
    """Whether a text names a form; Latin ones as words, since "conv" is in "convolutional"."""
    folded = fold(form)
    if len(folded) < 2:
        return False
    if not folded.isascii():
        return folded in fold(text)
    plain = re.escape(form).replace(r"\ ", r"[\s-]*").replace(r"\-", r"[\s-]*")
    return bool(re.search(rf"(?<![A-Za-z0-9]){plain}(?:s|es)?(?![A-Za-z0-9])", text, re.I))


def _bare(label: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", label).strip()


def _enumerated(text: str, language: str) -> list[str]:
    """The names a sentence lists after its verb or topic particle, split at the commas."""
    if language == "ko":
        rest = re.split(r"[은는]\s", text, maxsplit=1)[-1]
        return [part.strip() for part in _ENDING_KO.sub("", rest).split(",")]
    rest = re.split(r"\bare\s", text, maxsplit=1)[-1].rstrip(".")
    return [re.sub(r"^and\s+", "", part.strip()) for part in rest.split(",")]


def _last_sentence(line: Line) -> str:
    return sentences(line)[-1][0] if sentences(line) else ""
