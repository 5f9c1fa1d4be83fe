"""Quiz items, results and summaries as HTML for the page. Pure: values in, text out.

Options are buttons that the browser reports through the bridge, so that formulas in them are
typeset and number keys reach them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tutor.quiz.grade import Grade
from tutor.quiz.item import Item, ItemKind
from ui.escape import attributes, entities, markdown, plain
from ui.links import Passage
from ui.render import notice, sources
from ui.texts import Texts

_CHOSEN = (ItemKind.CHOICE, ItemKind.NEGATIVE_CHOICE, ItemKind.TRUE_FALSE, ItemKind.CLOZE)


def is_chosen(item: Item) -> bool:
    """Whether the item is answered by picking one option rather than by typing."""
    return item.kind in _CHOSEN and bool(item.options)


def kind_name(kind: str, texts: Texts) -> str:
    """The kind in words; its own name where there are none."""
    return str(getattr(texts, f"kind_{kind}", kind))


def position(number: int, total: int | None, texts: Texts) -> str:
    """How far one is; `total` is None where the end is not known."""
    if total is None:
        words = texts.practice_due_position.format(number=number)
        return f'<div class="position">{entities(words)}</div>'
    words = texts.practice_position.format(number=number, total=total)
    width = attributes({"class": "done", "style": f"width: {100 * (number - 1) // total}%"})
    return (
        f'<div class="position"><span>{entities(words)}</span>'
        f'<span class="track"><span{width}></span></span></div>'
    )


def question(item: Item, texts: Texts) -> str:
    """An item to be answered."""
    kind = "hint keys" if is_chosen(item) else "hint"
    hint = f"<p{attributes({'class': kind})}>{entities(prompt(item, texts))}</p>"
    return _item(item, _options(item, None, texts) + hint, texts)


def prompt(item: Item, texts: Texts) -> str:
    """What to do, in a sentence."""
    if is_chosen(item):
        return texts.practice_keys
    words = {
        ItemKind.ORDERING: texts.practice_answer_order,
        ItemKind.MATCHING: texts.practice_answer_match,
    }
    return words.get(item.kind, texts.practice_answer_text)


def answered(item: Item, response: object, texts: Texts) -> str:
    """An item with what was answered and what is right."""
    return _item(item, _options(item, response, texts), texts)


def result(item: Item, grade: Grade, when: str, texts: Texts) -> str:
    """Right or wrong, the key, why, where it stands in the notes, and when it comes back."""
    heads = {
        "correct": ("right", texts.practice_right),
        "partly": ("partly", texts.practice_partly),
        "not": ("wrong", texts.practice_wrong),
    }
    name, words = heads[grade.verdict]
    parts = [f'<p class="head">{entities(words)}</p>']
    if not grade.correct and not is_chosen(item):
        parts.append(_line(texts.practice_key, plain(key_text(item))))
    parts.append(_line(texts.practice_why, explanation(item)))
    parts += [notice(texts.practice_contested)] if item.contested else []
    parts.append(sources(item.citations, texts))
    parts += [f'<p class="when">{entities(when)}</p>'] if when else []
    return f'<div class="result is-{name}">{"".join(parts)}</div>'


def summary(missed: Sequence[Item], right: int, total: int, texts: Texts) -> str:
    """The score, and the items that went wrong with their key and source."""
    score = texts.practice_score.format(total=total, right=right)
    head = f'<p class="score">{entities(score)}</p>'
    if not missed:
        return head + f"<p>{entities(texts.practice_all_right)}</p>"
    cards = "".join(
        f'<div class="missed"><p class="stem">{plain(item.stem)}</p>'
        f"{_line(texts.practice_key, plain(key_text(item)))}{sources(item.citations, texts)}</div>"
        for item in missed
    )
    return f"{head}<p>{entities(texts.practice_missed)}</p>{cards}"


def key_text(item: Item) -> str:
    """The right answer as text, not escaped."""
    if item.options and item.key and item.kind is ItemKind.MATCHING:
        pairs = zip(item.terms or (), item.key, strict=False)
        return "\n".join(f"{term} — {item.options[index]}" for term, index in pairs)
    if item.options and item.key and item.kind is ItemKind.ORDERING:
        return " → ".join(item.options[index] for index in item.key)
    return item.key_option or (item.answer[0] if item.answer else "")


def explanation(item: Item) -> str:
    """The explanation as one line of HTML, its markers linked."""
    links = {cited.n: Passage.cited(cited) for cited in item.citations}

    def marker(n: int) -> str:
        if n not in links:
            return f"&#91;{n}&#93;"
        return f"<a{attributes({'class': 'cite', 'href': links[n].href})}>&#91;{n}&#93;</a>"

    return "<br>".join(line for line in markdown(item.explanation, marker).splitlines() if line)


def due_sentence(due: datetime, now: datetime, texts: Texts) -> str:
    """When an item comes back, in the time zone of this machine."""
    day = due.astimezone().date()
    if day <= now.astimezone().date():
        return texts.practice_due_today
    return texts.practice_due_on.format(year=day.year, month=day.month, day=day.day)


def _item(item: Item, body: str, texts: Texts) -> str:
    return (
        f'<div class="item"><p class="kind">{entities(kind_name(item.kind.value, texts))}</p>'
        f'<p class="stem">{plain(item.stem)}</p>{body}</div>'
    )


def _options(item: Item, response: object, texts: Texts) -> str:
    if not item.options:
        return ""
    if not is_chosen(item):
        return _numbered(item)
    key = item.key[0] if item.key else None
    buttons = (
        _option(index, option, _state(index, response, key), texts)
        for index, option in enumerate(item.options)
    )
    return f'<div class="options">{"".join(buttons)}</div>'


def _state(index: int, response: object, key: int | None) -> str:
    if response is None:
        return "open"
    if index == key:
        return "right"
    return "wrong" if index == response else "closed"


def _option(index: int, text: str, state: str, texts: Texts) -> str:
    values = {"class": f"option {state}", "type": "button", "value": str(index)}
    if state != "open":
        values["disabled"] = ""
    said = {"right": texts.practice_key, "wrong": texts.practice_chosen}.get(state)
    verdict = f'<span class="verdict">{entities(said)}</span>' if said else ""
    return (
        f'<button{attributes(values)}><span class="key">{index + 1}</span>'
        f"<span>{plain(text)}</span>{verdict}</button>"
    )


def _numbered(item: Item) -> str:
    """Options that are answered by their numbers, under the terms they belong to."""
    terms = "".join(f"<li>{plain(term)}</li>" for term in item.terms or ())
    options = "".join(f"<li>{plain(option)}</li>" for option in item.options or ())
    named = f'<ol class="terms" type="A">{terms}</ol>' if terms else ""
    return f"{named}<ol>{options}</ol>"


def _line(name: str, body: str) -> str:
    return f"<p><strong>{entities(name)}</strong> {body}</p>"
