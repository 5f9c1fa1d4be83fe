"""How well the reader answers: `tutor eval` over the student's questions and the gold set."""

from ingest.build import BUNDLED, ingest
from tests.bench.retrieval import ASKED_BY_STUDENT, GOLD, STUDENT
from tutor.evaluate import as_table, evaluate, read_questions
from tutor.tutor import Tutor


def print_answers(tutor: Tutor) -> None:
    """The tables of answers of docs/benchmarks.md."""
    print("\n### Answers over the bundled course, gold set\n")
    print(as_table(evaluate(tutor, read_questions(GOLD), [BUNDLED])))
    if not (STUDENT.is_file() and ASKED_BY_STUDENT.is_file()):
        print("The student's notes are not here: their questions are left out.")
        return
    ingest(tutor.library, [STUDENT], "student", tutor.encoder)
    print("### Answers over the student's notes\n")
    print(as_table(evaluate(tutor, read_questions(ASKED_BY_STUDENT), ["student"])))
