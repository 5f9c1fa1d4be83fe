"""A note with one passage highlighted, as HTML. Knows documents and offsets; nothing of answers.

Offsets are those of `Document.text`. Light Markdown (headings, bold, code, lists) is set in type so
that notes read well, by leaving out its marks; no other character is left out or moved.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from ingest.document import Document, Role, Section, Skipped
from ui.escape import attributes, entities, formulas, typeset
from ui.links import Passage
from ui.texts import Texts

LECTURE_LIMIT = 20_000
"""Characters shown around the passage when its lecture is longer."""
WHOLE_LIMIT = 120_000
"""Characters shown around the passage when the whole document is asked for; browsers get slow."""

_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_BULLET = re.compile(r"[ \t]*(?P<mark>[-*+•])[ \t]+(?=\S)")
_NUMBERED = re.compile(r"[ \t]*(?:\d{1,3}[.)]|[①-⑳])[ \t]*(?=\S)")
_BOLD = re.compile(r"\*\*(?=\S)(?P<text>[^*\n]+?)(?<=\S)\*\*")
_CODE = re.compile(r"(?<!`)`(?P<text>[^`\n]+)`(?!`)")


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of a document that is shown, and whether that is less than was asked for."""

    start: int
    end: int
    cut: bool


@dataclass(frozen=True, slots=True)
class _Inline:
    """How one line is to be set: half-open ranges of the document's text."""

    mark: tuple[int, int]
    math: list[tuple[int, int]]
    strong: list[tuple[int, int]]
    code: list[tuple[int, int]]
    hidden: list[tuple[int, int]]


_Stretch = TypeVar("_Stretch", Section, Skipped)


def stretch_at(stretches: Sequence[_Stretch], offset: int) -> _Stretch | None:
    """The one that holds `offset`, None in the gaps; they are in order and do not overlap."""
    at = bisect_right(stretches, offset, key=lambda stretch: stretch.start) - 1
    return stretches[at] if at >= 0 and offset < stretches[at].end else None


def found_again(document: Document, passage: Passage) -> Passage | None:
    """The passage where its quote stands now; None where the note does not say it any more."""
    if not passage.quote or _says(document, passage.start, passage.quote):
        return passage
    words = [re.escape(word) for word in passage.quote.split()]
    found = re.search(r"\s+".join(words), document.text)
    if found is None:
        return None
    length = max(passage.end - passage.start, found.end() - found.start())
    return replace(passage, start=found.start(), end=found.start() + length)


def outline_html(document: Document, course: str, texts: Texts) -> str:
    """The document's lectures and headings as links, folded; "" where there is only one."""
    seen: dict[tuple[object, ...], tuple[str, int, int]] = {}
    for section in document.sections:
        place = section.place
        lecture = (place.week, place.lecture, place.title)
        seen.setdefault(lecture, (_numbered(place.title, place.lecture), section.start, 0))
        if place.path:
            seen.setdefault((*lecture, place.path[:1]), (place.path[0], section.start, 1))
    if len(seen) < 2:
        return ""
    links = "".join(
        f"<li{attributes({'class': f'level-{level}'})}>"
        f"<a{attributes({'href': Passage(course, document.name, at, at).href})}>"
        f"{entities(title)}</a></li>"
        for title, at, level in seen.values()
    )
    return (
        f'<details class="outline"><summary>{entities(texts.reader_outline)}</summary>'
        f"<ul>{links}</ul></details>"
    )


def window(document: Document, start: int, end: int, *, whole: bool) -> Window:
    """What to show around `start:end`: its lecture, or the whole document, within the limits."""
    first, last = (0, len(document.text)) if whole else _lecture(document, start)
    first, last = min(first, start), max(last, end)
    limit = WHOLE_LIMIT if whole else LECTURE_LIMIT
    if last - first <= limit:
        return Window(first, last, cut=False)
    around = max(0, limit - (end - start)) // 2
    near = _line_start(document.text, max(first, start - around))
    far = _line_end(document.text, min(last, end + around))
    return Window(max(first, near), min(last, far, near + 2 * limit), cut=True)


def note_html(document: Document, start: int, end: int, shown: Window, texts: Texts) -> str:
    """The window's text on one line, characters `start:end` of the document inside `<mark>`."""
    text = document.text
    math = [(a + shown.start, b + shown.start) for a, b in formulas(text[shown.start : shown.end])]
    mark = _around((min(start, len(text)), min(end, len(text))), math)
    parts: list[str] = []
    role: Role | None = Role.LECTURE
    for first, last in _line_spans(text, shown, math):
        if not text[first:last].strip():
            continue
        speaker = _speaker(document, _first_ink(text, first, last))
        if speaker not in (role, None):
            parts.append(_voice(speaker, texts))
        role = speaker or role
        parts.append(_line_html(text, first, last, _inline(text, first, last, mark, math), speaker))
    return "".join(parts)


