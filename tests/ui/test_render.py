from __future__ import annotations

import html
import re
from dataclasses import replace

from ingest.document import Place
from tests.ui.fakes import answered, cited, unanswered
from tutor.source import Engine, Hit
from ui import render
from ui.links import passage_of
from ui.texts import EN, KO


def words(made: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", made))


def links(made: str) -> list[str]:
    return [html.unescape(href) for href in re.findall(r'<a[^>]* href="([^"]*)"', made)]


def test_markers_and_sources_lead_to_the_quoted_characters() -> None:
    found = answered("?")
    made = render.answer(found, KO)
    spans = [(cited.start, cited.end) for cited in found.citations]
    passages = [passage_of(href) for href in links(made)]
    assert [(p.start, p.end) for p in passages if p] == spans * 2
    assert all(p and p.document == "ko/week2/2-lstm-gru.md" for p in passages)


def test_a_source_says_where_whose_words_and_what() -> None:
    made = words(render.sources(answered("?").citations[:1], KO))
    for part in ("[1]", "2주 차 2차시", "강의", "기울기 소실과 LSTM, GRU"):
        assert part in made
    assert "얼마나 반영할지 정하는 게이트이다." in made


def test_an_answer_names_its_engine_and_how_long_it_took() -> None:
    assert "reader · 0.2초" in words(render.answer(answered("?"), KO))
    assert "reader · 0.2 s" in words(render.answer(answered("?"), EN))


def test_what_the_engine_took_from_a_hostile_note_stays_text() -> None:
    made = render.answer(answered("?"), KO)
    assert "<img" not in made
    assert "onerror=\"window.pwned='answer'\"" in words(made)
    assert "[7]" in words(made)
    assert 'title="' in made


def test_a_marker_without_a_citation_leads_nowhere() -> None:
    found = replace(answered("?"), text="odd [9]", citations=())
    assert links(render.answer(found, KO)) == []


def test_no_answer_looks_different_and_offers_the_nearest_sections() -> None:
    made = render.answer(unanswered("?"), KO)
    assert made.startswith('<div class="notice">노트에 없는 내용이에요')
    assert "노트에서 가장 가까운 부분" in words(made)
    assert len(links(made)) == 2


def test_small_talk_is_said_plainly() -> None:
    made = render.answer(replace(unanswered("?"), reason="small_talk", text="Hello!"), EN)
    assert "notice" not in made
    assert links(made) == []
    assert made.startswith("Hello!")


def test_a_streaming_answer_shows_its_markers_unlinked() -> None:
    assert render.streaming("so [1]") == 'so <span class="cite">&#91;1&#93;</span>'


def test_where_a_passage_stands_in_words() -> None:
    assert render.place_label(Place(2, 3, "t"), KO) == "2주 차 3차시"
    assert render.place_label(Place(2, None, "t"), KO) == "2주 차"
    assert render.place_label(Place(None, 3, "t"), EN) == "Lecture 3"
    assert render.place_label(Place(None, None, "t", page=7), EN) == "p. 7"
    assert render.place_label(Place(2, 3, "t", page=7), EN) == "Week 2, lecture 3 · p. 7"
    assert render.place_label(Place(None, None, "t"), EN) == ""


def test_hits_are_cards_and_none_is_said() -> None:
    chunk = cited(1, "0에 가까우면").chunk
    made = render.hits([Hit(1, 1.0, chunk)], KO)
    passage = passage_of(links(made)[0])
    assert passage is not None
    assert (passage.start, passage.end) == (chunk.start, chunk.end)
    assert "맞는 부분을 찾지 못했어요." in words(render.hits([], KO))


def test_a_snippet_ends_at_a_word() -> None:
    assert render.snippet("short\n text") == "short text"
    long = render.snippet("word " * 100)
    assert long.endswith("word …")
    assert len(long) <= render.SNIPPET + 2


def test_the_engine_is_named_in_words() -> None:
    line = words(render.engine_line(Engine("Qwen <b>", "transformers"), KO))
    assert "이 컴퓨터의 언어 모델이 답해요" in line
    assert "Qwen <b>" in line
