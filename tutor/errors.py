"""The read side's branch of the error tree (its root is `ingest.errors.TutorError`).

TutorError
├── QuestionError
│   ├── QuestionEmpty      question_empty
│   └── QuestionTooLong    question_too_long
├── BadLine                bad_line
├── NoModel                no_model
│   ├── HubUnreachable     no_model
│   ├── FetchFailed        no_model
│   └── FetchStopped       no_model
└── NotAvailable           not_available
"""

from __future__ import annotations

from ingest.errors import OnlyPictures, TutorError


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


class HubUnreachable(NoModel):
    """No model hub answers, or it stopped answering."""


class FetchFailed(NoModel):
    """A model cannot be fetched: what comes is wrong, or there is no room for it."""


class FetchStopped(NoModel):
    """Somebody stopped the download of this model; it is not gone on with unasked."""


class NotAvailable(TutorError):
    """A kind, format or store that this version does not have yet."""

    code = "not_available"


_KOREAN = {
    "no_such_path": "그런 파일이나 폴더가 없어요.",
    "empty_file": "읽을 내용이 없어요.",
    "unreadable": "글로 읽을 수 없는 파일이에요.",
    "unsupported_format": "아직 읽지 못하는 형식이에요.",
    "no_such_course": "그런 이름의 과목을 쓸 수 없어요.",
    "no_such_document": "그런 문서가 없어요.",
    "index_mismatch": "다른 인코더로 만든 색인이에요.",
    "index_damaged": "색인이 망가졌어요. 노트를 다시 넣으면 고쳐져요.",
    "home_locked": "다른 곳에서 같은 과목을 고치는 중이에요.",
    "home_newer": "더 새로운 버전이 만든 홈 폴더예요.",
    "home_read_only": "홈 폴더에 쓸 수 없어요.",
    "question_empty": "질문을 적어 주세요.",
    "question_too_long": "질문이 너무 길어요.",
    "bad_line": "입력을 알아볼 수 없어요.",
    "no_model": "언어 모델을 쓸 수 없어요.",
    "not_available": "아직 안 되는 기능이에요.",
}


_ONLY_PICTURES = (
    "스캔한 그림만 들어 있고 글자가 없는 파일이에요. 글자 인식(OCR)을 거친 파일을 넣어 주세요."
)


def in_both_languages(error: TutorError) -> str:
    """What is wrong in a Korean sentence, then the details and the hint in English."""
    korean = _ONLY_PICTURES if isinstance(error, OnlyPictures) else _KOREAN[error.code]
    return f"{korean} {error.message} {error.hint}"
