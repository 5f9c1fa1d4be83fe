"""Where a passage stands: week, lecture, title and headings, from the text or the file's name."""

from itertools import pairwise

import pytest

from ingest.document import Place, Role
from ingest.outline import language_of
from tests.ingest.laid import laid, laid_text, section_of


def place(text: str, passage: str, name: str = "notes.txt") -> Place:
    """Where the section that holds a passage stands."""
    return section_of(laid_text(text, name), passage).place


@pytest.mark.parametrize(
    ("name", "week", "lecture"),
    [
        ("week3/2-cnn.md", 3, 2),
        ("ko/week3/2-cnn.md", 3, 2),
        ("3주차/2차시.txt", 3, 2),
        ("3주 차/2차시 가상 메모리.txt", 3, 2),
        ("제3주/lecture2.md", 3, 2),
        ("3주차.md", 3, None),
        ("3주차_2차시_가상 메모리.md", 3, 2),
        ("week3.txt", 3, None),
        ("week 3/notes.txt", 3, None),
        ("2-cnn.md", None, None),
        ("lecture_notes_weeks_1-5.txt", None, None),
        ("week1-5.txt", None, None),
        ("1~5주차.txt", None, None),
        ("1주차-5주차.txt", None, None),
        ("2025/10-notes.txt", None, None),
    ],
)
def test_a_files_name_places_text_without_headings(name, week, lecture):
    found = place("가상 메모리는 주소 공간을 넓힌다.", "가상", name)
    assert (found.week, found.lecture) == (week, lecture)


def test_folder_names_in_decomposed_form_count_too():
    found = place(
        "가상 메모리이다.", "가상", "3\u110c\u116e\u110e\u1161/2\u110e\u1161\u1109\u1175.txt"
    )
    assert (found.week, found.lecture) == (3, 2)


def test_front_matter_goes_before_the_name():
    text = "---\nweek: 7\nlecture: 4\ntitle: 정렬\n---\n합병 정렬은 나누어 푼다."
    assert place(text, "합병", "week3/2-cnn.md") == Place(7, 4, "정렬")


def test_the_lectures_title_is_written_as_in_the_notes():
    text = "2주차\n\n3차시 - Transformer - U - net 형 model\n\n본문이다."
    assert place(text, "본문") == Place(2, 3, "Transformer - U - net 형 model")


def test_below_a_week_but_above_its_lectures():
    text = "2주 차 - 신경망\n\n소개말이다.\n\n1차시 - RNN\n\n본문이다.\n\n3주 차\n\n다음 주이다."
    assert place(text, "소개말") == Place(2, None, "신경망")
    assert place(text, "본문") == Place(2, 1, "RNN")
    assert place(text, "다음") == Place(3, None, "3주 차")


def test_a_title_stands_at_the_top_of_markdown():
    text = "# 운영체제\n\n머리말이다.\n\n## 잠금\n\n잠금이다.\n\n### 해제\n\n해제이다."
    assert place(text, "머리말", "os.md") == Place(None, None, "운영체제")
    assert place(text, "해제이다", "os.md") == Place(None, None, "운영체제", ("잠금", "해제"))
    assert laid_text(text, "os.md").title == "운영체제"


def test_without_a_title_the_outermost_heading_is_one():
    text = "# 잠금\n\n잠금이다.\n\n## 해제\n\n해제이다.\n\n# 대기\n\n대기이다."
    assert place(text, "해제이다", "os.md") == Place(None, None, "잠금", ("해제",))
    assert place(text, "대기이다", "os.md") == Place(None, None, "대기")
    assert place("잠금이다.", "잠금", "os.md") == Place(None, None, "os")


def test_a_lecture_from_the_files_name_has_the_texts_title():
    text = "# 가상 메모리\n\n## 페이지\n\n페이지이다."
    assert place(text, "페이지이다", "week3/2-vm.md") == Place(3, 2, "가상 메모리", ("페이지",))


def test_levels_of_headings():
    text = "1차시 - X\n\n### 가\n\n하나\n\n##### 나\n\n둘\n\n#### 다\n\n셋\n\n## 라\n\n넷"
    assert [place(text, word).path for word in ("하나", "둘", "셋", "넷")] == [
        ("가",),
        ("가", "나"),
        ("가", "다"),
        ("라",),
    ]


def test_a_line_heads_only_its_paragraph():
    text = "1차시 - X\n\n페이지 표\n주소를 바꾼다.\n\n다음 문단이다."
    assert place(text, "주소를").path == ("페이지 표",)
    assert place(text, "다음").path == ()


def test_a_markdown_heading_ends_a_quiz():
    quiz = "옳은 것은?\n1) 가\n2) 나\n\n### 해설\n\n가가 옳다고 배웠다.\n\n"
    text = f"## 1차시. 잠금\n\n글이다.\n\n## 퀴즈\n\n{quiz}## 참고\n\n덧붙인다."
    assert section_of(laid_text(text), "가가 옳").role is Role.ASIDE
    assert section_of(laid_text(text), "덧붙인다").role is Role.LECTURE
    assert place(text, "덧붙인다") == Place(None, None, "참고")
    inner = f"## 1차시. 잠금\n\n글이다.\n\n### 퀴즈\n\n{quiz}### 더 보기\n\n덧붙인다."
    assert place(inner, "덧붙인다") == Place(None, 1, "잠금", ("더 보기",))


def test_a_quiz_belongs_to_its_week():
    text = "2주 차\n\n1차시 - X\n\n글이다.\n\n옳은 것은?\n1) 가\n2) 나\n\n퀴즈\n\n____은 옳다\n"
    assert place(text, "옳은 것은?") == Place(2, None, "X")
    assert place(text, "____은") == Place(2, None, "퀴즈")


def test_the_pages_header():
    text = "홈\n운영체제 정리\n시험 범위 : 1~3주 차\n\n1주 차\n\n본문이다."
    document = laid_text(text)
    assert document.title == "운영체제 정리"
    assert [part.reason for part in document.skipped] == ["page header", "page header"]
    assert section_of(document, "시험 범위").role is Role.LECTURE


def test_a_preface_is_not_a_header():
    document = laid_text("운영체제를 정리한 글이다.\n\n1주 차\n\n본문이다.")
    assert document.skipped == ()


def test_notes_above_a_quiz_are_not_its_header():
    document = laid_text("TCP\n연결 후 전송\nUDP\n바로 전송\n\n퀴즈\n\n옳은 것은?\n1) 가\n2) 나\n")
    assert document.skipped == ()
    assert section_of(document, "바로 전송").role is Role.LECTURE


def test_twins_share_their_ordinals():
    korean = laid_text("# 게이트\n\n## 리셋\n\n가\n\n## 업데이트\n\n나\n", "ko/week1/1-gates.md")
    english = laid_text("# Gates\n\n## Reset\n\na\n\n## Update\n\nb\n", "en/week1/1-gates.md")
    ordinals = [section.ordinal for section in korean.sections]
    assert ordinals == [section.ordinal for section in english.sections]
    assert len(set(ordinals)) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("게이트는 정보를 거른다.", "ko"),
        ("RNN의 hidden state는 memory 역할을 한다.", "ko"),
        ("A gate (게이트) filters what the network keeps and what it forgets over time.", "en"),
        ("1 + 1 = 2", "en"),
    ],
)
def test_language(text, language):
    assert language_of(text) == language


def test_sections_and_skipped_are_in_order_and_apart():
    document = laid("os_blog.txt")
    for parts in (document.sections, document.skipped):
        assert all(a.end <= b.start for a, b in pairwise(parts))
