"""The reader beside the tabs: opens the note a link names, at its sentence. One for all tabs.

What was read wrongly (whose words, week, lecture, title) is corrected here, where one sees it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from ingest import shelf
from ingest.build import BUNDLED
from ingest.document import Document, Role, Section
from ui.escape import MATH_DELIMITERS, attributes, entities
from ui.links import Passage, passage_of
from ui.page import QUIET, Page, tell
from ui.reader import found_again, note_html, outline_html, role_name, stretch_at, window
from ui.render import notice, place_label, role_badge
from ui.texts import Texts, texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor


@dataclass(frozen=True, slots=True)
class _Parts:
    panel: gr.Column
    head: gr.Markdown
    body: gr.Markdown
    opened: gr.Textbox
    fix: gr.Accordion
    role: gr.Radio
    title: gr.Textbox
    week: gr.Number
    lecture: gr.Number
    save: gr.Button


def build(page: Page) -> None:
    """Adds the reader, hidden until something is opened."""
    make = page.labels.make
    with gr.Column(visible=False, elem_id="reader", scale=2, min_width=320) as panel:
        with gr.Row(elem_id="reader-head"):
            head = gr.Markdown(elem_id="reader-title", latex_delimiters=MATH_DELIMITERS)
            close = make(gr.Button, {"value": "reader_close"}, elem_id="reader-close", size="sm")
        body = gr.Markdown(elem_id="reader-body", latex_delimiters=MATH_DELIMITERS)
        opened = gr.Textbox(visible="hidden", elem_id="reader-opened")
        with make(
            gr.Accordion, {"label": "fix_title"}, open=False, visible=False, elem_id="fix"
        ) as fix:
            role = make(gr.Radio, {"label": "fix_role"}, choices=list(Role), elem_classes="choice")
            title = make(
                gr.Textbox, {"label": "fix_lecture_title"}, max_lines=1, elem_id="fix-name"
            )
            with gr.Row():
                numbers = {"precision": 0, "minimum": 0, "maximum": 99, "min_width": 80}
                week = make(gr.Number, {"label": "fix_week"}, elem_id="fix-week", **numbers)
                lecture = make(
                    gr.Number, {"label": "fix_lecture"}, elem_id="fix-lecture", **numbers
                )
            save = make(gr.Button, {"value": "fix_save"}, elem_id="fix-save", size="sm")
    parts = _Parts(panel, head, body, opened, fix, role, title, week, lecture, save)
    _wire(page, parts, close)


def _wire(page: Page, parts: _Parts, close: gr.Button) -> None:
    bind, words = page.visitors.bind, page.language
    fields = [parts.role, parts.title, parts.week, parts.lecture]
    shown = [parts.panel, parts.head, parts.body, parts.opened, parts.fix, *fields]
    page.bridge.open(bind(_open), [page.bridge, words], shown, **QUIET)
    parts.save.click(bind(_correct), [parts.opened, words, *fields], parts.opened, **QUIET).then(
        bind(_open), [parts.opened, words], shown, **QUIET
    )
    close.click(lambda: gr.update(visible=False), None, parts.panel, queue=False, **QUIET)


def open_note(tutor: Tutor, href: str, language: str) -> tuple[str, str] | None:
    """Heading and body of the note that `href` names; None when it names none.

    Raises:
        TutorError: when the course or the document is not there any more.
    """
    passage = passage_of(href)
    if passage is None:
        return None
    document = tutor.document(passage.document, [passage.course])
    texts = texts_of(language)
    now = found_again(document, passage)
    if now is None:
        now = replace(passage, end=passage.start)
        lost = notice(texts.reader_changed)
    else:
        lost = ""
    return heading(document, now, texts), lost + body(document, now, texts, href)


def heading(document: Document, passage: Passage, texts: Texts) -> str:
    """Title, place and speaker of the passage, and the document's name."""
    section = stretch_at(document.sections, passage.start)
    title = section.place.title if section else document.title
    label = place_label(section.place, texts) if section else ""
    parts = [f'<span class="place">{entities(label)}</span>'] if label else []
    parts += [role_badge(section.role, texts)] if section else []
    parts.append(f'<span class="file">{entities(document.name)}</span>')
    return f"<h3>{entities(title)}</h3><p>{''.join(parts)}</p>"


def body(document: Document, passage: Passage, texts: Texts, asked: str = "") -> str:
    """The outline, the text around the passage, and a link to see more or less of it.

    The link's own address stands in `cite`, by which the browser knows that this is what was asked.
    """
    shown = window(document, passage.start, passage.end, whole=passage.whole)
    lines = note_html(document, passage.start, passage.end, shown, texts)
    cut = f'<p class="cut">{entities(texts.reader_cut)}</p>' if shown.cut else ""
    cite = attributes({"class": "note", "cite": asked or passage.href})
    return (
        f"{outline_html(document, passage.course, texts)}"
        f"<blockquote{cite}>{lines}</blockquote>"
        f"{cut}{_more(document, passage, texts)}"
    )


def _more(document: Document, passage: Passage, texts: Texts) -> str:
    lecture = window(document, passage.start, passage.end, whole=False)
    if (lecture.start, lecture.end) == (0, len(document.text)):
        return ""
    other = replace(passage, whole=not passage.whole)
    words = texts.reader_lecture_only if passage.whole else texts.reader_more
    link = attributes({"class": "more", "href": other.href})
    return f"<p><a{link}>{entities(words)}</a></p>"


def _open(tutor: Tutor, href: str, language: str) -> tuple[Any, ...]:
    opened = open_note(tutor, href, language)
    passage = passage_of(href)
    if opened is None or passage is None:
        return (gr.skip(),) * 9
    document = tutor.document(passage.document, [passage.course])
    now = found_again(document, passage) or passage
    section = stretch_at(document.sections, now.start) if passage.course != BUNDLED else None
    return gr.update(visible=True), *opened, href, *_fields(section, texts_of(language))


def _fields(section: Section | None, texts: Texts) -> tuple[Any, ...]:
    """What can be corrected about a passage; hidden where nothing can."""
    if section is None:
        return gr.update(visible=False), *(gr.skip(),) * 4
    choices = [(role_name(role, texts), role.value) for role in Role]
    place = section.place
    return (
        gr.update(visible=True),
        gr.update(choices=choices, value=section.role.value),
        place.title,
        place.week,
        place.lecture,
    )


def _correct(
    tutor: Tutor,
    href: str,
    language: str,
    role: str,
    title: str,
    week: float | None,
    lecture: float | None,
) -> str:
    """Keeps what differs from how the passage was read."""
    passage = passage_of(href)
    if passage is None:
        return href
    document = tutor.document(passage.document, [passage.course])
    now = found_again(document, passage) or passage
    section = stretch_at(document.sections, now.start)
    if section is None:
        return href
    where = (tutor.library, passage.course, passage.document, now.start)
    wanted = (int(week) if week else None, int(lecture) if lecture else None, title.strip())
    place = section.place
    if wanted[2] and wanted != (place.week, place.lecture, place.title):
        shelf.correct_lecture(*where, wanted, tutor.encoder)
    if role in set(Role) and role != section.role:
        shelf.correct_role(*where, Role(role), tutor.encoder)
    tell(texts_of(language).fix_saved)
    return href
