"""Lists that chunking cut: which neighbouring chunks belong to one list. Knows chunks only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.document import Chunk
from ingest.headings import is_list_item

LONGEST = 2_400
"""Characters. A longer run stays cut: no answer quotes so much."""


def whole_lists(chunks: Sequence[Chunk]) -> dict[int, range]:
    """For each chunk that holds a part of a cut list, the chunks that hold all of it."""
    runs: dict[int, range] = {}
    first = 0
    for row, (one, other) in enumerate(pairwise(chunks), start=1):
        if not _goes_on(one, other) or other.end - chunks[first].start > LONGEST:
            first = row
            continue
        run = range(first, row + 1)
        runs |= dict.fromkeys(run, run)
    return runs


def _goes_on(one: Chunk, other: Chunk) -> bool:
    """Whether a list runs from the end of one chunk into the next."""
    if (one.course, one.document, one.ordinal, one.role) != (
        other.course,
        other.document,
        other.ordinal,
        other.role,
    ):
        return False
    above, below = one.text.splitlines()[-1], other.text.splitlines()[0]
    leads = above.rstrip().endswith((":", "："))
    return is_list_item(below) and (leads or is_list_item(above))
