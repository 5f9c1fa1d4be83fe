"""Encoders: the shipped one read two ways, and clear words when another cannot be had."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import SHIPPED_FOLDER, StaticEncoder, hub_in_reach, open_encoder
from ingest.errors import EncoderUnavailable

ROOT = Path(__file__).resolve().parents[2]
TEXTS = """리셋 게이트는 이전 상태를 얼마나 버릴지 정한다.
업데이트 게이트
어텐션
LSTM은 셀 상태를 따로 둔다
합성곱 필터는 이미지 위를 미끄러진다.
임베딩에서 가까운 단어는 뜻이 가깝다
트랜스포머는 순환 없이 문장을 읽는다!
위치 정보는 더해 준다; 왜 그럴까?
퀴즈: 다음 중 옳은 것은?
한 글자
가
GRU의 reset gate가 뭐야
softmax는 점수를 확률로 바꾼다 (합은 1)
3.5 버전과 4o 버전
ㅋㅋㅋ 모르겠다
The reset gate decides how much of the past is dropped.
update gate
What is attention?
LSTM keeps a cell state.
A convolution slides a filter over the image.
Words of like meaning have like vectors
Transformers read without recurrence!
Why are positions added?
Which of these is not a gate?
a
one two three four five six seven eight nine ten
$h_t = (1 - z_t) h_{t-1}$
def gate(x): return 1 / (1 + exp(-x))
naïve café — “quotes”""".splitlines()
TEXTS.append("첫 줄\n둘째 줄")


def test_both_readings_of_the_shipped_weights_agree(shipped, monkeypatch):
    monkeypatch.setenv("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer

    assert len(TEXTS) >= 30
    model = SentenceTransformer(str(SHIPPED_FOLDER), local_files_only=True, device="cpu")
    expected = model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(shipped.documents(TEXTS) - expected).max() < 1e-5
    assert np.abs(shipped.queries(TEXTS) - expected).max() < 1e-5


def test_a_folder_is_read_as_sentence_transformers_does(shipped, tmp_path):
    folder = tmp_path / "내 인코더"
    shutil.copytree(SHIPPED_FOLDER, folder)
    encoder = open_encoder(str(folder))
    assert encoder.name.startswith("folder-내 인코더-")
    assert encoder.dimension == shipped.dimension
    assert np.abs(encoder.queries(TEXTS[:3]) - shipped.queries(TEXTS[:3])).max() < 1e-5
    assert np.abs(encoder.documents(TEXTS[:3]) - shipped.documents(TEXTS[:3])).max() < 1e-5


def test_folders_of_one_name_with_other_weights_are_told_apart(tmp_path):
    names = set()
    for parent in ("a", "b"):
        folder = tmp_path / parent / "encoder"
        shutil.copytree(SHIPPED_FOLDER, folder)
        if parent == "b":
            data = bytearray((folder / "model.safetensors").read_bytes())
            data[-1] ^= 1
            (folder / "model.safetensors").write_bytes(data)
        names.add(open_encoder(str(folder)).name)
    assert len(names) == 2


def test_vectors_have_length_one(shipped):
    lengths = np.linalg.norm(shipped.documents(TEXTS), axis=1)
    assert lengths == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert shipped.documents(TEXTS).shape == (len(TEXTS), shipped.dimension)
    assert shipped.documents(TEXTS).dtype == np.float32


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_a_text_without_words_is_the_zero_vector(shipped, text):
    nothing, something = shipped.documents([text, "게이트"])
    assert nothing.tolist() == [0.0] * shipped.dimension
    assert np.linalg.norm(something) == pytest.approx(1.0, abs=1e-5)


def test_no_texts_are_no_vectors(shipped):
    assert shipped.documents([]).shape == (0, shipped.dimension)
    assert shipped.embed_documents([]) == []


def test_langchains_spelling(shipped):
    assert shipped.embed_query("게이트") == shipped.queries(["게이트"])[0].tolist()
    assert shipped.embed_documents(["가", "나"]) == shipped.documents(["가", "나"]).tolist()


def test_the_same_meaning_is_near_in_both_languages(shipped):
    korean, english, other = shipped.queries(
        [
            "리셋 게이트는 이전 상태를 버린다",
            "the reset gate drops the old state",
            "이미지를 자른다",
        ]
    )
    assert korean @ english > korean @ other + 0.1


def test_the_shipped_name_says_which_weights(shipped):
    assert open_encoder().name == shipped.name == StaticEncoder(SHIPPED_FOLDER).name
    assert shipped.name.startswith("shipped-")
    assert len(shipped.name) == len("shipped-") + 12


@pytest.mark.parametrize("spec", ["/no/such/folder", "./no/such", "no such", "a/b/c", "~/no-such"])
def test_a_missing_folder(spec):
    with pytest.raises(EncoderUnavailable, match="There is no encoder folder") as caught:
        open_encoder(spec)
    assert caught.value.code == "not_available"
    assert "--encoder shipped" in caught.value.hint


def test_a_folder_that_holds_no_model(tmp_path):
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EncoderUnavailable, match="could not be loaded") as caught:
        open_encoder(str(tmp_path))
    assert "sentence-transformers" in caught.value.hint


@pytest.fixture
def closed_port():
    """A port of this machine on which nothing listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_the_hub_is_out_of_reach(monkeypatch, closed_port):
    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{closed_port}")
    assert hub_in_reach() is False


def test_the_hub_is_in_reach(monkeypatch):
    monkeypatch.delenv("HF_HUB_OFFLINE")
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.getsockname()[1]}")
        assert hub_in_reach() is True
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        assert hub_in_reach() is False


def test_a_name_that_takes_for_ever_to_look_up(monkeypatch):
    monkeypatch.delenv("HF_HUB_OFFLINE")

    def look_up(address, timeout):
        time.sleep(2)
        raise OSError("no such name")

    monkeypatch.setattr(socket, "create_connection", look_up)
    begin = time.monotonic()
    assert hub_in_reach(timeout=0.2) is False
    assert time.monotonic() - begin < 1


def test_an_unreachable_hub_is_known_before_anything_slow_is_imported(closed_port, tmp_path):
    code = (
        "import sys, time; from ingest.embed import open_encoder\n"
        "from ingest.errors import EncoderUnavailable\n"
        "begin = time.monotonic()\n"
        "try: open_encoder('nobody/no-such-model')\n"
        "except EncoderUnavailable as error: print(error.message, '|', error.hint)\n"
        "print(time.monotonic() - begin, 'sentence_transformers' in sys.modules)\n"
    )
    outside = {
        "HF_ENDPOINT": f"http://127.0.0.1:{closed_port}",
        "HF_HUB_CACHE": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    env = {k: v for k, v in os.environ.items() if k != "HF_HUB_OFFLINE"} | outside
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, timeout=60)
    said, took = ran.stdout.decode("utf-8").splitlines()
    assert said == (
        "The encoder 'nobody/no-such-model' is not on this machine and no model hub can be "
        "reached. | Use --encoder shipped, or give the path of a folder that holds the model."
    )
    assert float(took.split(" ")[0]) < 3
    assert took.endswith("False")
