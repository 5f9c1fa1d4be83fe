"""The parts of the notes that a question names."""

import pytest

from ingest.document import Place
from ingest.glossary import Glossary
from tutor.scope import Part, number_spans, scope_of

TITLES = {
    (1, 1): "ChatGPT란?",
    (2, 2): "RNN 2",
    (2, 3): "Attention 1",
    (2, 4): "attention 2",
    (4, 1): "워드 임베딩",
    (4, 4): "Multi-head Attention",
    (5, 3): "U-Net 모델",
}
PLACES = [Place(week, lecture, title) for (week, lecture), title in TITLES.items()]
PLACES.append(Place(2, 2, "RNN 2", ("GRU의 게이트",)))
GLOSSARY = Glossary([["어텐션", "attention"], ["워드 임베딩", "word embedding"]])


def scoped(question, places=PLACES):
    """The parts found, those missing, and the rest of the question."""
    found = scope_of(question, places, GLOSSARY)
    return found and (found.parts, found.missing, found.rest)


@pytest.mark.parametrize(
    ("question", "part", "rest"),
    [
        ("2주차에서 어텐션이 뭐야?", Part(2), "어텐션이 뭐야?"),
        ("2주 차에서는 뭐 배웠어?", Part(2), "뭐 배웠어?"),
        ("제2주차 정리해줘", Part(2), "정리해줘"),
        ("2주 요약해줘", Part(2), "요약해줘"),
        ("둘째 주에서 뭐 배웠어?", Part(2), "뭐 배웠어?"),
        ("마지막 주 내용 요약해줘", Part(5), "내용 요약해줘"),
        ("2주차 3차시 요약해줘", Part(2, 3), "요약해줘"),
        ("2주차의 세 번째 강의 요약", Part(2, 3), "요약"),
        ("2-3 요약해줘", Part(2, 3), "요약해줘"),
        ("2-3강 요약해줘", Part(2, 3), "요약해줘"),
        ("3강에서 배운 게 뭐야?", Part(None, 3), "배운 게 뭐야?"),
        ("in week 2, what is attention?", Part(2), "what is attention?"),
        ("what should I know from the second week", Part(2), "what should I know"),
        ("summarise week two", Part(2), "summarise"),
        ("what is attention in lecture 2-3?", Part(2, 3), "what is attention?"),
        ("lecture 2.3 summary", Part(2, 3), "summary"),
        ("summarise week 2, lecture 3", Part(2, 3), "summarise"),
        ("summarise lecture 3 of week 2", Part(2, 3), "summarise"),
        ("summarise the third lecture of week 2", Part(2, 3), "summarise"),
        ("W2L3 정리", Part(2, 3), "정리"),
        ("what is in the last lecture", Part(5, 3), "what is"),
    ],
)
def test_one_part_by_number(question, part, rest):
    assert scoped(question) == ((part,), (), rest)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("1~2주차 정리해줘", (Part(1), Part(2))),
        ("1주차부터 2주차까지 요약", (Part(1), Part(2))),
        ("2, 4주차 요약", (Part(2), Part(4))),
        ("2주차와 4주차 비교해줘", (Part(2), Part(4))),
        ("weeks 1-2 summary", (Part(1), Part(2))),
        ("weeks 1 and 4", (Part(1), Part(4))),
        ("2주차 2차시랑 3차시 요약해줘", (Part(2, 2), Part(2, 3))),
    ],
)
def test_several_parts_by_number(question, parts):
    assert scoped(question)[0] == parts


@pytest.mark.parametrize(
    ("question", "parts", "rest"),
    [
        (
            "in the attention lecture, what is the alignment score?",
            (Part(2, 3), Part(2, 4)),
            "what is the alignment score?",
        ),
        ("U-Net 강의에서 단점이 뭐야?", (Part(5, 3),), "단점이 뭐야?"),
        ("워드 임베딩 수업 요약해줘", (Part(4, 1),), "요약해줘"),
        ("the lecture on word embedding: what is TF-IDF?", (Part(4, 1),), ": what is TF-IDF?"),
        ("summarise the GRU section", (Part(2, 2, "GRU의 게이트"),), "summarise"),
    ],
)
def test_parts_by_title_in_either_language(question, parts, rest):
    found = scope_of(question, PLACES, GLOSSARY)

    assert found.by_title
    assert (found.parts, found.rest.lstrip(": ")) == (parts, rest.lstrip(": "))


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("7주차 요약해줘", Part(7)),
        ("what is in week 12?", Part(12)),
        ("2주차 9차시에서 뭐 배웠어?", Part(2, 9)),
    ],
)
def test_parts_that_are_not_there(question, missing):
    assert scoped(question)[:2] == ((), (missing,))


@pytest.mark.parametrize(
    "question",
    [
        "어텐션이 뭐야?",
        "어텐션은 어느 강의에서 다뤄?",
        "어제 강의에서 뭐라고 했어?",
        "이번 강의 요약해줘",
        "which lecture explains attention?",
        "the blockchain lecture",
        "2주 동안 뭐 해?",
        "GPT-2-3이 뭐야?",
        "2강화학습",
        "몇 주차에 배웠어?",
        "is 9-9 a place?",
    ],
)
def test_what_names_no_part(question):
    assert scoped(question) is None


def test_in_notes_without_lectures_they_are_weeks():
    assert scoped("2강 요약해줘", [Place(2, None, "RNN")])[0] == (Part(2),)


def test_a_part_holds_what_stands_in_it():
    assert Part(2).holds(Place(2, 3, "x"))
    assert not Part(2, 3).holds(Place(2, 4, "x"))
    assert Part(title="Gates").holds(Place(None, None, "x", ("Gates",)))


def test_names_in_both_languages():
    assert (Part(2, 3).name("ko"), Part(2, 3).name("en")) == ("2주차 3차시", "week 2, lecture 3")
    assert Part(title="Gates").name("ko") == "‘Gates’"


def test_where_numbers_stand():
    assert number_spans("2주차에서 어텐션이 뭐야?") == [(0, 6)]
    assert number_spans("어텐션이 뭐야?") == []
