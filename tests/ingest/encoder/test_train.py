"""Trains a tiny encoder on sentences made from templates, with a fake teacher, and loads it."""

import gzip
import hashlib
import itertools
import json
import random
import zlib
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from ingest.encoder import data, export, losses, student, vocab
from ingest.encoder.batches import Ragged
from ingest.encoder.train import main
from ingest.errors import NoSuchPath

FILES = {
    "1_Normalize/config.json",
    "config_sentence_transformers.json",
    "model.safetensors",
    "modules.json",
    "tokenizer.json",
}

NOUNS = {
    "river": "강은",
    "teacher": "선생님은",
    "engine": "엔진은",
    "garden": "정원은",
    "letter": "편지는",
    "market": "시장은",
    "violin": "바이올린은",
    "window": "창문은",
}
ADVERBS = {
    "today": "오늘",
    "slowly": "천천히",
    "again": "다시",
    "quietly": "조용히",
    "early": "일찍",
    "rarely": "드물게",
}
VERBS = {
    "grows": "자란다",
    "sleeps": "잠든다",
    "arrives": "도착한다",
    "changes": "바뀐다",
    "shines": "빛난다",
    "stops": "멈춘다",
    "sings": "노래한다",
    "waits": "기다린다",
}


def sentence_pairs() -> list[tuple[str, str]]:
    pairs = [
        (f"The {noun} {verb} {adverb}.", f"{NOUNS[noun]} {ADVERBS[adverb]} {VERBS[verb]}.")
        for noun, verb, adverb in itertools.product(NOUNS, VERBS, ADVERBS)
    ]
    random.Random(7).shuffle(pairs)
    return pairs


TRAINING, HELD_OUT = sentence_pairs()[:300], sentence_pairs()[300:]


def write_rows(path: Path, rows: list[dict]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_training_files(folder: Path) -> None:
    free, share_alike = {"licence": "MIT"}, {"licence": "CC-BY-SA-4.0"}
    write_rows(
        folder / data.PARALLEL_FILE,
        [{"en": en, "ko": ko, "kind": "sent"} | free for en, ko in TRAINING]
        + [{"en": "A row to share alike.", "ko": "같이 나눌 줄.", "kind": "sent"} | share_alike],
    )
    bodies = [" ".join(ko for _, ko in TRAINING[i : i + 4]) for i in range(0, 80, 4)]
    write_rows(
        folder / data.HEADING_FILE,
        [{"lang": "ko", "q": body.split()[0], "p": body} | free for body in bodies],
    )
    korean = [ko for _, ko in TRAINING]
    write_rows(
        folder / data.STS_NLI_FILE,
        [
            {"kind": "sts", "a": korean[i], "b": korean[i + i % 2], "score": 1.0 - i % 2}
            | share_alike
            for i in range(40)
        ]
        + [
            {"kind": "nli", "a": korean[i], "pos": korean[i], "neg": korean[i + 1]} | share_alike
            for i in range(40)
        ],
    )


def word_teacher(texts):
    """Stands in for the teacher: texts that share words are near."""

    def of_word(word):
        return np.random.default_rng(zlib.crc32(word.encode())).standard_normal(24)

    vectors = np.array([sum(of_word(word) for word in text.split()) for text in texts])
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def run(folder: Path, out: Path, *more: str) -> Path:
    main(["--data", str(folder), "--out", str(out), "--steps", "30", *more], teacher=word_teacher)
    return out


def digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def cosines(model, pairs):
    english, korean = zip(*pairs, strict=True)
    return model.encode_query(english) @ model.encode_document(korean).T


@pytest.fixture(scope="module")
def one_thread():
    import torch

    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def training_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("자료 folder")
    write_training_files(folder)
    return folder


@pytest.fixture(scope="module")
def model_folder(training_folder, tmp_path_factory, one_thread):
    return run(training_folder, tmp_path_factory.mktemp("모델 folder"))


@pytest.fixture(scope="module")
def model(model_folder):
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(model_folder), device="cpu", local_files_only=True)


def test_writes_exactly_the_files_of_the_model(model_folder):
    written = {
        path.relative_to(model_folder).as_posix()
        for path in model_folder.rglob("*")
        if path.is_file()
    }
    assert written == FILES


def test_vectors_have_unit_length(model):
    vectors = model.encode_document(["강은 천천히 자란다.", "The river sings.", "강 river"])
    assert vectors.shape == (3, 256)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-6)


def test_unseen_translations_are_closer_than_other_sentences(model):
    scores = cosines(model, HELD_OUT)
    translations = scores.diagonal()
    others = scores[~np.eye(len(scores), dtype=bool)]
    assert translations.mean() > others.mean() + 0.4
    assert (scores.argmax(axis=1) == np.arange(len(scores))).mean() > 0.8


