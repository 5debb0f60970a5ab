"""How every command ends: with an exit code and one clear paragraph, never with a traceback.

MavinError          its own exit code (2 usage, 3 invalid, 4 back end, 1 the rest)
typer's own errors  2
Ctrl-C              130
reader went away    0      (mavin show FILM | head -1)
anything else       1      with MAVIN_DEBUG=1 also the traceback
"""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from typer.core import TyperGroup

from mavin.cli import console
from mavin.errors import MavinError

__all__ = ["MavinGroup"]


_PATIENCE_SECONDS = 1.5


class _Interrupted(BaseException):
    """Ctrl-C, kept from typer, which would end without a word."""


class _ReaderGone(BaseException):
    """Whoever read our standard output has closed it."""


class MavinGroup(TyperGroup):
    """The root command: runs a command and turns whatever happens into an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the chosen command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise _Interrupted(*console.advice(error)) from None
        except BrokenPipeError:
            raise _ReaderGone from None

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Runs the command line and exits."""
        words = _with_values(list(sys.argv[1:] if args is None else args))
        _open_closed_streams()
        for stream in (sys.stdout, sys.stderr):
            # A file name need not be UTF-8, and a terminal need not take every letter.
            with suppress(AttributeError, ValueError):
                stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        extra["standalone_mode"] = False
        try:
            with _prompt_interrupts(words) as leave:
                code = self._run(words, rest, extra)
                sys.stdout.flush()
                if code == 130:
                    leave()
        except (_ReaderGone, BrokenPipeError):
            _silence_stdout()
            code = 0
        except OSError as error:
            _silence_stdout()
            code = console.fail(_system_error(error, "Standard output cannot be written"), 1, as_json=False)
        sys.exit(code)

    def _run(self, words: list[str], rest: tuple[Any, ...], extra: dict[str, Any]) -> int:
        as_json = _wants_json(words)
        try:
            result = super().main(words, *rest, **extra)
        except MavinError as error:
            return console.fail(error, error.exit_code, as_json=as_json)
        except _Interrupted as error:
            return console.fail(KeyboardInterrupt(" ".join(["Interrupted.", *error.args])), 130, as_json=as_json)
        except (KeyboardInterrupt, EOFError):
            return console.fail(KeyboardInterrupt("Interrupted."), 130, as_json=as_json)
        except OSError as error:
            _show_trace(error)
            return console.fail(_system_error(error, "The system did not let mavin go on"), 1, as_json=as_json)
        except Exception as error:
            if hasattr(error, "format_message"):  # typer's: a wrong option or argument
                return _usage_error(error, as_json)
            if type(error).__name__ == "Abort":
                return console.fail(KeyboardInterrupt("Interrupted."), 130, as_json=as_json)
            return _unexpected(error, as_json)
        return result if isinstance(result, int) else 0


def _with_values(words: list[str]) -> list[str]:
    """The command line with options of an optional value given it where they stand alone.

    ``--clips -o x`` is ``--clips auto -o x``, and ``--labels -o x`` is ``--labels auto -o x``.
    """
    end = words.index("--") if "--" in words else len(words)
    found: list[str] = []
    for number, word in enumerate(words):
        found.append(word)
        following = words[number + 1] if number + 1 < len(words) else ""
        alone = {
            "--clips": not re.fullmatch(r"[+-]?[\d.]+|auto", following, re.IGNORECASE),
            "--labels": not following or following.startswith("-"),
        }
        if number < end and alone.get(word, False):
            found.append("auto")
    return found


def _wants_json(words: list[str]) -> bool:
    return "--json" in (words[: words.index("--")] if "--" in words else words)


@contextmanager
def _prompt_interrupts(words: list[str]) -> Iterator[Callable[[], None]]:
    """Makes Ctrl-C end the command within seconds, whatever its threads are waiting for.

    A model that does not answer holds a thread that Python would wait for.  Everything on disk is
    made to survive a kill at any moment, so a hard exit loses nothing.

    Yields what ends the process at once after Ctrl-C has been told of, and does nothing without one:
    an ordinary exit would pull the floor from under threads that are at work, and they would complain.
    """
    serving = words[:1] in (["serve"], ["studio"])  # servers need time to end by themselves
    if serving or threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield lambda: None
        return

    def leave() -> None:
        if not console.failed():
            message = "Interrupted. The run so far is kept: go on with the same command and --resume."
            console.fail(KeyboardInterrupt(message), 130, as_json=_wants_json(words))
        if media := sys.modules.get("mavin.media"):  # whatever was being written is half a file
            media.discard_unfinished()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(130)

    asked = threading.Event()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            leave()
        asked.set()
        timer = threading.Timer(_PATIENCE_SECONDS, leave)
        timer.daemon = True
        timer.start()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, handle)
    try:
        yield lambda: leave() if asked.is_set() else None
    finally:
        if not asked.is_set():
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _usage_error(error: Any, as_json: bool) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":  # a group without a command: its help is the message
        sys.stderr.write(f"{error.format_message()}\n")
        return 2
    message = " ".join(str(error.format_message()).split())
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "mavin"
    if "extra argument" in message and context is not None and context.info_name in {"write", "make"}:
        message = f"{message.rstrip('.')}. Put the whole story in quotation marks"
    message = f"{message.rstrip('.')}. Run `{command} --help` to see what can be given."
    return console.fail(ValueError(message), 2, as_json=as_json)


def _show_trace(error: Exception) -> None:
    if os.environ.get("MAVIN_DEBUG"):
        import traceback

        traceback.print_exception(error)


def _system_error(error: OSError, what: str) -> MavinError:
    where = f": {error.filename}" if error.filename else ""
    notes = " ".join(console.advice(error))
    return MavinError(
        f"{what} ({error.strerror or error}{where}). Free some space or check the permissions, then try again. "
        f"{notes}".strip()
    )


def _unexpected(error: Exception, as_json: bool) -> int:
    _show_trace(error)
    what = f"{type(error).__name__}: {error}".strip(": ")
    notes = " ".join(console.advice(error))
    message = f"Something went wrong inside mavin ({what}). Run the same command with MAVIN_DEBUG=1 to see where."
    return console.fail(RuntimeError(f"{message} {notes}".strip()), 1, as_json=as_json)


def _open_closed_streams() -> None:
    # `mavin … >&-` gives a Python without sys.stdout; what is printed then is meant for nobody.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the process ends
            setattr(sys, name, nowhere)


def _silence_stdout() -> None:
    # Python flushes standard output once more at exit and would complain about the closed pipe.
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
