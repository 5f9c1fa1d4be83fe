"""Words that look misspelt: one letter off a term of the field.

Of Latin words only those near a term of the field are judged, of Korean ones only nouns that no
dictionary knows. Student notes hold "decorder" and "sementation"; a quiz should not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ingest.words import terms, unknown_hangul

_WORD = re.compile(r"[A-Za-z]{5,}")
_RARE = 5
"""A word used more often than this is meant."""
_RARE_HANGUL = 2
"""A Korean noun that no dictionary knows is meant when it is used more often than this."""


class Spelling:
    """Which words of some texts look misspelt beside the others."""

    def __init__(self, texts: Iterable[str], known: Iterable[str] = ()) -> None:
        """`known` are words that are right whatever the texts say."""
        texts, known = list(texts), list(known)
        counts = Counter(word.casefold() for text in texts for word in _WORD.findall(text))
        right = {word.casefold() for form in known for word in _WORD.findall(form)}
        counts.update(dict.fromkeys(right, 0))
        near: dict[str, set[str]] = {}
        for word in counts:
            for shorter in {word, *_shortened(word)}:
                near.setdefault(shorter, set()).add(word)
        self._text = "\n".join(texts)
        self._known = "\n".join(known)
        self._wrong = {
            word
            for word, count in counts.items()
            if count <= _RARE and word not in right
            for other in {o for shorter in {word, *_shortened(word)} for o in near[shorter]}
            if other in right and other != word and _misspells(word, other)
        }

    def suspects(self, text: str) -> bool:
        """Whether a word of `text` looks misspelt."""
        return any(word.casefold() in self._wrong for word in _WORD.findall(text)) or any(
            self._text.count(word) <= _RARE_HANGUL and word not in self._known
            for word in unknown_hangul(text)
        )


def _shortened(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _misspells(word: str, other: str) -> bool:
    """One letter wrong, missing, too many or swapped, and no inflection or usage explains it."""
    inflected = _base(word) == _base(other) or terms(word) == terms(other)
    if inflected or not _begins_alike(word, other):
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
    return True


def _begins_alike(word: str, other: str) -> bool:
    size = 1 if min(len(word), len(other)) >= 8 else 3
    return word[:size] == other[:size] or word[1:] == other[1:]


def _base(word: str) -> str:
    return re.sub(r"(?:e?s|e?d|ing|e|ly)$", "", word)
