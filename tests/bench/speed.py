"""How fast: ingest and cold starts as a user meets them, and queries of one core.

Wall-clock and CPU time side by side: on a busy machine only the second means something.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ingest.build import BUNDLED, BUNDLED_FOLDER
from tests.bench.retrieval import TRAINING
from tests.bench.table import show
from tutor.quiz.generate import QuizRequest
from tutor.tutor import Tutor

COURSE = "thousand"
NOTES = (BUNDLED_FOLDER, TRAINING / "dl-plain" / "notes", TRAINING / "stats-mixed" / "notes")
"""About a thousand chunks, Korean and English."""
FRESH = "리셋 게이트가 하는 일이 뭐야?"
ENVIRONMENT = os.environ | {"TUTOR_LLM": "reader"}


def print_speed(home: Path) -> None:
    """The speed table of docs/benchmarks.md."""
    tutor(home, "status")  # makes the bundled course, which is not what is measured
    rows = []
    (wall, cpu), said = _cost(
        lambda: tutor(home, "ingest", *map(str, NOTES), "--course", COURSE, "--json")
    )
    chunks = json.loads(said)["chunks"]
    rows.append(
        [f"`tutor ingest` of {chunks} chunks, loading included", f"{wall:.1f} s", f"{cpu:.1f} s"]
    )
    rows.append(["… chunks a second", f"{chunks / wall:.0f}", f"{chunks / cpu:.0f}"])
    for command in ("search", "ask"):
        costs = [_cost(lambda c=command: tutor(home, c, FRESH))[0] for _ in range(3)]
        wall, cpu = (statistics.median(column) for column in zip(*costs, strict=True))
        rows.append([f"`tutor {command}` from cold, indexed home", f"{wall:.1f} s", f"{cpu:.1f} s"])
    rows += query_rows(measured(home, COURSE))
    (wall, cpu), batch = _cost(lambda: _quiz(home), of_children=False)
    rows.append(
        [f"{len(batch.items)} quiz items through the gate", f"{wall:.1f} s", f"{cpu:.1f} s"]
    )
    show("Speed", ["measure", "wall-clock", "CPU"], rows)


def query_rows(found: dict[str, Any]) -> list[list[str]]:
    """A row for each thing that is asked of a course, p50 / p95."""
    names = {
        "passages": "find passages, encoder included",
        "search": "`search`: passages and confidence",
        "ask": "`ask`: the reader's whole answer",
    }
    return [
        [
            f"{name}, p50 / p95 of {found[key]['n']} ({found['chunks']} chunks, one core)",
            f"{found[key]['wall_p50']:.1f} / {found[key]['wall_p95']:.1f} ms",
            f"{found[key]['cpu_p50']:.1f} / {found[key]['cpu_p95']:.1f} ms",
        ]
        for key, name in names.items()
    ]


def measured(home: Path, course: str) -> dict[str, Any]:
    """What `tests.bench.queries` finds, in a process of its own with one thread."""
    one = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")}
    command = [sys.executable, "-m", "tests.bench.queries", str(home), course]
    ran = subprocess.run(
        command, env=ENVIRONMENT | one, stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def tutor(home: Path, *arguments: str) -> str:
    """What a command writes to stdout."""
    command = [sys.executable, "-m", "tutor", arguments[0], "--home", str(home), *arguments[1:]]
    ran = subprocess.run(
        command, env=ENVIRONMENT, capture_output=True, check=True, encoding="utf-8"
    )
    return ran.stdout


def _quiz(home: Path):
    return Tutor.open(home, llm="reader").quiz(QuizRequest(count=500, courses=(BUNDLED,)))


def _cost(work: Callable[[], Any], *, of_children: bool = True) -> tuple[Sequence[float], Any]:
    """Seconds of wall-clock and of CPU time, and the result."""
    started, used = time.perf_counter(), os.times()
    result = work()
    wall, now = time.perf_counter() - started, os.times()
    at = slice(2, 4) if of_children else slice(0, 2)
    return (wall, sum(now[at]) - sum(used[at])), result
