"""What a learner corrects in an item: another key, other accepted forms. Knows items, no bank.

The id stays, so that the correction holds when the same item is generated again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.errors import BadLine
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds import KINDS

_NOTE = {"ko": "학습자가 고친 정답: {answer}.", "en": "Key corrected by the learner: {answer}."}


def corrected(
    item: Item, *, key: Sequence[int] | None = None, answer: Sequence[str] | None = None
) -> Item:
    """The item with another key, or with other accepted forms.

    Raises:
        BadLine: when the item would not be one any more.
    """
    if (key is None) == (answer is None):
        raise BadLine(
            "A correction has either a key or accepted forms.",
            'Write {"op": "correct", "id": "…", "key": [2]} or {…, "answer": ["…"]}.',
        )
    if key is not None:
        options = item.options or ()
        if not all(0 <= index < len(options) for index in key):
            raise BadLine("The key does not point at the options.", "Options count from 0.")
        forms = [options[index] for index in key]
        joined = (" → ".join(forms),) if item.kind is ItemKind.ORDERING else tuple(forms)
        new = replace(item, key=tuple(key), answer=joined)
    else:
        new = replace(item, answer=tuple(answer or ()))
    note = _NOTE[item.language].format(answer=" / ".join(new.answer))
    new = replace(new, explanation=f"{note} {item.explanation}")
    faults = KINDS[item.kind.value].check(new)
    if faults:
        why = f"The item cannot be corrected so: {faults[0].message}"
        raise BadLine(why, "Give a key or accepted forms that suit the item's kind.")
    return new
