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


def question(item: Item, texts: Texts, hints: Sequence[str] = ()) -> str:
    """An item to be answered, with the hints asked for so far, not yet escaped."""
    kind = "hint keys" if is_chosen(item) else "hint"
    how = f"<p{attributes({'class': kind})}>{entities(prompt(item, texts))}</p>"
    given = "".join(f"<li>{plain(hint)}</li>" for hint in hints)
    ladder = f'<ol class="hints">{given}</ol>' if given else ""
    return _item(item, _options(item, None, texts) + how + ladder, texts)


def prompt(item: Item, texts: Texts) -> str:
    """What to do, in a sentence."""
    if is_chosen(item):
        return texts.practice_keys
    words = {
        ItemKind.ORDERING: texts.practice_sequence,
        ItemKind.MATCHING: texts.practice_pairs,
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
    parts.append(about(item, texts))
    return f'<div class="result is-{name}">{"".join(parts)}</div>'


def about(item: Item, texts: Texts) -> str:
    """A button that carries the item into the chat."""
    asked = texts.practice_about_question.format(
        stem=" ".join(item.stem.split()), key=" ".join(key_text(item).split())
    )
    values = {"class": "next about", "type": "button", "value": asked}
    return f"<p><button{attributes(values)}>{entities(texts.practice_about)}</button></p>"


def notebook(missed: Sequence[tuple[Item, object]], texts: Texts) -> str:
    """Items that went wrong, each with what was answered, the key and its source."""
    head = f"<h3>{entities(texts.practice_notebook_title)}</h3>"
    if not missed:
        return head + notice(texts.practice_notebook_empty)
    cards = "".join(_missed(item, said, texts) for item, said in missed)
    return f'{head}<p class="lead">{entities(texts.practice_notebook_detail)}</p>{cards}'


def response_text(item: Item, response: object) -> str:
    """What was answered as text, not escaped."""
    options = item.options or ()
    if isinstance(response, int) and 0 <= response < len(options):
        return options[response]
    if isinstance(response, list | tuple):
        said = [options[at] for at in response if isinstance(at, int) and 0 <= at < len(options)]
        return " → ".join(said)
    return str(response)


def summary(missed: Sequence[Item], right: int, total: int, texts: Texts) -> str:
    """The score, and the items that went wrong with their key and source."""
    score = texts.practice_score.format(total=total, right=right)
    head = f'<p class="score">{entities(score)}</p>'
    if not missed:
        return head + f"<p>{entities(texts.practice_all_right)}</p>"
    cards = "".join(_missed(item, None, texts) for item in missed)
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


def _missed(item: Item, said: object, texts: Texts) -> str:
    answer = "" if said is None else response_text(item, said)
    own = _line(texts.practice_chosen, plain(answer)) if answer else ""
    key = _line(texts.practice_key, plain(key_text(item)).replace("\n", "<br>"))
    return (
        f'<div class="missed"><p class="stem">{plain(item.stem)}</p>{own}{key}'
        f"{_line(texts.practice_why, explanation(item))}{sources(item.citations, texts)}"
        f"{about(item, texts)}</div>"
    )


def _item(item: Item, body: str, texts: Texts) -> str:
    return (
        f'<div class="item"><p class="kind">{entities(kind_name(item.kind.value, texts))}</p>'
        f'<p class="stem">{plain(item.stem)}</p>{body}</div>'
    )


def _options(item: Item, response: object, texts: Texts) -> str:
    if not item.options:
        return ""
    if not is_chosen(item):
        return _sequence(item, texts) if response is None else _arranged(item, response, texts)
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


def _sequence(item: Item, texts: Texts) -> str:
    """Options to be pressed one after the other; the browser keeps what was pressed so far."""
    terms = "".join(
        f'<button class="term" type="button"><span class="name">{plain(term)}</span>'
        f'<span class="slot"></span></button>'
        for term in item.terms or ()
    )
    steps = "".join(
        f"<button{attributes({'class': 'step', 'type': 'button', 'value': str(at)})}>"
        f'<span class="key">{at + 1}</span><span class="text">{plain(option)}</span>'
        f'<span class="rank"></span></button>'
        for at, option in enumerate(item.options or ())
    )
    kind = "matching" if item.terms else "ordering"
    left = f'<div class="terms">{terms}</div>' if terms else ""
    check = (
        f'<button class="check-sequence" type="button" disabled="">'
        f"{entities(texts.practice_check)}</button>"
    )
    return f'<div class="sequence {kind}">{left}<div class="steps">{steps}</div>{check}</div>'


def _arranged(item: Item, response: object, texts: Texts) -> str:
    """What was put where, each with whether that is right."""
    options, key = item.options or (), item.key or ()
    said = list(response) if isinstance(response, list | tuple) else []
    rows = []
    for at, right in enumerate(key):
        given = said[at] if at < len(said) else None
        state = "right" if given == right else "wrong"
        words = options[given] if isinstance(given, int) and 0 <= given < len(options) else ""
        name = item.terms[at] if item.terms else texts.practice_step.format(number=at + 1)
        fixed = "" if given == right else f'<span class="verdict">{plain(options[right])}</span>'
        rows.append(
            f'<li{attributes({"class": f"arranged {state}"})}><span class="name">{plain(name)}'
            f"</span><span>{plain(words)}</span>{fixed}</li>"
        )
    return f'<ol class="arrangement">{"".join(rows)}</ol>'


def _line(name: str, body: str) -> str:
    return f"<p><strong>{entities(name)}</strong> {body}</p>"
