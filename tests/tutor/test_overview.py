"""Outlines and tables: how lines are shared out and what they look like."""

from dataclasses import replace

from ingest.document import Place, Role
from tests.tutor.making import chunk, concepts
from tutor.overview import MAX_LINES, Subject, overview
from tutor.scope import Part, Scope
from tutor.task import Task


def lecture(week: int, number: int, text: str, role: Role = Role.LECTURE, language: str = "en"):
    piece = chunk(text, role=role, document=f"{language}/{week}-{number}.md", language=language)
    return replace(piece, place=Place(week, number, f"Topic {number}"))


def facts(count: int, name: str) -> str:
    return "".join(f"{name}{n} is a thing of the {n}th kind, number {n}.\n\n" for n in range(count))


ONE = lecture(1, 1, facts(20, "Alpha"))
TWO = lecture(1, 2, facts(20, "Beta"))
WEEK = Scope((Part(1),), (), "")


def bullets(draft):
    return [line for line in draft.lines if line.lstrip().startswith("- ")]


def test_lines_are_shared_out_among_lectures():
    draft = overview(Task.OUTLINE, [ONE, TWO], WEEK, None, "en")
    lines = bullets(draft)

    assert draft.lines[0] == "The key points of week 1:"
    assert sum("Alpha" in line for line in lines) == sum("Beta" in line for line in lines) == 6
    assert len(lines) <= MAX_LINES


def test_many_lectures_go_by_weeks():
    chunks = [lecture(w, n, facts(3, f"W{w}L{n}x")) for w in (1, 2, 3, 4) for n in (1, 2)]
    draft = overview(Task.OUTLINE, chunks, None, None, "ko")

    assert [line for line in draft.lines if line.startswith("**")] == [
        "**1주차**", "**2주차**", "**3주차**", "**4주차**",
    ]  # fmt: skip
    assert len(bullets(draft)) == MAX_LINES


def test_only_the_lectures_own_words():
    remark = lecture(1, 3, "Gamma is a thing of my own.", Role.ASIDE)
    pasted = lecture(1, 4, "Delta is a thing I pasted.", Role.COMMENTARY)

    assert overview(Task.OUTLINE, [remark, pasted], WEEK, None, "en") is None
    text = "\n".join(overview(Task.OUTLINE, [ONE, remark, pasted], WEEK, None, "en").lines)
    assert "Gamma" not in text
    assert "Delta" not in text


def test_what_lies_outside_the_part_stays_out():
    assert overview(Task.OUTLINE, [lecture(2, 1, facts(3, "Beta"))], WEEK, None, "en") is None


def test_what_is_missing_is_named():
    scope = Scope((Part(1),), (Part(7),), "")

    assert overview(Task.OUTLINE, [ONE], scope, None, "ko").lines[1] == (
        "7주차는 노트에 없어서 뺐어요."
    )


def test_a_table_has_terms_only_and_no_cell_is_cut():
    odd = lecture(1, 5, "Norm: written |x| here\n\nReLU: max of zero and x\n\nNo term stands here.")
    draft = overview(Task.TABLE, [odd], WEEK, None, "en")

    assert draft.lines[2:] == [
        "| Term | What the notes say |",
        "|---|---|",
        "| ReLU | max of zero and x [1] |",
    ]


def test_a_subject_needs_to_be_defined_somewhere():
    note = lecture(
        1, 1, "Padding is a border of zeros.\n\nWith padding the size stays the same.\n\nRest."
    )
    padding = Subject("padding", concepts("padding"))
    size = Subject("size", concepts("size"))

    draft = overview(Task.OUTLINE, [note, ONE], None, padding, "en")
    assert draft.lines[0] == "What your notes say about padding:"
    assert len(bullets(draft)) == 2
    assert overview(Task.OUTLINE, [note, ONE], None, size, "en") is None


def test_of_parallel_notes_one_language():
    korean = lecture(1, 1, "알파는 첫째 것이다.\n\n알파는 하나의 개념이다.", language="ko")
    chunks = [korean, ONE]

    assert "Alpha" not in "".join(overview(Task.OUTLINE, chunks, WEEK, None, "ko").lines)
    assert "알파" not in "".join(overview(Task.OUTLINE, chunks, WEEK, None, "en").lines)
