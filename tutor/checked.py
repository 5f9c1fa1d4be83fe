"""A language model's text held to the passages: every sentence supported, or marked, or left out.

Knows claims and what is done with them; `support.py` knows whether one is supported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import category

from tutor.claims import Claim, rewrite
from tutor.llm.message import Passage
from tutor.orders import is_order, without_orders
from tutor.prompts import rules
from tutor.support import Support

MARKS = {
    "ko": " *(노트에서 확인되지 않음)*",
    "en": " *(not confirmed by your notes)*",
}

_ADDRESS = re.compile(
    r"(?:https?|ftp|data|file|javascript):[^\s)\]]+|www\.\S+|!\[[^\]]*\]\([^)]*\)|[\w.]+@\w+\.\w[\w.]*"
)
_RUN = 5
"""Words in a row that are taken over from the rules and not by chance."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A text, whether any of its sentences is supported, and those that are not."""

    text: str
    held: bool = True
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
            if work.obeys(claim):
                return None
            found = work.supporting(claim)
            if found:
                work.held = True
                return ("", found)
            work.unsupported.append(claim.text)
            return None if mark is None else (mark, ())

        rewritten = rewrite(text, change, set(work.passages))
        return Checked(rewritten, work.held, tuple(work.unsupported))


@dataclass
class _Work:
    support: Support
    passages: dict[int, Passage]
    unsupported: list[str] = field(default_factory=list)
    held: bool = False

    def says_nothing(self, claim: Claim) -> bool:
        """A lead-in, or a piece of mere punctuation: nothing that could be true or false."""
        return claim.leads or all(
            category(char)[0] in "PZ" or char in "|=+<>~^`" for char in claim.text
        )

    def obeys(self, claim: Claim) -> bool:
        """Something that no answer holds: an address from nowhere, an order, our own rules."""
        text = claim.text
        if any(address not in self.addresses for address in _ADDRESS.findall(text)):
            return True
        if not any(char.isalnum() for char in text):
            return True  # pictures instead of words
        return is_order(text) or _runs(text) & self.rules != set()

    @cached_property
    def addresses(self) -> str:
        """The text of all passages, in which an address must stand to be repeated."""
        return "\n".join(without_orders(p.chunk.text) for p in self.passages.values())

    @cached_property
    def rules(self) -> set[tuple[str, ...]]:
        """Every few words in a row of the prompt's rules."""
        names = ("answer_ko", "answer_en", "standalone_ko", "standalone_en")
        return set().union(*(_runs(rules(name)) for name in names))

    def supporting(self, claim: Claim) -> tuple[int, ...]:
        """The passages that a claim is to cite: its own where they support it, else another."""
        own = [self.passages[n] for n in claim.cited if n in self.passages]
        if own and self.support.judge(claim.text, own).supported:
            return tuple(p.number for p in own)
        others = [p for p in self.passages.values() if p not in own]
        judged = [(self.support.judge(claim.text, [p]), p) for p in others]
        good = [(verdict.score, -p.number) for verdict, p in judged if verdict.supported]
        return (-max(good)[1],) if good else ()


def _runs(text: str) -> set[tuple[str, ...]]:
    said = re.findall(r"\w+", text.lower())
    return {tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)}
