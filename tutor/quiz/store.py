"""The bank: items kept, every attempt at them, and when each comes back. The one door to sqlite.

Knows tables; knows nothing about grading or scheduling. Every writing method is one transaction, in
write-ahead mode with full synchronisation: what it returned from survives a crash of the machine.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.document import content_hash
from ingest.errors import HomeReadOnly
from tutor.database import connection, transaction
from tutor.quiz.item import Item
from tutor.quiz.migrations import migrate

_ATTEMPT = "item, at, response, score, verdict, overruled"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to one item.

    Args:
        at: in UTC.
        response: as it was given; anything JSON can hold.
        score: 0..1.
        overruled: whether the learner graded it otherwise.
    """

    item: str
    at: datetime
    response: object
    score: float
    verdict: str
    overruled: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """When an item is due, and the scheduler's own record of it.

    Args:
        due: in UTC.
        card: what `practice` makes of it; plain JSON values.
    """

    item: str
    due: datetime
    card: dict[str, Any]


class Bank:
    """The items of one home.

    Every method opens its own connection, so a bank may be shared between threads, and several
    processes may work on one file.
    """

    def __init__(self, path: Path) -> None:
        """Opens the database, makes it where there is none, and brings it up to date.

        Raises:
            HomeNewer: when a newer version of the program wrote it.
            HomeReadOnly: when the file or its folder cannot be written to.
        """
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._connection() as db:
                db.execute("PRAGMA journal_mode = WAL")
                migrate(db)
        except (OSError, sqlite3.OperationalError) as error:
            raise HomeReadOnly(
                f"The quiz database cannot be written: {error}.",
                "Make the folder writable, or give another home with --home.",
            ) from error

    def add(self, items: Iterable[Item]) -> int:
        """Keeps items; one that is there already, or was dropped by the learner, stays as it is.

        Returns:
            How many were new.
        """
        rows = [_row(item) for item in items]
        with self._transaction() as db:
            before = _count(db)
            db.executemany(
                "INSERT OR IGNORE INTO items (id, course, document, week, lecture, kind, "
                "fact, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            return _count(db) - before

    def items(self, courses: Sequence[str] | None = None, *, retired: bool = False) -> list[Item]:
        """The items of some courses, or of all, in the order they were added.

        Those whose passage is gone from the notes are only among them with `retired`.
        """
        where, values = _in_courses(courses)
        shown = "NOT dropped" if retired else "NOT dropped AND NOT retired"
        query = f"SELECT body FROM items WHERE {shown} AND {where} ORDER BY rowid"
        with self._connection() as db:
            rows = db.execute(query, values).fetchall()
        return [_read(body) for (body,) in rows]

    def get(self, item_id: str) -> Item | None:
        """The item of this id, None where there is none."""
        with self._connection() as db:
            row = db.execute(
                "SELECT body FROM items WHERE id = ? AND NOT dropped", (item_id,)
            ).fetchone()
        return _read(row[0]) if row else None

    def delete(self, item_id: str) -> bool:
        """Takes an item out for good: it does not come back when it is generated again.

        Its attempts are kept. Returns whether it was there.
        """
        with self._transaction() as db:
            query = "UPDATE items SET dropped = 1 WHERE id = ? AND NOT dropped"
            return db.execute(query, (item_id,)).rowcount > 0

    def correct(self, item: Item) -> None:
        """Keeps the learner's version of an item in the place of the one that was generated."""
        with self._transaction() as db:
            body = json.dumps(item.to_dict(), ensure_ascii=False)
            query = "UPDATE items SET body = ?, corrected = 1 WHERE id = ?"
            db.execute(query, (body, item.id))

    def settle(self, course: str, stamp: str, found: Sequence[Item], gone: Sequence[str]) -> None:
        """Notes that a course's notes have changed: where passages are now, and which are gone.

        Args:
            course: whose items these are.
            stamp: what the notes are known by from now on.
            found: items whose passage is there, with its new place.
            gone: ids of items whose passage is not; their attempts are kept.
        """
        rows = [(*_row(item)[2:5], _row(item)[7], item.id) for item in found]
        with self._transaction() as db:
            db.executemany(
                "UPDATE items SET document = ?, week = ?, lecture = ?, body = ?, retired = 0"
                " WHERE id = ?",
                rows,
            )
            db.executemany("UPDATE items SET retired = 1 WHERE id = ?", [(name,) for name in gone])
            db.execute(
                "INSERT OR REPLACE INTO notes (course, stamp) VALUES (?, ?)", (course, stamp)
            )

    def stamps(self) -> dict[str, str]:
        """By course that has items: what its notes were known by when they were last compared."""
        query = (
            "SELECT DISTINCT items.course, COALESCE(stamp, '') FROM items"
            " LEFT JOIN notes ON notes.course = items.course WHERE items.course != ''"
        )
        with self._connection() as db:
            return dict(db.execute(query).fetchall())

    def record(self, attempt: Attempt, memory: Memory, also: Sequence[str] = ()) -> None:
        """Keeps an attempt and the item's new due date, both or neither.

        `also` names the other items that ask the same: what is remembered of one holds for them.
        """
        with self._transaction() as db:
            before = db.execute("SELECT card FROM memory WHERE item = ?", (memory.item,)).fetchone()
            db.execute(
                "INSERT INTO attempts (item, at, response, score, verdict, before)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    attempt.item,
                    _stamp(attempt.at),
                    json.dumps(attempt.response, ensure_ascii=False),
                    attempt.score,
                    attempt.verdict,
                    before and before[0],
                ),
            )
            _remember(db, memory, also)

    def last(self, item_id: str) -> tuple[Attempt, dict[str, Any] | None] | None:
        """The last attempt at an item, and the scheduler's record from before it."""
        query = f"SELECT {_ATTEMPT}, before FROM attempts WHERE item = ? ORDER BY number DESC"
        with self._connection() as db:
            row = db.execute(query, (item_id,)).fetchone()
        return (_attempt(row[:-1]), json.loads(row[-1]) if row[-1] else None) if row else None

    def overrule(self, attempt: Attempt, memory: Memory, also: Sequence[str] = ()) -> None:
        """Grades the last attempt at an item as `attempt` says, and what follows from it."""
        with self._transaction() as db:
            db.execute(
                "UPDATE attempts SET score = ?, verdict = ?, overruled = 1 WHERE number ="
                " (SELECT MAX(number) FROM attempts WHERE item = ?)",
                (attempt.score, attempt.verdict, attempt.item),
            )
            _remember(db, memory, also)

    def attempts(self, item_id: str | None = None) -> list[Attempt]:
        """The attempts at an item, or all, oldest first."""
        query = f"SELECT {_ATTEMPT} FROM attempts"
        with self._connection() as db:
            if item_id is None:
                rows = db.execute(f"{query} ORDER BY number").fetchall()
            else:
                rows = db.execute(f"{query} WHERE item = ? ORDER BY number", (item_id,)).fetchall()
        return [_attempt(row) for row in rows]

    def memory(self, item_id: str) -> Memory | None:
        """When an item is due, None where it has never been answered."""
        with self._connection() as db:
            row = db.execute(
                "SELECT item, due, card FROM memory WHERE item = ?", (item_id,)
            ).fetchone()
        return _memory(row) if row else None

    def memories(self, courses: Sequence[str] | None = None) -> dict[str, Memory]:
        """The state of every item that has been answered, by id."""
        where, values = _in_courses(courses)
        with self._connection() as db:
            rows = db.execute(
                "SELECT memory.item, due, card FROM memory JOIN items ON items.id = memory.item"
                f" WHERE NOT dropped AND NOT retired AND {where}",
                values,
            ).fetchall()
        return {row[0]: _memory(row) for row in rows}

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with connection(self._path, "FULL") as db:
            yield db

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside, or nothing."""
        with self._connection() as db, transaction(db):
            yield db


def fact_of(item: Item) -> str:
    """One name for the passage that items ask about: variants of one question share it.

    The document is no part of it, so that a renamed file keeps its history.
    """
    quotes = [f"{c.chunk.course}/{c.quote}" for c in item.citations]
    return content_hash(quotes or (item.stem,))


@lru_cache(maxsize=4_000)
def _read(body: str) -> Item:
    return Item.from_dict(json.loads(body))


def _remember(db: sqlite3.Connection, memory: Memory, also: Sequence[str]) -> None:
    db.executemany(
        "INSERT INTO memory (item, due, card) VALUES (?, ?, ?)"
        " ON CONFLICT (item) DO UPDATE SET due = excluded.due, card = excluded.card",
        [
            (name, _stamp(memory.due), json.dumps(memory.card))
            for name in dict.fromkeys((memory.item, *also))
        ],
    )


def _attempt(row: tuple[str, str, str, float, str, int]) -> Attempt:
    item, at, response, score, verdict, overruled = row
    moment = datetime.fromisoformat(at)
    return Attempt(item, moment, json.loads(response), score, verdict, bool(overruled))


def _row(item: Item) -> tuple[object, ...]:
    first = item.citations[0].chunk if item.citations else None
    return (
        item.id,
        first.course if first else "",
        first.document if first else "",
        first.place.week if first else None,
        first.place.lecture if first else None,
        item.kind.value,
        fact_of(item),
        json.dumps(item.to_dict(), ensure_ascii=False),
    )


def _memory(row: tuple[str, str, str]) -> Memory:
    return Memory(row[0], datetime.fromisoformat(row[1]), json.loads(row[2]))


def _in_courses(courses: Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    """An SQL condition on the course, and its values."""
    if courses is None:
        return "1", ()
    marks = ", ".join("?" for _ in courses)
    return f"course IN ({marks})", tuple(courses)


def _count(db: sqlite3.Connection) -> int:
    (count,) = db.execute("SELECT COUNT(*) FROM items").fetchone()
    return int(count)


def _stamp(moment: datetime) -> str:
    """UTC in ISO form, which sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
