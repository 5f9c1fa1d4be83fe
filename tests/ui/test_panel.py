from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from ingest.errors import NoSuchDocument
from tests.ui.fakes import GRU, FakeTutor
from ui.links import Passage, passage_of
from ui.panel import open_note

DOCUMENT = "ko/week2/2-lstm-gru.md"


@pytest.fixture
def tutor(tmp_path: Path) -> FakeTutor:
    return FakeTutor(tmp_path)


def opened(tutor: FakeTutor, quote: str, *, whole: bool = False) -> tuple[str, str]:
    start = GRU.index(quote)
    href = Passage("genai", DOCUMENT, start, start + len(quote), whole).href
    made = open_note(tutor, href, "ko")
    assert made is not None
    return made


def test_a_note_opens_at_its_sentence_under_its_place_and_speaker(tutor: FakeTutor) -> None:
    head, body = opened(tutor, "시험에 나온다고 하셨다.")
    said = html.unescape(re.sub(r"<[^>]+>", " ", head))
    for part in ("기울기 소실과 LSTM, GRU", "2주 차 2차시", "내 메모", DOCUMENT):
        assert part in said
    marked = re.findall(r"<mark>(.*?)</mark>", body)
    assert html.unescape("".join(marked)) == "시험에 나온다고 하셨다."


def test_the_body_carries_the_address_it_was_opened_by(tutor: FakeTutor) -> None:
    _, body = opened(tutor, "0에")
    cite = html.unescape(re.findall(r'cite="([^"]*)"', body)[0])
    passage = passage_of(cite)
    assert passage is not None
    assert GRU[passage.start : passage.end] == "0에"


def test_more_of_the_note_is_one_click_away_and_back(tutor: FakeTutor) -> None:
    _, body = opened(tutor, "0에")
    more = passage_of(html.unescape(re.findall(r'href="([^"]*)"', body)[-1]))
    assert more is not None
    assert more.whole
    _, whole = opened(tutor, "0에", whole=True)
    less = passage_of(html.unescape(re.findall(r'href="([^"]*)"', whole)[-1]))
    assert less is not None
    assert not less.whole
    assert "다음 중 GRU" not in html.unescape(body)
    assert "다음 중 GRU" in html.unescape(whole)


def test_a_link_that_names_nothing_opens_nothing(tutor: FakeTutor) -> None:
    assert open_note(tutor, "#note?x", "ko") is None


@pytest.mark.parametrize("name", ["gone.md", "../../etc/passwd", ""])
def test_a_document_that_is_not_in_the_course_is_an_error(tutor: FakeTutor, name: str) -> None:
    with pytest.raises(NoSuchDocument):
        open_note(tutor, f"#note?c=genai&d={name or '%20'}&s=0&e=1", "ko")


def test_an_unknown_place_in_the_note_does_no_harm(tutor: FakeTutor) -> None:
    made = open_note(tutor, Passage("genai", DOCUMENT, 10**9, 10**9 + 5).href, "en")
    assert made is not None
    assert "<mark>" not in made[1]
