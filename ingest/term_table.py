"""Which Korean and English words translate each other, and how surely: the table that ships.

Knows `ingest/encoder/terms.tsv`, which `ingest.encoder.align` learned from translated texts; knows
nothing about questions or ranking. Words are index terms (`ingest.words`), so a translation can be
looked up in an index as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

SHIPPED = Path(__file__).parent / "encoder" / "terms.tsv"
KEPT = 4
"""Translations kept of a word, the surest ones."""

Row = tuple[str, str, float]


class TermTable:
    """Translations of single index terms, in both directions.

    Args:
        rows: Korean term, English term, how surely they translate each other (0..1).
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._translations: dict[str, dict[str, float]] = {}
        for korean, english, score in rows:
            self._translations.setdefault(korean, {})[english] = score
            self._translations.setdefault(english, {})[korean] = score

    def __len__(self) -> int:
        """How many terms it translates."""
        return len(self._translations)

    def __iter__(self) -> Iterator[str]:
        """Every term it translates."""
        return iter(self._translations)

    def translations(self, term: str) -> Mapping[str, float]:
        """Terms of the other language with scores 0..1, surest first; empty for an unknown one."""
        found = self._translations.get(term, {})
        return dict(sorted(found.items(), key=lambda row: (-row[1], row[0]))[:KEPT])


@lru_cache(maxsize=1)
def shipped_table() -> TermTable:
    """The table that ships, read once."""
    return read_table(SHIPPED)


def read_table(path: Path) -> TermTable:
    """A table that `ingest.encoder.align` wrote."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return TermTable((korean, english, int(score) / 100) for korean, english, score in rows)
