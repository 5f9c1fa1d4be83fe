"""Scope in words: the parts of the notes that a question names, and the question without them.

Knows how weeks and lectures are named in two languages ("2주차 3차시", "lecture 2-3", "the second
week", "U-Net 강의에서", "the lecture on attention") and the places of the notes; knows nothing of
retrieval. A week or lecture that the notes do not have is reported; a title that fits none is left
in the question, for it may be no title at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document import Place
from ingest.glossary import Glossary
from ingest.words import terms
from tutor.question import generic_terms

_ONES = "one two three four five six seven eight nine ten".split()
_FIRSTS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_KOREAN = ("첫", "두|둘", "세|셋", "네|넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_LAST = -1
_D = r"(?:\d{1,2}|" + "|".join(_ONES) + r")"
_W = r"주\s*차"
_L = r"(?:차시|교시|강(?!화|도|점|제|력|조|세))"
_NTH = r"(?:" + "|".join((*_FIRSTS, "last", "final")) + r")"
_NTH_KO = r"(?:(?:" + "|".join(_KOREAN) + r")(?:\s*번)?\s*째|첫(?:\s*번째)?|마지막)"
_LECTURE = r"(?:lectures?|lec\.?|sessions?|class)"
_BEFORE = r"(?:(?:\b(?:in|from|of|for|on|during|within|about)\s+)?(?:\b(?:the|my)\s+)?)"
_AFTER = (
    r"(?:'s\b)?(?:\s*(?:강의\s*노트|강의|수업|노트|자료)(?![가-힣]*들))?"
    r"(?:\s?(?:에서는|에서만|에서|에선|에는|에|의|까지|은|는|도|을|를|만|이랑|랑|하고|와|과|요)(?![가-힣]))?"
    r"(?:\s+(?:lectures?|notes?|slides?)\b)?\s*,?"
)
_PATTERNS = tuple(
    re.compile(f"{_BEFORE}{body}{_AFTER}", re.I)
    for body in (
        rf"(?<!\d)(?P<from>\d{{1,2}})\s*(?:{_W})?\s*(?:[~∼–-]|부터)\s*(?P<to>\d{{1,2}})\s*{_W}",
        rf"(?<!\d)(?P<weeks>\d{{1,2}}(?:\s*(?:,|·|와|과|랑|하고)\s*\d{{1,2}})+)\s*{_W}",
        rf"(?:제\s*)?(?<!\d)(?P<week>\d{{1,2}})\s*주\s*차?\s*(?:의\s*)?(?P<lecture>\d{{1,2}})\s*{_L}",
        rf"(?:제\s*)?(?<!\d)(?P<week>\d{{1,2}})\s*주\s*차?\s*(?:의\s*)?(?P<nth>{_NTH_KO})\s*(?:강의|차시|수업|시간)",
        rf"(?:제\s*)?(?<!\d)(?P<week>\d{{1,2}})\s*(?:{_W}|주(?=\s*(?:강의|수업|내용|요약|정리|노트)))",
        rf"(?<![\w.-])(?P<week>\d{{1,2}})-(?P<lecture>\d{{1,2}})\s*{_L}",
        rf"(?:제\s*)?(?<!\d)(?P<lecture>\d{{1,2}})\s*{_L}",
        rf"\bweeks\s*(?P<from>{_D})\s*(?:[-–~]|to|through)\s*(?P<to>{_D})\b",
        rf"\bweeks\s*(?P<weeks>{_D}(?:\s*(?:,|and|&)\s*{_D})+)\b",
        rf"\b{_LECTURE}\s*#?(?P<week>\d{{1,2}})\s*[-.]\s*(?P<lecture>\d{{1,2}})\b",
        rf"\bweek\s*(?P<week>{_D})\s*,?\s*(?:'s\s+)?{_LECTURE}\s*#?(?P<lecture>{_D})\b",
        r"\bw(?P<week>\d{1,2})\s*[-,.]?\s*l(?P<lecture>\d{1,2})\b",
        rf"\b{_LECTURE}\s*#?(?P<lecture>{_D})\s+(?:of|in|from)\s+(?:the\s+)?week\s*(?P<week>{_D})\b",
        rf"\b(?P<nth>{_NTH})\s+{_LECTURE}\s+(?:of|in|from)\s+(?:the\s+)?week\s*(?P<week>{_D})\b",
        r"\bweek\s*(?P<week>\d{1,2})\s*[-.]\s*(?P<lecture>\d{1,2})\b",
        rf"\bweek\s*#?(?P<week>{_D})\b",
        rf"\b{_LECTURE}\s*#?(?P<lecture>{_D})\b",
        rf"(?P<nth_week>{_NTH_KO})\s*주(?:\s*차)?(?![가-힣]*(?:간|동안))",
        rf"(?P<nth>{_NTH_KO})\s*(?:강의|차시)",
        rf"(?<=the )(?P<nth_week>{_NTH})\s+week\b",
        rf"(?<=the )(?P<nth>{_NTH})\s+lecture\b",
    )
)
"""Each names weeks, lectures or both; those before win where they overlap."""
_BARE = re.compile(
    rf"{_BEFORE}(?<![\w.-])(?P<week>\d{{1,2}})-(?P<lecture>\d{{1,2}})(?![\w.-])", re.I
)
"""Only a place if the notes have it: "2-3 요약해줘", "what is in 2-3"."""
_TITLED_KO = re.compile(
    r"\s*(?:강의|수업|차시|단원|챕터|섹션)(?:\s*(?:노트|내용|자료))?"
    r"(?:에서는|에서|에선|에는|에|의|을|를|은|는|만)?(?=\s|[,.?!]|$)"
)
_TITLED_EN = re.compile(
    r"(?:\b(?:in|from|of|on|during|for)\s+)?\b(?:the|my|our)\s+(?P<title>(?:[^\s,.?!]+\s+){1,6}?)"
    r"(?:lectures?|section|chapter)\b(?:'s|\s+notes?)?\s*,?",
    re.I,
)
_ON = re.compile(
    r"(?:\b(?:in|from|of|during|for)\s+)?(?:\bthe\s+)?\b(?:lectures?|section|chapter)\s+"
    r"(?:on|about|called|titled)\s+(?:the\s+)?(?P<title>(?:(?!(?:what|how|why|which|who|is|does|do)\b)[^\s,.?!:]+(?:\s+|(?=[,.?!:]|$))){1,6})",
    re.I,
)
_NO_TITLE = re.compile(
    r"어느|무슨|어떤|몇|어디|어제|오늘|지난|이번|저번|다음|이전|앞|뒤|그|이|저|온라인|우리|전체|모든|각"
    r"|which|what|last|next|previous|this|that|whole|entire|same|other|first|final|each|every"
)
_PARTICLE_END = re.compile(r"[가-힣](?:은|는|이|가|을|를|에서|에|의)$")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the notes: a week, a lecture of it or of any week, or what stands under a title.

    Args:
        title: of a lecture, or a heading within one.
    """

    week: int | None = None
    lecture: int | None = None
    title: str | None = None

    def holds(self, place: Place) -> bool:
        """Whether a passage at this place belongs to it."""
        return (
            self.week in (None, place.week)
            and self.lecture in (None, place.lecture)
            and (self.title is None or self.title == place.title or self.title in place.path)
        )

    def name(self, language: str) -> str:
        """How it is called in an answer."""
        return place_name(self.week, self.lecture, self.title, language)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an answer is looked for.

    Args:
        parts: those named that the notes have, in the order of the question.
        missing: those named that they do not have.
        rest: the question without the words that name them.
        by_title: whether they are named by words of the notes, which say something of the subject.
    """

    parts: tuple[Part, ...]
    missing: tuple[Part, ...]
    rest: str
    by_title: bool = False

    def holds(self, place: Place) -> bool:
        """Whether a passage at this place belongs to it."""
        return any(part.holds(place) for part in self.parts)

    def name(self, language: str) -> str:
        """How its parts are called in an answer."""
        return _listed([part.name(language) for part in self.parts])

    def missing_name(self, language: str) -> str:
        """How the parts are called that the notes do not have."""
        return _listed([part.name(language) for part in self.missing])


def scope_of(question: str, places: Sequence[Place], glossary: Glossary) -> Scope | None:
    """The parts of the notes that a question names; None when it names none.

    Args:
        question: standing alone.
        places: where the passages of the notes stand.
        glossary: words that mean the same, to match titles across languages.
    """
    found = _numbered(question, places)
    if not found:
        return _titled(question, places, glossary)
    parts = dict.fromkeys(part for part, _, _ in found)
    known = [part for part in parts if any(map(part.holds, places))]
    rest = without(question, [(start, end) for _, start, end in found])
    return Scope(tuple(known), tuple(part for part in parts if part not in known), rest)


def place_name(week: int | None, lecture: int | None, title: str | None, language: str) -> str:
    """A place as people say it: "2주차 3차시", "week 2, lecture 3", a title in quotes."""
    if language == "ko":
        named = [f"{week}주차"] * (week is not None) + [f"{lecture}차시"] * (lecture is not None)
        return " ".join(named) or f"‘{title}’"
    named = [f"week {week}"] * (week is not None) + [f"lecture {lecture}"] * (lecture is not None)
    return ", ".join(named) or f"“{title}”"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) < 3 or "," not in names[0] else "; ".join(names)


def number_spans(question: str) -> list[tuple[int, int]]:
    """Where a question names weeks or lectures by number, whether the notes have them or not."""
    return sorted(match.span() for match in _matches(question))


def _matches(question: str) -> list[re.Match[str]]:
    """The words that name weeks or lectures by number; longer names first where they overlap."""
    found: list[re.Match[str]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(question):
            if not any(m.start() < match.end() and match.start() < m.end() for m in found):
                found.append(match)
    return found


def _numbered(question: str, places: Sequence[Place]) -> list[tuple[Part, int, int]]:
    """Parts named by number with where they are named, in order."""
    found = [
        (part, *match.span()) for match in _matches(question) for part in _parts(match, places)
    ]
    for match in _BARE.finditer(question):
        part = Part(int(match["week"]), int(match["lecture"]))
        if not found and any(map(part.holds, places)):
            found.append((part, *match.span()))
    found.sort(key=lambda entry: entry[1])
    completed = list(_completed(found, places))
    return [(part, start, end) for (_, start, end), part in zip(found, completed, strict=True)]


def _completed(found: Sequence[tuple[Part, int, int]], places: Sequence[Place]) -> Iterator[Part]:
    """Lectures with the week named before them; in notes without lectures they are weeks."""
    numbered = any(place.lecture is not None for place in places)
    week: int | None = None
    for part, _, _ in found:
        if part.week is None and not numbered:
            yield Part(week=part.lecture)
        elif part.week is None and week is not None:
            yield replace(part, week=week)
        else:
            week = part.week
            yield part


def _parts(match: re.Match[str], places: Sequence[Place]) -> Iterator[Part]:
    """What one match names."""
    named = {name: value for name, value in match.groupdict().items() if value}
    if "from" in named:
        first, last = _number(named["from"]), _number(named["to"])
        yield from (Part(week) for week in range(min(first, last), max(first, last) + 1))
    elif "weeks" in named:
        yield from (Part(_number(n)) for n in re.findall(_D, named["weeks"], re.I))
    elif "nth_week" in named:
        yield Part(_or_last(_ordinal(named["nth_week"]), [p.week for p in places]))
    else:
        week = _number(named["week"]) if "week" in named else None
        lecture = _number(named["lecture"]) if "lecture" in named else None
        if "nth" in named:
            lecture = _ordinal(named["nth"])
            if lecture == _LAST:
                week = week or max((p.week or 0 for p in places), default=0) or None
                within = [p.lecture for p in places if p.week == week]
                lecture = _or_last(lecture, within)
        yield Part(week, lecture)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else 1 + _ONES.index(written.lower())


def _ordinal(written: str) -> int:
    if written.lower() in _FIRSTS:
        return 1 + _FIRSTS.index(written.lower())
    starts = (
        n for n, forms in enumerate(_KOREAN, 1) if written.startswith(tuple(forms.split("|")))
    )
    return next(starts, _LAST)


def _or_last(number: int, numbers: Sequence[int | None]) -> int:
    return number if number != _LAST else max((n for n in numbers if n), default=1)


def _titled(question: str, places: Sequence[Place], glossary: Glossary) -> Scope | None:
    """The lectures or sections whose title a question names as one."""
    for phrase, start, end in _phrases(question):
        titles = _matching(phrase, places, glossary)
        if titles:
            return Scope(titles, (), without(question, [(start, end)]), by_title=True)
    return None


def _phrases(question: str) -> Iterator[tuple[str, int, int]]:
    """What may be a title, longest first, with the stretch of the question that names it."""
    for match in _TITLED_KO.finditer(question):
        for start in _word_starts(question, match.start()):
            yield question[start : match.start()], start, match.end()
    for match in _TITLED_EN.finditer(question):
        if not _NO_TITLE.match(match["title"].lower().strip()):
            yield match["title"], match.start(), match.end()
    for match in _ON.finditer(question):
        pieces = list(re.finditer(r"\S+", match["title"]))
        for last in range(len(pieces), 0, -1):
            end = match.start("title") + pieces[last - 1].end()
            yield question[match.start("title") : end], match.start(), end


def _word_starts(question: str, end: int) -> list[int]:
    """Where a title that ends here may begin, the farthest first; a particle ends the search."""
    starts: list[int] = []
    for word in reversed(list(re.finditer(r"[^\s,]+", question[:end]))[-5:]):
        if _NO_TITLE.fullmatch(word[0].lower()):
            break
        if starts and _PARTICLE_END.search(word[0]):
            break
        starts.append(word.start())
    return starts[::-1]


def _matching(phrase: str, places: Sequence[Place], glossary: Glossary) -> tuple[Part, ...]:
    """Lectures with all of a phrase in their title, else headings that have it.

    Titles that say nothing else win: "attention" is "Attention 1", not "Multi-head attention".
    """
    concepts = [
        concept
        for concept in glossary.concepts(terms(phrase))
        if not generic_terms().issuperset(concept)
    ]
    if not concepts:
        return ()
    forms = [(concept, *glossary.equivalents(concept)) for concept in concepts]
    lectures: dict[Part, int] = {}
    headings: dict[Part, int] = {}
    for place in places:
        part = Part(place.week, place.lecture, None if place.lecture else place.title)
        extra = _beyond(place.title, forms)
        if extra is not None:
            lectures[part] = extra
        for heading in place.path:
            extra = _beyond(heading, forms)
            if extra is not None:
                headings[Part(place.week, place.lecture, heading)] = extra
    found = lectures or headings
    exact = [part for part, extra in found.items() if extra == 0]
    return tuple(exact or found)


def _beyond(title: str, forms: Sequence[Sequence[Sequence[str]]]) -> int | None:
    """How many words a title has beyond the concepts; None when it lacks one of them."""
    said = set(terms(title))
    used: set[str] = set()
    for concept in forms:
        held = [form for form in concept if said.issuperset(form)]
        if not held:
            return None
        used.update(*held)
    return len([term for term in said - used - generic_terms() if not term.isdecimal()])


def without(question: str, spans: Sequence[tuple[int, int]]) -> str:
    """The question with these stretches cut out."""
    kept, at = [], 0
    for start, end in sorted(set(spans)):
        kept.append(question[at:start])
        at = max(at, end)
    kept.append(question[at:])
    return re.sub(r"^[\s,.:]+|\s+(?=[?.!,])", "", " ".join(" ".join(kept).split()))
