"""The library as HTML: courses, documents, what was read from each, files on their way. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from ingest.build import BUNDLED
from ingest.document import Document, Role
from ingest.shelf import Removed
from tutor.errors import in_both_languages
from ui.adding import File
from ui.escape import attributes, entities
from ui.links import Passage
from ui.outline import Lecture
from ui.reader import role_name
from ui.render import notice, place_label
from ui.texts import Texts

_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|!\[\[[^\]\n]+\]\]|<img\b", re.IGNORECASE)


def library(
    documents: Sequence[tuple[str, Document]], lectures: Sequence[Lecture], texts: Texts
) -> str:
    """Every course with its documents; `documents` come with their course, in order."""
    if not documents:
        return notice(texts.notes_empty)
    courses = groupby(documents, key=lambda pair: pair[0])
    return "".join(
        _course(course, [document for _, document in group], lectures, texts)
        for course, group in courses
    )


def files(files: Iterable[File], texts: Texts) -> str:
    """Files on their way, each with a bar."""
    return "".join(_file(file, texts) for file in files)


def trash(gone: Iterable[Removed], texts: Texts) -> str:
    """What was removed, each with a button that brings it back."""
    rows = "".join(
        f"<li><span>{entities(each.name)} · {entities(each.course)}</span>"
        f"{_button('note-undo', each.token, texts.notes_undo, each.name)}</li>"
        for each in gone
    )
    if not rows:
        return ""
    return f'<div class="trash"><p class="heading">{entities(texts.notes_removed)}</p>\
<ul>{rows}</ul></div>'


def images(document: Document) -> int:
    """Pictures that a text refers to: nobody read them."""
    return len(_IMAGE.findall(document.text))


def _course(
    course: str, documents: Sequence[Document], lectures: Sequence[Lecture], texts: Texts
) -> str:
    own = [entry for entry in lectures if entry.course == course]
    numbers = {(entry.place.week, entry.place.lecture) for entry in own} - {(None, None)}
    counts = texts.notes_documents.format(count=len(documents))
    if numbers:
        counts += " · " + texts.notes_lectures.format(count=len(numbers))
    shown = "".join(
        _document(
            course,
            document,
            [entry for entry in own if entry.document == document.name],
            texts,
            shown=len(documents) == 1,
        )
        for document in documents
    )
    head = f'<h3>{entities(course)}</h3><p class="counts">{entities(counts)}</p>'
    return f'<section class="course">{head}{shown}</section>'


def _document(
    course: str, document: Document, lectures: Sequence[Lecture], texts: Texts, *, shown: bool
) -> str:
    state = " open" if shown else ""
    whole = Passage(course, document.name, 0, 0)
    opens = attributes({"class": "open-note", "href": whole.href})
    buttons = f"<a{opens}>{entities(texts.notes_open)}</a>"
    if course != BUNDLED:
        buttons += _button("note-replace", whole.href, texts.notes_replace, document.name)
        buttons += _button("note-remove", whole.href, texts.notes_remove, document.name)
    title = "" if document.title in document.name else f" · {document.title}"
    return (
        f'<details class="doc"{state}><summary><span class="name">{entities(document.name)}</span>'
        f'<span class="title">{entities(title)}</span></summary>'
        f'<div class="doc-buttons">{buttons}</div>{_read(document, texts)}'
        f"{_lectures(lectures, texts)}</details>"
    )


def _read(document: Document, texts: Texts) -> str:
    """Whose words there are, and what was skipped and why."""
    roles = Counter(section.role for section in document.sections)
    voices = " · ".join(f"{role_name(role, texts)} {roles[role]}" for role in Role if roles[role])
    reasons = Counter(stretch.reason for stretch in document.skipped)
    skipped = " · ".join(f"{_reason(why, texts)} {count}" for why, count in reasons.most_common())
    lines = [
        f"<dt>{entities(texts.notes_voices)}</dt><dd>{entities(voices)}</dd>",
        f"<dt>{entities(texts.notes_skipped)}</dt>"
        f"<dd>{entities(skipped or texts.notes_skipped_none)}</dd>",
    ]
    pictures = images(document)
    said = texts.notes_images.format(count=pictures) if pictures else ""
    told = f'<p class="pictures">{entities(said)}</p>' if said else ""
    return f'<dl class="was-read">{"".join(lines)}</dl>{told}'


def _reason(reason: str, texts: Texts) -> str:
    return str(getattr(texts, f"skip_{reason.replace(' ', '_')}", reason))


def _lectures(entries: Sequence[Lecture], texts: Texts) -> str:
    weeks = groupby(entries, key=lambda entry: entry.place.week)
    return "".join(_week(week, group, texts) for week, group in weeks)


def _week(week: int | None, entries: Iterable[Lecture], texts: Texts) -> str:
    head = "" if week is None else f"<h4>{entities(texts.week.format(week=week))}</h4>"
    return f"{head}<ul>{''.join(_line(entry, texts) for entry in entries)}</ul>"


def _line(entry: Lecture, texts: Texts) -> str:
    place = entry.place
    passage = Passage(entry.course, entry.document, entry.start, entry.start)
    number = texts.lecture_only.format(lecture=place.lecture) if place.lecture else ""
    label = number if place.week else place_label(place, texts)
    link = attributes({"class": "entry", "href": passage.href})
    return (
        f'<li><a{link}><span class="place">{entities(label)}</span>'
        f'<span class="title">{entities(place.title)}</span></a></li>'
    )


def _file(file: File, texts: Texts) -> str:
    words = {
        "waiting": texts.notes_waiting,
        "reading": texts.notes_reading,
        "added": texts.notes_added,
        "changed": texts.notes_changed,
        "unchanged": texts.notes_unchanged,
        "anew": texts.repair_anew,
        "failed": texts.notes_failed,
        "stopped": texts.notes_stopped,
    }[file.state]
    share = round(100 * file.share)
    bar = attributes(
        {
            "role": "progressbar",
            "aria-valuenow": str(share),
            "aria-valuemin": "0",
            "aria-valuemax": "100",
            "aria-label": file.name,
            "class": "track",
        }
    )
    why = f'<p class="why">{entities(in_both_languages(file.error))}</p>' if file.error else ""
    return (
        f'<div class="file is-{file.state}"><span class="name">{entities(file.name)}</span>'
        f'<span class="state">{entities(words)}</span>'
        f'<span{bar}><span class="done" style="width: {share}%"></span></span>{why}</div>'
    )


def _button(name: str, value: str, words: str, about: str) -> str:
    values = {
        "class": f"small {name}",
        "type": "button",
        "value": value,
        "aria-label": f"{words}: {about}",
    }
    return f"<button{attributes(values)}>{entities(words)}</button>"
