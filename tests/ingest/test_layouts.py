"""Our own small notes, line by line: tests/data/notes holds beside each file what it must become.

Each stands for notes as students keep them: a blog page pasted whole (os_blog), polite lectures
(stats_polite, genetics_haeyo), notes that end in nouns (networks_nouns), no headings at all
(normal_forms), English (economics, databases), Markdown (signals), a lecture a file (3주차/…).
"""

import unicodedata

import pytest

from ingest.formats import read
from ingest.lines import visible
from ingest.outline import lay_out
from tests.ingest.laid import NOTES, laid, rendered

NAMES = [
    "3주차/2차시_가상_메모리.txt",
    "databases.md",
    "economics.txt",
    "genetics_haeyo.txt",
    "networks_nouns.txt",
    "normal_forms.txt",
    "os_blog.txt",
    "signals.md",
    "stats_polite.txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_taken_for_what_it_is(name):
    expected = (NOTES / f"{name}.layout").read_text(encoding="utf-8")
    assert rendered(laid(name)) == expected


@pytest.mark.parametrize("name", NAMES)
def test_what_a_reader_sees_is_in_a_section_a_heading_or_skipped(name):
    document = laid(name)
    written = [line for line in map(visible, document.text.split("\n")) if line]
    marks = ("[lecture ", "[aside ", "[commentary ", "[quiz ")
    shown = [line for line in rendered(document).splitlines()[1:] if not line.startswith(marks)]
    for line, found in zip(written, shown, strict=True):
        assert found in (line, f"= {line}") or (found[0] == "(" and found.endswith(f") {line}"))


def test_the_blog_page_still_holds_the_spaces_it_is_there_for():
    text = (NOTES / "os_blog.txt").read_text(encoding="utf-8")
    assert (text.count("\u00a0"), text.count("\u200b")) == (19, 2)
    assert "2차시 -\u00a0 스레드\u00a0\n" in text


@pytest.mark.parametrize(
    ("form", "newline", "encoding"),
    [
        ("NFD", "\n", "utf-8"),
        ("NFC", "\r\n", "utf-8-sig"),
        ("NFD", "\r\n", "utf-16"),
        ("NFC", "\r", "utf-8"),
    ],
)
def test_the_same_notes_from_another_system_are_laid_out_alike(tmp_path, form, newline, encoding):
    text = unicodedata.normalize(form, (NOTES / "os_blog.txt").read_text(encoding="utf-8"))
    path = tmp_path / "os_blog.txt"
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    assert lay_out("os_blog.txt", read(path)) == laid("os_blog.txt")
