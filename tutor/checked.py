"""A language model's text held to the passages: every sentence supported, or marked, or left out.

Knows claims and what is done with them; `support.py` knows whether one is supported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tutor.claims import Claim, rewrite
from tutor.llm.message import Passage
from tutor.support import Support

MARKS = {
    "ko": " *(노트에서 확인되지 않음)*",
    "en": " *(not confirmed by your notes)*",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A text and those of its sentences that nothing supports."""

    text: str
    unsupported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """Holds a text to passages.

    Args:
        support: lays a claim beside passages.
        strict: leaves out what is not supported, where it would otherwise be marked.
    """

    support: Support
    strict: bool = False

    def __call__(self, text: str, passages: Sequence[Passage], language: str) -> Checked:
        """The text with wrong citations put right and the rest of what is wrong marked."""
        work = _Work(self.support, {p.number: p for p in passages})
        mark = None if self.strict else MARKS[language]

        def change(claim: Claim) -> tuple[str, tuple[int, ...]] | None:
            if work.says_nothing(claim):
                return ("", ())
            found = work.supporting(claim)
            if found:
                return ("", found)
            work.unsupported.append(claim.text)
            return None if mark is None else (mark, ())

        rewritten = rewrite(text, change, set(work.passages))
        return Checked(rewritten, tuple(work.unsupported))


@dataclass(slots=True)
class _Work:
    support: Support
    passages: dict[int, Passage]
    unsupported: list[str] = field(default_factory=list)

    def says_nothing(self, claim: Claim) -> bool:
        """A lead-in, or a piece without letters: nothing that could be true or false."""
        return claim.leads or not any(char.isalnum() for char in claim.text)

    def supporting(self, claim: Claim) -> tuple[int, ...]:
        """The passages that a claim is to cite: its own where they support it, else another."""
        own = [self.passages[n] for n in claim.cited if n in self.passages]
        if own and self.support.judge(claim.text, own).supported:
            return tuple(p.number for p in own)
        others = [p for p in self.passages.values() if p not in own]
        judged = [(self.support.judge(claim.text, [p]), p) for p in others]
        good = [(verdict.score, -p.number) for verdict, p in judged if verdict.supported]
        return (-max(good)[1],) if good else ()
