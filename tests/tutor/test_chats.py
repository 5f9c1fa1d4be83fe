import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.errors import HomeNewer, HomeReadOnly
from tests.ui.fakes import answered, unanswered
from tutor.chats import Chats, Message
from tutor.follow_up import Turn


@pytest.fixture
def chats(tmp_path):
    return Chats(tmp_path / "chats.sqlite3")


def test_what_was_said_comes_back_word_for_word(chats, tmp_path):
    chat = chats.start("리셋 게이트가 뭐야?")
    chats.ask(chat, "리셋 게이트가 뭐야?")
    chats.reply(chat, answered("리셋 게이트가 뭐야?"))
    chats.ask(chat, "내일 날씨는?")
    chats.reply(chat, unanswered("내일 날씨는?"))
    chats.ask(chat, "그럼?")
    chats.cut_short(chat, "반쪽")

    assert Chats(tmp_path / "chats.sqlite3").messages(chat) == [
        Message("user", "리셋 게이트가 뭐야?"),
        Message("assistant", answered("").text, answered("리셋 게이트가 뭐야?")),
        Message("user", "내일 날씨는?"),
        Message("assistant", "노트에 없는 내용이에요.", unanswered("내일 날씨는?")),
        Message("user", "그럼?"),
        Message("assistant", "반쪽"),
    ]
    assert chats.turns(chat)[-2:] == [Turn("user", "그럼?"), Turn("assistant", "반쪽")]


def test_chats_are_listed_by_when_they_were_last_used(chats):
    old, new = chats.start("first"), chats.start("second")
    chats.ask(old, "again")
    assert [chat.id for chat in chats.all()] == [old, new]


def test_a_chat_is_named_after_its_question_on_one_short_line(chats):
    chat = chats.start("가나다 " * 40 + "\n<b>")
    title = chats.get(chat).title
    assert len(title) <= 61
    assert title.endswith("…")
    assert "\n" not in title


def test_renaming_and_deleting(chats):
    chat = chats.start("q")
    chats.ask(chat, "q")
    assert chats.rename(chat, "  새   이름 ")
    assert chats.get(chat).title == "새 이름"
    assert not chats.rename(chat, " ")
    assert chats.delete(chat)
    assert not chats.delete(chat)
    assert chats.messages(chat) == []
    assert chats.get(chat) is None


def test_nothing_is_added_to_a_chat_that_is_gone(chats):
    chats.ask("nowhere", "q")
    assert chats.messages("nowhere") == []


def test_the_last_question_is_taken_back_with_its_answer(chats):
    chat = chats.start("one")
    for question in ("one", "two"):
        chats.ask(chat, question)
        chats.reply(chat, answered(question))
    assert chats.take_back(chat) == "two"
    assert [said.text for said in chats.messages(chat) if said.role == "user"] == ["one"]
    chats.ask(chat, "two and a half")
    assert chats.turns(chat)[-1] == Turn("user", "two and a half")
    assert chats.take_back(chats.start("empty")) == ""


def test_half_a_character_from_a_browser_is_kept_as_text(chats):
    chat = chats.start("q")
    chats.ask(chat, "half \ud83d")
    assert chats.messages(chat)[0].text == "half ?"


def test_many_threads_lose_nothing(chats):
    chat = chats.start("q")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: chats.ask(chat, str(n)), range(40)))
    assert sorted(int(said.text) for said in chats.messages(chat)) == list(range(40))


def test_a_newer_database_is_refused(tmp_path):
    path = tmp_path / "chats.sqlite3"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(HomeNewer):
        Chats(path)


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeReadOnly):
        Chats(tmp_path / "file" / "chats.sqlite3")
