"""Questions that lean on the conversation before them, and questions that do not."""

import pytest

from tutor.follow_up import Turn, names_another, standalone


def ask(question: str, *earlier: str) -> str:
    """The question after these, each answered in between."""
    history = [
        turn for text in earlier for turn in (Turn("user", text), Turn("assistant", "It is so."))
    ]
    return standalone(question, history)


@pytest.mark.parametrize(
    ("earlier", "question", "alone"),
    [
        ("GRU가 뭐야?", "장점은?", "GRU 장점은?"),
        ("GRU가 뭐야?", "장점은 뭐야?", "GRU 장점은 뭐야?"),
        ("GRU가 뭐야?", "그건 왜 만들어졌어?", "GRU 그건 왜 만들어졌어?"),
        ("LSTM과 GRU를 알려줘", "둘의 차이는 뭐야?", "LSTM GRU 둘의 차이는 뭐야?"),
        ("GRU가 뭐야?", "수식으로 설명해줘", "GRU 수식으로 설명해줘"),
        ("GRU가 뭐야?", "예시를 들어 설명해줘", "GRU 예시를 들어 설명해줘"),
        ("GRU가 뭐야?", "더 자세히 설명해줘", "GRU 더 자세히 설명해줘"),
        ("what is a GRU?", "what are its gates?", "GRU what are its gates?"),
        ("what is a GRU?", "what are the advantages?", "GRU what are the advantages?"),
        ("what is a GRU?", "what about the update gate?", "GRU the update gate?"),
        ("what is a GRU?", "why?", "GRU why?"),
        ("U-Net 단점 알려줘", "두 번째는 어떻게 해결해?", "U-Net 단점 두 번째는 어떻게 해결해?"),
        (
            "인코더 층에는 하위 레이어가 몇 개야?",
            "디코더는 몇 개?",
            "인코더 층 하위 레이어 디코더는 몇 개?",
        ),
        (
            "what is soft attention?",
            "did anyone measure it?",
            "soft attention did anyone measure it?",
        ),
        (
            "패딩을 왜 해?",
            "그럼 구석에 있는 픽셀은 몇 번 쓰여?",
            "패딩 구석에 있는 픽셀은 몇 번 쓰여?",
        ),
        ("과적합은 어떻게 막아?", "예를 들어줘", "과적합 예를 들어줘"),
        ("과적합은 어떻게 막아?", "영어로 말해줘", "과적합 영어로 말해줘"),
        ("compare GRU and LSTM", "which one is faster?", "compare GRU LSTM which one is faster?"),
        ("what is a GRU?", "explain it simply", "GRU explain it simply"),
    ],
)
def test_what_leans_gets_the_subject_in_front(earlier, question, alone):
    assert ask(question, earlier) == alone


@pytest.mark.parametrize(
    ("earlier", "question", "alone"),
    [
        ("GRU의 리셋 게이트가 뭐야?", "그럼 업데이트 게이트는?", "GRU의 업데이트 게이트가 뭐야?"),
        ("what is GRU's reset gate?", "and the update gate?", "what is GRU's update gate?"),
        ("what is GRU's reset gate?", "and LSTM?", "what is LSTM's reset gate?"),
        ("LSTM의 게이트는 몇 개야?", "GRU는?", "GRU의 게이트는 몇 개야?"),
        ("트랜스포머의 장점은?", "그럼 RNN은요?", "RNN의 장점은?"),
        ("when was BERT proposed?", "and GPT-2?", "when was GPT-2 proposed?"),
        ("입력 행렬을 왜 곱해?", "출력 행렬은?", "출력 행렬을 왜 곱해?"),
        ("출력 층이 뭐야?", "은닉층 말고 입력 차원은?", "출력 층 은닉층 말고 입력 차원은?"),
    ],
)
def test_another_thing_takes_the_place_of_the_first(earlier, question, alone):
    assert ask(question, earlier) == alone


def test_particles_agree_with_the_thing_put_in():
    assert ask("그럼 출력 벡터는?", "출력 값은 뭐로 나눠?") == "출력 벡터는 뭐로 나눠?"
    assert ask("그럼 출력 값은?", "출력 벡터가 뭐야?") == "출력 값이 뭐야?"


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        ("GRU가 뭐야?", "위치 인코딩이 뭐야?"),
        ("GRU가 뭐야?", "위키 데이터로 학습한 언어 모델은 뭐가 있어?"),
        ("GRU가 뭐야?", "이미지 캡션 모델의 구조를 설명해줘"),
        ("GRU가 뭐야?", "그래디언트 소실이 뭐야?"),
        ("GRU가 뭐야?", "트랜스포머란?"),
        ("GRU가 뭐야?", "LSTM의 망각 게이트는 어떤 역할을 해?"),
        ("what is a GRU?", "what is one-hot encoding?"),
        ("what is a GRU?", "what is one-shot prompting?"),
        ("what is a GRU?", "what is BERT?"),
        ("what is a GRU?", "explain attention"),
        ("what is a GRU?", "then how does BERT work?"),
        ("GRU가 뭐야?", "그럼 트랜스포머가 뭐야?"),
        ("GRU가 뭐야?", "LSTM 장점은?"),
        ("AlexNet은 어떻게 돌렸어?", "그럼 VGG는 필터 크기가 얼마야?"),
        ("what is a GRU?", "if a model overfits, how do I regularise it?"),
        ("GRU가 뭐야?", "역전파는 어떻게 동작해?"),
        ("what is a GRU?", "how does BERT learn from text that is masked?"),
        ("what is a GRU?", "does a transformer need recurrence to keep its word order?"),
    ],
)
def test_what_stands_alone_is_left_as_it_is(earlier, question):
    assert ask(question, earlier) == question


