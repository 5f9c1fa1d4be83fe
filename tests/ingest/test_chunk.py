"""Chunks: exact spans, one voice and one heading each, nothing cut that belongs together."""

from itertools import pairwise

import pytest

from ingest.chunk import LIMIT, TARGET, chunk
from tests.ingest.laid import laid, laid_text
from tests.ingest.test_layouts import NAMES


def texts(text: str, name: str = "notes.md") -> list[str]:
    """The chunks of notes given as they are."""
    return [piece.text for piece in chunk(laid_text(text, name), "c")]


@pytest.mark.parametrize("name", NAMES)
def test_spans_are_exact_and_in_order(name):
    document = laid(name)
    chunks = chunk(document, "c")
    assert all(document.text[c.start : c.end] == c.text for c in chunks)
    assert all(c.text == c.text.strip() for c in chunks)
    assert all(a.end <= b.start for a, b in pairwise(chunks))


@pytest.mark.parametrize("name", NAMES)
def test_a_chunk_lies_within_one_section_and_all_of_it_is_chunked(name):
    document = laid(name)
    chunks = chunk(document, "c")
    for section in document.sections:
        inside = [c for c in chunks if section.start <= c.start < section.end]
        assert {(c.role, c.place, c.ordinal) for c in inside} == {
            (section.role, section.place, section.ordinal)
        }
        assert (inside[0].start, inside[-1].end) == (section.start, section.end)
        gaps = pairwise(inside)
        assert all(not document.text[a.end : b.start].strip() for a, b in gaps)


def test_short_paragraphs_share_a_chunk():
    assert texts("잠금이다.\n\n해제이다.\n\n대기이다.") == ["잠금이다.\n\n해제이다.\n\n대기이다."]


def test_neither_roles_nor_headings_share_one():
    text = "## 가\n\n잠금이다.\n\n근데 왜?? ㅋㅋ\n\n해제이다.\n\n## 나\n\n대기이다."
    assert texts(text) == ["잠금이다.", "근데 왜?? ㅋㅋ", "해제이다.", "대기이다."]


def test_paragraphs_are_packed_up_to_the_target():
    paragraph = "가" * 149 + "."
    found = texts("\n\n".join([paragraph] * 5))
    assert [len(text) for text in found] == [302, 302, 150]
    assert max(map(len, found)) <= TARGET


def test_long_paragraphs_are_cut_between_lines():
    lines = [f"{n}번째 줄이며 길이를 채우려고 조금 더 쓴다." for n in range(60)]
    found = texts("\n".join(lines))
    assert len(found) > 1
    assert all(len(text) <= LIMIT for text in found)
    assert [line for text in found for line in text.split("\n")] == lines


def test_long_lines_are_cut_between_sentences():
    sentences = [f"문장 {n}은 끝에 점이 있다." for n in range(120)]
    found = texts("앞 문단이다.\n" + " ".join(sentences) + "\n뒤 문단이다.")
    assert found[0] == "앞 문단이다."
    assert found[-1].endswith("뒤 문단이다.")
    assert all(len(text) <= LIMIT and text.endswith("다.") for text in found)
    assert " ".join(found).replace("\n", " ").count("문장") == 120


def test_lines_without_sentences_are_cut_between_words():
    found = texts(" ".join(["단어"] * 600))
    assert all(set(text.split(" ")) == {"단어"} for text in found)
    assert sum(text.count("단어") for text in found) == 600


def test_lines_without_words_are_cut_all_the_same():
    assert [len(text) for text in texts("가" * 2000)] == [LIMIT, LIMIT, 400]


def test_an_inline_formula_is_whole():
    formula = "$a + b. c + d$"
    found = texts(" ".join([f"그러면 {formula} 이고"] * 80))
    assert len(found) > 1
    assert all(text.count("$") % 2 == 0 for text in found)
    assert sum(text.count(formula) for text in found) == 80


def test_display_formulas_and_code_are_whole():
    formula = "$$\n" + "x = y \\\\\n\n" * 150 + "$$"
    code = "```\n" + "call();\n\n" * 150 + "```"
    assert texts(f"식이다.\n\n{formula}\n\n{code}\n\n끝이다.") == [
        "식이다.",
        formula,
        code,
        "끝이다.",
    ]


def test_list_items_are_whole():
    item = "- " + "항목은 여러 문장으로 되어 있다. " * 50 + "끝."
    assert LIMIT < len(item) < 2 * LIMIT
    assert texts(f"머리말이다.\n\n{item}\n- 다음") == ["머리말이다.", item, "- 다음"]


def test_the_lines_of_an_item_stay_together():
    items = [
        f"{n}. 항목의 첫 줄이다.\n   이어지는 줄이다.\n   마지막 줄이다." for n in range(1, 40)
    ]
    found = texts("\n".join(items))
    assert len(found) > 1
    assert all(text.split(".")[0].isdecimal() for text in found)
    assert "\n".join(found) == "\n".join(items)


def test_an_endless_line_within_an_item_is_cut_in_its_place():
    line = "이어지는 문장이다. " * 100
    found = texts(f"- 항목이다.\n  {line}\n- 다음 항목이다.")
    assert found[0] == "- 항목이다."
    assert found[-1].endswith("- 다음 항목이다.")
    assert "\n".join(found).count("이어지는 문장이다.") == 100


def test_ids_do_not_depend_on_what_stands_above():
    below = "## 잠금\n\n" + "잠금이다. " * 60 + "\n\n" + "해제이다. " * 60
    before = chunk(laid_text(below), "c")
    after = chunk(laid_text("## 새것\n\n새로 끼워 넣은 문단이다.\n\n" + below), "c")
    assert [c.id for c in after][-len(before) :] == [c.id for c in before]
    assert after[0].id not in {c.id for c in before}


def test_ids_depend_on_course_document_place_and_text():
    def only(text: str, name: str = "a.md", course: str = "c") -> str:
        (piece,) = chunk(laid_text(text, name), course)
        return piece.id

    base = only("# 책\n\n## 가\n\n글이다.")
    assert base == only("\n\n# 책\n\n\n## 가\n\n\n글이다.")
    others = [
        only("# 책\n\n## 가\n\n글이다.", course="d"),
        only("# 책\n\n## 가\n\n글이다.", name="b.md"),
        only("# 책\n\n## 나\n\n글이다."),
        only("# 책\n\n## 가\n\n말이다."),
        only("1주차\n\n## 가\n\n글이다."),
    ]
    assert len({base, *others}) == 6


def test_the_same_words_twice_are_two_chunks():
    paragraph = "같은 말을 두 번 적었다. " * 30
    ids = [c.id for c in chunk(laid_text(f"{paragraph}\n\n{paragraph}\n\n{paragraph}"), "c")]
    assert len(set(ids)) == len(ids) == 3


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique(name):
    ids = [c.id for c in chunk(laid(name), "c")]
    assert len(set(ids)) == len(ids)
