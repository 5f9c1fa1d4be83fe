"""Chunks as sentences: where they are cut, and that their spans hold exactly their text."""

import pytest

from ingest.sentences import collapse, sentences
from tests.tutor.making import chunk


def texts(note: str) -> list[str]:
    return [sentence.text for sentence in sentences(chunk(note))]


def test_korean_and_english_full_stops():
    note = "리셋 게이트는 과거를 버린다. 업데이트 게이트는 섞는다. It has two gates. They end."

    assert texts(note) == [
        "리셋 게이트는 과거를 버린다.",
        "업데이트 게이트는 섞는다.",
        "It has two gates.",
        "They end.",
    ]


@pytest.mark.parametrize(
    "whole",
    [
        "The learning rate is 0.001 at first.",
        "e.g. the reset gate",
        "1. first the reset gate",
        "정답은 3. 리셋 게이트",
        "Cho et al. 2014",
        "GPT-3.5 is larger than GPT-2",
        "버전 2.0 이상이 필요함",
        "왜 그럴까?",
    ],
)
def test_what_is_not_cut(whole):
    assert texts(whole) == [whole]


def test_lines_are_sentences_and_bullets_are_left_out():
    note = "## Gates\n- reset gate: drops\n  * update gate: mixes\n> quoted\n\n---\n"

    assert texts(note) == ["Gates", "reset gate: drops", "update gate: mixes", "quoted"]


def test_sentences_of_one_line_share_its_number():
    found = sentences(chunk("It resets. It mixes.\n\nIt ends."))

    assert [(s.text, s.line) for s in found] == [
        ("It resets.", 0),
        ("It mixes.", 0),
        ("It ends.", 2),
    ]


def test_a_display_formula_is_one_sentence():
    note = "The state:\n$$\nh = z + 1\ny = 2h\n$$\nIt is new."

    assert texts(note) == ["The state:", "$$ h = z + 1 y = 2h $$", "It is new."]


def test_a_code_block_is_one_sentence():
    note = "The code:\n```python\nx = a[1]\nprint(x)\n```\nIt prints."

    assert texts(note) == ["The code:", "```python x = a[1] print(x) ```", "It prints."]


@pytest.mark.parametrize(
    "note",
    [
        "  - 리셋\u00a0게이트는  과거를 버린다.  다른 것은\u3000섞는다.\u200b\n1) 하나. 둘\n",
        "$$ a = b $$\n$$\nc = d\n$$\n끝났다!  And more.  \u00a0",
        "$$\nnever closed\nat all",
        "\u200b\n \n**굵게** 쓴 문장이다. 😀 다음 문장이다.",
        "- \n- a\n-\n",
    ],
)
def test_a_span_holds_the_sentence_with_its_white_space(note):
    document = "머리말\n" + note
    found = sentences(chunk(note, start=len("머리말\n")))

    assert found
    for sentence in found:
        assert collapse(document[sentence.start : sentence.end]) == sentence.text
    assert [s.start for s in found] == sorted({s.start for s in found})


def test_lines_without_letters_are_no_sentences():
    assert texts("***\n→\n...\n") == []


def test_collapse_takes_every_kind_of_white_space():
    assert collapse("\u00a0 a\t\n b\u3000c ") == "a b c"
