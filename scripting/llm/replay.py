"""``replay:FILE``: a recorded run, answered again without a model; ``replay:FILE?from=URI`` records.

The file holds one JSON object a line: what was asked (agent, key, attempt and a hash of messages and
schema), and the answer or why there was none.  A question is found by its hash, so a recording made
with other prompts is noticed instead of misread.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

from mavin.errors import BackendError, UsageError
from scripting.llm.answers import parse_answer
from scripting.llm.base import Answer, AnswerError, Backend, Question

__all__ = ["MissingRecordError", "ReplayBackend"]


class MissingRecordError(BackendError):
    """The recording does not hold the question, so the run cannot be replayed."""


class ReplayBackend:
    """Answers from a file; what the file lacks is asked of ``source``, if there is one, and appended.

    Args:
        uri: as given to ``connect``.
        path: the recording, JSON lines.
        source: back end that is recorded, or ``None`` to replay alone.

    Raises:
        UsageError: if the file cannot be read (with a source it may be missing) or is no recording.
    """

    call_timeout = 30.0
    failure_budget = 45.0

    def __init__(self, uri: str, path: Path, source: Backend | None = None) -> None:
        self.uri = uri
        self._path = path
        self._source = source
        self._lock = threading.Lock()
        self._records: dict[str, dict[str, Any]] = {}
        header: dict[str, Any] = {}
        for record in _read(path, may_be_missing=source is not None):
            if "answer" in record or "error" in record:
                self._records[f"{record['key']}#{record['digest']}"] = record
            else:
                header = record
        if source is not None:
            self.model, self.small, self.parallel = source.model, source.small, source.parallel
            self.call_timeout, self.failure_budget = source.call_timeout, source.failure_budget
            self.takes_images = bool(getattr(source, "takes_images", False))
            _cut_broken_tail(path)
            if not header:
                seeing = {"images": True} if self.takes_images else {}
                self._append({"recording": 1, "model": self.model, "small": self.small, **seeing})
        else:
            self.model = str(header.get("model", path.name))
            # Whether questions were short is part of the run: the same agents must ask the same questions.
            self.small = bool(header.get("small", True))
            self.takes_images = bool(header.get("images", False))
            self.parallel = 4

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        """The recorded answer, or the source's, which is then recorded."""
        name = f"{question.key}#{question.digest}"
        with self._lock:
            record = self._records.get(name)
        if record is not None:
            return _answer_of(record, question)
        if self._source is None:
            raise MissingRecordError(
                f"The recording {self._path} has no answer to the question {question.key} (attempt "
                f"{question.attempt}, hash {question.digest}): it was made from another prompt, seed or version. "
                f"Record it anew: --llm 'replay:{self._path}?from=embedded' asks a model for what is missing."
            )
        fields = {
            "agent": question.agent,
            "key": question.key,
            "attempt": question.attempt,
            "digest": question.digest,
        }
        try:
            answer = self._source.complete(question, seed=seed, timeout=timeout)
        except AnswerError as error:
            # That a reply was of no use is part of the run too; a later good reply takes its place.
            self._record(name, fields | {"error": str(error)})
            raise
        self._record(
            name,
            fields
            | {
                "answer": answer.data,
                "prompt_tokens": answer.prompt_tokens,
                "cached_tokens": answer.cached_tokens,
                "completion_tokens": answer.completion_tokens,
                "seconds": round(answer.seconds, 3),
            },
        )
        return answer

    def close(self) -> None:
        """Frees the source."""
        if self._source is not None:
            self._source.close()

    def _record(self, name: str, record: dict[str, Any]) -> None:
        if "answer" in record:
            with self._lock:
                self._records[name] = record
        self._append(record)

    def _append(self, record: dict[str, Any]) -> None:
        line = json.dumps(record, ensure_ascii=False) + "\n"
        try:
            with self._lock, self._path.open("a", encoding="utf-8") as stream:
                stream.write(line)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise BackendError(
                f"The recording {self._path} cannot be written: {error.strerror}. Choose a writable file."
            ) from error


def _cut_broken_tail(path: Path) -> None:
    """Removes a last line that a kill cut short, so that what is appended starts on a line of its own."""
    if path.is_file() and not (data := path.read_bytes()).endswith(b"\n"):
        os.truncate(path, data.rfind(b"\n") + 1)


def _answer_of(record: dict[str, Any], question: Question) -> Answer:
    if "error" in record:
        raise AnswerError(str(record["error"]))
    raw = json.dumps(record["answer"], ensure_ascii=False)
    counts = {name: int(record.get(name, 0)) for name in ("prompt_tokens", "cached_tokens", "completion_tokens")}
    return Answer(parse_answer(raw, question.schema), raw=raw, seconds=float(record.get("seconds", 0.0)), **counts)


def _read(path: Path, *, may_be_missing: bool) -> list[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if may_be_missing:
            return []
        raise UsageError(
            f"The recording {path} does not exist. Record a run with --llm 'replay:{path}?from=embedded'."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The recording {path} cannot be read: {error}.") from error
    records = []
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict) or not ("recording" in record or {"key", "digest"} <= record.keys()):
                raise ValueError("not a record")
        except (ValueError, RecursionError):
            if number == len(lines):
                continue  # a kill cut the last line off; the question will simply be asked again
            raise UsageError(
                f"Line {number} of the recording {path} is not a record. Use a file that "
                f"--llm 'replay:FILE?from=URI' has written."
            ) from None
        records.append(record)
    return records
