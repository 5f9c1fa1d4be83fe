"""Whose words: what stands around a passage decides, where its own words do not."""

from tests.ingest.laid import laid_text, roles

LECTURE = "1차시 - 잠금\n\n잠금은 한 번에 하나만 들어가게 한다.\n\n"
PASTED = (
    "잠금을 쉽게 설명해 드리겠습니다. 화장실 문과 같습니다.\n\n"
    "• 잠금: 문을 잠급니다.\n• 해제: 엽니다.\n"
)
QUIZ = "교착상태의 조건이 아닌것은?\n1.선점\n2.순환 대기\n"


def test_a_fold_that_opens_a_quiz():
    found = roles(laid_text(LECTURE + "더보기\n\n" + QUIZ + "\n선점이네요\n"))
    assert found == [
        ("lecture", "잠금은 한 번에 하나만 들어가게 한다."),
        ("quiz", "교착상태의 조건이 아닌것은?"),
        ("aside", "선점이네요"),
    ]


def test_a_fold_that_opens_a_pasted_text():
    found = roles(laid_text(LECTURE + "더보기\n\n" + PASTED))
    assert found == [
        ("lecture", "잠금은 한 번에 하나만 들어가게 한다."),
        ("commentary", "잠금을 쉽게 설명해 드리겠습니다. 화장실 문과 같습니다."),
    ]


def test_after_a_gap_the_lecture_goes_on():
    lecture = "세마포어는 한 번에 여럿이 들어가게 하는 잠금의 일반형으로 값이 하나 있다."
    assert roles(laid_text(LECTURE + "더보기\n\n" + PASTED + "\n\n\n\n" + lecture))[-1] == (
        "lecture",
        lecture,
    )
    assert roles(laid_text(LECTURE + "더보기\n\n" + PASTED + "\n" + lecture))[-1][0] == "commentary"


def test_a_fold_may_hide_the_lecture_itself():
    found = roles(laid_text(LECTURE + "더보기\n\n세마포어는 여럿이 들어가게 하는 잠금이다.\n"))
    assert [role for role, _ in found] == ["lecture", "lecture"]


def test_a_pasted_paragraph_without_a_fold():
    after = "\n세마포어는 여럿이 들어가게 하는 잠금이다.\n"
    assert roles(laid_text(LECTURE + PASTED + after)) == [
        ("lecture", "잠금은 한 번에 하나만 들어가게 한다."),
        ("commentary", "잠금을 쉽게 설명해 드리겠습니다. 화장실 문과 같습니다."),
        ("lecture", "세마포어는 여럿이 들어가게 하는 잠금이다."),
    ]


def test_polite_lectures_are_lectures():
    text = (
        "1차시 - 잠금\n\n잠금은 한 번에 하나만 들어가게 합니다. 다음과 같습니다.\n\n"
        "예를 들어, 화장실 문이 잠금입니다. 이를 통해 차례를 지킵니다. "
        "다음 시간에 더 살펴보겠습니다.\n"
    )
    assert [role for role, _ in roles(laid_text(text))] == ["lecture"]


def test_under_a_quiz_what_is_no_item_is_a_remark():
    text = (
        "퀴즈\n\n" + QUIZ + "\n흠...\n\n"
        '정답은 "1. 선점"입니다.\n설명: 교착상태는 자원을 빼앗을 수 없을 때 생깁니다.\n\n'
        "나머지 두 조건은 모두 있어야 하며, 하나라도 없으면 교착상태가 생기지 않습니다.\n\n"
        "이번엔 맞혔다\n\n" + QUIZ.replace("교착상태", "기아") + "\n이건 모르겠어요\n"
    )
    assert roles(laid_text(text)) == [
        ("quiz", "교착상태의 조건이 아닌것은?"),
        ("aside", "흠..."),
        ("commentary", '정답은 "1. 선점"입니다.'),
        ("aside", "이번엔 맞혔다"),
        ("quiz", "기아의 조건이 아닌것은?"),
        ("aside", "이건 모르겠어요"),
    ]


def test_a_short_polite_remark_is_the_students():
    assert roles(laid_text("퀴즈\n\n" + QUIZ + "\n선점은 방금 배웠습니다.\n"))[-1][0] == "aside"


def test_a_new_item_ends_what_was_pasted_on_the_one_before():
    said = '정답은 "1. 선점"입니다.\n\n순환 대기는 조건입니다.\n\n'
    text = "퀴즈\n\n" + QUIZ + "\n" + said + QUIZ.replace("교착", "기아") + "\n방금 배웠습니다.\n"
    assert [role for role, _ in roles(laid_text(text))] == ["quiz", "commentary", "quiz", "aside"]


def test_a_quiz_without_a_heading_needs_options_or_a_key():
    asked = "교착상태의 조건이 아닌 것은 무엇인가?\n\n선점은 조건이 아니다.\n"
    assert [role for role, _ in roles(laid_text(LECTURE + asked))] == ["lecture"]
    assert roles(laid_text(LECTURE + QUIZ + "\n선점은 조건이 아니다.\n")) == [
        ("lecture", "잠금은 한 번에 하나만 들어가게 한다."),
        ("quiz", "교착상태의 조건이 아닌것은?"),
        ("lecture", "선점은 조건이 아니다."),
    ]


def test_a_numbered_list_in_a_lecture_is_no_quiz():
    text = LECTURE + "The thread must choose the lock:\n1. spin lock\n2. mutex\n3. semaphore\n"
    assert {role for role, _ in roles(laid_text(text))} == {"lecture"}


def test_a_label_speaks_for_the_paragraphs_below_it():
    text = LECTURE + "ChatGPT 답변\n\n문과 같습니다.\n\n- 잠급니다\n- 엽니다\n\n잠금은 비싸다.\n"
    assert roles(laid_text(text))[1:] == [
        ("commentary", "ChatGPT 답변"),
        ("lecture", "잠금은 비싸다."),
    ]


def test_code_goes_with_the_words_above_it():
    code = "```c\n# 잠금\nlock(&m);\n```\n"
    found = roles(laid_text(LECTURE + code + "\n근데 이게 왜 돼?? ㅋㅋ\n\n" + code, "a.md"))
    assert found == [
        ("lecture", "잠금은 한 번에 하나만 들어가게 한다."),
        ("aside", "근데 이게 왜 돼?? ㅋㅋ"),
        ("lecture", "```c"),
    ]
    found = roles(laid_text(LECTURE + "GPT 답변:\n잠그는 코드입니다.\n\n" + code, "a.md"))
    assert found[1:] == [("commentary", "GPT 답변:")]
    found = roles(laid_text("퀴즈\n\n다음 코드의 빈칸 ____은?\n" + code + "1) m\n2) n\n", "a.md"))
    assert found == [("quiz", "다음 코드의 빈칸 ____은?")]
