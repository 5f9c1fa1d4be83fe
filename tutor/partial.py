"""Questions about several things of which the notes lack some: the rest of the question.

"GRU와 Mamba의 차이는?" over notes without Mamba becomes "GRU의 차이는?", so that the half that is
there is answered and the other is named. Knows concepts and how things are joined in two languages;
knows nothing about answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.question import Concept

_AFTER = r"\s*(?:와|과|랑|이랑|하고|및|,|/|·)\s*|\s+(?:and|or|vs\.?|versus|&)\s+(?:the |an? )?"
_BEFORE = r"(?:\s*(?:와|과|랑|이랑|하고|및|,|/|·)\s*|\s+(?:and|or|vs\.?|versus|&)\s+(?:the |an? )?)"


@dataclass(frozen=True, slots=True)
class Half:
    """What of a question can be asked, and what the notes do not name.

    Args:
        question: the question without what is missing.
        missing: names as the question writes them.
    """

    question: str
    missing: tuple[str, ...]


def known_half(question: str, concepts: Sequence[Concept]) -> Half | None:
    """The question without the things that the notes never name.

    None where nothing is missing, nothing would be left, or what is missing does not stand beside
    something that is there: "Mamba's reset gate" has no half.
    """
    lacking = [c.written for c in concepts if not c.known and c.written]
    if not lacking or not any(c.known for c in concepts):
        return None
    rest, missing = question, []
    for name in lacking:
        shorter = _without(rest, name)
        if shorter != rest:
            missing.append(name)
            rest = shorter
    return Half(rest, tuple(missing)) if missing else None


def _without(question: str, name: str) -> str:
    """The question with a name and what joins it to its neighbour cut out."""
    written = re.escape(name)
    for pattern in (rf"(?<!\w){written}(?:{_AFTER})", rf"{_BEFORE}{written}(?![A-Za-z0-9])"):
        found = re.search(pattern, question)
        if found:
            return question[: found.start()] + question[found.end() :]
    return question
