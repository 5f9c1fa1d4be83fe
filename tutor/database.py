"""A connection to one of the home's databases, and a transaction on it. Knows no tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

PATIENCE = 30.0
"""Seconds that a writer waits for another one."""


@contextmanager
def connection(
    path: Path, synchronous: Literal["NORMAL", "FULL"] = "FULL"
) -> Iterator[sqlite3.Connection]:
    """An open database in autocommit mode, closed afterwards.

    Args:
        path: its file.
        synchronous: FULL where not even a power cut may lose the last commit.
    """
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute(f"PRAGMA synchronous = {synchronous}")
        yield db
    finally:
        db.close()


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Everything inside, or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
