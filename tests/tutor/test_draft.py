"""Texts put together from sentences: markers, tokens, citations."""

from ingest.sentences import sentences
from tests.tutor.making import asked, chunk
from tutor.draft import Draft, escaped, stream_draft
from tutor.source import Token

NOTES = chunk("Stride: how far the kernel moves [3].\nPadding: $p$ zeros around an image.")


def drafted() -> Draft:
    draft = Draft()
    stride, padding = sentences(NOTES)
    draft.say("Your notes say:")
    draft.say()
    draft.quote(stride)
    draft.quote(padding, before="| Padding | ", shown="$p$ zeros around an image.", after=" |")
    draft.quote(stride, before="  - ")
    return draft


def test_every_line_is_cited_and_a_sentence_only_once():
    *tokens, answer = stream_draft(asked("stride?"), drafted())

    assert answer.text.splitlines() == [
        "Your notes say:",
        "",
        "- Stride: how far the kernel moves \\[3\\]. [1]",
        "| Padding | $p$ zeros around an image. [2] |",
        "  - Stride: how far the kernel moves \\[3\\]. [1]",
    ]
    assert [(c.n, c.quote) for c in answer.citations] == [
        (1, "Stride: how far the kernel moves [3]."),
        (2, "Padding: $p$ zeros around an image."),
    ]
    assert all(NOTES.text[c.start : c.end] == c.quote for c in answer.citations)
    assert all(isinstance(token, Token) for token in tokens)
    assert "".join(token.text for token in tokens).strip() == answer.text


def test_who_speaks_and_when():
    answer = list(stream_draft(asked("stride?"), drafted()))[-1]

    assert (answer.answered, answer.reason, answer.near) == (True, None, ())
    assert answer.engine.kind == "reader"
    assert 0 < answer.timings.first_token_ms <= answer.timings.total_ms


def test_words_of_the_notes_are_no_markup():
    assert escaped("see [3] and `a[1]` and $x_[2]$") == "see \\[3\\] and `a[1]` and $x_[2]$"
    assert escaped("costs $5") == "costs \\$5"
