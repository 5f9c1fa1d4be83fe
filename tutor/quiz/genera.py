"""What sort of thing a noun names, so that a key and its distractors are of one sort.

Knows the last nouns of definitions ("… 신경망이다", "is a … network that"); knows nothing else.
"""

from __future__ import annotations

from functools import lru_cache

from tutor.quiz.words import fold

_SORTS: dict[str, str] = {
    "model": """
        모델 신경망 네트워크 인공지능 rnn cnn gan 인코더 디코더 오토인코더 아키텍처 체인
        트랜스포머 model network cnn rnn architecture encoder decoder autoencoder transformer
        chatbot llm ai system 시스템 서비스 service
    """,
    "method": """
        방법 기법 기술 방식 알고리즘 규칙 절차 과정 일 작업 연산 전략 학습 프로세스 계산 번역
        탐색 클리핑 증강 정규화 강요 조정 인코딩 method technique algorithm rule procedure
        process practice operation strategy way task approach search computation step training
        mechanism 메커니즘 어텐션 attention 단계 stage
    """,
    "amount": """
        값 수 지표 점수 비율 척도 가중치 확률 크기 길이 정도 거리 지수 개수 설정값 value
        number metric score ratio weight probability measure rate size length amount share
        parameter temperature 온도 학습률
    """,
    "data": """
        벡터 행렬 토큰 표현 텐서 격자 데이터 집합 말뭉치 코퍼스 임베딩 지도 맵 시퀀스 vector
        matrix token representation tensor grid collection corpus embedding map sequence text
        set list mask 마스크
    """,
    "trouble": """
        문제 현상 손실 병목 어긋남 편향 한계 공격 problem phenomenon loss
        bottleneck bias failure mismatch attack gap
    """,
    "part": """
        층 게이트 셀 단위 부분 모듈 헤드 블록 연결 뉴런 커널 필터 묶음 layer gate cell unit
        part module head block connection neuron kernel filter sublayer shortcut component
        구성요소
    """,
    "function": """
        함수 공식 식 정리 function formula theorem rule map
    """,
    "field": """
        분야 학문 개념 활동 능력 field branch discipline study concept area ability
    """,
    "trait": """
        관계 성질 불변성 동변성 relation property equivariance invariance relationship
    """,
}
"""Last nouns of definitions, by the sort of thing they name; the keys are only names."""
_SORT_OF = {noun: sort for sort, nouns in _SORTS.items() for noun in nouns.split()}


@lru_cache(maxsize=4_000)
def sort_of(noun: str) -> str:
    """The sort of thing that a noun names, "" where it is not known; compounds by their end."""
    folded = fold(noun)
    if folded in _SORT_OF:
        return _SORT_OF[folded]
    ends = [known for known in _SORT_OF if len(known) > 1 and folded.endswith(known)]
    return _SORT_OF[max(ends, key=len)] if ends else ""
