"""Finds the stem, options and stated key of quizzes in notes. Knows how a quiz looks on a page.

Knows nothing about remarks between the items: lines it does not claim are somebody's words about
the quiz, and whose is `ingest.voice`'s to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line

_ASKS = re.compile(
    r"(?:고르시오|고르세요|고르면|선택하시오|쓰시오|쓰세요|답하시오|서술하시오)[.?]?\s*$"
    r"|(?:아닌|않은|않는|옳은|틀린|맞는|올바른|적절한|알맞은"
    r"|거리가 먼)\s*것은\s*(?:무엇\S*|\?|\.|$)"
    r"|\bwhich of the following\b|\bwhich (?:one|statement)\b.*\?\s*$"
    r"|^(?:Q?\s*\d{0,2}\s*[.):]\s*)?(?:fill in the blank|true or false|(?:choose|select) "
    r"(?:one|all|the (?:correct|best|right|one|word|option|answer|statement)))\b",
    re.I | re.M,
)
_BLANK = re.compile(r"_{3,}|(?<![A-Za-z0-9])\(\s\)|(?<![-*+] )\[\s\]")
_NUMBERED_QUESTION = re.compile(
    r"^(?:Q\s*\d*|문제\s*\d+|\d{1,2})\s*[.):]\s*.*(?:\?|것은)\s*$", re.I
)
_PROMPT = re.compile(
    r"^(?:하나를 선택하세요|하나 이상을 선택하세요|select one|select all).{0,20}$", re.I
)
_MARK = r"(?:\(?\d{1,2}[.)]|[①-⑩]|\(?[a-eA-E][.)])"
_OPTION = re.compile(rf"^(?:{_MARK}|[○●□■☐☑◯]|(?P<bullet>[-*+•]\s))\s*(?P<text>.*)$")
_NEXT_OPTION = re.compile(rf"(?<=\s){_MARK}(?=\s*\S)")
_KEY = re.compile(
    r"^(?:\(?정답\)?|correct|[\[(]?(?:정답|답|answer|key)[\])]?"
    r"\s*(?:[:：]\s*.{0,60}|(?:[①-⑩]|\(?(?:\d{1,2}|[a-e])\)?)\s*번?\s*[.\])]?))$",
    re.I,
)
_HANGUL = re.compile(r"[가-힣]")
_PATIENCE = 8
"""Lines a stem may take before its options; beyond this it was a question without options."""
_OPTION_LENGTH = 80
"""Characters of an option in Korean; English takes twice as many."""
_BARE_OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Item:
    """One item found on a page.

    Args:
        lines: numbers of its lines, in order.
        answered: whether options or a key follow the stem, as against a question in passing.
    """

    lines: tuple[int, ...]
    answered: bool


def find_items(lines: Sequence[Line], numbers: Sequence[int]) -> list[Item]:
    """The items among `numbers` (non-blank, in order); a key that stands apart is one by itself."""
    found: list[Item] = []
    position = 0
    while position < len(numbers):
        taken = 1
        if opens_item(lines[numbers[position]].text):
            taken, options = _take_item(lines, numbers[position:])
            held = numbers[position : position + taken]
            keyed = any(_KEY.match(lines[n].text) for n in held)
            found.append(Item(tuple(held), keyed or options > 1))
        elif _KEY.match(lines[numbers[position]].text):
            found.append(Item((numbers[position],), bool(found) and found[-1].answered))
        position += taken
    return found


def opens_item(text: str) -> bool:
    """Whether a line asks for an answer as quiz items do."""
    return bool(_ASKS.search(text) or _BLANK.search(text) or _NUMBERED_QUESTION.match(text))


def _take_item(lines: Sequence[Line], numbers: Sequence[int]) -> tuple[int, int]:
    """How many of `numbers`, from an opening line on, one item takes, and how many options."""
    stem = _stem_length(lines, numbers)
    rest = numbers[stem:]
    option = _OPTION.match(lines[rest[0]].text) if rest else None
    if option and option["bullet"] and not _ASKS.search(_text(lines, numbers[:stem])):
        taken = options = 0  # a question that the notes go on to answer in points
    elif option or (rest and _KEY.match(lines[rest[0]].text)):
        taken, options = _numbered_options(lines, rest)
    elif _PROMPT.match(lines[numbers[stem - 1]].text):
        taken, options = _bare_options(lines, rest)
    else:
        taken = options = 0
    return stem + taken, options


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


def _numbered_options(lines: Sequence[Line], numbers: Sequence[int]) -> tuple[int, int]:
    """Options as long as they count on from 1, with the key wherever it is stated."""
    taken = options = 0
    while taken < len(numbers):
        text = lines[numbers[taken]].text
        option = _OPTION.match(text)
        if _KEY.match(text):
            taken += 1
        elif option and not opens_item(text) and _continues(text, options + 1):
            # several may share a line; or the number stands alone, its text on the next line
            options += 1 + len(_NEXT_OPTION.findall(text))
            taken += 1 if option["text"] else 2
        else:
            break
    return min(taken, len(numbers)), options


def _continues(text: str, awaited: int) -> bool:
    """Option `awaited` of its item: what counts must count on, and options are short."""
    room = _OPTION_LENGTH if _HANGUL.search(text) else 2 * _OPTION_LENGTH
    if len(text) > room * (1 + len(_NEXT_OPTION.findall(text))):
        return False
    mark = re.match(r"\(?(\d{1,2}|[①-⑩])", text)
    if mark is None:
        return True
    return awaited == (int(mark[1]) if mark[1].isdecimal() else ord(mark[1]) - ord("①") + 1)


def _bare_options(lines: Sequence[Line], numbers: Sequence[int]) -> tuple[int, int]:
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
    return (taken, options) if options >= 2 else (0, 0)


def _text(lines: Sequence[Line], numbers: Sequence[int]) -> str:
    return "\n".join(lines[n].text for n in numbers)
