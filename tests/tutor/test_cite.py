"""Markers of an engine to numbered citations: what is kept, what is dropped, what is quoted."""

import re

import pytest

from tests.tutor.making import chunk, passages
from tutor.cite import Cited, Citer, cite

GATES = (
    "- The reset gate decides how much of the past\u00a0\u00a0state is dropped.\n"
    "- The update gate mixes the old state with the new candidate.\n"
)
HISTORY = "GRU was proposed in 2014 [3]. It has two gates."
KOREAN = "리셋 게이트는 과거 상태를 얼마나 버릴지 정한다. 업데이트 게이트는 둘을 섞는다."
NOTES = passages(GATES, HISTORY, KOREAN)
MARKER = re.compile(r"(?<!\\)\[(\d+)\]")


def quotes(text: str, notes=NOTES) -> list[tuple[int, str]]:
    return [(citation.n, citation.quote) for citation in cite(text, notes).citations]


def test_markers_are_renumbered_by_first_use():
    found = cite("It has two gates [2]. The reset gate drops the past [1].", NOTES)

    assert found.text == "It has two gates [1]. The reset gate drops the past [2]."
    assert [(c.n, c.quote) for c in found.citations] == [
        (1, "It has two gates."),
        (2, "The reset gate decides how much of the past state is dropped."),
    ]


def test_a_quote_used_again_keeps_its_number():
    found = cite("Two gates [2]. The reset gate drops [1]. It has two gates [2].", NOTES)

    assert found.text == "Two gates [1]. The reset gate drops [2]. It has two gates [1]."
    assert [c.n for c in found.citations] == [1, 2]


def test_two_sentences_of_one_passage_are_two_citations():
    found = cite("The reset gate drops [1]. The update gate mixes [1].", NOTES)

    assert found.text == "The reset gate drops [1]. The update gate mixes [2]."
    assert quotes("The reset gate drops [1]. The update gate mixes [1].") == [
        (1, "The reset gate decides how much of the past state is dropped."),
        (2, "The update gate mixes the old state with the new candidate."),
    ]


def test_markers_side_by_side_stand_behind_the_same_words():
    found = cite("The reset gate drops the past. [1][3]", NOTES)

    assert found.text == "The reset gate drops the past. [1][2]"
    assert [c.chunk.document for c in found.citations] == ["1.md", "3.md"]


def test_a_quote_is_the_text_at_its_offsets_with_white_space_collapsed():
    padding = "# GRU\n\n"
    note = chunk(GATES, start=len(padding))
    document = padding + GATES
    (citation,) = cite("The reset gate drops the past [1].", passages(note)).citations

    written = document[citation.start : citation.end]
    assert written == "The reset gate decides how much of the past\u00a0\u00a0state is dropped."
    assert " ".join(written.split()) == citation.quote


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Bread is baked [9] from flour [9].", "Bread is baked from flour."),
        ("Two gates [0] [2].", "Two gates [1]."),
        ("Two gates [2], see [12].", "Two gates [1], see."),
    ],
)
def test_markers_of_passages_that_do_not_exist_go(written, shown):
    assert cite(written, NOTES).text == shown


@pytest.mark.parametrize(
    "untouched",
    [
        "`x[1]`",
        "$a[1] + b[2]$",
        "$$\na[1]\n$$",
        "```python\nx = a[1]\n```",
        r"\[1\]",
        r"\[2014\]",
    ],
)
def test_brackets_that_are_no_markers_stay(untouched):
    found = cite(f"Two gates [2].\n{untouched}", NOTES)

    assert found.text == f"Two gates [1].\n{untouched}"
    assert len(found.citations) == 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It came in [2014], two gates [2].", r"It came in \[2014\], two gates [1]."),
        ("See [1](http://x.test), two gates [2].", r"See \[1\](http://x.test), two gates [1]."),
    ],
)
def test_other_digits_in_brackets_are_escaped(written, shown):
    assert cite(written, NOTES).text == shown


@pytest.mark.parametrize("written", ["Values in [0, 1].", "The vector [1, 2]는", "See [1, 9]."])
def test_intervals_and_vectors_are_no_markers(written):
    assert cite(f"{written} Two gates [2].", NOTES).text == f"{written} Two gates [1]."


