"""Which chunks a question finds, in which language and in whose words."""

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from ingest.document import Role
from tests.tutor.course import BILINGUAL, EN, KO, retriever
from tutor.retrieve import NotesRetriever, Retriever, Weights

MIXED = """# 게이트

## 리셋 게이트

리셋 게이트는 이전 은닉 상태를 얼마나 버릴지 정하는 게이트이다.

## 시그모이드

시그모이드는 값을 0과 1 사이로 누르는 함수이다.

근데 리셋 게이트가 뭔지 아직도 모르겠네요 ㅠㅠ 리셋 게이트...

## 퀴즈

Q. 리셋 게이트가 하는 일은?
1) 이전 상태를 버린다
2) 이미지를 자른다
3) 단어를 센다
4) 값을 섞는다
정답: 1
"""


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory):
    return retriever(tmp_path_factory.mktemp("두 언어"), BILINGUAL)


@pytest.mark.parametrize(
    ("question", "document", "text"),
    [
        ("리셋 게이트가 뭐야?", "ko/week1/1-gates.md", "리셋 게이트(reset gate)는"),
        ("what is the reset gate?", "en/week1/1-gates.md", "The reset gate decides"),
        ("reset gate가 뭐야?", "ko/week1/1-gates.md", "리셋 게이트(reset gate)는"),
        ("업데이트 게이트는 뭘 섞어?", "ko/week1/1-gates.md", "업데이트 게이트(update gate)는"),
        ("how does a convolution work?", "en/week1/1-gates.md", "A convolution slides"),
    ],
)
def test_parallel_sections_are_one_hit_in_the_language_of_the_question(
    bilingual, question, document, text
):
    first = bilingual.search(question)[0]
    other = {"ko": "en", "en": "ko"}[document[:2]]

    assert first.chunk.document == document
    assert text in first.chunk.text
    assert first.twin is not None
    assert first.twin.document == f"{other}/week1/1-gates.md"


def test_the_twin_spans_the_same_section_in_the_other_language(bilingual):
    hit = bilingual.search("리셋 게이트가 뭐야?")[0]

    assert hit.twin is not None
    assert EN[hit.twin.start : hit.twin.end].endswith(
        "The reset gate decides how much of the previous hidden state is dropped."
    )
    assert "Update" not in EN[hit.twin.start : hit.twin.end]
    assert KO[hit.chunk.start : hit.chunk.end] == hit.chunk.text


def test_each_section_is_found_once(bilingual):
    hits = bilingual.search("게이트", k=10)

    assert len(hits) == len({hit.chunk.id for hit in hits}) == 3
    assert {hit.chunk.language for hit in hits} == {"ko"}
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_k_is_the_most_that_is_found(bilingual):
    assert len(bilingual.search("reset gate", k=2)) == 2


def test_notes_in_one_language_have_no_twins(tmp_path):
    hits = retriever(tmp_path, {"gates.md": EN}).search("리셋 게이트가 뭐야?")

    assert [hit.twin for hit in hits] == [None, None, None]


def test_a_misspelt_word_is_found(bilingual):
    hit = bilingual.search("what is the updaet gate?")[0]

    assert "The update gate sets" in hit.chunk.text


def test_the_lecture_comes_before_remarks_and_quizzes(tmp_path):
    hits = retriever(tmp_path, {"week1/1-gates.md": MIXED}).search("리셋 게이트가 뭐야?")
    roles = [hit.chunk.role for hit in hits]

    assert hits[0].chunk.role is Role.LECTURE
    assert "버릴지 정하는" in hits[0].chunk.text
    assert {Role.QUIZ, Role.ASIDE} <= set(roles)


def test_a_course_without_chunks_finds_nothing(tmp_path):
    assert retriever(tmp_path, {"empty.md": "---\n\n***\n"}).search("reset gate") == []


def test_concepts_know_their_other_forms(bilingual):
    (concept,) = bilingual.query("리셋 게이트가 뭐야?").concepts

    assert concept.forms == (("리셋", "게이트"), ("reset", "gate"))
    assert (concept.known, concept.head) == (True, True)


def test_a_name_that_no_note_knows_is_told_apart(bilingual):
    query = bilingual.query("What is the reset gate of Mamba?")
    known = {form: concept.known for concept in query.concepts for form in concept.forms}

    assert known["reset", "gate"] is True
    assert known["mamba",] is False
    assert all(concept.proper for concept in query.concepts if not concept.known)


@pytest.mark.parametrize("question", ["?!", "😀", "그리고 또", "the of and"])
def test_questions_without_content_words_find_something_or_nothing(bilingual, question):
    assert len(bilingual.search(question, k=3)) <= 3


