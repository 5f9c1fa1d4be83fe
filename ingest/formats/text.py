"""Reads .txt and .md: the whole file, front matter and markup included. Knows only encodings.

Korean notes come as UTF-8, as UTF-16 with a byte-order mark (Windows' "Unicode") or as CP949; the
three can be told apart, so nobody is asked.
"""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from ingest.errors import EmptyFile, Unreadable
from ingest.formats.extracted import Extracted
from ingest.lines import visible

MAX_LINE = 1_000_000
"""Characters. A longer line is a data dump or a minified file, not notes."""
MAX_BYTES = 64 * 1024 * 1024
"""A term's notes are below 1 MB; beyond this the file is something else."""


def read(path: Path) -> Extracted:
    """The file's text.

    Raises:
        EmptyFile: nothing that a reader would see.
        Unreadable: binary, in an unknown encoding, too large, or with an endless line.
    """
    text = unicodedata.normalize("NFC", decode(_bytes(path), path.name))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not visible(text):
        raise EmptyFile(f"{path.name} is empty.", "Write or paste your notes into it first.")
    if max(map(len, text.split("\n"))) > MAX_LINE:
        raise Unreadable(
            f"{path.name} has a line of more than {MAX_LINE:,} characters.",
            "Notes have line breaks: check that this is the right file, or break the line up.",
        )
    return Extracted(text)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(
                f"{path.name} is larger than {MAX_BYTES // 2**20} MB.",
                "Split it into one file a lecture or a week.",
            )
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(
            f"{path.name} cannot be opened: {error.strerror}.",
            "Check that it is yours to read and not open in another program.",
        ) from error


def decode(data: bytes, name: str) -> str:
    """Bytes to text, by byte-order mark, then UTF-8, then CP949.

    Raises:
        Unreadable: NUL characters, or neither encoding fits.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\x00" in data:
        encodings = []
    else:
        encodings = ["utf-8-sig", "cp949"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(
        f"{name} is not a text file, or its encoding is unknown.",
        "Open it in the program that made it and save it as UTF-8 text.",
    )
