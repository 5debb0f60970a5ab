"""``embedded``: a GGUF model of the store in this process; no server, no network."""

from __future__ import annotations

import threading
from pathlib import Path

from mavin.errors import BackendError
from scripting.llm.base import Answer, Question, call_timeout
from scripting.llm.engine import Engine, import_xllamacpp

__all__ = ["CALL_TIMEOUT_SECONDS", "EmbeddedBackend"]

CALL_TIMEOUT_SECONDS = 120.0
"""Longest the model may take over one question; ``$MAVIN_LLM_TIMEOUT`` (seconds) overrides it."""

_SMALL_BYTES = 3_000_000_000  # Q4 files below this are models of less than some 5 billion parameters


class EmbeddedBackend:
    """One GGUF model in this process; backends of the same file share it.

    The model is loaded at the first question, so that making a backend is cheap and fails early.

    Args:
        uri: as given to ``connect``.
        path: the GGUF file.

    Raises:
        BackendError: if the extra ``embedded`` is not installed.
        UsageError: if ``MAVIN_LLM_TIMEOUT`` is no number.
    """

    parallel = 1

    def __init__(self, uri: str, path: Path) -> None:
        import_xllamacpp()
        self.uri = uri
        self.model = path.stem
        self.call_timeout = call_timeout(CALL_TIMEOUT_SECONDS)
        self.failure_budget = 1.5 * self.call_timeout
        self.small = path.stat().st_size < _SMALL_BYTES
        self._path = path
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._closed = False

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        """Answers under the schema's grammar; stops the model when the time is up."""
        with self._lock:
            if self._closed:
                raise BackendError("The embedded model has been closed; connect again.")
            if self._engine is None:
                self._engine = Engine.acquire(self._path)
            engine = self._engine
        return engine.complete(question, seed=seed, timeout=timeout)

    def close(self) -> None:
        """Frees the model's memory, unless another backend still uses it."""
        with self._lock:
            engine, self._engine, self._closed = self._engine, None, True
        if engine is not None:
            engine.release()
