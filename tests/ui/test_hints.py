from __future__ import annotations

import re

import pytest

from tests.ui.fakes import ITEMS
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.words import fold
from ui.hints import hints
from ui.texts import EN, KO, Texts

CHOICE, TRUE_FALSE, SHORT, ORDERING, MATCHING = ITEMS


@pytest.mark.parametrize("texts", [KO, EN])
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind.value)
def test_there_is_a_ladder_and_it_never_says_the_key(item: Item, texts: Texts) -> None:
    ladder = hints(item, texts)
    assert len(ladder) >= 2
    if item.kind in (ItemKind.CHOICE, ItemKind.SHORT_ANSWER):
        said = fold(" ".join(ladder))
        assert not any(fold(form) in said for form in (*item.answer, item.key_option or "zz"))


def test_the_sentence_comes_with_a_blank_in_the_keys_place() -> None:
    quote = "망각 게이트: 망각 게이트는"
    assert SHORT.citations[0].quote == quote
    assert any("____는" in hint for hint in hints(SHORT, KO))


def test_letters_are_hinted_at_last_for_what_is_typed() -> None:
    assert hints(SHORT, KO)[-1].endswith("ㅁ○ ㄱ○○")


def test_wrong_options_go_but_two_remain() -> None:
    gone = re.findall(r"\d", hints(CHOICE, EN)[-1])
    assert gone == ["1", "3"]


def test_an_item_that_cites_nothing_still_has_hints() -> None:
    from dataclasses import replace

    assert len(hints(replace(CHOICE, citations=()), KO)) == 1


def test_an_order_is_never_told_whole() -> None:
    (hint,) = [hint for hint in hints(ORDERING, EN) if "after" in hint]
    assert sum(option in hint for option in ORDERING.options or ()) == 2
