"""What is said to a message that asks nothing of the notes: greetings, thanks, "what can you do".

Knows phrases of two languages; knows no notes and cites none.
"""

from __future__ import annotations

import re

_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_KINDS = (
    (
        "able",
        re.compile(
            r"할 ?수 ?있|뭐 ?하는|뭘 ?(?:물어|도와)|사용법|도움말|어떻게 ?(?:써|쓰|사용)|누구"
            r"|(?:너|넌) ?뭐|이름|사람이|로봇|what can|who are|what are you|how (?:do|can) i use"
            r"|\bhelp\b|your name|are you",
            re.I,
        ),
    ),
    ("thanks", re.compile(r"고마|고맙|감사|땡큐|수고|thank|\bthx\b|appreciate", re.I)),
    ("bye", re.compile(r"잘\s?(?:자|가|있어)|안녕히|또 ?봐|\bbye\b|good night|see you", re.I)),
    (
        "greeting",
        re.compile(
            r"안녕|하이|헬로|반가|반갑|ㅎㅇ|\bhi\b|hello|\bhey\b|good (?:mor|eve|aft)", re.I
        ),
    ),
)
_TEXTS = {
    ("ko", "greeting"): (
        "안녕하세요! 노트에 적힌 내용을 물어보면 근거가 된 문장과 함께 답해 드려요. "
        "‘연습’에서는 노트로 만든 퀴즈를 풀 수 있어요."
    ),
    ("en", "greeting"): (
        "Hello! Ask me about your notes: I answer with the sentences that say so. "
        "Under “Practice” there are quizzes made from them."
    ),
    ("ko", "able"): (
        "저는 노트로 공부를 돕는 튜터예요. 이런 걸 물어볼 수 있어요.\n\n"
        "- 내용 질문: “리셋 게이트가 뭐야?”, “둘의 차이는?”\n"
        "- 범위를 정한 질문: “2주차에서 어텐션이 뭐라고 했어?”\n"
        "- 위치: “역전파는 어디에서 다뤄?”\n"
        "- 요약과 표: “3주차 요약해줘”, “표로 정리해줘”, "
        "“4주차에서 시험에 나올 만한 거 정리해줘”\n\n"
        "모든 답에는 근거가 된 문장이 붙고, 노트에 없으면 없다고 말해요. "
        "‘연습’에서는 노트로 만든 퀴즈를 풀 수 있어요."
    ),
    ("en", "able"): (
        "I am a tutor for your own notes. You can ask:\n\n"
        "- about their content: “what is a reset gate?”, “how do the two differ?”\n"
        "- within a part: “in week 2, what is attention?”\n"
        "- for places: “where is backpropagation covered?”\n"
        "- for outlines and tables: “summarise week 3”, “as a table”, "
        "“what should I know for the exam from week 4?”\n\n"
        "Every answer comes with the sentences it rests on, and what is not in your notes "
        "I say so. Under “Practice” there are quizzes made from them."
    ),
    ("ko", "thanks"): "천만에요! 더 궁금한 게 있으면 언제든 물어보세요.",
    ("en", "thanks"): "You're welcome! Ask whenever something else comes up.",
    ("ko", "bye"): "오늘도 수고했어요. 다음에 또 봐요!",
    ("en", "bye"): "Well done today. See you next time!",
    ("ko", "other"): "네! 노트에서 궁금한 것을 물어보세요.",
    ("en", "other"): "Sure! Ask me anything about your notes.",
}


def reply(message: str) -> str:
    """What is said, in the message's language."""
    language = "ko" if _HANGUL.search(message) else "en"
    kind = next((name for name, pattern in _KINDS if pattern.search(message)), "other")
    return _TEXTS[language, kind]
