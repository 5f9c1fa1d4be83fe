"""The library: search it, add to it, replace, remove and put back, take it along.

Knows which component shows what; what happens to a course is `ingest.shelf`'s.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from ingest import shelf
from ingest.build import BUNDLED, Report
from ingest.errors import NoSuchDocument
from ingest.index import Progress
from tutor.quiz.export import export
from ui import controls, downloads, render_notes
from ui.adding import MAX_FILES, File, add_all
from ui.escape import entities
from ui.links import passage_of
from ui.notes_layout import EXPORTS, Parts, layout
from ui.outline import lectures
from ui.page import QUIET, Page, Refresh, Update, chosen_courses, tell
from ui.render import hits, notice
from ui.server import MAX_UPLOAD
from ui.texts import texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

HITS, NEAREST = 10, 3
TRASH = 5
"""Removed notes that can be put back."""
NEW_COURSE = "notes"


def build(page: Page) -> list[Refresh]:
    """Adds search box, drop zone, library and exports."""
    parts = layout(page)
    _wire(page, parts)
    bind, show = page.visitors.bind, page.visitors.show
    both = [page.language, page.courses]
    return [
        Refresh(show(contents), both, [parts.library], on_open=True),
        Refresh(bind(_around), [page.language], _around_in(parts)),
        Refresh(_exports, [page.language], [parts.format]),
    ]


def _around_in(parts: Parts) -> list[Any]:
    return [parts.detail, parts.course, parts.trash]


def _wire(page: Page, parts: Parts) -> None:
    bind, words = page.visitors.bind, page.language
    both = [words, page.courses]
    gr.on(
        [parts.box.submit, parts.search.click],
        bind(search),
        [parts.box, *both],
        parts.found,
        **QUIET,
    )
    shown: dict[str, Any] = {
        "fn": bind(_all),
        "inputs": both,
        "outputs": [page.courses, parts.library, *_around_in(parts)],
        **QUIET,
    }
    adding = parts.drop.upload(
        bind(take),
        [parts.drop, parts.course, parts.replacing, words],
        [parts.drop, parts.progress, parts.cancel, parts.replacing],
        concurrency_limit=1,
        concurrency_id="adding",
        **QUIET,
    )
    adding.then(**shown)
    parts.cancel.click(
        _stop, [parts.progress], [parts.cancel, parts.drop], cancels=adding, queue=False, **QUIET
    ).then(**shown)
    asked = [parts.removing, parts.sure, parts.question]
    page.bridge.remove(_sure, [page.bridge, words], asked, queue=False, **QUIET)
    parts.no.click(_not_sure, None, asked, queue=False, **QUIET)
    parts.yes.click(bind(remove), parts.removing, asked, **QUIET).then(**shown)
    page.bridge.undo(bind(put_back), page.bridge, parts.trash, **QUIET).then(**shown)
    page.bridge.replace(
        _replace, [page.bridge, words], [parts.replacing, parts.progress], queue=False, **QUIET
    )
    parts.export.click(bind(_export), [parts.format, *both], parts.file, **QUIET).then(
        None, None, None, js=downloads.FETCH.format(name="export-file"), **downloads.PRIVATE
    )


def search(tutor: Tutor, question: str, language: str, courses: Sequence[str]) -> str:
    """The passages nearest to `question` as cards that open; "" for no question."""
    if not question.strip():
        return ""
    texts, chosen = texts_of(language), chosen_courses(courses)
    result = tutor.search(question, courses=chosen, k=HITS)
    if tutor.can_answer(question, chosen):
        return hits(result.hits, texts)
    # there is always a nearest passage, also to words that no note holds
    nearest = entities(texts.ask_near)
    found = hits(result.hits[:NEAREST], texts) if result.hits else ""
    return notice(texts.notes_no_hits) + (
        f'<p class="heading">{nearest}</p>{found}' if found else ""
    )


def contents(tutor: Tutor, language: str, courses: Sequence[str]) -> str:
    """The chosen courses: documents, what was read from each, lectures that open."""
    chosen = chosen_courses(courses)
    entries = lectures(tutor.chunks(chosen))
    # stable: courses stay together, notes in the page's language come first in each
    documents = sorted(
        tutor.documents(chosen), key=lambda pair: (pair[0], pair[1].language != language)
    )
    return render_notes.library(documents, entries, texts_of(language))


def take(
    tutor: Tutor, paths: Sequence[str] | None, course: str, replacing: str, language: str
) -> Iterator[tuple[Any, ...]]:
    """Files that were dropped, added one by one. Outputs: drop, progress, cancel, replacing."""
    texts = texts_of(language)
    hidden, visible = gr.update(visible=False), gr.update(visible=True)
    if not paths:
        yield gr.skip(), gr.skip(), hidden, gr.skip()
        return
    if len(paths) > MAX_FILES:
        yield None, notice(texts.notes_too_many.format(files=MAX_FILES)), hidden, ""
        return
    old = passage_of(replacing)
    into = old.course if old else (course or "").strip() or NEW_COURSE
    files = [File(shelf.safe_name(Path(path).name), Path(path)) for path in paths]
    if old:
        files = [_renamed(files[0], old.document)]

    def add(name: str, path: Path, progress: Progress) -> Report:
        try:
            return shelf.add(tutor.library, into, name, path, tutor.encoder, progress)
        finally:
            path.unlink(missing_ok=True)

    for now in add_all(files, add):
        yield gr.skip(), render_notes.files(now, texts), visible, ""
    yield None, gr.skip(), hidden, ""


def remove(tutor: Tutor, href: str) -> tuple[Any, ...]:
    """Takes away the document that was asked about; outputs: removing, sure, question."""
    passage = passage_of(href)
    if passage is None:
        raise NoSuchDocument("No document was chosen.", "Choose it again.")
    shelf.remove(tutor.library, passage.course, passage.document, tutor.encoder)
    shelf.empty_trash(tutor.library, TRASH)
    return _not_sure()


def put_back(tutor: Tutor, token: str) -> Update:
    """Puts back what was removed."""
    shelf.put_back(tutor.library, token, tutor.encoder)
    return gr.update()


def _renamed(file: File, name: str) -> File:
    """A file that takes a document's place, under its name but with its own ending."""
    return File(name.removesuffix(Path(name).suffix) + file.path.suffix, file.path)


