from __future__ import annotations

import random

from tests.tutor.quiz.samples import chunks, korean
from tutor.quiz.reading import read
from tutor.quiz.siblings import Siblings


def siblings(text: str, rows=()):
    (notes,) = read(chunks(text, "ko/notes.md"), rows)
    return notes, Siblings(notes)


def fact(notes, name: str):
    return next(f for f in notes.facts if f.name == name)


def test_things_of_one_kind_come_first():
    (notes,) = read(korean())
    found = Siblings(notes).terms(fact(notes, "가압"), 3, random.Random(0))
    assert sorted(found) == ["드립", "점적", "침출"]


def test_the_dice_decide_and_the_same_dice_the_same():
    (notes,) = read(korean())
    shop = Siblings(notes)
    first = shop.terms(fact(notes, "점적"), 2, random.Random(1))
    assert first == shop.terms(fact(notes, "점적"), 2, random.Random(1))


ALIASES = """# 게이트

망각 게이트(forget gate)는 지난 상태에서 무엇을 버릴지 정하는 게이트이다.
포겟 게이트는 셀 안에 남은 오래된 기억을 지우는 게이트이다.
입력 게이트(input gate)는 새 정보를 얼마나 받아들일지 정하는 게이트이다.
출력 게이트(output gate)는 기억을 밖으로 얼마나 내보낼지 정하는 게이트이다.
"""


def test_another_name_of_the_key_is_no_distractor():
    notes, shop = siblings(ALIASES, [["망각 게이트", "포겟 게이트", "forget gate"]])
    found = shop.terms(fact(notes, "망각 게이트"), 5, random.Random(0))
    assert sorted(found) == ["입력 게이트", "출력 게이트"]


WIDER = """# 신경망

신경망(neural network)은 층을 여러 겹 쌓아 입력을 출력으로 바꾸는 모델이다.
순환 신경망(recurrent neural network)은 앞 시점의 상태를 다시 받아 차례로 읽는 신경망이다.
언어 모델(language model)은 앞에 나온 단어로 다음 단어를 어림하는 모델이다.
큰 언어 모델(large language model)은 글을 아주 많이 읽힌 언어 모델이다.
확산 모델(diffusion model)은 잡음을 조금씩 걷어 내어 그림을 그리는 모델이다.
"""


def test_a_narrower_or_wider_term_is_no_distractor():
    notes, shop = siblings(WIDER)
    found = shop.terms(fact(notes, "언어 모델"), 5, random.Random(0))
    assert "큰 언어 모델" not in found
    assert "순환 신경망" not in shop.terms(fact(notes, "신경망"), 5, random.Random(0))


LISTS = """# U-Net

## U-Net의 장점

- 데이터 부족 해결: 적은 그림으로도 잘 배운다.
- 다양한 응용: 의료와 위성 사진에 두루 쓴다.
- 빠른 수렴 가능: 몇 번 돌리지 않아도 손실이 줄어든다.

## U-Net의 한계

- 느린 추론: 큰 그림에서는 시간이 오래 걸린다.
- 채널 정보 제한: 깊어질수록 전체 모습을 잡기 어렵다.

## 다른 망의 장점

- 병렬 처리 가능: 여러 칸을 한꺼번에 계산한다.
"""


def test_strangers_of_strengths_are_weaknesses_and_never_other_strengths():
    notes, shop = siblings(LISTS)
    strengths = notes.listings[0]
    assert strengths.topic is not None
    found = [each.member.name for each in shop.strangers(strengths, random.Random(0))]
    assert sorted(found) == ["느린 추론", "채널 정보 제한"]


def test_a_mere_label_misleads_in_its_own_list_only():
    notes, shop = siblings(
        LISTS + "\n## 정의\n\n합성곱(convolution)은 창을 밀며 곱해 더하는 연산이다.\n"
    )
    assert shop.terms(fact(notes, "합성곱"), 3, random.Random(0)) == []
    assert not shop.stands_alone(fact(notes, "느린 추론"))