def test_training_pulls_two_sides_together_from_chance(one_thread):
    # text i of the left side is the token i, its translation the token i + 20
    left = Ragged(np.arange(20), np.arange(21))
    right = Ragged(np.arange(20, 40), np.arange(21))
    start = np.random.default_rng(0).normal(0, 0.2, (40, 32)).astype(np.float32)
    taught = (left, right, np.eye(20, dtype=np.float32))
    trained = student.train(start, student.Lessons(((left, right),), taught), 80, 20, seed=0)

    def mean_cosine(table):
        unit = table / np.linalg.norm(table, axis=1, keepdims=True)
        return (unit[:20] * unit[20:]).sum(axis=1).mean()

    assert mean_cosine(start) < 0.2
    assert mean_cosine(trained) > 0.8


def test_losses_are_small_for_the_right_order_and_large_for_the_wrong_one():
    import torch

    axes = torch.eye(3)
    swapped = axes[[1, 0, 2]]
    rising = torch.tensor([0.0, 0.0, 1.0])
    assert losses.matching(axes, axes).item() == pytest.approx(0, abs=1e-6)
    assert losses.matching(axes, swapped).item() == pytest.approx(40 / 3, abs=1e-4)
    assert losses.entailment(axes, axes, -axes).item() == pytest.approx(0, abs=1e-6)
    assert losses.entailment(axes, -axes, axes).item() == pytest.approx(40, abs=1e-4)
    # only the third pair of axes and swapped agrees
    assert losses.ranking(axes, swapped, rising).item() == pytest.approx(0, abs=1e-6)
    assert losses.ranking(axes, swapped, -rising).item() == pytest.approx(20.693, abs=1e-3)
    assert losses.imitation(axes, axes, axes).item() == 0
    assert losses.imitation(axes, swapped, axes).item() == pytest.approx(4 / 27)


def test_same_seed_gives_the_same_bytes(training_folder, model_folder, tmp_path):
    again = run(training_folder, tmp_path / "again")
    other = run(training_folder, tmp_path / "other", "--seed", "1")
    assert digest(again) == digest(model_folder)
    assert digest(other) != digest(model_folder)


def test_share_alike_rows_can_be_left_out(training_folder):
    everything = data.load_corpus(training_folder)
    free = data.load_corpus(training_folder, share_alike=False)
    assert (len(everything.parallel), len(everything.triplets), len(everything.rated)) == (
        301,
        40,
        40,
    )
    assert (len(free.parallel), len(free.triplets), len(free.rated)) == (300, 0, 0)


def test_trains_without_share_alike_rows(training_folder, tmp_path, one_thread):
    run(training_folder, tmp_path, "--no-share-alike", "--steps", "1")
    assert "나눌" not in (tmp_path / "tokenizer.json").read_text(encoding="utf-8")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NoSuchPath, match="ko_sts_nli"):
        data.load_corpus(tmp_path)


def test_text_is_cut_by_script_and_folded():
    tokenizer = vocab.train_tokenizer([("RNN은 rnn 은", 5)], 50)
    composed = tokenizer.encode("ＲＮＮ은, rnn!").tokens
    assert composed == ["▁rnn", "▁은", "▁rnn"]
    assert tokenizer.encode("rnn은").tokens == ["▁rnn", "▁은"]


def test_compact_json_reads_back_as_the_same_tokenizer():
    tokenizer = vocab.train_tokenizer([("gate 게이트 게이트는", 4)], 60)
    again = Tokenizer.from_str(vocab.compact_json(tokenizer))
    assert again.get_vocab() == tokenizer.get_vocab()


def test_each_row_is_rounded_with_its_own_scale():
    table = np.array([[9, 9], [1.27, -0.64], [0, 0], [0.0254, 0.0126]], dtype=np.float32)
    rounded, scales = export.quantise(table)
    assert rounded.tolist() == [[0, 0], [127, -64], [0, 0], [127, 63]]
    assert scales == pytest.approx([0, 0.01, 0, 0.0002])


def test_headings_over_many_sections_are_dropped(tmp_path):
    write_training_files(tmp_path)
    rows = [{"q": "Overview", "p": f"Body {i}", "licence": "MIT"} for i in range(3)]
    rows.append({"q": "Gates[[gates]]", "p": "How a gate works.", "licence": "MIT"})
    write_rows(tmp_path / data.HEADING_FILE, rows)
    assert data.load_corpus(tmp_path).headings == (("Gates", "How a gate works."),)


def test_a_cloze_pair_is_a_sentence_and_the_rest_of_its_section():
    body = "The first sentence stands. A second one follows. And a third ends it."
    pairs = data.cloze_pairs([body, "Too short to split."], np.random.default_rng(0))
    assert sorted(pairs) == [
        ("A second one follows.", "The first sentence stands. And a third ends it."),
        ("And a third ends it.", "The first sentence stands. A second one follows."),
        ("The first sentence stands.", "A second one follows. And a third ends it."),
    ]
