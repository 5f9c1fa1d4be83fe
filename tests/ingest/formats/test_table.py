import pytest

from ingest import formats
from ingest.errors import UnsupportedFormat


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.markdown", "A.TXT", "노트 1.Md"])
def test_formats_that_are_read(tmp_path, name):
    path = tmp_path / name
    path.write_text("글", encoding="utf-8")
    assert formats.read(path).text == "글"


@pytest.mark.parametrize("name", ["a.hwp", "a.docx", "a", "a.txt.exe"])
def test_unknown_suffixes_are_refused_by_name(tmp_path, name):
    path = tmp_path / name
    path.write_text("글", encoding="utf-8")
    with pytest.raises(UnsupportedFormat) as caught:
        formats.read(path)
    assert caught.value.code == "unsupported_format"
    assert caught.value.message.startswith(f"{name}: ")
    assert ".md, .pdf, .txt" in caught.value.hint
