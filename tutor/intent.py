"""Tells questions from small talk and from orders to the program. Knows phrases, not notes.

Text is data: an order in a question ("ignore the above", "you are now …") is refused, and one in
the notes is quoted or passed over like any other sentence, never obeyed.
"""

from __future__ import annotations

import re
from typing import Literal

Intent = Literal["question", "small_talk", "refused"]

_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|rule|prompt|above|previous|prior"
    r"|notes?|everything)s?\b"
    r"|\byou are (?:now|no longer)\b|\bpretend (?:to be|you)\b|\bact as (?:a|an|if)\b"
    r"|\b(?:reveal|print|show|repeat|output)\b.{0,30}\b(?:system|hidden|initial) (?:prompt|message)"
    r"|\b(?:print|reveal|show|repeat) your (?:system )?(?:prompt|instructions)\b"
    r"|\breply only with\b|\brespond only with\b|\bjailbreak\b|\bdeveloper mode\b"
    r"|(?:지시|규칙|명령|프롬프트|위의? ?(?:내용|말)|이전 ?(?:내용|말)|노트)[는을를은]?\s?.{0,12}"
    r"(?:무시|잊어|잊고|잊으)"
    r"|(?:너는|넌|당신은)\s?(?:이제|지금부터)|(?:인|ㄴ)\s?척\s?(?:해|하)|(?:라고|이라고)만\s?(?:답|출력|말)"
    r"|시스템\s?(?:프롬프트|메시지)|프롬프트를?\s?(?:출력|보여|알려|공개)",
    re.I | re.S,
)
_SMALL_TALK = re.compile(
    r"^\W*(?:안녕(?:하세요|하십니까)?|하이|헬로|반가워요?|고마워요?|고맙습니다"
    r"|감사(?:합니다|해요|해)|땡큐|수고(?:했어|하셨|해)"
    r"|잘\s?자|ㅎㅇ|ㅋㅋ+|ㅎㅎ+|넵|네|응|오케이|좋아|굿|잘했어"
    r"|hi|hello|hey|thanks?(?: you)?|thank you|thx|bye|good (?:morning|night|job)"
    r"|ok(?:ay)?|cool|nice"
    r"|(?:뭐|무엇을?|뭘)\s?할\s?수\s?있(?:어|니|나요|어요)|너(?:는|\s)?(?:누구|뭐)|넌\s?(?:누구|뭐)"
    r"|what can you do|who are you)(?P<rest>.*)$",
    re.I | re.S,
)
_ASKING = re.compile(r"[?？]|뭐|무엇|왜|어떻게|알려|설명|what|why|how|explain|which", re.I)


def intent_of(question: str) -> Intent:
    """What a message is. A greeting with a question in it is a question."""
    if _ORDER.search(question):
        return "refused"
    talk = _SMALL_TALK.match(question.strip())
    if talk and not _ASKING.search(talk["rest"]) and len(talk["rest"]) < 40:
        return "small_talk"
    return "question"
