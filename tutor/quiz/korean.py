"""Korean grammar for quiz sentences: particles, final consonants, clauses that become questions.

Knows the language, nothing about items. Works on spelling alone: rules that are not sure return
None, and the caller then words the item another way.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FIRST, _LAST = 0xAC00, 0xD7A3
_N, _M, _SS, _B, _RIEUL = 4, 16, 20, 17, 8
"""Indices of the final consonants ㄴ, ㅁ, ㅆ, ㅂ, ㄹ."""

PAIRS = (
    ("이라는", "라는", "(이)라는"),
    ("이라고", "라고", "(이)라고"),
    ("이란", "란", "(이)란"),
    ("으로부터", "로부터", "(으)로부터"),
    ("으로써", "로써", "(으)로써"),
    ("으로서", "로서", "(으)로서"),
    ("으로는", "로는", "(으)로는"),
    ("으로", "로", "(으)로"),
    ("과는", "와는", "과(와)는"),
    ("과의", "와의", "과(와)의"),
    ("과", "와", "과(와)"),
    ("이며", "며", "(이)며"),
    ("이고", "고", "(이)고"),
    ("이나", "나", "(이)나"),
    ("이다", "다", "(이)다"),
    ("은", "는", "은(는)"),
    ("이", "가", "이(가)"),
    ("을", "를", "을(를)"),
)
"""Particles with a form after a consonant, one after a vowel, and one that gives neither away."""
_PLAIN = tuple("에서는 에서의 에서 에게 에는 에도 에 의 도 만 까지 부터 처럼 보다 마다".split())
"""Particles that look the same after every word."""
_TYPED = re.compile(
    r"(?:입니다|이에요|예요|이예요|에요|이다|이요|요|은|는|이|가|을|를|의|와|과|으로|로|이라고"
    r"|라고|임)$"
)
_VERBAL = (
    "제어 수행 생성 계산 변환 감지 분석 처리 저장 학습 추출 예측 측정 결정 조절 조정 분류 "
    "인식 표현 적용 추가 제거 방지 강조 "
    "보존 유지 요약 선택 전달 포함 사용 활용 이용 출력 입력 구현 개선 향상 최적화 정규화 "
    "표준화 결합 분할 분리 비교 평가 해결 "
    "제공 지원 최소화 최대화 업데이트 갱신 파악 포착 이해 탐지 반영 고려 훈련 할당 초기화 "
    "극복 촉진 정량화 단축 도출 완화 캡처"
).split()
_GENUS = (
    "기술 과정 신경망 모델 함수 방법 방식 기법 알고리즘 벡터 지표 분야 단계 작업 연산 구조 "
    "층 레이어 네트워크 메커니즘 프로세스 "
    "개념 인공지능 게이트 데이터 값 것 이론 문제 현상 프레임워크 표현 행렬 텐서 단위 척도 "
    "시스템 장치 요소 원리 규칙 절차 상태 "
    "집합 공식 공간 셀 부분 학습 임베딩 규칙 활성화 어텐션 영역 비율 수 말뭉치 코퍼스 서비스 "
    "도구 언어 이름 활동 추론 관계 관점 능력 변수 "
    "설정값 성질 정보 토큰 신호 손실 오차 확률 분포 계층 필터 커널 이미지 특징 전략 마스크 "
    "지도 거리 크기 정도 연결 경로"
).split()
_NO_KIND = (
    "때문",
    "뿐",
    "편",
    "중",
    "정도",
    "나름",
    "마찬가지",
    "보통",
    "우선",
    "먼저",
    "필수",
    "대칭",
    "유리",
    "불리",
)
_NOMINAL = (
    "함",
    "됨",
    "킴",
    "줌",
    "있음",
    "없음",
    "않음",
    "만듦",
    "보임",
    "나타냄",
    "늘림",
    "줄임",
    "높임",
)
_ADNOMINAL = re.compile(r"[은는던한된인]$|[가-힣]*[가-힣]ㄹ$|(?:할|될|줄|낼|둘|쓸|볼|질|킬)$")
_ADJECTIVES = ("높", "낮", "많", "적", "좋", "짧", "깊", "얕", "작", "같")


def has_final(text: str) -> bool | None:
    """Whether the last syllable closes with a consonant; None where spelling does not tell."""
    last = text.strip()[-1:]
    if not last:
        return None
    if _FIRST <= ord(last) <= _LAST:
        return _final(last) != 0
    if last.isdigit():
        return last in "013678"
    word = text.strip().split()[-1]
    if last.isalpha() and word.isupper():
        return last in "LMNR"
    # read aloud, "attention" ends in a consonant, "encoder" and "network" in a vowel
    if re.search(r"(?:[aeiouy](?:n|m|ng|l|ll)|el|le)$", word, re.I):
        return True
    return False if re.search(r"(?:[aeouiyrswxhd]|[^aeiou][kts])$", word, re.I) else None


def with_particle(word: str, pair: str) -> str:
    """`word` and the right one of "은/는", "이/가", "을/를", "과/와"; both in doubt."""
    return word + particle(word, pair)


def particle(word: str, pair: str) -> str:
    """The one of "은/는", "이/가", "이에요/예요" … that goes after `word`."""
    after_consonant, after_vowel = pair.split("/")
    final = has_final(word)
    if final is None:
        return f"{after_consonant}({after_vowel})"
    return after_consonant if final else after_vowel


def split_particle(text: str) -> tuple[str, str] | None:
    """The particle that `text` opens with, and what follows; ("", text) where a word ended.

    None means that the text goes on with letters that are no particle: the word before it is only
    the beginning of a longer one.
    """
    if not text or not (text[0].isalnum() or text[0] in "-_"):
        return "", text
    both = [form for pair in PAIRS for form in pair[:2]]
    for form in sorted([*both, *_PLAIN], key=len, reverse=True):
        rest = text[len(form) :]
        if text.startswith(form) and (not rest or not rest[0].isalnum()):
            return form, rest
    return None


def neutral(particle: str) -> str:
    """The particle written so that it does not tell whether the word before ends in a vowel."""
    for after_consonant, after_vowel, both in PAIRS:
        if particle in (after_consonant, after_vowel):
            return both
    return particle


def fits(particle: str, word: str) -> bool:
    """Whether a particle can follow a word; True where spelling does not tell."""
    final = has_final(word)
    for after_consonant, after_vowel, _ in PAIRS:
        if final is None or particle not in (after_consonant, after_vowel):
            continue
        if after_consonant.startswith("으로") and final:
            # after ㄹ the vowel's form is used: 커널로
            return (particle == after_vowel) == (_final(word.strip()[-1]) == _RIEUL)
        return particle == (after_consonant if final else after_vowel)
    return True


def without_ending(text: str) -> str:
    """A typed answer without the particle or copula that a sentence would put after it."""
    return _TYPED.sub("", text.strip().rstrip(".!?。 "))


def own_subject(predicate: str) -> bool:
    """Whether what is said of a label opens with a subject of its own: "결과가 흐릿하다"."""
    return bool(re.match(r"^(?:\S+\s){0,2}?\S*[가-힣A-Za-z](?:이|가)\s", predicate + " "))


def states_another(predicate: str) -> bool:
    """Whether a predicate ends in a noun that is said of its own subject: "A가 B의 역이다"."""
    noun = ending_noun(predicate)
    if noun is None or not re.match(r"^\S+(?:이|가)\s", noun):
        return False
    before = noun.split()[-2:-1]
    return not before or not _ADNOMINAL.search(before[0])


def finished(clause: str) -> str:
    """A note that breaks off at a noun, made a sentence: "벡터를 생성" gives "벡터를 생성한다"."""
    words = clause.split()
    if not words or clause.endswith("다") or words[-1].endswith(_NOMINAL):
        return clause
    if words[-1] == "목표" and len(words) > 1 and words[-2].endswith(("을", "를")):
        return clause + "로 한다"
    if words[-1] in (*_VERBAL, "의미") and len(words) > 1:
        return clause + "한다" if re.search(r"(?:[을를로히]|하게)$", words[-2]) else clause
    return with_particle(clause, "이다/다") if ending_noun(clause) else clause


def as_question(clause: str) -> str | None:
    """A predicate turned into the question for its subject.

    "기울기를 줄인다" gives "기울기를 줄이는 것은?", "단어를 바꾸는 기술이다" gives "… 기술은?".
    """
    clause = clause.strip().rstrip(".").strip()
    noun = ending_noun(clause)
    if noun is not None:
        return f"{with_particle(noun, '은/는')}?"
    modifier = _modifier(clause)
    return f"{modifier} 것은?" if modifier else None


@lru_cache(maxsize=20_000)
def ending_noun(clause: str) -> str | None:
    """The clause up to the noun it ends in, where that says what kind of thing its subject is."""
    if clause.endswith("이다"):
        noun = clause.removesuffix("이다")
        said = re.search(r"[가-힣A-Za-z]$", noun) and not noun.endswith(_NO_KIND)
        return noun if said and len(noun.split()) > 1 else None
    noun = clause.removesuffix("다")
    last = noun.split()[-1] if noun.split() else ""
    verbal = last in _VERBAL and re.search(r"(?:[을를로]|통해|하게) \S+$", clause)
    if verbal and not clause.endswith("다"):
        return None
    if any(last == genus or (len(last) > len(genus) and last.endswith(genus)) for genus in _GENUS):
        return noun
    return None


def _modifier(clause: str) -> str | None:
    """The clause in the form that stands before a noun."""
    words = clause.split()
    if len(words) < 2:
        return None
    if words[-1] in _VERBAL:
        return clause + "하는" if words[-2].endswith(("을", "를")) else None
    if words[-1].endswith(_NOMINAL):
        return clause[:-1] + ("" if clause[-1] == "음" else _without(clause[-1], _M)) + "는"
    if not clause.endswith("다") or len(clause) < 3:
        return None
    stem = clause[:-1]
    return _modifier_of_stem(stem)


def _modifier_of_stem(stem: str) -> str | None:
    last = stem[-1]
    if stem.endswith(("있", "없", "는")):
        return stem if last == "는" else stem + "는"
    if not _FIRST <= ord(last) <= _LAST or _final(last) == _SS:
        return None
    if _final(last) == _N:
        return stem + "인" if stem.endswith("니") else stem[:-1] + _without(last, _N) + "는"
    if last == "하":
        return stem[:-1] + "한"
    if stem.endswith(("쉽", "어렵", "가깝")):
        return stem[:-1] + _without(last, _B) + "운"
    if last in _ADJECTIVES:
        return stem + "은"
    if stem.endswith(("크", "빠르", "다르", "느리", "뛰어나")):
        return stem[:-1] + chr(ord(last) + _N)
    return None


def _final(syllable: str) -> int:
    return (ord(syllable) - _FIRST) % 28 if _FIRST <= ord(syllable) <= _LAST else 0


def _without(syllable: str, final: int) -> str:
    return chr(ord(syllable) - final) if _final(syllable) == final else syllable
