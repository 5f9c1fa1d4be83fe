"""Finds the stem, options and stated key of quizzes in notes. Knows how a quiz looks on a page.

Knows nothing about remarks between the items: lines it does not claim are somebody's words about
the quiz, and whose is `ingest.voice`'s to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line

_ASKS = re.compile(
    r"(?:고르시오|고르세요|고르면|선택하시오|쓰시오|쓰세요|답하시오|서술하시오)[.?]?\s*$"
    r"|(?:아닌|않은|않는|옳은|틀린|맞는|올바른|적절한|알맞은"
    r"|거리가 먼)\s*것은\s*(?:무엇\S*|\?|\.|$)"
    r"|\bwhich (?:of the following|one|statement)\b|\bfill in the blank|\btrue or false\b"
    r"|\bchoose the\b|\bselect (?:one|all|the)\b",
    re.I,
)
_BLANK = re.compile(r"_{3,}|\(\s{2,}\)|\[\s{2,}\]")
_NUMBERED_QUESTION = re.compile(
    r"^(?:Q\s*\d*|문제\s*\d+|\d{1,2})\s*[.):]\s*.*(?:\?|것은)\s*$", re.I
)
_PROMPT = re.compile(
    r"^(?:하나를 선택하세요|하나 이상을 선택하세요|select one|select all).{0,20}$", re.I
)
_OPTION = re.compile(r"^(?:\(?\d{1,2}[.)]|[①-⑩]|\(?[a-eA-E][.)]|[○●□■☐☑◯])\s*(?P<text>.*)$")
_KEY = re.compile(r"^(?:\(?정답\)?|(?:정답|답|answer|key)\s*[:：]\s*.{0,60}|correct)$", re.I)
_PATIENCE = 8
"""Lines a stem may take before its options; beyond this it was a question without options."""
_OPTION_LENGTH = 80
_BARE_OPTIONS = 4


def find_quiz_lines(lines: Sequence[Line], numbers: Sequence[int]) -> set[int]:
    """Which of `numbers` (non-blank, in order) belong to a stem, an option or a stated key."""
    found: set[int] = set()
    position = 0
    while position < len(numbers):
        if opens_item(lines[numbers[position]].text):
            taken = _take_item(lines, numbers[position:])
            found.update(numbers[position : position + taken])
            position += taken
        elif _KEY.match(lines[numbers[position]].text):
            found.add(numbers[position])
            position += 1
        else:
            position += 1
    return found


def opens_item(text: str) -> bool:
    """Whether a line asks for an answer as quiz items do."""
    return bool(_ASKS.search(text) or _BLANK.search(text) or _NUMBERED_QUESTION.match(text))


def _take_item(lines: Sequence[Line], numbers: Sequence[int]) -> int:
    """How many of `numbers`, from an opening line on, one item takes."""
    stem = _stem_length(lines, numbers)
    rest = numbers[stem:]
    if rest and _OPTION.match(lines[rest[0]].text):
        return stem + _numbered_options_length(lines, rest)
    prompted = _PROMPT.match(lines[numbers[stem - 1]].text)
    return stem + (_bare_options_length(lines, rest) if prompted else 0)


def _stem_length(lines: Sequence[Line], numbers: Sequence[int]) -> int:
    last_asking = 1
    for taken, number in enumerate(numbers[: _PATIENCE + 1]):
        text = lines[number].text
        if _PROMPT.match(text):
            return taken + 1
        if taken and _OPTION.match(text) and not opens_item(text):
            return taken
        if opens_item(text):
            last_asking = taken + 1
    return last_asking


def _numbered_options_length(lines: Sequence[Line], numbers: Sequence[int]) -> int:
    """Options as long as they count on from 1, with the key wherever it is stated."""
    taken = 0
    awaited = 1
    while taken < len(numbers):
        text = lines[numbers[taken]].text
        option = _OPTION.match(text)
        if _KEY.match(text):
            taken += 1
        elif option and not opens_item(text) and _continues(text, awaited):
            awaited += 1
            # the number may stand alone, its text on the next line
            taken += 1 if option["text"] else 2
        else:
            break
    return min(taken, len(numbers))


def _continues(text: str, awaited: int) -> bool:
    """Option `awaited` of its item: numbers must count on, and options are short."""
    digits = re.match(r"^\(?(\d{1,2})", text)
    return len(text) <= _OPTION_LENGTH and (digits is None or int(digits[1]) == awaited)


def _bare_options_length(lines: Sequence[Line], numbers: Sequence[int]) -> int:
    """Without numbers: the next four short lines, if there are at least two."""
    taken = options = 0
    for number in numbers:
        text = lines[number].text
        if _KEY.match(text):
            taken += 1
        elif options < _BARE_OPTIONS and len(text) <= 30 and not text.endswith((".", "다", "요")):
            options += 1
            taken += 1
        else:
            break
    return taken if options >= 2 else 0
