"""Keeps the bank in step with notes that change: finds each item's passage again, or retires it.

Knows quotes and documents; attempts are never touched, so that a passage that comes back brings its
history along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.document import Chunk, content_hash
from ingest.sentences import collapse
from tutor.quiz.item import Item
from tutor.quiz.store import Bank
from tutor.source import Citation


def reconcile(
    bank: Bank, course: str, texts: Mapping[str, str], chunks: Sequence[Chunk]
) -> tuple[int, int]:
    """Settles the items of a course whose notes may have changed.

    Args:
        bank: whose items.
        course: of the items.
        texts: every document of the course by name, as it is now; empty when the course is gone.
        chunks: of those documents.

    Returns:
        How many items have their passage, and how many are retired; (0, 0) when nothing changed.
    """
    known = [f"{name} {content_hash((text,))}" for name, text in sorted(texts.items())]
    stamp = content_hash(known)
    if bank.stamps().get(course, stamp) == stamp:
        return 0, 0
    found, gone = [], []
    for item in bank.items([course], retired=True):
        moved = _moved(item, texts, chunks)
        if moved is None:
            gone.append(item.id)
        else:
            found.append(moved)
    bank.settle(course, stamp, found, gone)
    return len(found), len(gone)


def _moved(item: Item, texts: Mapping[str, str], chunks: Sequence[Chunk]) -> Item | None:
    """The item with its citations where they stand now, None when one stands nowhere."""
    citations = []
    for citation in item.citations:
        place = _find(citation, texts)
        if place is None:
            return None
        citations.append(_placed(citation, *place, chunks))
    return replace(item, citations=tuple(citations))


def _find(citation: Citation, texts: Mapping[str, str]) -> tuple[str, int, int] | None:
    """Document, start and end of a quote: its old place, else its own document, else any."""
    own = citation.chunk.document
    text = texts.get(own, "")
    if collapse(text[citation.start : citation.end]) == citation.quote != "":
        return own, citation.start, citation.end
    words = r"\s+".join(map(re.escape, citation.quote.split()))
    for name in [own, *(name for name in texts if name != own)]:
        places = [m.span() for m in re.finditer(words, texts.get(name, ""))] if words else []
        if places:
            near = min(places, key=lambda place: abs(place[0] - citation.start))
            return name, *near
    return None


def _placed(
    citation: Citation, document: str, start: int, end: int, chunks: Sequence[Chunk]
) -> Citation:
    around = [c for c in chunks if c.document == document and c.start <= start and end <= c.end]
    here = replace(citation.chunk, document=document, start=start, end=end)
    chunk = around[0] if around else here
    return replace(citation, chunk=chunk, start=start, end=end)
