"""Terms: the names that notes give to concepts, with their other spellings.

Knows how names are written, "망각 게이트(forget gate, 포겟 게이트)", "encoder (E)"; knows nothing
about what is said of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import permutations

from tutor.quiz.words import content_words, fold

_PAREN = re.compile(r"\s*\(([^()]*)\)")
_ALIAS = re.compile(r"^[A-Za-z가-힣][A-Za-z0-9가-힣 .·+/-]{0,58}$")
_NAME = re.compile(r"^[A-Za-z가-힣0-9][A-Za-z0-9가-힣 .·+&/'’-]*$")
_EVERYDAY = """
    가중치, 값, 강점, 것, 결과, 결론, 결합, 경우, 과정, 구조, 그림, 글, 기본 모델, 긴 문장,
    나머지, 논문, 다음, 단계, 단어, 단점, 답, 대표 예, 덧셈형, 데이터, 두 값, 두 방법, 둘, 둘째,
    메모, 메모리, 모델, 목적, 목표, 문장, 문제, 방법, 방향, 벡터, 부분, 비고, 비교, 비용,
    새 상태, 설명, 성능, 셋째, 소프트, 속도, 순서, 실험, 아래쪽, 앞 문장, 약점, 언어, 여기,
    여기서, 역할, 연구, 예, 예시, 오른쪽, 왼쪽, 요약, 원 논문, 원래, 원인, 위쪽, 의미, 이 값,
    이름, 이미지, 이유, 이전, 입력, 자리, 장점, 저자, 정답, 정리, 정의, 조건, 종류, 주요 단점,
    주요 장점, 주의, 지수값, 질문, 차원, 차이, 참고, 첫째, 추출, 출력, 크기, 큰 모델, 특징,
    평가, 표, 표현, 하드, 학습, 한계, 함수, 해결책, 현재, 확장, 효과, 후보,
    accuracy, accuracy against speed, advantage, advantages, all, answer, both, candidate, case,
    cases, cat, change, choice, classification, cost, data, definition, difference, direction,
    disadvantage, dog, each, evaluation, everything, ex, example, examples, figure, first,
    formula, function, gap, goal, hard, he, here, hint, i, idea, input, it, kind, kinds, last,
    layer, layers, learning, limitation, limits, list, lists, many, meaning, memory, method,
    model, models, most, name, new state, next, note, notes, nothing, now, number, one, order,
    other, others, output, part, parts, point, points, previous, price, problem, process,
    project, purpose, question, reason, reasons, rest, result, results, rule, score,
    search term, second, sentence, sentences, share, she, size, soft, solution, some, speed,
    step, steps, such, sum, summary, table, that, there, these, they, third, this, those, tip,
    today, training, trick, value, values, way, ways, we, what, which, word, words, you
"""
"""Words of any text: as a name by itself, none of them says which concept is meant."""
_GENERIC = frozenset(fold(word) for word in _EVERYDAY.split(","))
_SLIP, _LONG = 0.8, 5
"""Share of letters that a misspelt name has in common with the right one, and its least length."""
_KO_TAIL = re.compile(
    r"(?:[을를]|에서|에게|으로|하기|[ ]때|[으하]면|[하되있없않]는|하고|하며|이다|다|까지|부터"
    r"|처럼|보다|이란| 및| 등| 예| 예시)$"
)
_EN_TAIL = re.compile(
    r"\b(?:of|in|on|at|to|by|for|with|and|or|the|a|an|is|are|that|which|from|as)$", re.I
)
_EN_HEAD = re.compile(
    r"^(?:a|an|the|in|on|at|to|by|for|with|and|or|from|as|if|when|while|since|because|after"
    r"|before|unlike|instead"
    r"|how|why|what|where|every|any|no|not|our|its|their|another|two|three|four|five|about"
    r"|only|here|there|it|this"
    r"|that|these|those|then|thus|so|also|one|you|we|they|he|she|such|let|add|use|take|run"
    r"|both|each|most|many"
    r"|few|more|less|all|some|first|second|third|near|given|suppose)\b",
    re.I,
)
_MEASURE = re.compile(
    r"\d\s?(?:초|분|시간|개|장|명|배|픽셀|쪽|k?Hz|[kMG]B|ms|seconds?|pixels?|pages?)(?![A-Za-z가-힣])"
)
"""How much of something: "16 kHz 오디오 1초" is measured, and no concept."""
_REFERS = re.compile(
    r"\b(?:this|that|these|those|its|their|step|lecture|week|above|below|et al|I|am)\b|차시|강의"
    r"|\d번|주 ?차|\d단계",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A concept's name.

    Args:
        name: as the notes write it.
        aliases: other names the notes or the glossary give it.
    """

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The name, then its aliases."""
        return (self.name, *self.aliases)


@dataclass(slots=True)
class Names:
    """Which names mean the same concept, from pairs in the notes and from a glossary."""

    _groups: dict[str, set[str]] = field(default_factory=dict)
    _ranks: dict[str, int] = field(default_factory=dict)
    _words: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def join(self, forms: Iterable[str]) -> None:
        """Makes all of `forms` names of one concept, the better known ones first."""
        forms = [form for form in forms if fold(form)]
        for rank, form in enumerate(forms):
            self._ranks.setdefault(fold(form), rank)
        for own, other in permutations([form.split() for form in forms], 2):
            if len(own) == len(other) > 1:
                for word, meaning in zip(own, other, strict=True):
                    if word.isascii() < meaning.isascii():
                        self._words[fold(word)][fold(meaning)] += 1
        group = set(forms)
        for form in list(group):
            group |= self._groups.get(fold(form), set())
        for form in group:
            self._groups[fold(form)] = group

    def of(self, name: str) -> frozenset[str]:
        """All names of the concept that `name` is a name of, folded."""
        return frozenset({fold(form) for form in self._groups.get(fold(name), ())} | {fold(name)})

    def same(self, a: str, b: str) -> bool:
        """Whether both name one concept."""
        return bool(self.of(a) & self.of(b))

    def related(self, a: str, b: str) -> bool:
        """Whether one name holds the other's words, in whichever language."""
        left, right = (frozenset(map(self._meant, name.split())) for name in (a, b))
        return left <= right or right <= left or related(a, b)

    def _meant(self, word: str) -> str:
        """One name for a word in either language: "게이트" and "gate" are the same."""
        found = self._words.get(fold(word))
        return min(found, key=lambda w: (-found[w], w)) if found else min(self.of(word))

    def aliases(self, name: str) -> tuple[str, ...]:
        """The other names, the best known first, then the shortest."""
        group = self._groups.get(fold(name), set())
        others = {fold(form): form for form in sorted(group) if fold(form) != fold(name)}
        rank = self._ranks
        return tuple(sorted(others.values(), key=lambda form: (rank[fold(form)], len(form), form)))

    def mended(self, name: str) -> str:
        """The glossary's spelling of a name that is a slip away from it: "foregt gate"."""
        best = next((f for f in self.aliases(name) if f.isascii() == name.isascii()), name)
        worse = self._ranks.get(fold(name), 0) > self._ranks.get(fold(best), 0)
        close = SequenceMatcher(None, fold(name), fold(best)).ratio() >= _SLIP
        same = len(fold(name)) == len(fold(best)) and len(fold(name)) >= _LONG
        return best if worse and close and same and fold(name) != fold(best) else name


