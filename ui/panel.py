"""The reader beside the tabs: opens the note a link names, at its sentence. One for all tabs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from ingest.document import Document
from ingest.errors import TutorError
from ui.escape import MATH_DELIMITERS, attributes, entities
from ui.links import Passage, passage_of
from ui.page import Page, warn
from ui.reader import note_html, stretch_at, window
from ui.render import place_label, role_badge
from ui.texts import Texts, texts_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor


def build(page: Page) -> None:
    """Adds the reader, hidden until something is opened."""
    with gr.Column(visible=False, elem_id="reader", scale=2, min_width=320) as panel:
        with gr.Row(elem_id="reader-head"):
            head = gr.Markdown(elem_id="reader-title", latex_delimiters=MATH_DELIMITERS)
            close = page.labels.make(
                gr.Button, {"value": "reader_close"}, elem_id="reader-close", size="sm"
            )
        body = gr.Markdown(elem_id="reader-body", latex_delimiters=MATH_DELIMITERS)
    page.bridge.open(
        page.visitors.bind(_open),
        [page.bridge, page.language],
        [panel, head, body],
        show_progress="hidden",
        api_visibility="private",
    )
    close.click(
        partial(gr.update, visible=False), None, panel, queue=False, api_visibility="private"
    )


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
    return heading(document, passage, texts), body(document, passage, texts)


def heading(document: Document, passage: Passage, texts: Texts) -> str:
    """Title, place and speaker of the passage, and the document's name."""
    section = stretch_at(document.sections, passage.start)
    title = section.place.title if section else document.title
    label = place_label(section.place, texts) if section else ""
    parts = [f'<span class="place">{entities(label)}</span>'] if label else []
    parts += [role_badge(section.role, texts)] if section else []
    parts.append(f'<span class="file">{entities(document.name)}</span>')
    return f"<h3>{entities(title)}</h3><p>{''.join(parts)}</p>"


def body(document: Document, passage: Passage, texts: Texts) -> str:
    """The text around the passage, and a link to see more or less of it.

    The link's own address stands in `cite`, by which the browser knows that this is what was asked.
    """
    shown = window(document, passage.start, passage.end, whole=passage.whole)
    lines = note_html(document, passage.start, passage.end, shown, texts)
    cut = f'<p class="cut">{entities(texts.reader_cut)}</p>' if shown.cut else ""
    return (
        f"<blockquote{attributes({'class': 'note', 'cite': passage.href})}>{lines}</blockquote>"
        f"{cut}{_more(document, passage, texts)}"
    )


def _more(document: Document, passage: Passage, texts: Texts) -> str:
    lecture = window(document, passage.start, passage.end, whole=False)
    if (lecture.start, lecture.end) == (0, len(document.text)):
        return ""
    other = Passage(
        passage.course, passage.document, passage.start, passage.end, whole=not passage.whole
    )
    words = texts.reader_lecture_only if passage.whole else texts.reader_more
    link = attributes({"class": "more", "href": other.href})
    return f"<p><a{link}>{entities(words)}</a></p>"


def _open(tutor: Tutor, href: str, language: str) -> tuple[Any, Any, Any]:
    try:
        opened = open_note(tutor, href, language)
    except TutorError as error:
        warn(error)
        return gr.skip(), gr.skip(), gr.skip()
    if opened is None:
        return gr.skip(), gr.skip(), gr.skip()
    return gr.update(visible=True), *opened
