"""Good items: written by hand, and generated ones that were read one by one and found good.

The first kind says how often the gate refuses what a careful person writes; the second has been
through the gate before and can only say that it still holds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tutor.quiz.item import Item

READ = Path(__file__).parent / "read_one_by_one.jsonl"

# kind, question, options (the key first), what the notes say; a typed item has accepted forms
_KOREAN: list[tuple[str, str, list[str], str]] = [
    (
        "choice",
        "여러 사람이 나눠 쓰는 저장소에서 변경 이력을 기록하고 되돌릴 수 있게 하는 도구를 무엇이라 하는가?",
        ["버전 관리 시스템", "패키지 관리자", "통합 개발 환경", "가상 머신"],
        "버전 관리 시스템은 저장소의 변경 이력을 기록하고 되돌릴 수 있게 하는 도구이다.",
    ),
    (
        "choice",
        "다음 중 LSTM이 기본 RNN보다 긴 문맥을 다루기에 유리한 까닭으로 가장 알맞은 것은?",
        [
            "셀 상태를 따라 정보가 덧셈으로 전해진다",
            "시점마다 다른 가중치를 학습한다",
            "입력 전체를 한꺼번에 행렬로 읽는다",
            "은닉 상태를 시점마다 0으로 되돌린다",
        ],
        "LSTM에서는 셀 상태를 따라 정보가 덧셈으로 전해져 멀리까지 남는다.",
    ),
    (
        "choice",
        "학습률을 지나치게 크게 잡았을 때 나타나기 쉬운 현상은?",
        [
            "손실이 줄지 않고 흔들린다",
            "가중치가 전혀 바뀌지 않는다",
            "층의 수가 줄어든다",
            "검증 데이터가 부족해진다",
        ],
        "학습률이 너무 크면 손실이 줄지 않고 흔들리거나 발산한다.",
    ),
    (
        "choice",
        "3×3 커널을 패딩 없이 7×7 입력에 스트라이드 2로 적용하면 출력의 크기는?",
        ["3×3", "4×4", "5×5", "7×7"],
        "7×7 입력에 3×3 커널을 스트라이드 2로 적용하면 출력은 3×3이다.",
    ),
    (
        "choice",
        "BERT와 GPT의 구조를 바르게 견준 것은?",
        [
            "BERT는 인코더를, GPT는 디코더를 쌓는다",
            "BERT는 디코더를, GPT는 인코더를 쌓는다",
            "둘 다 순환 셀을 쌓는다",
            "둘 다 합성곱층을 쌓는다",
        ],
        "BERT는 트랜스포머의 인코더를, GPT는 디코더를 쌓은 모델이다.",
    ),
    (
        "choice",
        "드롭아웃을 추론할 때 끄는 이유로 알맞은 것은?",
        [
            "예측이 실행할 때마다 달라지지 않게 하려고",
            "학습 데이터를 늘리려고",
            "기울기를 더 크게 만들려고",
            "메모리를 덜 쓰게 하려고",
        ],
        "추론할 때는 예측이 실행마다 달라지지 않도록 드롭아웃을 끈다.",
    ),
    (
        "negative_choice",
        "다음 중 LSTM이 쓰는 게이트가 **아닌** 것은?",
        ["리셋 게이트", "망각 게이트", "입력 게이트", "출력 게이트"],
        "LSTM은 망각 게이트, 입력 게이트, 출력 게이트를 쓴다.",
    ),
    (
        "negative_choice",
        "다음 가운데 인지 인공지능의 구성 요소가 **아닌** 것은?",
        ["암호 화폐", "지식 표현", "자연어 처리", "컴퓨터 비전"],
        "인지 인공지능의 구성 요소는 지식 표현, 자연어 처리, 컴퓨터 비전이다.",
    ),
    (
        "negative_choice",
        "활성화 함수로 쓰이지 **않는 것은**?",
        ["코사인 유사도", "시그모이드", "쌍곡탄젠트", "ReLU"],
        "활성화 함수로는 시그모이드, 쌍곡탄젠트, ReLU를 쓴다.",
    ),
    (
        "cloze",
        "빈칸에 알맞은 말을 차례로 고르시오.\n“RNN은 ____ 데이터나 ____ 데이터를 다루려고 만든 신경망이다.”",
        ["순차, 시계열", "정적, 공간", "이미지, 그래프", "희소, 범주"],
        "RNN은 순차 데이터나 시계열 데이터를 다루려고 만든 신경망이다.",
    ),
    (
        "cloze",
        "빈칸에 들어갈 알맞은 말은?\n“seq2seq는 ____이라는 두 RNN으로 이루어진다.”",
        ["인코더와 디코더", "생성기와 판별기", "쿼리와 키", "합성곱과 풀링"],
        "seq2seq는 인코더와 디코더라는 두 RNN으로 이루어진다.",
    ),
    (
        "cloze",
        "빈칸에 들어갈 알맞은 말은?\n“이미지를 패치로 자른 뒤에는 자리를 알려 주는 ____을(를) 더한다.”",
        ["위치 임베딩", "클래스 점수", "어텐션 마스크", "잔차 연결"],
        "패치로 자른 뒤에는 자리를 알려 주는 위치 임베딩을 더한다.",
    ),
    (
        "true_false",
        "다음 설명은 참일까요, 거짓일까요?\n“U-Net의 스킵 연결은 디코더에 위치 정보를 되돌려 준다.”",
        ["참", "거짓"],
        "U-Net의 스킵 연결은 인코더의 위치 정보를 디코더에 되돌려 준다.",
    ),
    (
        "true_false",
        "맞으면 참, 틀리면 거짓을 고르세요.\n“배치 정규화는 학습 데이터의 수를 늘리는 기법이다.”",
        ["거짓", "참"],
        "배치 정규화는 채널마다 평균과 분산을 맞추는 층이다.",
    ),
    (
        "short_answer",
        "학습 데이터에는 잘 맞지만 처음 보는 데이터에서 자주 틀리는 상태를 무엇이라 하는지 쓰세요.",
        ["과적합", "overfitting"],
        "과적합은 학습 데이터에 잘 맞지만 처음 보는 데이터에서 틀리는 상태이다.",
    ),
    (
        "short_answer",
        "쿼리와 키의 내적을 키 차원의 제곱근으로 나누어 쓰는 어텐션의 이름을 쓰세요.",
        ["스케일드 닷 프로덕트 어텐션", "scaled dot-product attention"],
        "스케일드 닷 프로덕트 어텐션은 쿼리와 키의 내적을 키 차원의 제곱근으로 나눈다.",
    ),
    (
        "choice",
        "임계값보다 큰 기울기를 잘라 학습을 안정시키는 기법은?",
        ["기울기 클리핑", "조기 종료", "데이터 증강", "전이 학습"],
        "기울기 클리핑은 임계값보다 큰 기울기를 잘라 학습을 안정시킨다.",
    ),
    (
        "choice",
        "빔 서치에서 빔의 폭을 1로 두면 무엇과 같아지는가?",
        ["탐욕적 탐색", "랜덤 탐색", "top-k 샘플링", "교사 강요"],
        "빔의 폭이 1인 빔 서치는 탐욕적 탐색과 같다.",
    ),
    (
        "choice",
        "합성곱층에서 파라미터 수가 완전 연결층보다 적은 가장 큰 이유는?",
        [
            "같은 커널을 모든 위치에서 나눠 쓴다",
            "활성화 함수를 쓰지 않는다",
            "편향을 두지 않는다",
            "입력을 무작위로 버린다",
        ],
        "합성곱층은 같은 커널을 모든 위치에서 나눠 쓰므로 파라미터가 적다.",
    ),
    (
        "choice",
        "ViT-Base가 224×224 이미지를 16×16 패치로 자르면 패치는 몇 개인가?",
        ["196개", "256개", "784개", "1,024개"],
        "224×224 이미지를 16×16 패치로 자르면 패치는 196개이다.",
    ),
]
_ENGLISH: list[tuple[str, str, list[str], str]] = [
    ("choice", "A student trains a network and the training loss falls while the validation loss rises. What is happening?",
     ["The network is overfitting", "The network is underfitting", "The learning rate is zero",
      "The data set is balanced"],
     "When training loss falls and validation loss rises, the network is overfitting."),
    ("choice", "Why does self-attention need positional encodings?",
     ["Its output ignores the order of the tokens", "It cannot tell numbers from words in a text",
      "It has too few weights for long texts", "It can only run on one token at a time"],
     "Self-attention needs positional encodings because its output ignores the order of tokens."),
    ("choice", "Which gate of a GRU decides how the old state and the candidate are mixed?",
     ["The update gate", "The reset gate", "The output gate", "The forget gate"],
     "The update gate of a GRU decides how the old state and the candidate are mixed."),
    ("choice", "What does the discriminator of a GAN learn to do?",
     ["Tell real samples from generated ones", "Compress images into short vectors",
      "Add noise to images step by step", "Translate sentences into images"],
     "The discriminator learns to tell real samples from generated ones."),
    ("choice", "How many values does a 2×2 max pooling window keep?",
     ["1", "2", "3", "4"], "A 2×2 max pooling window keeps 1 value, the largest."),
    ("choice", "Which loss suits a classifier that outputs a probability for each class?",
     ["Cross-entropy", "Mean squared error", "Hinge loss", "Cosine distance"],
     "For a classifier that outputs class probabilities, cross-entropy is used."),
    ("negative_choice", "Which of these is **not** a gate of the LSTM cell?",
     ["Reset gate", "Input gate", "Forget gate", "Output gate"],
     "The LSTM cell has an input gate, a forget gate and an output gate."),
    ("negative_choice", "All of these activation functions are used in the course EXCEPT which one?",
     ["Cosine similarity", "Sigmoid", "Tanh", "ReLU"],
     "The activation functions used are sigmoid, tanh and ReLU."),
    ("negative_choice", "Which of the following is NOT an advantage of multi-head attention?",
     ["Its cost grows with the square of the length", "Heads can be computed in parallel",
      "Each head can attend to something else", "Several relations are held at once"],
     "Advantages: heads can be computed in parallel, each head can attend to something else, several "
     "relations are held at once."),
    ("cloze", "Fill in both blanks.\n“A seq2seq model consists of an ____ and a ____.”",
     ["encoder, decoder", "generator, discriminator", "query, key", "kernel, stride"],
     "A seq2seq model consists of an encoder and a decoder."),
    ("cloze", "Complete the sentence.\n“In teacher forcing the decoder is fed the ____ at every step.”",
     ["correct previous token", "predicted previous token", "final hidden state", "source sentence"],
     "In teacher forcing the decoder is fed the correct previous token at every step."),
    ("cloze", "Complete the sentence.\n“The ____ of a convolution says how far the kernel moves.”",
     ["stride", "padding", "channel", "bias"],
     "The stride of a convolution says how far the kernel moves."),
    ("true_false", "True or false?\n“A residual connection adds the input of a block to its output.”",
     ["True", "False"], "A residual connection adds the input of a block to its output."),
    ("true_false", "True or false?\n“Padding shrinks the feature map faster.”",
     ["False", "True"], "Padding keeps the feature map from shrinking."),
    ("short_answer", "Name the technique that stops training once the validation loss no longer improves.",
     ["early stopping"], "Early stopping ends training once the validation loss no longer improves."),
    ("short_answer", "What is the name of the vector that carries the meaning of the source sentence to the decoder?",
     ["context vector"], "The context vector carries the meaning of the source sentence."),
    ("choice", "What is the main reason to divide attention scores by the square root of the key dimension?",
     ["It keeps the softmax from saturating", "It makes the matrix square",
      "It removes padding tokens", "It orders the tokens"],
     "Scores are divided by the square root of the key dimension to keep the softmax from saturating."),
    ("choice", "Which model turns an image into a sequence of patches?",
     ["ViT", "U-Net", "VGG", "LSTM"], "ViT turns an image into a sequence of patches."),
    ("choice", "Beam search with a width of one behaves like which other method?",
     ["Greedy search", "Random sampling", "Top-k sampling", "Teacher forcing"],
     "Beam search with a width of one is greedy search."),
    ("choice", "What happens to the gradient in a deep network whose local derivatives are all below one?",
     ["It vanishes", "It explodes", "It stays constant", "It changes sign"],
     "Where local derivatives are all below one, the gradient vanishes."),
]  # fmt: skip


def by_hand() -> list[Item]:
    """Items that no program made."""
    return [_item("ko", *row) for row in _KOREAN] + [_item("en", *row) for row in _ENGLISH]


def read_one_by_one() -> list[Item]:
    """Generated items that a person read and found right, clear and worth asking."""
    lines = READ.read_text(encoding="utf-8").splitlines()
    return [Item.from_dict(json.loads(line)) for line in lines]


def _item(language: str, kind: str, stem: str, options: list[str], quote: str) -> Item:
    typed = kind == "short_answer"
    # a place for the key that differs from item to item, options otherwise as they are written
    place = sum(map(ord, stem)) % len(options)
    shown = options[1 : place + 1] + options[:1] + options[place + 1 :]
    numbers = sorted(options, key=lambda o: int("".join(c for c in o if c.isdigit()) or 0))
    if all(option[0].isdigit() for option in options):
        shown = numbers
    if kind == "true_false":
        shown = ["참", "거짓"] if language == "ko" else ["True", "False"]
    told = f"정답: ‘{options[0]}’." if language == "ko" else f"Answer: {options[0]}."
    data: dict[str, Any] = {
        "kind": kind,
        "language": language,
        "stem": stem,
        "options": None if typed else shown,
        "key": None if typed else [shown.index(options[0])],
        "answer": options if typed else options[:1],
        "explanation": f"{told} {quote} [1]",
        "citations": [{"n": 1, "quote": quote, "source": {"course": "c", "document": "d.md"}}],
    }
    return Item.from_dict(data)
