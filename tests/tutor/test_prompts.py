"""Prompts as files: filled in once, whatever the notes hold."""

import pytest

from tutor.prompts import render


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_a_prompt_holds(language):
    text = render(f"answer_{language}", passages="[1] (lecture: GRU)\nA GRU", question="GRU?")

    assert "[1] (lecture: GRU)\nA GRU" in text
    assert text.endswith(" GRU?")
    assert "NOT_IN_NOTES" in text
    assert "$" not in text


def test_signs_in_notes_are_not_filled_in():
    text = render("answer_en", passages="costs $question {x} ${y} %s", question="what costs $5?")

    assert "costs $question {x} ${y} %s" in text
    assert text.endswith("Question: what costs $5?")


def test_every_placeholder_needs_a_value():
    with pytest.raises(KeyError, match="question"):
        render("answer_en", passages="x")
