"""Finds what is on the page but not in the notes: dates, counters, link cards, fold labels.

Knows what web pages wrap around a text; knows nothing about lectures. Furniture stays in the text,
has no role and is never indexed; `tutor status` counts it by reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line

FOLD = "fold"
_FOLD = re.compile(r"^(?:더\s?보기|접기|펼치기|(?:read|show|see) (?:more|less))$", re.I)
_DAY = r"(?:19|20)\d\d\s*[.\-/년]\s*\d{1,2}\s*[.\-/월]\s*\d{1,2}\s*[.일]?"
_TIME = r"\s*(?:오전|오후)?\s*\d{1,2}:\d{2}(?::\d{2})?"
# with a name before it a date needs a time, or "중간고사 2025. 10. 21." would be lost
_DATE = re.compile(rf"^(?:{_DAY}(?:{_TIME})?|[^\s:：][^:：]{{0,24}}\s{_DAY}{_TIME})$")
_COUNTER = re.compile(
    r"^(?:(?:728|970|468|320|300|336|160)x\d{2,3}"
    r"|(?:조회수?|공감|댓글|좋아요|구독|공유|추천|views?|likes?|comments?|shares?)\s*:?\s*\d[\d,]*"
    r"|(?:좋아요|공유하기|구독하기|신고하기|글 요소|저작자표시.*|반응형))$",
    re.I,
)
_URL = re.compile(r"^<?https?://(?:www\.)?(?P<host>[^/\s:?#>]+)\S*$", re.I)
_RULE = re.compile(r"^(?:[-*_=~]\s*){3,}$")
_IMAGE = re.compile(r"^!\[[^\]]*\]\([^)]*\)$")
_CARD_LINES = 6
"""A link card is an address, a title, a line or two of summary, and the bare host."""


def find_furniture(lines: Sequence[Line]) -> dict[int, str]:
    """Line number → why it is furniture, for every line that is."""
    found: dict[int, str] = {}
    for number, line in enumerate(lines):
        if number in found or line.blank:
            continue
        if _URL.match(line.text):
            found.update(_link_card(lines, number))
            continue
        reason = _reason(line.text)
        if reason:
            found[number] = reason
    return found


def front_matter(lines: Sequence[Line]) -> tuple[int, dict[str, str]]:
    """Lines taken by a leading `---` block, and its `key: value` pairs; (0, {}) without one."""
    if not lines or lines[0].text != "---":
        return 0, {}
    values: dict[str, str] = {}
    listing = False
    for number, line in enumerate(lines[1:], start=1):
        if line.text == "---":
            return number + 1, values
        if listing and line.text.startswith("- "):
            continue  # "tags:" and its items, a line each
        key, colon, value = line.text.partition(":")
        if not colon and line.text:
            break  # not front matter: a rule that happens to open the file
        listing = not value
        values[key.strip().lower()] = value.strip().strip("'\"")
    return 0, {}


def _reason(text: str) -> str | None:
    if _FOLD.match(text):
        return FOLD
    if _DATE.match(text):
        return "date"
    if _COUNTER.match(text):
        return "counter"
    if _RULE.match(text):
        return "rule"
    return "image" if _IMAGE.match(text) else None


def _link_card(lines: Sequence[Line], at: int) -> dict[int, str]:
    """The address, and the card below it when its host closes one."""
    address = _URL.match(lines[at].text)
    host = address["host"].lower() if address else ""
    found = {at: "link"}
    card: dict[int, str] = {}
    for number in range(at + 1, len(lines)):
        text = lines[number].text
        if not text:
            continue
        card[number] = "link card"
        if text.lower().removeprefix("www.") == host:
            return found | card
        if len(card) == _CARD_LINES or _URL.match(text):
            break
    return found
