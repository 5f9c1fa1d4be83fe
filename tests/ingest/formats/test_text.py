"""Text and Markdown files in every encoding that Korean notes come in, and files that are none."""

import time
import unicodedata

import pytest

from ingest.errors import EmptyFile, Unreadable
from ingest.formats import text
from ingest.formats.text import read

NOTE = "3주차 - 게이트\n\n리셋 게이트(reset gate)는 기억을 지운다.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "한글 노트.txt"
    path.write_bytes(NOTE.encode(encoding))
    assert read(path).text == NOTE


def test_big_endian(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"\xfe\xff" + NOTE.encode("utf-16-be"))
    assert read(path).text == NOTE


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines(tmp_path, newline):
    path = tmp_path / "note.txt"
    path.write_bytes(NOTE.replace("\n", newline).encode("utf-8"))
    assert read(path).text == NOTE


def test_decomposed_hangul(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(unicodedata.normalize("NFD", NOTE).encode("utf-8"))
    assert read(path).text == NOTE


def test_nothing_else_is_changed(tmp_path):
    odd = "---\na: b\n---\n\u00a0가\u200b나 \t\n\n\n끝"
    path = tmp_path / "note.md"
    path.write_bytes(odd.encode("utf-8"))
    assert read(path).text == odd


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\ufeff".encode(), "\u200b\u00a0\n".encode()])
def test_empty(tmp_path, data):
    path = tmp_path / "note.txt"
    path.write_bytes(data)
    with pytest.raises(EmptyFile, match=r"note\.txt is empty") as caught:
        read(path)
    assert caught.value.code == "empty_file"
    assert caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"%PDF-1.7\n%\xff\xff\xff\xff",
        NOTE.encode("utf-16-le"),
        NOTE.encode("utf-32"),
        "노트\x00".encode(),
        b"\xff\xfe\x00",
    ],
)
def test_not_text(tmp_path, data):
    path = tmp_path / "note.txt"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="not a text file") as caught:
        read(path)
    assert caught.value.code == "unreadable"
    assert "UTF-8" in caught.value.hint


def test_a_line_of_20_mb(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"x" * 20_000_000)
    begin = time.monotonic()
    with pytest.raises(Unreadable, match="a line of more than 1,000,000 characters"):
        read(path)
    assert time.monotonic() - begin < 5


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "MAX_BYTES", 2**20)
    path = tmp_path / "note.txt"
    path.write_bytes(b"a line\n" * 160_000)
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        read(path)


def test_what_cannot_be_opened(tmp_path):
    with pytest.raises(Unreadable, match=r"note\.txt cannot be opened: No such file"):
        read(tmp_path / "note.txt")
