"""ingest, rebuild, remove, show, status: what goes into a home and what is in it."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from ingest import build
from ingest.embed import Encoder, open_encoder
from ingest.errors import BadCourseName, NoSuchDocument
from ingest.library import Library, open_library
from ingest.stores import open_store
from tutor.commands.output import progress_bar, say, write, write_json
from tutor.private import stay_private
from tutor.settings import settle
from tutor.tutor import Tutor


def open_tutor(options: argparse.Namespace) -> Tutor:
    """The tutor of the options' home; says so when the home is only a temporary one."""
    tutor = Tutor.open(
        options.home,
        llm=getattr(options, "llm", None),
        encoder=options.encoder,
        store=options.store,
        progress=progress_bar(),
    )
    if tutor.temporary:
        say(
            "The home cannot be written: using a temporary one, which does not stay. "
            "(홈 폴더에 쓸 수 없어 임시 폴더를 써요.)"
        )
    return tutor


def ingest(options: argparse.Namespace) -> int:
    """Read the PATHs into the course."""
    stay_private()
    library, encoder, temporary = _open_library(options)
    if temporary:
        say("The home cannot be written: these notes go into a temporary one.")
    report = build.ingest(library, options.paths, options.course, encoder, progress_bar())
    _tell(report, json=options.json)
    return 0


def rebuild(options: argparse.Namespace) -> int:
    """Read courses of the user's own, or those named, anew from the files they came from."""
    stay_private()
    library, encoder, temporary = _open_library(options)
    if temporary:
        say("The home cannot be written: only a temporary copy of it is built again.")
    own = [course for course in library.courses() if course != build.BUNDLED]
    for course in options.course or own:
        _tell(build.rebuild(library, course, encoder, progress_bar()), json=options.json)
    return 0


def _tell(report: build.Report, *, json: bool) -> None:
    """Says what was read; as JSON, one line for each course."""
    for name, why in report.failed.items():
        say(f"{name}: {why}")
    if json:
        write_json(asdict(report))
        return
    counts = ", ".join(
        f"{len(names)} {what}"
        for what, names in (
            ("added", report.added),
            ("changed", report.changed),
            ("unchanged", report.unchanged),
            ("removed", report.removed),
            ("failed", report.failed),
        )
        if names
    )
    say(f"{report.course}: {counts}; {report.chunks} chunks.")


def remove(options: argparse.Namespace) -> int:
    """Forget one document, or with --course alone a whole course."""
    if options.course == build.BUNDLED:
        raise BadCourseName(
            f"The course '{build.BUNDLED}' comes with the program and stays as it is.",
            "Questions are answered from your own notes alone as soon as there are some.",
        )
    library, encoder, _ = _open_library(options)
    if options.document is None:
        if options.course is None:
            raise NoSuchDocument(
                "Nothing was named.", "Give a DOCUMENT, or --course NAME for a whole course."
            )
        library.remove(options.course)
        say(f"Removed the course '{options.course}'.")
        return 0
    course = options.course or _holder(library, options.document)
    build.remove(library, course, options.document, encoder)
    say(f"Removed '{options.document}' from '{course}'.")
    return 0


def _open_library(options: argparse.Namespace) -> tuple[Library, Encoder, bool]:
    """The home to change, the encoder it is changed with, and whether it is a temporary one."""
    settings = settle(options.home, None, options.encoder, options.store)
    encoder = open_encoder(settings.encoder)
    library, temporary = open_library(settings.home, open_store(settings.store, encoder))
    return library, encoder, temporary


def _holder(library: Library, document: str) -> str:
    """The course of the user's own that holds a document."""
    for course in library.courses():
        if course != build.BUNDLED and document in library.load(course, None).documents:
            return course
    raise NoSuchDocument(f"There is no document '{document}'.", "`tutor status` lists them.")


def show(options: argparse.Namespace) -> int:
    """Write exactly the document's text: what all offsets refer to."""
    write(open_tutor(options).document(options.document, options.course).text)
    return 0


def status(options: argparse.Namespace) -> int:
    """Courses, documents, outline, roles, skipped parts, encoder and engine."""
    found = open_tutor(options).status()
    if options.json:
        write_json(found)
        return 0
    for course in found["courses"]:
        write(f"{course['name']}: {course['chunks']} chunks, encoder {course['encoder']}\n")
        for document in course["documents"]:
            roles = ", ".join(f"{n} {role}" for role, n in document["roles"].items())
            skipped = ", ".join(f"{n} {why}" for why, n in document["skipped"].items())
            write(f"  {document['name']} ({document['language']}) {document['title']}\n")
            write(f"    sections: {roles}; skipped: {skipped or 'nothing'}\n")
            for place in document["outline"]:
                write(f"    {place['week'] or '-'}-{place['lecture']} {place['title']}\n")
    write(f"engine: {found['engine']['name']} ({found['engine']['kind']})\n")
    return 0
