"""PDF notes, written here byte by byte: pages, wrapped lines, running heads, scans, damage."""

from contextlib import suppress

import pytest

from ingest.errors import EmptyFile, Unreadable
from ingest.formats import pdf, read
from ingest.outline import lay_out
from ingest.words import rejoined

FIRST = """Deep Learning Notes
Week 2: Recurrent networks
Lecture 2: Gates
The reset gate of a gated recurrent unit decides how much of the
previous hidden state is forgotten before a new one is proposed.
- The update gate mixes the old state with the new one.
1"""
SECOND = """Deep Learning Notes
A long short-term memory keeps a cell state beside its hidden state.
2"""
THIRD = "Deep Learning Notes\nThe forget gate empties the cell.\n3"


def write_pdf(path, pages, picture=False):
    """A PDF of one text stream per page, with a one-pixel picture on each if asked."""
    bodies = []
    for text in pages:
        lines = (
            "(" + line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ") Tj T*"
            for line in text.split("\n")
        )
        shown = "q 500 0 0 700 50 50 cm /Im Do Q " if picture else ""
        words = " ".join(lines) if text else ""
        bodies.append(f"{shown}BT /F 12 Tf 14 TL 50 750 Td {words} ET".encode("latin-1"))
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    image = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
    image += b"/BitsPerComponent 8/Length 1>>stream\n\x00\nendstream"
    extra = "/XObject<</Im 4 0 R>>" if picture else ""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        image,
    ]
    for at, body in enumerate(bodies):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {6 + 2 * at} 0 R"
            f"/Resources<</Font<</F 3 0 R>>{extra}>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(body), body))
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    xref = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, xref)
    path.write_bytes(data)
    return path


def test_wrapped_lines_are_joined_and_furniture_of_the_paper_left_out(tmp_path):
    found = read(write_pdf(tmp_path / "notes.pdf", [FIRST, SECOND, THIRD]))
    assert found.text.split("\n")[:4] == [
        "Week 2: Recurrent networks",
        "Lecture 2: Gates",
        "The reset gate of a gated recurrent unit decides how much of the previous hidden state "
        "is forgotten before a new one is proposed.",
        "- The update gate mixes the old state with the new one.",
    ]
    assert "Deep Learning Notes" not in found.text


def test_every_page_is_kept_down_to_its_passages(tmp_path):
    found = read(write_pdf(tmp_path / "notes.pdf", [FIRST, SECOND, THIRD]))
    assert [found.text[at:].split(" ", 2)[:2] for at in found.pages] == [
        ["Week", "2:"],
        ["A", "long"],
        ["The", "forget"],
    ]
    document = lay_out("notes.pdf", found)
    pages = [(s.place.week, s.place.lecture, s.place.page) for s in document.sections]
    assert pages == [(2, 2, 1), (2, 2, 2), (2, 2, 3)]


def test_korean_words_that_the_margin_cut_are_whole_again():
    assert rejoined("스케줄", "을 둔다.") == "스케줄을 둔다."
    assert rejoined("조금씩 옮기면", "서 줄인다") == "조금씩 옮기면서 줄인다"
    assert rejoined("이동 방향을", "기억해 둔다") == "이동 방향을 기억해 둔다"
    assert rejoined("the reset", "gate") == "the reset gate"


def test_slides_keep_their_lines(tmp_path):
    found = read(write_pdf(tmp_path / "s.pdf", ["Gates\nreset gate\nupdate gate"]))
    assert found.text == "Gates\nreset gate\nupdate gate\n"


def test_a_scan_is_said_to_be_one(tmp_path):
    with pytest.raises(Unreadable, match="only scanned pages") as caught:
        read(write_pdf(tmp_path / "scan.pdf", ["", ""], picture=True))
    assert "OCR" in caught.value.hint


def test_pages_with_nothing_on_them(tmp_path):
    with pytest.raises(EmptyFile):
        read(write_pdf(tmp_path / "empty.pdf", [""]))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\nnothing", b"PK\x03\x04", b"%PDF-1.7\n" * 500])
def test_what_is_no_pdf(tmp_path, data):
    path = tmp_path / "note.pdf"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="damaged or not a PDF"):
        read(path)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_file_cut_short_never_crashes(tmp_path, cut):
    path = write_pdf(tmp_path / "note.pdf", [FIRST, SECOND])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * cut)])
    with suppress(EmptyFile, Unreadable):
        assert read(path).text


def test_a_password_is_asked_for_by_name(tmp_path):
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=write_pdf(tmp_path / "open.pdf", [FIRST]))
    writer.encrypt("secret", algorithm="RC4-128")
    with (tmp_path / "locked.pdf").open("wb") as file:
        writer.write(file)
    with pytest.raises(Unreadable, match="locked by a password"):
        read(tmp_path / "locked.pdf")


def test_too_many_pages(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(Unreadable, match="more than 2 pages"):
        read(write_pdf(tmp_path / "long.pdf", ["a", "b", "c"]))
