"""The shipped glossary: one concept a row, named in both languages, no form in two rows."""

import csv
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

GLOSSARY = Path(__file__).resolve().parents[2] / "corpus" / "glossary.csv"


@pytest.fixture(scope="module")
def records() -> list[list[str]]:
    """All records as they stand in the file, the header first."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


@pytest.fixture(scope="module")
def rows(records) -> list[list[str]]:
    return records[1:]


def forms(row: list[str]) -> list[str]:
    """Every way of writing the concept: ko, en, abbreviation if any, aliases."""
    ko, en, abbreviation, aliases = row
    return [ko, en] + [form for form in [abbreviation, *aliases.split("|")] if form]


def squeezed(form: str) -> str:
    """What a reader would take for the same spelling: without case and spaces."""
    return re.sub(r"\s", "", form).casefold()


def row_of(rows: list[list[str]], form: str) -> str:
    """The English name of the concept that `form` belongs to."""
    return next(row[1] for row in rows if form in forms(row))


def test_header_names_the_four_columns(records):
    assert records[0] == ["ko", "en", "abbreviation", "aliases"]


def test_every_record_has_four_fields(records):
    assert [record for record in records if len(record) != 4] == []


def test_it_covers_the_field(rows):
    assert len(rows) >= 300


def test_no_form_stands_in_two_rows(rows):
    places = defaultdict(set)
    for number, row in enumerate(rows):
        for form in forms(row):
            places[squeezed(form)].add(number)
    assert [form for form, found in places.items() if len(found) > 1] == []


def test_no_form_is_repeated_in_its_row(rows):
    assert [row for row in rows if len(forms(row)) != len(set(forms(row)))] == []


def test_names_are_korean_and_lower_case_english(rows):
    assert [ko for ko, *_ in rows if not re.search("[가-힣]", ko)] == []
    assert [en for _, en, *_ in rows if not re.search("[a-z]", en)] == []
    assert [en for _, en, *_ in rows if en != en.lower() or re.search("[가-힣]", en)] == []


def test_abbreviations_are_single_latin_words(rows):
    written = [abbreviation for _, _, abbreviation, _ in rows if abbreviation]
    assert [word for word in written if not re.fullmatch(r"[A-Za-z0-9-]+", word)] == []


def test_text_is_nfc_without_stray_spaces_or_empty_aliases(rows):
    cells = [cell for row in rows for cell in row]
    parts = [part for cell in cells if cell for part in cell.split("|")]
    assert [cell for cell in cells if cell != unicodedata.normalize("NFC", cell)] == []
    assert [part for part in parts if not part or part != " ".join(part.split())] == []


@pytest.mark.parametrize("shared", ["FCN", "MAE", "LR", "AR", "PE", "주의", "추론", "값"])
def test_forms_with_two_meanings_are_left_out(rows, shared):
    assert [row for row in rows if squeezed(shared) in map(squeezed, forms(row))] == []


@pytest.mark.parametrize(
    ("form", "concept"),
    [
        ("재설정 게이트", "reset gate"),
        ("갱신 게이트", "update gate"),
        ("포켓 게이트", "forget gate"),
        ("숨겨진 상태", "hidden state"),
        ("숨겨진 레이어", "hidden layer"),
        ("재귀 신경망", "recurrent neural network"),
        ("시퀸스", "sequence"),
        ("트랜스 포머", "transformer"),
        ("주의 메커니즘", "attention"),
        ("자기주의", "self-attention"),
        ("확장된 도트-제품 주의", "scaled dot-product attention"),
        ("스킵 커넥션", "skip connection"),
        ("잔차연결", "residual connection"),
        ("원핫 인코딩", "one-hot encoding"),
        ("클래스 임베딩", "class token"),
        ("SERT", "segmentation transformer"),
    ],
)
def test_spellings_of_students_lead_to_their_concept(rows, form, concept):
    assert row_of(rows, form) == concept
