"""Every word of the page, in Korean and English. Knows nothing about components or the tutor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["ko", "en"]
DEFAULT: Language = "ko"


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language; `{…}` are filled in by `str.format` where they are used."""

    app_title: str
    language: str
    courses: str
    # places and voices
    week: str
    week_lecture: str
    lecture_only: str
    page: str
    role_lecture: str
    role_aside: str
    role_commentary: str
    role_quiz: str
    # ask
    tab_ask: str
    ask_chat: str
    ask_welcome: str
    ask_welcome_detail: str
    ask_box: str
    ask_placeholder: str
    ask_send: str
    ask_stop: str
    ask_new: str
    ask_thinking: str
    ask_stopped: str
    ask_sources: str
    ask_near: str
    ask_what_is: str
    ask_main_points: str
    engine_reader: str
    engine_transformers: str
    engine_server: str
    seconds: str
    # reader
    reader_close: str
    reader_more: str
    reader_lecture_only: str
    reader_cut: str
    # practice
    tab_practice: str
    practice_intro: str
    practice_lectures: str
    practice_lectures_all: str
    practice_kinds: str
    practice_kinds_all: str
    practice_count: str
    practice_start: str
    practice_start_due: str
    practice_making: str
    practice_none: str
    practice_none_due: str
    practice_fewer: str
    practice_position: str
    practice_due_position: str
    practice_answer: str
    practice_answer_text: str
    practice_answer_order: str
    practice_answer_match: str
    practice_bad_order: str
    practice_bad_match: str
    practice_check: str
    practice_next: str
    practice_finish: str
    practice_stop: str
    practice_again: str
    practice_right: str
    practice_partly: str
    practice_wrong: str
    practice_key: str
    practice_chosen: str
    practice_why: str
    practice_keys: str
    practice_contested: str
    practice_score: str
    practice_missed: str
    practice_all_right: str
    practice_due_on: str
    practice_due_today: str
    kind_choice: str
    kind_negative_choice: str
    kind_cloze: str
    kind_true_false: str
    kind_short_answer: str
    kind_matching: str
    kind_ordering: str
    # progress
    tab_progress: str
    progress_empty: str
    progress_summary: str
    progress_accuracy: str
    progress_accuracy_x: str
    progress_accuracy_y: str
    progress_due: str
    progress_due_x: str
    progress_due_y: str
    progress_due_none: str
    progress_overdue: str
    progress_other: str
    # notes
    tab_notes: str
    notes_empty: str
    notes_search: str
    notes_search_placeholder: str
    notes_search_button: str
    notes_no_hits: str
    language_ko: str
    language_en: str
    notes_documents: str
    notes_lectures: str


