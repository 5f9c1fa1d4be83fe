"""An index on disk: what was written comes back, and nothing else is taken for it."""

import json

import numpy as np
import pytest

from ingest import index as indexes
from ingest.build import silent
from ingest.chunk import chunk
from ingest.errors import HomeNewer, IndexDamaged, IndexMismatch
from ingest.index import Index, embeddable, glossary_of, searchable
from tests.fakes import WordCountEncoder
from tests.ingest.laid import laid, laid_text

FILES = [
    "chunks.jsonl",
    "documents.jsonl",
    "lexical/data.csc.index.npy",
    "lexical/indices.csc.index.npy",
    "lexical/indptr.csc.index.npy",
    "lexical/params.index.json",
    "lexical/vocab.index.json",
    "vectors.faiss",
]


def make(*documents, encoder=None, previous=None) -> Index:
    chunks = [piece for document in documents for piece in chunk(document, "os")]
    return indexes.build("os", documents, chunks, encoder or WordCountEncoder(), silent, previous)


@pytest.fixture(scope="module")
def built() -> Index:
    return make(laid("os_blog.txt"), laid("databases.md"))


@pytest.fixture
def folder(built, tmp_path):
    place = tmp_path / "홈 폴더" / "g-1"
    indexes.save(built, place)
    return place


def test_round_trip(built, folder):
    loaded = indexes.load(folder, "os", "word-count")
    assert loaded.documents == built.documents
    assert loaded.chunks == built.chunks
    assert loaded.mined == built.mined
    assert built.mined[0] == ("문맥 교환", "context switch")
    assert (loaded.course, loaded.encoder) == ("os", "word-count")
    assert loaded.offsets.tolist() == built.offsets.tolist()
    assert loaded.vectors.rows == built.offsets[-1] > len(built.chunks)
    assert (loaded.vectors.matrix() == built.vectors.matrix()).all()
    for word in ("게이트", "스레드", "acid"):
        expected = built.lexical.scores({word: 1.0}).tolist()
        assert loaded.lexical.scores({word: 1.0}).tolist() == expected


def test_every_file_is_plain_and_vouched_for(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest["files"]) == FILES
    written = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert written == {*FILES, "manifest.json"}
    assert {name.rpartition(".")[2] for name in written} == {"json", "jsonl", "npy", "faiss"}


def test_closeness_is_the_cosine_of_every_sentence(built):
    question = "스택은 스레드마다 따로 두고 힙은 함께 쓴다"
    query = WordCountEncoder().queries([question])[0]
    scores = built.closeness(question, query)
    texts = [text for piece in built.chunks for text in embeddable(piece)]
    assert scores == pytest.approx(WordCountEncoder().documents(texts) @ query, abs=1e-6)
    best = int(np.searchsorted(built.offsets, np.argmax(scores), side="right")) - 1
    assert "스택은 스레드마다" in built.chunks[best].text


def test_a_sentence_is_embedded_under_its_nearest_heading(built):
    piece = next(c for c in built.chunks if c.place.path == ("프로세스 상태",))
    assert embeddable(piece)[1] == "프로세스 상태 1. 생성"


def test_a_chunk_without_a_sentence_has_a_row_all_the_same():
    (piece,) = make(laid_text("...?!")).chunks
    assert embeddable(piece) == [f"{piece.place.title} ...?!"]


def test_the_titles_above_a_chunk_are_searched_with_it(built):
    piece = next(c for c in built.chunks if c.place.path == ("프로세스 상태",))
    assert searchable(piece).startswith("프로세스란?\n프로세스 상태\n프로세스 상태\n1. 생성")


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_one_flipped_byte(folder, name):
    path = folder / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexDamaged, match="The index of 'os' is damaged") as caught:
        indexes.load(folder, "os", "word-count")
    assert caught.value.code == "index_damaged"
    assert "`tutor ingest PATH --course os`" in caught.value.hint


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_missing_file(folder, name):
    (folder / name).unlink()
    with pytest.raises(IndexDamaged):
        indexes.load(folder, "os", "word-count")


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_file_half_written(folder, name):
    path = folder / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(IndexDamaged):
        indexes.load(folder, "os", None)


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"format": "1"}', '{"format": 1}'])
def test_a_manifest_that_is_none(folder, text):
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(IndexDamaged, match="its manifest"):
        indexes.load(folder, "os", "word-count")


