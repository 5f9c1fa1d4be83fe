"""History and question to a question that stands alone. Rules only; knows no notes and no model.

"그럼 업데이트 게이트는?" after a question about the reset gate is short of its subject's context;
"GRU는 뭐야?" is not. What the earlier question was about is put in front, so that retrieval and the
reader see all of it, and the page shows what was understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.words import terms, words

_OPENER = re.compile(
    r"^(?:그럼|그러면|그렇다면|그리고|그런데|근데|또|아 그럼|그 ?외에"
    r"|and|then|so|but|what about|how about)"
    r"(?:요)?[\s,]+",
    re.I,
)
_POINTER = re.compile(
    r"(?:^|\s)(?:그거|그건|그게|그것|이거|이건|이게|이것|저거|방금|아까|걔|그\s|이\s|위)"
    r"|\b(?:it|its|that|this|they|them|their|those|these|one|former|latter)\b",
    re.I,
)
_SHORT = 2
"""Content words. A question with no more of them leans on what was said before."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question as it would be asked without the conversation before it."""
    asked = [turn.content for turn in history if turn.role == "user"]
    if not asked or not _leans(question):
        return question
    rest = _OPENER.sub("", question).strip()
    subject = _subject(asked[-1], rest)
    return f"{subject} {rest}" if subject else rest


def _leans(question: str) -> bool:
    if _OPENER.match(question) or _POINTER.search(question):
        return True
    return len(set(terms(question))) <= _SHORT and not _defines(question)


def _defines(question: str) -> bool:
    """A full question about one thing ("GRU가 뭐야?") is short and still stands alone."""
    return bool(
        re.search(
            r"(?:뭐|무엇|란\?|이란|설명|정의|뜻|what (?:is|are)|define|explain)", question, re.I
        )
    )


def _subject(earlier: str, question: str) -> str:
    """The content words of the earlier question that this one does not replace, as written."""
    mine = set(terms(question))
    kept = [word for word in words(earlier) if word.noun and word.term not in mine]
    pieces: list[str] = []
    last = -1
    for word in kept:
        if last >= 0 and word.start == last:
            pieces[-1] += earlier[word.start : word.end]
        else:
            pieces.append(earlier[word.start : word.end])
        last = word.end
    return " ".join(pieces[:6])
