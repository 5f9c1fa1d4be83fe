"""Passages as they stand in a prompt: numbered, their role named, and nothing but text.

Knows what in a note could be taken for something else than a note: markers, the prompt's own tags,
the role marks of chat formats, orders to the program. Knows nothing about engines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.llm.message import Passage
from tutor.orders import without_orders

BUDGET = 1_500
"""Tokens of notes in a prompt; reading more is what a student waits for."""
_HANGUL = re.compile(r"[가-힣]")
_TAG = re.compile(r"<(?=[/|!a-zA-Z])")
"""What begins a tag or a role mark ("</passage>", "<|im_start|>"); "x < y" does not."""
_ROLE = re.compile(
    r"^(\s*#*\s*(?:system|user|assistant|human|ai|시스템|사용자|어시스턴트)\s*)[:：]", re.I | re.M
)
"""A line that begins like a turn of a conversation."""


def show(passage: Passage) -> str:
    """A passage between its tags."""
    place = passage.chunk.place
    title = plain(" > ".join((place.title, *place.path)))
    text = plain(without_orders(passage.chunk.text))
    head = f"[{passage.number}] ({passage.chunk.role.value}: {title})"
    return f"<passage>\n{head}\n{text}\n</passage>"


def plain(text: str) -> str:
    """Text in which nothing looks like a marker, a tag or somebody's turn to speak."""
    text = _TAG.sub("‹", text.replace("[", "(").replace("]", ")"))
    return _ROLE.sub(r"\1 -", text)


def within(passages: Sequence[Passage], tokens: int) -> list[Passage]:
    """The best passages that fit into a number of tokens; the first in any case."""
    kept: list[Passage] = []
    left = tokens
    for passage in passages:
        left -= estimate(show(passage))
        if kept and left < 0:
            break
        kept.append(passage)
    return kept


def estimate(text: str) -> int:
    """Tokens of a text, on the high side: a Hangul syllable is most of one, a letter a third."""
    hangul = len(_HANGUL.findall(text))
    return int(0.8 * hangul + 0.35 * (len(text) - hangul)) + 1