def _stop(progress: str) -> tuple[Update, None]:
    return gr.update(visible=False), None


def _sure(href: str, language: str) -> tuple[Any, ...]:
    passage = passage_of(href)
    if passage is None:
        return gr.skip(), gr.skip(), gr.skip()
    words = texts_of(language).notes_remove_sure.format(name=passage.document)
    return href, gr.update(visible=True), entities(words)


def _not_sure() -> tuple[Any, ...]:
    return "", gr.update(visible=False), ""


def _replace(href: str, language: str) -> tuple[str, str]:
    passage = passage_of(href)
    name = passage.document if passage else ""
    return href, notice(texts_of(language).notes_replacing.format(name=name))


def _all(tutor: Tutor, language: str, courses: Sequence[str]) -> tuple[Any, ...]:
    """Everything that follows a change of the library; a new course is searched from now on."""
    known = tutor.courses()
    kept = [course for course in courses or () if course in known and course != BUNDLED]
    own = [course for course in known if course != BUNDLED]
    chosen = list(dict.fromkeys([*kept, *own])) or list(tutor.default_courses())
    return (
        controls.known_courses(tutor, chosen),
        contents(tutor, language, chosen),
        *_around(tutor, language),
    )


def _around(tutor: Tutor, language: str) -> tuple[Any, ...]:
    """Outputs: detail, course, trash."""
    texts = texts_of(language)
    own = [course for course in tutor.courses() if course != BUNDLED]
    detail = texts.notes_add_detail.format(
        formats=" ".join(shelf.suffixes()), files=MAX_FILES, size=MAX_UPLOAD // 2**20
    )
    course = gr.update(choices=own, value=own[0] if own else NEW_COURSE)
    return entities(detail), course, render_notes.trash(shelf.removed(tutor.library), texts)


def _exports(language: str) -> Update:
    texts = texts_of(language)
    return gr.update(choices=[(str(getattr(texts, f"export_{name}")), name) for name in EXPORTS])


def _export(tutor: Tutor, kind: str, language: str, courses: Sequence[str]) -> Update:
    chosen = list(chosen_courses(courses) or tutor.default_courses())
    if kind == "notes":
        return downloads.made("notes.zip", notes_zip(tutor, chosen))
    items = tutor.bank.items(chosen)
    if not items:
        tell(texts_of(language).notes_export_empty)
        return gr.update(value=None)
    return downloads.made(f"quiz.{'txt' if kind == 'gift' else kind}", export(items, kind))


def notes_zip(tutor: Tutor, courses: Sequence[str]) -> bytes:
    """The extracted text of every document, a folder per course."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for course, document in tutor.documents(courses):
            archive.writestr(f"{shelf.safe_name(course)}/{document.name}.txt", document.text)
    return made.getvalue()
