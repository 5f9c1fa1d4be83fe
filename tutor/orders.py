"""Sentences that give a program orders, in notes and questions: role marks, tools, links, prompts.

Knows how people write to a machine; `intent.py` knows the plainest orders, this the rest. Where a
sentence asks ("why does a model ignore instructions?"), or quotes, it is none. A language model
never sees an order that stands in the notes, and none counts as saying anything.
"""

from __future__ import annotations

import re

from tutor.intent import intent_of

_MARKS = re.compile(
    r"<\|?/?\s*(?:im_start|im_end|system|user|assistant|start_of_turn|end_of_turn|tool_call|notes"
    r"|passage|instructions?)\b[^>]*>|‹\|?/?(?:im_start|im_end|system|tool_call|notes|passage)"
    r"|[\[(]/?INST[\])]|<<SYS>>|^\W*(?:system|assistant|시스템|어시스턴트)\s*[:：-]"
    r"|^#+\s*(?:instructions?|system|지시)\b",
    re.I | re.M,
)
"""Turns of a conversation, and tags that open or close something of the program's own."""
_TELLS = re.compile(
    r"(?:^|[.!?;:,\n]|\b(?:and|then|please|now|also|must|to the ai[:,]?))\W{0,4}(?:"
    r"(?:ignore|disregard|forget|override|bypass)\s+(?:the\s+|all\s+|any\s+|your\s+|every)"
    r"(?:above|thing|previous|prior|earlier|instructions?|rules?|guidelines?|notes?)\b"
    r"|(?:print|reveal|output|repeat|show|translate|display|leak|recite)\b.{0,30}"
    r"\b(?:prompt|instructions?|rules|system message|password|api key|words above|above this"
    r"|word for word|verbatim)\b"
    r"|(?:call|invoke|run|execute|use)\s+(?:the\s+)?(?:tool|function|command|shell)\b"
    r"|(?:fetch|visit|open|download|follow|browse|click|load|go to)\b.{0,12}https?://"
    r"|(?:add|insert|append|include)\b.{0,30}(?:https?://|!\[|!\()"
    r"|(?:begin|start|end)\s+(?:your|every|each)\s+(?:reply|answer|response)"
    r"|(?:answer|reply|respond|cite)\s+(?:every|only|in emojis|with|\[|\(\d)"
    r"|do not (?:answer|cite|tell|mention|follow|use the notes)\b"
    r"|(?:say|write|state|claim|answer)\s+that\b|tell\s+(?:the student|them|everybody)\b"
    r"|from now on\b|new (?:instructions?|rules?)\s*[:.]"
    r"|you (?:must|have to|should) (?:say|answer|reply|tell|write|claim)\b)",
    re.I | re.M,
)
_DO = r"(?:해라|하라|해\s?줘|해\s?주세요|하세요|하십시오|해(?=[.!\s]*$)|할\s?것|해야\s?한다)"
_TELLS_KO = re.compile(
    rf"(?:무시|출력|공개|접속|호출|전송|실행|번역)(?:을|를)?\s?{_DO}"
    r"|(?:라고|다고|로만|라고만)\s?(?:답|대답|말|응답|출력)\s?(?:해|하)(?:라|세요|십시오|줘|\s?주세요|[.!\s]*$)"
    r"|(?:너는|넌|당신은)\s?(?:이제|지금부터|앞으로)|(?:이제|지금)부터\s?(?:너는|넌|당신은)"
    r"|(?:위|앞|이전)\s?(?:의)?\s?(?:내용|지시|규칙|말)\S*\s?(?:은|는|을|를)?\s?(?:다|모두|전부)?\s?(?:무시하고|잊고|잊어)"
    r"|(?:비밀번호|암호|프롬프트|명령문|지시문|규칙)\S*\s?(?:전부|모두|그대로)?\s?(?:출력|알려\s?(?:줘|라|주세요)|말해|공개)"
    r"|https?://\S+\s?(?:에|로|을|를)\s?(?:접속|방문|열|들어가)|를 붙여(?:라|줘|\s?주세요)"
    r"|(?:도구|함수|명령)\S*\s?\S*(?:을|를)?\s?(?:호출|실행)해|(?:개발자|관리자)\s?모드(?:로|를)"
    r"|메일(?:로|을)\s?(?:보내|전송)|(?:답|인용)하지\s?(?:마|말고|말아)"
    r"|^\W*(?:AI|인공지능|챗봇|모델)(?:에게|아|야)\s?[:：,]",
    re.M,
)
_QUOTED = re.compile(r"(?<!\w)'[^'\n]*'|“[^”\n]*”|‘[^’\n]*’|「[^」\n]*」|`[^`\n]*`|\"[^\"\n]*\"")
_ASKS = re.compile(
    r"^\W*(?:what (?:is|are|does|do|was)|why|how|which|when|who|where|explain|describe)\b"
    r"(?!.*\b(?:your|you)\b)|(?:[은는]|뭐야|무엇인가|인가요?|나요|까요?|왜|잊어)\s*[?？]\s*$",
    re.I,
)

_SHORTEST = 5
_SENTENCE = re.compile(r"[^.!?。]+(?:[.!?。]+(?=\s|$)|$)|[.!?。]")
_TURN = re.compile(r"\W*(?:system|assistant|시스템|어시스턴트)\s*[:：]", re.I)


def is_order(text: str) -> bool:
    """Whether a sentence or a message orders the program to do something else than answer."""
    if _MARKS.search(text):
        return True
    said = _QUOTED.sub(" ", text)
    if _ASKS.search(said.strip()) and not _TELLS.search(said.partition("?")[2]):
        return False
    return (
        intent_of(text) == "refused"
        or _TELLS.search(said) is not None
        or _TELLS_KO.search(said) is not None
    )


def without_orders(text: str) -> str:
    """A note without the sentences that give orders, each gone for "…".

    What a note quotes, such as an example of an attack, stays. What follows the beginning of a turn
    of a conversation goes to the end of its line.
    """
    return "\n".join(map(_sentences, text.split("\n")))


def is_turn(sentence: str) -> bool:
    """Whether a sentence begins like somebody's turn in a conversation with a program."""
    return _TURN.match(sentence) is not None


def _sentences(line: str) -> str:
    kept: list[str] = []
    for piece in _SENTENCE.findall(line):
        if is_turn(piece):
            return "".join([*kept, "…"])
        kept.append("… " if len(piece) > _SHORTEST and is_order(piece) else piece)
    return "".join(kept)
