"""What a question wants done: an answer, the places of a thing, an outline of a part, a table.

Knows phrases of two languages; knows no notes. "3주차 요약해줘" is about a part and "어디에서
다뤄?" about places in the notes, while "정규화는 어디에 들어가?" and "베이즈 정리" hold the same
words and ask about their subject. In doubt it is a question to be answered.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from ingest.words import terms, words
from tutor.question import Kind, generic_terms, kind_of


class Task(StrEnum):
    """What would be done for a question."""

    ANSWER = "answer"
    WHERE = "where"
    OUTLINE = "outline"
    TABLE = "table"
    EXAM = "exam"


_TAUGHT = (
    r"(?:다루|다뤄|다룬|다뤘|배우|배워|배웠|배운|설명|언급|소개|적혀|정의|공부|가르|얘기|이야기)"
)
_WHERE = re.compile(
    rf"어디(?:에서|에|서|쯤)?\s*(?:{_TAUGHT}|쓰여\s?있|써\s?있)|어디에\s*(?:나오|나와|나왔|나온)"
    rf"|(?:노트|강의|수업)\s*어디|(?:설명|내용|부분|얘기|정의|수식|공식)[은는이가]?\s*어디(?:에)?\s*(?:있|나)"
    r"|몇\s*(?:주\s*차|차시|강|교시)(?!\s*(?:까지|개|로\s*되|짜리|로\s*구성))"
    r"|(?:어느|무슨|어떤)\s*(?:강의|수업|차시|주\s*차|주에|단원|챕터|섹션|부분(?:에서|에)\s*(?:다|배|나|설))"
    r"|\bwhere\b.*\b(?:covered|explained|discussed|mentioned|introduced|defined|described|taught)\b"
    r"|\bwhere (?:do|does|did) (?:we|i|you|the (?:notes?|course|lectures?|prof\w*)|my notes?)\b"
    r".*\b(?:cover|explain|discuss|mention|learn|define|describe|introduce|talk about|go over)\b"
    r"|\bwhere (?:can|could|should|do|did) i (?:find|read|look|see)\b"
    r"|\bwhere in (?:the|my) (?:notes?|lectures?|course|slides)\b"
    r"|\b(?:which|what) (?:lectures?|weeks?|sections?|chapters?|parts? of (?:the|my) \w+)\b",
    re.I,
)
_OUTLINE = re.compile(
    r"요약\s*(?:해|하|좀|본|부탁|[?.!]*$)|정리\s*(?:해|하|좀|부탁)|핵심\s*(?:만|내용|포인트|정리|개념)"
    r"|개요|훑어|간추려|한눈에|(?:뭘|뭐를?|무엇을?)\s*(?:배웠|배워|배우|다뤘|다뤄|다루)"
    r"|(?:무슨|어떤)\s*내용|(?:뭐|무엇)에\s*(?:대한|관한)|배운\s*(?:거|것|내용)"
    r"|^\W*(?:please |can you |could you |would you |now )*(?:summari[sz]e|outline|recap|sum up"
    r"|(?:give|show|write|make) (?:me )?(?:an? |the )?(?:\w+ )?"
    r"(?:summary|overview|outline|recap|gist))\b"
    r"|\b(?:summary|overview|outline|recap|gist) of\b|\btl;?dr\b"
    r"|^\W*(?:\w+ ){0,3}(?:summary|overview|recap)\W*$"
    r"|\b(?:key|main|important) (?:points?|ideas?|takeaways?|concepts?)\b"
    r"|\bwhat (?:did|do|have) (?:we|i) (?:learn|cover|do|see)\w*\b"
    r"|\bwhat (?:is|was) .{0,20}\babout\W*$|\bwhat does .{0,20}\bcover\b",
    re.I,
)
_TABLE = re.compile(
    r"(?<![가-힣])(?:표|테이블)(?:로|\s*(?:형식|형태|하나)|를?\s*(?:만들|그려))"
    r"|\b(?:as|in|into) an? (?:\w+ )?table\b|\bmake (?:me )?an? (?:\w+ )?table\b|\btabulate\b"
    r"|^\W*(?:an? )?table of\b",
    re.I,
)
_EXAM = re.compile(
    r"(?:시험|중간\s?고사|기말\s?고사|기말|퀴즈).{0,12}(?:나올|나오는|대비|준비|범위|공부|정리|봐야|알아야"
    r"|외워|중요|요약|핵심|복습)(?!다고)|(?:정리|요약|외워|알아|공부|핵심|복습).{0,12}(?:시험|중간\s?고사|기말)"
    r"|\b(?:know|stud(?:y|ied)|revise|review|learn|remember|memori[sz]e|focus|important|prepare"
    r"|key|summar\w+|outline)\b.*\b(?:exam|midterm|final|test)s?\b"
    r"|\b(?:exam|midterm)s?\b.*\b(?:know|study|revise|review|points|summary|prep|notes)\b",
    re.I,
)
_PROPERTY = re.compile(r"[약강이]점|특징|weakness|strength", re.I)
_KEY_POINTS = re.compile(r"\b(?:key|main) (?:points?|ideas?|takeaways?|concepts?)\b", re.I)
_CONTENTS = re.compile(
    r"목차|(?:노트|강의)에\s*(?:뭐|무엇|어떤\s*(?:내용|주제))[가이]?\s*있"
    r"|\b(?:what|which) topics\b|\btable of contents\b|\bwhat(?:'s| is) in my notes\b",
    re.I,
)
_OWN_WORDS = (
    "이번 지난 저번 비교 compare comparison prep preparation 요약 정리 핵심 개요 표 테이블 "
    "시험 중간고사 중간 고사 기말고사 기말 퀴즈 복습 전체 모든 전부 목차 주차 차시 강 주 "
    "시간 단원 챕터 섹션 파트 포인트 개념 범위 대비 준비 공부 만 한눈 훑 간추리 배우 다루 "
    "언급 소개 적히 가르치 외우 중요 형식 형태 그리 부탁 무슨 어떤 오늘 지금까지 지금 여기 "
    "어디 어느 몇 summary summarise summarize overview outline recap gist table tabulate "
    "exam midterm final test quiz cover covered learn learned know study revise review "
    "remember memorise memorize focus important prepare point idea takeaway concept week "
    "lecture section chapter part course find read discuss mention introduce define "
    "describe teach taught talk topic content whole everything main need make show write "
    "lesson slide entire go sum"
)
"""Words of such requests, which name no subject."""


def task_of(question: str, *, scoped: bool) -> Task:
    """What a question wants done.

    Args:
        question: without the words that name a part of the notes.
        scoped: whether there were any.
    """
    named = names_something(question)
    if _TABLE.search(question):
        return Task.TABLE
    if _EXAM.search(question) and (scoped or not named):
        return Task.EXAM
    if named and _WHERE.search(question):
        return Task.WHERE
    if named:
        plain = kind_of(question) is Kind.DEFINITION and not _PROPERTY.search(question)
        outlined = plain and bool(_OUTLINE.search(question))
    else:
        outlined = scoped or bool(_OUTLINE.search(question) or _CONTENTS.search(question))
    return Task.OUTLINE if outlined else Task.ANSWER


def names_something(question: str) -> bool:
    """Whether a request names a subject beside what it wants done."""
    return bool(named_in(question))


def named_in(question: str) -> str:
    """The words of a request that name its subject, as they are written; empty if none does."""
    empty = task_terms() | generic_terms()
    plain = _KEY_POINTS.sub(lambda match: " " * len(match[0]), question)
    found = [word for word in words(plain) if word.noun and word.term not in empty]
    return question[found[0].start : found[-1].end] if found else ""


@lru_cache(maxsize=1)
def task_terms() -> frozenset[str]:
    """The index terms of words that say what is wanted."""
    # word by word: side by side they would be read as a sentence
    return frozenset(term for word in _OWN_WORDS.split() for term in [word, *terms(word)])