KO = Texts(
    app_title="강의 노트 튜터",
    language="언어",
    courses="찾아볼 과목",
    week="{week}주 차",
    week_lecture="{week}주 차 {lecture}차시",
    lecture_only="{lecture}차시",
    page="{page}쪽",
    role_lecture="강의",
    role_aside="내 메모",
    role_commentary="붙여 넣은 설명",
    role_quiz="퀴즈",
    tab_ask="질문",
    ask_chat="대화",
    ask_welcome="노트에서 궁금한 걸 물어보세요",
    ask_welcome_detail="답에 붙은 번호를 누르면 노트의 그 문장이 바로 열려요.",
    ask_box="질문",
    ask_placeholder="궁금한 걸 적어 주세요",
    ask_send="보내기",
    ask_stop="멈추기",
    ask_new="새 대화",
    ask_thinking="노트를 찾아보고 있어요…",
    ask_stopped="여기서 멈췄어요.",
    ask_sources="답의 근거",
    ask_near="노트에서 가장 가까운 부분",
    ask_what_is="{term}{particle} 뭐예요?",
    ask_main_points="‘{title}’에서 꼭 알아야 할 게 뭐예요?",
    engine_reader="노트의 문장을 골라서 답해요",
    engine_transformers="이 컴퓨터의 언어 모델이 답해요",
    engine_server="연결한 모델 서버가 답해요",
    seconds="{seconds}초",
    reader_close="닫기",
    reader_more="노트 전체 보기",
    reader_lecture_only="이 부분만 보기",
    reader_cut="너무 길어서 앞뒤를 줄였어요.",
    tab_practice="연습",
    practice_intro="노트에서 문제를 내 드려요. 풀면 바로 채점하고, 근거가 된 문장도 보여 드려요.",
    practice_lectures="범위",
    practice_lectures_all="고르지 않으면 전체에서 내요",
    practice_kinds="문제 유형",
    practice_kinds_all="고르지 않으면 골고루 내요",
    practice_count="문제 수",
    practice_start="시작하기",
    practice_start_due="복습하기 ({count})",
    practice_making="노트를 읽고 문제를 만들고 있어요…",
    practice_none="이 범위에서는 문제를 만들지 못했어요. 범위나 유형을 넓혀 보세요.",
    practice_none_due="지금 복습할 문제가 없어요. 새 문제를 풀어 보세요.",
    practice_fewer="이 범위에서는 {count}문제만 만들 수 있었어요.",
    practice_position="{total}문제 중 {number}번째",
    practice_due_position="{number}번째 문제",
    practice_answer="답",
    practice_answer_text="답을 적어 주세요",
    practice_answer_order="순서대로 번호를 적어 주세요. 예: 2 1 3",
    practice_answer_match="각 항목에 맞는 번호를 차례로 적어 주세요. 예: 2 1 3",
    practice_bad_order="1부터 {count}까지의 번호를 한 번씩, 띄어서 적어 주세요.",
    practice_bad_match="항목마다 1부터 {count}까지의 번호를 하나씩, 띄어서 적어 주세요.",
    practice_check="확인하기",
    practice_next="다음 문제",
    practice_finish="결과 보기",
    practice_stop="그만 풀기",
    practice_again="다시 고르기",
    practice_right="맞았어요",
    practice_partly="일부만 맞았어요",
    practice_wrong="틀렸어요",
    practice_key="정답",
    practice_chosen="내가 고른 답",
    practice_why="풀이",
    practice_keys="숫자 키로 고르고 Enter로 넘어가요.",
    practice_contested="노트끼리 말이 다른 부분이니 강의를 한 번 더 확인해 보세요.",
    practice_score="{total}문제 중 {right}문제를 맞혔어요",
    practice_missed="다시 볼 문제",
    practice_all_right="모두 맞았어요. 며칠 뒤 복습 때 다시 만나요.",
    practice_due_on="다음 복습은 {month}월 {day}일이에요.",
    practice_due_today="오늘 안에 한 번 더 나와요.",
    kind_choice="객관식",
    kind_negative_choice="아닌 것 고르기",
    kind_cloze="빈칸 채우기",
    kind_true_false="맞다·틀리다",
    kind_short_answer="단답형",
    kind_matching="짝짓기",
    kind_ordering="순서 맞추기",
    tab_progress="진도",
    progress_empty="아직 푼 문제가 없어요. 문제를 풀면 여기에 주 차별 정답률과 복습 일정이 보여요.",
    progress_summary="지금까지 {attempts}번 풀어서 {right}번 맞혔어요.",
    progress_accuracy="차시별 정답률",
    progress_accuracy_x="차시",
    progress_accuracy_y="정답률(%)",
    progress_due="앞으로 2주 동안 복습할 문제",
    progress_due_x="날짜",
    progress_due_y="문제 수",
    progress_due_none="2주 안에 복습할 문제가 없어요.",
    progress_overdue="지금",
    progress_other="기타",
    tab_notes="노트",
    notes_empty="아직 노트가 없어요.",
    notes_search="노트에서 찾기",
    notes_search_placeholder="찾을 말",
    notes_search_button="찾기",
    notes_no_hits="맞는 부분을 찾지 못했어요.",
    language_ko="한국어 노트",
    language_en="영어 노트",
    notes_documents="노트 {count}개",
    notes_lectures="차시 {count}개",
)