def role_name(role: Role, texts: Texts) -> str:
    """Whose words, as the page says it."""
    names = {
        Role.LECTURE: texts.role_lecture,
        Role.ASIDE: texts.role_aside,
        Role.COMMENTARY: texts.role_commentary,
        Role.QUIZ: texts.role_quiz,
    }
    return names[role]


def _says(document: Document, start: int, quote: str) -> bool:
    # a quote is shorter than the stretch it was taken from by its white space
    stretch = document.text[start : start + 2 * len(quote) + 40]
    return " ".join(stretch.split()).startswith(" ".join(quote.split()))


def _numbered(title: str, lecture: int | None) -> str:
    return f"{lecture}. {title}" if lecture else title


def _lecture(document: Document, offset: int) -> tuple[int, int]:
    """From the first to the last neighbouring section of the lecture at `offset`."""
    sections = document.sections
    at = next((i for i, s in enumerate(sections) if s.end > offset), len(sections) - 1)
    if at < 0:
        return 0, len(document.text)
    low = high = at
    while low > 0 and _same_lecture(sections[low - 1], sections[at]):
        low -= 1
    while high + 1 < len(sections) and _same_lecture(sections[high + 1], sections[at]):
        high += 1
    return sections[low].start, sections[high].end


def _same_lecture(one: Section, other: Section) -> bool:
    places = (one.place, other.place)
    return len({(place.week, place.lecture, place.title) for place in places}) == 1


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return len(text) if found < 0 else found


def _speaker(document: Document, offset: int) -> Role | None:
    """Whose words stand at `offset`; None for furniture."""
    if stretch_at(document.skipped, offset):
        return None
    section = stretch_at(document.sections, offset)
    return section.role if section else None


def _inline(
    text: str, start: int, end: int, mark: tuple[int, int], math: list[tuple[int, int]]
) -> _Inline:
    inside = math[bisect_left(math, (start, start)) : bisect_left(math, (end, end))]
    bold = [m for m in _BOLD.finditer(text, start, end) if _outside(m.span(), inside)]
    code = [m for m in _CODE.finditer(text, start, end) if _outside(m.span(), inside)]
    hidden = [(m.start(), m.start("text")) for m in bold + code]
    hidden += [(m.end("text"), m.end()) for m in bold + code]
    return _Inline(
        mark=mark,
        math=inside,
        strong=[m.span("text") for m in bold],
        code=[m.span("text") for m in code],
        hidden=hidden,
    )


def _outside(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return all(span[1] <= first or last <= span[0] for first, last in others)


def _around(mark: tuple[int, int], math: list[tuple[int, int]]) -> tuple[int, int]:
    """The mark, widened to whole formulas: half a formula cannot be typeset."""
    start, end = mark
    for first, last in math:
        if first < end and start < last:
            start, end = min(start, first), max(end, last)
    return start, end


def _line_spans(text: str, shown: Window, math: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines of the window; a formula over several lines is not torn apart."""
    start = shown.start
    inside = dict(math)
    position = start
    breaks = re.compile(r"\n|[\\$]")
    while match := breaks.search(text, position, shown.end):
        position = inside.get(match.start(), match.end())
        if match.group() == "\n":
            yield start, match.start()
            start = match.end()
    yield start, shown.end


def _first_ink(text: str, start: int, end: int) -> int:
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def _voice(role: Role | None, texts: Texts) -> str:
    if role is None:
        return ""
    return f'<p class="voice voice-{role.value}">{entities(role_name(role, texts))}</p>'


def _line_html(text: str, start: int, end: int, inline: _Inline, role: Role | None) -> str:
    if match := _HEADING.match(text, start, end):
        return f"<h4>{_pieces(text, match.end(), end, inline)}</h4>"
    kinds = ["line", f"by-{role.value}" if role else "furniture"]
    if match := _BULLET.match(text, start, end):
        kinds.append("item")
        body = "• " + _pieces(text, match.end(), end, inline)
    else:
        kinds += ["item"] if _NUMBERED.match(text, start, end) else []
        body = _pieces(text, start, end, inline)
    return f"<p{attributes({'class': ' '.join(kinds)})}>{body}</p>"


def _pieces(text: str, start: int, end: int, inline: _Inline) -> str:
    """The characters `start:end`, cut wherever the way they are set changes."""
    ranges = [inline.mark, *inline.math, *inline.strong, *inline.code, *inline.hidden]
    cuts = {start, end} | {edge for span in ranges for edge in span if start < edge < end}
    edges = sorted(cuts)
    return "".join(_piece(text, first, last, inline) for first, last in pairwise(edges))


def _piece(text: str, start: int, end: int, inline: _Inline) -> str:
    if _covers(inline.hidden, start, end):
        return ""
    body = text[start:end]
    shown = typeset(body) if (start, end) in inline.math else entities(body)
    if _covers(inline.code, start, end):
        shown = f"<code>{shown}</code>"
    if _covers(inline.strong, start, end):
        shown = f"<strong>{shown}</strong>"
    if _covers([inline.mark], start, end):
        shown = f"<mark>{shown}</mark>"
    return shown


def _covers(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in ranges)
