"""The gold questions: well formed, proven by sentences of the course, and spread over it all."""

import json
import re
from collections import Counter
from itertools import cycle

import pytest

from tests.corpus.course import CORPUS, LANGUAGES, lectures

GOLD = CORPUS / "gold" / "questions.jsonl"
FIELDS = {
    "id": str,
    "question": str,
    "lang": str,
    "kind": str,
    "history": list,
    "gold_lectures": list,
    "gold_sections": list,
    "evidence": list,
    "must_include": list,
    "must_not": list,
    "split": str,
}
LANGS = {"ko", "en", "mixed"}
KINDS = {
    "definition",
    "list",
    "number",
    "compare",
    "why",
    "how",
    "formula",
    "abbreviation",
    "followup",
    "typo",
    "unanswerable",
}
LECTURES = {f"{week}-{lecture}" for week in range(1, 6) for lecture in range(1, 6)}
SECTIONS = {
    (name, section.title): section.text
    for name, lecture in lectures().items()
    for section in lecture.sections
}


@pytest.fixture(scope="module")
def gold() -> list[dict]:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def answerable(gold) -> list[dict]:
    return [question for question in gold if question["kind"] != "unanswerable"]


def places(question: dict) -> list[tuple[str, str]]:
    """Document and last heading of each gold section."""
    return [(place["document"], place["section"][-1]) for place in question["gold_sections"]]


def squeezed(text: str) -> str:
    """Without case and white space, the way answers are judged."""
    return re.sub(r"\s", "", text).casefold()


def evidence_in(question: dict, language: str) -> list[str]:
    """The evidence that stands in a gold section of one language."""
    texts = [SECTIONS[place] for place in places(question) if place[0].startswith(language)]
    return [line for line in question["evidence"] if any(line in text for text in texts)]


def holds(group: list[str], text: str) -> bool:
    return any(squeezed(alternative) in squeezed(text) for alternative in group)


# --- the shape of a line -------------------------------------------------------------------------


def test_every_line_has_the_fields_and_no_others(gold):
    found = [{key: type(value) for key, value in question.items()} for question in gold]
    assert [question for question in found if question != FIELDS] == []


def test_language_kind_and_split_are_known(gold):
    assert {question["lang"] for question in gold} == LANGS
    assert {question["kind"] for question in gold} == KINDS
    assert {question["split"] for question in gold} == {"dev", "test"}


def test_ids_and_questions_are_unique(gold):
    ids = Counter(question["id"] for question in gold)
    assert [name for name, count in ids.items() if count > 1] == []
    assert [name for name in ids if not re.fullmatch(r"w[1-5]-\d{3}", name)] == []
    asked = Counter((squeezed(q["question"]), json.dumps(q["history"])) for q in gold)
    assert [text for text, count in asked.items() if count > 1] == []


def test_the_language_is_that_of_the_question(gold):
    korean = {q["id"] for q in gold if re.search("[가-힣]", q["question"])}
    assert {q["id"] for q in gold if q["lang"] == "en"} & korean == set()
    assert {q["id"] for q in gold if q["lang"] != "en"} - korean == set()
    latin = {q["id"] for q in gold if re.search("[A-Za-z]", q["question"])}
    assert {q["id"] for q in gold if q["lang"] == "mixed"} - latin == set()


def test_follow_ups_and_only_they_have_a_history(gold):
    with_history = {question["id"] for question in gold if question["history"]}
    assert with_history == {question["id"] for question in gold if question["kind"] == "followup"}


def test_a_history_is_turns_in_order_up_to_an_answer(gold):
    for question in gold:
        turns = question["history"]
        assert len(turns) % 2 == 0, question["id"]
        assert all(turn.keys() == {"role", "content"} and turn["content"] for turn in turns)
        speakers = zip(turns, cycle(("user", "assistant")), strict=False)
        assert all(turn["role"] == speaker for turn, speaker in speakers), question["id"]


# --- what proves an answer -----------------------------------------------------------------------


def test_every_gold_section_exists(gold):
    missing = [(q["id"], place) for q in gold for place in places(q) if place not in SECTIONS]
    assert missing == []
    assert [q["id"] for q in gold for p in q["gold_sections"] if len(p["section"]) != 1] == []


def test_gold_sections_come_in_both_languages(answerable):
    position = {place: at for at, place in enumerate(SECTIONS)}
    starts = {name: min(at for (n, _), at in position.items() if n == name) for name, _ in position}
    for question in answerable:
        found = {language: set() for language in LANGUAGES}
        for document, title in places(question):
            language, rest = document.split("/", 1)
            found[language].add((rest, position[document, title] - starts[document]))
        assert found["ko"] == found["en"] != set(), question["id"]


def test_gold_lectures_are_those_of_the_sections(gold):
    for question in gold:
        found = {re.sub(r"^../week(\d)/(\d).*", r"\1-\2", name) for name, _ in places(question)}
        assert found == set(question["gold_lectures"]), question["id"]
        assert len(question["gold_lectures"]) == len(found)


def test_evidence_stands_word_for_word_in_the_gold_sections(answerable):
    texts = {q["id"]: [SECTIONS[place] for place in places(q)] for q in answerable}
    assert [
        (q["id"], line)
        for q in answerable
        for line in q["evidence"]
        if not any(line in text for text in texts[q["id"]])
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_is_met_by_the_evidence_of_each_language(answerable, language):
    assert [
        (q["id"], group)
        for q in answerable
        for group in q["must_include"]
        if not holds(group, "\n".join(evidence_in(q, language)))
    ] == []


def test_every_gold_section_answers_by_itself(answerable):
    assert [
        (q["id"], place, group)
        for q in answerable
        for place in places(q)
        for group in q["must_include"]
        if not holds(group, SECTIONS[place])
    ] == []


def test_an_answer_must_hold_something(answerable):
    assert [
        q["id"] for q in answerable if not q["must_include"] or not all(q["must_include"])
    ] == []
    alternatives = [(q["id"], text) for q in answerable for g in q["must_include"] for text in g]
    assert [(name, text) for name, text in alternatives if not squeezed(text)] == []


def test_no_fact_is_given_away_by_the_question(answerable):
    """Else repeating the question would count as an answer."""
    assert [
        q["id"]
        for q in answerable
        if all(holds(group, q["question"]) for group in q["must_include"])
    ] == []


def test_evidence_holds_nothing_an_answer_must_not(answerable):
    assert [
        (q["id"], text)
        for q in answerable
        for text in q["must_not"]
        if holds([text], "\n".join(q["evidence"]))
    ] == []


def test_what_the_course_does_not_answer_has_no_proof(gold):
    proof = ("gold_lectures", "gold_sections", "evidence", "must_include")
    unanswerable = [q for q in gold if q["kind"] == "unanswerable"]
    assert [q["id"] for q in unanswerable if any(q[field] for field in proof)] == []


# --- how much of the course is asked about -------------------------------------------------------


def test_there_are_enough_questions(gold):
    assert len(gold) >= 250
    assert sum(question["kind"] == "unanswerable" for question in gold) >= 40


def test_every_lecture_has_eight_questions(answerable):
    asked = Counter(lecture for question in answerable for lecture in question["gold_lectures"])
    assert set(asked) == LECTURES
    assert {lecture: count for lecture, count in asked.items() if count < 8} == {}


@pytest.mark.parametrize("split", ["dev", "test"])
def test_both_splits_hold_every_kind_and_language(gold, split):
    part = [question for question in gold if question["split"] == split]
    assert {question["kind"] for question in part} == KINDS
    assert {question["lang"] for question in part} == LANGS
    assert len(part) >= 0.3 * len(gold)
