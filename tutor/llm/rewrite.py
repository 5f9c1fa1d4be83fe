"""A question that leans on the conversation, put into words of its own by the language model.

Knows the prompt for it and when its outcome can be trusted; the rules of `tutor/follow_up.py` have
the first word, are kept where a model says something else than a question about the same things,
and are all there is for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from ingest.words import terms
from tutor.follow_up import Turn
from tutor.intent import intent_of
from tutor.llm.reader import ReaderChatModel
from tutor.prompts import render
from tutor.prompts.notes import plain
from tutor.question import generic_terms

_TURNS = 4
"""Messages of the conversation that a model sees; it waits for each of them."""
_LONGEST_TURN = 300
_LONGEST = 200
_HANGUL = re.compile(r"[가-힣]")
_STOP = ["\n"]


def standalone_by(
    model: BaseChatModel, question: str, history: Sequence[Turn], by_rules: str
) -> str:
    """The question as it would be asked without the conversation.

    Args:
        model: the engine; the reader leaves everything to the rules.
        question: as asked.
        history: what was said before it.
        by_rules: the question as the rules have it. Where they see that it stands alone, it does.
    """
    if isinstance(model, ReaderChatModel) or not history or by_rules == question:
        return by_rules
    system, user = render(
        f"standalone_{'ko' if _HANGUL.search(question) else 'en'}",
        conversation="\n".join(map(_said, history[-_TURNS:])),
        question=plain(question),
    )
    messages = [SystemMessage(system), HumanMessage(user)]
    lines = str(model.invoke(messages, stop=_STOP).text).strip().splitlines()
    rewritten = lines[0].strip(" \"'“”") if lines else ""
    return rewritten if _can_be_trusted(rewritten, question, history) else by_rules


def _said(turn: Turn) -> str:
    who = "Student" if turn.role == "user" else "Tutor"
    return f"{who} - {plain(turn.content)[:_LONGEST_TURN]}"


def _can_be_trusted(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """A short question about nothing that was not spoken of, with all that was asked."""
    if not 0 < len(rewritten) <= _LONGEST or intent_of(rewritten) != "question":
        return False
    said = {term for turn in history for term in terms(turn.content)}
    mine, asked = set(terms(rewritten)), set(terms(question))
    about = asked - generic_terms()
    return mine <= said | asked | generic_terms() and about <= mine and bool(mine - generic_terms())
