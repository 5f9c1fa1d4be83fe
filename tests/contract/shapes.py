"""The JSON shapes of the contract: exact keys, types and what must hold between them."""

from __future__ import annotations

import re

SOURCE = {
    "course", "document", "language", "title", "week", "lecture", "section", "page",
    "start", "end", "role",
}  # fmt: skip
ITEM = {
    "id", "kind", "language", "stem", "options", "terms", "key", "answer", "explanation",
    "citations", "difficulty", "contested", "generator",
}  # fmt: skip
ANSWER = {
    "id", "question", "standalone_question", "answer", "answered", "reason", "citations", "near",
    "model", "timings", "unsupported",
}  # fmt: skip
SEARCH = {"id", "question", "standalone_question", "confidence", "hits"}
_CLOSED = re.compile(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$", re.S)
_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")


def check_source(source, text=None):
    assert set(source) == SOURCE
    assert source["role"] in ("lecture", "aside", "commentary", "quiz")
    assert source["language"] in ("ko", "en")
    for name in ("week", "lecture", "page"):
        assert source[name] is None or isinstance(source[name], int)
    assert all(isinstance(heading, str) for heading in source["section"])
    assert 0 <= source["start"] < source["end"]
    assert text is None or source["end"] <= len(text)


def check_citations(citations, written, texts):
    """Every marker has its citation, every citation is used, every quote is in its document."""
    used = [int(number) for number in _MARKER.findall(_CLOSED.sub("", written))]
    assert list(dict.fromkeys(used)) == [citation["n"] for citation in citations]
    assert [citation["n"] for citation in citations] == list(range(1, len(citations) + 1))
    for citation in citations:
        assert set(citation) == {"n", "quote", "source"}
        source = citation["source"]
        text = texts[source["document"]]
        check_source(source, text)
        assert " ".join(text[source["start"] : source["end"]].split()) == citation["quote"]


def check_answer(answer, texts):
    assert set(answer) == ANSWER
    check_citations(answer["citations"], answer["answer"], texts)
    for near in answer["near"]:
        assert set(near) == {"title", "source"}
        check_source(near["source"])
    assert set(answer["model"]) == {"name", "kind"}
    assert answer["model"]["kind"] in ("reader", "transformers", "server")
    timings = answer["timings"]
    assert set(timings) == {"retrieve_ms", "first_token_ms", "total_ms"}
    assert 0 <= timings["retrieve_ms"] <= timings["first_token_ms"] <= timings["total_ms"]
    if answer["answered"]:
        assert (answer["reason"], answer["near"]) == (None, [])
        assert answer["citations"]
    else:
        assert answer["reason"] in ("not_in_notes", "small_talk", "refused")
        assert answer["citations"] == []


def check_search(found, texts):
    assert set(found) == SEARCH
    assert 0 <= found["confidence"] <= 1
    assert [hit["rank"] for hit in found["hits"]] == list(range(1, len(found["hits"]) + 1))
    for hit in found["hits"]:
        assert set(hit) == {"rank", "score", "text", "source", "twin"}
        check_source(hit["source"])
        text = texts[hit["source"]["document"]]
        assert text[hit["source"]["start"] : hit["source"]["end"]] == hit["text"]
        assert hit["twin"] is None or set(hit["twin"]) == {"document", "start", "end"}


def check_error(error, code):
    assert set(error) == {"code", "message", "hint"}
    assert error["code"] == code
    assert error["message"]
    assert error["hint"]


def check_item(item, texts):
    assert set(item) == ITEM
    assert 0 <= item["difficulty"] <= 1
    assert isinstance(item["contested"], bool)
    assert item["generator"] == "template"
    assert item["answer"]
    check_citations(item["citations"], item["explanation"], texts)
    if item["key"] is not None:
        assert item["options"]
        assert all(0 <= at < len(item["options"]) for at in item["key"])
