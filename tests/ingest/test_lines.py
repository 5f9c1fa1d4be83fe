from ingest.lines import Line, paragraphs, split_lines, verbatim


def test_spans_leave_out_the_white_space_around_a_line():
    text = "\u200b \u00a0가\u200b나\u00a0 다 \u00a0\n\n  끝"
    lines = split_lines(text)
    assert [line.text for line in lines] == ["가나 다", "", "끝"]
    assert text[lines[0].start : lines[0].end] == "가\u200b나\u00a0 다"
    assert lines[2] == Line(start=len(text) - 1, end=len(text), text="끝", indent=2)


def test_a_line_of_invisible_characters_is_blank():
    assert [line.blank for line in split_lines("\u200b\u00a0\n\u2060\ufeff\n\t\n.")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_tab_indents_by_four():
    assert [line.indent for line in split_lines("\tx\n  \tx\n   x")] == [4, 4, 3]


def test_paragraphs_are_runs_of_lines():
    lines = split_lines("a\nb\n\n\nc\n")
    assert list(paragraphs(lines, 0, len(lines))) == [[0, 1], [4]]


def test_code_and_formulas_are_closed():
    text = "글\n```python\n# 주석\n\n1. 목록이 아님\n```\n$$\nx\n$$\n$$y$$\n글"
    assert verbatim(split_lines(text)) == {1, 2, 3, 4, 5, 6, 7, 8}


def test_a_fence_that_is_never_closed_is_none():
    assert verbatim(split_lines("```\n글\n글")) == set()
