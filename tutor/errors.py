"""The read side's branch of the error tree (its root is `ingest.errors.TutorError`).

TutorError
├── QuestionError
│   ├── QuestionEmpty      question_empty
│   └── QuestionTooLong    question_too_long
├── BadLine                bad_line
├── NoModel                no_model
└── NotAvailable           not_available
"""

from __future__ import annotations

from ingest.errors import TutorError


class QuestionError(TutorError):
    """The question cannot be worked on as it is."""


class QuestionEmpty(QuestionError):
    """There is no question."""

    code = "question_empty"


class QuestionTooLong(QuestionError):
    """The question is longer than `tutor.tutor.MAX_QUESTION` characters."""

    code = "question_too_long"


class BadLine(TutorError):
    """A line of JSON input cannot be used."""

    code = "bad_line"


class NoModel(TutorError):
    """The language model asked for cannot be loaded or reached."""

    code = "no_model"


class NotAvailable(TutorError):
    """A kind, format or store that this version does not have yet."""

    code = "not_available"
