"""Words that look misspelt: one letter off a word that the same notes use more often.

Knows Latin letters only. Student notes hold "decorder" and "sementation"; a quiz should not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z]{5,}")
_RARE = 2
"""A word used more often than this is meant."""


class Spelling:
    """Which words of some texts look misspelt beside the others."""

    def __init__(self, texts: Iterable[str], known: Iterable[str] = ()) -> None:
        """`known` are words that are right whatever the texts say."""
        counts = Counter(word.casefold() for text in texts for word in _WORD.findall(text))
        right = {word.casefold() for form in known for word in _WORD.findall(form)}
        counts.update({word: _RARE for word in right})
        near: dict[str, set[str]] = {}
        for word in counts:
            for shorter in {word, *_shortened(word)}:
                near.setdefault(shorter, set()).add(word)
        self._wrong = {
            word
            for word, count in counts.items()
            if count <= _RARE and word not in right
            for other in {o for shorter in {word, *_shortened(word)} for o in near[shorter]}
            if counts[other] >= count and other != word and _misspells(word, other, counts)
        }

    def suspects(self, text: str) -> bool:
        """Whether a word of `text` looks misspelt."""
        return any(word.casefold() in self._wrong for word in _WORD.findall(text))


def _shortened(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _misspells(word: str, other: str, counts: Counter[str]) -> bool:
    """One letter wrong, missing, too many or swapped, and no inflection or usage explains it."""
    if _base(word) == _base(other) or not _begins_alike(word, other):
        return False
    if word[:-1] == other[:-1] or word.startswith(other) or other.startswith(word):
        return False
    if re.sub("s", "z", word) == re.sub("s", "z", other) or word.replace("u", "") == other.replace(
        "u", ""
    ):
        return False
    if len(word) == len(other):
        wrong = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(word) == sorted(other)
        return swapped or (len(wrong) == 1 and len(word) >= 7)
    return counts[other] > counts[word]


def _begins_alike(word: str, other: str) -> bool:
    size = 1 if min(len(word), len(other)) >= 8 else 3
    return word[:size] == other[:size] or word[1:] == other[1:]


def _base(word: str) -> str:
    return re.sub(r"(?:e?s|e?d|ing|e|ly)$", "", word)
