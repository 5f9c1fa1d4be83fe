"""The streamer alone: characters, stop strings and the thread, without a model."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from tutor.llm.streamer import CharacterDecoder, StopFilter, TokenStreamer


def decode_bytes(ids):
    """A tokenizer whose tokens are the bytes of UTF-8."""
    return bytes(ids).decode("utf-8", errors="replace")


def decode_words(ids):
    """A tokenizer that drops the space before the first word, as SentencePiece does."""
    return "".join(["▁the", "▁gate", "s"][i] for i in ids).replace("▁", " ").removeprefix(" ")


def threads_named_generate():
    return [thread for thread in threading.enumerate() if thread.name == "generate"]


def test_a_hangul_syllable_comes_with_its_last_byte():
    decoder = CharacterDecoder(decode_bytes)
    assert [decoder.feed(byte) for byte in "a각b".encode()] == ["a", "", "", "각", "b"]


def test_an_unfinished_character_is_left_out_at_the_end():
    decoder = CharacterDecoder(decode_bytes)
    pieces = [decoder.feed(byte) for byte in "각힣".encode()[:-1]]
    assert "".join(pieces) + decoder.flush() == "각"


def test_bytes_that_are_no_character_are_left_out():
    decoder = CharacterDecoder(decode_bytes)
    assert "".join(decoder.feed(byte) for byte in b"a\xffb") == "ab"


def test_spaces_between_words_are_kept():
    decoder = CharacterDecoder(decode_words)
    assert [decoder.feed(token) for token in (0, 1, 2)] == ["the", " gate", "s"]


@pytest.mark.parametrize(
    ("pieces", "stops", "passed"),
    [
        (["one ", "two"], [], ["one ", "two", ""]),
        (["one ST", "OP two"], ["STOP"], ["one ", "", ""]),
        (["one ST", "AR"], ["STOP"], ["one ", "STAR", ""]),
        (["one ST"], ["STOP"], ["one ", "ST"]),
        (["a b c"], ["c", "b"], ["a ", ""]),
        (["a", "질문", ": b"], ["질문:"], ["a", "", "", ""]),
        (["a"], [""], ["a", ""]),
    ],
)
def test_text_passes_up_to_the_first_stop_string(pieces, stops, passed):
    filter_ = StopFilter(stops)
    got = [filter_.feed(piece) for piece in pieces]
    assert [*got, filter_.flush()] == passed


def test_nothing_passes_after_a_stop_string():
    filter_ = StopFilter(["STOP"])
    assert [filter_.feed(piece) for piece in ("a STOP", " b")] == ["a ", ""]
    assert filter_.met


class Ids:
    """As much of a tensor as the streamer asks for."""

    def __init__(self, *ids):
        self.ids = ids

    def flatten(self):
        return self

    def tolist(self):
        return list(self.ids)


def spell(streamer, text, each=lambda: None):
    streamer.put(Ids(*b"prompt"))
    for byte in text.encode():
        each()
        streamer.put(Ids(byte))
    streamer.end()


def test_the_prompt_is_not_part_of_the_text():
    streamer = TokenStreamer(decode_bytes)
    assert "".join(streamer.pieces(lambda: spell(streamer, "각 b"))) == "각 b"
    assert streamer.ids == list("각 b".encode())


def test_an_error_reaches_the_consumer_after_the_text_before_it():
    streamer = TokenStreamer(decode_bytes)

    def fail():
        streamer.put(Ids(0))
        streamer.put(Ids(*b"ab"))
        raise ZeroDivisionError("in the thread")

    pieces = streamer.pieces(fail)
    assert [next(pieces), next(pieces)] == ["a", "b"]
    with pytest.raises(ZeroDivisionError, match="in the thread"):
        next(pieces)
    assert threads_named_generate() == []


def test_closing_the_iterator_ends_the_thread_first():
    streamer = TokenStreamer(decode_bytes)

    def endless():
        streamer.put(Ids(0))
        while not streamer.cancelled:
            streamer.put(Ids(*b"x"))
            time.sleep(0.01)

    pieces = streamer.pieces(endless)
    assert next(pieces) == "x"
    assert len(threads_named_generate()) == 1
    pieces.close()
    assert threads_named_generate() == []


def test_the_event_given_cancels_and_is_never_set_by_us():
    cancel = threading.Event()
    streamer = TokenStreamer(decode_bytes, cancel=cancel)
    assert "".join(streamer.pieces(lambda: spell(streamer, "a"))) == "a"
    assert not cancel.is_set()
    second = TokenStreamer(decode_bytes, cancel=cancel)
    assert not second.cancelled
    cancel.set()
    assert second.cancelled


AT_EXIT = """
import time
from tutor.llm.streamer import TokenStreamer

streamer = TokenStreamer(str)

def endless():
    streamer._send("first")
    while not streamer.cancelled:
        time.sleep(0.01)

pieces = streamer.pieces(endless)
assert next(pieces) == "first"
streamer.keep = pieces  # a cycle: nobody closes it before Python ends
"""


def test_the_program_can_end_in_the_middle_of_an_answer(pytestconfig):
    done = subprocess.run(
        [sys.executable, "-c", AT_EXIT],
        cwd=pytestconfig.rootpath,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
