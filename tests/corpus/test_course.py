"""The bundled course: 25 lectures in both languages, twins of one shape, formulas that set."""

import re
import unicodedata
from itertools import product

import pytest

from tests.corpus.course import LANGUAGES, Lecture, Section, formulas, lectures, without_formulas
from tests.corpus.latex import Bad, read

LECTURES = lectures()
KOREAN = [name for name in LECTURES if name.startswith("ko/")]
FIELDS = ["course", "week", "lecture", "title", "language"]
INLINE_SLACK = 2
"""A formula within a line may be words in the other language, so often a section."""


def test_a_language_has_five_weeks_of_five_lectures():
    for language in LANGUAGES:
        found = re.findall(rf"^{language}/week(\d)/(\d)-[a-z0-9-]+\.md$", "\n".join(LECTURES), re.M)
        assert found == list(product("12345", repeat=2))


def test_there_are_no_other_files():
    assert len(LECTURES) == 50


def test_both_languages_have_the_same_files():
    assert [name for name, lecture in LECTURES.items() if lecture.twin not in LECTURES] == []


@pytest.mark.parametrize("name", LECTURES)
def test_front_matter_is_complete_and_matches_the_path(name):
    lecture = LECTURES[name]
    language, week, file = name.split("/")
    assert list(lecture.front) == FIELDS
    assert {key: lecture.front[key] for key in FIELDS if key != "title"} == {
        "course": "genai",
        "week": week.removeprefix("week"),
        "lecture": file[0],
        "language": language,
    }


@pytest.mark.parametrize("name", LECTURES)
def test_the_one_title_is_that_of_the_front_matter_in_its_language(name):
    lecture = LECTURES[name]
    assert re.findall(r"^# (.*)$", lecture.body, re.M) == [lecture.front["title"]]
    assert bool(re.search("[가-힣]", lecture.front["title"])) == (lecture.language == "ko")


@pytest.mark.parametrize("name", LECTURES)
def test_text_is_nfc_with_unix_lines_and_no_stray_spaces(name):
    text = LECTURES[name].text
    assert text == unicodedata.normalize("NFC", text)
    assert not re.search(r"\r|\t|[^\S\n]$|\n\n\n|\ufffd", text, re.M)
    assert text.endswith("\n")


@pytest.mark.parametrize("name", LECTURES)
def test_sections_are_named_once_and_hold_something(name):
    titles = [section.title for section in LECTURES[name].sections]
    assert len(titles) == len(set(titles)) >= 5
    assert [s.title for s in LECTURES[name].sections if len(s.text.split()) < 15] == []


def shape(section: Section) -> tuple[int, int, int]:
    """Bullets, numbered steps and formulas on their own lines: what a translation keeps."""
    steps = section.lines(r"\d+\. ")
    return section.lines("- "), steps, len(formulas(section.text, display=True))


def inline(section: Section) -> int:
    return len(formulas(section.text, display=False))


@pytest.mark.parametrize("name", KOREAN)
def test_twins_have_sections_of_the_same_shape_in_the_same_order(name):
    ours, twins = LECTURES[name].sections, LECTURES[LECTURES[name].twin].sections
    assert [shape(section) for section in ours] == [shape(section) for section in twins]
    pairs = zip(ours, twins, strict=True)
    assert [a.title for a, b in pairs if abs(inline(a) - inline(b)) > INLINE_SLACK] == []


def wordless(lecture: Lecture) -> list[str]:
    """The lecture's formulas on their own lines without what \\text says in its language."""
    shown = formulas(lecture.body, display=True)
    return [re.sub(r"\\text\{[^{}]*\}|\s", "", formula) for formula in shown]


@pytest.mark.parametrize("name", KOREAN)
def test_twins_show_the_same_formulas(name):
    assert wordless(LECTURES[name]) == wordless(LECTURES[LECTURES[name].twin])


@pytest.mark.parametrize("name", LECTURES)
def test_a_lecture_has_500_words_of_prose(name):
    words = [word for word in LECTURES[name].prose.split() if re.search(r"\w", word)]
    assert len(words) >= 500


@pytest.mark.parametrize("name", LECTURES)
def test_dollar_signs_are_balanced(name):
    lines = LECTURES[name].body.splitlines()
    assert sum(line == "$$" for line in lines) % 2 == 0
    rest = [line for line in lines if line != "$$"]
    assert [line for line in rest if line.count("$") % 2 or "$$" in line] == []
    left_over = without_formulas(LECTURES[name].body)
    assert re.findall(r"\$|\\[A-Za-z]+|[{}]", left_over) == []


def complaint(formula: str) -> str:
    try:
        read(formula)
    except Bad as bad:
        return f"{formula.strip()}: {bad}"
    return ""


@pytest.mark.parametrize("name", LECTURES)
def test_every_formula_parses(name):
    body = LECTURES[name].body
    found = formulas(body, display=True) + formulas(body, display=False)
    assert found
    assert list(filter(None, map(complaint, found))) == []


@pytest.mark.parametrize(
    "formula",
    [
        " ",
        r"\frac{1}",
        r"\frac{a}{b",
        "a}",
        "x_i_j",
        "x^2^3",
        "x'^2",
        "x_",
        "^2",
        r"\sofmax(x)",
        r"\left( x",
        r"\left( x \right",
        r"x \right)",
        r"\begin{cases} a \\ b \end{pmatrix}",
        r"\begin{foo} a \end{foo}",
        "a & b",
        r"a \\ b",
        "입력 = x",
        r"\big x",
        "50%",
    ],
)
def test_a_broken_formula_is_found(formula):
    with pytest.raises(Bad):
        read(formula)


@pytest.mark.parametrize(
    "formula",
    [
        r"\hat y_{\sigma(i)}",
        r"x'_i{}^2",
        r"\begin{pmatrix}1&0\\0&1\end{pmatrix}",
        r"\left[\frac12\,h\right]^\top",
        r"\text{정확도}=\frac{\text{맞은 것}}{N}",
        r"\bar\alpha_t\approx0.25",
    ],
)
def test_a_sound_formula_passes(formula):
    read(formula)
