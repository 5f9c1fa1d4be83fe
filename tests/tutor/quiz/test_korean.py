from __future__ import annotations

import pytest

from tutor.quiz import korean


@pytest.mark.parametrize(
    ("word", "closed"),
    [
        ("게이트", False),
        ("장점", True),
        ("RNN", True),
        ("GRU", False),
        ("encoder", False),
        ("attention", True),
        ("GPT-3", True),
        ("GPT-2", False),
        ("U-Net", None),
    ],
)
def test_has_final(word, closed):
    assert korean.has_final(word) is closed


def test_particles_follow_the_word():
    assert korean.with_particle("장점", "이/가") == "장점이"
    assert korean.with_particle("한계", "이/가") == "한계가"
    assert korean.with_particle("U-Net", "은/는") == "U-Net은(는)"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("는 단어를 센다", ("는", " 단어를 센다")),
        ("으로부터 온다", ("으로부터", " 온다")),
        (" 하나", ("", " 하나")),
        ("층은 크다", None),
        ("에서는 쓴다", ("에서는", " 쓴다")),
    ],
)
def test_split_particle(text, cut):
    assert korean.split_particle(text) == cut


def test_a_neutral_particle_tells_nothing():
    assert korean.neutral("는") == korean.neutral("은") == "은(는)"
    assert korean.neutral("으로") == "(으)로"
    assert korean.neutral("에서") == "에서"


@pytest.mark.parametrize(
    ("particle", "word", "fits"),
    [
        ("은", "게이트", False),
        ("는", "게이트", True),
        ("로", "커널", True),
        ("으로", "커널", False),
        ("으로", "층", True),
        ("에서", "층", True),
        ("은", "U-Net", True),
    ],
)
def test_fits(particle, word, fits):
    assert korean.fits(particle, word) is fits


@pytest.mark.parametrize(
    ("clause", "question"),
    [
        ("기울기를 줄인다", "기울기를 줄이는 것은?"),
        ("단어를 벡터로 바꾸는 기술이다", "단어를 벡터로 바꾸는 기술은?"),
        ("단어를 읽는 RNN이다", "단어를 읽는 RNN은?"),
        ("보관하거나 버릴 정보를 제어", "보관하거나 버릴 정보를 제어하는 것은?"),
        ("다음 토큰을 예측하는 데 유용하다", "다음 토큰을 예측하는 데 유용한 것은?"),
        ("결과를 해석할 수 있다", "결과를 해석할 수 있는 것은?"),
        ("학습 속도를 높임", "학습 속도를 높이는 것은?"),
        ("의미를 구하기 어렵다", "의미를 구하기 어려운 것은?"),
        ("생성기와 판별기로 구성", None),
        ("빠르기 때문이다", None),
        ("결과가 나왔다", None),
    ],
)
def test_as_question(clause, question):
    assert korean.as_question(clause) == question


def test_typed_endings_come_off():
    assert korean.without_ending("리셋 게이트입니다.") == "리셋 게이트"
    assert korean.without_ending("리셋 게이트는") == "리셋 게이트"
