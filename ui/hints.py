"""A ladder of hints for an item: each says more than the one before, none says the key. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tutor.quiz.item import Item, ItemKind
from tutor.quiz.words import fold
from ui.render import place_label
from ui.render_quiz import is_chosen
from ui.texts import Texts

_BLANK = "____"
_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_SHORT = 3
"""Words of a quote shown for a statement that is true or false: all of it would settle that."""


def hints(item: Item, texts: Texts) -> list[str]:
    """The hints in order, not escaped; at least none of them holds the key."""
    made = (hint for hint in _ladder(item, texts) if hint and not _says_key(hint, item))
    return list(dict.fromkeys(made))


def _ladder(item: Item, texts: Texts) -> Iterator[str]:
    yield from _about_place(item, texts)
    yield from _about_sentence(item, texts)
    if item.kind is ItemKind.ORDERING:
        yield from _about_order(item, texts)
    elif item.kind is ItemKind.MATCHING:
        yield from _about_pairs(item, texts)
    elif is_chosen(item):
        yield from _about_options(item, texts)
    else:
        yield from _about_letters(item, texts)


def _about_place(item: Item, texts: Texts) -> Iterator[str]:
    for citation in item.citations[:1]:
        place = citation.chunk.place
        parts = [place_label(place, texts), place.title, *place.path[-1:]]
        kept = [part for part in parts if part and not _says_key(part, item)]
        if kept:
            yield texts.hint_place.format(place=" · ".join(kept))


def _about_sentence(item: Item, texts: Texts) -> Iterator[str]:
    for citation in item.citations[:1]:
        if item.kind is ItemKind.TRUE_FALSE:
            sentence = " ".join(citation.quote.split()[:_SHORT]) + " …"
        elif item.kind in (ItemKind.ORDERING, ItemKind.MATCHING):
            return
        else:
            sentence = _masked(citation.quote, item)
        if item.kind is ItemKind.TRUE_FALSE or _BLANK in sentence:
            yield texts.hint_sentence.format(sentence=sentence)


def _about_options(item: Item, texts: Texts) -> Iterator[str]:
    options = item.options or ()
    key = item.key[0] if item.key else -1
    wrong = [at for at in range(len(options)) if at != key]
    gone = wrong[: max(0, len(options) - 2)]
    if gone:
        yield texts.hint_not.format(options=", ".join(str(at + 1) for at in gone))


def _about_letters(item: Item, texts: Texts) -> Iterator[str]:
    if item.answer:
        letters = " ".join(map(_lead, item.answer[0].split()))
        yield texts.hint_letters.format(letters=letters)


def _about_order(item: Item, texts: Texts) -> Iterator[str]:
    key, options = item.key or (), item.options or ()
    if len(key) > 2:
        at = len(key) // 2
        yield texts.hint_before.format(first=options[key[at - 1]], second=options[key[at]])


def _about_pairs(item: Item, texts: Texts) -> Iterator[str]:
    for term, key in zip(item.terms or (), item.key or (), strict=False):
        other = (key + 1) % max(1, len(item.options or ()))
        if other != key:
            yield texts.hint_pair.format(term=term, option=other + 1)
            return


def _masked(quote: str, item: Item) -> str:
    """The quote without the accepted answers, longer ones first."""
    forms = sorted({*item.answer, item.key_option or ""} - {""}, key=len, reverse=True)
    for form in forms:
        spaced = r"\s*".join(map(re.escape, form.split()))
        quote = re.sub(spaced, _BLANK, quote, flags=re.IGNORECASE)
    return re.sub(rf"{_BLANK}(?:\s*\(?{_BLANK}\)?)+", _BLANK, quote)


def _lead(word: str) -> str:
    """리셋 → ㄹ○, gate → g…: the first letter, and how long the word is."""
    first, rest = word[0], len(word) - 1
    if "가" <= first <= "힣":
        first = _LEADS[(ord(first) - ord("가")) // 588]
    return unicodedata.normalize("NFC", first) + "○" * rest


def _says_key(hint: str, item: Item) -> bool:
    """Whether a hint holds what is asked for; a statement's "true" is no such thing."""
    if item.kind in (ItemKind.TRUE_FALSE, ItemKind.ORDERING, ItemKind.MATCHING):
        return False
    said = fold(hint)
    forms = (fold(form) for form in (*item.answer, item.key_option or ""))
    return any(form and form in said for form in forms)
