"""What each model target makes of five scripts of differing shape, as it was read against the target's syntax.

To write the files anew after a change that is meant: MAVIN_WRITE_GOLDENS=1 pytest tests/mavin/formats/test_targets_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mavin.formats import FilmScript, FormatError, sentences
from tests.mavin.formats.reading_targets import TARGETS
from tests.mavin.formats.target_scripts import SCRIPTS, script

GOLDENS = Path(__file__).parent / "golden"


def told(target: str) -> str:
    """All five scripts in a target's form, each with its loss report."""
    parts = []
    for name in SCRIPTS:
        parts.append(f"======== {name}\n")
        try:
            written = TARGETS[target].export(FilmScript.of(script(name)))
        except FormatError as error:
            parts.append(f"Refused: {error}\n\n")
            continue
        parts.append(written.content.decode().replace("\r\n", "\n"))
        parts += ["-------- losses\n", *(f"{sentence}\n" for sentence in sentences(written.losses)), "\n"]
    return "".join(parts)


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_writes_what_was_reviewed(target: str) -> None:
    path = GOLDENS / f"{target}.txt"
    if os.environ.get("MAVIN_WRITE_GOLDENS"):
        path.write_text(told(target), encoding="utf-8")
    assert told(target) == path.read_text(encoding="utf-8")


def test_every_golden_file_has_a_target() -> None:
    assert {path.stem for path in GOLDENS.glob("*.txt")} == set(TARGETS)
