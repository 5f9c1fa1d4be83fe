from __future__ import annotations

from ingest.sentences import collapse
from tests.tutor.quiz.samples import chunks, korean
from tutor.quiz.passages import as_read, lectures, sentences

NOTES = """# Tea

## Kinds

Green tea is **not** fermented
at all (Lu, 1985). It is e.g. sencha. Black tea is.

- **Oolong**: half way
- Puerh

```
code = 1
```

$$
x = y
$$

| a | b |
"""


def test_paragraphs_items_and_what_is_left_out():
    (lecture,) = lectures(chunks(NOTES, "tea.md"))
    assert [(line.shape, line.text) for line in lecture.lines if line.shape != "heading"] == [
        ("plain", "Green tea is not fermented at all. It is e.g. sencha. Black tea is."),
        ("bullet", "Oolong: half way"),
        ("bullet", "Puerh"),
    ]
    assert lecture.lines[-2].bold == ("Oolong",)


def test_sentences_have_their_place_in_the_document():
    (lecture,) = lectures(chunks(NOTES, "tea.md"))
    line = next(line for line in lecture.lines if line.shape == "plain")
    found = sentences(line)
    assert [text for text, _ in found] == [
        "Green tea is not fermented at all.",
        "It is e.g. sencha.",
        "Black tea is.",
    ]
    for _, span in found:
        assert NOTES[span.start : span.end] == span.text
    assert collapse(found[0][1].text) == "Green tea is **not** fermented at all (Lu, 1985)."


def test_plain_text_is_read_line_by_line():
    (lecture,) = lectures(chunks("차 : 잎을 우린 물\n커피 : 씨를 볶은 것\n", "차.txt"))
    assert [line.text for line in lecture.lines] == ["차 : 잎을 우린 물", "커피 : 씨를 볶은 것"]


def test_only_the_course_teaches():
    aside = [type(c)(**{**c.to_dict(), "role": "aside", "place": c.place}) for c in korean()]
    assert lectures(aside) == []


def test_markup_is_taken_off():
    assert as_read("**a** `b` [c](http://d) *e*") == "a b c e"
