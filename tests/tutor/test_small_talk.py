"""What is said to greetings, thanks and questions about the program."""

import pytest

from tutor.intent import intent_of
from tutor.small_talk import reply


@pytest.mark.parametrize(
    ("message", "begins"),
    [
        ("안녕하세요!", "안녕하세요!"),
        ("hello", "Hello!"),
        ("고마워!", "천만에요!"),
        ("thank you so much", "You're welcome!"),
        ("잘 자요", "오늘도 수고했어요."),
        ("bye", "Well done today."),
        ("넌 누구야?", "저는 노트로 공부를 돕는 튜터예요."),
        ("뭐 할 수 있어?", "저는 노트로 공부를 돕는 튜터예요."),
        ("what can you do?", "I am a tutor for your own notes."),
        ("who are you", "I am a tutor for your own notes."),
        ("너 이름이 뭐야?", "저는 노트로 공부를 돕는 튜터예요."),
        ("도움말", "저는 노트로 공부를 돕는 튜터예요."),
        ("이거 어떻게 써?", "저는 노트로 공부를 돕는 튜터예요."),
        ("help", "I am a tutor for your own notes."),
        ("how do I use this?", "I am a tutor for your own notes."),
        ("are you a robot?", "I am a tutor for your own notes."),
        ("ok", "Sure!"),
        ("넵", "네!"),
    ],
)
def test_replies(message, begins):
    assert intent_of(message) == "small_talk"
    assert reply(message).startswith(begins)


def test_replies_hold_no_markers():
    assert "[" not in reply("뭐 할 수 있어?") + reply("what can you do?")
