"""The address of a passage, as the page writes it into a link and reads it back from a click.

It carries everything needed to open the passage, so a link still works after a restart. What comes
back is from the browser and is checked like any input.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from ingest.document import Chunk
from tutor.source import Citation

PREFIX = "#note?"
QUOTE = 80
"""Characters of a quote that travel with its link."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start:end` of a course's document.

    Args:
        whole: whether to show the whole document around it, not just its lecture.
        quote: the beginning of what stood there, to find it again in a note that has changed; ""
            where nothing is quoted.
    """

    course: str
    document: str
    start: int
    end: int
    whole: bool = False
    quote: str = ""

    @classmethod
    def of(cls, chunk: Chunk, start: int | None = None, end: int | None = None) -> Passage:
        """A chunk, or the stretch `start:end` of its document."""
        first = chunk.start if start is None else start
        last = chunk.end if end is None else end
        return cls(chunk.course, chunk.document, first, last)

    @classmethod
    def cited(cls, citation: Citation) -> Passage:
        """A quoted sentence."""
        quote = citation.quote[:QUOTE]
        return replace(cls.of(citation.chunk, citation.start, citation.end), quote=quote)

    @property
    def href(self) -> str:
        """The link's target."""
        fields: dict[str, str | int] = {
            "c": self.course,
            "d": self.document,
            "s": self.start,
            "e": self.end,
        }
        fields |= {"w": 1} if self.whole else {}
        fields |= {"q": self.quote} if self.quote else {}
        return PREFIX + urlencode(fields)


def passage_of(href: str) -> Passage | None:
    """The passage a link names, None if it names none."""
    if not href.startswith(PREFIX):
        return None
    fields = {name: values[0] for name, values in parse_qs(href.removeprefix(PREFIX)).items()}
    try:
        return Passage(
            course=fields["c"],
            document=fields["d"],
            start=max(0, int(fields["s"])),
            end=max(0, int(fields["e"])),
            whole="w" in fields,
            quote=fields.get("q", ""),
        )
    except (KeyError, ValueError):
        return None
