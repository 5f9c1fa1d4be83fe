"""`python -m tests.bench.queries HOME COURSE`: one process, one core, questions never seen before.

Started by `tests.bench.speed` and `tests.bench.sizes`; prints JSON. Every question is asked once
and each measure has questions of its own, because analysed texts are remembered.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.retrieval import question_sets
from tests.bench.table import share_of
from tutor.tutor import Tutor


def main() -> None:
    """Measure searching and answering in the course of a home."""
    home, course = Path(sys.argv[1]), sys.argv[2]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    before = _megabytes()
    tutor = Tutor.open(home, llm="reader")
    retriever = tutor.retriever([course])
    after = _megabytes()
    for question in ("처음 묻는 질문은 무엇이에요?", "what is asked first?"):
        tutor.ask(question, courses=[course])
    asked = _questions()
    print(
        json.dumps(
            {
                "chunks": len(retriever.chunks),
                "opened_mb": before and after - before,
                "running_mb": before and _megabytes(),
                "passages": _measured(retriever.search, asked[0::3]),
                "search": _measured(lambda q: tutor.search(q, courses=[course]), asked[1::3]),
                "ask": _measured(lambda q: tutor.ask(q, courses=[course]), asked[2::3]),
            }
        )
    )


def _questions() -> list[str]:
    parts = [part for of in question_sets().values() for part in of]
    alone = (q.question for part in parts for q in part.questions if not q.history)
    return sorted(set(alone), key=lambda question: question[::-1])  # languages and courses mixed


def _measured(work: Callable[[str], object], questions: list[str]) -> dict[str, float]:
    """Milliseconds of wall-clock and of CPU time: the median and the 95th percentile."""
    wall, cpu = [], []
    for question in questions:
        started, used = time.perf_counter(), time.process_time()
        work(question)
        cpu.append(1000 * (time.process_time() - used))
        wall.append(1000 * (time.perf_counter() - started))
    return {
        "n": len(questions),
        "wall_p50": share_of(wall, 0.5),
        "wall_p95": share_of(wall, 0.95),
        "cpu_p50": share_of(cpu, 0.5),
        "cpu_p95": share_of(cpu, 0.95),
    }


def _megabytes() -> float | None:
    """Memory held by this process; None where the system does not say so in a file."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
