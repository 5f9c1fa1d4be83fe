"""Every error says what is wrong and what to do, under a code of the contract."""

import inspect

import pytest

import ingest.errors
import tutor.errors
from ingest.errors import TutorError
from tutor.errors import in_both_languages

CODES = {
    "no_such_path", "empty_file", "unreadable", "unsupported_format", "no_such_course",
    "no_such_document", "index_mismatch", "index_damaged", "home_locked", "home_newer",
    "home_read_only", "question_empty", "question_too_long", "bad_line", "no_model",
    "not_available",
}  # fmt: skip
ERRORS = [
    error
    for module in (ingest.errors, tutor.errors)
    for _, error in inspect.getmembers(module, inspect.isclass)
    if issubclass(error, TutorError) and error.__module__ == module.__name__
]


def test_the_codes_are_those_of_the_contract():
    assert {error.code for error in ERRORS} == CODES


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_carries_a_message_and_a_hint(error):
    made = error("It is wrong.", "Put it right.")

    assert (str(made), made.message, made.hint) == ("It is wrong.", "It is wrong.", "Put it right.")
    assert error.__doc__
    assert error.__name__ in (inspect.getmodule(error).__doc__ or "") + "QuestionError HomeError"


def test_every_error_is_told_in_korean_too():
    codes = {kind.code for kind in _all_kinds(TutorError)}
    told = {code: in_both_languages(_error(code)) for code in codes}

    assert told["question_empty"] == "질문을 적어 주세요. What is wrong. What to do."
    assert all("가" <= text[0] <= "힣" for text in told.values())


def _all_kinds(kind):
    return {kind}.union(*(_all_kinds(child) for child in kind.__subclasses__()))


def _error(code):
    error = TutorError("What is wrong.", "What to do.")
    error.code = code
    return error
