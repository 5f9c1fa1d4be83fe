"""What a LangChain user takes from here: embeddings and a retriever, in chains of their own."""

import json
import shutil

import numpy as np
import pytest
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from langchain_core.vectorstores import InMemoryVectorStore

from ingest.build import ingest
from ingest.embed import SHIPPED_FOLDER, open_encoder
from ingest.library import Library
from tests.tutor.course import BILINGUAL, write
from tutor.retrieve import NotesRetriever
from tutor.tutor import Tutor


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sentence-transformers model with prompts of its own, as multilingual-e5 has them."""
    found = tmp_path_factory.mktemp("인코더") / "e5"
    shutil.copytree(SHIPPED_FOLDER, found)
    path = found / "config_sentence_transformers.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    prompts = {"prompts": {"query": "query: ", "document": "passage: "}}
    path.write_text(json.dumps(settings | prompts), encoding="utf-8")
    return found


def test_any_model_brings_its_own_prompts(folder):
    encoder, bare = open_encoder(str(folder)), open_encoder()
    asked, told = encoder.queries(["게이트"]), encoder.documents(["게이트"])
    assert np.abs(asked - bare.documents(["query: 게이트"])).max() < 1e-5
    assert np.abs(told - bare.documents(["passage: 게이트"])).max() < 1e-5
    assert np.abs(asked - told).max() > 1e-3


def test_the_embeddings_fill_somebody_elses_store():
    store = InMemoryVectorStore.from_texts(
        ["리셋 게이트는 이전 상태를 버린다.", "빵은 오븐에서 굽는다."], open_encoder()
    )
    (found,) = store.similarity_search("what does the reset gate forget?", k=1)
    assert found.page_content.startswith("리셋 게이트")


@pytest.mark.parametrize("spec", ["shipped", "folder"])
def test_a_home_becomes_a_retriever_in_a_chain(spec, folder, tmp_path):
    encoder = open_encoder(str(folder) if spec == "folder" else spec)
    library = Library(tmp_path / "home")
    ingest(library, [write(tmp_path / "notes", BILINGUAL)], "notes", encoder)
    tutor = Tutor(library, encoder, "reader", temporary=False)
    notes = NotesRetriever(retriever=tutor.retriever(["notes"]), k=1)
    prompt = ChatPromptTemplate.from_template("Notes: {notes}\nQuestion: {question}")
    joined = notes | RunnableLambda(lambda found: "\n".join(d.page_content for d in found))
    chain = {"notes": joined, "question": RunnablePassthrough()} | prompt
    written = chain.invoke("리셋 게이트가 뭐야?").to_string()
    assert "이전 은닉 상태를 얼마나 버릴지" in written
    assert written.endswith("Question: 리셋 게이트가 뭐야?")
    assert [d.metadata["section"] for d in notes.batch(["what is a convolution?"])[0]] == [
        ["Convolution"]
    ]
