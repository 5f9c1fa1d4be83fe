"""Checks on key, evidence and explanation (3-6 by structure, and 28 of the checklist).

Without a language model, "the key follows and no other option does" is judged by what the quote
names: a distractor must be neither another name of the key nor listed beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from ingest.sentences import collapse
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.problem import Problem, problem
from tutor.quiz.words import content_words, fold, hangul_share
from tutor.source import Citation

DocumentText = Callable[[str, str], str | None]
"""Course and document name to the document's text; None where there is no such document to ask."""

_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")
_JOIN = r"\s*(?:,|·|/|;|\band\b|\bor\b|및|와|과|또는|그리고|, and)\s*"
_SAME = r"\s*(?:==?|\(|,? ?also (?:called|known as)|,? ?or simply|즉,?|라고도|이라고도|또는)\s*"


def quotes(item: Item, document_text: DocumentText | None) -> list[Problem]:
    """3: there is a quote, and it stands in the notes where it says."""
    if not any(citation.quote.strip() for citation in item.citations):
        return [problem("no_evidence", item.language)]
    if document_text is None:
        return []
    wrong = [c for c in item.citations if not _stands(c, document_text)]
    return [problem("quote_not_found", item.language, wrong[0].quote[:40])] if wrong else []


def support(item: Item) -> list[Problem]:
    """4: the quote speaks of what is asked, and names the key rather than a wrong option."""
    evidence, key = item.evidence, item.key_option
    if not evidence.strip() or item.kind in (ItemKind.MATCHING, ItemKind.ORDERING):
        return []
    parts = [item.stem, key or "", *item.answer, *(item.options or ())]
    asked = frozenset[str]().union(*map(content_words, parts))
    if _same_script(" ".join(parts), evidence) and not asked & content_words(evidence):
        return [problem("key_not_supported", item.language)]
    if key is None or item.kind in (ItemKind.TRUE_FALSE, ItemKind.NEGATIVE_CHOICE):
        return []
    forms = (key, *item.answer)
    named = any(_names(evidence, form) for form in forms)
    others = [option for option in item.wrong_options if _names(evidence, option)]
    if others and not named and _same_script(key, evidence):
        return [problem("key_not_supported", item.language, others[0])]
    return []


def also_right(item: Item) -> list[Problem]:
    """5, 6: no distractor is another name of the key, or listed together with it."""
    key, evidence = item.key_option, item.evidence
    if key is None or item.kind is ItemKind.TRUE_FALSE:
        return []
    aliases = {fold(form) for form in item.answer} - {fold(key)}
    for option in item.wrong_options:
        if fold(option) in aliases or _alias(key, option, f"{evidence} {key} {option}"):
            return [problem("distractor_is_alias", item.language, option)]
    if item.kind is ItemKind.NEGATIVE_CHOICE:
        listed = [o for o in item.wrong_options if _names(evidence, o)]
        if len(listed) >= 2 and _names(evidence, key) and not _contrasted(evidence, key):
            return [problem("distractor_also_right", item.language, key)]
        return []
    for option in item.wrong_options:
        if _coordinated(key, option, evidence) and not _asks_for_all(item):
            return [problem("distractor_also_right", item.language, option)]
    return []


def explanation(item: Item) -> list[Problem]:
    """28: the explanation names the key and its markers are its citations."""
    if not item.explanation.strip():
        return [problem("no_explanation", item.language)]
    found = []
    told = fold(item.explanation)
    forms = [item.key_option] if item.key_option else list(item.answer)
    simple = item.kind not in (ItemKind.TRUE_FALSE, ItemKind.MATCHING, ItemKind.ORDERING)
    if simple and forms and not any(fold(form) in told for form in (*forms, *item.answer) if form):
        found.append(problem("explanation_lacks_key", item.language))
    markers = {int(number) for number in _MARKER.findall(item.explanation)}
    numbers = {citation.n for citation in item.citations}
    if item.citations and markers != numbers:
        found.append(problem("explanation_lacks_marker", item.language))
    return found


def _stands(citation: Citation, document_text: DocumentText) -> bool:
    text = document_text(citation.chunk.course, citation.chunk.document)
    if text is None:
        return True
    quote = collapse(citation.quote)
    if citation.end > citation.start:
        return collapse(text[citation.start : citation.end]) == quote
    return quote in collapse(text)


