"""Follow one question: a notes file goes in, a cited answer comes out, one module after the other.

Read it next to `ingest/build.py`, `tutor/tutor.py`, `tutor/retrieve.py`, `tutor/answer.py` and
`tutor/cite.py`, in this order. The encoder and the language model are fakes.
"""

import time
from pathlib import Path

from ingest.build import ingest
from ingest.index import glossary_of
from ingest.library import Library
from tests.fakes import ScriptedLLM, WordCountEncoder
from tutor.answer import Asked, stream_answer
from tutor.cite import cite
from tutor.llm.choose import Chosen
from tutor.llm.message import passages_of
from tutor.relevance.judge import judge
from tutor.retrieve import Retriever
from tutor.source import Engine, Token
from tutor.tutor import Tutor

NOTE = """# 게이트가 있는 순환 신경망

## 리셋 게이트

리셋 게이트(reset gate)는 과거를 얼마나 버릴지 정하는 게이트이다. 값은 0과 1 사이이다.

## 업데이트 게이트

업데이트 게이트(update gate)는 과거와 새 후보를 섞는 비율을 정하는 게이트이다.
"""
QUESTION = "리셋 게이트가 뭐야?"
SAID = "과거를 얼마나 버릴지 정하는 게이트예요 [1]."
QUOTE = "리셋 게이트(reset gate)는 과거를 얼마나 버릴지 정하는 게이트이다."
ENGINE = Engine("scripted", "server")


def write_and_ingest(folder: Path) -> Library:
    """1. `ingest/build.py`: the file becomes a document, chunks, vectors and postings."""
    notes = folder / "2주차" / "2차시.md"
    notes.parent.mkdir(parents=True)
    notes.write_text(NOTE, encoding="utf-8")
    library = Library(folder / "home")
    report = ingest(library, [folder / "2주차"], "notes", WordCountEncoder())

    assert (report.added, report.chunks) == (["2차시.md"], 2)
    return library


def test_step_by_step(tmp_path):
    library = write_and_ingest(tmp_path)
    index = library.load("notes", "word-count")

    # 2. `tutor/tutor.py` wires the rest: it opens the index and hands it to a retriever
    retriever = Retriever([index], WordCountEncoder(), glossary_of([index], []))
    started = time.perf_counter()

    # 3. `tutor/retrieve.py`: the question finds the chunks that may answer it
    hits = retriever.search(QUESTION)
    assert hits[0].chunk.text.startswith(QUOTE)
    passages = passages_of(hits)

    # 4. `tutor/relevance/`: which sentences answer, and whether any does; then `tutor/answer.py`:
    # the engine reads the passages and writes; its text streams
    query = retriever.query(QUESTION)
    judged = judge(QUESTION, query.concepts, passages)
    assert judged.answered
    asked = Asked(
        question=QUESTION,
        standalone=QUESTION,
        language="ko",
        concepts=query.concepts,
        passages=judged.passages,
        hits=tuple(hits),
        started=started,
        retrieved=started,
        confidence=judged.confidence,
        answerable=judged.answered,
    )
    *tokens, answer = stream_answer(asked, ScriptedLLM().enqueue(SAID), ENGINE)
    assert "".join(token.text for token in tokens if isinstance(token, Token)) == SAID

    # 5. `tutor/cite.py`: the marker gets the sentence that supports the words before it
    assert answer.citations == cite(SAID, passages).citations
    (citation,) = answer.citations
    assert (citation.n, citation.quote) == (1, QUOTE)

    # and the quote is in the file, at exactly these characters
    assert NOTE[citation.start : citation.end] == QUOTE


def test_in_one_call(tmp_path):
    tutor = Tutor(write_and_ingest(tmp_path), WordCountEncoder(), "reader", temporary=False)
    tutor.engines.use(Chosen(ScriptedLLM().enqueue(SAID), ENGINE))
    answer = tutor.ask(QUESTION)

    assert (answer.text, answer.answered) == (SAID, True)
    assert [(c.n, c.quote) for c in answer.citations] == [(1, QUOTE)]
    assert answer.citations[0].chunk.place.path == ("리셋 게이트",)


def test_the_readme_names_the_way():
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    way = ["tutor/tutor.py", "tutor/retrieve.py", "tutor/answer.py", "tutor/cite.py"]
    named = [readme.index(f"`{module}`") for module in way]

    assert named == sorted(named)
