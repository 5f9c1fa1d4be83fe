"""The sentences that items are worded with, in both languages. Knows words; knows no notes."""

from __future__ import annotations

import re

from tutor.quiz import english, korean
from tutor.quiz.facts import Listing
from tutor.quiz.grade import Grade
from tutor.quiz.statements import Saying
from tutor.quiz.topics import Topic

BLANK = "____"
_TEXTS: dict[str, tuple[str, str]] = {
    "fits": (
        "“{text}”{particle} 설명에 해당하는 것은?",
        "Which term fits this description: “{text}”?",
    ),
    "fits_among": (
        "{topic} 가운데 “{text}”{particle} 설명에 해당하는 것은?",
        "Among {topic}, which one fits this description: “{text}”?",
    ),
    "fits_within": (
        "{context}에서 “{text}”{particle} 설명에 해당하는 것은?",
        "In {context}, which term fits this description: “{text}”?",
    ),
    "describes": ("‘{name}’에 대한 설명으로 알맞은 것은?", "Which of these describes “{name}”?"),
    "member": ("다음 중 {topic}에 해당하는 것은?", "Which of these is one of {topic}?"),
    "stranger": (
        "다음 중 {topic_subject} **아닌** 것은?",
        "Which of these is **not** one of {topic}?",
    ),
    "blank": (
        "빈칸에 들어갈 알맞은 말은?\n“{text}”",
        "Which option completes this sentence?\n“{text}”",
    ),
    "true_or_false": ("다음 설명은 참일까요, 거짓일까요?\n“{text}”", "True or false?\n“{text}”"),
    "write": (
        "다음 설명에 해당하는 용어를 쓰세요.\n“{text}”",
        "Write the term that fits this description.\n“{text}”",
    ),
    "write_within": (
        "{context}에 대한 다음 설명에 해당하는 용어를 쓰세요.\n“{text}”",
        "In {context}, which term fits this description? Write it.\n“{text}”",
    ),
    "write_among": (
        "{topic} 가운데 다음 설명에 해당하는 용어를 쓰세요.\n“{text}”",
        "Among {topic}, write the term that fits this description.\n“{text}”",
    ),
    "true_of": (
        "다음은 ‘{name}’에 대한 설명입니다. 참일까요, 거짓일까요?\n“{text}”",
        "True or false? This describes “{name}”:\n“{text}”",
    ),
    "listed_point": (
        "“{text}”{particle} 점은 {topic} 가운데 하나이다.",
        "This is one of {topic}: {text}",
    ),
    "listed_name": ("{name} {topic} 가운데 하나이다.", "“{name}” is one of {topic}."),
    "next_step": (
        "‘{title}’에서 “{text}” 바로 다음에 오는 것은?",
        "In “{title}”, what comes right after “{text}”?",
    ),
    "match": ("용어와 설명을 알맞게 짝지으세요.", "Match each term with its description."),
    "match_among": (
        "{topic}에 대한 설명을 알맞게 짝지으세요.",
        "Match each of {topic} with its description.",
    ),
    "order": (
        "‘{text}’의 단계를 순서대로 나열하세요.",
        "Put the steps of “{text}” in the right order.",
    ),
    "order_as": ("다음 단계를 ‘{text}’에 맞게 나열하세요.", "Put these steps in order: “{text}”."),
    "true": ("참", "True"),
    "false": ("거짓", "False"),
    "key": ("정답: ‘{name}’.", "Answer: {name}."),
    "others": ("다른 보기: {text}.", "The other options: {text}."),
    "listed": ("{topic} {text}{particle}.", "The notes list as {topic}: {text}."),
    "not_listed": ("‘{name}’{particle} 여기에 들지 않아요.", "“{name}” is not among them."),
    "is_true": ("참이에요.", "True."),
    "is_not_so": ("거짓이에요.", "False."),
    "is_false": (
        "거짓이에요. 이 설명은 ‘{name}’에 대한 것이에요.",
        "False. This is said of “{name}”.",
    ),
    "is_false_term": (
        "거짓이에요. 그 자리에 들어갈 말은 ‘{name}’.",
        "False. The right term in its place is “{name}”.",
    ),
    "is_false_number": ("거짓이에요. 바른 값은 {name}.", "False. The right value is {name}."),
    "quote": ("노트: “{text}” [1]", "The notes: “{text}” [1]"),
    "right": ("맞았어요.", "Correct."),
    "right_as": ("맞았어요. 바르게 쓰면 ‘{name}’.", "Correct. It is spelt “{name}”."),
    "wrong": ("아니에요. 정답: {name}.", "Not quite. The answer: {name}."),
    "lacking": (
        "일부만 맞았어요. 빠진 말: ‘{missing}’. 정답: {name}.",
        "Partly right. What is missing: “{missing}”. The answer: {name}.",
    ),
    "partly": (
        "{right}/{all} 맞았어요. 정답: {name}.",
        "{right} of {all} right. The answer: {name}.",
    ),
}


