"""Small notes of our own writing, and items made by hand, that the quiz tests share."""

from __future__ import annotations

from typing import Any

from ingest.chunk import chunk
from ingest.document import Chunk
from ingest.formats.extracted import Extracted
from ingest.outline import lay_out
from tutor.quiz.item import Item

KOREAN = """---
week: 1
lecture: 1
title: 커피 추출
language: ko
---
# 커피 추출

## 추출 방법

드립(drip)은 분쇄한 원두에 더운물을 천천히 부어 종이로 거르는 추출 방법이다.
침출(immersion)은 원두를 물에 담가 두었다가 찌꺼기를 걷어 내는 추출 방법이다.
가압(pressure brewing, 압력 추출)은 뜨거운 물을 높은 압력으로 밀어 넣는 추출 방법이다.
점적(cold drip)은 찬물을 한 방울씩 오랫동안 떨어뜨리는 추출 방법이다.

## 드립의 장점

- 깔끔한 맛 향상: 종이가 기름을 잡아 주어 뒷맛이 가볍다.
- 유연한 농도 조절: 물을 붓는 속도로 진하기를 바꾼다.
- 간단한 도구: 깔때기와 종이만 갖추면 집에서도 내린다.

## 드립의 단점

- 느린 추출: 한 잔을 내리는 데 몇 분이 걸린다.
- 불안정한 결과: 사람마다 붓는 방법이 달라 맛이 흔들린다.

## 드립의 순서

1. 원두를 굵은 소금만 하게 간다
2. 깔때기에 종이를 접어 끼운다
3. 가루를 담고 더운물로 적신다
4. 가운데부터 원을 그리며 물을 붓는다

## 그라인더

평면 그라인더는 두 개의 원판으로 원두를 자르는 분쇄 기계이다.
원뿔 그라인더는 원뿔 모양 칼날로 원두를 부수는 분쇄 기계이다.
"""

ENGLISH = """---
week: 1
lecture: 1
title: Ways of brewing coffee
language: en
---
# Ways of brewing coffee

## Methods

A pour-over is a method that lets hot water run slowly through ground beans in a paper cone.
A French press is a method that steeps the grounds and then pushes a metal sieve down.
An espresso machine is a machine that forces hot water through fine grounds under pressure.
A moka pot is a machine that drives boiling water up through the grounds by its own steam.
A percolator is a machine that pumps the brew over the grounds again and again.

## Strengths of the pour-over

- Clean taste improved: the paper holds back the oils.
- Flexible strength: the pace of pouring sets the concentration.
- Simple tools: a cone and a sheet of paper are enough.

## Limits of the pour-over

- Slow brewing: one cup takes several minutes.
- Unstable results: every hand pours in another way.

## How to brew a pour-over

1. Grind the beans as coarse as table salt
2. Fold the paper and put it into the cone
3. Wet the grounds and let them swell
4. Pour in circles from the middle outwards
"""

PLAIN = """1주 차 - 빵 만들기

1차시 - 반죽과 발효

반죽의 구성 요소
밀가루 : 물과 만나 글루텐을 이루는 뼈대를 제공
효모 : 당을 먹고 이산화탄소를 내보내 반죽을 부풀림
소금 : 발효 속도를 늦추고 맛을 내는 재료
물 : 글루텐과 전분을 깨우는 매개

중간 발효 -> 성형 ??
ex ) 바게트, 치아바타
"""


def chunks(text: str, name: str, course: str = "coffee") -> list[Chunk]:
    """A text read, laid out and cut as `tutor ingest` does it."""
    return chunk(lay_out(name, Extracted(text)), course)


def korean() -> list[Chunk]:
    return chunks(KOREAN, "ko/week1/1-coffee.md")


def english() -> list[Chunk]:
    return chunks(ENGLISH, "en/week1/1-coffee.md")


GOOD_KO: dict[str, Any] = {
    "kind": "choice",
    "language": "ko",
    "stem": "뜨거운 물을 높은 압력으로 밀어 넣는 추출 방법은?",
    "options": ["드립", "침출", "가압", "점적"],
    "key": [2],
    "answer": ["가압", "압력 추출"],
    "explanation": "정답: ‘가압’. 노트: “가압은 뜨거운 물을 높은 압력으로 밀어 넣는다.” [1]",
    "citations": [
        {
            "n": 1,
            "quote": "가압은 뜨거운 물을 높은 압력으로 밀어 넣는 추출 방법이다.",
            "source": {"course": "coffee", "document": "a.md", "start": 10, "end": 43},
        }
    ],
}

GOOD_EN: dict[str, Any] = {
    "kind": "choice",
    "language": "en",
    "stem": "Which of these forces hot water through fine grounds under pressure?",
    "options": ["French press", "Espresso machine", "Moka pot", "Percolator"],
    "key": [1],
    "answer": ["Espresso machine"],
    "explanation": "Answer: Espresso machine. The notes say so [1].",
    "citations": [
        {
            "n": 1,
            "quote": "An espresso machine forces hot water through fine grounds under pressure.",
            "source": {"course": "coffee", "document": "b.md", "start": 0, "end": 73},
        }
    ],
}


def item(base: dict[str, Any], **changes: Any) -> Item:
    """A good item with some fields exchanged."""
    return Item.from_dict({**base, **changes})
