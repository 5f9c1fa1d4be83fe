"""A sentence of the notes with its term, or a number in it, left out.

Example:
    Notes: "LSTM은 세 가지 유형의 게이트를 사용한다."
    Stem: 빈칸에 들어갈 알맞은 말은? “____은(는) 세 가지 유형의 게이트를 사용한다.”
    Options: GRU / LSTM / VAE / BERT, key [1]
    Response 1, or "LSTM": correct. Without options the term is typed: "엘에스티엠" is not, an
    alias that the notes give is.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from tutor.quiz import korean, phrases, within
from tutor.quiz.english import is_plural
from tutor.quiz.facts import Fact
from tutor.quiz.grade import Grade, accepts, bad_response, lacking
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.kinds import choice
from tutor.quiz.kinds.base import Draft, Kind, Workshop, check_options, check_typed
from tutor.quiz.kinds.written import Form, Passage, Sentence, Short, Written
from tutor.quiz.passages import LectureKey, as_read
from tutor.quiz.phrases import BLANK, say
from tutor.quiz.problem import Problem, problem
from tutor.quiz.worth import ASKED, TOLD, worth

_NATIVE = ("두", "세", "네", "다섯", "여섯")
_WORDS = ("two", "three", "four", "five", "six")
_COUNT_KO = re.compile(
    r"(?P<number>(?<![\w.])\d{1,3}|(?<!\S)(?:두|세|네|다섯|여섯))(?=\s?(?:가지|개|층|단계|종류"
    r"|번째|차원"
    r"|벌)(?![가-힣]*년))"
)
_COUNT_EN = re.compile(
    r"\b(?P<number>two|three|four|five|six|\d{1,3})(?= (?:[a-z-]+ )?(?:layers?|gates?|steps?"
    r"|parts?|kinds?|types?"
    r"|networks?|heads?|sublayers?|components?|vectors?|stages?|models?|dimensions?|sets?"
    r"|methods?)\b)"
)


_HALF = 0.5
"""What a part of the term is worth."""


def check(item: Item) -> list[Problem]:
    """With options: three or four, one the key. Typed: an accepted form. Always a blank."""
    found = check_typed(item) if item.options is None else check_options(item, 3, 4)
    if BLANK not in item.stem:
        found.append(problem("bad_blank", item.language))
    return found


def grade(item: Item, response: object) -> Grade:
    """All or nothing, by option or by the typed term."""
    if item.options is not None:
        return choice.grade(item, response)
    return grade_typed(item, response)


def grade_typed(item: Item, response: object) -> Grade:
    """By the accepted forms; particles, case and spacing do not count. Part of a term is partly."""
    best = item.answer[0] if item.answer else ""
    if response is None:
        return Grade(0.0, say("wrong", item.language, name=best))
    if not isinstance(response, str):
        raise bad_response("this item wants a typed answer", "Give the answer as a text.")
    form = accepts(item.answer, response)
    if form is None:
        missing = lacking(item.answer, response)
        if missing:
            told = say("lacking", item.language, missing=missing, name=best)
            return Grade(_HALF, told)
        return Grade(0.0, say("wrong", item.language, name=best))
    return phrases.right(form, response, item.language)


def drafts(shop: Workshop, lecture: LectureKey, rng: random.Random) -> Iterator[Draft]:
    """Sentences about a term first, those that count something next, then terms inside others."""
    facts = [fact for fact in shop.facts(lecture, TOLD) if not fact.saying.line]
    rng.shuffle(facts)
    facts.sort(key=lambda fact: worth(fact, shop.language) < ASKED)
    for fact in facts:
        if draft := _term(shop, fact, rng):
            yield draft
    for fact in facts:
        if draft := _count(shop, fact, rng):
            yield draft
    for hidden in rng.sample(found := list(within.hidden_terms(shop.notes, lecture)), len(found)):
        if draft := _inside(shop, hidden, rng):
            yield draft


def _term(shop: Workshop, fact: Fact, rng: random.Random) -> Draft | None:
    """The term is left out."""
    wrong = shop.siblings.terms(fact, choice.WRONG, rng)
    if len(wrong) < choice.WRONG:
        return None
    language = shop.language
    if language == "en" and all(is_plural(w) != is_plural(fact.name) for w in wrong):
        return None  # "____ are …" would give it away
    options = tuple(choice.shown(name, language) for name in [fact.name, *wrong])
    blanked = phrases.with_blank(fact.saying, language)
    return Draft(
        kind=ItemKind.CLOZE,
        language=language,
        stem=say("blank", language, text=phrases.inner(blanked)),
        options=options,
        key=(0,),
        answer=(options[0], *fact.saying.term.aliases),
        reason=f"{say('key', language, name=options[0])} {choice.contrast(shop, wrong)}".strip(),
        evidence=fact.span,
        fact=choice.fact_id(fact),
        lecture=fact.lecture,
        difficulty=0.4,
    )


def explained(shop: Workshop, hidden: within.Hidden) -> Fact:
    """The best that the notes say of a hidden term; its own sentence where they say no more."""
    concept = shop.siblings.concept(hidden.name)
    best = concept.best if concept else None
    return best if best and best.known else within.as_fact(hidden, shop.notes)


def _inside(shop: Workshop, hidden: within.Hidden, rng: random.Random) -> Draft | None:
    """A term inside a sentence is left out; what is said like that of another is no distractor."""
    language = shop.language
    fact = explained(shop, hidden)
    wrong = shop.siblings.terms(
        fact, choice.WRONG, rng, unless=lambda other: hidden.may_be(other.name)
    )
    if len(wrong) < choice.WRONG:
        return None
    options = tuple(choice.shown(name, language) for name in [hidden.name, *wrong])
    return Draft(
        kind=ItemKind.CLOZE,
        language=language,
        stem=say("blank", language, text=phrases.inner(hidden.blanked)),
        options=options,
        key=(0,),
        answer=(options[0], *shop.notes.names.aliases(hidden.name)),
        reason=f"{say('key', language, name=options[0])} {choice.contrast(shop, wrong)}".strip(),
        evidence=hidden.span,
        fact=choice.span_id(hidden.span),
        lecture=hidden.lecture,
        difficulty=0.5,
    )


def _count(shop: Workshop, fact: Fact, rng: random.Random) -> Draft | None:
    """A number is left out; the options are its neighbours, in order."""
    language, text = shop.language, phrases.sentence(fact.saying, fact.name, shop.language)
    found = list((_COUNT_KO if language == "ko" else _COUNT_EN).finditer(text))
    if len(found) != 1:
        return None
    number = found[0]["number"]
    options = _neighbours(number, rng)
    blanked = text[: found[0].start("number")] + BLANK + text[found[0].end("number") :]
    return Draft(
        kind=ItemKind.CLOZE,
        language=language,
        stem=say("blank", language, text=phrases.inner(blanked)),
        options=options,
        key=(options.index(number),),
        answer=(number,),
        reason=say("key", language, name=number),
        evidence=fact.span,
        fact=choice.fact_id(fact),
        lecture=fact.lecture,
        difficulty=0.45,
        free=False,
    )


def _neighbours(number: str, rng: random.Random) -> tuple[str, ...]:
    """Four numbers in order, the right one at a place of the dice's choosing."""
    for row in (_NATIVE, _WORDS):
        if number in row:
            start = rng.randint(max(0, row.index(number) - 3), min(row.index(number), len(row) - 4))
            return row[start : start + 4]
    value = int(number)
    step = 1 if value <= 12 else value // 4
    place = rng.randint(0, min(3, (value - 1) // step))
    return tuple(str(value + (index - place) * step) for index in range(4))


class ClozeForm(Form):
    """A term of the evidence to leave out, and three wrong ones."""

    key: Short
    distractors: Annotated[list[Short], Field(min_length=3, max_length=3)]
    explanation: Sentence


def of_form(form: ClozeForm, passage: Passage) -> Draft | str:
    """The evidence with the key left out, once the key stands in it exactly once."""
    evidence = passage.find(form.evidence)
    if evidence is None:
        return "quote_not_found"
    if any(len(o.split()) <= 3 and not passage.known(o) for o in form.distractors):
        return "unknown_distractor"
    text = as_read(evidence.text)
    if text.count(form.key) != 1:
        return "bad_blank"
    before, after = text.split(form.key)
    cut = korean.split_particle(after) if passage.language == "ko" else None
    after = f"{korean.neutral(cut[0])}{cut[1]}" if cut else after
    blanked = re.sub(r"\b([Aa])n? $", r"\1(n) ", before) + BLANK + after
    return passage.draft(
        ItemKind.CLOZE,
        evidence,
        stem=say("blank", passage.language, text=phrases.inner(blanked)),
        options=(form.key, *form.distractors),
        key=(0,),
        answer=(form.key, *passage.aliases(form.key)),
        reason=f"{say('key', passage.language, name=form.key)} {form.explanation}",
    )


WRITTEN = Written(
    ClozeForm,
    (
        "근거 문장에서 빈칸으로 남길 핵심 용어 하나를 고르고, 그 자리에 들어가면 틀리는 용어 셋을 "
        "쓴다.",
        "Choose the one key term of the evidence to leave blank, and three terms that would be "
        "wrong in its place.",
    ),
    of_form,
)
KIND = Kind(ItemKind.CLOZE, check, grade, drafts)
