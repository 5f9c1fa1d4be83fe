"""Whether two sentences say the opposite: negations and pairs of opposite words, in two languages.

Knows words, not grammar: it counts. A negation turns a sentence, an opposite word turns it once
more, so "does not slow down" and "gets faster" agree.
"""

from __future__ import annotations

import re

_NOT = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|hardly|lacks?)\b|n['’]t\b"
    r"|(?<![가-힣])(?:안|못)\s(?=[가-힣])|지\s?(?:는|도|를)?\s?(?:않|못|마라|말)|없|아니"
    r"|모자라|모자란|부족하"
)
_OPPOSITES = (
    (r"\bbefore\b|전에", r"\bafter\b|후에|뒤에|다음"),
    (r"\bfast|\bquick|빠르|빨라|빨리", r"\bslow|느리|느려"),
    (r"\bshort|짧", r"\blong|\b길(?!이)|길어"),
    (
        r"\bmore\b|\bincreas|\brais|늘어|늘리|높|증가|올라|커",
        r"\bless\b|\bfewer\b|\bdecreas|\breduc|\blower|줄어|줄이|낮|감소|떨어|작아",
    ),
    (r"\bbelow\b|아래", r"\babove\b|위의|위쪽"),
    (r"\bclose\b|\bnear|가까", r"\bfar\b|멀리|먼\s"),
    (r"\bearly\b|\bearlier\b|초기|얕은|앞", r"\blate\b|\blater\b|깊은|후기|뒤"),
    (r"\bfirst\b|첫", r"\blast\b|마지막"),
    (r"\bparallel|동시에|simultan|at the same time", r"\bsequen(?:ce|tial)|one after|차례로|순차"),
    (r"\bsame\b|같은", r"\bdifferent\b|다른|서로 다르"),
    (r"\binputs?\b|입력", r"\boutputs?\b|출력"),
    (r"\bencoder|인코더", r"\bdecoder|디코더"),
    (r"\bdeterministic|결정적", r"\bstochastic|\bprobabilistic|확률적"),
    (r"\bindependent|독립", r"\bdepend (?:on|upon)\b|의존"),
    (r"\btest(?:ing)?\b|테스트", r"\bvalidation\b|검증"),
    (r"\bsoft\b|소프트", r"\bhard\b|하드"),
)
"""Pairs of which a sentence that means the same has the same side."""


def opposed(claim: str, source: str) -> bool:
    """Whether a claim says the opposite of the sentence it rests on."""
    turned = _negations(claim) % 2 != _negations(source) % 2
    for one, other in _OPPOSITES:
        mine = (_has(one, claim), _has(other, claim))
        theirs = (_has(one, source), _has(other, source))
        if mine in ((True, False), (False, True)) and theirs == (mine[1], mine[0]):
            turned = not turned
    return turned


def _negations(text: str) -> int:
    return len(_NOT.findall(text))


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.I) is not None
