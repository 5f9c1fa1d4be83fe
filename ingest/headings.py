"""Finds headings: weeks, lectures, quiz sections, Markdown headings, and lines that head others.

Knows how people write headings in Korean and English notes; knows nothing about roles. A sentence
that merely begins with "3주차" is not a heading, nor is a page title that says "1~5주 차".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.lines import Line

Kind = Literal["week", "lecture", "quiz", "section"]

_MARK = r"^(?P<marks>#{1,6}\s+)?(?:\*\*)?"
_SEPARATOR = r"(?:\s*(?P<sep>[-–—:.|)])\s*|\s+|$)(?P<title>.*?)(?:\*\*)?$"
_WEEK = re.compile(
    _MARK + r"(?:제\s*)?(?:(?P<ko>\d{1,2})\s*주\s*차|week\s*(?P<en>\d{1,2}))" + _SEPARATOR, re.I
)
_LECTURE = re.compile(
    _MARK
    + r"(?:제\s*)?(?:(?P<ko>\d{1,2})\s*(?:차시|교시|강)"
    + r"|(?:lecture|lec\.?|session)\s*(?:(?P<week>\d{1,2})\.)?(?P<en>\d{1,2}))"
    + _SEPARATOR,
    re.I,
)
_QUIZ = re.compile(
    r"^(?P<marks>#{1,6}\s+)?(?:퀴즈|quiz(?:zes)?|연습\s*문제|확인\s*문제|형성\s*평가|문제\s*풀이"
    r"|review questions|practice questions)(?:\s*\d{1,2})?\s*[:.]?$",
    re.I,
)
_MARKDOWN = re.compile(r"^(?P<marks>#{1,6})\s+(?P<title>.+?)\s*#*$")
_SENTENCE_END = re.compile(r"(?:[.!;,]|다|요|죠|네|음|함|듯|임|까)[.!~…]*$")
_LIST_ITEM = re.compile(r"^(?:[-*+•·◦▪○●]\s|\d{1,3}[.)]\s*\S|[①-⑳]|[a-zA-Z][.)]\s|>\s)")
_DEFINITION = re.compile(r"\S\s*(?::|：|==?|->|→|=>)\s*\S|\S\s[-–—]\s\S")
MAX_TITLE = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found on a line.

    Args:
        number: of the week or lecture, None otherwise.
        title: as written, without number and marks; may be empty for a week.
        level: depth among section headings, 1 outermost; 0 for the others.
    """

    kind: Kind
    title: str
    number: int | None = None
    level: int = 0


def structure(lines: Sequence[Line], at: int) -> list[Heading]:
    """The week, lecture and quiz headings on line `at`: none, one, or a week and what it holds."""
    line = lines[at].text
    if len(line) > MAX_TITLE + 20:
        return []
    week = _WEEK.match(line)
    if week and _is_title(week, lines, at):
        heading = Heading("week", week["title"], int(week["ko"] or week["en"]))
        below = _below(week["title"])
        if below is None:
            return [heading]
        return [Heading("week", "", heading.number), below]
    lecture = _LECTURE.match(line)
    if lecture and _is_title(lecture, lines, at):
        found = [Heading("lecture", lecture["title"], int(lecture["ko"] or lecture["en"]))]
        return ([Heading("week", "", int(lecture["week"]))] if lecture["week"] else []) + found
    return [Heading("quiz", line.lstrip("# "))] if _QUIZ.match(line) else []


def markdown(line: Line) -> Heading | None:
    """A Markdown heading, or None."""
    match = _MARKDOWN.match(line.text)
    if match is None:
        return None
    return Heading("section", match["title"].strip("* "), level=len(match["marks"]))


def heads_paragraph(lines: Sequence[Line], paragraph: Sequence[int]) -> bool:
    """Whether a paragraph's first line is a heading of the rest, by its look alone.

    Short, not a sentence, not a list item, not "term : meaning", and something follows it directly.
    """
    first = lines[paragraph[0]].text
    return (
        len(paragraph) > 1
        and 2 <= len(first) <= 40
        and not _SENTENCE_END.search(first)
        and not is_list_item(first)
        and not _DEFINITION.search(first)
        and not first.startswith(("|", "$", "`", '"', "“"))
        and not _is_formula(first)
    )


def is_list_item(text: str) -> bool:
    """Whether a line opens an item of a bulleted or numbered list."""
    return _LIST_ITEM.match(text) is not None


def _below(title: str) -> Heading | None:
    """What a week's line names besides the week: "2주차 3차시 - GRU", "2주 차 퀴즈"."""
    if _QUIZ.match(title):
        return Heading("quiz", title)
    lecture = _LECTURE.match(title)
    if lecture is None:
        return None
    return Heading("lecture", lecture["title"], int(lecture["ko"] or lecture["en"]))


def _is_title(match: re.Match[str], lines: Sequence[Line], at: int) -> bool:
    """Marked or separated headings are taken; a bare "4주 차 NLP" must stand alone as a title."""
    title = match["title"]
    if len(title) > MAX_TITLE:
        return False
    if match["marks"] or not title:
        return True
    if _SENTENCE_END.search(title.rstrip("?")) and title[-1] in ".!~…다요죠네음듯":
        return False
    return match["sep"] is not None or _stands_alone(lines, at)


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    before = at == 0 or lines[at - 1].blank
    after = at + 1 == len(lines) or lines[at + 1].blank
    return before and after


def _is_formula(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters < len(text) / 2
