"""Puts page numbers on sections. Knows where pages begin; knows no format and no heading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from ingest.document import Section
from ingest.formats.extracted import Extracted


def paged(sections: Iterable[Section], extracted: Extracted) -> Iterator[Section]:
    """The sections, cut where a page begins and each with its page; as they are without pages."""
    for section in sections:
        edges = [at for at in extracted.pages if section.start < at < section.end]
        bounds = [section.start, *edges, section.end] if extracted.pages else []
        if not bounds:
            yield section
        for start, end in pairwise(bounds):
            text = extracted.text[start:end]
            if text.strip():
                first = start + len(text) - len(text.lstrip())
                page = bisect_right(extracted.pages, first)
                yield replace(
                    section,
                    start=first,
                    end=start + len(text.rstrip()),
                    place=replace(section.place, page=page),
                )
