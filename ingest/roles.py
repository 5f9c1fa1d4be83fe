"""Decides whose words each line between two headings is. Puts `quiz_blocks` and `voice` together.

Knows that remarks stand around quiz items and that a fold ("더보기") hides a quiz or a pasted text;
knows nothing about weeks and lectures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest import voice
from ingest.document import Role
from ingest.furniture import FOLD
from ingest.headings import is_list_item
from ingest.lines import Line
from ingest.quiz_blocks import find_items

_GAP = 3
"""Blank lines that set two parts of a page apart; paragraphs stand one blank line apart."""
_LONG_REMARK = 80
"""Characters. Students comment on a quiz in a breath, chatbots in paragraphs."""

Paragraph = list[int]


def assign_roles(
    lines: Sequence[Line], numbers: Sequence[int], skipped: Mapping[int, str], *, quiz: bool
) -> dict[int, Role]:
    """Line number → role, for each line of `numbers` that is neither blank nor furniture.

    Args:
        lines: all lines of the document.
        numbers: those between two structural headings, in order, without code and formulas.
        skipped: furniture, by line number, with the reason.
        quiz: whether they stand under a quiz heading.
    """
    shown = [n for n in numbers if not lines[n].blank and n not in skipped]
    # without a heading, a question counts as a quiz only when options or a key follow it
    items = [item for item in find_items(lines, shown) if quiz or item.answered]
    claimed = {number for item in items for number in item.lines}
    roles = dict.fromkeys(sorted(claimed), Role.QUIZ)
    quiz_from = _quiz_begins(numbers, skipped, claimed, quiz=quiz)
    prose = _paragraphs(lines, [n for n in shown if n not in claimed and n < quiz_from])
    folds = [n for n in numbers if skipped.get(n) == FOLD and n < quiz_from]
    roles.update(_lecture_roles(lines, prose, folds))
    remarks = _paragraphs(lines, [n for n in shown if n not in claimed and n >= quiz_from])
    roles.update(_remark_roles(lines, remarks, claimed))
    return roles


def _quiz_begins(
    numbers: Sequence[int], skipped: Mapping[int, str], claimed: set[int], *, quiz: bool
) -> int:
    """From which line on the rest are remarks on a quiz; past the end where there is none."""
    end = numbers[-1] + 1 if numbers else 0
    if quiz:
        return numbers[0] if numbers else 0
    if not claimed:
        return end
    opened = [n for n in numbers if skipped.get(n) == FOLD and n < min(claimed)]
    return opened[-1] if opened else end


def _paragraphs(lines: Sequence[Line], numbers: Sequence[int]) -> list[Paragraph]:
    """Runs of line numbers without a gap."""
    runs: list[Paragraph] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _lecture_roles(
    lines: Sequence[Line], prose: Sequence[Paragraph], folds: Sequence[int]
) -> dict[int, Role]:
    first_fold = folds[0] if folds else len(lines)
    outside = [p for p in prose if p[0] < first_fold]
    folded = [p for p in prose if p[0] >= first_fold]
    around = voice.politeness(voice.endings(_text(lines, p)) for p in outside)
    roles: dict[int, Role] = {}
    for paragraph in _with_pasted(lines, outside, roles):
        roles.update(_line_roles(lines, paragraph, around))
    if _is_pasted(lines, folded, around):
        folded = _pasted_roles(lines, folded, around, roles)
    for paragraph in _with_pasted(lines, folded, roles):
        roles.update(_line_roles(lines, paragraph, around))
    return roles


def _with_pasted(
    lines: Sequence[Line], prose: Sequence[Paragraph], roles: dict[int, Role]
) -> list[Paragraph]:
    """Note pasted paragraphs that nothing set apart; return the others."""
    texts = [_text(lines, p) for p in prose]
    counted = [voice.endings(text) for text in texts]
    polite, plain = (sum(column) for column in zip((0, 0), *counted, strict=True))
    pasting = announced = False
    rest = []
    for paragraph, text, own in zip(prose, texts, counted, strict=True):
        without = polite - own[0], plain - own[1]
        others = voice.politeness([without])
        opens = voice.chatbot_score(text, others) >= 2
        goes_on = pasting and (announced or _goes_on(text, others))
        announced = len(paragraph) == 1 and voice.is_labelled(text)
        pasting = (opens or goes_on) and not _sounds_aside(lines, paragraph)
        if pasting:
            polite, plain = without
            roles.update(dict.fromkeys(paragraph, Role.COMMENTARY))
        else:
            rest.append(paragraph)
    return rest


def _goes_on(text: str, polite_around: float) -> bool:
    """Whether a paragraph below a pasted one may be more of it: the same manners, or a list."""
    polite = voice.is_polite(text) and polite_around <= voice.POLITE_NOTES
    return polite or all(is_list_item(line) for line in text.split("\n"))


def _line_roles(
    lines: Sequence[Line], paragraph: Paragraph, polite_around: float
) -> dict[int, Role]:
    asides = {n for n in paragraph if voice.aside_score(lines[n].text, polite_around) >= 2}
    return {n: Role.ASIDE if n in asides else Role.LECTURE for n in paragraph}


def _is_pasted(lines: Sequence[Line], folded: Sequence[Paragraph], around: float) -> bool:
    """Whether what a fold hides was pasted: a chatbot's phrases in it, or a change of manners."""
    texts = [_text(lines, p) for p in folded]
    if not texts:
        return False
    if any(voice.chatbot_score(text, around) >= 2 for text in texts):
        return True
    return voice.politeness(map(voice.endings, texts)) > around + 0.3


