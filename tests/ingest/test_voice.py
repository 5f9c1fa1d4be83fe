import pytest

from ingest import voice

ASIDES = """문맥 교환만 하다가 하루가 다 가겠네여...
설마 시험에 코드를 쓰라고 하겠어...
이거 시험에 나온다고 하심
교수님이 두 번 강조하심
헷갈린다
아 모르겠다 ㅠㅠ
이건 왜 이러는 거지??
근데 이게 왜 빠르다는 거지?
그런데 이게 왜 스레드?
ㅋㅋㅋㅋ
...
진짜 어렵다...
(나중에 다시 보기)
다시 봐야겠다
이해가 안 된다
중요!!
내일 다시 읽어야지
여기는 놓침 친구한테 물어보기
음 이건 좀 이상한데?
오 신기하다!
와 이걸 외우라고?
이게 맞나?
넘 어렵당
지난주에도 나왔던 건데
Hmm, I don't get it
wow this is long
oh, so that's why!
TODO: ask about this
need to review this before the exam
not sure about this one
haha we did this in class""".splitlines()

LECTURE = """푸리에 변환이란 무엇인가?
왜 스레드를 쓰는가?
동기화 문제가 생길 수 있음
안내가 필요한 경우
페이지 부재가 자주 일어나는 일
길어지면 나타나는 현상이 단편화임
상태가 어떻게 바뀌는지.
두 값이 같음.
방법이 더 필요한데,
음 전하는 전자를 밀어낸다
진짜 양성 비율
오 분류율이 낮다
와 이어지는 내용
아니면 대기 큐에 들어감
wait(), signal() 두 연산
Wait until the semaphore is positive
Wait queues are served in order of arrival
Not sure-fire methods are called heuristics.
TODO 리스트의 구조
해시 충돌을 푸는 방법은 무엇일까요?
그런데 이 방법은 느리다
x = 3;
a_1, a_2, ..., a_n
|---|---|
난이도 : 어떤 문제가 먼저 풀리는지
GAN : 판별기를 속이는 데 신경을 쓰네요, 생성기의 목표""".splitlines()


@pytest.mark.parametrize("line", ASIDES)
def test_the_note_taker_talks_to_themselves(line):
    assert voice.aside_score(line) >= 2


@pytest.mark.parametrize("line", LECTURE)
def test_the_lecture_speaks(line):
    assert voice.aside_score(line) < 2


@pytest.mark.parametrize(
    "line",
    ["프로세스는 실행 중인 프로그램이죠.", "제가 지난 시간에 말한 대로입니다.", "왜 그런가요?"],
)
def test_in_polite_notes_the_lecturer_speaks_to_a_room(line):
    assert voice.aside_score(line, polite_around=0.9) < 2


def test_in_polite_notes_a_sigh_is_still_a_sigh():
    assert voice.aside_score("시그마만 보면 졸려요ㅠㅠ", polite_around=0.9) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "이 설명이 이해하는 데 도움이 되길 바랍니다.",
        "더 궁금한 점이 있으면 알려 주세요.",
        "정답은 2번, 선점입니다.",
        "올바르지 않은 선택지는 3번입니다.",
        "Sure! Here is a breakdown of the two locks:",
        "I hope this helps!",
        "The correct answer is B.",
    ],
)
def test_a_chatbots_habits_tell_in_any_notes(text):
    assert voice.chatbot_score(text, polite_around=1.0) >= 2


def test_polite_paragraphs_tell_only_in_plain_notes():
    text = "잠금을 살펴보겠습니다. 잠금은 차례를 정합니다. 먼저 온 쪽이 얻습니다."
    assert voice.chatbot_score(text, polite_around=0.0) >= 2
    assert voice.chatbot_score(text, polite_around=0.9) < 2


@pytest.mark.parametrize(
    "text",
    ["잠금은 차례를 정한다.", "A lock decides who goes first.", "가장 적절한 방법은 색인이다."],
)
def test_plain_notes_are_no_chatbots(text):
    assert voice.chatbot_score(text, polite_around=0.0) < 2


@pytest.mark.parametrize(
    "line",
    [
        "ChatGPT:",
        "챗GPT의 답변",
        "### ChatGPT의 설명",
        "[GPT-4 답변]",
        "**Claude:**",
        "코파일럿 답변:",
        "Gemini's explanation:",
        "Copilot said:",
        "GPT: 네, 그렇게 이해하시면 됩니다.",
    ],
)
def test_labels(line):
    assert voice.is_labelled(line)


@pytest.mark.parametrize(
    "line",
    [
        "GPT",
        "GPT : 디코더만 쓰는 언어 모델",
        "ChatGPT란?",
        "AI 설명 가능성",
        "AI의 설명 가능성은 모형을 믿게 한다.",
        "Claude Shannon: information theory",
        "GPT5 빨리 나와라....",
    ],
)
def test_no_labels(line):
    assert not voice.is_labelled(line)


def test_endings_are_counted_sentence_by_sentence():
    assert voice.endings("켭니다. 끕니다. 켠다.") == (2, 1)
    assert voice.endings("속도를 맞춤\n창을 옮김\n과정") == (0, 2)
    assert voice.politeness([(2, 1), (1, 0)]) == 0.75
    assert voice.politeness([]) == 0.0
