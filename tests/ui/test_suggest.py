from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import Chunk, Place, Role
from tests.ui.fakes import FakeTutor
from ui.suggest import questions, subject_particle


def chunk(text: str, week: int, *, language: str = "ko", role: Role = Role.LECTURE) -> Chunk:
    place = Place(week, 1, f"제목 {week}")
    return Chunk(f"{week}{text}", "c", "d", language, 0, len(text), text, role, place, 0)


@pytest.mark.parametrize(
    ("word", "particle"),
    [
        ("게이트", "가"),
        ("모델", "이"),
        ("GRU", "가"),
        ("CNN", "이"),
        ("LSTM", "이"),
        ("encoder", "가"),
        ("", "가"),
    ],
)
def test_the_particle_follows_the_sound(word: str, particle: str) -> None:
    assert subject_particle(word) == particle


def test_each_lecture_is_asked_for_a_term_it_defines() -> None:
    notes = [
        chunk("리셋 게이트(reset gate)는 얼마나 반영할지 정하는 게이트이다.", 1),
        chunk("경사 하강법 : 기울기의 반대 방향으로 내려가는 방법. 경사 하강법은 느리다.", 2),
        chunk("어텐션은 질의와 키에서 나온 가중치로 값을 평균한 것이다. 어텐션이 널리 쓰인다.", 3),
        chunk("학습 속도 향상 : 한 번만 나오는 말은 용어가 아니다", 4),
    ]
    assert questions(notes, "ko") == [
        "리셋 게이트가 뭐예요?",
        "경사 하강법이 뭐예요?",
        "어텐션이 뭐예요?",
        "‘제목 4’에서 꼭 알아야 할 게 뭐예요?",
    ]


def test_english_definitions_are_asked_for_in_english() -> None:
    notes = [chunk("The reset gate is a vector. Each reset gate is learned.", 1, language="en")]
    assert questions(notes, "en") == ["What does “reset gate” mean?"]


def test_only_the_lecture_speaks() -> None:
    notes = [
        chunk("망각 게이트(forget gate)는 셀 상태를 지우는 게이트이다.", 1, role=Role.COMMENTARY)
    ]
    assert questions(notes, "ko") == []


def test_a_word_that_names_nothing_is_no_term() -> None:
    assert questions([chunk("This is a long line about nothing.", 1)], "en") == [
        "What should I know from “제목 1”?"
    ]


def test_many_lectures_are_spread_and_counted() -> None:
    notes = [chunk("정의 없음", week) for week in range(1, 13)]
    asked = questions(notes, "ko", count=4)
    assert [question[1:5] for question in asked] == ["제목 1", "제목 4", "제목 7", "제목 1"]
    assert len(set(asked)) == 4


def test_notes_in_the_pages_language_come_first(tmp_path: Path) -> None:
    chunks = FakeTutor(tmp_path).chunks()
    assert questions(chunks, "ko") == ["리셋 게이트가 뭐예요?"]
    assert questions(chunks, "en") == ["What should I know from “Attention”?"]
