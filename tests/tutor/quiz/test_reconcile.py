from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.words import glossary_rows
from tests.tutor.quiz.samples import KOREAN, chunks
from tutor.quiz.generate import QuizRequest, generate
from tutor.quiz.practice import answer
from tutor.quiz.reconcile import reconcile
from tutor.quiz.store import Bank

NAME = "ko/week1/1-coffee.md"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def bank(tmp_path) -> Bank:
    made = generate(chunks(KOREAN, NAME), QuizRequest(count=40), glossary=glossary_rows()).items
    bank = Bank(tmp_path / "bank.sqlite3")
    bank.add(made)
    settle(bank, KOREAN)
    return bank


def settle(bank: Bank, text: str, name: str = NAME):
    return reconcile(bank, "coffee", {name: text}, chunks(text, name))


def about(bank: Bank, words: str):
    return next(i for i in bank.items(retired=True) if words in i.evidence)


def test_notes_that_did_not_change_cost_nothing(bank):
    assert settle(bank, KOREAN) == (0, 0)


def test_a_paragraph_above_moves_the_quotes(bank):
    item = about(bank, "드립(drip)은")
    bank_before = len(bank.items())
    text = KOREAN.replace("## 추출 방법", "커피는 오래된 음료이다.\n\n## 추출 방법")
    found, gone = settle(bank, text)
    assert (found, gone) == (bank_before, 0)
    (citation,) = bank.get(item.id).citations
    assert text[citation.start : citation.end] == citation.quote
    assert citation.start > item.citations[0].start


def test_a_passage_that_is_gone_retires_its_items_and_comes_back_with_its_history(bank):
    item = about(bank, "점적(cold drip)은")
    answer(bank, item.id, None, NOW)
    text = KOREAN.replace("찬물을 한 방울씩 오랫동안", "찬물을 아주 천천히")
    found, gone = settle(bank, text)
    assert found > 0 < gone
    assert item.id not in {each.id for each in bank.items()}
    assert item.id not in bank.memories()
    assert len(bank.attempts(item.id)) == 1
    assert settle(bank, KOREAN)[1] == 0
    assert item.id in {each.id for each in bank.items()}
    assert item.id in bank.memories()


def test_a_renamed_file_keeps_its_items(bank):
    item = about(bank, "드립(drip)은")
    found, gone = settle(bank, KOREAN, "ko/week1/1-renamed.md")
    assert gone == 0 < found
    assert bank.get(item.id).citations[0].chunk.document == "ko/week1/1-renamed.md"


def test_a_course_that_is_gone_retires_everything(bank):
    found, gone = reconcile(bank, "coffee", {}, [])
    assert (found, len(bank.items())) == (0, 0)
    assert gone == len(bank.items(retired=True)) > 0
