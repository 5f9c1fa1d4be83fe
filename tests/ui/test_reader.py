from __future__ import annotations

import html
import re

from ingest.document import Document, Place, Role, Section, Skipped
from tests.ui.fakes import DOCUMENTS, GRU
from ui.reader import LECTURE_LIMIT, note_html, stretch_at, window
from ui.texts import EN, KO

DOCUMENT = DOCUMENTS["genai"][0]


def shown(quote: str, *, whole: bool = False) -> str:
    start = GRU.index(quote)
    end = start + len(quote)
    return note_html(DOCUMENT, start, end, window(DOCUMENT, start, end, whole=whole), KO)


def marked(made: str) -> str:
    return html.unescape("".join(re.findall(r"<mark>(.*?)</mark>", made)))


def words(made: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", made))


def test_the_quote_is_marked_and_nothing_else() -> None:
    assert marked(shown("0에 가까우면 과거를 잊는다.")) == "0에 가까우면 과거를 잊는다."


def test_a_mark_runs_through_bold_text_and_leaves_out_its_asterisks() -> None:
    made = shown("얼마나 **반영할지** 정하는")
    assert marked(made) == "얼마나 <strong>반영할지</strong> 정하는"


def test_a_mark_over_half_a_formula_takes_all_of_it() -> None:
    assert marked(shown("비율 $z")) == "비율 \ue000z_t\ue001"


def test_a_formula_over_several_lines_stays_one() -> None:
    made = shown("0에")
    assert made.count("\ue002") == made.count("\ue003") == 1
    assert "h_t = (1 - z_t)" in words(made)


def test_prices_are_no_formula() -> None:
    assert "비용은 $5에서 $6 사이이다." in words(shown("0에"))


def test_nothing_in_a_note_is_markup() -> None:
    made = shown("0에", whole=True)
    assert set(re.findall(r"<\s*/?(\w+)", made)) <= {"p", "h4", "mark", "strong", "code"}
    assert "<script>window.pwned = 'script'</script>" in words(made)


def test_a_change_of_speaker_is_said() -> None:
    made = shown("0에")
    assert re.findall(r'<p class="voice voice-(\w+)">(.*?)</p>', made) == [
        ("aside", "내 메모"),
        ("commentary", "붙여 넣은 설명"),
    ]


def test_the_window_is_the_lecture_and_the_whole_note_when_asked_for() -> None:
    start = GRU.index("0에")
    lecture = window(DOCUMENT, start, start + 2, whole=False)
    assert GRU[lecture.start : lecture.end].startswith("리셋 게이트(")
    assert GRU[lecture.start : lecture.end].endswith("'img'\">")
    whole = window(DOCUMENT, start, start + 2, whole=True)
    assert (whole.start, whole.end, whole.cut) == (0, len(GRU), False)


def test_a_long_lecture_is_cut_around_the_quote_at_line_ends() -> None:
    text = "\n".join(f"line {number:05}" for number in range(10_000))
    section = Section(0, len(text), Role.LECTURE, Place(1, 1, "Long"), 0)
    document = Document("long.txt", text, "Long", "en", (section,), ())
    start = text.index("line 05000")
    shown = window(document, start, start + 10, whole=False)
    assert shown.cut
    assert shown.start < start < shown.end
    assert shown.end - shown.start <= LECTURE_LIMIT + 40
    lines = text[shown.start : shown.end].split("\n")
    assert all(re.fullmatch(r"line \d{5}", line) for line in lines)


def test_furniture_is_shown_but_not_as_anyones_words() -> None:
    text = "2024. 6. 11.\n강의 내용이다."
    section = Section(13, len(text), Role.LECTURE, Place(1, 1, "A"), 0)
    document = Document("a.txt", text, "A", "ko", (section,), (Skipped(0, 12, "date"),))
    made = note_html(document, 13, 15, window(document, 13, 15, whole=True), EN)
    assert '<p class="line&#32;furniture">' in made or '<p class="line furniture">' in made
    assert marked(made) == "강의"


def test_offsets_beyond_the_note_do_no_harm() -> None:
    made = note_html(DOCUMENT, 9_000, 9_500, window(DOCUMENT, 9_000, 9_500, whole=False), KO)
    assert marked(made) == ""


def test_the_section_at_an_offset() -> None:
    sections = DOCUMENT.sections
    assert stretch_at(sections, sections[1].start) is sections[1]
    assert stretch_at(sections, sections[1].end - 1) is sections[1]
    assert stretch_at(sections, 0) is None
    assert stretch_at((), 3) is None
