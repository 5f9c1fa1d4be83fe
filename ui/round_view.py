"""What a round of practice looks like, as text for the page's components. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tutor.quiz.item import Item, ItemKind
from ui import render_quiz
from ui.rounds import Round
from ui.texts import Texts


@dataclass(frozen=True, slots=True)
class View:
    """What a round looks like.

    Args:
        item: HTML of position and item, or of the summary once it is over.
        result: HTML, "" before the answer.
        prompt: what to type; "" where an option is picked or nothing is asked.
        goes_on: the words on the button to the next item; "" before the answer.
    """

    item: str
    result: str = ""
    prompt: str = ""
    goes_on: str = ""
    over: bool = False


def view(round_: Round, now: datetime, texts: Texts) -> View:
    """The round as it stands at `now`."""
    item, given = round_.item, round_.answer
    if item is None:
        return View(render_quiz.summary(round_.missed, len(round_.given), texts), over=True)
    total = None if round_.reviewing else len(round_.items)
    head = render_quiz.position(round_.index + 1, total, texts)
    if given is None:
        return View(head + render_quiz.question(item, texts), prompt=prompt(item, texts))
    last = not round_.reviewing and round_.index + 1 == len(round_.items)
    when = render_quiz.due_sentence(given.due, now, texts)
    return View(
        head + render_quiz.answered(item, given.response, texts),
        render_quiz.result(item, given.grade, when, texts),
        goes_on=texts.practice_finish if last else texts.practice_next,
    )


def prompt(item: Item, texts: Texts) -> str:
    """What to type for an item; "" where an option is picked instead."""
    if render_quiz.is_chosen(item):
        return ""
    words = {
        ItemKind.ORDERING: texts.practice_answer_order,
        ItemKind.MATCHING: texts.practice_answer_match,
    }
    return words.get(item.kind, texts.practice_answer_text)
