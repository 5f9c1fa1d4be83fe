"""How right one answer is."""

from dataclasses import replace

import pytest

from tests.tutor.making import READER, chunk
from tutor.scoring import Question, score
from tutor.source import Answer, Citation, Timings

NOTE = chunk("The reset gate  drops a part\nof the old state.")
QUOTE = "The reset gate drops a part of the old state."
QUESTION = Question(
    question="what is the reset gate?",
    kind="definition",
    language="en",
    history=(),
    gold_lectures=("2-2",),
    must_include=(("drop", "버리"), ("new state",)),
    must_not=("forget gate",),
)
ANSWER = Answer(
    question=QUESTION.question,
    standalone_question=QUESTION.question,
    text=f"Your notes say:\n\n{QUOTE} [1]",
    answered=True,
    reason=None,
    citations=(Citation(1, QUOTE, NOTE, 0, len(NOTE.text)),),
    near=(),
    engine=READER,
    timings=Timings(1.0, 2.0, 3.0),
)
NO = replace(ANSWER, text="That is not in your notes.", answered=False, citations=())


def scored(answer=ANSWER, question=QUESTION, text=NOTE.text):
    return score(question, answer, lambda citation: text)


def test_a_right_answer():
    assert scored() == {
        "facts": 0.5,
        "all_facts": 0.0,
        "abstained": None,
        "false_no": 0.0,
        "wrong": 0.0,
        "valid": 1.0,
        "right_lecture": 1.0,
        "language": 1.0,
        "characters": float(len(ANSWER.text)),
        "first_token_ms": 2.0,
        "total_ms": 3.0,
    }


def test_saying_no():
    wrongly = scored(NO)
    rightly = scored(NO, replace(QUESTION, gold_lectures=(), must_include=()))

    assert (wrongly["facts"], wrongly["false_no"], wrongly["abstained"]) == (0.0, 1.0, None)
    assert (rightly["facts"], rightly["false_no"], rightly["abstained"]) == (None, None, 1.0)
    assert wrongly["valid"] is wrongly["right_lecture"] is wrongly["characters"] is None


def test_what_must_not_be_said():
    assert scored(replace(ANSWER, text="The Forget  gate. [1]"))["wrong"] == 1.0


@pytest.mark.parametrize(
    "text",
    ["No marker.", "One [1] and [2].", "Only [2].", "In code `[1]`.", "Escaped \\[1\\]."],
)
def test_markers_that_do_not_fit_the_citations(text):
    assert scored(replace(ANSWER, text=text))["valid"] == 0.0


def test_brackets_in_code_and_formulas_are_no_markers():
    assert scored(replace(ANSWER, text="`a[7]` and $x[8]$ [1]"))["valid"] == 1.0


@pytest.mark.parametrize("text", ["Something else entirely, of the same length..", None])
def test_quotes_must_be_verbatim(text):
    assert scored(text=text)["valid"] == 0.0


def test_numbers_run_by_first_use():
    second = Citation(2, QUOTE, NOTE, 0, len(NOTE.text))
    both = replace(ANSWER, citations=(*ANSWER.citations, second))

    assert scored(replace(both, text="a [1] b [2] c [1]"))["valid"] == 1.0
    assert scored(replace(both, text="a [2] b [1]"))["valid"] == 0.0


@pytest.mark.parametrize(
    ("question", "text", "right"),
    [
        ("리셋 게이트가 뭐야?", f"노트에는 이렇게 적혀 있어요.\n\n{QUOTE} [1]", 1.0),
        ("리셋 게이트가 뭐야?", ANSWER.text, 0.0),
        ("what is it?", f"노트에는 이렇게 적혀 있어요.\n\n{QUOTE} [1]", 0.0),
        ("what is it?", f"{QUOTE} [1]", 1.0),
    ],
)
def test_the_frame_speaks_the_questions_language(question, text, right):
    asked = replace(QUESTION, question=question)

    assert scored(replace(ANSWER, text=text), asked)["language"] == right


def test_share_of_citations_from_a_right_lecture():
    assert scored(question=replace(QUESTION, gold_lectures=("1-1",)))["right_lecture"] == 0.0
