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
_SEPARATOR = (
    r"(?:\s*(?P<sep>[-–—:.|)]|,(?=\s*(?:lec|session|\d+\s*차시)))\s*|\s+|$)"
    r"(?P<title>.*?)(?:\*\*)?$"
)
_BRACKETED = re.compile(r"^(#{1,6}\s+)?[\[【<〈(]\s*([^\[\]()<>]{2,20}?)\s*[\]】>〉)]\s*")
_RANGE = re.compile(
    r"^(?:#+ )?(?:weeks?\s*\d{1,2}[-~–]\d{1,2}\b"
    r"|(?:제\s*)?\d{1,2}\s*(?P<unit>주|차시|강)\s*차?\s*[-~–—]\s*(?:제\s*)?\d{1,2}\s*(?P=unit))",
    re.I,
)
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
    r"^(?P<marks>#{1,6}\s+)?(?:\*\*)?(?:퀴즈|quiz(?:zes)?|연습\s*문제|확인\s*문제|형성\s*평가|문제\s*풀이"
    r"|review questions|practice questions)(?:\s*\d{1,2})?\s*[:.]?(?:\*\*)?$",
    re.I,
)
_MARKDOWN = re.compile(r"^(?P<marks>#{1,6})\s+(?P<title>.+?)\s*#*$")
_SENTENCE_END = re.compile(
    r"(?:[.!;,~…]|다|듯|[해어아여에예세네죠지게데까나가군걸래]요|(?<!동)네|죠|[었았했겠있없같않]음)[.!~…]*$"
)
_NOTE_END = re.compile(r"[까음함됨임짐킴침춤움냄남옴줌둠뀜림김듦]$")
"""How verbs close a note ("보냄", "나누어짐"), and some nouns too."""
_NOUNS = tuple(
    "프레임 게임 타임 책임 모임 쓰임 움직임 패러다임 다음 처음 소음 잡음 모음 자음 마음 포함 결함 "
    "지침 방침 도움 그림 알림 흐림 떨림 울림".split()
)
_LIST_ITEM = re.compile(r"^(?:[-*+•·◦▪○●]\s|\d{1,3}[.)]\s*\S|[①-⑳]|[a-zA-Z][.)]\s|>\s)")
_IN_QUIZ = re.compile(r"^(?:문제|정답|답|해설|풀이|보기|Q\s*\d|question|answer|solution|\d)", re.I)
_CONTENTS = re.compile(r"^#*\s*(?:목차|차례|(?:table of )?contents)\s*:?$", re.I)
_ENTRY_MARKS = re.compile(r"^(?:[-*+•]|\d{1,2}[.)])\s+|(?<=\])\([^)]*\)|[.·…\s]{2,}\d+$")
_DEFINITION = re.compile(r"\S\s*(?::|：|==?|->|→|=>)\s*\S|\S\s[-–—]\s\S")
_IN_SENTENCE = re.compile(r"^[a-z]|[가-힣](?:[을를은는]|에서?|에게|으로|부터|까지)(?:\s|$)")
"""Small initials and particles: "3주차 수업에서 배운" begins a sentence that goes on below."""
MAX_TITLE = 60
_SHORT_TITLE = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found on a line.

    Args:
        number: of the week or lecture, None otherwise.
        title: as written, without number and marks; may be empty for a week.
        level: how many Markdown marks it has, 1 outermost; 0 for a plain line.
    """

    kind: Kind
    title: str
    number: int | None = None
    level: int = 0


def structure(lines: Sequence[Line], at: int) -> list[Heading]:
    """The week, lecture and quiz headings on line `at`: none, one, or a week and what it holds."""
    line = _BRACKETED.sub(_unbracket, lines[at].text)
    if len(line) > MAX_TITLE + 20 or _RANGE.match(line):
        return []
    week = _WEEK.match(line)
    if week and _is_title(week, lines, at):
        number, level = int(week["ko"] or week["en"]), _level(week)
        below = _below(week["title"], level)
        if below is None:
            return [Heading("week", week["title"], number, level)]
        return [Heading("week", "", number, level), below]
    lecture = _LECTURE.match(line)
    if lecture and _is_title(lecture, lines, at):
        number, level = int(lecture["ko"] or lecture["en"]), _level(lecture)
        found = [Heading("lecture", lecture["title"], number, level)]
        return ([Heading("week", "", int(lecture["week"]))] if lecture["week"] else []) + found
    quiz = _QUIZ.match(line)
    return [Heading("quiz", line.strip("#*:. "), level=_level(quiz))] if quiz else []


def markdown(line: Line) -> Heading | None:
    """A Markdown heading, or None; indented like code it is none."""
    match = _MARKDOWN.match(line.text)
    if match is None or line.indent > 3:
        return None
    return Heading("section", match["title"].strip("* "), level=len(match["marks"]))


def contents(lines: Sequence[Line]) -> set[int]:
    """The lines of a table of contents: headings in a row that come again below.

    Without a title ("목차") it takes three weeks or lectures in a row to be one.
    """
    heads = {_key(line.text): n for n, line in enumerate(lines) if _names(line) or markdown(line)}
    shown = [n for n, line in enumerate(lines) if not line.blank]
    found: set[int] = set()
    for first, number in enumerate(shown):
        titled = _CONTENTS.match(lines[number].text) is not None
        if not titled and (number in found or not _names(lines[number])):
            continue
        run: dict[str, int] = {}
        for entry in shown[first + titled :]:
            key = _key(lines[entry].text)
            again = heads.get(key, -1) > entry and (titled or _names(lines[entry]))
            if key in run or not (again or (titled and _names(lines[entry]))):
                break
            run[key] = entry
        last = max(run.values(), default=0)
        repeats = sum(heads.get(key, -1) > last for key in run)
        if repeats >= (max(1, len(run) // 2) if titled else max(3, len(run))):
            found.update(run.values(), [number])
    return found


def belongs_to_quiz(heading: Heading) -> bool:
    """Whether a heading stands within a quiz: "문제 1", "해설", "Answer key"."""
    return _IN_QUIZ.match(heading.title) is not None


def heads_paragraph(lines: Sequence[Line], paragraph: Sequence[int]) -> bool:
    """Whether a paragraph's first line is a heading of the rest, by its look alone.

    Short, not a sentence, not a list item, not "term : meaning", and something follows it directly.
    """
    first = lines[paragraph[0]].text
    return (
        len(paragraph) > 1
        and 2 <= len(first) <= 40
        and not _is_sentence(first)
        and not is_list_item(first)
        and not _DEFINITION.search(first)
        and not first.startswith(("|", "$", "`", '"', "“"))
        and not _is_formula(first)
    )


def is_list_item(text: str) -> bool:
    """Whether a line opens an item of a bulleted or numbered list."""
    return _LIST_ITEM.match(text) is not None


def _unbracket(match: re.Match[str]) -> str:
    """Rewrite a heading such as "[3주차] 교착상태" as "3주차: 교착상태"."""
    return f"{match[1] or ''}{match[2]}" + (": " if match.end() < len(match.string) else "")


def _names(line: Line) -> bool:
    """Whether a line, list marks aside, begins as a week's or a lecture's heading does."""
    text = _ENTRY_MARKS.sub("", line.text).strip("[]# ")
    return bool(_WEEK.match(text) or _LECTURE.match(text))


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, _ENTRY_MARKS.sub("", text))).lower()


def _level(match: re.Match[str]) -> int:
    return len((match["marks"] or "").strip())


def _below(title: str, level: int) -> Heading | None:
    """What a week's line names besides the week: "2주차 3차시 - GRU", "2주 차 퀴즈"."""
    if _QUIZ.match(title):
        return Heading("quiz", title, level=level)
    lecture = _LECTURE.match(title)
    if lecture is None:
        return None
    return Heading("lecture", lecture["title"], int(lecture["ko"] or lecture["en"]), level)


def _is_title(match: re.Match[str], lines: Sequence[Line], at: int) -> bool:
    """Marked or separated headings are taken; a bare "4주 차 NLP" must stand as titles do."""
    title = match["title"]
    if len(title) > MAX_TITLE:
        return False
    if match["marks"] or not title:
        return True
    if _SENTENCE_END.search(title):
        return False
    return match["sep"] is not None or _stands_apart(lines, at, title)


def _stands_apart(lines: Sequence[Line], at: int, title: str) -> bool:
    """Nothing directly above, and nothing directly below that it could be the beginning of."""
    above = lines[at - 1 : at]
    below = lines[at + 1 : at + 2]
    if any(not (line.blank or _names(line)) for line in above):
        return False
    names_something = len(title) <= _SHORT_TITLE and not _IN_SENTENCE.search(title)
    return names_something or all(line.blank or _names(line) for line in below)


def _is_sentence(text: str) -> bool:
    """Whether a line says something, as against naming it; a question names its subject."""
    if _SENTENCE_END.search(text):
        return True
    return _NOTE_END.search(text) is not None and not text.endswith(_NOUNS)


def _is_formula(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters < len(text) / 2
