"""From hits to a checked answer: what streams, what never shows, what a failing engine leads to."""

import pytest
from langchain_core.messages import SystemMessage

from ingest.document import Role
from tests.fakes import ScriptedLLM
from tests.tutor.making import SCRIPTED, asked, chunk
from tutor.answer import stream_answer, without_answer
from tutor.llm.message import NotesMessage
from tutor.source import Answer, Token

GRU = "The reset gate decides how much of the past is dropped.\nA GRU has two gates."
QUESTION = "what is the reset gate?"


def run(*script, question=QUESTION, notes=(GRU,), size=3):
    """The tokens and the answer for what an engine says."""
    model = ScriptedLLM(size=size).enqueue(*script)
    *tokens, answer = stream_answer(asked(question, *notes), model, SCRIPTED)
    assert isinstance(answer, Answer)
    assert all(isinstance(token, Token) for token in tokens)
    return "".join(token.text for token in tokens), answer


def test_tokens_come_first_and_the_answer_last():
    shown, answer = run("It drops the past [1]. Two gates [1].\n")

    assert shown == "It drops the past [1]. Two gates [2].\n"
    assert answer.text == "It drops the past [1]. Two gates [2]."
    assert [(c.n, c.quote) for c in answer.citations] == [
        (1, "The reset gate decides how much of the past is dropped."),
        (2, "A GRU has two gates."),
    ]
    assert (answer.answered, answer.reason, answer.near) == (True, None, ())
    assert answer.engine == SCRIPTED


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_tokens_together_are_the_answer(size):
    shown, answer = run("It drops the past [1]. See $x[1]$ and two gates [1]", size=size)

    assert shown == answer.text == "It drops the past [1]. See $x[1]$ and two gates [2]"


def test_tokens_arrive_while_the_engine_is_still_writing():
    model = ScriptedLLM().enqueue("It drops the past, says the note [1].")
    events = stream_answer(asked(QUESTION, GRU), model, SCRIPTED)

    assert next(events) == Token("It")
    assert model.open == 1


def test_what_the_engine_is_given():
    model = ScriptedLLM().enqueue("It drops the past [1].")
    remark = chunk("see [3] for gates", role=Role.ASIDE, title="리셋")
    list(stream_answer(asked(QUESTION, GRU, remark), model, SCRIPTED))

    ((rules, message),) = model.seen
    assert isinstance(rules, SystemMessage)
    assert "NOT_IN_NOTES" in rules.content
    assert GRU not in rules.content  # the same for every question: read once, then kept
    assert isinstance(message, NotesMessage)
    assert (message.question, message.language) == (QUESTION, "en")
    assert message.content == (
        f"<passage>\n[1] (lecture: GRU)\n{GRU}\n</passage>\n"
        "<passage>\n[2] (aside: 리셋)\nsee (3) for gates\n</passage>\n\n"
        f"Question: {QUESTION}\nAnswer in English, with a [number] after every sentence."
    )


@pytest.mark.parametrize("size", [1, 2, 5, 50])
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("NOT_IN_NOTES", ""),
        (" NOT_IN_NOTES.\n", ""),
        ("**NOT_IN_NOTES**", ""),
        ("The notes are silent: NOT_IN_NOTES", "The notes are silent:"),
        ("It drops the past [1]. NOT_IN_NOTES", "It drops the past [1]."),
    ],
)
def test_not_in_notes_never_shows(said, shown, size):
    seen, answer = run(said, size=size)

    assert "NOT_IN" not in seen
    assert seen.strip() == shown
    assert (answer.answered, answer.reason) == (False, "not_in_notes")
    assert answer.text == "That is not in your notes."
    assert answer.citations == ()
    assert [near.title for near in answer.near] == ["GRU"]


def test_words_that_only_begin_like_a_no_are_shown():
    shown, answer = run("NOT all of the past is dropped [1]. NOT_")

    assert shown == answer.text == "NOT all of the past is dropped [1]. NOT_"


@pytest.mark.parametrize("size", [1, 3, 200])
def test_what_a_model_thinks_aloud_is_not_its_answer(size):
    shown, answer = run("<think>\nTwo gates [1]?\n</think>\n\nIt drops the past [1].", size=size)

    assert shown == answer.text == "It drops the past [1]."


def test_a_thought_that_never_ends_is_no_answer():
    shown, answer = run("<think>It drops the past [1].")

    assert (shown, answer.answered) == ("", False)


def test_text_that_no_note_supports_is_no_answer():
    _, answer = run("Bread is baked from flour.")

    assert (answer.answered, answer.reason, answer.citations) == (False, "not_in_notes", ())


def test_an_engine_that_says_nothing_gives_no_answer():
    _, answer = run("  \n")

    assert (answer.answered, answer.reason) == (False, "not_in_notes")


def test_an_engine_is_not_asked_what_the_notes_do_not_hold():
    model = ScriptedLLM()
    (answer,) = stream_answer(asked("who bakes sourdough bread?", GRU), model, SCRIPTED)

    assert (answer.answered, answer.reason) == (False, "not_in_notes")
    assert model.seen == []


def test_without_any_passages_there_is_no_answer():
    (answer,) = stream_answer(asked(QUESTION), ScriptedLLM(), SCRIPTED)

    assert (answer.answered, answer.reason, answer.near) == (False, "not_in_notes", ())


@pytest.mark.parametrize("script", [(OSError("broken pipe"),), ("It drops", OSError("late"))])
def test_an_error_of_the_engine_is_an_error_and_no_answer(script):
    with pytest.raises(OSError, match=r"broken pipe|late"):
        run(*script)


def test_closing_the_stream_stops_the_engine():
    model = ScriptedLLM().enqueue("It drops the past, and so on. " * 100)
    events = stream_answer(asked(QUESTION, GRU), model, SCRIPTED)
    next(events)
    said = model.said
    events.close()

    assert (model.open, model.said) == (0, said)


def test_timings_follow_one_another():
    question = asked(QUESTION, GRU)
    model = ScriptedLLM().enqueue("It drops the past [1].")
    *_, answer = stream_answer(question, model, SCRIPTED)
    timings = answer.timings

    assert 0 <= timings.retrieve_ms <= timings.first_token_ms <= timings.total_ms


@pytest.mark.parametrize(
    ("reason", "language", "begins"),
    [
        ("not_in_notes", "ko", "노트에 없는 내용이에요."),
        ("not_in_notes", "en", "That is not in your notes."),
        ("small_talk", "ko", "안녕하세요!"),
        ("small_talk", "en", "Hello!"),
        ("refused", "ko", "저는 노트에 관한 질문에만 답해요."),
        ("refused", "en", "I only answer questions about your notes"),
    ],
)
def test_answers_without_an_answer(reason, language, begins):
    answer = without_answer(asked(QUESTION, GRU, language=language), reason, SCRIPTED)

    assert answer.text.startswith(begins)
    assert (answer.answered, answer.reason, answer.citations) == (False, reason, ())
    assert bool(answer.near) == (reason == "not_in_notes")


def test_near_lists_each_section_once_and_three_at_most():
    notes = [chunk("a"), chunk("b"), *(chunk("c", document=f"{n}.md") for n in range(5))]
    answer = without_answer(asked(QUESTION, *notes), "not_in_notes", SCRIPTED)

    assert [near.chunk.document for near in answer.near] == ["gru.md", "0.md", "1.md"]