def test_a_vector_of_the_notes_is_no_list_of_markers():
    notes = passages("The dot product takes [1, 2].", "It has two gates.")

    assert cite("It takes [1, 2]. [1]", notes).text == "It takes [1, 2]. [1]"


@pytest.mark.parametrize("written", ["Two gates [2, 1].", "Two gates [2,1].", "Two gates [2; 1]."])
def test_a_list_of_numbers_is_several_markers(written):
    assert cite(written, NOTES).text == "Two gates [1][2]."
    assert [c.chunk.document for c in cite(written, NOTES).citations] == ["2.md", "1.md"]


def test_text_without_markers_gets_them_where_a_sentence_supports_it():
    text = "The update gate mixes the old state.\nBread is baked from flour and water."
    found = cite(text, NOTES)

    assert found.text == (
        "The update gate mixes the old state. [1]\nBread is baked from flour and water."
    )
    assert [c.quote for c in found.citations] == [
        "The update gate mixes the old state with the new candidate."
    ]


def test_no_marker_is_put_into_code():
    text = "```\nthe reset gate drops the past state\n```"

    assert cite(text, NOTES) == Cited(text, ())


def test_text_with_invalid_markers_only_is_text_without_markers():
    found = cite("The update gate mixes the old state [7].", NOTES)

    assert found.text == "The update gate mixes the old state. [1]"
    assert len(found.citations) == 1


def test_text_that_nothing_supports_has_no_citations():
    assert cite("Bread is baked from flour and water.", NOTES).citations == ()


def test_a_marker_of_a_passage_without_sentences_goes():
    notes = passages("It has two gates.", "→ → →")

    assert cite("Two gates [1], and so on [2].", notes).text == "Two gates [1], and so on."


def test_the_sentence_quoted_word_for_word_is_the_one_cited():
    notes = passages("The gate resets. The gate resets the state. The gate resets.")
    (citation,) = cite("The gate resets the state. [1]", notes).citations

    assert (citation.start, citation.end) == (17, 43)


def test_escaped_brackets_of_a_note_find_their_sentence():
    assert quotes(r"GRU was proposed in 2014 \[3\]. [2]") == [(1, "GRU was proposed in 2014 [3].")]


def test_a_korean_claim_finds_its_sentence():
    assert quotes("업데이트 게이트가 둘을 섞는다 [3].") == [(1, "업데이트 게이트는 둘을 섞는다.")]


WRITTEN = [
    "Two gates [2]. It `x[1]` drops $a[1]$ the past [1] and [9] more [2].",
    "Two gates [2].\n```\nx = a[1]\n```\nThe reset gate [1]",
    "$$\na[1]\n$$\n- two gates [2]\n- see [1](http://x.test)\n- in [2014] and [12",
    r"GRU \[3\] has two gates [2, 1] and costs $5 [1]" + "\nor $6 [2]\n",
    "a `b [1] $c` two gates [2] $d [1] `e$ f [2]",
    "리셋 게이트는 과거를 버린다 [3]. 둘을 섞는다[3][1].  \n끝",
]


@pytest.mark.parametrize("size", range(1, 8))
@pytest.mark.parametrize("written", WRITTEN)
def test_streaming_gives_the_same_text_however_it_is_cut(written, size):
    citer = Citer(NOTES)
    pieces = [written[at : at + size] for at in range(0, len(written), size)]
    shown = "".join(map(citer.feed, pieces)) + citer.finish()

    whole = cite(written, NOTES)
    assert "\n".join(line.rstrip() for line in shown.split("\n")).strip() == whole.text
    assert citer.citations == whole.citations


@pytest.mark.parametrize("written", WRITTEN)
def test_every_marker_has_its_citation_and_every_citation_a_marker(written):
    found = cite(written, NOTES)
    code = re.compile(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$", re.S)
    used = [int(n) for n in MARKER.findall(code.sub("", found.text))]

    assert list(dict.fromkeys(used)) == [c.n for c in found.citations]
    assert [c.n for c in found.citations] == list(range(1, len(found.citations) + 1))


def test_nothing_is_shown_before_it_is_sure():
    citer = Citer(NOTES)

    assert [citer.feed(piece) for piece in ("Two gates ", "[", "2", "]", ". It")] == [
        "Two gates",
        "",
        "",
        "",
        " [1]. It",
    ]
