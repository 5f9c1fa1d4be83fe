from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile

import pytest

from tests.tutor.quiz.samples import GOOD_EN, GOOD_KO, item, korean
from tutor.errors import NotAvailable
from tutor.quiz.export import EXPORTERS, export
from tutor.quiz.generate import QuizRequest, generate
from tutor.quiz.item import Item, ItemKind

ITEMS = generate(korean(), QuizRequest(count=40)).items


def test_the_sample_holds_every_kind():
    assert {made.kind for made in ITEMS} == set(ItemKind)


def test_json_is_what_quiz_writes():
    read = [Item.from_dict(data) for data in json.loads(export(ITEMS, "json"))]
    assert [made.to_dict() for made in read] == [made.to_dict() for made in ITEMS]


def test_csv_is_a_table_that_spreadsheets_read():
    data = export([item(GOOD_KO), item(GOOD_EN)], "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0]["stem"] == "뜨거운 물을 높은 압력으로 밀어 넣는 추출 방법은?"
    assert (rows[0]["option3"], rows[0]["key"], rows[0]["answer"]) == (
        "가압",
        "3",
        "가압 | 압력 추출",
    )
    assert (rows[1]["document"], rows[1]["start"], rows[1]["end"]) == ("b.md", "0", "73")
    assert len(list(csv.DictReader(io.StringIO(export(ITEMS, "csv").decode("utf-8-sig"))))) == len(
        ITEMS
    )


def test_markdown_keeps_the_key_on_another_page():
    text = export([item(GOOD_KO)], "md").decode()
    questions, answers = text.split('<div style="page-break-before: always"></div>')
    assert questions.startswith("# 문제\n\n**1.** 뜨거운 물을")
    assert "- C. 가압" in questions
    assert "정답" not in questions
    assert "**1.** C. 가압" in answers
    assert "> [1]" in answers
    assert "# Questions" in export([item(GOOD_EN)], "md").decode()


def test_markdown_is_read_back_by_a_reader_of_markdown():
    """CommonMark finds every stem, option and key as plain text, and no markup of the notes'."""
    from markdown_it import MarkdownIt

    options = ["# a", "- b", "[c](d)", "1. e"]
    stem = "Which of *these* is `x_1` < 2 | 3?"
    odd = item(GOOD_EN, stem=stem, options=options, key=[2], answer=["[c](d)"])
    tokens = MarkdownIt().parse(export([*ITEMS, odd], "md").decode())
    text = [t.content for block in tokens for t in block.children or () if t.type == "text"]
    links = [t for block in tokens for t in block.children or () if t.type == "link_open"]
    shown = "".join(text)
    assert links == []
    for made in [*ITEMS, odd]:
        for line in made.stem.replace("**", "").splitlines():
            assert line in shown
        for option in made.options or ():
            assert option in shown
    headings = [t for t in tokens if t.type == "heading_open"]
    assert len(headings) == 2, "questions, and the key on its own page"


def test_markdown_escapes_what_notes_hold():
    text = export(
        [item(GOOD_EN, stem="Which of these is <b>x_1</b> of the machine?")], "md"
    ).decode()
    assert r"\<b\>x\_1\</b\>" in text


def _gift_answers(block: str) -> list[str]:
    return [
        line.strip() for line in block.splitlines() if re.match(r"\s*(?:[=~]|TRUE|FALSE)", line)
    ]


def test_gift():
    text = export([item(GOOD_KO)], "gift").decode()
    assert text.startswith("$CATEGORY: $course$/top/coffee\n\n::")
    assert "[markdown]뜨거운 물을 높은 압력으로 밀어 넣는 추출 방법은? {" in text
    assert _gift_answers(text) == ["~드립", "~침출", "=가압", "~점적"]
    signs = export([item(GOOD_EN, stem="Is a = b {or} c: ~ #?", kind="choice")], "gift").decode()
    assert r"Is a \= b \{or\} c\: \~ \#?" in signs


def test_gift_has_a_form_for_every_kind():
    for made in ITEMS:
        text = export([made], "gift").decode()
        answers = _gift_answers(text)
        if made.kind is ItemKind.TRUE_FALSE:
            assert answers == ["TRUE" if made.key == (0,) else "FALSE"]
        elif made.kind in (ItemKind.MATCHING, ItemKind.ORDERING):
            assert len(answers) == len(made.key or ())
            assert all(" -> " in line for line in answers)
        else:
            assert sum(line.startswith("=") for line in answers) == (
                1 if made.options else len(made.answer)
            )
        assert len(re.findall(r"(?<!\\)[{}]", text)) == 2


def _notes(data: bytes, tmp_path) -> list[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        (tmp_path / "collection.anki2").write_bytes(package.read("collection.anki2"))
    db = sqlite3.connect(tmp_path / "collection.anki2")
    try:
        return db.execute("SELECT guid, flds FROM notes ORDER BY id").fetchall()
    finally:
        db.close()


def test_apkg_holds_a_note_for_each_item(tmp_path):
    notes = _notes(export(ITEMS, "apkg"), tmp_path)
    assert [guid for guid, _ in notes] == [made.id for made in ITEMS]
    (_, fields) = _notes(export([item(GOOD_KO)], "apkg"), tmp_path)[0]
    question, options, answer, explanation, source = fields.split("\x1f")
    assert question == "뜨거운 물을 높은 압력으로 밀어 넣는 추출 방법은?"
    assert options == "1. 드립<br>2. 침출<br>3. 가압<br>4. 점적"
    assert answer == "3. 가압"
    assert explanation.startswith("정답: ‘가압’.")
    assert source == "a.md"


def test_a_second_apkg_updates_the_first(tmp_path):
    def ids(data: bytes) -> tuple[list[str], set[int]]:
        guids = [guid for guid, _ in _notes(data, tmp_path)]
        db = sqlite3.connect(tmp_path / "collection.anki2")
        try:
            return guids, {row[0] for row in db.execute("SELECT did FROM cards")}
        finally:
            db.close()

    assert ids(export([item(GOOD_KO)], "apkg")) == ids(export([item(GOOD_KO)], "apkg"))


def test_formats_of_the_contract():
    assert set(EXPORTERS) == {"apkg", "gift", "csv", "md", "json"}
    assert all(isinstance(export([], name), bytes) for name in EXPORTERS)
    with pytest.raises(NotAvailable):
        export([], "docx")
