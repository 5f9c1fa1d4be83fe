from __future__ import annotations

import unicodedata

from ingest.sentences import collapse
from tutor.quiz.formulas import has_latex, plain_math
from tutor.quiz.spelling import Spelling
from tutor.quiz.words import content_words, fold, hangul_share, length, overlap


def test_fold_keeps_what_tells_answers_apart():
    assert fold("Over-fitting") == fold("overfitting")
    assert fold("리셋 게이트") == fold(unicodedata.normalize("NFD", "리셋게이트"))
    assert len({fold("0.5"), fold("05"), fold("-1"), fold("1"), fold("C++"), fold("C")}) == 6


def test_content_words_drop_grammar():
    assert content_words("망각 게이트는 정보를 버린다") == {"망각", "게이트", "정보", "버리"}
    assert content_words("The gates of the cells") == {"gate", "cell"}


def test_overlap_is_of_the_smaller_side():
    assert overlap("forget gate", "the forget gate drops what is old") == 1.0
    assert overlap("forget gate", "an optimizer") == 0.0


def test_lengths_and_shares():
    assert collapse(" a\u00a0 b\n") == "a b"
    assert length("한 글자", "ko") == 3
    assert length("two words", "en") == 2
    assert hangul_share("RNN은") == 0.25


def test_formulas_in_plain_signs():
    assert plain_math(r"by $\sqrt{d_k}$ and $h_{t-1}$") == "by √dₖ and hₜ₋₁"
    assert plain_math(r"cost $O(n^2)$") == "cost O(n²)"
    assert has_latex(plain_math(r"$\tilde{c}_t$"))


def test_spelling_suspects_what_is_a_letter_away_from_a_term():
    texts = [
        "the decoder and the decoder",
        "a decorder",
        "layer layers layered",
        "비용함수를 타나넴",
    ]
    spelling = Spelling(texts, ["decoder", "layer", "비용함수"])
    assert spelling.suspects("the decorder")
    assert not spelling.suspects("decoder layers layered")
    assert spelling.suspects("비용함수를 구서오딕으로 바꾼다")
    assert not spelling.suspects("비용함수를 계산한다")
    assert not Spelling(["modal modal"], ["model"]).suspects("model")
