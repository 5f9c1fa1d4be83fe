"""`python tests/bench`: the figures of docs/benchmarks.md, printed as tables.

Times are wall-clock on whatever machine this runs on. The student's notes and their development
questions are used where they lie beside the checkout, and left out with a word where not.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from ingest.build import BUNDLED, ingest
from tests.bench.quizzes import report
from tutor.evaluate import Question, as_table, evaluate, read_questions
from tutor.follow_up import standalone
from tutor.quiz.generate import QuizRequest
from tutor.tutor import Tutor

SHARED = Path(__file__).parents[3] / "shared"
NOTES = SHARED / "seed" / "lecture_notes_weeks_1-5.txt"
QUESTIONS = SHARED / "eval" / "dev_questions.jsonl"
ASKED = (
    "what is GRU's reset gate",
    "리셋 게이트가 뭐야?",
    "셀프 어텐션의 장점을 알려줘",
    "How many patches does a 224x224 image give?",
    "과적합을 막는 방법은?",
    "LSTM이랑 GRU는 뭐가 달라?",
)
"""Questions that the bundled course answers."""
ROUNDS = 20
T = TypeVar("T")


def main() -> None:
    """Print every table."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        print(f"{'measure':44}{'figure':>16}")
        seconds, tutor = _timed(lambda: Tutor.open(home, llm="reader"))
        chunks = len(tutor.chunks([BUNDLED]))
        _row(f"index the bundled course ({chunks} chunks)", f"{seconds:.1f} s")
        _speed(tutor)
        _row("`tutor ask` from cold, indexed home", f"{_cold(home):.1f} s")
        seconds, batch = _timed(lambda: tutor.quiz(QuizRequest(count=500, courses=(BUNDLED,))))
        _row(f"{len(batch.items)} gated quiz items", f"{seconds:.1f} s")
        report(tutor)
        _student(tutor)


def _speed(tutor: Tutor) -> None:
    searches, answers, first = [], [], []
    for question in ASKED * ROUNDS:
        searches.append(1000 * _timed(lambda q=question: tutor.search(q, courses=[BUNDLED]))[0])
        answer = tutor.ask(question, courses=[BUNDLED])
        answers.append(answer.timings.total_ms)
        first.append(answer.timings.first_token_ms)
    for name, values in (("search", searches), ("first token", first), ("answer", answers)):
        _row(f"{name}, p50 / p95", f"{_share(values, 0.5):.1f} / {_share(values, 0.95):.1f} ms")


def _cold(home: Path) -> float:
    command = [sys.executable, "-m", "tutor", "ask", ASKED[0], "--home", str(home)]
    environment = os.environ | {"TUTOR_LLM": "reader"}
    return statistics.median(
        _timed(lambda: subprocess.run(command, env=environment, capture_output=True, check=True))[0]
        for _ in range(3)
    )


def _student(tutor: Tutor) -> None:
    if not (NOTES.is_file() and QUESTIONS.is_file()):
        print("\nThe student's notes are not here: their questions are left out.")
        return
    ingest(tutor.library, [NOTES], "student", tutor.encoder)
    questions = read_questions(QUESTIONS)
    print("\nRetrieval on the student's notes (MRR@10 of a right lecture)")
    for name, kept in _by_language(questions):
        _row(name, f"{statistics.fmean(_reciprocal(tutor, q) for q in kept):.3f}")
    print("\nAnswers on the student's notes")
    print(as_table(evaluate(tutor, questions, ["student"])))


def _by_language(questions: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    answerable = [q for q in questions if q.gold_lectures]
    groups = [("all", answerable)]
    for language in sorted({q.language for q in answerable}):
        groups.append((language, [q for q in answerable if q.language == language]))
    return groups


def _reciprocal(tutor: Tutor, question: Question) -> float:
    """1 / rank of the first hit from a lecture that answers, 0 without one among ten."""
    alone = standalone(question.question, question.history)
    for hit in tutor.search(alone, courses=["student"], k=10).hits:
        if f"{hit.chunk.place.week}-{hit.chunk.place.lecture}" in question.gold_lectures:
            return 1 / hit.rank
    return 0.0


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _share(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def _row(name: str, figure: str) -> None:
    print(f"{name:44}{figure:>16}")


if __name__ == "__main__":
    main()
