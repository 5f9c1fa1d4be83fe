"""What can be wrong with an item: codes, levels and messages. Knows nothing about finding them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["hard", "soft"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an item.

    Args:
        code: a stable name, a key of `MESSAGES`.
        level: "hard" faults drop an item; two "soft" ones do.
        message: one sentence in the item's language.
    """

    code: str
    level: Level
    message: str

    def to_dict(self) -> dict[str, str]:
        """The JSON shape of `tutor quiz-check`."""
        return {"code": self.code, "level": self.level, "message": self.message}


def problem(code: str, language: str, detail: str = "") -> Problem:
    """The problem of this code, worded for an item in `language`; `detail` names the place."""
    level, korean, english = MESSAGES[code]
    message = korean if language == "ko" else english
    return Problem(code, level, f"{message} ({detail})" if detail else message)


MESSAGES: dict[str, tuple[Level, str, str]] = {
    "no_stem": ("hard", "문제 문장이 비어 있어요.", "There is no question."),
    "option_count": (
        "hard",
        "보기의 수가 이 유형에 맞지 않아요.",
        "This kind needs another number of options.",
    ),
    "empty_option": ("hard", "빈 보기가 있어요.", "An option is empty."),
    "bad_key": (
        "hard",
        "정답 번호가 보기와 맞지 않아요.",
        "The key does not point at the options.",
    ),
    "bad_shape": ("hard", "이 유형에 맞지 않는 칸이 있어요.", "A field does not suit this kind."),
    "no_answer": ("hard", "인정되는 답이 적혀 있지 않아요.", "No accepted answer is given."),
    "answer_is_not_key": (
        "hard",
        "정답 번호와 적힌 답이 서로 달라요.",
        "The key and the accepted answer differ.",
    ),
    "no_explanation": ("hard", "해설이 없어요.", "There is no explanation."),
    "duplicate_options": (
        "hard",
        "같거나 거의 같은 보기가 있어요.",
        "Two options are the same or nearly so.",
    ),
    "no_evidence": ("hard", "근거가 되는 노트 구절이 없어요.", "No passage of the notes is cited."),
    "quote_not_found": (
        "hard",
        "인용한 구절이 노트의 그 자리에 없어요.",
        "The quote is not in the notes at that place.",
    ),
    "key_not_supported": (
        "hard",
        "인용한 구절이 정답을 뒷받침하지 않아요.",
        "The quote does not support the key.",
    ),
    "distractor_also_right": (
        "hard",
        "오답 보기도 노트에 따르면 맞아요.",
        "By the notes, a wrong option is right too.",
    ),
    "distractor_is_alias": (
        "hard",
        "오답 보기가 정답의 다른 이름이에요.",
        "A wrong option is another name of the key.",
    ),
    "unusable": (
        "hard",
        "언어 모델이 쓴 것이 문항의 꼴이 아니에요.",
        "What the model wrote is no item.",
    ),
    "unknown_distractor": (
        "hard",
        "오답 보기가 노트에도 용어집에도 없는 말이에요.",
        "A wrong option is known neither to the notes nor to the glossary.",
    ),
    "unknown_key": (
        "hard",
        "정답이 노트에도 용어집에도 없는 말이에요.",
        "The key is known neither to the notes nor to the glossary.",
    ),
    "solver_disagrees": (
        "hard",
        "근거만 보고 풀면 다른 답이 나오거나 답이 여럿이에요.",
        "Solved from the evidence alone, it has another answer or several.",
    ),
    "longest_key": (
        "hard",
        "정답만 눈에 띄게 길어요.",
        "The key is much longer than the other options.",
    ),
    "stem_repeats_key": (
        "soft",
        "문제에 쓰인 말이 정답에만 다시 나와요.",
        "Words of the question come again only in the key.",
    ),
    "convergence_cue": (
        "soft",
        "정답이 다른 보기들과 낱말을 가장 많이 나눠 가져요.",
        "The key shares most words with the other options.",
    ),
    "all_of_the_above": (
        "hard",
        "‘모두’, ‘없음’ 같은 묶음 보기가 있어요.",
        "An option stands for several others or for none.",
    ),
    "absolute_in_distractors": (
        "soft",
        "‘항상’, ‘반드시’ 같은 말이 오답에만 있어요.",
        "Absolute words stand only in wrong options.",
    ),
    "grammar_cue": (
        "soft",
        "문법만 봐도 정답을 알 수 있어요.",
        "Grammar alone gives the key away.",
    ),
    "particle_cue": (
        "hard",
        "빈칸 뒤의 조사가 정답을 알려 줘요.",
        "The particle after the blank gives the key away.",
    ),
    "not_parallel": ("soft", "보기들의 꼴이 서로 달라요.", "The options are not worded alike."),
    "numbers_unsorted": (
        "soft",
        "숫자 보기가 차례대로 놓여 있지 않아요.",
        "Numbers among the options are not in order.",
    ),
    "ranges_overlap": ("soft", "숫자 범위가 서로 겹쳐요.", "Ranges among the options overlap."),
    "negative_stem": ("hard", "부정형 문제예요.", "The question asks for what is not so."),
    "negation_not_emphasised": (
        "soft",
        "부정하는 말이 강조되어 있지 않아요.",
        "The negation is not emphasised.",
    ),
    "not_negative": (
        "hard",
        "부정형 유형인데 부정하는 말이 없어요.",
        "The kind is negative but the question is not.",
    ),
    "not_self_contained": (
        "hard",
        "문제만 보고는 풀 수 없는 말이 있어요.",
        "The question points at something it does not show.",
    ),
    "unfocused_stem": ("soft", "무엇을 묻는지 분명하지 않아요.", "It is not clear what is asked."),
    "true_false_cluster": (
        "soft",
        "주제 없이 옳은 것을 고르라고 해요.",
        "It asks which is true without naming a topic.",
    ),
    "vague_terms": (
        "soft",
        "‘보통’, ‘대체로’처럼 모호한 말이 있어요.",
        "Vague words such as “usually” are used.",
    ),
    "too_long": ("soft", "문제나 보기가 너무 길어요.", "The question or an option is too long."),
    "trivia": (
        "soft",
        "날짜나 쪽수 같은 사소한 것을 물어요.",
        "It asks for a date, a page or another trifle.",
    ),
    "bad_blank": (
        "hard",
        "빈칸이 없거나 보기가 빈칸을 다 채우지 못해요.",
        "There is no blank, or the options do not fill it.",
    ),
    "key_in_stem": ("hard", "정답이 문제에 그대로 나와요.", "The question itself holds the key."),
    "explanation_lacks_key": (
        "soft",
        "해설이 정답을 말하지 않아요.",
        "The explanation does not name the key.",
    ),
    "explanation_lacks_marker": (
        "soft",
        "해설에 인용 번호가 없거나 짝이 맞지 않아요.",
        "The explanation's markers and its citations do not match.",
    ),
    "wrong_language": (
        "hard",
        "문항의 언어가 섞였거나 달라요.",
        "The item is not in its language.",
    ),
    "injection": (
        "hard",
        "노트가 아니라 프로그램에 내리는 지시가 들어 있어요.",
        "It holds an instruction to a program.",
    ),
    "repeat": ("hard", "이미 있는 문항과 같은 것을 물어요.", "It asks the same as another item."),
    "key_leak": (
        "soft",
        "다른 문항이 이 문항의 정답을 알려 줘요.",
        "Another item gives this one's key away.",
    ),
    "key_often_longest": (
        "hard",
        "정답이 가장 긴 보기인 문항이 너무 많아요.",
        "The key is the longest option too often.",
    ),
    "key_positions": (
        "hard",
        "정답이 몇몇 자리에 몰려 있어요.",
        "The key stands in the same places too often.",
    ),
}
"""Level, Korean and English message of every code."""
