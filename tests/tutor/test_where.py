"""Where the notes deal with a thing."""

from dataclasses import replace

from ingest.document import Place, Role
from tests.tutor.making import chunk, concepts
from tutor.source import Hit
from tutor.where import where


def at(lecture: int, title: str, text: str, role: Role = Role.LECTURE) -> Hit:
    piece = chunk(text, role=role, document=f"{lecture}.md")
    return Hit(lecture, 1.0, replace(piece, place=Place(3, lecture, title)))


PADDING = concepts("padding")
MENTION = at(2, "Pooling", "Pooling needs no padding.")
TREATS = at(
    1, "Padding and stride", "The kernel slides.\nPadding: zeros around an image.\nPadding helps."
)
ELSEWHERE = at(3, "Training", "The loss falls.")


def test_the_lecture_that_treats_it_comes_before_those_that_name_it():
    draft = where([MENTION, ELSEWHERE, TREATS], PADDING, "en")

    assert draft.lines == [
        "Your notes cover it here:",
        "",
        "- **week 3, lecture 1 · Padding and stride**: Padding: zeros around an image. [1]",
        "",
        "It is also mentioned here:",
        "",
        "- **week 3, lecture 2 · Pooling**: Pooling needs no padding. [2]",
    ]


def test_nothing_where_nothing_names_it():
    assert where([ELSEWHERE], PADDING, "en") is None
    assert where([], PADDING, "en") is None


def test_all_of_a_subject_must_be_named():
    both = concepts("padding pooling")

    assert [line for line in where([MENTION, TREATS], both, "en").lines if "lecture" in line] == [
        "- **week 3, lecture 2 · Pooling**: Pooling needs no padding. [1]"
    ]


def test_remarks_count_only_where_no_lecture_names_it():
    remark = at(4, "Exercise", "Padding again, no idea why.", Role.ASIDE)

    assert len(where([remark, TREATS], PADDING, "en").passages) == 1
    assert where([remark], PADDING, "ko").lines[0] == (
        "강의 내용에는 없고, 메모나 붙여 넣은 글에만 나와요."
    )


def test_a_step_or_an_announcement_proves_less_than_a_definition():
    told = at(5, "Steps", "1. Padding: add zeros.\nNext week 4 has padding.\nPadding is a border.")

    assert "Padding is a border." in where([told], PADDING, "en").lines[2]
