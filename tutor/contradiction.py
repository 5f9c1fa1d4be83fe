"""Whether two sentences of the notes say different things of the same thing.

Knows words, numbers and what turns a sentence around; knows nothing about who says it. It finds the
plain cases: another number, or the opposite, in sentences that name mostly the same things.
"""

from __future__ import annotations

import re

from ingest.words import terms
from tutor.polarity import opposed

ALIKE = 0.5
"""Share of the longer sentence's terms that must be shared for both to be about one thing."""
_FIGURE = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w.])")
_COUNTED = re.compile(
    r"(?<![가-힣])(한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:개|가지|번|단계|층|배|차원|종류)"
    r"|\b(two|three|four|five|six|seven|eight|nine|ten)\b",
    re.I,
)
_SPELLED = "한 두,two 세,three 네,four 다섯,five 여섯,six 일곱,seven 여덟,eight 아홉,nine 열,ten"
_VALUES = {
    word: str(value)
    for value, spelled in enumerate(_SPELLED.split(), start=1)
    for word in spelled.split(",")
}


def contradicts(one: str, other: str) -> bool:
    """Whether both are about the same thing and cannot both be right."""
    mine, theirs = _things(one), _things(other)
    if not mine or not theirs:
        return False
    shared = len(mine & theirs)
    if shared < 2 or shared < ALIKE * max(len(mine), len(theirs)):
        return False
    numbers = _numbers(one), _numbers(other)
    return (all(numbers) and not numbers[0] & numbers[1]) or opposed(one, other)


def _things(text: str) -> set[str]:
    return {term for term in terms(text) if not term[0].isdecimal()}


def _numbers(text: str) -> set[str]:
    counted = {_VALUES[(match[1] or match[2]).lower()] for match in _COUNTED.finditer(text)}
    return counted | {match[0].replace(",", "") for match in _FIGURE.finditer(text)}
