"""What a round of practice looks like, as text for the page's components. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ui import render_quiz
from ui.hints import hints
from ui.rounds import Round
from ui.texts import Texts


@dataclass(frozen=True, slots=True)
class View:
    """What a round looks like.

    Args:
        item: HTML of position and item, or of the summary once it is over.
        result: HTML, "" before the answer.
        typing: whether an answer is to be typed.
        goes_on: the words on the button to the next item; "" before the answer.
        hint: whether there is another hint to be had.
        overrule: the words on the button that grades otherwise; "" before the answer.
    """

    item: str
    result: str = ""
    typing: bool = False
    goes_on: str = ""
    over: bool = False
    hint: bool = False
    overrule: str = ""


def view(round_: Round, now: datetime, texts: Texts) -> View:
    """The round as it stands at `now`."""
    item, given = round_.item, round_.answer
    if item is None:
        right = sum(given.grade.correct for given in round_.given)
        ended = render_quiz.summary(round_.missed, right, len(round_.given), texts)
        return View(ended, over=True)
    total = None if round_.reviewing else len(round_.items)
    head = render_quiz.position(round_.index + 1, total, texts)
    if given is None:
        ladder = hints(item, texts)
        shown = render_quiz.question(item, texts, ladder[: round_.hinted])
        return View(head + shown, typing=not item.options, hint=round_.hinted < len(ladder))
    last = not round_.reviewing and round_.index + 1 == len(round_.items)
    when = render_quiz.due_sentence(given.due, now, texts)
    return View(
        head + render_quiz.answered(item, given.response, texts),
        render_quiz.result(item, given.grade, when, texts),
        goes_on=texts.practice_finish if last else texts.practice_next,
        overrule=(
            texts.practice_overrule_wrong if given.grade.correct else texts.practice_overrule_right
        ),
    )
