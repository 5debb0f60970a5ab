"""docs/studio.md is true: its script runs against a real studio, and it names every path that there is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from mavin.film import Film
from mavin.studio.app import Studio
from tests.conftest import ROOT
from tests.mavin.studio.conftest import Running

PAGE = (ROOT / "docs" / "studio.md").read_text(encoding="utf-8")


def test_the_script_of_the_page_runs(film: Film, tmp_path: Path) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    studio = Running(film.path)
    try:
        (tmp_path / "studio.json").write_text(json.dumps(studio.told))
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    finally:
        studio.end()
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "True"
    assert "3 “style" in done.stdout


def test_the_page_names_every_path(film: Film) -> None:
    paths = {path.removeprefix("/api") for path in Studio(film.path).api.openapi()["paths"]}
    kinds = {re.split(r"[/.{]", path.strip("/"))[0] for path in paths}
    told = {word for path in re.findall(r"`[^`]*`", PAGE) for word in re.findall(r"[a-z]+", path)}
    assert kinds <= told
