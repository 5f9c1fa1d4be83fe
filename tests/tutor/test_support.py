"""The mark on unsupported sentences, on a labelled set of our own: precision, recall, and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.document import Chunk, Place, Role
from ingest.embed import StaticEncoder
from ingest.glossary import Glossary
from ingest.term_table import shipped_table
from ingest.words import glossary_rows
from tests.tutor.making import passages
from tutor.llm.message import Passage
from tutor.support import Support, numbers_in

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "support" / "passages.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
WRONG = ("wrong_number", "swapped_term", "flipped_negation")
Case = tuple[str, str, str]


@pytest.fixture(scope="module")
def support(shipped: StaticEncoder) -> Support:
    return Support(shipped, Glossary(glossary_rows()), shipped_table())


def passage(row: dict) -> Passage:
    place = Place(1, 1, row["title"], tuple(row["path"]))
    text = row["text"]
    piece = Chunk(
        id=row["id"],
        course="genai",
        document=row["document"],
        language=row["language"],
        start=0,
        end=len(text),
        text=text,
        role=Role.LECTURE,
        place=place,
        ordinal=0,
    )
    return Passage(1, piece, 1.0, ())


PASSAGES = {row["id"]: passage(row) for row in ROWS}


def cases(half: str) -> Iterator[Case]:
    """Label, sentence, the passage it cites; "chosen" is the half that weights were chosen on."""
    for row in ROWS:
        if half not in (row["half"], "all"):
            continue
        for label in ("supported", *WRONG):
            yield from ((label, sentence, row["id"]) for sentence in row[label])
        for other in row["cited_by"]:
            yield from (("wrong_citation", s, other) for s in row["supported"][::2])


def measured(support: Support, half: str) -> dict[str, float]:
    seen, marked = Counter[str](), Counter[str]()
    for label, sentence, cited in cases(half):
        seen[label] += 1
        marked[label] += not support.judge(sentence, [PASSAGES[cited]]).supported
    wrong = sum(seen.values()) - seen["supported"]
    right_marks = sum(marked.values()) - marked["supported"]
    return {
        "precision": right_marks / sum(marked.values()),
        "recall": right_marks / wrong,
        "false_marks": marked["supported"] / seen["supported"],
        **{label: marked[label] / seen[label] for label in (*WRONG, "wrong_citation")},
    }


def test_the_set_is_as_large_as_it_says():
    found = list(cases("all"))
    korean = [s for _, s, _ in found if any("가" <= char <= "힣" for char in s)]

    assert len({(sentence, cited) for _, sentence, cited in found}) >= 380
    assert 100 < len(korean) < len(found) - 100
    assert {label for label, _, _ in found} == {"supported", "wrong_citation", *WRONG}


@pytest.mark.parametrize("half", ["chosen", "kept"])
def test_precision_and_recall_of_the_mark(support, half):
    found = measured(support, half)

    assert found["precision"] >= 0.80
    assert found["recall"] >= 0.80
    assert found["wrong_number"] >= 0.85
    assert found["flipped_negation"] >= 0.90
    assert found["wrong_citation"] >= 0.85
    assert found["swapped_term"] >= 0.35  # the weakest: the words are all there, in other places
    assert found["false_marks"] <= 0.32


NOTE = "The reset gate decides how much of the past is dropped.\nA GRU has two gates."


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ("The reset gate decides how much of the past is dropped.", None),
        ("A GRU has two gates.", None),
        ("A GRU has 2 gates.", None),
        ("A GRU has three gates.", "number"),
        ("A GRU does not have two gates.", "negation"),
        ("Schmidhuber decides how much of the past is dropped.", None),  # first word: no name
        ("The gate of Schmidhuber drops the past.", "name"),
        ("Bread is baked from flour.", "unlike"),
        ("", "unlike"),
    ],
)
def test_what_does_not_fit_is_named(support, claim, fault):
    found = support.judge(claim, passages(NOTE))

    assert found.fault == fault or (fault is None and not found.fault)


def test_no_passage_supports_nothing(support):
    assert not support.judge("A GRU has two gates.", []).supported


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("두 가지, 3개", {"2", "3"}),
        ("two layers of 1,024", {"2", "1024"}),
        ("$2{,}099{,}712$", {"2099712"}),
        ("one of them", set()),
        ("세 번째는 0.50", {"3", "0.50", "0.5"}),
    ],
)
def test_numbers_are_read_in_both_languages(text, numbers):
    assert numbers_in(text) == numbers
