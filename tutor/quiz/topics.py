"""What a list is a list of: "the strengths of U-Net", "LSTM의 게이트".

Knows headings and the sentences that announce a list, in both languages; knows nothing about the
lists' members.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.quiz.terms import is_everyday
from tutor.quiz.words import content_words

_NOUNS: dict[str, tuple[str, str]] = {
    "part": (
        "구성 요소, 구성요소, 하위 레이어, 하위 층, 계층, 부품, 요소, 블록, 모듈, 층, "
        "레이어, 게이트",
        "components, parts, elements, layers, sublayers, sub-layers, blocks, modules, gates",
    ),
    "strength": ("장점, 이점, 강점, 좋은 점", "strengths, advantages, benefits, pros, merits"),
    "weakness": (
        "단점, 한계, 약점, 문제점, 제약, 한계점",
        "weaknesses, limits, limitations, drawbacks, disadvantages, cons, shortcomings",
    ),
    "use": (
        "응용 분야, 활용 분야, 사용 분야, 적용 분야, 응용, 활용, 용도, 쓰임",
        "applications, uses, use cases, fields of application",
    ),
    "type": (
        "종류, 유형, 방법, 방식, 기법, 기술, 모델, 알고리즘, 전략",
        "types, kinds, methods, techniques, approaches, models, algorithms, strategies",
    ),
    "measure": ("평가 지표, 지표, 척도, 평가 방법", "metrics, measures"),
    "trait": ("특징, 특성, 성질", "properties, features, characteristics, traits"),
}
"""The nouns that name what a list's members are, by group, Korean and English; longer ones win."""
STEP = "step"
"""The group of lists of steps, which no heading's noun belongs to."""
OPEN = frozenset({"strength", "weakness", "use", "trait"})
"""Groups of aspects: another subject may have them too."""
_OVERLAPPING = {
    frozenset(pair)
    for pair in (
        ("strength", "trait"), ("strength", "use"), ("weakness", "trait"), ("type", "part"),
        ("type", "measure"), ("trait", "part"), ("trait", "type"),
    )
}  # fmt: skip
_NOT_LISTS = re.compile(
    r"비교|차이|헷갈|혼동|오해|compar|differ|confus|mistake|versus|\bvs\b|misunderst", re.I
)
_MIX_UP = re.compile(r"헷갈|혼동|오해|confus|mistake|misunderst|mixed up", re.I)
_DENIES = re.compile(
    r"아니|않|없|다르|다른|별개|반대|오역|말이다|뜻이다|\b(?:not|no|never|unlike|instead|rather|differ\w*"
    r"|another|mistaken|still|both)\b|n't",
    re.I,
)
_NOT_TEACHING = re.compile(
    r"연결|출처|참고|예시|예$|예:|의 예|숫자로|계산 예|따라가|해 보기|풀어 보기|복습|읽을거리"
    r"|\blinks?\b|sources?\b|references?|further reading|examples?\b|worked|with numbers"
    r"|by hand|numbers",
    re.I,
)
_AMOUNT_KO = (
    r"(?:다음\s*)?(?:[두세네]|다섯|여섯|일곱|\d+)\s*(?:가지|개|종류|단계)?의?\s*"
    r"(?:(?:유형|종류)의\s*)?"
)
_ANNOUNCED_KO = re.compile(
    rf"^(?P<subject>[^,]{{1,40}}?)[은는]\s+{_AMOUNT_KO}(?P<noun>[가-힣A-Za-z ]{{1,20}}?)[을를]\s*"
    r"(?:함께\s*)?(?:사용|활용|이용|쓴|쓰|가진|가지|갖|둔|두)\S*$"
)
_OF_KO = re.compile(
    r"^(?P<subject>[^,]{1,40}?)의\s+(?:주요\s*)?(?P<noun>[가-힣 ]{2,14}?)[은는](?=\s)"
)
_AMOUNT_EN = r"(?:two|three|four|five|six|seven|eight|\d+|several|the following)\s+"
_ANNOUNCED_EN = re.compile(
    r"^(?:The |An? )?(?P<subject>[^,;]{1,50}?)\s+(?:has|have|uses?|combines?|keeps?|contains?)\s+"
    rf"{_AMOUNT_EN}(?P<noun>[A-Za-z -]{{2,30}}?)$"
)
_OF_EN = re.compile(
    r"^The\s+(?:main\s+)?(?P<noun>[A-Za-z -]{3,30}?)\s+of\s+(?:an?\s+|the\s+)?"
    r"(?P<subject>[^,;]{1,40}?)\s+are\b"
)
_HEADING_EN = re.compile(
    r"^(?:(?:the|main|two|three|four|five|six|key)\s+)*(?P<noun>[A-Za-z -]+?)(?:\s+(?:and"
    r"|or)\s+(?P<second>\w+))?"
    r"\s+of\s+(?:an?\s+|the\s+)?(?P<subject>.+)$",
    re.I,
)
_NO_SUBJECT = re.compile(
    r",|^(?:[두세네]|다섯|여섯)\s|^(?:이|그|저|이것|두 분야|출력|입력|it|its|this|these|the"
    r"|both|outputs?"
    r"|inputs?)\b|\b(?:and their|and its)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject and what is listed of it.

    Args:
        subject: "U-Net"; as the notes write it.
        noun: "장점", "strengths"; English ones are plural.
        group: the key of a group of such nouns, "part", "strength", …
    """

    subject: str
    noun: str
    group: str

    @property
    def open_ended(self) -> bool:
        """Whether a member of another subject's list might be right here too."""
        return self.group in OPEN

    def same_subject(self, other: Topic) -> bool:
        """Whether both are about the same thing, or one about a part of it."""
        mine, theirs = (
            content_words(re.sub(r"\bAI\b", "인공지능", topic.subject)) for topic in (self, other)
        )
        return bool(mine and theirs) and (mine <= theirs or theirs <= mine)

    def excludes(self, other: Topic) -> bool:
        """Whether nothing can belong to both: strengths and weaknesses, parts and uses."""
        groups = frozenset({self.group, other.group})
        return len(groups) == 2 and groups not in _OVERLAPPING


def heads_teaching(text: str) -> bool:
    """False for headings over worked examples, links and references."""
    return not _NOT_TEACHING.search(text)


def sets_right(heading: str, text: str) -> bool:
    """Whether a sentence under such a heading denies something rather than says it."""
    return bool(_MIX_UP.search(heading) and _DENIES.search(text))


def heads_list(text: str) -> bool:
    """Whether what is listed below are things; comparisons and mix-ups list aspects of them."""
    return heads_teaching(text) and not _NOT_LISTS.search(text)


def from_heading(text: str, language: str) -> Topic | None:
    """The topic that a heading such as "CNN의 주요 구성 요소" or "Strengths of U-Net" names."""
    text = re.sub(r"[?:：.]+$", "", text).strip()
    if not heads_list(text):
        return None
    if language == "ko":
        return _from_korean_heading(text)
    match = _HEADING_EN.match(text)
    if not match or (match["second"] and _groups_differ(match["noun"], match["second"], "en")):
        return None
    return _topic(match["subject"], match["noun"].lower(), language)


def bare_noun(text: str, language: str) -> str:
    """The listing noun of a heading that names no subject, such as "응용 분야"; else ""."""
    text = re.sub(
        r"^(?:(?:[두세네]|다섯|여섯)\s*가지|(?:the|main|two|three|four|five|six)\b)\s*",
        "",
        text.strip(),
        flags=re.I,
    )
    noun = text if language == "ko" else text.lower()
    return noun if _is_noun(noun, language) else ""


def announced_noun(text: str, language: str) -> str:
    """The noun of "한계는 다음과 같다." or "The limits are as follows:", which name no subject."""
    pattern = (
        r"^(?:it has |it uses |it consists of |the |its |their |there are )?"
        r"(?:(?:two|three|four|five|six|several|main|key) )*([a-z -]+?)(?: are (?:as follows"
        r"|these))?[.:]?$"
    )
    if language == "ko":
        pattern = r"^(?:그 )?([가-힣 ]+?)(?:[은는]) (?:다음과 같다|이렇다)\.?$"
    match = re.match(pattern, text.strip(), re.I)
    noun = match[1].lower() if match else ""
    return noun if _is_noun(noun, language) else ""


def subject_of(heading: str, language: str) -> str:
    """What a heading such as "X의 강점과 한계" or "Strengths and limits of X" is about, else ""."""
    match = re.match(r"^(.+)의 \S+", heading) if language == "ko" else _HEADING_EN.match(heading)
    return (match[1] if language == "ko" else match["subject"]) if match else ""


def with_subject(subject: str, noun: str, language: str) -> Topic | None:
    """The topic of a heading that names no subject, given the lecture's."""
    return _topic(subject, noun, language)


def of_steps(title: str, language: str) -> Topic:
    """The steps of a process."""
    ends = title.endswith(("단계", "steps"))
    subject = f"‘{title}’" if language == "ko" else f"“{title}”"
    return (
        Topic(subject, "과정" if ends else "단계", STEP)
        if language == "ko"
        else Topic(subject, "steps", STEP)
    )


def from_sentence(text: str, language: str) -> Topic | None:
    """The topic that a sentence announces: "The limits of X are …", "LSTM은 세 게이트를 쓴다"."""
    text = text.strip().rstrip(".:：")
    if language == "ko":
        match = _OF_KO.match(text) or _ANNOUNCED_KO.match(text)
    else:
        match = _OF_EN.match(text) or _ANNOUNCED_EN.match(text)
    return _topic(match["subject"], match["noun"], language) if match else None


def _from_korean_heading(text: str) -> Topic | None:
    if re.search(r"장\s*[,·/]?\s*단점", text):
        return None
    # of "한계 및 단점" the first noun speaks for both; "강점과 한계" is two lists in one
    pair = re.match(r"^(.+?)(?:\s*(?:,|·|/)\s*|\s+(?:및|또는)\s+|[과와]\s+)([가-힣 ]+)$", text)
    noun = _noun_at_end(pair[1]) if pair else ""
    if pair and noun:
        if _groups_differ(noun, pair[2], "ko") or pair[2].endswith(noun):
            return None
        text = pair[1]
    noun = _noun_at_end(text)
    subject = text[: -len(noun)].strip() if noun else ""
    # "LSTM의 셀 상태와 세 게이트" lists the gates of LSTM
    counted = re.match(r"^(.+?)의 .+[과와] (?:[두세네]|다섯)(?: 가지)?$", subject)
    subject = (
        counted[1]
        if counted
        else re.sub(
            r"의?\s*(?:주요|기타|대표적인|여러|(?:[두세네]|다섯)(?:\s*가지)?)?$", "", subject
        )
    )
    return _topic(subject, noun, "ko") if noun and not re.search(r"[과와] ", subject) else None


def _topic(subject: str, noun: str, language: str) -> Topic | None:
    subject, noun = subject.strip(), noun.strip()
    group = _group(noun, language)
    named = 1 < len(subject) <= 40 and re.search(r"[A-Za-z가-힣]{2}", subject)
    if not group or not named or _NO_SUBJECT.search(subject) or is_everyday(subject):
        return None
    return Topic(subject, noun, group)


def _is_noun(text: str, language: str) -> bool:
    """Whether `text` is a listing noun and nothing more."""
    if language == "ko":
        return bool(text) and _noun_at_end(text) == text
    known = any(text in names.split(", ") for _, names in _NOUNS.values())
    return known or (
        bool(_group(text, "en")) and len(text.split()) <= 2 and "and" not in text.split()
    )


def _groups_differ(noun: str, other: str, language: str) -> bool:
    groups = {_group(noun.lower(), language), _group(other.lower(), language)}
    return None not in groups and len(groups) == 2


def _noun_at_end(text: str) -> str:
    """The listing noun that a Korean heading closes with, as a word of its own."""
    nouns = [noun for names, _ in _NOUNS.values() for noun in names.split(", ")]
    ends = [n for n in nouns if text == n or text.endswith((" " + n, "의" + n))]
    return max(ends, key=len, default="")


def _group(noun: str, language: str) -> str | None:
    best, length = None, 0
    for group, names in _NOUNS.items():
        for name in names[language == "en"].split(", "):
            if (noun == name or noun.endswith(" " + name)) and len(name) > length:
                best, length = group, len(name)
    return best
