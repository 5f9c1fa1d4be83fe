"""What is asked for, and what is handed out. Knows nothing about how one becomes the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.quiz.item import Item


@dataclass(frozen=True, slots=True)
class QuizRequest:
    """What to make a quiz of.

    Args:
        kinds: names of kinds, none for a mixture.
        week: only this week, None for all.
        lecture: only this lecture of its week.
        topic: only what has to do with these words.
        language: "ko" or "en"; None for the notes' own, Korean where they say a thing in both.
        seed: the same seed, request and notes give the same items.
    """

    count: int = 10
    kinds: tuple[str, ...] = ()
    courses: tuple[str, ...] | None = None
    week: int | None = None
    lecture: int | None = None
    topic: str | None = None
    language: str | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """The items made, how many drafts each check dropped, and why there are not more.

    Args:
        dropped: by code of the problem that dropped a draft.
        shortfall: "" when as many items were made as asked for.
    """

    items: tuple[Item, ...]
    dropped: dict[str, int] = field(default_factory=dict)
    shortfall: str = ""
