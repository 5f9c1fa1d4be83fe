"""The steps that bring a quiz database up to date. Append only: no step is ever edited.

Knows SQL; knows nothing about what the tables mean to the rest of the program.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from ingest.errors import HomeNewer


def m001_initial(db: sqlite3.Connection) -> None:
    """Items, the attempts at them, and the memory state of each."""
    db.execute(
        """CREATE TABLE items (
            id TEXT PRIMARY KEY,
            course TEXT NOT NULL,
            document TEXT NOT NULL,
            week INTEGER,
            lecture INTEGER,
            kind TEXT NOT NULL,
            fact TEXT NOT NULL,
            body TEXT NOT NULL,
            dropped INTEGER NOT NULL DEFAULT 0
        )"""
    )
    db.execute("CREATE INDEX items_by_course ON items (course, week, lecture)")
    db.execute(
        """CREATE TABLE attempts (
            number INTEGER PRIMARY KEY,
            item TEXT NOT NULL REFERENCES items (id),
            at TEXT NOT NULL,
            response TEXT NOT NULL,
            score REAL NOT NULL,
            verdict TEXT NOT NULL
        )"""
    )
    db.execute("CREATE INDEX attempts_by_item ON attempts (item, number)")
    db.execute(
        """CREATE TABLE memory (
            item TEXT PRIMARY KEY REFERENCES items (id),
            due TEXT NOT NULL,
            card TEXT NOT NULL
        )"""
    )
    db.execute("CREATE INDEX memory_by_due ON memory (due)")


def m002_retired_and_corrected(db: sqlite3.Connection) -> None:
    """Items whose passage is gone, what learners corrected, and what an attempt started from."""
    db.execute("ALTER TABLE items ADD COLUMN retired INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE items ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE attempts ADD COLUMN before TEXT")
    db.execute("ALTER TABLE attempts ADD COLUMN overruled INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE TABLE notes (course TEXT PRIMARY KEY, stamp TEXT NOT NULL)")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    m001_initial,
    m002_retired_and_corrected,
)


def migrate(db: sqlite3.Connection) -> None:
    """Runs the steps that have not run yet, each with its note in one transaction.

    Args:
        db: a connection in autocommit mode (`isolation_level=None`).

    Raises:
        HomeNewer: when the database has been through a step that this program does not know.
    """
    db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
    done = {name for (name,) in db.execute("SELECT name FROM migrations")}
    unknown = done - {step.__name__ for step in MIGRATIONS}
    if unknown:
        raise HomeNewer(
            f"The quiz database was written by a newer version ({', '.join(sorted(unknown))}).",
            "Update the program, or give another home with --home.",
        )
    for step in MIGRATIONS:
        if step.__name__ not in done:
            _run(db, step)


def _run(db: sqlite3.Connection, step: Callable[[sqlite3.Connection], None]) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        # another process may have run it while we waited for the lock
        if not db.execute("SELECT 1 FROM migrations WHERE name = ?", (step.__name__,)).fetchone():
            step(db)
            db.execute("INSERT INTO migrations VALUES (?)", (step.__name__,))
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
