from __future__ import annotations

import pytest

from ui.links import Passage, passage_of


def test_a_link_comes_back_as_the_passage_it_was_made_of() -> None:
    passage = Passage("내 노트", "ko/2주 차 & more?.md", 12, 40, whole=True)
    assert passage.href.startswith("#note?c=")
    assert passage_of(passage.href) == passage
    assert passage_of(Passage("c", "d", 0, 0).href) == Passage("c", "d", 0, 0)


@pytest.mark.parametrize(
    "href",
    [
        "",
        "http://example.org",
        "#note?",
        "#note?c=a&d=b&s=1",
        "#note?c=a&d=b&s=x&e=2",
        "#note?d=b&s=1&e=2",
        "javascript:alert(1)",
    ],
)
def test_anything_else_is_no_passage(href: str) -> None:
    assert passage_of(href) is None


def test_offsets_below_zero_are_not_taken() -> None:
    assert passage_of("#note?c=a&d=b&s=-5&e=-1") == Passage("a", "b", 0, 0)
