from __future__ import annotations

import html
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.ui.fakes import FakeTutor, answered
from tutor.chats import Message
from tutor.errors import QuestionTooLong
from tutor.follow_up import Turn
from ui import conversation, render_chat
from ui.conversation import converse
from ui.tabs import ask
from ui.texts import EN, KO

QUESTION = "리셋 게이트가 뭐야?"


@pytest.fixture
def tutor(tmp_path: Path) -> FakeTutor:
    return FakeTutor(tmp_path)


def last(tutor: FakeTutor) -> str:
    """The id of the latest chat."""
    return tutor.chats.all()[0].id


def test_an_answer_grows_and_ends_complete_and_written_down(tutor: FakeTutor) -> None:
    tutor.pause_s = conversation.REDRAW_S
    replies = list(converse(tutor, QUESTION, "", None))
    growing = [reply.text for reply in replies[:-1]]
    assert growing[0] == ""
    assert len(growing) > 5
    assert all(len(a) <= len(b) for a, b in pairwise(growing))
    assert replies[-1].answer == answered(QUESTION)
    assert tutor.chats.messages(replies[0].chat) == [
        Message("user", QUESTION),
        Message("assistant", answered("").text, answered(QUESTION)),
    ]


def test_a_follow_up_goes_into_the_same_chat_with_what_was_said(tutor: FakeTutor) -> None:
    chat = list(converse(tutor, QUESTION, "", ["genai"]))[-1].chat
    again = list(converse(tutor, "그럼 업데이트 게이트는?", chat, ["genai"]))[-1].chat
    assert again == chat
    question, history, courses = tutor.asked[-1]
    first = (Turn("user", QUESTION), Turn("assistant", answered("").text))
    assert (question, history, courses) == ("그럼 업데이트 게이트는?", first, ("genai",))


def test_only_the_latest_turns_are_handed_on(tutor: FakeTutor) -> None:
    chat = tutor.chats.start("0")
    for number in range(40):
        tutor.chats.ask(chat, str(number))
    list(converse(tutor, "q", chat, None))
    assert [turn.content for turn in tutor.asked[-1][1]] == [str(n) for n in range(28, 40)]


def test_a_chat_that_was_deleted_meanwhile_is_begun_anew(tutor: FakeTutor) -> None:
    reply = list(converse(tutor, QUESTION, "gone", None))[-1]
    assert reply.chat != "gone"
    assert len(tutor.chats.messages(reply.chat)) == 2


def test_stopping_closes_the_tutors_stream_and_keeps_what_was_said(tutor: FakeTutor) -> None:
    tutor.pause_s = conversation.REDRAW_S
    replies = converse(tutor, QUESTION, "", None)
    next(replies)
    said = next(replies).text
    replies.close()
    assert tutor.cancelled == 1
    question, cut = tutor.chats.messages(last(tutor))
    assert question.text == QUESTION
    assert cut.answer is None
    assert cut.text.startswith(said.strip())


def test_a_draft_stands_above_until_the_models_answer_is_complete(tutor: FakeTutor) -> None:
    tutor.drafted = answered(QUESTION)
    tutor.pause_s = conversation.REDRAW_S
    draft, *writing, complete = list(converse(tutor, QUESTION, "", None))[1:]
    assert (draft.draft, draft.text) == (answered("").text, "")
    assert len(writing) > 3
    assert {reply.draft for reply in writing} == {answered("").text}
    assert (complete.draft, complete.answer) == ("", answered(QUESTION))
    shown = render_chat.growing("grown", KO, "drafted")["content"]
    assert shown.index("drafted") < shown.index(render_chat.writing(KO)) < shown.index("grown")


def test_of_an_answer_stopped_below_its_draft_the_draft_stays(tutor: FakeTutor) -> None:
    tutor.drafted = answered(QUESTION)
    tutor.pause_s = conversation.REDRAW_S
    replies = converse(tutor, QUESTION, "", None)
    *_, growing = (next(replies) for _ in range(4))
    replies.close()
    assert growing.text
    assert tutor.chats.messages(last(tutor))[-1].text == answered("").text
    on_the_page = render_chat.growing(growing.text, KO, "초안")
    assert ask.stopped([on_the_page], "ko") == [render_chat.cut_short("초안", KO)]


