"""The table of translations: both directions, surest first, and what the shipped one knows."""

import pytest

from ingest.term_table import KEPT, TermTable, shipped_table


def test_both_directions_surest_first():
    table = TermTable(
        [("기울기", "gradient", 0.6), ("기울기", "slope", 0.7), ("경사", "slope", 0.2)]
    )
    assert list(table.translations("기울기").items()) == [("slope", 0.7), ("gradient", 0.6)]
    assert list(table.translations("slope").items()) == [("기울기", 0.7), ("경사", 0.2)]
    assert table.translations("없음") == {}
    assert len(table) == 4


def test_only_the_surest_are_kept():
    table = TermTable([("가", f"w{n}", n / 10) for n in range(1, KEPT + 3)])
    assert list(table.translations("가")) == [f"w{n}" for n in range(KEPT + 2, 2, -1)]


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("메모리", "memori"),
        ("weight", "가중치"),
        ("손실", "loss"),
        ("advantag", "장점"),
        ("잊", "forget"),
    ],
)
def test_the_shipped_one_knows_everyday_words_of_the_field(term, other):
    assert other in shipped_table().translations(term)


def test_the_shipped_one_is_read_once():
    assert shipped_table() is shipped_table()
    assert len(shipped_table()) > 10_000
