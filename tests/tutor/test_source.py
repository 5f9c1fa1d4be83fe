"""The JSON shapes of hits, citations and answers."""

from ingest.document import Chunk, Place, Role
from tutor.source import Answer, Citation, Engine, Hit, Near, Search, Span, Timings

CHUNK = Chunk(
    id="c",
    course="notes",
    document="ko/1.md",
    language="ko",
    start=10,
    end=30,
    text="리셋 게이트는 과거를 버린다.\n\n끝",
    role=Role.COMMENTARY,
    place=Place(2, None, "퀴즈", ("게이트", "리셋"), None),
    ordinal=3,
)
SOURCE = {
    "course": "notes",
    "document": "ko/1.md",
    "language": "ko",
    "title": "퀴즈",
    "week": 2,
    "lecture": None,
    "section": ["게이트", "리셋"],
    "page": None,
    "start": 10,
    "end": 30,
    "role": "commentary",
}


def test_a_search():
    hit = Hit(1, 2.123456, CHUNK, Span("en/1.md", 5, 9))
    found = Search("리셋?", "GRU 리셋?", 0.71239, (hit,))

    assert found.to_dict() == {
        "question": "리셋?",
        "standalone_question": "GRU 리셋?",
        "confidence": 0.7124,
        "hits": [
            {
                "rank": 1,
                "score": 2.1235,
                "text": CHUNK.text,
                "source": SOURCE,
                "twin": {"document": "en/1.md", "start": 5, "end": 9},
            }
        ],
    }
    assert Hit(1, 0.0, CHUNK).to_dict()["twin"] is None


def test_an_answer():
    citation = Citation(1, "리셋 게이트는", CHUNK, 10, 17)
    answer = Answer(
        question="리셋?",
        standalone_question="GRU 리셋?",
        text="버려요 [1].",
        answered=True,
        reason=None,
        citations=(citation,),
        near=(Near(CHUNK),),
        engine=Engine("qwen", "transformers"),
        timings=Timings(1.26, 2.0, 3.04),
    )

    assert answer.to_dict() == {
        "question": "리셋?",
        "standalone_question": "GRU 리셋?",
        "answer": "버려요 [1].",
        "answered": True,
        "reason": None,
        "citations": [{"n": 1, "quote": "리셋 게이트는", "source": SOURCE | {"end": 17}}],
        "near": [{"title": "리셋", "source": SOURCE}],
        "model": {"name": "qwen", "kind": "transformers"},
        "timings": {"retrieve_ms": 1.3, "first_token_ms": 2.0, "total_ms": 3.0},
        "unsupported": [],
    }
