"""Transcripts: what a scripted session printed; played again, it must print the same."""

from __future__ import annotations

import difflib
import io
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from mavin.cli.session.terminal import Scripted
from mavin.film import Film

__all__ = ["replay"]

_PROMPT = re.compile(r"^[^<>]{0,60}>(?: (.*))?$")
"""A line that was asked for: the question, the sign, and what was typed."""


def replay(film: Film, transcript: str, run: Callable[[Film, Scripted], None]) -> str:
    """Plays the commands of a transcript on a copy of the film; what differs, empty where nothing does.

    Args:
        film: the film as it was when the transcript was made; it stays as it is.
        transcript: what a scripted session printed: ``> command`` and the output.
        run: runs a session on the copy.
    """
    commands = [match[1] or "" for line in transcript.splitlines() if (match := _PROMPT.match(line)) is not None]
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / film.path.name
        shutil.copytree(film.path, copy, ignore=shutil.ignore_patterns(".lock", "renders"))
        run(Film.open(copy), Scripted(commands, printed))
    old, new = ([line.rstrip() for line in text.strip().splitlines()] for text in (transcript, printed.getvalue()))
    return "\n".join(difflib.unified_diff(old, new, "transcript", "now", lineterm=""))