def read_term(text: str, language: str, *, member: bool = False) -> Term | None:
    """The term that `text` is, with the aliases in its parentheses; None if it is no name.

    `member` says whether it stands in a list whose topic is known: everyday words are names there.
    """
    text = text.strip(" \"'“”‘’.")
    aliases = [alias for match in _PAREN.finditer(text) for alias in split_aliases(match[1])]
    name = _PAREN.sub("", text).strip()
    if not is_name(name, language, member=member):
        return None
    return Term(name, tuple(dict.fromkeys(alias for alias in aliases if fold(alias) != fold(name))))


def split_aliases(inside: str) -> list[str]:
    """The names inside a term's parentheses; examples, years and formulas are none."""
    if re.search(
        r"\b(?:예|예:|e\.g|ex|즉|i\.e|week|lecture|see)\b|차시|주\s?차|\d{3,}|[=<>:?]", inside
    ):
        return []
    parts = [part.strip(" \"'“”") for part in re.split(r",|/|;|=| or ", inside)]
    return [
        part
        for part in parts
        if _ALIAS.match(part)
        and len(part.split()) <= 6
        and len(part) > 1
        and len(part.split()[-1]) > 1
    ]


def is_name(text: str, language: str, *, member: bool = False) -> bool:
    """Whether a stretch of text can be the name of a concept and is not an everyday word."""
    if not 1 < len(text) <= (30 if language == "ko" else 48) or not _NAME.match(text):
        return False
    if (
        (fold(text) in _GENERIC and not member)
        or _REFERS.search(text)
        or _MEASURE.search(text)
        or not re.search(r"[A-Za-z가-힣]{2}", text)
    ):
        return False
    words = text.split()
    if len(words) > 6 or _EN_TAIL.search(text) or _EN_HEAD.match(text):
        return False
    if re.search(r"\b(?:the|a|an|is|are|was|becomes?)\b|['’]s$", text):
        return False
    return not _KO_TAIL.search(text)


def is_everyday(name: str) -> bool:
    """Whether a name is a word of every text, "output" or "방법", and no concept by itself."""
    return fold(name) in _GENERIC or fold(name).rstrip("s") in _GENERIC


def is_subject(name: str) -> bool:
    """Whether a Korean name can be a sentence's whole subject: no phrase with particles in it."""
    words = name.split()
    if not words or re.match(
        r"^(?:각각?|첫째|둘째|셋째|둘|셋|앞|뒤|모든|여러|다른|새로운|어떤|이러한|이런|그런|이"
        r"|그|저|한|두|세|네|그냥|단순히|결국|따라서|그래서|그러나|하지만|또한|즉|다만|이때|한편)$",
        words[0],
    ):
        return False
    return (
        len(words) <= 4
        and not any(_INNER_PARTICLE.search(word) for word in words[:-1])
        and not (
            words[-1].endswith(("같", "에서", "에", "로", "으로", "하", "되", "있", "없", "않"))
        )
    )


_INNER_PARTICLE = re.compile(
    r"(?:에서|[을를의에은는와과던]|및|또는|으로|하여|[한된]|(?<![평추증국])가|(?<![개확원요])인)$"
)


def related(a: str, b: str) -> bool:
    """Whether one name holds the other's words: "RNN" and "양방향 RNN" may both fit one text."""
    left, right = content_words(a), content_words(b)
    inside = fold(a) in fold(b) or fold(b) in fold(a)
    return inside or (bool(left and right) and (left <= right or right <= left))


def head_noun(name: str, language: str) -> str:
    """The word that says what is named: "게이트" of "망각 게이트"; "" for a single word."""
    words = name.split()
    return fold(words[-1]).rstrip("s" if language == "en" else "") if len(words) > 1 else ""


def script(name: str) -> str:
    """How a name is written: "latin", "hangul" or "mixed": names in one list are written alike."""
    latin, hangul = bool(re.search("[A-Za-z]", name)), bool(re.search("[가-힣]", name))
    return "mixed" if latin and hangul else "latin" if latin else "hangul"