def _pasted_roles(
    lines: Sequence[Line], folded: Sequence[Paragraph], around: float, roles: dict[int, Role]
) -> list[Paragraph]:
    """Commentary up to where the notes take over again; the paragraphs from there on."""
    previous: Paragraph | None = None
    for index, paragraph in enumerate(folded):
        gap = previous is not None and paragraph[0] - previous[-1] > _GAP
        if gap and around < voice.POLITE_NOTES and _is_note(lines, paragraph):
            return list(folded[index:])
        aside = _sounds_aside(lines, paragraph)
        roles.update(dict.fromkeys(paragraph, Role.ASIDE if aside else Role.COMMENTARY))
        previous = paragraph
    return []


def _is_note(lines: Sequence[Line], paragraph: Paragraph) -> bool:
    text = _text(lines, paragraph)
    return not voice.is_polite(text) and voice.chatbot_score(text, 0.0) < 1 and len(text) > 30


def _remark_roles(
    lines: Sequence[Line], remarks: Sequence[Paragraph], claimed: set[int]
) -> dict[int, Role]:
    """Around quiz items: what reads like a chatbot was pasted, the rest is the student's."""
    roles: dict[int, Role] = {}
    pasted = False
    for previous, paragraph in pairwise([[-1], *remarks]):
        if any(previous[-1] < n < paragraph[0] for n in claimed):
            pasted = False  # a new item: whoever spoke before has ended
        text = _text(lines, paragraph)
        pasted = not _sounds_aside(lines, paragraph) and (
            voice.chatbot_score(text, 0.0) >= 2
            or (voice.is_polite(text) and (pasted or len(text) >= _LONG_REMARK))
        )
        roles.update(dict.fromkeys(paragraph, Role.COMMENTARY if pasted else Role.ASIDE))
    return roles


def _sounds_aside(lines: Sequence[Line], paragraph: Paragraph) -> bool:
    """Whether a short paragraph is the note-taker's: one line of it sounds like talking."""
    text = _text(lines, paragraph)
    return len(text) < 200 and any(voice.aside_score(lines[n].text) >= 2 for n in paragraph)


def _text(lines: Sequence[Line], paragraph: Paragraph) -> str:
    return "\n".join(lines[n].text for n in paragraph)
