"""A quiz to print: the questions, and on another page the key with its sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.quiz.item import Item, ItemKind
from tutor.source import Citation

_PAGE_BREAK = '<div style="page-break-before: always"></div>'
_LETTERS = "ABCDEFGH"


def to_markdown(items: Sequence[Item]) -> bytes:
    """Numbered questions, a page break, numbered answers."""
    korean = bool(items) and items[0].language == "ko"
    heads = ("# 문제", "# 정답과 해설") if korean else ("# Questions", "# Answers")
    questions = [_question(number, item) for number, item in enumerate(items, 1)]
    answers = [_answer(number, item) for number, item in enumerate(items, 1)]
    parts = [heads[0], *questions, _PAGE_BREAK, heads[1], *answers]
    return ("\n\n".join(parts) + "\n").encode()


def _question(number: int, item: Item) -> str:
    stem = _escape(item.stem, keep_bold=True).replace("\n", "  \n")
    lines = [f"**{number}.** {stem}", ""]
    if item.kind is ItemKind.MATCHING:
        lines += [f"- {n}. {_escape(term)}" for n, term in enumerate(item.terms or (), 1)]
        lines += ["", *_lettered(item)]
    elif item.options:
        lines += _lettered(item)
    else:
        lines.append(r"\_" * 20)
    return "\n".join(lines)


def _lettered(item: Item) -> list[str]:
    return [f"- {_LETTERS[n % 8]}. {_escape(text)}" for n, text in enumerate(item.options or ())]


def _answer(number: int, item: Item) -> str:
    lines = [f"**{number}.** {_key(item)}", "", _escape(item.explanation, keep_markers=True)]
    lines += [f"> [{c.n}] {_place(c)}" for c in item.citations]
    return "\n\n".join(line for line in lines if line)


def _key(item: Item) -> str:
    letters = [_LETTERS[index % 8] for index in item.key or ()]
    if item.kind is ItemKind.MATCHING:
        return ", ".join(f"{n}–{letter}" for n, letter in enumerate(letters, 1))
    if item.kind is ItemKind.ORDERING:
        return " → ".join(letters)
    if letters:
        return f"{letters[0]}. {_escape(item.key_option or '')}"
    return " / ".join(_escape(form) for form in item.answer)


def _place(citation: Citation) -> str:
    place = citation.chunk.place
    where = f"{place.week}-{place.lecture} " if place.week and place.lecture else ""
    return _escape(f"{where}{place.title} ({citation.chunk.document})")


def _escape(text: str, *, keep_bold: bool = False, keep_markers: bool = False) -> str:
    """Signs that Markdown would take for markup, made plain."""
    # "**not**" stays bold; one asterisk by itself is the notes' own
    signs = r"([\\`_<>#|~]|(?<!\*)\*(?!\*))" if keep_bold else r"([\\`*_<>#|~])"
    if not keep_markers:
        signs = signs.replace("[\\\\", "[\\\\\\[\\]")
    return re.sub(signs, r"\\\1", text)
