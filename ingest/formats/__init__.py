"""The table of file formats: suffix → reader. Knows which readers there are, not what is in a file.

To add a format, write one module here with a `read(path) -> Extracted` and add one line below.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.errors import UnsupportedFormat
from ingest.formats import pdf, text
from ingest.formats.extracted import Extracted

READERS: dict[str, Callable[[Path], Extracted]] = {
    ".md": text.read,
    ".markdown": text.read,
    ".txt": text.read,
    ".pdf": pdf.read,
}


def read(path: Path) -> Extracted:
    """The text of one file, by its suffix.

    Raises:
        UnsupportedFormat: no reader for the suffix.
        EmptyFile, Unreadable: as the reader finds it.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise UnsupportedFormat(
            f"{path.name}: files ending in '{path.suffix}' cannot be read yet.",
            f"Save it as text, Markdown or PDF; formats that can be read: {known}.",
        )
    return reader(path)


__all__ = ["READERS", "Extracted", "read"]
