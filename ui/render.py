"""Answers, citations, hits and places as Markdown and HTML for the page. Pure: values in, text out.

Whatever comes from notes, questions or models goes through `ui.escape`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ingest.document import Chunk, Place, Role
from tutor.source import Answer, Citation, Engine, Hit, Near
from ui.escape import attributes, entities, markdown, plain
from ui.links import Passage
from ui.reader import role_name
from ui.texts import Texts

_BOLD = re.compile(r"\*\*(?=\S)(?P<text>[^*\n]+?)(?<=\S)\*\*")

SNIPPET = 280
"""Characters of a passage shown in a list."""


def place_label(place: Place, texts: Texts) -> str:
    """Week, lecture and page in words, "" where the notes have none. Not escaped."""
    label = ""
    if place.week is not None and place.lecture is not None:
        label = texts.week_lecture.format(week=place.week, lecture=place.lecture)
    elif place.week is not None:
        label = texts.week.format(week=place.week)
    elif place.lecture is not None:
        label = texts.lecture_only.format(lecture=place.lecture)
    page = texts.page.format(page=place.page) if place.page is not None else ""
    return " · ".join(part for part in (label, page) if part)


def streaming(text: str) -> str:
    """An answer while it is being written: markers are shown, but lead nowhere yet."""
    return markdown(text, lambda n: f'<span class="cite">&#91;{n}&#93;</span>')


def answer(found: Answer, texts: Texts) -> str:
    """A complete answer: text with linked markers, its sources, and which engine wrote it."""
    if not found.answered:
        return unanswered(found, texts)
    links = {citation.n: citation for citation in found.citations}
    body = markdown(found.text, lambda n: _marker(n, links))
    return f"{body}\n\n{sources(found.citations, texts)}{_signature(found, texts)}"


def unanswered(found: Answer, texts: Texts) -> str:
    """Why there is no answer; for what the notes lack, the nearest sections."""
    if found.reason != "not_in_notes":
        return f"{streaming(found.text)}\n\n{_signature(found, texts)}"
    return f"{notice(found.text)}{near(found.near, texts)}{_signature(found, texts)}"


def sources(citations: Sequence[Citation], texts: Texts) -> str:
    """One card per citation: number, place, whose words, and the quote; each opens its note."""
    cards = "".join(
        card(
            Passage.cited(cited),
            _where(cited.chunk, texts, number=cited.n),
            cited.quote,
        )
        for cited in citations
    )
    return _list(texts.ask_sources, cards)


def near(sections: Iterable[Near], texts: Texts) -> str:
    """The sections nearest to a question that the notes do not answer."""
    cards = "".join(
        card(
            Passage.of(section.chunk),
            _where(section.chunk, texts, title=section.title),
            snippet(section.chunk.text),
        )
        for section in sections
    )
    return _list(texts.ask_near, cards)


def hits(found: Iterable[Hit], texts: Texts) -> str:
    """Passages a search found, best first."""
    cards = "".join(
        card(Passage.of(hit.chunk), _where(hit.chunk, texts), snippet(hit.chunk.text))
        for hit in found
    )
    return f'<div class="sources">{cards}</div>' if cards else notice(texts.notes_no_hits)


def card(passage: Passage, where: str, quote: str) -> str:
    """A link that opens `passage`: its place, already HTML, above its words, not yet escaped."""
    words = plain(_BOLD.sub(r"\g<text>", quote))
    body = f'<span class="where">{where}</span><span class="quote">{words}</span>'
    return f"<a{attributes({'class': 'source', 'href': passage.href})}>{body}</a>"


def notice(text: str) -> str:
    """A quiet box with one sentence."""
    return f'<div class="notice">{entities(text)}</div>'


def engine_line(engine: Engine, texts: Texts) -> str:
    """Which engine answers, in words."""
    words = {
        "reader": texts.engine_reader,
        "transformers": texts.engine_transformers,
        "server": texts.engine_server,
    }
    return (
        f'<div class="engine"><span class="engine-words">{entities(words[engine.kind])}</span>'
        f'<span class="engine-name">{entities(engine.name)}</span></div>'
    )


def snippet(text: str) -> str:
    """The beginning of a passage, cut at a space."""
    line = " ".join(text.split())
    return line if len(line) <= SNIPPET else line[:SNIPPET].rsplit(" ", 1)[0] + " …"


def role_badge(role: Role, texts: Texts) -> str:
    """Whose words, as a small label."""
    kind = attributes({"class": f"speaker speaker-{role.value}"})
    return f"<span{kind}>{entities(role_name(role, texts))}</span>"


def _marker(n: int, links: Mapping[int, Citation]) -> str:
    cited = links.get(n)
    if cited is None:
        return f"&#91;{n}&#93;"
    passage = Passage.cited(cited)
    values = {"class": "cite", "href": passage.href, "title": cited.quote}
    return f"<a{attributes(values)}>&#91;{n}&#93;</a>"


def _where(chunk: Chunk, texts: Texts, *, number: int | None = None, title: str = "") -> str:
    parts = [f'<span class="number">&#91;{number}&#93;</span>'] if number is not None else []
    label = place_label(chunk.place, texts)
    parts += [f'<span class="place">{entities(label)}</span>'] if label else []
    parts.append(role_badge(chunk.role, texts))
    parts.append(f'<span class="title">{entities(title or _title(chunk.place))}</span>')
    return "".join(parts)


def _title(place: Place) -> str:
    return " › ".join((place.title, *place.path[-1:]))


def _list(heading: str, cards: str) -> str:
    if not cards:
        return ""
    return f'<div class="sources"><p class="heading">{entities(heading)}</p>{cards}</div>'


def _signature(found: Answer, texts: Texts) -> str:
    seconds = texts.seconds.format(seconds=f"{found.timings.total_ms / 1000:.1f}")
    words = " · ".join((found.engine.name, seconds))
    return f'<p class="signature">{entities(words)}</p>'
