"""What goes where: results to standard output, progress and errors to standard error."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

__all__ = ["Progress", "advice", "emit", "fail", "failed", "harmless", "is_plain", "note", "out"]

QUIET_SECONDS = 2.0
"""What is done sooner needs no progress."""
STILL_SECONDS = 20.0
"""How often a log hears from work that goes on and on."""


def is_plain() -> bool:
    """Whether nothing but text is wanted; rich by itself would leave out the colours and still print bold."""
    return bool(os.environ.get("NO_COLOR"))


def out() -> Console:
    """Standard output as a rich console that lets a closed pipe be seen."""
    from rich.console import Console

    class Out(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    colours: Literal["auto"] | None = None if is_plain() else "auto"
    return Out(color_system=colours, highlight=False, emoji=False, markup=False, soft_wrap=True)


def note(sentence: str) -> None:
    """Prints a sentence on standard error that is worth knowing and no error."""
    sys.stderr.write(f"mavin: {sentence}\n")


def harmless(text: str) -> str:
    """The text without signs that would steer a terminal; a model or a server may have written them."""
    import unicodedata

    return "".join("\ufffd" if unicodedata.category(char) in {"Cc", "Cf"} else char for char in text)


def emit(data: Any) -> None:
    """Prints one JSON object on standard output."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


_failed = False


def failed() -> bool:
    """Whether an error has been told already; a process tells one at most."""
    return _failed


def advice(error: BaseException) -> list[str]:
    """What was added to an error on its way for the user to read; libraries add notes for programmers."""
    return [note for note in getattr(error, "__notes__", ()) if note.startswith("The run so far is kept.")]


def fail(error: BaseException, exit_code: int, *, as_json: bool) -> int:
    """Prints an error as one paragraph on standard error, with ``--json`` also as an object; returns the code."""
    global _failed
    _failed = True
    message = " ".join([str(error), *advice(error)]).strip()
    if as_json:
        emit(_error_object(error, exit_code, message))
    sys.stderr.write(f"mavin: {message}\n")
    return exit_code


def _error_object(error: BaseException, exit_code: int, message: str) -> dict[str, Any]:
    report = getattr(error, "report", None)
    if report is not None:
        from mavin.api.reports import report_object

        return report_object(report)
    codes = {2: "usage", 3: "invalid_input", 4: "backend", 130: "interrupted"}
    found = [item.model_dump(mode="json") for item in getattr(error, "diagnostics", ())]
    if not found:
        code = codes.get(exit_code, "failure")
        found = [{"code": code, "severity": "error", "message": message, "path": None, "span": None}]
    usage = {"uri": "", "model": "", "calls": 0, "prompt_tokens": 0, "cached_tokens": 0, "completion_tokens": 0}
    return {
        "film": None,
        "caption": None,
        "captions": [],
        "ledger": [],
        "conflicts": [],
        "diagnostics": found,
        "llm": {**usage, "seconds": 0.0, "reused": 0},
        "agents": {},
        "output": None,
    }


class Progress:
    """Progress on standard error: a live line on a terminal, now and then a plain line in a log.

    Nothing is printed for work that takes less than two seconds.
    """

    def __init__(self) -> None:
        self._text = ""
        self._fraction: float | None = None
        self._printed = ""
        self._started = time.monotonic()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._live: RichProgress | None = None
        self._task: TaskID | None = None
        self._live_lock = threading.Lock()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=1)
        with self._live_lock:
            if self._live is not None:
                self._live.stop()
                self._live = None

    def stage(self, who: str, what: str) -> None:
        """Tells who is at work and what it does; fits the writer's ``progress``."""
        self._update(f"{who.replace('_', ' ')}: {what}" if who else what, None)

    def part(self, fraction: float) -> None:
        """Tells which part of the rendering is done."""
        self._update("drawing", min(max(fraction, 0.0), 1.0))

    def share(self, what: str, fraction: float) -> None:
        """Tells what is going on, and which part of all of it is done."""
        self._update(what, min(max(fraction, 0.0), 1.0))

    def bytes(self, done: int, total: int | None, note: str) -> None:
        """Tells how far a download has come."""
        size = f"{done / 1e6:,.0f} MB" if total is None else f"{done / 1e6:,.0f} of {total / 1e6:,.0f} MB"
        self._update(f"{size}, {note}", done / total if total else None)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Keeps quiet while a person is asked something."""
        with self._live_lock:
            live, self._live = self._live, None
            if live is not None:
                live.stop()
        try:
            yield
        finally:
            with self._live_lock:
                if live is not None and not self._stop.is_set():
                    live.start()
                    self._live = live

    def _update(self, text: str, fraction: float | None) -> None:
        self._text, self._fraction = text, fraction
        with self._live_lock:
            if self._live is not None and self._task is not None:
                total = 100.0 if fraction is not None else None
                self._live.update(self._task, description=text, total=total, completed=(fraction or 0) * 100)

    def _watch(self) -> None:
        if self._stop.wait(QUIET_SECONDS):
            return
        if sys.stderr.isatty() and not is_plain():
            self._go_live()
            return
        since = 0.0
        while True:
            if self._text and (self._text != self._printed or time.monotonic() - since >= STILL_SECONDS):
                self._print()
                since = time.monotonic()
            # A fraction changes all the time; a log wants a line now and then.
            if self._stop.wait(STILL_SECONDS / 4 if self._fraction is not None else 0.5):
                return

    def _print(self) -> None:
        part = f" {self._fraction:.0%}" if self._fraction is not None else ""
        self._printed = self._text
        sys.stderr.write(f"[{time.monotonic() - self._started:.0f} s] {self._text}{part}\n")
        sys.stderr.flush()

    def _go_live(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
        )
        with self._live_lock:
            if self._stop.is_set():
                return
            self._live = RichProgress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._live.add_task(self._text, total=100.0 if self._fraction is not None else None)
            self._live.start()