def _names(text: str, form: str) -> bool:
    """Whether a text names a form, whatever the case, spacing and particles."""
    folded = fold(form)
    if len(folded) < 2:
        return bool(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text))
    if re.fullmatch(r"[a-z0-9]{2,4}", folded):
        return form.casefold() in text.casefold() and bool(_as_word(form).search(text))
    return folded in fold(text) or folded.rstrip("s") in fold(text)


@lru_cache(maxsize=4_000)
def _as_word(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(form)}(?![A-Za-z0-9])", re.I)


def _alias(key: str, option: str, text: str) -> bool:
    """Whether the text gives one as the other's name: "key (option)", "key = option"."""
    low = text.casefold()
    both = key.casefold() in low and option.casefold() in low
    # the pair itself stands at the end of `text`; only where the notes name one is it worth a look
    told = low.count(key.casefold()) > 1 or low.count(option.casefold()) > 1
    for a, b in ((key, option), (option, key)) if both and told else ():
        inside = re.search(re.escape(a) + r"\s*\(([^()]*)\)", text, re.I)
        if inside and fold(b) in {fold(part) for part in re.split(r"[,/;]", inside[1])}:
            return True
        if re.search(rf"{re.escape(a)}\s*==?\s*{re.escape(b)}(?!\w)", text, re.I):
            return True
        if re.search(
            rf"{re.escape(a)}\S{{0,2}},? (?:also (?:called|known as)|즉|다른 말로)\s+(?:the "
            rf"|an? )?{re.escape(b)}",
            text,
            re.I,
        ):
            return True
    return _initials(key, option) or _initials(option, key)


def _initials(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of the words of `long`."""
    words = [
        word for word in re.split(r"[\s-]+", re.sub(r"\([^)]*\)", "", long)) if word[:1].isalpha()
    ]
    return short.isupper() and len(words) >= 3 and "".join(w[0] for w in words).upper() == short


def _coordinated(key: str, option: str, text: str) -> bool:
    """Whether both stand in one enumeration, "A, B and C", of one sentence."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        if not (_names(sentence, key) and _names(sentence, option)):
            continue
        a, b = re.escape(key), re.escape(option)
        for x, y in ((a, b), (b, a)):
            middle = rf"(?:{_JOIN}[^,.;]{{1,40}}?){{0,4}}{_JOIN}(?:the |an? )?"
            if re.search(rf"(?<!\w){x}{middle}{y}(?!\w*[A-Za-z])", sentence, re.I):
                return True
    return False


def _asks_for_all(item: Item) -> bool:
    """A blank for several words, or a question about one of a pair, names others freely."""
    return len(re.findall(r"_{2,}", item.stem)) > 1 or _said_again(item)


def _said_again(item: Item) -> bool:
    """Whether the evidence goes on to speak of the key alone, in another sentence."""
    key = item.key_option or ""
    sentences = re.split(r"(?<=[.!?다])\s+|\n|:\s", item.evidence)
    return any(
        _names(sentence, key) and not any(_names(sentence, w) for w in item.wrong_options)
        for sentence in sentences
    )


def _contrasted(evidence: str, key: str) -> bool:
    """Whether the quote names the key of a negative item only to say that it does not belong."""
    return any(
        _names(sentence, key)
        and re.search(r"아니|않|없|다른|반면|\bnot\b|n't|unlike|whereas|instead|rather", sentence)
        for sentence in re.split(r"(?<=[.!?다])\s+|\n", evidence)
    )


def _same_script(a: str, b: str) -> bool:
    """Whether two texts are written in letters that can be compared."""
    return abs(hangul_share(a) - hangul_share(b)) < 0.6


def shares_evidence(a: Sequence[Citation], b: Sequence[Citation]) -> bool:
    """Whether two items cite overlapping stretches of one document."""
    return any(
        x.chunk.document == y.chunk.document
        and x.chunk.course == y.chunk.course
        and ((x.start < y.end and y.start < x.end) or fold(x.quote) == fold(y.quote))
        for x in a
        for y in b
    )
