"""The course is our own writing: no long run of words is shared with a student's notes.

The notes lie next to the checkout, not in it; without them there is nothing to compare with. What
counts as a word and how terms are left out is said in `overlap.py`.
"""

import sys

import pytest

from tests.corpus.course import CORPUS, LANGUAGES, lectures
from tests.corpus.overlap import Run, glossary_terms, longest_run, words

NOTES = CORPUS.parents[1] / "shared" / "seed"
MOST = 8
"""Words in a row, terms apart: more is a sentence somebody else wrote."""


@pytest.fixture(scope="module")
def notes() -> str:
    files = sorted(NOTES.glob("*.txt"))
    if not files:
        pytest.skip(f"no student's notes to compare with: no *.txt in {NOTES}")
    return "\n\n".join(file.read_text(encoding="utf-8-sig") for file in files)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_lecture_repeats_the_notes(language, notes, capsys):
    terms = glossary_terms()
    ours = [lecture for lecture in lectures().values() if lecture.language == language]
    runs = {lecture.name: longest_run(lecture.body, notes, terms) for lecture in ours}
    raw = {lecture.name: longest_run(lecture.body, notes) for lecture in ours}
    with capsys.disabled():
        for label, found in (("terms apart", runs), ("all words", raw)):
            name = max(found, key=lambda name: (found[name].counted, len(found[name].words)))
            sys.stdout.write(f"\n{language}, {label}: {found[name]} ({name})")
    assert {name: str(run) for name, run in runs.items() if run.counted > MOST} == {}


def test_no_notes_to_learn_from_repeat_the_notes(notes):
    terms = glossary_terms()
    files = sorted((CORPUS / "training").glob("*/notes/*"))
    assert len(files) > 5
    runs = {p: longest_run(p.read_text(encoding="utf-8"), notes, terms) for p in files}
    assert {path.name: str(run) for path, run in runs.items() if run.counted > MOST} == {}


@pytest.mark.parametrize(
    ("ours", "theirs", "run"),
    [
        ("One two three four", "zero two three five", ("two", "three")),
        ("Cats, $x^2$ and 3 dogs!", "the CATS and dogs", ("cats", "and", "dogs")),
        (
            "게이트는 과거를\n\n지운다",
            "그 게이트는, 과거를 지운다",
            ("게이트는", "과거를", "지운다"),
        ),
        ("nothing here", "in common", ()),
    ],
)
def test_a_run_goes_on_across_punctuation_numbers_and_formulas(ours, theirs, run):
    assert longest_run(ours, theirs) == Run(len(run), run)


def test_the_words_of_a_term_do_not_count_but_must_be_shared():
    terms = {("reset", "gate"), ("gate",), ("트랜스포머",)}
    same = "the reset gate forgets"
    assert longest_run(same, same, terms) == Run(2, ("the", "reset", "gate", "forgets"))
    assert longest_run(same, "the update gate forgets", terms).counted == 1
    assert longest_run("트랜스포머는 빠르다", "트랜스포머는 빠르다", terms).counted == 2


def test_a_copied_sentence_is_found():
    copied = "the model reads every word of the page twice before it says anything at all"
    assert longest_run(f"Now {copied}. The end.", f"He said: {copied}!").counted == 15


def test_the_glossary_gives_terms_as_words():
    assert {("reset", "gate"), ("리셋", "게이트"), ("gru",)} <= glossary_terms()
    assert words("ResNet-50, GPT") == ["resnet", "gpt"]
