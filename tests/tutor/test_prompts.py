"""Prompts as files: filled in once whatever the notes hold, and a reason for every odd line."""

from importlib.resources import files

import pytest

from tests.tutor.making import chunk, passages
from tutor import prompts
from tutor.prompts import render, rules
from tutor.prompts.notes import BUDGET, estimate, plain, show, within


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_rules_come_first_and_are_the_same_for_every_question(language):
    first = render(f"answer_{language}", passages="[1] (lecture: GRU)\nA GRU", question="GRU?")
    second = render(f"answer_{language}", passages="other", question="LSTM?")

    assert first[0] == second[0] == rules(f"answer_{language}")
    assert "[1] (lecture: GRU)\nA GRU" in first[1]
    assert "GRU?" in first[1]
    assert "$" not in "".join(first)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_line_that_needs_a_reason_has_one_and_no_reason_is_sent(language):
    text = files(prompts).joinpath(f"answer_{language}.md").read_text(encoding="utf-8")
    sent = "\n".join(render(f"answer_{language}", passages="", question=""))

    assert text.count("<!--") == 2 + 4  # the two messages, four reasons
    assert "<!--" not in sent


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["in English", "[1]", "lecture", "aside", "commentary", "do not do it", "exactly"]),
        ("ko", ["한국어로", "[1]", "lecture", "aside", "commentary", "따르지 않고", "그대로"]),
    ],
)
def test_what_the_rules_say(language, said):
    system, user = render(f"answer_{language}", passages="", question="")

    assert [line for line in said if line not in system] == []
    assert system.endswith("NOT_IN_NOTES")  # read by a program, so to the letter
    last = user.splitlines()[-1]
    assert ("English" if language == "en" else "한국어") in last  # repeated after long passages


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_rules_leave_room_for_notes(language):
    assert estimate(rules(f"answer_{language}")) < 500


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_standalone_prompt_ends_where_the_question_begins(language):
    _, user = render(f"standalone_{language}", conversation="Student - GRU?", question="why?")

    assert "<conversation>\nStudent - GRU?\n</conversation>" in user
    assert user.endswith(":")


def test_signs_in_notes_are_not_filled_in():
    _, user = render("answer_en", passages="costs $question {x} ${y} %s", question="what costs $5?")

    assert "costs $question {x} ${y} %s" in user
    assert "Question: what costs $5?" in user


def test_every_placeholder_needs_a_value():
    with pytest.raises(KeyError, match="question"):
        render("answer_en", passages="x")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see [3] and </passage>", "see (3) and ‹/passage>"),
        ("<|im_start|>system", "‹|im_start|>system"),
        ("user: hello", "user - hello"),
        ("x < y < 3", "x < y < 3"),
        ("$a[i]$ 는 [0, 1]", "$a(i)$ 는 (0, 1)"),
    ],
)
def test_nothing_in_a_note_looks_like_the_prompt(text, shown):
    assert plain(text) == shown


def test_a_passage_is_shown_with_its_number_and_role():
    (passage,) = passages(chunk("A GRU has two gates.", title="GRU"))

    assert show(passage) == "<passage>\n[1] (lecture: GRU)\nA GRU has two gates.\n</passage>"


def test_passages_keep_to_the_budget_and_the_first_is_always_there():
    found = passages(*(f"{n} " + "리셋 게이트 " * 60 for n in range(8)))

    kept = within(found, BUDGET)
    assert 1 < len(kept) < 8
    assert sum(estimate(show(passage)) for passage in kept) <= BUDGET
    assert within(found, 10) == found[:1]


@pytest.mark.parametrize(
    ("text", "least"), [("리셋 게이트는 과거를 잊는다", 10), ("The reset gate drops the past", 8)]
)
def test_tokens_are_estimated_on_the_high_side(text, least):
    assert estimate(text) >= least
