"""`python tests/bench/follow_ups.py [FILE COURSE]...`: do follow-ups find a lecture that answers?

Without arguments the conversations of tests/data and the gold set over the bundled course. The home
Without arguments: the conversations of tests/data and the gold set, bundled course. The home
answer.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ingest.build import BUNDLED
from tutor.evaluate import read_questions
from tutor.scoring import Question
from tutor.tutor import Tutor

ROOT = Path(__file__).parents[2]
FILES = (ROOT / "tests" / "data" / "follow_ups.jsonl", ROOT / "corpus/gold/questions.jsonl")


def main(arguments: list[str]) -> None:
    """Print, for each file, how many are answered at rank 1 and among the first three."""
    pairs = list(zip(arguments[::2], arguments[1::2], strict=True))
    tutor = Tutor.open(llm="reader")
    for file, course in pairs or [(str(path), BUNDLED) for path in FILES]:
        asked = [q for q in read_questions(Path(file)) if q.history and q.gold_lectures]
        ranks = [_rank(tutor, question, course) for question in asked]
        first, three = ranks.count(1), sum(0 < rank <= 3 for rank in ranks)
        print(f"{file}: {len(ranks)} follow-ups, rank 1: {first}, rank 1-3: {three}")


def _rank(tutor: Tutor, question: Question, course: str) -> int:
    """The rank of the first hit from a lecture that answers, 0 without one among ten."""
    found = tutor.search(question.question, history=question.history, courses=[course])
    for hit in found.hits:
        if f"{hit.chunk.place.week}-{hit.chunk.place.lecture}" in question.gold_lectures:
            return hit.rank
    return 0


if __name__ == "__main__":
    main(sys.argv[1:])
