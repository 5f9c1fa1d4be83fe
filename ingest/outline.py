"""Lays a text out: week, lecture and headings of each passage, and whose words it is.

Puts together what `headings`, `furniture`, `quiz_blocks` and `voice` see on single lines and
paragraphs; knows nothing about formats, chunks or any particular file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePosixPath

from ingest import furniture, headings
from ingest.document import Document, Place, Role, Section, Skipped
from ingest.formats.extracted import Extracted
from ingest.lines import Line, paragraphs, split_lines, verbatim
from ingest.pages import paged
from ingest.roles import assign_roles

_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
_FOLDER_WEEK = re.compile(r"(?:week|w|제)?\s*[-_]?(\d{1,2})(?:\s*주\s*차?)?$", re.I)
_FILE_WEEK = re.compile(
    r"^(?:week[-_ ]?(\d{1,2})(?![-~]?\d)"
    r"|제?(\d{1,2})\s*주(?!\s*차?\s*[-~]\s*\d+\s*주)\s*차?)[-_ ]*",
    re.I,
)
_FILE_LECTURE = re.compile(r"^(?:lecture|lec|제)?[-_ ]?(\d{1,2})\s*(?:차시|강)?(?:[-_. ]|$)", re.I)
_HEADER_LINES = 8
_CONTENT = re.compile(r"\S\s+[:=：]\s+\S|^(?:[-*+•]|\d{1,2}[.)])\s")
"""What even a short line above the first heading says of the course: "시험 범위 : 1~5주 차"."""


@dataclass(slots=True)
class _Page:
    """One text while it is being laid out: a role or a reason is noted for each line."""

    stem: str
    lines: list[Line]
    skipped: dict[int, str]
    verbatim: set[int]
    roles: dict[int, Role] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Zone:
    """The lines between two structural headings."""

    start: int
    end: int
    place: Place
    quiz: bool


def lay_out(name: str, extracted: Extracted) -> Document:
    """The document a text is: its title, language, sections in order, and what was skipped.

    Args:
        name: the document's name in its course; folders and file names such as
            "week3/2-cnn.md" or "3주차/2차시.txt" place a text that has no headings of its own.
        extracted: the text as a reader returned it.
    """
    lines = split_lines(extracted.text)
    taken, matter = furniture.front_matter(lines)
    above = dict.fromkeys(range(taken), "front matter")
    page = _Page(PurePosixPath(name).stem, lines, above, verbatim(lines))
    found = furniture.find_furniture(lines) | dict.fromkeys(headings.contents(lines), "contents")
    page.skipped |= {n: why for n, why in found.items() if n >= taken and n not in page.verbatim}
    start = _place_of(name, matter, _first_heading(page))
    zones, title = _zones(page, taken, start)
    sections = tuple(paged(_sections(page, zones), extracted))
    return Document(
        name=name,
        text=extracted.text,
        title=matter.get("title") or title or start.title,
        language=matter.get("language") or language_of(extracted.text),
        sections=sections,
        skipped=tuple(
            Skipped(lines[n].start, lines[n].end, why)
            for n, why in sorted(page.skipped.items())
            if not lines[n].blank
        ),
    )


def language_of(text: str) -> str:
    """Whether most of a text is "ko" or "en": "ko" from a fifth of Hangul letters on."""
    hangul = len(_HANGUL.findall(text))
    return "ko" if hangul >= (hangul + len(_LATIN.findall(text))) / 5 and hangul else "en"


def _place_of(name: str, matter: dict[str, str], heading: str) -> Place:
    path = PurePosixPath(name)
    parts = [unicodedata.normalize("NFC", part) for part in (*path.parts[:-1], path.stem)]
    week = (
        _number(matter.get("week"))
        or _first_number(_FOLDER_WEEK, reversed(parts[:-1]))
        or _first_number(_FILE_WEEK, parts[-1:])
    )
    lecture = _number(matter.get("lecture"))
    if lecture is None and week is not None:
        lecture = _first_number(_FILE_LECTURE, [_FILE_WEEK.sub("", parts[-1])])
    return Place(week, lecture, matter.get("title") or heading or path.stem)


def _first_heading(page: _Page) -> str:
    """The Markdown heading a text opens with, when it is the only one of its level."""
    shown = (n for n, line in enumerate(page.lines) if not line.blank and n not in page.skipped)
    first = next(shown, None)
    found = None if first is None else headings.markdown(page.lines[first])
    if first is None or found is None or headings.structure(page.lines, first):
        return ""
    others = (headings.markdown(page.lines[n]) for n in shown if n not in page.verbatim)
    alone = all(other is None or other.level > found.level for other in others)
    return found.title if alone else ""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _first_number(pattern: re.Pattern[str], texts: Iterable[str]) -> int | None:
    found = (pattern.match(text) for text in texts)
    return next((int(match[match.lastindex or 1]) for match in found if match), None)


def _zones(page: _Page, first: int, start: Place) -> tuple[list[_Zone], str]:
    """The text cut at its week, lecture and quiz headings, and the page's title if it has one."""
    marks = [
        (number, heading)
        for number in range(first, len(page.lines))
        if number not in page.skipped and number not in page.verbatim
        for heading in headings.structure(page.lines, number)
    ]
    title = ""
    if any(heading.kind != "quiz" for _, heading in marks[:1]):
        title = _page_header(page, first, marks[0][0])
    zones = [_Zone(first, marks[0][0] if marks else len(page.lines), start, quiz=False)]
    lecture, depth = start, 0
    ends = [number for number, _ in marks[1:]] + [len(page.lines)]
    for (number, heading), end in zip(marks, ends, strict=False):
        if heading.kind != "quiz":
            lecture, depth = _move(lecture, heading), heading.level
            zones.append(_Zone(number + 1, end, lecture, quiz=False))
            continue
        over = _quiz_ends(page, number, end, heading)
        zones.append(_Zone(number + 1, over, _move(lecture, heading), quiz=True))
        if over < end:
            below = headings.markdown(page.lines[over])
            level, text = (below.level, below.title) if below else (0, "")
            beside = Place(lecture.week, None, text)
            zones.append(_Zone(over, end, lecture if level > depth else beside, quiz=False))
    return zones, title


