"""Transcripts: what a scripted session printed; played again, it must print the same."""

from __future__ import annotations

import difflib
import io
import json
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
_BEGAN = re.compile(r".* · r([1-9]\d*)")
"""The first line of a transcript: the film, and the revision that the session began at."""


def replay(film: Film, transcript: str, run: Callable[[Film, Scripted], None]) -> str:
    """Plays the commands of a transcript on a copy of the film; what differs, empty where nothing does.

    Args:
        film: the film that the session was on; it stays as it is.  The copy begins where the session did, whatever was
            saved since.
        transcript: what a scripted session printed: ``> command`` and the output.
        run: runs a session on the copy.
    """
    commands = [match[1] or "" for line in transcript.splitlines() if (match := _PROMPT.match(line)) is not None]
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / film.path.name
        shutil.copytree(film.path, copy, ignore=shutil.ignore_patterns(".lock", "renders"))
        if (began := _BEGAN.fullmatch(transcript.lstrip().partition("\n")[0].rstrip())) and int(began[1]) < film.rev:
            _go_back(copy, int(began[1]))
        run(Film.open(copy), Scripted(commands, printed))
    old, new = ([line.rstrip() for line in text.strip().splitlines()] for text in (transcript, printed.getvalue()))
    return "\n".join(difflib.unified_diff(old, new, "transcript", "now", lineterm=""))


def _go_back(copy: Path, rev: int) -> None:
    """Makes a copy of a film what it was at a revision: the history up to there, from which the rest is read again."""
    history = copy / "history.jsonl"
    kept = [line for line in history.read_bytes().splitlines(keepends=True) if json.loads(line)["rev"] <= rev]
    history.write_bytes(b"".join(kept))
    for lagging in (copy / "film.json", copy / "locks.json", *(copy / "clips").iterdir()):
        lagging.unlink(missing_ok=True)