EN = Texts(
    app_title="Lecture Tutor",
    language="Language",
    courses="Courses searched",
    week="Week {week}",
    week_lecture="Week {week}, lecture {lecture}",
    lecture_only="Lecture {lecture}",
    page="p. {page}",
    role_lecture="Lecture",
    role_aside="My remark",
    role_commentary="Pasted explanation",
    role_quiz="Quiz",
    tab_ask="Ask",
    ask_chat="Conversation",
    ask_welcome="Ask your notes anything",
    ask_welcome_detail="Click a number in an answer and the note opens at that very sentence.",
    ask_box="Question",
    ask_placeholder="What would you like to know?",
    ask_send="Send",
    ask_stop="Stop",
    ask_new="New chat",
    ask_thinking="Looking through your notes…",
    ask_stopped="Stopped here.",
    ask_sources="Where this comes from",
    ask_near="Nearest places in your notes",
    ask_what_is="What does “{term}” mean?",
    ask_main_points="What should I know from “{title}”?",
    engine_reader="Answers are picked from your notes' own sentences",
    engine_transformers="A language model on this computer answers",
    engine_server="The model server you connected answers",
    seconds="{seconds} s",
    reader_close="Close",
    reader_more="Show the whole note",
    reader_lecture_only="Show this part only",
    reader_cut="The note is long, so its far ends are left out.",
    tab_practice="Practice",
    practice_intro="Questions made from your notes, marked at once, with the sentence behind each.",
    practice_lectures="From",
    practice_lectures_all="Leave empty for everything",
    practice_kinds="Kinds of question",
    practice_kinds_all="Leave empty for a mix",
    practice_count="How many",
    practice_start="Start",
    practice_start_due="Review ({count})",
    practice_making="Reading your notes and making questions…",
    practice_none="No question could be made from this. Try more lectures or other kinds.",
    practice_none_due="Nothing is due right now. Try some new questions.",
    practice_fewer="Only {count} could be made from this.",
    practice_position="Question {number} of {total}",
    practice_due_position="Question {number}",
    practice_answer="Your answer",
    practice_answer_text="Type your answer",
    practice_answer_order="Type the numbers in the right order, e.g. 2 1 3",
    practice_answer_match="Type the number that goes with each term, in turn, e.g. 2 1 3",
    practice_bad_order="Please type each number from 1 to {count} once, with spaces between.",
    practice_bad_match="Please type one number from 1 to {count} per term, with spaces between.",
    practice_check="Check",
    practice_next="Next question",
    practice_finish="See the result",
    practice_stop="Stop here",
    practice_again="Choose again",
    practice_right="Right",
    practice_partly="Partly right",
    practice_wrong="Not quite",
    practice_key="Answer",
    practice_chosen="Your choice",
    practice_why="Why",
    practice_keys="Number keys choose, Enter goes on.",
    practice_contested="The notes disagree here, so do check the lecture itself.",
    practice_score="{right} of {total} right",
    practice_missed="Worth another look",
    practice_all_right="All right. They will come back for review in a few days.",
    practice_due_on="Next review: {year}-{month:02}-{day:02}.",
    practice_due_today="It will come back once more today.",
    kind_choice="Multiple choice",
    kind_negative_choice="Which is not",
    kind_cloze="Fill the blank",
    kind_true_false="True or false",
    kind_short_answer="Short answer",
    kind_matching="Matching",
    kind_ordering="Put in order",
    tab_progress="Progress",
    progress_empty="No question answered yet. Once you practise, your accuracy by week and your "
    "reviews show up here.",
    progress_summary="{right} of {attempts} answers were right so far.",
    progress_accuracy="Accuracy by lecture",
    progress_accuracy_x="Week-lecture",
    progress_accuracy_y="Right (%)",
    progress_due="Reviews due over the next two weeks",
    progress_due_x="Day",
    progress_due_y="Questions",
    progress_due_none="Nothing is due within two weeks.",
    progress_overdue="Now",
    progress_other="Other",
    tab_notes="Notes",
    notes_empty="There are no notes yet.",
    notes_search="Search your notes",
    notes_search_placeholder="Words to find",
    notes_search_button="Search",
    notes_no_hits="Nothing matches.",
    language_ko="Notes in Korean",
    language_en="Notes in English",
    notes_documents="Notes: {count}",
    notes_lectures="Lectures: {count}",
)

TEXTS: dict[Language, Texts] = {"ko": KO, "en": EN}


def texts_of(language: str) -> Texts:
    """The words of `language`; Korean for anything but "en"."""
    return EN if language == "en" else KO


def language_of(accept_language: str, remembered: str = "") -> Language:
    """The page's language: what was chosen before, else the browser's best of the two.

    English for a browser that wants neither, Korean for one that says nothing.

    Args:
        accept_language: the request header, such as "ko-KR,ko;q=0.9,en;q=0.8"; may be empty.
        remembered: "ko", "en" or anything else for no choice.
    """
    if remembered in TEXTS:
        return remembered
    weighted = [_weighted(part) for part in accept_language.split(",") if part.strip()]
    for _, tag in sorted(weighted, key=lambda pair: -pair[0]):
        if tag in TEXTS:
            return tag
    return "en" if weighted else DEFAULT


def _weighted(part: str) -> tuple[float, str]:
    tag, _, parameter = part.strip().partition(";")
    _, _, quality = parameter.partition("q=")
    try:
        weight = float(quality) if quality else 1.0
    except ValueError:
        weight = 0.0
    return weight, tag.split("-")[0].strip().lower()
