"""Tells questions from small talk and from orders to the program. Knows phrases, not notes.

Text is data: an order in a question ("ignore the above", "you are now …") is refused, and one in
the notes is quoted or passed over like any other sentence, never obeyed. An order is a command, so
it opens a clause or ends in an imperative; "what does the forget gate do with the previous state"
and "이전 내용을 잊어버리는 이유는?" hold the same words and ask. In doubt it is a question.
"""

from __future__ import annotations

import re
from typing import Literal

Intent = Literal["question", "small_talk", "refused"]

_QUOTED = re.compile(r"“[^”\n]*”|‘[^’\n]*’|「[^」\n]*」|(?<!\w)'[^'\n]*'|\"[^\"\n]*\"")
"""What a question quotes, it does not say."""
_CLAUSE = (
    r"(?:^|[.!?;:,\n]|\band\b)\W{0,5}"
    r"(?:(?:please|now|also|just|and|then|but|so)\b\W{0,5}){0,3}"
)
_ORDER = re.compile(
    rf"{_CLAUSE}(?:ignore|disregard|forget|override|bypass)\s+"
    r"(?:(?:all|any|of|the|your|these|those|my|previous|prior|earlier|above|system)\s+)*"
    r"(?:instruction|rule|prompt|message|guideline|note|passage|above|everything|what)s?\b"
    rf"|{_CLAUSE}(?:you are (?:now|no longer)\b|pretend (?:to be|you|that you)\b|roleplay as\b)"
    r"|(?:^|[.!?;:,\n])\W{0,5}(?:(?:please|now)\b\W{0,5})?act as (?:an?|if|the)\b"
    rf"|{_CLAUSE}(?:reply|respond|answer) only with\b"
    r"|\b(?:print|reveal|show|repeat|output|display) (?:me )?(?:all )?"
    r"(?:your (?:\w+ ){0,2}|the (?:system|hidden|initial) )(?:prompt|message|instruction|rule)s?\b"
    r"|\b(?:developer|jailbreak|DAN) mode\b",
    re.I,
)
_TOLD = r"(?:지시|규칙|명령|프롬프트|노트)(?:사항|문|들)?[은는을를도]?"
_SAID = r"(?:위|앞|이전|지금까지)의?\s?(?:내용|말|대화)(?:들)?[은는을를도]?"
_NOW = (
    r"(?:무시(?:해(?:라|줘|요|버려)?|하(?:세요|십시오|라))|잊(?:어(?:라|줘|요|버려)?|으(?:세요|라)))"
    r"(?![가-힣]|\s*[?？])"
)
_THEN = r"(?:무시하고|잊고)(?!.*[은는]\s*[?？]?\s*$)"
"""Not "지시를 무시하고 답하는 현상은?", which asks for a name."""
_ORDER_KO = re.compile(
    rf"{_TOLD}\s?.{{0,12}}(?:{_NOW}|{_THEN})|{_SAID}\s?.{{0,12}}{_NOW}"
    r"|(?:^|[.!?,\n])\s{0,5}(?:너는|넌|당신은)\s?(?:이제|지금부터|앞으로)"
    r"|인\s?척\s?(?:해(?![가-힣])|하고 ?.{0,20}(?:해|줘|세요)\W*$)"
    r"|라고만\s?(?:답|대답|응답|출력|말)(?:해|하(?:세요|라|십시오))(?!\s*[?？])"
    r"|시스템\s?(?:프롬프트|메시지)[를을]?\s?(?:모두 |전부 |그대로 )?"
    r"(?:출력(?:해|하)|공개(?:해|하)|보여\s?(?:줘|라|주세요)|내놔)"
    r"|(?:네|너의|니|당신의)\s?(?:\S+\s)?(?:프롬프트|지시(?:사항|문)?)[를을]?\s?"
    r"(?:출력|공개|보여|알려|말해)"
)
_GREETING = (
    r"안녕(?:하세요|하십니까|히)?|하이|헬로|반가워요?|반갑습니다|고마워요?|고맙습니다|땡큐"
    r"|감사(?:합니다|해요|해|드려요|드립니다)|수고(?:했어요?|하셨(?:어요|습니다)|하세요)|잘\s?자요?"
    r"|hi|hello|hey|thanks|thank you|thx|bye|good (?:morning|night|job|evening)"
)
_WORD = (
    rf"(?:{_GREETING}|ㅎㅇ|[ㅋㅎㅠㅜ]{{2,}}|넵|네|응|오케이|좋아요?|굿|잘했어요?|알겠어요?|알겠습니다"
    r"|ok(?:ay)?|cool|nice|great|got it|i see"
    r"|정말|너무|진짜|아|오|와|교수님|선생님|튜터|여러분"
    r"|there|so much|very much|a lot|again|everyone)"
)
_SMALL_TALK = re.compile(
    rf"\W*{_WORD}(?:\W+{_WORD})*\W*"
    r"|\W*(?:(?:너(?:는|\s)?|넌)\s?(?:누구|뭐)(?:야|니|예요|에요)?"
    r"|(?:너는 |넌 )?(?:뭐|무엇을?|뭘)\s?할\s?수\s?있(?:어요?|니|나요)"
    r"|(?:너(?:의|는)?\s?|넌 |네 )이름(?:이|은)?\s?(?:뭐|무엇)(?:야|니|예요|에요|이야|인가요)?"
    r"|도움말|사용법|도와\s?(?:줘|주세요)"
    r"|(?:이거|이건|이 ?앱)\s?(?:어떻게\s?(?:써|쓰|사용)|뭐\s?하는)\S*"
    r"(?: ?(?:거|앱|건)\S*)?|(?:너|넌)\s?(?:사람|로봇|에이아이|AI)(?:이야|야|이니)"
    r"|help(?: me)?|how (?:do|can) i use (?:this|you|it)|what(?:'s| is) your name|what are you"
    r"|are you (?:an? )?(?:human|person|robot|bot|ai|chatgpt)"
    r"|what can you do|who are you|how are you)\W*",
    re.I,
)
_GREETS = re.compile(
    rf"\W*(?:{_GREETING})(?![A-Za-z가-힣])(?P<rest>[^?？]{{0,40}})",
    re.I,
)
_STATES = re.compile(
    r"^\W*(?:that|this|it|you|i|for|so|very)\b|(?:[었았했겠됐봤]어요?|어요|아요|해요|니다|네요)\W*$",
    re.I,
)
_ASKING = re.compile(
    r"뭐|무엇|왜|어떻게|알려|설명|비교|차이|주세요|줘|what|why|how|explain|which|define|compare"
    r"|tell|describe|list|difference",
    re.I,
)


def intent_of(question: str) -> Intent:
    """What a message is. A greeting with a question in it is a question."""
    said = _QUOTED.sub(" ", question)
    if _ORDER.search(said) or _ORDER_KO.search(said):
        return "refused"
    return "small_talk" if _is_small_talk(question.strip()) else "question"


def _is_small_talk(text: str) -> bool:
    """Nothing but greetings and thanks, or a greeting and a remark that asks for nothing."""
    if len(text) > 100:
        return False
    if _SMALL_TALK.fullmatch(text):
        return True
    greeting = _GREETS.fullmatch(text)
    if greeting is None or _ASKING.search(greeting["rest"]):
        return False
    return bool(_STATES.search(greeting["rest"]))