def _quiz_ends(page: _Page, at: int, end: int, quiz: headings.Heading) -> int:
    """The first Markdown heading beside or above a quiz's own, or the next structural one."""
    for number in range(at + 1, end):
        heading = None if number in page.verbatim else headings.markdown(page.lines[number])
        if heading and heading.level <= (quiz.level or 6) and not headings.belongs_to_quiz(heading):
            return number
    return end


def _move(place: Place, heading: headings.Heading) -> Place:
    """Where the text goes on below a structural heading."""
    if heading.kind == "week":
        return Place(heading.number, None, heading.title or f"{heading.number}주 차")
    if heading.kind == "lecture":
        return Place(place.week, heading.number, heading.title)
    return Place(place.week, None, heading.title)


def _page_header(page: _Page, first: int, end: int) -> str:
    """A few short lines above the first heading are the page's breadcrumb, title and date."""
    plain = [n for n in range(first, end) if not page.lines[n].blank and n not in page.skipped]
    texts = [page.lines[n].text for n in plain]
    wordy = any(len(text) > 80 or text.endswith((".", "다", "요")) for text in texts)
    if wordy or len(texts) > _HEADER_LINES:
        return ""
    header = [n for n in plain if not _CONTENT.search(page.lines[n].text)]
    page.skipped |= dict.fromkeys(header, "page header")
    return max((page.lines[n].text for n in header), key=len, default="").lstrip("# ")


def _sections(page: _Page, zones: Sequence[_Zone]) -> Iterator[Section]:
    """The sections of every zone, headings counted through the whole document."""
    ordinal = 0
    for zone in zones:
        numbers = [n for n in range(zone.start, zone.end) if n not in page.verbatim]
        page.roles |= assign_roles(page.lines, numbers, page.skipped, quiz=zone.quiz)
        _give_verbatim_roles(page, zone)
        for start, end, place in _headed(page, zone):
            for run in _runs(page, start, end):
                role = page.roles[run[0]]
                # a quiz, and what is said about it, belongs to its week, not to a lecture
                at = replace(place, lecture=None) if role is Role.QUIZ else place
                first, last = page.lines[run[0]], page.lines[run[-1]]
                yield Section(first.start, last.end, role, at, ordinal)
            ordinal += 1


def _headed(page: _Page, zone: _Zone) -> Iterator[tuple[int, int, Place]]:
    """The zone cut at its Markdown headings, or at lines that look like headings."""
    cuts: list[tuple[int, int, tuple[str, ...]]] = [(zone.start, zone.start, ())]
    path: list[tuple[int, str]] = []
    for number in range(zone.start, zone.end):
        if number in page.verbatim or number in page.skipped:
            continue
        heading = headings.markdown(page.lines[number])
        if heading is not None:
            path = [(level, text) for level, text in path if level < heading.level]
            path.append((heading.level, heading.title))
            titles = tuple(text for _, text in path if text != zone.place.title)
            cuts.append((number, number + 1, titles))
            page.roles.pop(number, None)
    if len(cuts) == 1 and not zone.quiz:
        for paragraph in _plain_headings(page, zone):
            # what looks like a heading heads its paragraph, no more
            cuts.append((paragraph[0], paragraph[0], (page.lines[paragraph[0]].text,)))
            cuts.append((paragraph[-1] + 1, paragraph[-1] + 1, ()))
    cuts.append((zone.end, zone.end, ()))
    nameless = zone.place.lecture is None and zone.place.title == page.stem
    for (_, start, titles), (end, _, _) in pairwise(cuts):
        if path and titles and nameless:
            yield start, end, replace(zone.place, title=titles[0], path=titles[1:])
        else:
            yield start, end, replace(zone.place, path=titles)


def _plain_headings(page: _Page, zone: _Zone) -> Iterator[list[int]]:
    for paragraph in paragraphs(page.lines, zone.start, zone.end):
        lecture = all(page.roles.get(n) is Role.LECTURE for n in paragraph[:2])
        if lecture and headings.heads_paragraph(page.lines, paragraph):
            yield paragraph


def _runs(page: _Page, start: int, end: int) -> Iterator[list[int]]:
    """Stretches of lines in one role; blank lines do not end one, furniture does."""
    run: list[int] = []
    for number in range(start, end):
        role = page.roles.get(number)
        if run and (number in page.skipped or (role and role is not page.roles[run[0]])):
            yield run
            run = []
        if role is not None:
            run.append(number)
    if run:
        yield run


def _give_verbatim_roles(page: _Page, zone: _Zone) -> None:
    """Code and formulas are whose the line above is; a remark ends before them."""
    above = Role.QUIZ if zone.quiz else Role.LECTURE
    for number in range(zone.start, zone.end):
        if number not in page.verbatim:
            role = page.roles.get(number, above)
            above = Role.LECTURE if role is Role.ASIDE and not zone.quiz else role
        elif not page.lines[number].blank:
            page.roles[number] = above
