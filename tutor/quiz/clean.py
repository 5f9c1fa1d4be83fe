"""Whether a stretch of notes is fit to be asked about: whole, about its subject, on its own feet.

Knows what student notes look like when they are not: arrows, half sentences, remarks, pointers to
other places. Better one item fewer than one that nobody can answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tutor.quiz.formulas import has_latex
from tutor.quiz.words import content_words, hangul_share, length

_JUNK = re.compile(
    r"->|=>|→|⇒|<-|←|https?:|www\.|\?\?|\.\.\.|…|[ㄱ-ㅎㅏ-ㅣ]|~~|\b(?:ex|e\.g|etc)\b|[<>{}\\]"
    r"|(?<!\w)\||\|(?!\w)"
    r"|\w=\w| = |==|O\("
)
_REMARK = re.compile(
    r"네요|네여|겠네|나요|습니당|겠어|인가\b|인듯|듯하|것 같|설마|아닌가|근데|그런데"
    r"|진짜(?! ?(?:인지|와|과|를|가|처럼|같은|데이터|그림|사진|이미지|표본|샘플))"
    r"|[죠]\.?$|했는데\.?$|하겠다\.?$"
    r"|\b(?:I|we|you|my|your|our|let's|let us)\b",
    re.I,
)
_HALF_KO = re.compile(
    r"(?:[을를의]|에서|에게|와|하여|하고|하며|으며|지만|는데|및|또는|그리고|때문에|위해|통해"
    r"|[,;:(])$"
)
_HALF_EN = re.compile(
    r"(?:\b(?:of|in|on|at|to|by|(?<!looked )(?<!looking )for|with|and|or|the|a|an|that|which"
    r"|from|as)|[,;:(])$",
    re.I,
)
_POINTER_KO = re.compile(
    r"(?:^|\s)(?:위의|앞의|앞에서|앞서|뒤에서|아래의?|다음과|다음 (?:두|세|네|\d)\S*|다른 모델\S*"
    r"|다음 [가-힣]+[과와]|다음 (?:[가-힣]+ )*작업에|여기서?|이때|이렇게|그렇게"
    r"|이처럼|전자|후자|방금|지금까지)(?=[\s,]|$)"
    r"|\d+(?:~\d+)?(?:번|단계|차시|주\s?차|장|절)|강의에서|[앞뒤] 강의|다음 강의|과목"
)
_DANGLING_KO = re.compile(
    r"^(?:\S+\s+){0,2}?(?:이|그|저|이런|그런|이러한|그러한|이것\S*|그것\S*|이를|이는|이로"
    r"|그러면|그래서|따라서|둘)(?=\s)|^두 \S+\s"
    r"|.*\s(?:이|이런|그런|이러한|그러한|이를|이는|이것\S*|그것\S*) \S"
)
_POINTER_EN = re.compile(
    r"\b(?:above|below|following|former|latter|as follows|this course|lectures?|weeks?|chapter"
    r"|section|figure"
    r"|previous|first two|first three|next one|so far|here|steps? \d)\b",
    re.I,
)
_DANGLING_EN = re.compile(
    r"^(?:\S+\s+){0,4}?(?:this|that(?= is\b)|these|those|such|it|they|them|its|their|both"
    r"|another|others?|too|also"
    r"|therefore|then|however|instead|thus|same|so|one such)\b",
    re.I,
)
_TOPIC_KO = re.compile(r"(?:^|[,\s])(?P<name>[^\s,]+(?:\s[^\s,]+){0,2}?)[은는](?=\s)")
_NEW_SUBJECT_KO = re.compile(
    r"[^고며만데나서로면여해아어려],\s+(?:[^\s,]+\s)?[^\s,]+(?<!"
    r"[하되있없드쓰리내주지보키이나가오치기같])[은는]\s"
)
"""A comma after a noun and then a topic: two things compared, the verb said once."""
_DETAIL = re.compile(r"[₀-₉ₐ-ₜᵢ-ᵥₓ]|\w_\w|\d\.\d|\d\s?%|\b(?:19|20)\d\d\b|\d[\d,]{4,}")
_NO_SAYING = re.compile(
    r"^(?:is|was) (?:that|to|where|why|how)\b|^(?:is|are|does|do|has|have|knows) (?:not|no)\b"
    r"|아니다$|^\S+(?:이|가) 아니(?:며|고|라)|"
    r"^(?:is|are) (?:not )?(?:\w+ )?(?:too|the same)\b"
    r"|(?:야|려고|하고자) ?한다$|[다음]과 같다$|중요하다$|있을까|서로 다른 말이다$|의 문제이다$"
    r"|(?:소개|발표|제안|공개)(?:됨|되었다|됐다)$|^\S{1,4}지만\s"
)
_SPLICED_EN = re.compile(
    r"\b(?:this|these) [a-z]+|, (?:the |an? )[\w -]{1,30}? (?:is|are) |, [a-z-]+ (?:one|two"
    r"|three|four|\d+)$"
)
_CLAUSE_KO = re.compile(r"^(.{8,}?)이[고며],\s+[^,]{1,24}?(?<![하되있없])[은는]\s")
_SECOND_EN = re.compile(
    r", (?:the |an? )?(?P<name>[A-Za-z][\w-]*(?: [\w-]+){0,2}?) (?:has|is|are|in|with|at|by|to"
    r"|as|from|for|on|after|before|only|[a-z]+s)\b"
)
_NEXT_CLAUSE_EN = re.compile(
    r"; |, (?:while|whereas) |, (?:and|but|so) (?:the|an?|it|they|its|their|this|each) "
)
_LOOSE_START = re.compile(
    r"^(?:반대로|또한|역시|함께|마찬가지로|비슷하게|한편|물론|다만|그리고)\s*,?\s"
)
_BRACKETS = (("(", ")"), ("[", "]"), ("“", "”"), ("‘", "’"))
_LONGEST = {"ko": 110, "en": 34}
"""Of a predicate: characters without spaces, words."""
_SHORTEST = {"ko": 12, "en": 5}


def is_clean(text: str, language: str) -> bool:
    """Whether `text` is a whole piece of teaching, without scribbles, remarks or loose ends."""
    if has_latex(text) or _JUNK.search(text) or _REMARK.search(text):
        return False
    if not _balanced(text) or text.count('"') % 2:
        return False
    if language == "ko" and hangul_share(text) < 0.4:
        return False
    half = _HALF_KO if language == "ko" else _HALF_EN
    if half.search(text.rstrip(". ")) or "?" in text:
        return False
    return letters_share(text) >= 0.6


def stands_alone(predicate: str, language: str) -> bool:
    """Whether what is said of a subject can be understood without the sentences around it."""
    if language == "ko":
        return not (
            _POINTER_KO.search(predicate)
            or _DANGLING_KO.match(predicate)
            or _LOOSE_START.match(predicate)
            or _NEW_SUBJECT_KO.search(predicate)
            or predicate.startswith(("것", "까닭", "이유"))
            or _NO_SAYING.search(predicate)
        )
    return not (
        _POINTER_EN.search(predicate)
        or _SPLICED_EN.search(predicate)
        or _DANGLING_EN.match(predicate)
        or _NO_SAYING.search(predicate)
    )


def without_lead(predicate: str) -> str:
    """A predicate without the word that ties it to the sentence before."""
    return _LOOSE_START.sub("", predicate)


def is_detail(text: str) -> bool:
    """Whether a text is about a formula's symbols, a year or a measured figure."""
    return bool(_DETAIL.search(text))


