from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.ui.fakes import ITEMS
from tutor.quiz.grade import Grade
from ui import render_quiz
from ui.links import passage_of
from ui.round_view import view
from ui.rounds import Given, Round
from ui.texts import EN, KO

CHOICE, TRUE_FALSE, SHORT, ORDERING, MATCHING = ITEMS
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
RIGHT, WRONG, PARTLY = Grade(1.0, ""), Grade(0.0, ""), Grade(0.5, "")


def words(made: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", made)).split())


def states(made: str) -> list[str]:
    return re.findall(r'<button class="option&#32;(\w+)"|<button class="option (\w+)"', made) and [
        a or b for a, b in re.findall(r'class="option(?:&#32;| )(\w+)"|class="option (\w+)"', made)
    ]


def test_a_question_offers_its_options_as_numbered_buttons() -> None:
    made = render_quiz.question(CHOICE, KO)
    assert states(made) == ["open"] * 4
    assert re.findall(r'value="(\d)"', made) == ["0", "1", "2", "3"]
    assert "객관식" in words(made)
    assert words(made).endswith("숫자 키로 고르고 Enter로 넘어가요.")


def test_an_answered_item_shows_the_key_and_the_choice() -> None:
    assert states(render_quiz.answered(CHOICE, 0, KO)) == ["wrong", "right", "closed", "closed"]
    assert states(render_quiz.answered(CHOICE, 1, KO)) == ["closed", "right", "closed", "closed"]
    assert render_quiz.answered(CHOICE, 0, KO).count("disabled") == 4


def test_nothing_in_an_item_is_markup() -> None:
    made = render_quiz.question(CHOICE, KO)
    assert "<img" not in made
    assert "<b>" not in made
    assert "onerror=\"window.pwned='o'\"" in words(made)


def test_the_result_says_why_and_where() -> None:
    made = render_quiz.result(CHOICE, WRONG, "내일", KO)
    assert "is-wrong" in made
    said = words(made)
    for part in ("틀렸어요", "풀이 노트에 있어요 [1]", "2주 차 2차시", "0에 가까우면", "내일"):
        assert part in said
    hrefs = [html.unescape(href) for href in re.findall(r'href="([^"]*)"', made)]
    cited = CHOICE.citations[0]
    assert [(p.start, p.end) for h in hrefs if (p := passage_of(h))] == [
        (cited.start, cited.end)
    ] * 2


def test_right_partly_and_contested_are_said() -> None:
    assert "맞았어요" in words(render_quiz.result(TRUE_FALSE, RIGHT, "", KO))
    assert "노트끼리 말이 다른" in words(render_quiz.result(TRUE_FALSE, RIGHT, "", KO))
    assert "Partly right" in words(render_quiz.result(SHORT, PARTLY, "", EN))


def test_a_typed_answer_that_was_wrong_shows_the_key() -> None:
    assert "정답 망각 게이트" in words(render_quiz.result(SHORT, WRONG, "", KO))
    assert "정답" not in words(render_quiz.result(SHORT, RIGHT, "", KO))


def test_the_key_of_every_shape() -> None:
    assert render_quiz.key_text(CHOICE) == "리셋 게이트 $r_t$"
    assert render_quiz.key_text(SHORT) == "망각 게이트"
    assert render_quiz.key_text(ORDERING) == "하나 → 둘 → 셋"
    assert render_quiz.key_text(MATCHING) == "리셋 — 잊는다\n업데이트 — 섞는다"
    assert render_quiz.key_text(replace(SHORT, answer=())) == ""


def test_terms_and_options_are_pressed_and_then_shown_where_they_belong() -> None:
    made = render_quiz.question(MATCHING, KO)
    assert made.count('class="term"') == 2
    assert made.count('class="step"') == 2
    shown = render_quiz.answered(MATCHING, (0, 0), KO)
    assert "arranged wrong" in html.unescape(shown)
    assert "arranged right" in html.unescape(shown)
    assert "1번째 하나" in words(render_quiz.answered(ORDERING, [1, 0, 2], KO))


def test_hints_stand_below_the_question() -> None:
    assert "<li>첫 힌트</li>" in render_quiz.question(CHOICE, KO, ["첫 힌트"])


def test_an_item_is_carried_into_the_chat_with_its_key() -> None:
    made = html.unescape(render_quiz.about(SHORT, KO))
    assert "이 문제의 답이 왜 ‘망각 게이트’인지 알려 줘." in made


def test_the_notebook_shows_answer_key_and_source() -> None:
    said = words(render_quiz.notebook([(CHOICE, 0), (ORDERING, [0, 1, 2])], KO))
    assert "내가 고른 답 망각 게이트" in said
    assert "내가 고른 답 둘 → 하나 → 셋" in said
    assert "정답 하나 → 둘 → 셋" in said
    assert "틀린 문제가 없어요" in words(render_quiz.notebook([], KO))


def test_when_an_item_comes_back() -> None:
    assert render_quiz.due_sentence(NOW + timedelta(minutes=1), NOW, KO) == (
        "오늘 안에 한 번 더 나와요."
    )
    later = render_quiz.due_sentence(NOW + timedelta(days=20), NOW, EN)
    assert later == "Next review: 2026-12-12."


def test_how_far_one_is() -> None:
    assert words(render_quiz.position(2, 5, KO)) == "5문제 중 2번째"
    assert "20%" in html.unescape(render_quiz.position(2, 5, KO))
    assert words(render_quiz.position(2, None, EN)) == "Question 2"


def test_a_round_goes_from_question_to_result_to_summary() -> None:
    fresh = Round(items=(CHOICE, SHORT))
    first = view(fresh, NOW, KO)
    assert (first.typing, first.goes_on, first.result, first.over) == (False, "", "", False)
    given = Given(CHOICE, 0, WRONG, NOW)
    second = view(replace(fresh, given=(given,)), NOW, KO)
    assert second.goes_on == "다음 문제"
    assert "틀렸어요" in second.result
    assert view(replace(fresh, given=(given,), index=1), NOW, KO).typing
    both = (given, Given(SHORT, "망각 게이트", RIGHT, NOW))
    assert view(replace(fresh, given=both, index=1), NOW, KO).goes_on == "결과 보기"
    over = view(replace(fresh, given=both, index=2), NOW, KO)
    assert over.over
    said = words(over.item)
    assert said.startswith("2문제 중 1문제를 맞혔어요 다시 볼 문제")
    assert "정답 리셋 게이트" in said


def test_a_round_without_a_fault_has_nothing_to_look_at_again() -> None:
    over = view(Round((CHOICE,), (Given(CHOICE, 1, RIGHT, NOW),), 1), NOW, EN)
    assert "1 of 1 right" in words(over.item)
    assert "Worth another look" not in words(over.item)
