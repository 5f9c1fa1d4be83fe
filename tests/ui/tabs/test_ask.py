from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.ui.fakes import FakeTutor, answered
from tutor.errors import QuestionTooLong
from tutor.follow_up import Turn
from ui.tabs import ask
from ui.texts import EN


@pytest.fixture
def tutor(tmp_path: Path) -> FakeTutor:
    return FakeTutor(tmp_path)


def test_an_answer_grows_and_ends_with_its_sources(tutor: FakeTutor) -> None:
    tutor.pause_s = ask.REDRAW_S
    replies = list(ask.converse(tutor, "리셋 게이트가 뭐야?", [], "ko", None))
    growing = [reply.markdown for reply in replies[:-1]]
    assert len(growing) > 5
    assert all(len(a) <= len(b) for a, b in pairwise(growing))
    assert all(reply.turns is None for reply in replies[:-1])
    assert 'class="sources"' in replies[-1].markdown
    assert not any("sources" in shown for shown in growing)


def test_the_answer_joins_the_conversation_and_goes_with_the_next_question(
    tutor: FakeTutor,
) -> None:
    first = list(ask.converse(tutor, "리셋 게이트가 뭐야?", [], "ko", ["genai"]))[-1].turns
    assert first == [
        Turn("user", "리셋 게이트가 뭐야?"),
        Turn("assistant", answered("").text),
    ]
    list(ask.converse(tutor, "그럼 업데이트 게이트는?", first, "ko", ["genai"]))
    question, history, courses = tutor.asked[-1]
    assert (question, history, courses) == ("그럼 업데이트 게이트는?", tuple(first), ("genai",))


def test_only_the_latest_turns_are_handed_on(tutor: FakeTutor) -> None:
    turns = [Turn("user", str(number)) for number in range(40)]
    list(ask.converse(tutor, "q", turns, "ko", None))
    assert [turn.content for turn in tutor.asked[-1][1]] == [str(n) for n in range(28, 40)]


def test_stopping_closes_the_tutors_stream(tutor: FakeTutor) -> None:
    replies = ask.converse(tutor, "리셋?", [], "ko", None)
    next(replies)
    replies.close()
    assert tutor.cancelled == 1


def test_a_question_too_long_is_the_tutors_error(tutor: FakeTutor) -> None:
    with pytest.raises(QuestionTooLong):
        list(ask.converse(tutor, "가" * 5000, [], "ko", None))


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
    waiting = [{"role": "assistant", "content": ask.thinking("en")}]
    assert EN.ask_thinking not in ask.stopped(waiting, "en")[0]["content"]
    assert ask.stopped([], "en") == []
    asked = [{"role": "user", "content": "q"}]
    assert ask.stopped(asked, "en") == asked
