"""The table of kinds. A new kind is one file here and one line below."""

from __future__ import annotations

from tutor.errors import NotAvailable
from tutor.quiz.kinds import (
    choice,
    cloze,
    matching,
    negative_choice,
    ordering,
    short_answer,
    true_false,
)
from tutor.quiz.kinds.base import Kind
from tutor.quiz.kinds.written import Written

KINDS: dict[str, Kind] = {
    kind.name.value: kind
    for kind in (
        choice.KIND,
        negative_choice.KIND,
        cloze.KIND,
        true_false.KIND,
        short_answer.KIND,
        matching.KIND,
        ordering.KIND,
    )
}


WRITTEN: dict[str, Written] = {
    module.KIND.name.value: module.WRITTEN
    for module in (
        choice,
        negative_choice,
        cloze,
        true_false,
        short_answer,
        matching,
        ordering,
    )
}
"""How a language model writes each of them."""


def kind_named(name: str) -> Kind:
    """The kind of this name.

    Raises:
        NotAvailable: when there is none.
    """
    if name not in KINDS:
        raise NotAvailable(
            f"There is no kind of question called “{name}”.", f"Known kinds: {', '.join(KINDS)}."
        )
    return KINDS[name]
