"""The longest run of words that two texts share; knows nothing of which texts or what is too long.

Words are maximal runs of letters, digits and underscores, of which those with a digit are dropped,
without case; formulas, punctuation and line breaks vanish, so a run goes on across them. A Korean
word is what stands between spaces, with its particle. A TERM is a form of the glossary (name,
abbreviation or alias), found from left to right, the longest first, as the same words in a row with
nothing attached: "트랜스포머" is one, but "트랜스포머는" is an ordinary word. For a run to go on, a
term must be shared like any other words, but its words do not count towards the run's length.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tests.corpus.course import CORPUS, without_formulas

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """Words in a row that both texts hold: how many count, and all of them."""

    counted: int = 0
    words: Phrase = ()

    def __str__(self) -> str:
        return f"{self.counted} of {len(self.words)}: {' '.join(self.words)}"


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", without_formulas(text)).casefold()
    return [word for word in re.findall(r"\w+", plain) if not re.search(r"\d", word)]


def glossary_terms() -> frozenset[Phrase]:
    """Every form of every concept in the glossary, as words."""
    with (CORPUS / "glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cells = [form for row in rows for cell in row.values() for form in cell.split("|")]
    return frozenset(phrase for form in cells if (phrase := tuple(words(form))))


def counting(text: Sequence[str], terms: Collection[Phrase]) -> list[int]:
    """1 for a word of `text`, 0 for a word within a term."""
    longest = max(map(len, terms), default=0)
    counts: list[int] = []
    while (at := len(counts)) < len(text):
        sizes = range(min(longest, len(text) - at), 0, -1)
        size = next((n for n in sizes if tuple(text[at : at + n]) in terms), 0)
        counts += [0] * size or [1]
    return counts


def longest_run(ours: str, theirs: str, terms: Collection[Phrase] = ()) -> Run:
    """The run of `ours` with the most counting words that `theirs` holds too."""
    text, other = words(ours), words(theirs)
    counts = counting(text, terms)
    places = defaultdict(list)
    for there, word in enumerate(other):
        places[word].append(there)
    best, before = Run(), {}
    for at, word in enumerate(text):
        # place in the other text where a run ends -> its counting words and its words
        now: dict[int, tuple[int, int]] = {}
        for there in places[word]:
            counted, length = before.get(there - 1, (0, 0))
            now[there] = (counted + counts[at], length + 1)
        counted, length = max(now.values(), default=(0, 0))
        if (counted, length) > (best.counted, len(best.words)):
            best = Run(counted, tuple(text[at + 1 - length : at + 1]))
        before = now
    return best
