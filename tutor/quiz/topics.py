"""What a list is a list of: "the strengths of U-Net", "LSTM의 게이트".

Knows headings and the sentences that announce a list, in both languages; knows nothing about the
lists' members.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.quiz.words import content_words

_GROUPS: dict[str, tuple[str, str]] = {
    "part": (
        "구성 요소 구성요소 구성 하위 레이어 하위 층 계층 부품 요소 블록 모듈 층 레이어 게이트",
        "components component parts elements layers sublayers blocks modules gates pieces",
    ),
    "strength": (
        "장점 이점 강점 좋은 점 유리한 점",
        "strengths advantages benefits pros merits",
    ),
    "weakness": (
        "단점 한계 약점 문제점 제약 어려움 한계점",
        "weaknesses limits limitations drawbacks disadvantages cons shortcomings problems costs",
    ),
    "use": (
        "응용 분야 활용 분야 사용 분야 응용 활용 용도 쓰임 사용 가능성 발전 가능성 적용 분야",
        "applications uses fields of application application areas use cases",
    ),
    "type": (
        "종류 유형 분류 방법 방식 기법 기술 모델 알고리즘 전략 접근법 함수",
        "types kinds methods techniques approaches models algorithms strategies families functions",
    ),
    "measure": ("평가 지표 지표 척도 평가 방법 측도", "metrics measures scores"),
    "trait": ("특징 특성 성질", "properties features characteristics traits"),
    "goal": ("목표 목적 이유 역할", "goals aims purposes reasons roles"),
}
"""The nouns that name what a list's members are, by group; longer ones win."""
_OPPOSED = ({"strength", "weakness"}, {"strength", "trait"}, {"weakness", "trait"})
_OPEN = frozenset({"strength", "weakness", "use", "trait", "goal"})
"""Groups whose members might also be true of another subject, though the notes do not say so."""
_NOT_LISTS = re.compile(
    r"비교|차이|헷갈|혼동|연결|출처|참고|예시|예$|숫자로|계산 예|따라가는|문제 풀이|복습"
    r"|compar|differ|confus|mistake|links? to|source|reference|further reading|example|worked"
    r"|with numbers|by hand|versus|\bvs\b",
    re.I,
)
_AMOUNT_KO = r"(?:다음\s*)?(?:[두세네]|다섯|여섯|일곱|\d+)\s*(?:가지|개|종류|단계)?(?:의)?\s*(?:유형의\s*|종류의\s*)?"
_ANNOUNCED_KO = re.compile(
    rf"^(?P<subject>[^,]{{1,40}}?)[은는]\s+{_AMOUNT_KO}(?P<noun>[가-힣A-Za-z ]{{1,20}}?)[을를]\s*"
    r"(?:함께\s*)?(?:사용|활용|이용|쓴|쓰|가진|가지|갖|둔|두)\S*$"
)
_OF_KO = re.compile(
    r"^(?P<subject>[^,]{1,40}?)의\s+(?:주요\s*)?(?P<noun>[가-힣 ]{2,14}?)[은는](?=\s)"
)
_AMOUNT_EN = r"(?:two|three|four|five|six|seven|eight|\d+|several|the following)\s+"
_ANNOUNCED_EN = re.compile(
    rf"^(?:The |An? )?(?P<subject>[^,;]{{1,50}}?)\s+(?:has|have|uses|use|combines?|keeps?|contains?)\s+"
    rf"{_AMOUNT_EN}(?P<noun>[A-Za-z -]{{2,30}}?)\s*[.:]?$"
)
_OF_EN = re.compile(
    r"^The\s+(?:main\s+)?(?P<noun>[A-Za-z -]{3,30}?)\s+of\s+(?:an?\s+|the\s+)?(?P<subject>[^,;]{1,40}?)\s+are\b"
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
        """Whether a member of another subject's list might also be right here."""
        return self.group in _OPEN

    def same_subject(self, other: Topic) -> bool:
        """Whether both are about the same thing."""
        mine, theirs = content_words(self.subject), content_words(other.subject)
        return bool(mine & theirs) and mine <= theirs | mine and (mine <= theirs or theirs <= mine)

    def excludes(self, other: Topic) -> bool:
        """Whether nothing can belong to both: strengths and weaknesses, parts and uses."""
        groups = {self.group, other.group}
        if groups in _OPPOSED:
            return groups == {"strength", "weakness"}
        return self.group != other.group and groups not in ({"type", "part"}, {"use", "goal"})


def is_list_heading(text: str) -> bool:
    """False for headings over comparisons, examples, mix-ups and references."""
    return not _NOT_LISTS.search(text)


def from_heading(text: str, language: str) -> Topic | None:
    """The topic that a heading such as "CNN의 주요 구성 요소" or "Strengths of U-Net" names."""
    text = re.sub(r"[?:：.]+$", "", text).strip()
    if not is_list_heading(text):
        return None
    return _heading_ko(text) if language == "ko" else _heading_en(text)


def from_sentence(text: str, language: str) -> Topic | None:
    """The topic that a sentence announces: "The limits of X are …", "LSTM은 세 게이트를 쓴다"."""
    text = text.strip().rstrip(".:：")
    if language == "ko":
        match = _OF_KO.match(text) or _ANNOUNCED_KO.match(text)
    else:
        match = _OF_EN.match(text) or _ANNOUNCED_EN.match(text)
    if not match:
        return None
    noun, subject = match["noun"].strip(), match["subject"].strip()
    group = _group(noun, language)
    return Topic(subject, noun, group) if group and _is_subject(subject) else None


def _heading_ko(text: str) -> Topic | None:
    # of "한계 및 단점" the first noun speaks for both
    text = re.split(r"\s*(?:,|·|/| 및 | 또는 )\s*", text)[0]
    text = re.sub(r"(?:과|와)\s+\S+$", "", text) if _noun_ko(re.sub(r"(?:과|와)\s+\S+$", "", text)) else text
    noun = _noun_ko(text)
    if not noun:
        return None
    subject = re.sub(r"(?:의)?\s*(?:주요|기타|대표적인)?$", "", text[: -len(noun)].strip()).strip()
    group = _group(noun, "ko")
    if not group or not _is_subject(subject):
        return None
    return Topic(subject, noun, group)


def _noun_ko(text: str) -> str:
    nouns = [
        noun for names, _ in _GROUPS.values() for noun in _phrases(names)
        if text.endswith(noun) and (len(text) == len(noun) or text[-len(noun) - 1] in " 의")
    ]  # fmt: skip
    return max(nouns, key=len, default="")


def _heading_en(text: str) -> Topic | None:
    match = re.match(
        r"^(?:(?:the|main|five|four|three|six|key)\s+)*(?P<noun>[A-Za-z ]+?)(?:\s+(?:and|or)\s+\w+)?"
        r"\s+of\s+(?:an?\s+|the\s+)?(?P<subject>.+)$",
        text,
        re.I,
    )
    if not match:
        return None
    noun, subject = match["noun"].lower().strip(), match["subject"].strip()
    group = _group(noun, "en")
    return Topic(subject, noun, group) if group and _is_subject(subject) else None


def _group(noun: str, language: str) -> str | None:
    index = 0 if language == "ko" else 1
    best, length = None, 0
    for group, names in _GROUPS.items():
        for name in _phrases(names[index]):
            fits = noun.lower() == name or noun.lower().endswith((" " + name,))
            if fits and len(name) > length:
                best, length = group, len(name)
    return best


def _phrases(names: str) -> list[str]:
    """The nouns of a group: single words, and neighbours that stand together as one phrase."""
    words = names.split()
    pairs = [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    return words + [pair for pair in pairs if pair in _TWO_WORDS]


_TWO_WORDS = frozenset(
    {
        "구성 요소", "하위 레이어", "하위 층", "좋은 점", "유리한 점", "응용 분야", "활용 분야", "사용 분야",
        "적용 분야", "사용 가능성", "발전 가능성", "평가 지표", "평가 방법", "application areas", "use cases",
    }
)  # fmt: skip


def _is_subject(text: str) -> bool:
    if not 1 < len(text) <= 40 or re.match(r"^(?:이|그|저|이것|it|its|this|these|the|both)\b", text, re.I):
        return False
    return bool(re.search(r"[A-Za-z가-힣]{2}", text))