def say(phrase: str, language: str, /, **values: object) -> str:
    """The phrase of this name with its gaps filled."""
    return _TEXTS[phrase][language == "en"].format(**values)


def topic_name(topic: Topic, language: str) -> str:
    """A topic in words: "U-Net의 장점", "the strengths of U-Net"."""
    if language == "en":
        return f"the {topic.noun} of {topic.subject}"
    # "CNN을 이루는 층" needs no particle
    modifies = re.search(r"(?:이루는|쓰는|되는|하는|있는|위한|대한|같은)$", topic.subject)
    return f"{topic.subject}{'' if modifies else '의'} {topic.noun}"


def listed(listing: Listing, language: str) -> str:
    """Which things the notes list together; "" for a list without a topic."""
    if listing.topic is None:
        return ""
    name = topic_name(listing.topic, language)
    names = ", ".join(member.name for member in listing.members)
    return say(
        "listed",
        language,
        topic=korean.with_particle(name, "은/는") if language == "ko" else name,
        text=names,
        particle=korean.particle(names, "이에요/예요"),
    )


def quoted_particle(text: str) -> str:
    """Either "이라는" or "라는", after a quotation."""
    return "이라는" if korean.has_final(text) else "라는"


def inner(text: str) -> str:
    """Text to stand inside double quotation marks."""
    return re.sub(r"[“”\"]([^“”\"]*)[“”\"]", r"‘\1’", text)


def question_for(saying: Saying, topic: Topic | None, language: str, *, context: str = "") -> str:
    """A question that the saying's term answers, without naming it."""
    predicate = saying.predicate
    if context and topic is None:
        return say(
            "fits_within",
            language,
            context=context,
            text=inner(predicate),
            particle=quoted_particle(predicate),
        )
    if topic is None:
        direct = None
        if language == "en":
            verbal = not saying.line or saying.lead or re.match(r"(?:is|are) ", predicate)
            direct = english.as_question(predicate) if verbal and '"' not in predicate else None
        elif korean.ending_noun(predicate):
            direct = None if korean.states_another(predicate) else korean.as_question(predicate)
        elif not saying.line or not korean.own_subject(predicate):
            direct = korean.as_question(predicate)
        if direct:
            return direct
        return say("fits", language, text=inner(predicate), particle=quoted_particle(predicate))
    return say(
        "fits_among",
        language,
        topic=topic_name(topic, language),
        text=inner(predicate),
        particle=quoted_particle(predicate),
    )


def describe(name: str, language: str) -> str:
    """A question that a description of `name` answers."""
    return say("describes", language, name=name)


def as_option(saying: Saying, language: str) -> str:
    """What is said of a term, to stand by itself: "A gate that …", "… 정하는 게이트"."""
    predicate = saying.predicate
    if language == "ko":
        noun = korean.ending_noun(predicate)
        return noun or predicate
    kind = re.match(r"^(?:is|are) (?=(?:an?|the|any|one) |[a-z]+ing )", predicate)
    if kind is None and saying.defines("en"):
        kind = re.match(r"^(?:is|are) ", predicate)
    if kind:
        return english.upper_first(predicate[kind.end() :])
    if saying.line and not saying.lead:
        return english.upper_first(predicate)
    subject = "They" if re.match(r"(?:are|have|were) ", predicate) else "It"
    return f"{subject} {predicate}"


def sentence(saying: Saying, name: str, language: str, *, lead: str | None = None) -> str:
    """The saying as a sentence about `name`; `lead` is the article that goes with that name."""
    if saying.line:
        told = f"it {saying.predicate}" if saying.lead else saying.predicate
        return f"{english.upper_first(name) if language == 'en' else name}: {told}."
    if language == "ko":
        subject = name + saying.particle
        if name != saying.term.name:
            subject = _with(name, saying.particle)
        return f"{subject} {korean.finished(saying.predicate)}."
    article = (saying.lead if lead is None else lead).strip().lower()
    if article in ("a", "an"):
        article = english.article(name)
    return english.upper_first(f"{article} {name}".strip()) + f" {saying.predicate}."


def with_blank(saying: Saying, language: str) -> str:
    """The saying with a blank for its term, the words around it giving nothing away."""
    if saying.line:
        return f"{BLANK}: {saying.predicate}."
    if language == "ko":
        return f"{BLANK}{korean.neutral(saying.particle)} {korean.finished(saying.predicate)}."
    article = english.upper_first(saying.lead.strip())
    if article.lower() in ("a", "an"):
        article = "A(n)"
    return f"{article} {BLANK} {saying.predicate}.".strip()


def right(item_answer: str, typed: str, language: str) -> Grade:
    """The grade of a typed answer that was accepted."""
    same = item_answer.casefold() == typed.strip().casefold()
    return Grade(
        1.0, say("right", language) if same else say("right_as", language, name=item_answer)
    )


def _with(name: str, particle: str) -> str:
    for after_consonant, after_vowel, _ in korean.PAIRS:
        if particle in (after_consonant, after_vowel):
            return korean.with_particle(name, f"{after_consonant}/{after_vowel}")
    return name + particle
