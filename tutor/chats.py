"""The conversations of a home: what was asked, what was answered, on which sentences.

Knows tables and the shape of an answer; knows nothing about how one is found or shown. Every
writing method is one transaction: what it returned from survives the end of the process. A power
cut may take the last seconds: waiting for the disk, as the quiz bank does, would delay every first
word.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from ingest.document import Chunk
from ingest.errors import HomeNewer, HomeReadOnly
from tutor.database import connection, transaction
from tutor.follow_up import Turn
from tutor.source import Answer, Citation, Engine, Near, Timings

VERSION = 1
TITLE = 60
"""Characters of the first question that name a chat."""
LONGEST_TITLE = 120

_SCHEMA = """
CREATE TABLE chats (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    changed TEXT NOT NULL
);
CREATE TABLE messages (
    chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    answer TEXT,
    PRIMARY KEY (chat, number)
);
"""


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation; `changed` is in UTC."""

    id: str
    title: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A question, or what was said to it.

    Args:
        answer: None for a question, and for an answer that was cut short: `text` is what there was.
    """

    role: Literal["user", "assistant"]
    text: str
    answer: Answer | None = None


class Chats:
    """The chats of one home. May be shared between threads and processes, like the bank."""

    def __init__(self, path: Path) -> None:
        """Opens the database and makes it where there is none.

        Raises:
            HomeNewer: a newer version of the program wrote it.
            HomeReadOnly: the file or its folder cannot be written to.
        """
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._connection() as db:
                db.execute("PRAGMA journal_mode = WAL")
                self._prepare(db)
            # while one connection is open, closing another does not wait for the disk
            held = sqlite3.connect(path, check_same_thread=False)
            held.execute("SELECT COUNT(*) FROM chats").fetchone()
            weakref.finalize(self, held.close)
        except (OSError, sqlite3.OperationalError) as error:
            raise HomeReadOnly(
                f"The chats cannot be written: {error}.",
                "Make the folder writable, or give another home with --home.",
            ) from error

    def all(self) -> list[Chat]:
        """Every chat, the latest first."""
        with self._connection() as db:
            rows = db.execute("SELECT id, title, changed FROM chats ORDER BY changed DESC, rowid")
            return [Chat(name, title, datetime.fromisoformat(at)) for name, title, at in rows]

    def get(self, chat: str) -> Chat | None:
        """The chat of this id, None where there is none."""
        return next((found for found in self.all() if found.id == chat), None)

    def start(self, question: str) -> str:
        """Begins a chat, named after its first question, which is not yet in it.

        Returns:
            Its id.
        """
        name = secrets.token_hex(6)
        line = " ".join(question.split())
        title = line if len(line) <= TITLE else line[:TITLE].rstrip() + "…"
        with self._transaction() as db:
            db.execute("INSERT INTO chats VALUES (?, ?, ?)", (name, title, _now()))
        return name

    def rename(self, chat: str, title: str) -> bool:
        """Gives a chat another name; an empty one changes nothing. Whether it was renamed."""
        line = " ".join(title.split())[:LONGEST_TITLE]
        with self._transaction() as db:
            query = "UPDATE chats SET title = ? WHERE id = ?"
            return bool(line) and db.execute(query, (line, chat)).rowcount > 0

    def delete(self, chat: str) -> bool:
        """Takes a chat away with all that was said. Whether it was there."""
        with self._transaction() as db:
            return db.execute("DELETE FROM chats WHERE id = ?", (chat,)).rowcount > 0

    def messages(self, chat: str) -> list[Message]:
        """What was said in a chat, in order; nothing where there is no such chat."""
        with self._connection() as db:
            rows = db.execute(
                "SELECT role, text, answer FROM messages WHERE chat = ? ORDER BY number", (chat,)
            ).fetchall()
        return [
            Message(role, text, _answer(json.loads(answer)) if answer else None)
            for role, text, answer in rows
        ]

    def turns(self, chat: str) -> list[Turn]:
        """The chat as follow-ups are read against it."""
        return [Turn(said.role, said.text) for said in self.messages(chat)]

    def ask(self, chat: str, question: str) -> None:
        """Adds a question."""
        self._add(chat, "user", question, None)

    def reply(self, chat: str, answer: Answer) -> None:
        """Adds a complete answer."""
        self._add(chat, "assistant", answer.text, json.dumps(_record(answer), ensure_ascii=False))

    def cut_short(self, chat: str, text: str) -> None:
        """Adds as much of an answer as there was when it was stopped."""
        self._add(chat, "assistant", text, None)

    def take_back(self, chat: str) -> str:
        """Takes the last question out with everything after it.

        Returns:
            The question, "" where there was none.
        """
        with self._transaction() as db:
            row = db.execute(
                "SELECT number, text FROM messages WHERE chat = ? AND role = 'user'"
                " ORDER BY number DESC LIMIT 1",
                (chat,),
            ).fetchone()
            if row is None:
                return ""
            db.execute("DELETE FROM messages WHERE chat = ? AND number >= ?", (chat, row[0]))
            return str(row[1])

    def _add(self, chat: str, role: str, text: str, answer: str | None) -> None:
        """Adds a message; a chat that was deleted meanwhile, in another window, stays deleted."""
        with self._transaction() as db:
            there = db.execute("UPDATE chats SET changed = ? WHERE id = ?", (_now(), chat))
            if there.rowcount:
                db.execute(
                    "INSERT INTO messages SELECT ?, COALESCE(MAX(number), 0) + 1, ?, ?, ?"
                    " FROM messages WHERE chat = ?",
                    (chat, role, _whole(text), answer, chat),
                )

    def _prepare(self, db: sqlite3.Connection) -> None:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise HomeNewer(
                "The chats were written by a newer version of Lecture Tutor.",
                "Update the program, or give another home with --home.",
            )
        if version == VERSION:
            return
        db.execute("BEGIN IMMEDIATE")
        # another process may have made the tables while we waited for the lock
        if db.execute("PRAGMA user_version").fetchone()[0] == 0:
            for statement in filter(str.strip, _SCHEMA.split(";")):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with connection(self._path, "NORMAL") as db:
            yield db

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside, or nothing."""
        with self._connection() as db, transaction(db):
            yield db


def _record(answer: Answer) -> dict[str, Any]:
    """An answer with the passages it rests on, so that it reads the same without the notes."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "text": _whole(answer.text),
        "answered": answer.answered,
        "reason": answer.reason,
        "citations": [
            {"n": c.n, "quote": c.quote, "start": c.start, "end": c.end, "chunk": c.chunk.to_dict()}
            for c in answer.citations
        ],
        "near": [near.chunk.to_dict() for near in answer.near],
        "engine": asdict(answer.engine),
        "timings": asdict(answer.timings),
    }


def _answer(data: dict[str, Any]) -> Answer:
    return Answer(
        **{
            **data,
            "citations": tuple(
                Citation(**{**cited, "chunk": Chunk.from_dict(cited["chunk"])})
                for cited in data["citations"]
            ),
            "near": tuple(Near(Chunk.from_dict(chunk)) for chunk in data["near"]),
            "engine": Engine(**data["engine"]),
            "timings": Timings(**data["timings"]),
        }
    )


def _now() -> str:
    """UTC in ISO form, which sorts as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _whole(text: str) -> str:
    """Without halves of surrogate pairs, which a browser may send and no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
