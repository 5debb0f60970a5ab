"""Answers already paid for and what every call has cost, in one SQLite file: a resumed run does not ask them again."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from pathlib import Path

from mavin.ledger import LlmUsage
from scripting.llm.base import Answer

__all__ = ["AnswerCache"]


class AnswerCache:
    """Answers by key, in a file that survives a kill; safe to use from several threads.

    The cache only ever saves work: where its file cannot be read or written (a full disk, a broken
    file), it stops caching and says why in :attr:`problem`, and the run goes on.

    Args:
        path: the file; its folder must exist.

    Attributes:
        problem: why nothing is cached any more, or ``None``.
    """

    def __init__(self, path: Path) -> None:
        self.problem: str | None = None
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = sqlite3.connect(path, timeout=5, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)")
            self._connection.execute("CREATE TABLE IF NOT EXISTS costs (agent TEXT NOT NULL, cost TEXT NOT NULL)")
        except sqlite3.Error as error:
            self._stop(f"the answer cache cannot be opened: {error}")

    def get(self, key: str) -> Answer | None:
        """The answer kept under this key, or ``None``."""
        with self._lock:
            if self._connection is None:
                return None
            try:
                row = self._connection.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
                return None if row is None else Answer(**json.loads(row[0]))
            except (sqlite3.Error, ValueError, TypeError) as error:
                self._stop(f"the answer cache cannot be read: {error}")
                return None

    def put(self, key: str, answer: Answer) -> None:
        """Keeps an answer, committed before this returns."""
        text = json.dumps(
            {
                "data": answer.data,
                "prompt_tokens": answer.prompt_tokens,
                "cached_tokens": answer.cached_tokens,
                "completion_tokens": answer.completion_tokens,
                "seconds": answer.seconds,
                "raw": answer.raw,
            },
            ensure_ascii=False,
        )
        with self._lock:
            if self._connection is None:
                return
            try:
                self._connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, text))
            except sqlite3.Error as error:
                self._stop(f"the answer cache cannot be written: {error}")

    def charge(self, agent: str, usage: LlmUsage) -> None:
        """Adds what a call of an agent has cost, whether or not it brought an answer."""
        with self._lock:
            if self._connection is None:
                return
            try:
                self._connection.execute("INSERT INTO costs VALUES (?, ?)", (agent, usage.model_dump_json()))
            except sqlite3.Error as error:
                self._stop(f"the answer cache cannot be written: {error}")

    def charged(self) -> list[tuple[str, LlmUsage]]:
        """The agent and the cost of every call since the run was begun."""
        with self._lock:
            if self._connection is None:
                return []
            try:
                rows = self._connection.execute("SELECT agent, cost FROM costs ORDER BY rowid").fetchall()
                return [(agent, LlmUsage.model_validate_json(cost)) for agent, cost in rows]
            except (sqlite3.Error, ValueError) as error:
                self._stop(f"the answer cache cannot be read: {error}")
                return []

    def close(self) -> None:
        """Closes the file; afterwards nothing is found or kept."""
        with self._lock:
            if self._connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.close()
            self._connection = None

    def _stop(self, problem: str) -> None:
        self.problem = problem
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
