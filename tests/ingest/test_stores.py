"""Vector stores in place of FAISS: the same hits, and no course without a whole index."""

import pytest

from ingest.build import ingest
from ingest.errors import IndexMismatch, StoreUnavailable
from ingest.index import glossary_of
from ingest.library import Library
from ingest.stores import Store, open_store
from tests.fakes import WordCountEncoder
from tests.ingest.course import LOCK, SEMAPHORE, write
from tutor.retrieve import Retriever

QUESTIONS = ("세마포어가 뭐야?", "잠금은 누가 풀어?", "한 번에 몇 명?")


def milvus_lite():
    pytest.importorskip("milvus_lite", reason="milvus-lite has no wheel for this system")
    return "milvus://{folder}/store.db"


URLS = {"qdrant": lambda: "qdrant://{folder}/store", "milvus": milvus_lite}


@pytest.fixture(params=URLS)
def url(request, tmp_path):
    return URLS[request.param]().format(folder=tmp_path)


@pytest.fixture
def notes(tmp_path):
    folder = tmp_path / "notes"
    write(folder, a=LOCK, week2__b=SEMAPHORE)
    return folder


def found(library, question):
    encoder = WordCountEncoder()
    index = library.load("os", encoder.name)
    hits = Retriever([index], encoder, glossary_of([index], [])).search(question)
    return [hit.chunk.id for hit in hits], [hit.score for hit in hits]


def stored(tmp_path, url):
    return Library(tmp_path / "stored", open_store(url, WordCountEncoder()))


def test_the_same_hits_as_faiss(tmp_path, notes, url):
    plain, other = Library(tmp_path / "plain"), stored(tmp_path, url)
    for library in (plain, other):
        ingest(library, [notes], "os", WordCountEncoder())
    for question in QUESTIONS:
        expected, scores = found(plain, question)
        assert found(other, question)[0] == expected
        assert found(other, question)[1] == pytest.approx(scores, abs=1e-3)
    assert not list((tmp_path / "stored").rglob("vectors.faiss"))


def test_changed_notes_take_the_other_collection_and_empty_the_first(tmp_path, notes, url):
    library = stored(tmp_path, url)
    ingest(library, [notes], "os", WordCountEncoder())
    first = library.load("os", "word-count")
    write(notes, a="뮤텍스는 잠금의 하나이다.")
    ingest(library, [notes], "os", WordCountEncoder())
    second = library.load("os", "word-count")
    assert {first.collection[-2:], second.collection[-2:]} == {"_a", "_b"}
    assert "뮤텍스" in second.chunks[0].text
    assert first.vectors.nearest("뮤텍스", None)[0] == []
    library.remove("os")
    assert second.vectors.nearest("뮤텍스", None)[0] == []


def test_an_index_in_faiss_is_not_taken_for_one_in_the_store(tmp_path, notes, url):
    ingest(Library(tmp_path / "stored"), [notes], "os", WordCountEncoder())
    with pytest.raises(IndexMismatch, match="faiss") as caught:
        stored(tmp_path, url).load("os", "word-count")
    assert "--store" in caught.value.hint


def test_documents_are_read_without_the_store(tmp_path, notes, url):
    ingest(stored(tmp_path, url), [notes], "os", WordCountEncoder())
    assert sorted(Library(tmp_path / "stored").load("os", None).documents) == ["a.md", "week2/b.md"]
    with pytest.raises(IndexMismatch):
        Library(tmp_path / "stored").load("os", "word-count")


def test_faiss_needs_no_store():
    assert open_store("faiss", WordCountEncoder()) is None


@pytest.mark.parametrize("url", ["chroma://x", "qdrant", "http://localhost:6333", ""])
def test_an_unknown_store(url):
    with pytest.raises(StoreUnavailable, match="no vector store") as caught:
        open_store(url, WordCountEncoder())
    assert "qdrant://" in caught.value.hint


def test_a_key_in_the_url_is_not_written_down():
    assert Store("qdrant://:secret@host:6333", WordCountEncoder()).name == "qdrant://host:6333"


@pytest.mark.parametrize("url", ["qdrant://127.0.0.1:9", "milvus://127.0.0.1:9"])
def test_a_server_that_is_not_there(url):
    with pytest.raises(StoreUnavailable, match="cannot be used") as caught:
        open_store(url, WordCountEncoder())
    assert "--store" in caught.value.hint
