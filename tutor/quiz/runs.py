"""Lines of a lecture that belong together: a list with its announcement, or a single line.

Knows what a list looks like in Markdown and in plain text; knows nothing about what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tutor.quiz import statements, topics
from tutor.quiz.passages import Lecture, Line, is_labelled

_SHORT = 40
"""Characters within which a line above a list is taken for its heading."""


@dataclass(slots=True)
class Run:
    """Lines that form one list, with the line that announces it and the heading above."""

    lines: list[Line] = field(default_factory=list)
    intro: Line | None = None
    heading: str = ""

    @property
    def lists_things(self) -> bool:
        """Whether what is listed are things: comparisons and mix-ups list aspects of them."""
        intro = self.intro.text if self.intro else ""
        last = intro if len(intro) <= _SHORT else re.split(r"(?<=[.!?다])\s+", intro)[-1]
        return topics.heads_list(self.heading) and topics.heads_list(last)


def runs(lecture: Lecture) -> Iterator[Run]:
    """The lines of a lecture, lists kept together, every other line by itself."""
    heading, previous = "", None
    run = Run()
    for line in lecture.lines:
        path = line.span.chunk.place.path
        heading = line.text if line.shape == "heading" else path[-1] if path else heading
        if run.lines and not _continues(run.lines[-1], line):
            yield run
            run = Run()
        if line.shape == "heading":
            previous = None
            continue
        if not run.lines:
            close = previous is not None and (line.shape != "plain" or not line.gap)
            run = Run([], previous if close else None, heading)
        run.lines.append(line)
        previous = line if line.shape == "plain" else None
    if run.lines:
        yield run


def _continues(last: Line, line: Line) -> bool:
    """Whether a line belongs to the list that `last` belongs to."""
    if last.shape != line.shape or line.shape == "heading":
        return False
    if line.shape == "number":
        return line.number == last.number + 1
    if line.shape == "bullet":
        return line.span.chunk.place == last.span.chunk.place
    both = statements.split_pair(last.text) and statements.split_pair(line.text)
    return bool(both) and may_pair(line) and not line.gap


def may_pair(line: Line) -> bool:
    """In a paragraph of Markdown a colon is mostly a colon; elsewhere a line is "term : gloss"."""
    markdown = line.span.chunk.document.lower().endswith((".md", ".markdown"))
    plain = line.shape == "plain" and (not markdown or is_labelled(line.text))
    return line.shape in ("bullet", "number") or plain
