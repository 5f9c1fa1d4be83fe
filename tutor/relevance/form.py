"""The form of a sentence: whether it defines, lists, gives a reason or a number; two languages.

Knows patterns of letters; knows nothing about passages, scores or what a sentence means.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

from ingest.sentences import Sentence
from ingest.words import terms
from tutor.question import Kind, kind_of

_DEFINES = re.compile(
    r"^(?P<term>[^:：=]{1,50}?)\s*(?::|：|==?|\s[-–—→]\s|은 |는 |이란 |란 | is | are | means )"
)
_MARK = r"(?:\d{1,2}[.)]\s|[①-⑳])"
_ITEM = re.compile(rf"^{_MARK}" r"|^.{1,40}?\s?[:：]\s")
_NUMBERED = re.compile(rf"^\s*{_MARK}")
_ANYTHING = re.compile("")
_STEPS = re.compile(
    # "what process is meant by …?" asks for a definition
    r"단계|순서|절차|(?<!무슨 )(?<!어떤 )과정|\bsteps?\b|\bprocedure\b|\bin (?:what|which) order\b",
    re.I,
)
_REASON = re.compile(
    r"때문|므로|위해|위한|따라서|하여|해서|없어|어렵|덕분|since|because|so that|in order to|due to"
    r"|thus|hence|→|⇒",
    re.I,
)
_ENUMERATES = re.compile(r",[^,]+,|\S, \S.* 등|^ex\s?\)|[·/]\s?\S+[·/]", re.I)
_CONTRAST = re.compile(
    r"반면|달리|보다|대신|하지만|그러나|비해|차이|whereas|while|unlike|instead|but|than|vs", re.I
)
_SYMBOLS = re.compile(r"[=$∑≈√]|\\frac|\^|\*|->")
_NUMBER = re.compile(
    # a figure, not the "1." of a list nor a part of a name ("GPT-3", "1D")
    r"(?<![\w.-])(?!\d{1,2}[.)] )\d[\d.,]*(?![\dDd])|[한두세네] ?(?:개|가지|번|배|층)|하나|절반"
    r"|\b(?:one|two|three|four|five|six|eight|half|twice|double)\b",
    re.I,
)
_WANTED = {
    Kind.NUMBER: _NUMBER,
    Kind.WHEN: re.compile(r"\b(?:1[89]|20)\d\d\b|세기|century"),
    Kind.WHO: re.compile(
        r"et al|\b[A-Z][a-z]+(?: (?:and|&) [A-Z][a-z]+| [A-Z][a-z]+)? (?:\w+ ){0,2}"
        r"(?:proposed|introduced|invented|developed|discovered|published|showed|found|wrote|coined)"
        r"|\bby [A-Z][a-z]+|교수|박사|연구(?:팀|진)|\S+(?:이|가|은|는) (?:\S+ ){0,4}"
        r"(?:제안|발표|발견|고안|발명|개발|창안|만들|도입)"
    ),
    Kind.FORMULA: re.compile(r"\$|\\frac|[∑√∫]|\w\)?\s?=\s?[^=\s].*[-+*/^()·×÷|]"),
    Kind.WHY: _REASON,
    Kind.LIST: _ENUMERATES,
    Kind.COMPARE: _CONTRAST,
}
FORMS = {
    "digits": _NUMBER,
    "formula": _SYMBOLS,
    "reason": _REASON,
    "enumerates": _ENUMERATES,
    "contrast": _CONTRAST,
}
"""What a sentence may hold, whatever is asked."""


def is_item(sentence: Sentence) -> bool:
    """Whether a sentence is an item of a list: numbered, "term: …", or behind a list mark."""
    if _ITEM.match(sentence.text):
        return True
    return bool(_line_up_to(sentence).strip(" \t>#"))


def _line_up_to(sentence: Sentence) -> str:
    start = sentence.start - sentence.chunk.start
    return sentence.chunk.text[sentence.chunk.text.rfind("\n", 0, start) + 1 : start]


def defined_by(text: str) -> frozenset[str]:
    """The words of the term that a sentence defines; none where it defines nothing."""
    match = _DEFINES.match(text)
    return frozenset(terms(match["term"])) if match else frozenset()


def wanted_by(question: str) -> Callable[[Sentence], bool]:
    """Whether a sentence is of the kind asked for: steps are numbered, dates are years."""
    if _STEPS.search(question):
        return _is_numbered
    kind = kind_of(question)
    pattern = _spelled_out(question) if kind is Kind.ABBREVIATION else _WANTED.get(kind, _ANYTHING)
    return lambda sentence: pattern.search(sentence.text) is not None


def _is_numbered(sentence: Sentence) -> bool:
    return _NUMBERED.match(_line_up_to(sentence) + sentence.text) is not None


def _spelled_out(question: str) -> re.Pattern[str]:
    """Where an abbreviation of the question stands beside what it is short for.

    "GRU = Gated Recurrent Unit", "a Gated Recurrent Unit (GRU)", "TF : 용어 빈도"; nothing where
    the question names none.
    """
    names = re.findall(r"[A-Z][A-Za-z]*[A-Z]\w*", question)
    words_of = (r"\W+(?:of |and |the )?".join(rf"{char}\w+" for char in name) for name in names)
    told = chain(words_of, (rf"\b{re.escape(name)}\)?\s?(?:==?|:)" for name in names))
    return re.compile("|".join(told) or r"(?!)", re.I)
