"""What kind of answer a question wants, and which of its words name what it is about."""

import pytest

from ingest.words import terms
from tests.tutor.making import concepts
from tutor.question import Concept, coverage, generic_terms, kind_of, with_head

KINDS = {
    "compare": [
        "LSTM과 GRU의 차이는?",
        "LSTM이랑 GRU는 뭐가 달라?",
        "GRU vs LSTM",
        "how do GRU and LSTM differ?",
        "compare BERT with GPT",
    ],
    "formula": [
        "어텐션 수식은?",
        "softmax 공식 알려줘",
        "What is the formula of the reset gate?",
        "the self-attention equation",
    ],
    "when": ["BERT는 언제 나왔어?", "GRU는 몇 년에 제안됐어?", "When was BERT proposed?"],
    "who": ["GAN은 누가 만들었어?", "who proposed the GRU?", "GRU의 저자는?"],
    "number": [
        "LSTM의 게이트는 몇 개야?",
        "how many gates does a GRU have?",
        "패치 크기는 얼마야?",
        "GPT-3의 파라미터 개수는?",
    ],
    "why": ["왜 기울기가 사라져?", "게이트를 쓰는 이유는?", "why are gates needed?"],
    "list": [
        "LSTM의 게이트를 나열해줘",
        "트랜스포머의 장점은?",
        "What are the advantages of GRU?",
        "which gates does an LSTM have?",
        "어떤 종류가 있어?",
    ],
    "how": ["역전파는 어떻게 동작해?", "how does attention work?", "과적합을 막는 방법은?"],
    "definition": [
        "GRU가 뭐야?",
        "리셋 게이트란?",
        "what is a reset gate?",
        "define perplexity",
        "What does the update gate do?",
        "트랜스포머",
    ],
}


@pytest.mark.parametrize(
    ("kind", "question"), [(kind, question) for kind in KINDS for question in KINDS[kind]]
)
def test_kinds(kind, question):
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("GRU의 리셋 게이트", "게이트"),
        ("GRU's reset gate", "gate"),
        ("the gate of a GRU", "gate"),
        ("dropout in transformers", "dropout"),
    ],
)
def test_the_head_is_what_is_asked_about(question, head):
    assert [c.forms[0] for c in concepts(question) if c.head] == [(head,)]


def test_no_concepts_no_head():
    assert with_head("뭐야?", []) == ()


def test_coverage_is_the_share_of_importance_that_a_text_names():
    rare = Concept((("reset", "gate"), ("리셋", "게이트")), 0.75, known=True, proper=False)
    common = Concept((("model",),), 0.25, known=True, proper=False)

    assert coverage([rare, common], terms("the reset gate of the model")) == 1.0
    assert coverage([rare, common], terms("리셋 게이트")) == 0.75
    assert coverage([rare, common], terms("the reset of the model")) == 0.25
    assert coverage([rare, common], []) == 0.0
    assert coverage([], terms("reset gate")) == 0.0


def test_words_that_name_no_topic():
    assert {"설명", "차이", "differ"} <= generic_terms()
    assert not {"게이트", "gate", "학습"} & generic_terms()
