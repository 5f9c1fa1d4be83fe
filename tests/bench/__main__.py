"""`python -m tests.bench`: the figures of docs/benchmarks.md, printed as Markdown tables.

`python -m tests.bench retrieval speed` prints only those. The student's notes and their questions
are used where they lie beside the checkout, and left out where not.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench import language_model
from tests.bench.answers import print_answers
from tests.bench.page import print_page
from tests.bench.quizzes import report
from tests.bench.retrieval import print_retrieval
from tests.bench.sizes import print_sizes
from tests.bench.speed import print_speed
from tutor.tutor import Tutor

PARTS = ("retrieval", "speed", "sizes", "answers", "quizzes", "page", "models")


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument(
        "--sizes", action="store_true", help="a million rows and graphs too: minutes and 4 GB"
    )
    parser.add_argument(
        "--table", action="append", default=[], type=Path, help="a term table to try, repeatable"
    )
    options = parser.parse_args()
    unknown = set(options.parts) - {*PARTS}
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    parts = options.parts or PARTS
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        if "speed" in parts:
            print_speed(home)
        tutor = Tutor.open(home, llm="reader")
        if "retrieval" in parts:
            print_retrieval(tutor.library, tutor.encoder, options.table)
        if "answers" in parts:
            print_answers(tutor)
        if "sizes" in parts:
            print_sizes(tutor.library, tutor.encoder, million=options.sizes)
        if "quizzes" in parts:
            report(tutor)
        if "page" in parts:
            print_page(home)
    if "models" in parts:
        language_model.table()


if __name__ == "__main__":
    main()
