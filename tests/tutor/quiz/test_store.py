from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.errors import HomeNewer, HomeReadOnly
from tests.tutor.quiz.samples import GOOD_EN, GOOD_KO, item
from tutor.quiz.store import Attempt, Bank, Memory, fact_of

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank(tmp_path / "집 home" / "quiz.sqlite")


def test_items_are_kept_once(bank):
    assert bank.add([item(GOOD_KO), item(GOOD_EN)]) == 2
    assert bank.add([item(GOOD_KO)]) == 0
    assert bank.items() == [item(GOOD_KO), item(GOOD_EN)]
    assert bank.items(["coffee"]) == bank.items()
    assert bank.items(["tea"]) == []
    assert bank.get(item(GOOD_KO).id) == item(GOOD_KO)
    assert bank.get("nothing") is None


def test_a_dropped_item_does_not_come_back(bank):
    bank.add([item(GOOD_KO)])
    assert bank.delete(item(GOOD_KO).id)
    assert not bank.delete(item(GOOD_KO).id)
    assert bank.add([item(GOOD_KO)]) == 0
    assert bank.items() == []


def test_an_attempt_and_its_date_are_one(bank):
    made = item(GOOD_KO)
    bank.add([made])
    attempt = Attempt(made.id, NOON, [0, "가"], 0.5, "partly")
    bank.record(attempt, Memory(made.id, NOON, {"state": 1}))
    bank.record(attempt, Memory(made.id, NOON, {"state": 2}))
    assert bank.attempts(made.id) == [attempt, attempt] == bank.attempts()
    assert bank.memory(made.id) == Memory(made.id, NOON, {"state": 2})
    assert bank.memories(["tea"]) == {}
    with pytest.raises(sqlite3.IntegrityError):
        bank.record(Attempt("unknown", NOON, 1, 0.0, "not"), Memory("unknown", NOON, {}))
    assert len(bank.attempts()) == 2


def test_what_is_written_is_there_for_the_next_process(bank, tmp_path):
    bank.add([item(GOOD_KO)])
    assert Bank(tmp_path / "집 home" / "quiz.sqlite").items() == [item(GOOD_KO)]


def test_a_newer_database_is_refused(bank, tmp_path):
    path = tmp_path / "집 home" / "quiz.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO migrations VALUES ('m999_from_the_future')")
    db.close()
    with pytest.raises(HomeNewer) as caught:
        Bank(path)
    assert "m999_from_the_future" in caught.value.message


def test_a_first_version_database_is_opened(tmp_path):
    path = tmp_path / "old.sqlite"
    db = sqlite3.connect(path)
    db.executescript(
        """CREATE TABLE migrations (name TEXT PRIMARY KEY);
        INSERT INTO migrations VALUES ('m001_initial');
        CREATE TABLE items (id TEXT PRIMARY KEY, course TEXT NOT NULL, document TEXT NOT NULL,
            week INTEGER, lecture INTEGER, kind TEXT NOT NULL, fact TEXT NOT NULL,
            body TEXT NOT NULL, dropped INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE attempts (number INTEGER PRIMARY KEY, item TEXT NOT NULL, at TEXT NOT NULL,
            response TEXT NOT NULL, score REAL NOT NULL, verdict TEXT NOT NULL);
        CREATE TABLE memory (item TEXT PRIMARY KEY, due TEXT NOT NULL, card TEXT NOT NULL);"""
    )
    db.close()
    bank = Bank(path)
    bank.add([item(GOOD_EN)])
    assert bank.items() == [item(GOOD_EN)]


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user"
)
def test_a_home_that_cannot_be_written(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(HomeReadOnly):
            Bank(tmp_path / "quiz.sqlite")
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_in_the_way_is_told(tmp_path):
    (tmp_path / "quiz.sqlite").mkdir()
    with pytest.raises(HomeReadOnly):
        Bank(tmp_path / "quiz.sqlite")


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tests.tutor.quiz.samples import GOOD_KO, item
from tutor.quiz.store import Attempt, Bank, Memory
bank = Bank(Path(sys.argv[1]))
made = item(GOOD_KO)
bank.add([made])
now = datetime(2026, 3, 1, tzinfo=UTC)
for number in range(100000):
    bank.record(Attempt(made.id, now, number, 1.0, "correct"), Memory(made.id, now, {"n": number}))
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a Unix signal")
def test_a_killed_writer_loses_nothing_it_reported(tmp_path):
    path = tmp_path / "quiz.sqlite"
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as writer:
        assert writer.stdout is not None
        reported = [int(writer.stdout.readline()) for _ in range(20)]
        time.sleep(0.05)
        writer.send_signal(signal.SIGKILL)
        reported += [int(line) for line in writer.stdout.read().splitlines() if line.strip()]
    bank = Bank(path)
    kept = [attempt.response for attempt in bank.attempts()]
    assert kept[: len(reported)] == reported
    assert len(kept) - len(reported) <= 1
    memory = bank.memory(item(GOOD_KO).id)
    assert memory is not None
    assert memory.card == {"n": kept[-1]}


def test_variants_of_one_question_share_their_fact():
    other = item(GOOD_KO, kind="true_false", options=["참", "거짓"], key=[0])
    assert fact_of(other) == fact_of(item(GOOD_KO)) != fact_of(item(GOOD_EN))
