from __future__ import annotations

import json

import pytest

from tests.tutor.quiz.samples import GOOD_KO, item
from tutor.errors import BadLine
from tutor.quiz.item import Item, ItemKind, item_id


def test_there_and_back():
    made = item(GOOD_KO)
    again = Item.from_dict(json.loads(json.dumps(made.to_dict())))
    assert again == made
    assert list(made.to_dict()) == [
        "id",
        "kind",
        "language",
        "stem",
        "options",
        "terms",
        "key",
        "answer",
        "explanation",
        "citations",
        "difficulty",
        "contested",
        "generator",
    ]
    assert made.to_dict()["citations"][0]["source"] == {
        "course": "coffee",
        "document": "a.md",
        "language": "ko",
        "title": "",
        "week": None,
        "lecture": None,
        "section": [],
        "page": None,
        "start": 10,
        "end": 43,
        "role": "lecture",
    }


def test_the_id_does_not_depend_on_the_order_of_options():
    shuffled = item(GOOD_KO, options=["가압", "점적", "침출", "드립"], key=[0])
    assert shuffled.id == item(GOOD_KO).id
    assert item(GOOD_KO, key=[0]).id != shuffled.id
    assert item_id(ItemKind.CHOICE, "a  b", "s", "K") == item_id(ItemKind.CHOICE, "a b", "s", "k")


def test_an_item_from_elsewhere_may_lack_fields():
    made = Item.from_dict(
        {"kind": "choice", "stem": "무엇인가요?", "options": ["가", "나"], "key": 1}
    )
    assert (made.language, made.key, made.citations) == ("ko", (1,), ())
    assert made.key_option == "나"
    assert made.wrong_options == ("가",)


@pytest.mark.parametrize(
    "data",
    [
        [],
        "x",
        {"stem": "?"},
        {"kind": "riddle", "stem": "?"},
        {"kind": "choice"},
        {"kind": "choice", "stem": "?", "options": "nothing", "key": "A"},
        {"kind": "choice", "stem": "?", "options": [1, 2]},
        {"kind": "choice", "stem": "?", "citations": {"n": 1}},
        {
            "kind": "choice",
            "stem": "?",
            "citations": [{"n": 1, "quote": "q", "source": {"start": "0"}}],
        },
        {"kind": "choice", "stem": "?", "difficulty": "hard"},
        {"kind": "choice", "stem": "?", "language": "de"},
    ],
)
def test_what_is_no_item(data):
    with pytest.raises(BadLine) as caught:
        Item.from_dict(data)
    assert caught.value.hint
