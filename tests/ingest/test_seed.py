"""The student's real file, where it lies beside the checkout: weeks, lectures, and who speaks.

It only adds to the notes of our own (test_layouts.py): every quirk of it stands there, too. Its
words are the student's and are not repeated here, so its lines go by their numbers.
"""

import hashlib
from pathlib import Path

import pytest

from ingest.chunk import chunk
from ingest.document import Document
from ingest.formats import read
from ingest.lines import split_lines
from ingest.outline import lay_out
from tests.ingest.laid import rendered

SEED = Path(__file__).parents[3] / "shared" / "seed" / "lecture_notes_weeks_1-5.txt"
VERSION = "2aba3ba6fdd905bd67f169aa778267962943a77e604e8d0a6a1351e305a19b82"

TITLES = {
    1: [
        "CHAT GPT란?",
        "생성형 인공지능이란?",
        "인지 인공지능(Coginitive AI)과의 차이점",
        "언어 및 영상 생성",
        "언어 생성 방법",
    ],
    2: ["RNN 1", "RNN 2", "Attention 1", "attention 2", "간단한 언어 번역"],
    3: [
        "Convolution이란 ?",
        "다층 구조 신경망 ANN",
        "다층 구조 신경망 구조",
        "다층 구조 신경망의 학습",
        "CNN의 한계",
    ],
    4: [
        "워드 임베딩",
        "Self attention 1",
        "Self attention 2",
        "Multi head Attention",
        "Transformer 작동 원리",
    ],
    5: [
        "Transformer - 영상 패치 임베딩",
        "Transformer - ViT 모델",
        "Transformer - U - net 형 model",
        "Multi-Head Attention",
        "영상 트랜스포머 응용 1",
    ],
}

WHOSE = {
    "lecture": """13 15 18 20 52 54 62 68 71 76 80 92 109 118 125 130 136 256 258 263 278 283 287
        289 298 317 431 846 850 932 1033 1229 1231""",
    "aside": """203 225 246 292 475 496 498 517 537 539 560 562 564 722 723 744 762 781 800 808
        1035 1054 1056 1082 1102 1103 1109 1111 1115 1117 1132 1134 1153 1160 1166 1216 1278 1348
        1383 1400 1417 1436""",
    "commentary": """321 323 325 335 342 420 422 423 425 567 725 727 746 748 766 804 854 858 864
        886 917 926 1059 1061 1067 1084 1107 1113 1138 1156 1164 1354 1358 1364 1387 1440""",
    "quiz": """148 152 157 159 172 176 178 191 236 458 461 463 465 482 486 501 554 709 712 715 754
        760 1046 1052 1094 1100 1339 1345 1374 1375 1381 1434""",
    "page header": "1 3",
    "date": "5",
    "counter": "6 1446",
    "fold": "146 319 456 707 852 1041 1334",
    "link": "1217",
    "link card": "1221 1223 1225",
}
"""Line number → whose words a reader takes it for, all over the file."""


@pytest.fixture(scope="module")
def document() -> Document:
    if not SEED.exists():
        pytest.skip(f"the student's file is not at {SEED}")
    if hashlib.sha256(SEED.read_bytes()).hexdigest() != VERSION:
        pytest.skip(f"{SEED} is not the version whose lines are numbered here")
    return lay_out(SEED.name, read(SEED))


def test_five_weeks_of_five_lectures_with_titles_as_written(document):
    places = [section.place for section in document.sections]
    lectures = dict.fromkeys((p.week, p.lecture, p.title) for p in places if p.lecture)
    assert list(lectures) == [
        (week, number, title)
        for week, titles in TITLES.items()
        for number, title in enumerate(titles, start=1)
    ]


def test_every_week_has_its_quiz(document):
    quizzes = {(s.place.week, s.place.lecture) for s in document.sections if s.role == "quiz"}
    assert quizzes == {(week, None) for week in range(1, 6)}


@pytest.mark.parametrize(("role", "numbers"), WHOSE.items())
def test_whose_words(document, role, numbers):
    lines = split_lines(document.text)
    spans = [(s.start, s.end, s.role.value) for s in document.sections]
    spans += [(s.start, s.end, s.reason) for s in document.skipped]
    for number in map(int, numbers.split()):
        line = lines[number - 1]
        found = [what for start, end, what in spans if start <= line.start and line.end <= end]
        assert (number, found) == (number, [role])


def test_how_many_lines_are_judged():
    numbers = [number for listed in WHOSE.values() for number in listed.split()]
    assert len(set(numbers)) == len(numbers) >= 60


def test_only_headings_are_left_over(document):
    left = [line[2:] for line in rendered(document).splitlines() if line.startswith("= ")]
    assert [line for line in left if "차시" not in line and "주 차" not in line] == ["퀴즈"] * 5
    assert len(left) == 5 + 25 + 5


def test_the_page(document):
    assert document.title == "생성형 인공지능 입문 1~5주 차 정리, 퀴즈"
    assert document.language == "ko"


def test_chunks_are_exact(document):
    chunks = chunk(document, "seed")
    assert all(document.text[c.start : c.end] == c.text for c in chunks)
    assert len({c.id for c in chunks}) == len(chunks)
    assert {(c.place.week, c.place.lecture) for c in chunks if c.role == "lecture"} == {
        (week, lecture) for week in range(1, 6) for lecture in range(1, 6)
    }
