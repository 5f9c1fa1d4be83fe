"""Reads .pdf: the text layer of each page, in reading order. The one door to pypdf.

Knows pages and wrapped lines; knows nothing about what a line says. Lines that a page wrapped are
joined again, or every quote would end where the paper did; running heads and page numbers, which
belong to the paper too, are left out. Pictures are not read: a PDF of scanned pages is refused.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.errors import EmptyFile, OnlyPictures, Unreadable
from ingest.formats.extracted import Extracted
from ingest.lines import visible
from ingest.words import rejoined

MAX_PAGES = 2_000
MAX_BYTES = 200 * 1024 * 1024
SPARSE = 8
"""Characters a page. Fewer on average, on pages that hold pictures, means a scan."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")
_LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
_PAGE_NUMBER = re.compile(r"(?i)^(?:-\s*)?(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?(?:\s*-)?$")
_NEW_ITEM = re.compile(r"\s*(?:[-*+•●▪◦·※→]|\d{1,3}[.)]|[①-⑳]|[(（]\d|#{1,6}\s)")
_ENDS = re.compile(r"[.!?。:：;]['\")\]]?\s*$")
_DIGITS = re.compile(r"\d+")
_WRAPPED = 0.75
"""A line at least this long, compared with the longest of its page, was cut by the margin."""
_SHORT_PAGE = 30
"""Characters. On slides even the longest line is no paragraph: there nothing is joined."""


def read(path: Path) -> Extracted:
    """The text of every page, and where each begins.

    Raises:
        EmptyFile: no page holds anything.
        Unreadable: not a PDF, damaged, locked by a password, too large, or scanned pages only.
    """
    pages, pictures = _pages(path)
    if not any(visible(page) for page in pages) and not pictures:
        raise EmptyFile(f"{path.name} is empty.", "Check that this is the right file.")
    if pictures and sum(len(visible(page)) for page in pages) < SPARSE * len(pages):
        raise OnlyPictures(
            f"{path.name} holds only scanned pages: pictures of text, no text.",
            "Run it through a text recognition (OCR) program first, or give the original file.",
        )
    texts = [_joined(lines) for lines in _without_running_heads(pages)]
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 2
    return Extracted("\n\n".join(texts) + "\n", tuple(starts))


def _pages(path: Path) -> tuple[list[str], bool]:
    """Every page's text as it comes, and whether there are pictures on any."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # broken files are told once, by us
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _refused(path, f"is larger than {MAX_BYTES // 2**20} MB", "Split it.")
        with path.open("rb") as file:
            reader = PdfReader(file)
            if reader.is_encrypted and not reader.decrypt(""):
                raise _refused(path, "is locked by a password", "Save a copy without one.")
            if len(reader.pages) > MAX_PAGES:
                raise _refused(path, f"has more than {MAX_PAGES:,} pages", "Split it.")
            pictures = any("/XObject" in (page.get("/Resources") or {}) for page in reader.pages)
            return [_clean(page.extract_text()) for page in reader.pages], pictures
    except OSError as error:
        raise _refused(
            path, f"cannot be opened: {error.strerror}", "Check that it is yours to read."
        ) from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        # what pypdf raises on broken files is not one family
        raise _refused(
            path, "is damaged or not a PDF", "Open it in a PDF program and save it anew."
        ) from error
    except ImportError as error:
        raise _refused(path, "is encrypted", "Save a copy without encryption.") from error


def _refused(path: Path, why: str, hint: str) -> Unreadable:
    return Unreadable(f"{path.name} {why}.", hint)


def _clean(text: str) -> str:
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text.translate(_LIGATURES))


def _without_running_heads(pages: Sequence[str]) -> Iterator[list[str]]:
    """The pages' lines without page numbers and what most pages begin or end with."""
    split = [[line.rstrip() for line in page.split("\n")] for page in pages]
    edges = [[line for line in lines if line.strip()] for lines in split]
    seen = Counter(
        mark for lines in edges for mark in {_mark(line) for line in (*lines[:1], *lines[-1:])}
    )
    often = {mark for mark, count in seen.items() if count > 2 and count > len(pages) / 2}
    for lines in split:
        while lines and _is_furniture(lines[0], often):
            lines = lines[1:]
        while lines and _is_furniture(lines[-1], often):
            lines = lines[:-1]
        yield lines


def _mark(line: str) -> str:
    return _DIGITS.sub("0", visible(line))


def _is_furniture(line: str, often: set[str]) -> bool:
    shown = visible(line)
    return not shown or bool(_PAGE_NUMBER.match(shown)) or _mark(line) in often


def _joined(lines: Sequence[str]) -> str:
    """The page's text, lines that the margin cut joined to the one before."""
    longest = max((len(line) for line in lines), default=0)
    full = longest * _WRAPPED if longest > _SHORT_PAGE else float("inf")
    joined: list[str] = []
    length = 0
    for line in lines:
        wrapped = length >= full and not _ENDS.search(joined[-1])
        if joined and wrapped and line.strip() and not _NEW_ITEM.match(line):
            hyphen = joined[-1].endswith("-") and line[:1].islower()
            joined[-1] = joined[-1][:-1] + line if hyphen else rejoined(joined[-1], line.strip())
        else:
            joined.append(line)
        length = len(line)
    return "\n".join(joined)
