from __future__ import annotations

import pytest

from tutor.quiz.topics import (
    Topic,
    announced_noun,
    bare_noun,
    from_heading,
    from_sentence,
    heads_list,
    heads_teaching,
)


@pytest.mark.parametrize(
    ("heading", "subject", "noun", "group"),
    [
        ("CNN의 주요 구성 요소", "CNN", "구성 요소", "part"),
        ("ViT 한계 및 단점", "ViT", "한계", "weakness"),
        ("LSTM의 셀 상태와 세 게이트", "LSTM", "게이트", "part"),
        ("인코더 층의 두 하위 층", "인코더 층", "하위 층", "part"),
        ("인지 AI 응용 분야", "인지 AI", "응용 분야", "use"),
    ],
)
def test_korean_headings(heading, subject, noun, group):
    assert from_heading(heading, "ko") == Topic(subject, noun, group)


@pytest.mark.parametrize(
    "heading",
    [
        "강점과 한계",
        "LSTM과 GRU의 비교",
        "기타 구성 요소",
        "FCN 장 단점",
        "업데이트 게이트와 리셋 게이트",
        "세 종류의 층",
        "합성곱의 강점, 한계, 쓰임",
    ],
)
def test_korean_headings_without_one_topic(heading):
    assert from_heading(heading, "ko") is None


def test_english_headings():
    assert from_heading("Strengths of self-attention", "en") == Topic(
        "self-attention", "strengths", "strength"
    )
    assert from_heading("Strengths and limits of GANs", "en") is None
    assert from_heading("Limits and cost", "en") is None


def test_sentences_that_announce_a_list():
    assert from_sentence("LSTM은 세 가지 유형의 게이트를 사용한다.", "ko") == Topic(
        "LSTM", "게이트", "part"
    )
    assert from_sentence("The limits of an RNN are as follows:", "en") == Topic(
        "RNN", "limits", "weakness"
    )
    assert announced_noun("한계는 다음과 같다.", "ko") == "한계"
    assert bare_noun("다섯 가지 구성 요소", "ko") == "구성 요소"
    assert bare_noun("A line of language models", "en") == ""


def test_what_excludes_what():
    strengths = Topic("U-Net", "장점", "strength")
    weaknesses = Topic("U-Net", "단점", "weakness")
    assert strengths.excludes(weaknesses)
    assert not strengths.excludes(Topic("U-Net", "특징", "trait"))
    assert strengths.same_subject(weaknesses)
    assert not strengths.same_subject(Topic("ViT", "장점", "strength"))


def test_headings_over_what_is_no_list():
    assert not heads_list("LSTM과 GRU의 비교")
    assert heads_teaching("LSTM과 GRU의 비교")
    assert not heads_teaching("Links and sources")
