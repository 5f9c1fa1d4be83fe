from __future__ import annotations

import pytest

from tutor.quiz.terms import Names, Term, head_noun, is_name, is_subject, read_term, related, script


def test_a_term_with_its_other_names():
    assert read_term("망각 게이트(forget gate, 포겟 게이트)", "ko") == Term(
        "망각 게이트", ("forget gate", "포겟 게이트")
    )
    assert read_term("GPT-3 (2020)", "ko") == Term("GPT-3")
    assert read_term("합성곱(커널 너비 k)", "ko") == Term("합성곱")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("장점", "ko"),
        ("예시", "ko"),
        ("소프트맥스를 쓸 때", "ko"),
        ("3단계", "ko"),
        ("8 kHz 녹음 2초", "ko"),
        ("x", "ko"),
        ("the forget gate", "en"),
        ("This", "en"),
        ("Result", "en"),
        ("Near 0", "en"),
        ("step 4", "en"),
        ("Cho et al", "en"),
        ("It is", "en"),
    ],
)
def test_these_are_no_names(text, language):
    assert not is_name(text, language)


def test_in_a_list_with_a_topic_everyday_words_are_names():
    assert read_term("학습", "ko") is None
    assert read_term("학습", "ko", member=True) == Term("학습")


@pytest.mark.parametrize(
    "name", ["어순과 문맥", "대응책인 학습", "각 단어", "이미지에서 커널", "둘째 값"]
)
def test_phrases_are_no_subjects(name):
    assert not is_subject(name)


def test_names_of_one_concept_join():
    names = Names()
    names.join(["리셋 게이트", "reset gate"])
    names.join(["Reset Gate", "재설정 게이트"])
    assert names.same("리셋게이트", "재설정 게이트")
    assert not names.same("리셋 게이트", "업데이트 게이트")
    assert names.aliases("리셋 게이트") == ("재설정 게이트", "reset gate")


def test_relations_between_names():
    assert related("RNN", "양방향 RNN")
    assert not related("입력 게이트", "출력 게이트")
    assert head_noun("망각 게이트", "ko") == head_noun("입력 게이트", "ko")
    assert [script(name) for name in ("LSTM", "게이트", "CNN 층")] == ["latin", "hangul", "mixed"]
