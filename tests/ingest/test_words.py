import unicodedata

import pytest

from ingest.words import (
    GLOSSARY,
    compounds,
    glossary_rows,
    terms,
    to_letters,
    words,
)

NOUNS = "프로세스 스레드 세마포어 잠금 트랜잭션 어텐션 게이트 합성곱 임베딩 시퀀스".split()


def with_particles(noun: str) -> list[str]:
    """A noun as it stands in sentences, with the form of each particle that fits it."""
    closed = (ord(noun[-1]) - ord("가")) % 28 > 0
    fitting = ("은", "이", "을", "과") if closed else ("는", "가", "를", "와")
    return [noun + particle for particle in (*fitting, "의", "에서", "으로" if closed else "로")]


def test_a_noun_and_its_particles():
    assert with_particles("합성곱")[:4] == ["합성곱은", "합성곱이", "합성곱을", "합성곱과"]
    assert with_particles("게이트")[-1] == "게이트로"


@pytest.mark.parametrize("noun", NOUNS)
def test_particles_change_nothing(noun):
    assert [terms(form) for form in with_particles(noun)] == [terms(noun)] * 7


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("리셋 게이트는 무엇인가요?", ["리셋", "게이트"]),
        ("What is the reset gate?", ["reset", "gate"]),
        ("GRU의 reset gate가 뭐야", ["gru", "reset", "gate"]),
        ("gates, gated and gating", ["gate", "gate", "gate"]),
        ("What does LSTM's cell keep?", ["lstm", "cell", "keep"]),
        ("3.5 버전", ["3.5", "버전"]),
        ("포겟 게이트", ["포겟", "게이트"]),
        ("평균 제곱 오차란?", ["평균", "제곱", "오차"]),
        ("", []),
        ("?!", []),
        ("the of and", []),
    ],
)
def test_terms(text, expected):
    assert terms(text) == expected


def test_words_know_where_they_stand():
    text = "GRU의 리셋 게이트(reset gate)는 잊는다."
    found = words(text)
    assert [(text[w.start : w.end], w.term) for w in found[:5]] == [
        ("GRU", "gru"),
        ("리셋", "리셋"),
        ("게이트", "게이트"),
        ("reset", "reset"),
        ("gate", "gate"),
    ]
    assert [word.noun for word in found] == [True] * 5 + [False]


def test_decomposed_hangul_is_the_same_word():
    assert terms(unicodedata.normalize("NFD", "리셋 게이트")) == ["리셋", "게이트"]


def test_letters_bring_misspellings_near():
    assert to_letters("게이트") == unicodedata.normalize("NFD", "게이트")
    assert len(to_letters("게이트")) == 6
    assert to_letters("GRU") == "gru"


def test_the_shipped_glossary_is_read():
    rows = glossary_rows()
    assert GLOSSARY.name == "glossary.csv"
    row = next(row for row in rows if "reset gate" in row)
    assert "리셋 게이트" in row
    assert all(len(row) >= 2 for row in rows)


@pytest.mark.parametrize("noun", ["리간드", "스케줄러", "광합성", "물수제비", "장독대", "도롱뇽"])
@pytest.mark.parametrize(
    "particle", ["", "의", "에", "는", "와", "도", "만", "까지", "부터", "처럼"]
)
def test_a_noun_counts_as_a_whole_whatever_follows_it(noun, particle):
    text = noun + particle
    assert noun in {word.term for word in (*words(text), *compounds(text))}


def test_verbs_and_plain_nouns_are_no_compounds():
    assert compounds("게이트는 상태를 결정한다") == []
    assert compounds("no Hangul here") == []


def test_compounds_say_where_they_stand():
    text = "그 리간드의 자리"
    (word,) = compounds(text)
    assert text[word.start : word.end] == word.term == "리간드"


def test_every_sentence_of_a_text_has_compounds_of_its_own():
    """The analyser numbers words by sentence: those of two sentences must not run together."""
    sentences = ["리간드의 자리를 본다.", "물수제비를 던진다.", "대륙이동설을 배운다."]
    apart = [word.term for sentence in sentences for word in compounds(sentence)]
    text = " ".join(sentences)
    together = compounds(text)
    assert [word.term for word in together] == apart
    assert len(apart) >= 2
    assert all(text[word.start : word.end] == word.term for word in together)