def one_subject(predicate: str, language: str, known: Callable[[str], bool]) -> str:
    """What a predicate says of its own subject; "" where another subject cannot be cut off.

    "한국어처럼 쓰는 언어이고, 형식 언어는 …" gives "한국어처럼 쓰는 언어이다".
    """
    pattern = _TOPIC_KO if language == "ko" else _SECOND_EN
    if language == "ko" and (cut := _CLAUSE_KO.match(predicate)):
        return cut[1] + "이다"
    if language == "en":
        predicate = _NEXT_CLAUSE_EN.split(predicate)[0]
    for match in pattern.finditer(predicate):
        words = re.sub(r"\([^()]*\)", "", match["name"]).split()
        if not any(known(" ".join(words[i:])) for i in range(len(words))):
            continue
        before = predicate[: match.start()].rstrip(" ,")
        noun = re.match(r"^(.{8,})이[고며]$", before)
        return noun[1] + "이다" if noun and language == "ko" else ""
    return predicate


def says_enough(predicate: str, language: str) -> bool:
    """Whether a predicate is long enough to tell its subject and short enough to read."""
    size = length(predicate, language)
    return _SHORTEST[language] <= size <= _LONGEST[language] and len(content_words(predicate)) >= 3


def tidy_gloss(text: str, language: str) -> str:
    """A gloss without the remark after its dash, its closing parenthesis and its full stop."""
    head, dash, _ = text.partition(" - ")
    if dash and length(head, language) >= _SHORTEST[language] // 2:
        text = head
    text = re.sub(r"\s*\([^()]{12,}\)\s*\.?$", "", text)
    return text.strip().rstrip(".;,:").strip()


def letters_share(text: str) -> float:
    """Letters as a share of everything but white space."""
    seen = [char for char in text if not char.isspace()]
    return sum(char.isalpha() for char in seen) / len(seen) if seen else 0.0


def _balanced(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in _BRACKETS if right != "’")
