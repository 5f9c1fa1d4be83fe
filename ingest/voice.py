"""Whose words a passage is, by how it is written: the course's, the note-taker's, a chatbot's.

Knows Korean and English turns of phrase; knows nothing about where in the notes a passage stands,
except the manners of the text around it, which the caller measures with `politeness`. Lectures may
be written in plain (한다) or polite (합니다) style; a chatbot shows by a change of style together
with its habitual phrases, a student by spoken endings, dots, sighs and laughter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_POLITE = re.compile(r"(?:니다|세요|해요|어요|아요|예요|이에요|까요)[\"”')]*\s*[.!?:。😊]*(?=\s|$)")
_PLAIN = re.compile(
    r"(?<!니)다[\"”')]*\s*[.!?]*(?=\s|$)"
    r"|[음함됨임짐킴침춤움냄남옴줌둠뀜림김듦심]\s*[.]?$"
)
_END = r"[\s.,;!?~…ㅋㅎㅠㅜ]*(?=\s|$)"
_SPOKEN = re.compile(
    r"(?:네요|네여|군요|더라고?요?|겠네|겠지|잖아요?|[니렵쉽겠았었싶]당|봐요|싶네|야겠다|야지)"
    + _END
)
_SPOKEN_TO_ALL = re.compile(r"(?:[가-힣]죠|지요|나요|[은인]가요|거든요?)" + _END)
"""How students talk to themselves, and lecturers to a room."""
_TRAILING = re.compile(
    r"(?:[는은던한]데요?|(?:것|거|듯)\s?같[아음]|줬으면|어라)\s*(?:[;!?~…ㅋㅎㅠㅜ]+|[.,]{2,})$"
    r"|(?:싶다|아닌가)\s*[.,;!?~…ㅋㅎㅠㅜ]+$|(?:[뭐거]지|맞나|라고요?)\s*\?+$"
    r"|(?:인가|는지)\s*(?:[.,;?~…ㅋㅎㅠㅜ]{2,}|…)$|(?:[같던]은?|건)데$|거\s?같다$"
)
_INTERJECTION = re.compile(
    r"^(?:(?:으음+|흠+|엥+|읭|오잉|어우야?|헐|휴|에휴|설마|괜히|아하|앗|ㅎㅎ+|ㅋㅋ+|와우|뭐지"
    r"|hmm+|ugh|wow|lol|omg)(?=[\s,.!?~…]|$)"
    # words of their own, too ("음 전하", "진짜 양성", "wait queue"): only as an exclamation
    r"|(?:음+|오|와|아니|진짜|wait|oh)(?:[,.!?~…]|$|\s.*(?:[!;~…]|\?{2}|\.{2}|[네죠]요?[.,]*)$))",
    re.I,
)
_BY_THE_WAY = re.compile(r"^(?:근데|그런데|그나저나|by the way|btw)\b", re.I)
_LAUGHTER = re.compile(r"[ㅋㅎㅠㅜ]{2,}|[😂🤣😭😅]|\b(?:lol|haha)\b", re.I)
_FEELING = re.compile(
    r"[헷햇]갈|죽겠|모르겠|짜증|귀찮|어렵네|불편하네|졸[리려]|교수님|친구한테|이해(?:가|를)?\s?[안못]"
    r"|시험에 나|(?<![가-힣])(?:내가|나는) |다시 (?:봐야|보[기자]\)?$)|[가-힣\s]!{2,}$"
    r"|\b(?:I (?:think|guess|hate|need to|should|don'?t (?:get|know|understand))|not sure(?!-)|"
    r"no idea|confus(?:ed|ing)|my (?:notes?|guess))\b"
    r"|^\W*TODO\s*(?:[:：]|$)"
    r"|^\W*(?:need|remember|have) to (?:review|re-?read|ask|check|memori[sz]e)\b",
    re.I,
)
_FIRST_PERSON = re.compile(r"(?<![가-힣])(?:저는|제가) ")
_DOTS = re.compile(r"(?:\.{3,}|…|,{3,}|;|\?{2,}|\.\?)\s*$")
_WHY = re.compile(r"(?:왜|어떻게|뭐|무엇|why|what|how).*\?+$", re.I)
_DEFINITION = re.compile(r"^(?!\W*TODO)\S.{0,40}?\s*(?::|：|==?)\s+\S")

_CHATBOT_HABIT = re.compile(
    r"(?:도움이 되[길기었]|도움이 됩니다|이해를 돕겠|설명해 ?드리|설명드리|정리해 ?드리|좋은 질문"
    r"|궁금한 점이|요청하신|물론입니다|말씀하신"
    r"|정답은.{0,80}(?:입니다|이다)"
    r"|(?:올바른|올바르지 않[은는]) (?:답|선택지|것)[은는].{0,80}입니다"
    r"|가장 (?:적절한|알맞은) (?:답|단어|말|것)[은는].{0,80}입니다|고르는 문제입니다"
    r"|\bI hope (?:this|that) helps|\blet me know if\b|\bas an AI\b|\bgreat question\b"
    r"|^(?:sure|certainly|of course|absolutely)[,!]|\bhere(?:'s| is) (?:a|an|the) "
    r"(?:\w+ )?(?:breakdown|explanation|summary|overview)|\bthe correct (?:answer|option) is\b)",
    re.I,
)
_CHATBOT_TURN = re.compile(
    r"(?:^(?:[•*-]\s*|\d+\.\s*)?(?:\*\*)?설명(?:\*\*)?\s*[:：]|다음과 같습니다"
    r"|살펴보겠|알아보겠|요약하[자면]"
    r"|이렇게 이해하면|예를 들어,|이를 통해|\*\*[^*]+\*\*\s*:|한 줄 한 줄"
    r"|확인해 ?본 결과|😊|\bin summary\b"
    r"|\blet'?s break\b)",
    re.I,
)
_LABEL = re.compile(
    r"^[\[(>#*\s]*(?:chat\s*gpt|챗\s*gpt|챗\s*지피티|gpt(?:-?\d\S*)?|코파일럿|copilot|claude|클로드|gemini"
    r"|제미나이|뤼튼|AI)\s*"
    r"(?:(?:의|says?|said|'s)?\s*(?P<what>답변?|대답|설명|answer|explanation|response)?"
    r"\s*[\])]?\**\s*(?P<colon>[:：])?\s*\**\s*(?P<said>.*))$",
    re.I,
)

POLITE_NOTES = 0.4
"""Share of polite sentences from which on politeness says nothing about who speaks."""


def aside_score(text: str, polite_around: float = 0.0) -> int:
    """How much one line sounds like the note-taker talking to themselves; 2 or more is an aside.

    Args:
        text: the line.
        polite_around: `politeness` of the notes; in polite ones "…죠" and "제가" say nothing.
    """
    if not any(char.isalnum() for char in text):
        return 0 if text.startswith("|") else 2
    telling = [_SPOKEN, *([] if polite_around > POLITE_NOTES else [_SPOKEN_TO_ALL])]
    spoken = any(_ends_with(pattern, text) for pattern in telling)
    feeling = _FEELING.search(text) or (
        polite_around <= POLITE_NOTES and _FIRST_PERSON.search(text)
    )
    score = 2 * (spoken or _TRAILING.search(text) is not None) + 2 * bool(feeling)
    score += 2 * bool(_INTERJECTION.match(text)) + 2 * bool(_LAUGHTER.search(text))
    score += bool(_DOTS.search(text)) + bool(_WHY.search(text)) + bool(_BY_THE_WAY.match(text))
    if _DEFINITION.match(text):
        score -= 2
    if _PLAIN.search(text.rstrip(" ?.…")) and len(text) > 30:
        score -= 1
    return score


def chatbot_score(text: str, polite_around: float) -> float:
    """How much a paragraph sounds pasted from a chatbot; 2 or more is commentary.

    Args:
        text: the paragraph.
        polite_around: `politeness` of the surrounding notes; where they are polite themselves,
            politeness and lecturers' turns of phrase say nothing.
    """
    if is_labelled(text):
        return 3.0
    score = 2.0 * bool(_CHATBOT_HABIT.search(text))
    if polite_around > POLITE_NOTES:
        return score
    polite, plain = endings(text)
    score += 1.0 * any(_CHATBOT_TURN.search(line) for line in text.split("\n"))
    if polite > plain:
        score += 0.5 * min(polite, 2) + (1.0 if polite >= 3 else 0.0)
    return score


def is_labelled(text: str) -> bool:
    """Whether a line names a chatbot as the one who speaks: "ChatGPT:", "### GPT의 답변"."""
    for line in text.split("\n"):
        label = _LABEL.match(line)
        if label and (label["what"] or label["colon"]):
            # "GPT: 네, 맞습니다" speaks to somebody; "GPT : 언어 모델" and "AI 설명 가능성" do not
            return not label["said"] or (label["colon"] is not None and is_polite(label["said"]))
    return False


def politeness(counted: Iterable[tuple[int, int]]) -> float:
    """Share of polite sentences among those with a telling ending, 0..1; 0 where none tells.

    Args:
        counted: `endings` of each paragraph.
    """
    polite, plain = (sum(column) for column in zip((0, 0), *counted, strict=True))
    return polite / (polite + plain) if polite + plain else 0.0


def is_polite(text: str) -> bool:
    """Whether a paragraph speaks to somebody (합니다, 해요) more than it notes down (한다)."""
    polite, plain = endings(text)
    return polite > plain


def endings(text: str) -> tuple[int, int]:
    """How many sentences of a paragraph end politely (합니다), and how many plainly (한다)."""
    lines = text.split("\n")
    polite = sum(len(_POLITE.findall(line)) for line in lines)
    return polite, sum(len(_PLAIN.findall(line)) for line in lines)


def _ends_with(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the last sentence, or all but a short tail, ends as `pattern` says."""
    return any(len(text) - match.end() <= 20 for match in pattern.finditer(text))
