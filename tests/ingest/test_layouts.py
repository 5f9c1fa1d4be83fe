"""Our own small notes, line by line: tests/data/notes holds beside each file what it must become.

Each stands for notes as students keep them: a blog page pasted whole (os_blog), polite lectures
(stats_polite, genetics_haeyo), notes that end in nouns (networks_nouns), no headings at all
(normal_forms), English (economics, databases), Markdown (signals), a lecture a file (3주차/…).
"""

import random
import unicodedata

import pytest

from ingest import headings
from ingest.chunk import chunk
from ingest.formats import read
from ingest.lines import split_lines, visible
from ingest.outline import lay_out
from tests.ingest.laid import NOTES, laid, laid_text, rendered

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


def test_nothing_is_lost_however_the_lines_are_shuffled():
    lines = "\n".join(laid(name).text for name in NAMES).split("\n")
    odd = ["---", "```", "$$", "목차", "퀴즈", "더보기", "정답", "____", "가" * 2000, "\u200b"]
    pool = [*lines, *odd * 5]
    dice = random.Random(1)
    for _ in range(150):
        text = "\n".join(dice.choices(pool, k=dice.randrange(60)))
        document = laid_text(text)
        left = [line[2:] for line in rendered(document).splitlines() if line.startswith("= ")]
        for line in map(split_lines, left):
            assert headings.structure(line, 0) or headings.markdown(line[0])
        chunked = chunk(document, "c")
        for section in document.sections:
            inside = [c for c in chunked if section.start <= c.start and c.end <= section.end]
            assert (inside[0].start, inside[-1].end) == (section.start, section.end)


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