@pytest.mark.parametrize(
    "question",
    [
        "내일 날씨는?",
        "그럼 업데이트 게이트는?",
        "내일 서울 날씨 어때?",
        "and the weather tomorrow?",
    ],
)
def test_a_thing_that_is_named_may_be_another(question):
    assert names_another(question, ask(question, "GRU가 뭐야?"))


@pytest.mark.parametrize(
    "question",
    [
        "장점은?",
        "왜?",
        "그 다음은?",
        "둘의 차이는?",
        "그럼 사라지는 쪽도 그걸로 고쳐져?",
        "ResNet도 마찬가지야?",
        "원래 트랜스포머도 그랬어?",
        "그것도 이미지를 잘라서 넣어?",
        "what about its drawback?",
        "does BERT, too?",
        "위치 인코딩이 뭐야?",
        "LSTM은?",
    ],
)
def test_what_points_or_asks_for_what_a_thing_has_names_no_other(question):
    assert not names_another(question, ask(question, "GRU가 뭐야?"))


def test_without_history_nothing_changes():
    assert ask("그럼 업데이트 게이트는?") == "그럼 업데이트 게이트는?"
    assert standalone("why?", [Turn("assistant", "Hello!")]) == "why?"


def test_a_chain_of_follow_ups_keeps_its_subject():
    assert ask("단점은?", "GRU가 뭐야?", "장점은?") == "GRU 단점은?"
    assert ask("why?", "what is BERT?", "what are its limits?") == "BERT limits why?"


def test_a_new_subject_replaces_the_old_one():
    assert ask("장점은?", "GRU가 뭐야?", "트랜스포머가 뭐야?") == "트랜스포머 장점은?"


def test_what_the_assistant_said_is_no_subject():
    history = [Turn("user", "what is BERT?"), Turn("assistant", "Like GPT, a transformer.")]

    assert standalone("what are its limits?", history) == "BERT what are its limits?"


def test_small_talk_in_between_does_not_become_the_subject():
    assert ask("장점은?", "GRU가 뭐야?", "고마워!") == "GRU 장점은?"


def test_a_long_history_costs_little():
    assert ask("장점은?", *["GRU가 뭐야?"] * 2_000) == "GRU 장점은?"


def test_a_pointer_gives_way_to_its_thing():
    history = [Turn("user", "ViT의 장점이 뭐야?"), Turn("assistant", "…")]

    assert standalone("그 단점은?", history) == "ViT 단점은?"


def after(question: str, earlier: str, answer: str) -> str:
    return standalone(question, [Turn("user", earlier), Turn("assistant", answer)])


def test_what_the_answer_named_is_the_subject_when_a_name_was_asked_for():
    asked = "Which embedding handles misspelled words?"

    assert after("how does it work?", asked, "FastText does. [1]") == "FastText how does it work?"
    assert (
        after("그 모델 단점은?", "탐지를 집합 예측으로 푸는 모델은?", "DETR이에요. [1]")
        == "DETR 모델 단점은?"
    )


def test_an_item_of_the_answers_list_can_be_pointed_at():
    listed = "1. 문맥이 좁다 [1]\n2. 클래스 불균형에 약하다 [2]"

    assert (
        after("두 번째 건 어떻게 해결해?", "U-Net 단점 알려줘", listed)
        == "U-Net 단점 클래스 불균형에 약하다 어떻게 해결해?"
    )


@pytest.mark.parametrize(
    ("earlier", "question", "alone"),
    [
        ("3주차 2차시 요약해줘", "표로 정리해줘", "3주차 2차시 표로 정리해줘"),
        ("summarise week 3", "as a table", "week 3 as a table"),
        ("2주차에서 어텐션이 뭐야?", "장점은?", "2주차에서 어텐션 장점은?"),
        ("2주차에서 LSTM이 뭐야?", "그럼 GRU는?", "2주차에서 GRU가 뭐야?"),
        (
            "in week 2, what is attention?",
            "and its drawback?",
            "in week 2, attention its drawback?",
        ),
        ("3주차 요약해줘", "그럼 4주차는?", "4주차 요약해줘"),
        ("summarise week 3", "and week 4?", "week 4 summarise"),
        ("GRU가 뭐야?", "2주차에서는?", "2주차에서 GRU가 뭐야?"),
        ("2주차에서 어텐션이 뭐야?", "트랜스포머의 인코더가 뭐야?", "트랜스포머의 인코더가 뭐야?"),
        ("GRU가 뭐야?", "2주차에서 LSTM이 뭐야?", "2주차에서 LSTM이 뭐야?"),
        ("GRU가 뭐야?", "3주차 요약해줘", "3주차 요약해줘"),
    ],
)
def test_the_part_of_the_notes_stays_until_another_is_named(earlier, question, alone):
    assert ask(question, earlier) == alone


@pytest.mark.parametrize(
    ("earlier", "question", "alone"),
    [
        ("GRU가 뭐야?", "그거 몇 주차에 나와?", "GRU 몇 주차에 나와?"),
        ("what is a GRU?", "which lecture was that?", "GRU which lecture was that?"),
        ("GRU의 업데이트 게이트가 뭐야?", "방금 그거 수식으로", "GRU 업데이트 게이트 수식으로"),
        ("NMS의 약점은?", "소프트 버전은 어떻게 달라?", "NMS 약점 소프트 버전은 어떻게 달라?"),
        ("이항분포 평균이 뭐야?", "그럼 분산은?", "이항분포 평균 분산은?"),
    ],
)
def test_requests_and_comparisons_lean_too(earlier, question, alone):
    assert ask(question, earlier) == alone
