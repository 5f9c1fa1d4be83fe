"""`python -m tests.tutor.quiz.labelled.figures`: detection and false rejects of the gate."""

from __future__ import annotations

from collections import Counter, defaultdict

from tests.tutor.quiz.labelled.broken import broken, broken_sets
from tests.tutor.quiz.labelled.good import by_hand, read_one_by_one
from tutor.quiz.item import Item
from tutor.quiz.problem import MESSAGES
from tutor.quiz.validate import batch_problems, passes, problems


def detection() -> dict[str, tuple[int, int]]:
    """By code: how many of the items broken in that way were found to be, and how many there are."""
    found: dict[str, list[bool]] = defaultdict(list)
    for code, item in broken():
        found[code].append(code in {problem.code for problem in problems(item)})
    for item in [*by_hand()[:4], *by_hand()[-4:]]:
        # the note was changed after the item was made
        problem_codes = {p.code for p in problems(item, document_text=lambda c, d: "other words")}
        found["quote_not_found"].append("quote_not_found" in problem_codes)
    for code, items in broken_sets():
        found[code].append(code in {problem.code for problem in batch_problems(items)})
    return {code: (sum(hits), len(hits)) for code, hits in found.items()}


def false_alarms(items: list[Item]) -> tuple[int, Counter[str]]:
    """How many good items the gate refuses, and how often each check speaks up over them."""
    refused, codes = 0, Counter[str]()
    for item in items:
        found = problems(item)
        refused += not passes(found)
        codes.update(problem.code for problem in found)
    return refused, codes


def main() -> None:
    """Print the tables of docs/benchmarks.md."""
    hand, read = by_hand(), read_one_by_one()
    refused, alarms = false_alarms(hand)
    refused_read, alarms_read = false_alarms(read)
    print(f"good items refused: by hand {refused}/{len(hand)}, read {refused_read}/{len(read)}\n")
    print("| check | level | found | of | on good items |\n|---|---|---|---|---|")
    for code, (hits, count) in detection().items():
        wrong = alarms[code] + alarms_read[code]
        print(
            f"| {code} | {MESSAGES[code][0]} | {hits} | {count} | {wrong}/{len(hand) + len(read)} |"
        )


if __name__ == "__main__":
    main()
