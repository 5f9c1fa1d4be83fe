"""What an answer said that the next question may point at: an item of its list, the thing it named.

Knows texts of a conversation; knows no notes and no rules of when a question leans on them.
"""

from __future__ import annotations

import re

NAME = re.compile(r"[A-Z][A-Za-z]*[A-Z0-9][\w-]*")
"""Written like the name of a model: "GRU", "BERT", "FastText", "GPT-2"."""
_NTH = (
    r"첫 ?(?:번째|째)?|두 ?번 ?째|둘째|세 ?번 ?째|셋째|네 ?번 ?째|넷째|다섯 ?번 ?째|마지막",
    r"first|second|third|fourth|fifth|last",
)
_ORDINAL = re.compile(
    rf"^(?P<ko>{_NTH[0]})\s?(?:거|것|건|항목|단계|점)?(?:[은는이가을를도]|의)?(?=\s|[?？]|$)"
    rf"|\bthe (?P<en>{_NTH[1]})(?: (?:one|item|point|step))?(?=\W*$|\s(?:is|do|does|mean|work))",
    re.I,
)
"""Pointing at an item of a list that was given."""
_ITEM = re.compile(
    r"^\s*(?:[-*•·]|\d{1,2}[.)]|[①-⑳])\s+(?P<text>\S.*?)(?:\s*(?<!\\)\[\d+\])*\s*$", re.M
)
_INLINE_ITEM = re.compile(r"(?:^|\s)\d[.)]\s+(?P<text>\S.*?)(?=\s\d[.)]\s|$)")
_ASKS_NAME = re.compile(
    r"이름|뭐라고|무엇이라|어느 |어떤 |무슨 |누구"
    r"|(?:것|건|게|모델|방법|방식|기법|기술|알고리즘|함수|구조|옵티마이저|층|지표|이론|법칙|문제|현상)"
    r"(?:은|는|이)?\s*(?:뭐|무엇|[?？]?\s*$)"
    r"|\bwhich\b|\bcalled\b|\bname\b|^what (?!is |are |was |were |does |do |did |happens)\w+",
    re.I,
)
"""A question whose answer is the name of a thing."""
_NAMED_KO = re.compile(r"[A-Za-z][A-Za-z0-9-]+(?: [A-Z][A-Za-z0-9-]+)*")
_MARKERS = re.compile(r"\s*(?<!\\)\[\d+\]")
_LONGEST_ITEM = 60
_LONGEST_NAMING = 90
"""Characters of an answer's first sentence: a longer one says more than a name."""


def pointed_at(rest: str, answer: str) -> str:
    """The item of a list in the answer that a question points at, with what is asked about it."""
    ordinal = _ORDINAL.search(rest)
    inline = [m["text"] for m in _INLINE_ITEM.finditer(_MARKERS.sub("", answer))]
    items = max([m["text"] for m in _ITEM.finditer(answer)], inline, key=len)
    if ordinal is None or len(items) < 2:
        return ""
    written = (ordinal["ko"] or ordinal["en"]).lower().replace(" ", "")
    starts = ("첫|fir", "두|둘|sec", "세|셋|thi", "네|넷|fou", "다섯|fif")
    number = next((n for n, s in enumerate(starts) if written.startswith(tuple(s.split("|")))), -1)
    if number >= len(items):
        return ""
    item = re.split(r"\s*[:：]\s|[.。](?:\s|$)", items[number])[0][:_LONGEST_ITEM]
    asked = (rest[: ordinal.start()] + rest[ordinal.end() :]).strip(" ?？.")
    return f"{item} {asked}?" if asked else f"{item}?"


def named_by(answer: str, earlier: str) -> str:
    """The thing that a short answer named, where the question before asked for its name."""
    lines = [line for line in _MARKERS.sub("", answer).splitlines() if line.strip(" :")]
    if not lines or not _ASKS_NAME.search(earlier):
        return ""
    first = re.split(r"(?<=[.!?。])\s", lines[0].strip())[0]
    if len(first) > _LONGEST_NAMING:
        return ""
    pattern = _NAMED_KO if re.search(r"[가-힣]", first) else NAME
    known = earlier.lower()
    return " ".join(m[0] for m in pattern.finditer(first) if m[0].lower() not in known)
