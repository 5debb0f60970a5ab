"""The command line as a person meets it: in process for speed, as a process where that is the point."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mavin.caption import HierarchicalCaption
from mavin.film import Film

Run = Callable[..., Result]
Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test works in its own folder and with no model, unless it says otherwise."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAVIN_LLM", "rules")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("MAVIN_DEBUG", raising=False)


@pytest.fixture
def run() -> Run:
    """Runs ``mavin`` in this process; never a traceback, whatever happens."""
    from mavin.cli.main import app

    def call(*args: str, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(app, list(args), input=stdin, prog_name="mavin")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return call


@pytest.fixture
def shell() -> Shell:
    """Runs ``mavin`` as a process of its own."""

    def call(*args: str | bytes, **options: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "mavin", *args],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={**os.environ, **options},
        )
        assert "Traceback" not in done.stderr
        return done

    return call


@pytest.fixture
def film(tmp_path: Path, caption: HierarchicalCaption) -> Film:
    """The golden caption as ``lamp.mavin`` in the current folder."""
    return Film.create(tmp_path / "lamp.mavin", [caption], op={"op": "new"})
