"""BM25 over terms, and what a misspelled word probably means."""

import numpy as np
import pytest

from ingest.lexical import TYPO_WEIGHT, Lexical
from ingest.words import terms
from tests.ingest.test_words import NOUNS, with_particles

NOTES = [
    "리셋 게이트(reset gate)는 이전 상태를 얼마나 버릴지 정한다.",
    "업데이트 게이트는 새 후보를 섞는다.",
    "어텐션(attention)은 시퀀스의 어디를 볼지 정한다.",
    "LSTM은 셀 상태를 따로 둔다.",
    "합성곱은 필터를 민다. 합성곱의 결과가 특징 맵이다.",
    "An embedding is a vector of a word; 임베딩에서 가까운 단어는 뜻이 가깝다.",
    "프로세스마다 스레드를 여럿 둔다. 스레드끼리는 힙을 나눈다.",
    "세마포어로 교착상태를 막지는 못한다.",
    "트랜잭션은 모두 되거나 모두 안 된다. 트랜잭션과 잠금은 함께 배운다.",
    "시퀀스를 읽는 프로세스가 따로 있다.",
]


@pytest.fixture(scope="module")
def lexical() -> Lexical:
    return Lexical.build([terms(text) for text in NOTES])


def found(lexical: Lexical, question: str) -> set[int]:
    """Which notes a question's own words find."""
    return set(np.flatnonzero(lexical.scores(dict.fromkeys(terms(question), 1.0))).tolist())


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_finds_the_same_notes_with_any_particle(lexical, noun):
    expected = found(lexical, noun)
    assert expected == {at for at, text in enumerate(NOTES) if noun in text}
    for form in with_particles(noun):
        assert found(lexical, form) == expected


def test_scores_add_up_by_weight(lexical):
    one = lexical.scores({"게이트": 1.0})
    assert one[0] > 0
    assert one[1] > one[0], "the shorter note says it with fewer other words"
    assert one[2] == 0
    half = lexical.scores({"게이트": 0.5, "리셋": 1.0})
    assert half == pytest.approx(0.5 * one + lexical.scores({"리셋": 1.0}))
    assert lexical.scores({"모르는": 1.0}).tolist() == [0.0] * 10


def test_rare_words_say_more_than_common_ones(lexical):
    assert lexical.scores({"리셋": 1.0})[0] > lexical.scores({"게이트": 1.0})[0]


def test_how_many_notes_hold_a_phrase(lexical):
    assert lexical.holding(["게이트"]) == 2
    assert lexical.holding(["리셋", "게이트"]) == 1
    assert lexical.holding(["리셋", "어텐션"]) == 0
    assert lexical.holding(["모르는"]) == 0
    assert len(lexical) == 10


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("게이투", "게이트"),
        ("atent", "attent"),
        ("시퀸스", "시퀀스"),
        ("ltsm", "lstm"),
        ("어탠션", "어텐션"),
        ("스래드", "스레드"),
        ("트렌젝션", "트랜잭션"),
    ],
)
def test_misspellings(lexical, written, meant):
    corrected = lexical.correct(written)
    assert max(corrected, key=corrected.__getitem__) == meant
    assert 0 < corrected[meant] < TYPO_WEIGHT


@pytest.mark.parametrize(
    ("question", "note"),
    [("리셋 게이투", 0), ("atention", 2), ("시퀸스가 뭐야", 2), ("LTSM", 3)],
)
def test_a_misspelled_question_finds_its_note(lexical, question, note):
    weights: dict[str, float] = {}
    for term in terms(question):
        weights |= lexical.correct(term) or {term: 1.0}
    assert int(np.argmax(lexical.scores(weights))) == note


def test_a_compound_in_one_word_is_tried_in_parts(lexical):
    assert lexical.correct("리셋게이투").keys() == {"리셋", "게이트"}


@pytest.mark.parametrize("term", ["게이트", "lstm", "라", "2024", "xylophon", "감자", "cat"])
def test_what_is_known_or_like_nothing_is_left_alone(lexical, term):
    assert lexical.correct(term) == {}


def test_a_name_is_not_corrected_into_another_name(lexical):
    assert lexical.correct("lstn", name=True) == {}
    assert lexical.correct("ltsm", name=True).keys() == {"lstm"}


def test_save_and_load(lexical, tmp_path):
    lexical.save(tmp_path)
    loaded = Lexical.load(tmp_path)
    for question in ("게이트", "attention", "트랜잭션과 잠금"):
        weights = dict.fromkeys(terms(question), 1.0)
        assert loaded.scores(weights).tolist() == lexical.scores(weights).tolist()
    assert loaded.correct("게이투") == lexical.correct("게이투")
    assert len(loaded) == 10


def test_only_plain_files_are_written(lexical, tmp_path):
    lexical.save(tmp_path)
    kinds = {path.name.partition(".")[2] for path in tmp_path.iterdir()}
    assert kinds == {"csc.index.npy", "index.json"}
    for path in tmp_path.glob("*.npy"):
        assert np.load(path, allow_pickle=False).dtype.hasobject is False


@pytest.mark.parametrize("missing", ["vocab.index.json", "params.index.json", "data.csc.index.npy"])
def test_missing_files(lexical, tmp_path, missing):
    lexical.save(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(FileNotFoundError):
        Lexical.load(tmp_path)