@pytest.mark.parametrize(
    ("written", "altered"), [('"word-count"', '"word-cound"'), ("문맥 교환", "문맥 교횐")]
)
def test_an_altered_manifest(folder, written, altered):
    path = folder / "manifest.json"
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, altered), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="its manifest is not what was written"):
        indexes.load(folder, "os", "word-count")


def test_another_encoder_is_refused_by_name(folder):
    with pytest.raises(IndexMismatch) as caught:
        indexes.load(folder, "os", "shipped-0123")
    assert caught.value.code == "index_mismatch"
    assert caught.value.message == (
        "The index of 'os' was built by the encoder word-count, but shipped-0123 is asked for."
    )
    assert "`tutor ingest PATH --course os --encoder" in caught.value.hint


def test_for_its_documents_any_encoder_will_do(folder):
    assert sorted(indexes.load(folder, "os", None).documents) == ["databases.md", "os_blog.txt"]


def test_a_newer_format(folder):
    text = json.dumps({"format": indexes.FORMAT + 1, "what": "ever"})
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(HomeNewer, match="newer version") as caught:
        indexes.load(folder, "os", "word-count")
    assert caught.value.code == "home_newer"
    assert "Update" in caught.value.hint


def test_an_earlier_format_is_to_be_built_again(folder, monkeypatch):
    monkeypatch.setattr(indexes, "FORMAT", indexes.FORMAT + 1)
    with pytest.raises(IndexDamaged, match="an earlier version"):
        indexes.load(folder, "os", "word-count")


def test_an_index_of_nothing(tmp_path):
    indexes.save(make(), tmp_path)
    loaded = indexes.load(tmp_path, "os", "word-count")
    assert (loaded.chunks, loaded.lexical, loaded.mined) == ((), None, ())
    assert loaded.closeness("?", np.zeros(64, dtype=np.float32)).tolist() == []


def test_notes_without_a_single_word(tmp_path):
    indexes.save(make(laid_text("...?!\n\n[1] 그 이 저")), tmp_path)
    assert len(indexes.load(tmp_path, "os", "word-count").chunks) >= 1


def test_vectors_of_known_texts_are_taken_over():
    encoder = WordCountEncoder()
    first = make(laid_text("## 가\n\n잠금이다.\n\n## 나\n\n해제이다."), encoder=encoder)
    assert len(encoder.embedded) == 2
    text = "## 새것\n\n앞이다.\n\n## 가\n\n잠금이다.\n\n## 나\n\n해제이다."
    second = make(laid_text(text), encoder=encoder, previous=first)
    assert encoder.embedded[2:] == ["새것 앞이다."]
    assert (second.vectors.matrix()[1:] == first.vectors.matrix()).all()


def test_a_new_title_is_a_new_text():
    encoder = WordCountEncoder()
    first = make(laid_text("1차시 - 잠금\n\n막는다."), encoder=encoder)
    second = make(laid_text("1차시 - 해제\n\n막는다."), encoder=encoder, previous=first)
    assert encoder.embedded == ["잠금 막는다.", "해제 막는다."]
    assert second.chunks[0].id == first.chunks[0].id


def test_vectors_of_another_encoder_are_not():
    first = make(laid_text("잠금이다."), encoder=WordCountEncoder("old"))
    encoder = WordCountEncoder("new")
    make(laid_text("잠금이다."), encoder=encoder, previous=first)
    assert len(encoder.embedded) == 1


def test_a_courses_own_pairs_join_the_glossary(built):
    glossary = glossary_of([built], [["잠금", "lock"]])
    assert glossary.equivalents(["문맥", "교환"]) == [("context", "switch")]
    assert glossary.equivalents(["잠금"]) == [("lock",)]
