"""Where a learner stands with each fact of the bank: asked how often, remembered how well.

A fact is a passage that items ask about; all items on one passage are variants of one question, and
what is remembered of one holds for all. Reads the bank; decides nothing about what comes next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tutor.quiz.item import Item
from tutor.quiz.store import Attempt, Bank, Memory, fact_of

Place = tuple[str, int, int]
"""Course, week and lecture, 0 where there is none."""


@dataclass(slots=True)
class Standing:
    """One fact: the items that ask about it, oldest first, and every attempt at them.

    Args:
        number: of each item, the place of its last attempt among all attempts; 0 for none.
    """

    items: list[Item]
    attempts: list[Attempt] = field(default_factory=list)
    memory: Memory | None = None
    number: dict[str, int] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """The lecture that it is from."""
        return place_of(self.items[0])

    @property
    def wrong(self) -> int:
        """Attempts that were not right."""
        return sum(attempt.verdict != "correct" for attempt in self.attempts)

    @property
    def missed(self) -> bool:
        """Whether the last attempt was not right."""
        return bool(self.attempts) and self.attempts[-1].verdict != "correct"

    @property
    def last(self) -> int:
        """The place of the last attempt among all attempts, 0 for none."""
        return max(self.number.values(), default=0)

    def is_due(self, now: datetime) -> bool:
        """Whether it should be asked again."""
        return self.memory is not None and self.memory.due <= now

    def variant(self) -> Item:
        """The item to ask: one never asked if there is one, of another kind than the last."""
        asked = [self.number.get(item.id, 0) for item in self.items]
        last = self.items[asked.index(max(asked))].kind if any(asked) else None
        return min(self.items, key=lambda item: (self.number.get(item.id, 0), item.kind is last))


def standings(bank: Bank, courses: Sequence[str] | None = None) -> list[Standing]:
    """Every fact that the bank's items ask about, in the order they were added."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in bank.items(courses):
        groups[fact_of(item)].append(item)
    memories = bank.memories(courses)
    attempts: dict[str, list[tuple[int, Attempt]]] = defaultdict(list)
    for number, attempt in enumerate(bank.attempts(), start=1):
        attempts[attempt.item].append((number, attempt))
    found = []
    for items in groups.values():
        own = sorted((pair for item in items for pair in attempts[item.id]), key=lambda p: p[0])
        known = [memories[item.id] for item in items if item.id in memories]
        numbers = {attempt.item: number for number, attempt in own}
        latest = max(known, key=lambda memory: str(memory.card.get("last_review")), default=None)
        found.append(Standing(items, [attempt for _, attempt in own], latest, numbers))
    return found


def place_of(item: Item) -> Place:
    """The lecture an item is from."""
    if not item.citations:
        return ("", 0, 0)
    chunk = item.citations[0].chunk
    return (chunk.course, chunk.place.week or 0, chunk.place.lecture or 0)
