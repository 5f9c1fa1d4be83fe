"""The library: what is in it, and a search box of its own. Reads only; adding files comes later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import gradio as gr

from ingest.errors import TutorError
from ui.escape import MATH_DELIMITERS, attributes, entities
from ui.links import Passage
from ui.outline import Lecture, lectures
from ui.page import Page, Refresh, chosen_courses, warn
from ui.render import hits, notice, place_label
from ui.texts import Texts, texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

HITS = 10


def build(page: Page) -> list[Refresh]:
    """Adds the search box, its results and the table of contents."""
    with gr.Row(elem_id="search-row"):
        box = page.labels.make(
            gr.Textbox,
            {"label": "notes_search", "placeholder": "notes_search_placeholder"},
            elem_id="search",
            show_label=False,
            container=False,
            max_lines=1,
            scale=8,
        )
        button = page.labels.make(
            gr.Button, {"value": "notes_search_button"}, elem_id="search-go", min_width=88, scale=1
        )
    found = gr.Markdown(elem_id="found", latex_delimiters=MATH_DELIMITERS)
    library = gr.Markdown(elem_id="library", latex_delimiters=MATH_DELIMITERS)
    gr.on(
        [box.submit, button.click],
        page.visitors.bind(search),
        [box, page.language, page.courses],
        found,
        show_progress="hidden",
        api_visibility="private",
    )
    return [Refresh(page.visitors.bind(contents), [page.language, page.courses], [library])]


def search(tutor: Tutor, question: str, language: str, courses: Sequence[str]) -> str:
    """The passages nearest to `question` as cards that open; "" for no question."""
    if not question.strip():
        return ""
    try:
        result = tutor.search(question, courses=chosen_courses(courses), k=HITS)
    except TutorError as error:
        warn(error)
        return ""
    return hits(result.hits, texts_of(language))


def contents(tutor: Tutor, language: str, courses: Sequence[str]) -> str:
    """The table of contents of the chosen courses, notes in the page's language first."""
    texts = texts_of(language)
    entries = lectures(tutor.chunks(chosen_courses(courses)))
    if not entries:
        return notice(texts.notes_empty)
    by_course = groupby(entries, key=lambda entry: entry.course)
    return "".join(_course(course, list(group), language) for course, group in by_course)


def _course(course: str, entries: list[Lecture], language: str) -> str:
    texts = texts_of(language)
    documents = {entry.document for entry in entries}
    numbers = {(entry.place.week, entry.place.lecture) for entry in entries}
    counted = [n for n in numbers if n != (None, None)]
    counts = texts.notes_documents.format(count=len(documents))
    if counted:
        counts += " · " + texts.notes_lectures.format(count=len(counted))
    spoken = sorted({entry.language for entry in entries}, key=lambda code: code != language)
    parts = [
        _in_language(
            code,
            [e for e in entries if e.language == code],
            texts,
            shown=code == spoken[0],
            named=len(spoken) > 1,
        )
        for code in spoken
    ]
    head = f'<h3>{entities(course)}</h3><p class="counts">{entities(counts)}</p>'
    return f'<section class="course">{head}{"".join(parts)}</section>'


def _in_language(
    code: str, entries: list[Lecture], texts: Texts, *, shown: bool, named: bool
) -> str:
    weeks = groupby(entries, key=lambda entry: entry.place.week)
    listed = "".join(_week(week, group, texts) for week, group in weeks)
    if not named:
        return listed
    name = texts.language_ko if code == "ko" else texts.language_en
    state = ' open=""' if shown else ""
    return f"<details{state}><summary>{entities(name)}</summary>{listed}</details>"


def _week(week: int | None, entries: Iterable[Lecture], texts: Texts) -> str:
    head = "" if week is None else f"<h4>{entities(texts.week.format(week=week))}</h4>"
    return f"{head}<ul>{''.join(_line(entry, texts) for entry in entries)}</ul>"


def _line(entry: Lecture, texts: Texts) -> str:
    place = entry.place
    passage = Passage(entry.course, entry.document, entry.start, entry.start)
    number = texts.lecture_only.format(lecture=place.lecture) if place.lecture else ""
    label = number if place.week else place_label(place, texts)
    link = attributes({"class": "entry", "href": passage.href, "title": entry.document})
    return (
        f'<li><a{link}><span class="place">{entities(label)}</span>'
        f'<span class="title">{entities(place.title)}</span></a></li>'
    )
