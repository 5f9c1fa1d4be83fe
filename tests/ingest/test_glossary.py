import pytest

from ingest.glossary import EXPANSION, Glossary, mine

GATES = Glossary(
    [
        ["리셋 게이트", "reset gate"],
        ["순환 신경망", "recurrent neural network", "RNN"],
        ["어텐션", "attention", "주의"],
        ["어텐션", "self-attention"],
        ["한 가지뿐"],
    ]
)


def test_groups_of_one_are_none():
    assert len(GATES) == 4


def test_a_phrase_brings_its_equivalents():
    assert GATES.expand(["리셋", "게이트"]) == {
        "리셋": 1.0,
        "게이트": 1.0,
        "reset": EXPANSION,
        "gate": EXPANSION,
    }


def test_what_the_notes_only_call_otherwise_weighs_as_much_as_the_question():
    weights = GATES.expand(["리셋", "게이트"], known={"reset", "gate", "lstm"}.__contains__)
    assert weights["reset"] == weights["gate"] == 1.0
    assert GATES.expand(["리셋", "게이트"], known={"게이트"}.__contains__)["reset"] == EXPANSION


def test_a_long_name_shares_out_its_weight():
    weights = GATES.expand(["rnn"])
    assert EXPANSION == 0.6
    assert weights["rnn"] == 1.0
    assert weights["recurr"] == pytest.approx(0.2)
    assert weights["순환"] == pytest.approx(0.3)


def test_words_of_the_question_keep_their_weight():
    assert GATES.expand(["게이트", "리셋", "게이트"])["게이트"] == 1.0
    assert GATES.expand(["reset", "gate", "리셋"])["리셋"] == 1.0


def test_half_a_phrase_brings_nothing():
    assert GATES.expand(["게이트"]) == {"게이트": 1.0}
    assert GATES.expand(["순환", "경제"]) == {"순환": 1.0, "경제": 1.0}


def test_every_group_of_a_phrase_counts():
    assert set(GATES.equivalents(["어텐션"])) == {("attent",), ("주의",), ("self", "attent")}
    assert GATES.equivalents(["모르는"]) == []


def test_the_longest_phrase_wins():
    assert GATES.concepts(["recurr", "neural", "network", "rnn", "게이트"]) == [
        ("recurr", "neural", "network"),
        ("rnn",),
        ("게이트",),
    ]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("리셋 게이트(reset gate)는 잊는다.", ["리셋 게이트", "reset gate"]),
        ("이전 장의 리셋 게이트 (reset gate)", ["리셋 게이트", "reset gate"]),
        ("forget gate(포겟-게이트) : 버릴 정보", ["포겟 게이트", "forget gate"]),
        ("어텐션( attention )", ["어텐션", "attention"]),
    ],
)
def test_pairs_that_notes_declare(text, pair):
    assert mine([text]) == [pair]


@pytest.mark.parametrize(
    "text", ["셀 상태(메모리)", "GRU (Gated)", "값(3)", "함수 f(x)", "(reset gate)"]
)
def test_what_declares_no_pair(text):
    assert mine([text]) == []


def test_a_pair_is_mined_once():
    assert mine(["어텐션(attention)", "어텐션(attention)과 주의(attention)"]) == [
        ["어텐션", "attention"],
        ["주의", "attention"],
    ]
