"""An engine's text as claims, and put together again: to the letter where nothing changes."""

from __future__ import annotations

import pytest

from tutor.claims import Claim, rewrite


def seen(text, known=(1, 2, 3)):
    claims = []

    def keep(claim: Claim):
        claims.append(claim)
        return "", claim.cited

    assert rewrite(text, keep, known) == text
    return [(claim.text, claim.cited) for claim in claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("One [1]. Two [2].", [("One.", (1,)), ("Two.", (2,))]),
        ("One. [1] Two. [1][2]", [("One.", (1,)), ("Two.", (1, 2))]),
        ("- 하나이다 [1]\n- 둘이다. [2, 3]", [("하나이다", (1,)), ("둘이다.", (2, 3))]),
        ("The value lies in [0, 1].", [("The value lies in [0, 1].", ())]),
        ("It is $x[1]$. Then [2].", [("It is $x[1]$.", ()), ("Then.", (2,))]),
        ("As Cho et al. say [1].", [("As Cho et al. say.", (1,))]),
        ("About 0.5 of it [1].", [("About 0.5 of it.", (1,))]),
        ("1. First step [1]\n2. Second step [2]", [("First step", (1,)), ("Second step", (2,))]),
        ("See [1](http://x).", [("See [1](http://x).", ())]),
        ("$$\nx = [1]\n$$\nSo it is [1].", [("$$\nx = [1]\n$$", ()), ("So it is.", (1,))]),
    ],
)
def test_sentences_and_what_they_name(text, claims):
    assert seen(text) == claims


def test_a_lead_in_is_told_apart():
    leads = []
    rewrite("The steps are:\n- one [1]", lambda c: leads.append(c.leads) or ("", c.cited), {1})

    assert leads == [True, False]


def test_claims_go_and_are_marked():
    def change(claim):
        if "bad" in claim.text:
            return None
        return (" (?)", ()) if "odd" in claim.text else ("", (2,))

    text = "Good [1]. Bad is bad [1].\n\n- odd [1]\n- bad [1]\nend"
    assert rewrite(text, change, {1, 2}) == "Good. [2]\n\n- odd (?)\nend [2]"
