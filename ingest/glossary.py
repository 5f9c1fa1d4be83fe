"""Which words mean the same: Korean, English, abbreviations, spellings. Data comes from outside.

Knows `corpus/glossary.csv` and pairs such as "리셋 게이트(reset gate)" in notes; knows nothing
about ranking. A question's words are expanded with it, each addition carrying a weight below 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ingest.words import terms

EXPANSION = 0.6
"""Weight of a word that the question does not hold but its glossary row does."""
_MINED = re.compile(
    r"(?P<ko>[가-힣]+(?:[ -][가-힣]+){0,2})\s?"
    r"\(\s?(?P<en>[A-Za-z][A-Za-z-]+(?:[ -][A-Za-z-]+){0,3})\s?\)"
    r"|(?P<en2>\b[A-Za-z][A-Za-z-]+(?: [A-Za-z-]+){0,2})\s?"
    r"\(\s?(?P<ko2>[가-힣]+(?:[ -][가-힣]+){0,2})\s?\)"
)
_LONGEST = 4
"""Words in the longest phrase looked up."""

Phrase = tuple[str, ...]


class Glossary:
    """Groups of phrases that mean the same, each phrase a tuple of index terms."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._groups: list[list[Phrase]] = []
        self._of: dict[Phrase, list[int]] = {}
        for group in groups:
            phrases = list(dict.fromkeys(p for form in group if (p := tuple(terms(form)))))
            if len(phrases) > 1:
                for phrase in phrases:
                    self._of.setdefault(phrase, []).append(len(self._groups))
                self._groups.append(phrases)

    def __len__(self) -> int:
        """How many groups there are."""
        return len(self._groups)

    def expand(
        self, words: Sequence[str], known: Callable[[str], bool] | None = None
    ) -> dict[str, float]:
        """The words of a question with weight 1, and their equivalents with `EXPANSION`.

        Args:
            words: index terms.
            known: whether the notes hold a word; where they hold none of a phrase, its
                equivalents are what the notes call it, and weigh 1 as well.
        """
        weights = dict.fromkeys(words, 1.0)
        for phrase in self._phrases(words):
            unknown = known is not None and not any(map(known, phrase))
            full = 1.0 if unknown else EXPANSION
            for group in self._of[phrase]:
                for other in self._groups[group]:
                    for term in other:
                        # a phrase's weight is shared out, or long names would shout
                        weight = full * min(1.0, len(phrase) / len(other))
                        weights[term] = max(weights.get(term, 0.0), weight)
        return weights

    def equivalents(self, phrase: Sequence[str]) -> list[Phrase]:
        """The other phrases of the groups that hold this one."""
        groups = self._of.get(tuple(phrase), [])
        return [p for group in groups for p in self._groups[group] if p != tuple(phrase)]

    def concepts(self, words: Sequence[str]) -> list[Phrase]:
        """The words cut into known phrases, longest first, and single words between them."""
        cut: list[Phrase] = []
        at = 0
        while at < len(words):
            size = next(
                (n for n in range(_LONGEST, 1, -1) if tuple(words[at : at + n]) in self._of), 1
            )
            cut.append(tuple(words[at : at + size]))
            at += size
        return cut

    def _phrases(self, words: Sequence[str]) -> list[Phrase]:
        return [phrase for phrase in self.concepts(words) if phrase in self._of]


def mine(texts: Iterable[str]) -> list[list[str]]:
    """Pairs that notes themselves state: "리셋 게이트(reset gate)", "forget gate(포겟-게이트)"."""
    pairs: dict[tuple[str, str], None] = {}
    for text in texts:
        for match in _MINED.finditer(text):
            korean, english = match["ko"] or match["ko2"], match["en"] or match["en2"]
            if match["ko"]:
                # only as many Korean words as English ones: what stands before is the sentence
                korean = " ".join(korean.split(" ")[-len(english.split(" ")) :])
            pairs[(korean.replace("-", " "), english.replace("-", " "))] = None
    return [list(pair) for pair in pairs]
