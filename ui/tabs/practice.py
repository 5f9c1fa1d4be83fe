"""Practice: choose, answer one item at a time, see at once what was right and why.

Knows which component shows what; what a round is and how it goes on stands in `ui.rounds`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import gradio as gr

from tutor.quiz import practice
from tutor.quiz.item import ItemKind
from tutor.quiz.kinds import KINDS
from ui.outline import quiz_language, scope_choices, scope_of
from ui.page import Page, Refresh, Update, chosen_courses
from ui.practice_layout import Parts, layout
from ui.render import notice
from ui.render_quiz import kind_name
from ui.round_view import view
from ui.rounds import Round, Wanted, give, go_on, new_round, response_of, review, stop
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

_SEEDS = 2**31


def build(page: Page) -> list[Refresh]:
    """Adds what to choose from and, hidden until started, where items are answered."""
    parts = layout(page)
    _wire(page, parts)
    inputs = [page.language, page.courses]
    return [
        Refresh(page.visitors.bind(_choices), inputs, [parts.scopes, parts.kinds, parts.due]),
        Refresh(_redraw, [parts.round, page.language], _shown_in(parts)),
    ]


def _wire(page: Page, parts: Parts) -> None:
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    course, words = page.courses, page.language
    after = [parts.round, *_shown_in(parts)]
    begun = [parts.note, parts.start, parts.setup, parts.play, *after]
    chosen = [parts.scopes, parts.kinds, parts.count, course, words]

    def safely(handler: Callable[..., Any], outputs: list[Any]) -> dict[str, Any]:
        return {"fn": page.visitors.bind(handler), "outputs": outputs, **quiet}

    making = parts.start.click(_making, words, [parts.note, parts.start], queue=False, **quiet)
    making.then(inputs=chosen, **safely(_start, begun)).then(
        _made, [parts.note, words], [parts.note, parts.start], queue=False, **quiet
    )
    parts.due.click(inputs=[course, words], **safely(_review, begun))
    page.bridge.pick(inputs=[page.bridge, parts.round, words], **safely(_pick, after))
    typed = [parts.typed, parts.round, words]
    gr.on([parts.typed.submit, parts.check.click], inputs=typed, **safely(_typed, after))
    parts.next.click(inputs=[parts.round, course, words], **safely(_next, after))
    parts.end.click(_end, [parts.round, words], after, **quiet)
    fresh = [parts.round, parts.setup, parts.play, parts.note, parts.due]
    parts.again.click(inputs=[course, words], **safely(_again, fresh))


def _shown_in(parts: Parts) -> list[Any]:
    """Where `_show` puts what it makes."""
    return [parts.item, parts.result, parts.typing, parts.typed, parts.next, parts.end, parts.again]


def _show(round_: Round, language: str) -> tuple[Any, ...]:
    seen = view(round_, datetime.now(UTC), texts_of(language))
    return (
        seen.item,
        seen.result,
        gr.update(visible=seen.typing),
        "",
        gr.update(visible=bool(seen.goes_on), value=seen.goes_on),
        gr.update(visible=not seen.over),
        gr.update(visible=seen.over),
    )


def _redraw(round_: Round, language: str) -> tuple[Any, ...]:
    return _show(round_, language) if round_.items else _nothing()


def _nothing() -> tuple[Update, ...]:
    """Leaves everything that `_show` sets as it is."""
    return (gr.skip(),) * 7


def _making(language: str) -> tuple[str, Update]:
    """Says that items are being made: reading a whole course takes seconds."""
    return notice(texts_of(language).practice_making), gr.update(interactive=False)


def _made(note: str, language: str) -> tuple[str, Update]:
    """Ready for another try, also where something went wrong on the way."""
    making, _ = _making(language)
    return "" if note == making else note, gr.update(interactive=True)


def _start(
    tutor: Tutor,
    scopes: list[str],
    kinds: list[str],
    count: int,
    courses: list[str],
    language: str,
) -> tuple[Any, ...]:
    chosen, texts = chosen_courses(courses), texts_of(language)
    wanted = Wanted(
        count=count,
        scopes=tuple(map(scope_of, scopes)),
        kinds=tuple(kinds),
        courses=None if chosen is None else tuple(chosen),
        language=quiz_language(tutor.chunks(chosen), language),
        seed=secrets.randbelow(_SEEDS),
    )
    begun = new_round(tutor, wanted)
    if 0 < len(begun.items) < count:
        gr.Info(texts.practice_fewer.format(count=len(begun.items)))
    return _begin(begun, texts.practice_none, language)


def _review(tutor: Tutor, courses: list[str], language: str) -> tuple[Any, ...]:
    begun = review(tutor, chosen_courses(courses), datetime.now(UTC))
    return _begin(begun, texts_of(language).practice_none_due, language)


def _begin(begun: Round, none: str, language: str) -> tuple[Any, ...]:
    ready = gr.update(interactive=True)
    if not begun.items:
        return notice(none), ready, gr.skip(), gr.skip(), begun, *_nothing()
    hidden, visible = gr.update(visible=False), gr.update(visible=True)
    return "", ready, hidden, visible, begun, *_show(begun, language)


def _pick(tutor: Tutor, value: str, round_: Round, language: str) -> tuple[Any, ...]:
    item = round_.item
    if item is None or not item.options or value not in map(str, range(len(item.options))):
        return round_, *_nothing()
    return _given(tutor, round_, int(value), language)


def _typed(tutor: Tutor, typed: str, round_: Round, language: str) -> tuple[Any, ...]:
    item = round_.item
    if item is None or not typed.strip():
        return round_, *_nothing()
    response = response_of(item, typed)
    if response is None:
        texts = texts_of(language)
        ordering = item.kind is ItemKind.ORDERING
        words = texts.practice_bad_order if ordering else texts.practice_bad_match
        gr.Warning(words.format(count=len(item.options or ())))
        return round_, *_nothing()
    return _given(tutor, round_, response, language)


def _given(tutor: Tutor, round_: Round, response: object, language: str) -> tuple[Any, ...]:
    after = give(tutor, round_, response, datetime.now(UTC))
    return after, *_show(after, language)


def _next(tutor: Tutor, round_: Round, courses: list[str], language: str) -> tuple[Any, ...]:
    after = go_on(tutor, round_, chosen_courses(courses), datetime.now(UTC))
    return after, *_show(after, language)


def _end(round_: Round, language: str) -> tuple[Any, ...]:
    after = stop(round_)
    return after, *_show(after, language)


def _again(tutor: Tutor, courses: list[str], language: str) -> tuple[Any, ...]:
    hidden, visible = gr.update(visible=False), gr.update(visible=True)
    return Round(), visible, hidden, "", _due_button(tutor, courses, language)


def _choices(tutor: Tutor, language: str, courses: list[str]) -> tuple[Any, ...]:
    scopes = scope_choices(tutor.chunks(chosen_courses(courses)), language)
    kinds = [(kind_name(kind, texts_of(language)), kind) for kind in KINDS]
    return (
        gr.update(choices=scopes, value=[]),
        gr.update(choices=kinds, value=[]),
        _due_button(tutor, courses, language),
    )


def _due_button(tutor: Tutor, courses: list[str], language: str) -> Update:
    counts = practice.due_counts(tutor.bank, datetime.now(UTC), chosen_courses(courses))
    count = counts.due + counts.new
    words = texts_of(language).practice_start_due.format(count=count)
    return gr.update(visible=count > 0, value=words)
