"""Terms: the names that notes give to concepts, with their other spellings.

Knows how names are written, "망각 게이트(forget gate, 포겟 게이트)", "encoder (E)"; knows nothing
about what is said of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tutor.quiz.words import content_words, fold

_PAREN = re.compile(r"\s*\(([^()]*)\)")
_ALIAS = re.compile(r"^[A-Za-z가-힣][A-Za-z0-9가-힣 .·+/-]{0,58}$")
_NAME = re.compile(r"^[A-Za-z가-힣0-9][A-Za-z0-9가-힣 .·+&/'’-]*$")
_GENERIC = frozenset(
    fold(word)
    for word in """예, 예시, ex, 참고, 주의, 비고, 메모, 장점, 단점, 한계, 특징, 입력, 출력,
    설명, 정의, 해결책, 목적, 목표, 결과,
     방법, 이유, 문제, 원인, 이름, 종류, 조건, 효과, 역할, 의미, 값, 것, 경우, 그림, 표, 질문, 답,
    정답, 요약, 정리, 결론, 주요 장점,
     주요 단점, 차이, 비교, 평가, 성능, 속도, 비용, 메모리, 크기, 모델, 데이터, 단계, 과정, 함수,
    구조, 차원, 첫째, 둘째, 셋째, 현재,
      이전, 다음, 나머지, 둘, 후보, 새 상태, 자리, 부분, 원래, 순서, 방향, 학습, 표현, 강점, 약점,
     대표 예, 이 값, 두 값, 확장, 여기, 여기서, 원
     논문, 논문, 저자, 연구, 실험, 왼쪽, 오른쪽, 위쪽, 아래쪽, 이미지, 가중치, 언어, 단어, 문장,
    벡터, 글, 긴 문장, 지수값,
     example, examples, note, notes, hint, tip, input, output, result, results, reason, reasons,
    problem, solution, question,
     answer, summary, advantage, advantages, disadvantage, limitation, limits, definition,
    meaning, purpose, goal, idea,
     method, step, steps, figure, table, formula, case, cases, name, value, values, model, models,
    data, size, speed, cost,
     first, second, third, last, next, previous, other, others, rest, difference, point, points,
    way, ways, part, parts,
     this, that, these, those, it, they, there, here, each, both, one, some, many, most, all,
    such, what, which, he, she,
     we, you, i, everything, nothing, candidate, new state, now, today, accuracy, memory, number,
    list, lists, training,
     learning, evaluation, direction, order, function, process, kind, kinds, word, words,
    sentence, sentences, layer, layers, price, gap, search term, hard, soft,
     choice, change, trick, rule, share, cat, dog, sum, score, project, accuracy against speed,
    classification""".replace("\n", " ").split(",")
)
_KO_TAIL = re.compile(
    r"(?:[을를]|에서|에게|으로|하기|[ ]때|[으하]면|[하되있없않]는|하고|하며|이다|다|까지|부터"
    r"|처럼|보다|이란| 및| 등)$"
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

    def join(self, forms: Iterable[str]) -> None:
        """Makes all of `forms` names of one concept."""
        group = {form for form in forms if fold(form)}
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

    def aliases(self, name: str) -> tuple[str, ...]:
        """The other names, shortest first, then by alphabet."""
        group = self._groups.get(fold(name), set())
        others = {fold(form): form for form in sorted(group) if fold(form) != fold(name)}
        return tuple(sorted(others.values(), key=lambda form: (len(form), form)))


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
        or not re.search(r"[A-Za-z가-힣]{2}", text)
    ):
        return False
    words = text.split()
    if len(words) > 6 or _EN_TAIL.search(text) or _EN_HEAD.match(text):
        return False
    if re.search(r"\b(?:the|a|an|is|are|was|becomes?)\b", text):
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
        r"|그|저|한|두|세|네|그냥|단순히|결국)$",
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