class TestLangChain:
    """The retriever in somebody else's chain."""

    def test_it_is_a_retriever(self, bilingual):
        assert isinstance(NotesRetriever(retriever=bilingual), BaseRetriever)

    def test_documents_carry_their_source(self, bilingual):
        (document,) = NotesRetriever(retriever=bilingual, k=1).invoke("what is the reset gate?")

        assert document.page_content.endswith("previous hidden state is dropped.")
        start, end = document.metadata["start"], document.metadata["end"]
        assert EN[start:end] == document.page_content
        assert document.metadata["document"] == "en/week1/1-gates.md"
        assert document.metadata["section"] == ["Reset gate"]
        assert set(document.metadata) == {
            "course", "document", "language", "title", "week", "lecture", "section", "page",
            "start", "end", "role", "score",
        }  # fmt: skip

    def test_it_works_in_a_chain(self, bilingual):
        chain = NotesRetriever(retriever=bilingual, k=2) | RunnableLambda(
            lambda found: [document.metadata["section"][-1] for document in found]
        )

        assert chain.invoke("리셋 게이트가 뭐야?")[0] == "리셋 게이트"


NOUNS = "리간드 광합성 물수제비 스케줄러 도롱뇽 넘파이 장독대 트랜잭션 역전파 은하수".split()
PARTICLES = (
    "은/는 이/가 을/를 의 에 에서 와/과 도 만 까지 부터 처럼 보다 이나/나 이란/란 마다".split()
)


def with_particle(noun, particle):
    closed = (ord(noun[-1]) - ord("가")) % 28 > 0
    first, _, second = particle.partition("/")
    if particle == "와/과":
        first, second = "과", "와"
    return noun + (first if closed or not second else second)


@pytest.fixture(scope="module")
def nouns(tmp_path_factory):
    """A passage about each noun, which it holds with a particle of its own."""
    told = [
        f"## {number}절\n\n여기서는 {with_particle(noun, PARTICLES[number % 4])} 다룬다."
        for number, noun in enumerate(NOUNS)
    ]
    return retriever(tmp_path_factory.mktemp("nouns"), {"a.md": "# 낱말\n\n" + "\n\n".join(told)})


@pytest.mark.parametrize("noun", NOUNS)
def test_a_bare_noun_and_one_with_a_particle_find_the_same(nouns, noun):
    """The failure of deepset-ai/haystack #12836, where no Korean passage was found."""
    for asked in (noun, *(with_particle(noun, particle) for particle in PARTICLES)):
        first = nouns.search(asked)[0].chunk
        assert noun in first.text, asked


def test_an_english_word_finds_its_translation(tmp_path):
    notes = {"a.md": "# 글\n\n## 하나\n\n손실은 크다.\n\n## 둘\n\n강물은 길다.\n\n## 셋\n\n빵이다."}
    found = retriever(tmp_path, notes)
    assert found.query("loss").weights["손실"] > 0.5
    assert found.search("loss")[0].chunk.text == "손실은 크다."


def test_a_misspelt_word_finds_notes_in_the_other_language(tmp_path):
    """Nothing in English notes is like a Korean word: what it may mean has a translation there."""
    notes = {"a.md": "# Models\n\n## One\n\nA sequence is read.\n\n## Two\n\nWater is cold."}
    found = retriever(tmp_path, notes)
    assert "시퀀스" in found.query("시퀸스가 뭐야?").weights
    assert found.search("시퀸스가 뭐야?")[0].chunk.text == "A sequence is read."


def test_a_word_that_has_a_translation_is_no_misspelling(tmp_path):
    notes = {"a.md": "# 글\n\n## 하나\n\nThe context is long.\n\n## 둘\n\n학습은 길다."}
    assert "context" not in retriever(tmp_path, notes).query("What is the content?").weights


def test_what_is_weighed_with_nothing_takes_no_part(tmp_path):
    notes = {"a.md": "# 게이트\n\n## 하나\n\n리간드 게이트이다.\n\n## 둘\n\n손실은 크다."}
    made = retriever(tmp_path, notes)
    bare = Retriever(
        made._indexes,
        made._encoder,
        made.glossary,
        weights=Weights(table_english=0, table_korean=0, typo=0, compound=0),
    )
    for question, term in (("loss", "손실"), ("게이투", "게이트"), ("리간드가 뭐야?", "리간드")):
        assert made.query(question).weights.get(term, 0) > 0
    assert not any(bare.query("loss").weights.get(term) for term in ("손실", "패배"))
    assert "게이트" not in bare.query("게이투").weights
