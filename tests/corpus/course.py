"""Reads the bundled course's lectures for the tests here; knows nothing of what must hold.

Deliberately not the program's own reader: a lecture that only `ingest` can read is a wrong lecture.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
COURSE = CORPUS / "genai"
LANGUAGES = ("ko", "en")

_FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.S)
_FORMULA = re.compile(r"\$\$(?P<display>[^$]*)\$\$|\$(?P<inline>[^$]*)\$")
_SOURCE = re.compile(r"- .*\(\d{4}.*\), \".*\"\n?")


@dataclass(frozen=True)
class Section:
    """What stands under one `##` heading, up to the next."""

    title: str
    text: str

    def lines(self, pattern: str) -> int:
        """How many lines begin with `pattern`."""
        return len(re.findall(f"^(?:{pattern})", self.text, re.M))


@dataclass(frozen=True)
class Lecture:
    """One file; `name` is its path under the course, "ko/week2/1-rnn.md"."""

    name: str
    text: str

    @property
    def language(self) -> str:
        return self.name.split("/")[0]

    @property
    def twin(self) -> str:
        """The name of the same lecture in the other language."""
        other = {"ko": "en", "en": "ko"}[self.language]
        return other + self.name.removeprefix(self.language)

    @cached_property
    def front(self) -> dict[str, str]:
        """The front matter in its order; empty where there is none."""
        found = _FRONT.match(self.text)
        lines = found["front"].splitlines() if found else []
        return dict(tuple(line.split(": ", 1)) for line in lines)

    @cached_property
    def body(self) -> str:
        found = _FRONT.match(self.text)
        return found["body"] if found else self.text

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        parts = re.split(r"^## (.*)\n", self.body, flags=re.M)[1:]
        return tuple(map(Section, parts[::2], parts[1::2]))

    @property
    def prose(self) -> str:
        """The sentences alone: no headings, no formulas, no list of sources."""
        lines = [
            line
            for line in self.body.splitlines()
            if not line.startswith("#") and not _SOURCE.match(line)
        ]
        return without_formulas("\n".join(lines))


def lectures() -> dict[str, Lecture]:
    """Every Markdown file of the course by name."""
    return {
        (name := path.relative_to(COURSE).as_posix()): Lecture(
            name, path.read_text(encoding="utf-8")
        )
        for path in sorted(COURSE.rglob("*.md"))
    }


def formulas(text: str, *, display: bool) -> list[str]:
    """The formulas set on their own lines, or those within a line, without their dollar signs."""
    kind = "display" if display else "inline"
    return [found[kind] for found in _FORMULA.finditer(text) if found[kind] is not None]


def without_formulas(text: str) -> str:
    return _FORMULA.sub(" ", text)
