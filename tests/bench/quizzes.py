"""The quiz part of the benchmark: can a generated bank be guessed, and what does the gate find."""

from __future__ import annotations

from ingest.build import BUNDLED
from tests.tutor.quiz.labelled import figures
from tutor.quiz.audit import audit
from tutor.quiz.generate import QuizRequest
from tutor.tutor import Tutor


def report(tutor: Tutor) -> None:
    """Print the tables of docs/benchmarks.md."""
    for language in ("ko", "en"):
        request = QuizRequest(count=500, courses=(BUNDLED,), language=language)
        items = tutor.quiz(request).items
        print(f"\nGuessing {len(items)} items ({language}) without the notes")
        for found in audit(items):
            share = f"{found.right}/{found.items} ({found.expected:.1f} by chance)"
            print(f"{found.solver:36}{share:>28}   p = {found.p:.3f}")
    print("\nThe gate on the labelled set")
    figures.main()