def test_a_question_too_long_leaves_no_trace(tutor: FakeTutor) -> None:
    with pytest.raises(QuestionTooLong):
        list(converse(tutor, "가" * 5000, "", None))
    assert tutor.chats.all() == []
    chat = list(converse(tutor, QUESTION, "", None))[-1].chat
    with pytest.raises(QuestionTooLong):
        list(converse(tutor, "가" * 5000, chat, None))
    assert len(tutor.chats.messages(chat)) == 2


def test_answered_again_and_edited_the_old_answer_gives_way(tutor: FakeTutor) -> None:
    list(ask.respond(tutor, QUESTION, False, {"chat": ""}, "ko", []))
    here = {"chat": last(tutor)}
    list(ask.respond_again(tutor, here, "ko", []))
    assert [m.text for m in tutor.chats.messages(here["chat"])][::2] == [QUESTION]
    list(ask.respond(tutor, "내일 날씨는?", True, here, "ko", []))
    question, answer = tutor.chats.messages(here["chat"])
    assert question.text == "내일 날씨는?"
    assert answer.answer is not None
    assert not answer.answer.answered


def test_nothing_is_asked_without_a_question(tutor: FakeTutor) -> None:
    list(ask.respond(tutor, "  ", False, {"chat": ""}, "ko", []))
    list(ask.respond_again(tutor, {"chat": "gone"}, "ko", []))
    assert tutor.asked == []
    assert tutor.chats.all() == []


@pytest.mark.parametrize("kept", [None, {}, {"chat": 7}, [], "x"])
def test_what_the_browser_kept_may_be_anything(tutor: FakeTutor, kept: object) -> None:
    assert ask.opened(tutor, kept, "ko", [])[0] == []  # type: ignore[arg-type]


def test_after_an_answer_three_questions_follow_that_the_notes_can_answer(
    tutor: FakeTutor,
) -> None:
    chat = list(converse(tutor, "업데이트는?", "", None))[-1].chat
    shown, _, _ = ask.opened(tutor, {"chat": chat}, "ko", [])
    offered = re.findall(
        r'<button class="next"[^>]*>(.*?)</button>', html.unescape(shown[-1]["content"])
    )
    assert offered
    assert len(offered) <= 3
    assert all(tutor.can_answer(question) for question in offered)
    assert "업데이트는?" not in offered


def test_an_answer_that_was_cut_off_by_the_end_of_the_server_is_said_to_be(
    tutor: FakeTutor,
) -> None:
    chat = tutor.chats.start(QUESTION)
    tutor.chats.ask(chat, QUESTION)
    shown, again, _ = ask.opened(tutor, {"chat": chat}, "ko", [])
    assert "끊겼어요" in html.unescape(shown[-1]["content"])
    assert again["visible"]


def test_a_stopped_answer_keeps_what_was_said() -> None:
    chat = [
        {"role": "user", "content": [{"type": "text", "text": "q"}]},
        {"role": "assistant", "content": [{"type": "text", "text": "half an ans"}]},
    ]
    kept = ask.stopped(chat, "en")
    assert kept[0] == chat[0]
    assert kept[1]["content"].startswith("half an ans\n\n<p")
    assert "Stopped here" in kept[1]["content"]


def test_stopped_before_the_first_word_or_without_a_question() -> None:
    waiting = [render_chat.growing("", EN)]
    assert EN.ask_thinking not in ask.stopped(waiting, "en")[0]["content"]
    assert ask.stopped([], "en") == []
    asked = [{"role": "user", "content": "q"}]
    assert ask.stopped(asked, "en") == asked


def test_a_chat_can_be_taken_along(tutor: FakeTutor) -> None:
    list(converse(tutor, QUESTION, "", None))
    (chat,) = tutor.chats.all()
    text = render_chat.exported(chat, tutor.chats.messages(chat.id), KO)
    assert text.startswith(f"# {QUESTION}\n\n## 질문: {QUESTION}\n\n리셋 게이트는")
    assert "- [1] 리셋 게이트(reset gate)는" in text
    assert "2주 차 2차시, ko/week2/2-lstm-gru.md" in text


def test_names_of_chats_are_text() -> None:
    from datetime import UTC, datetime

    from tutor.chats import Chat

    now = datetime.now(UTC)
    made = render_chat.listing([Chat("1", "<img src=x>", now)], "1", now, EN)
    assert "<img" not in made
    assert 'aria-current="true"' in made
