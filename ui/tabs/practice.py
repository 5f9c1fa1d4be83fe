"""Practice: choose, answer one item at a time, see at once what was right and why.

Knows which component shows what; what a round is and how it goes on stands in `ui.rounds`. The
round itself lies in the browser and comes along with every step.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import gradio as gr

from tutor.quiz import practice
from tutor.quiz.kinds import KINDS
from ui import render_quiz, rounds
from ui.outline import Scope, quiz_language, scope_choices, scope_of
from ui.page import QUIET, Page, Refresh, Update, chosen_courses, tell
from ui.practice_layout import Parts, layout
from ui.render import notice
from ui.round_view import view
from ui.rounds import Round, Wanted
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

Kept = dict[str, Any]
"""A round as the browser keeps it."""

_SEEDS = 2**31
WEAK = 5
"""Items of a round that a weak lecture is practised with."""
REDO = 20
"""Items of the notebook practised at a time."""


def build(page: Page) -> list[Refresh]:
    """Adds what to choose from and, hidden until started, where items are answered."""
    parts = layout(page)
    _wire(page, parts)
    show = page.visitors.show
    both = [page.language, page.courses]
    return [
        Refresh(show(_choices), both, [parts.scopes, parts.kinds]),
        Refresh(show(_waiting), both, [parts.due, parts.notebook], on_open=True),
        Refresh(show(_arrive), [page.round, page.language], _screens(parts) + _shown_in(parts)),
    ]


def _wire(page: Page, parts: Parts) -> None:
    bind, course, words = page.visitors.bind, page.courses, page.language
    after = [page.round, *_shown_in(parts)]
    begun = [parts.note, parts.start, *_screens(parts), *after]
    chosen = [parts.scopes, parts.kinds, parts.count, course, words]

    def step(event: Callable[..., Any], handler: Callable[..., Any], *more: Any) -> None:
        inputs = [*more, page.round, words]
        event(bind(handler), inputs, after, **QUIET)

    making = parts.start.click(_making, words, [parts.note, parts.start], queue=False, **QUIET)
    making.then(bind(_start), chosen, begun, **QUIET).then(
        _made, [parts.note, words], [parts.note, parts.start], queue=False, **QUIET
    )
    parts.due.click(bind(_review), [course, words], begun, **QUIET)
    weak = page.bridge.practise(lambda: gr.update(selected="practice"), None, page.tabs, **QUIET)
    weak.then(_making, words, [parts.note, parts.start], queue=False, **QUIET).then(
        bind(_weak), [page.bridge, course, words], begun, **QUIET
    )
    parts.redo.click(bind(_redo), [course, words], begun, **QUIET)
    step(page.bridge.pick, _pick, page.bridge)
    gr.on(
        [parts.typed.submit, parts.check.click],
        bind(_typed),
        [parts.typed, page.round, words],
        after,
        **QUIET,
    )
    step(parts.next.click, _next, course)
    step(parts.hint.click, _hint)
    step(parts.overrule.click, _overrule)
    step(parts.end.click, _end)
    waiting = [parts.due, parts.notebook]
    fresh = [page.round, *_screens(parts), parts.note]
    parts.again.click(_again, None, fresh, **QUIET).then(
        bind(_waiting), [words, course], waiting, **QUIET
    )
    mistakes = [*_screens(parts), parts.missed, parts.redo]
    parts.notebook.click(bind(_notebook), [course, words], mistakes, **QUIET)
    parts.back.click(_again, None, fresh, **QUIET)


def _screens(parts: Parts) -> list[Any]:
    """The three of which one is shown."""
    return [parts.setup, parts.mistakes, parts.play]


def _screen(name: str) -> tuple[Update, ...]:
    return tuple(gr.update(visible=name == each) for each in ("setup", "mistakes", "play"))


def _shown_in(parts: Parts) -> list[Any]:
    """Where `_show` puts what it makes."""
    return [
        parts.item,
        parts.result,
        parts.typing,
        parts.typed,
        parts.next,
        parts.hint,
        parts.overrule,
        parts.end,
        parts.again,
    ]


def _show(round_: Round, language: str) -> tuple[Any, ...]:
    seen = view(round_, datetime.now(UTC), texts_of(language))
    return (
        seen.item,
        seen.result,
        gr.update(visible=seen.typing),
        "",
        gr.update(visible=bool(seen.goes_on), value=seen.goes_on),
        gr.update(visible=seen.hint),
        gr.update(visible=bool(seen.overrule), value=seen.overrule),
        gr.update(visible=not seen.over),
        gr.update(visible=seen.over),
    )


def _kept(round_: Round, language: str) -> tuple[Any, ...]:
    """The round for the browser, and what is shown of it."""
    return rounds.to_dict(round_), *_show(round_, language)


def _nothing() -> tuple[Update, ...]:
    """Leaves the round and everything that `_show` sets as they are."""
    return (gr.skip(),) * 10


def _arrive(tutor: Tutor, kept: Kept, language: str) -> tuple[Any, ...]:
    """A round that was going on goes on; outputs: screens, shown."""
    round_ = rounds.from_dict(tutor, kept)
    if not round_.items:
        return (gr.skip(),) * 12
    return *_screen("play"), *_show(round_, language)


def _making(language: str) -> tuple[str, Update]:
    """Says that items are being made: reading a whole course takes seconds."""
    return notice(texts_of(language).practice_making), gr.update(interactive=False)


def _made(note: str, language: str) -> tuple[str, Update]:
    """Ready for another try, also where something went wrong on the way."""
    making, _ = _making(language)
    return "" if note == making else note, gr.update(interactive=True)


def _start(
    tutor: Tutor,
    scopes: Sequence[str],
    kinds: Sequence[str],
    count: int,
    courses: Sequence[str],
    language: str,
) -> tuple[Any, ...]:
    chosen, texts = chosen_courses(courses), texts_of(language)
    wanted = _wanted(tutor, [scope_of(scope) for scope in scopes], kinds, count, chosen, language)
    begun = rounds.new_round(tutor, wanted)
    if 0 < len(begun.items) < count:
        tell(texts.practice_fewer.format(count=len(begun.items)))
    return _begin(begun, texts.practice_none, language)


def _weak(tutor: Tutor, scope: str, courses: Sequence[str], language: str) -> tuple[Any, ...]:
    """A round of one lecture, which the progress tab showed to be weak."""
    return _start(tutor, [scope], [], WEAK, courses, language)


def _wanted(
    tutor: Tutor,
    scopes: Sequence[Scope],
    kinds: Sequence[str],
    count: int,
    courses: Sequence[str] | None,
    language: str,
) -> Wanted:
    return Wanted(
        count=count,
        scopes=tuple(scopes),
        kinds=tuple(kinds),
        courses=None if courses is None else tuple(courses),
        language=quiz_language(tutor.chunks(courses), language),
        seed=secrets.randbelow(_SEEDS),
    )


def _review(tutor: Tutor, courses: Sequence[str], language: str) -> tuple[Any, ...]:
    begun = rounds.review(tutor, chosen_courses(courses), datetime.now(UTC))
    return _begin(begun, texts_of(language).practice_none_due, language)


def _redo(tutor: Tutor, courses: Sequence[str], language: str) -> tuple[Any, ...]:
    missed = rounds.notebook(tutor, chosen_courses(courses))[:REDO]
    begun = Round(items=tuple(item for item, _ in missed))
    return _begin(begun, texts_of(language).practice_notebook_empty, language)


def _begin(begun: Round, none: str, language: str) -> tuple[Any, ...]:
    """Outputs: note, start, screens, round, shown."""
    ready = gr.update(interactive=True)
    if not begun.items:
        return notice(none), ready, *_screen("setup"), *_nothing()
    return "", ready, *_screen("play"), *_kept(begun, language)


def _pick(tutor: Tutor, value: str, kept: Kept, language: str) -> tuple[Any, ...]:
    round_ = rounds.from_dict(tutor, kept)
    item = round_.item
    if item is None or not item.options:
        return _nothing()
    response = rounds.response_of(item, value)
    return _nothing() if response is None else _given(tutor, round_, response, language)


def _typed(tutor: Tutor, typed: str, kept: Kept, language: str) -> tuple[Any, ...]:
    round_ = rounds.from_dict(tutor, kept)
    item = round_.item
    if item is None or item.options or not typed.strip():
        return _nothing()
    return _given(tutor, round_, typed.strip(), language)


def _given(tutor: Tutor, round_: Round, response: object, language: str) -> tuple[Any, ...]:
    return _kept(rounds.give(tutor, round_, response, datetime.now(UTC)), language)


def _next(tutor: Tutor, courses: Sequence[str], kept: Kept, language: str) -> tuple[Any, ...]:
    round_, chosen = rounds.from_dict(tutor, kept), chosen_courses(courses)
    return _kept(rounds.go_on(tutor, round_, chosen, datetime.now(UTC)), language)


def _hint(tutor: Tutor, kept: Kept, language: str) -> tuple[Any, ...]:
    return _kept(rounds.hint(rounds.from_dict(tutor, kept)), language)


def _overrule(tutor: Tutor, kept: Kept, language: str) -> tuple[Any, ...]:
    after = rounds.overrule(tutor, rounds.from_dict(tutor, kept))
    tell(texts_of(language).practice_overruled)
    return _kept(after, language)


def _end(tutor: Tutor, kept: Kept, language: str) -> tuple[Any, ...]:
    return _kept(rounds.stop(rounds.from_dict(tutor, kept)), language)


def _again() -> tuple[Any, ...]:
    """Outputs: round, screens, note."""
    return {}, *_screen("setup"), ""


def _notebook(tutor: Tutor, courses: Sequence[str], language: str) -> tuple[Any, ...]:
    """Outputs: screens, missed, redo."""
    missed = rounds.notebook(tutor, chosen_courses(courses))
    shown = [(item, attempt.response) for item, attempt in missed]
    listed = render_quiz.notebook(shown, texts_of(language))
    return *_screen("mistakes"), listed, gr.update(visible=bool(missed))


def _choices(tutor: Tutor, language: str, courses: Sequence[str]) -> tuple[Update, Update]:
    scopes = scope_choices(tutor.chunks(chosen_courses(courses)), language)
    kinds = [(render_quiz.kind_name(kind, texts_of(language)), kind) for kind in KINDS]
    return gr.update(choices=scopes, value=[]), gr.update(choices=kinds, value=[])


def _waiting(tutor: Tutor, language: str, courses: Sequence[str]) -> tuple[Update, Update]:
    """How many items wait for review, and how many stand in the notebook."""
    chosen, texts = chosen_courses(courses), texts_of(language)
    counts = practice.due_counts(tutor.bank, datetime.now(UTC), chosen)
    due, missed = counts.due + counts.new, len(rounds.notebook(tutor, chosen))
    return (
        gr.update(visible=due > 0, value=texts.practice_start_due.format(count=due)),
        gr.update(visible=missed > 0, value=texts.practice_notebook.format(count=missed)),
    )
