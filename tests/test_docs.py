"""The documentation is true: its examples run, its commands and options exist, its links lead somewhere."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "docs" / "quickstart.md",
    ROOT / "docs" / "serving.md",
    ROOT / "docs" / "long-stories.md",
    ROOT / "docs" / "editing.md",
    ROOT / "docs" / "preview.md",
    ROOT / "docs" / "studio.md",
    ROOT / "docs" / "generator.md",
    ROOT / "docs" / "weights.md",
    ROOT / "docs" / "evaluating.md",
    ROOT / "docs" / "metrics.md",
    ROOT / "docs" / "training.md",
)
COMMAND_PAGES = (
    ROOT / "README.md",
    ROOT / "docs" / "quickstart.md",
    ROOT / "docs" / "editing.md",
    ROOT / "docs" / "preview.md",
)
PAGE_IDS = [page.name for page in PAGES]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MAVIN = Path(sys.executable).with_name("mavin")

GROUPS = ("model", "weights")
"""Commands whose first word is followed by another one."""

# What sets the machine up, and what stands for a person's choice of environment, is not run again here.
NOT_RUN = ("make ", "source .venv/bin/activate", ".venv/bin/pre-commit", ".venv/bin/python -m pip")


def blocks(page: Path, language: str) -> list[str]:
    return [body for name, body in BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A shell in an empty folder, with the commands of this environment and without a model."""
    path = f"{MAVIN.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "MAVIN_LLM": "rules", "PYTHONPATH": "", "HOME": str(tmp_path)}


def run(arguments: list[str], where: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        arguments, cwd=where, env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("page", COMMAND_PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_one_after_the_other(
    page: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    lines = [line for block in blocks(page, "sh") for line in block.splitlines() if not line.startswith(NOT_RUN)]
    script = "\n".join(["set -euo pipefail", *lines])
    assert "mavin write" in script
    run(["bash", "-c", script], tmp_path, environment)
    made = {path.suffix for path in tmp_path.iterdir()}
    assert {".mavin", ".mp4", ".png"} <= made


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs" / "quickstart.md"], ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    code = "\n".join(blocks(page, "python"))
    assert "import mavin" in code
    run([sys.executable, "-W", "error::SyntaxWarning", "-c", code], tmp_path, environment)
    assert list(tmp_path.glob("*.mp4"))
    assert list(tmp_path.glob("*.mavin/film.json"))


def test_the_python_of_the_preview_page_runs(tmp_path: Path, environment: dict[str, str]) -> None:
    code = "\n".join(blocks(ROOT / "docs" / "preview.md", "python"))
    run([sys.executable, "-W", "error::SyntaxWarning", "-c", code], tmp_path, environment | {"PYTHONPATH": str(ROOT)})
    assert {path.name for path in tmp_path.iterdir()} == {"seven.labels.json", "eight.mp4"}


def test_the_page_of_the_network_runs(tmp_path: Path, environment: dict[str, str]) -> None:
    page = ROOT / "docs" / "generator.md"
    run(["bash", "-c", "set -euo pipefail\n" + "\n".join(blocks(page, "sh"))], tmp_path, environment)
    assert (tmp_path / "lamp.png").exists()
    assert (tmp_path / "lamp.mp4").exists()
    (tmp_path / "elsewhere").mkdir()
    code = "\n".join(blocks(page, "python"))
    said = run([sys.executable, "-c", code], tmp_path / "elsewhere", environment | {"PYTHONPATH": str(ROOT)})
    assert "2 of 2" in said
    assert (tmp_path / "elsewhere" / "sailor.mp4").exists()
    assert "step 4 of 4" in said


def test_the_page_of_the_weights_runs(tmp_path: Path, environment: dict[str, str]) -> None:
    from tests.generator.weights.public import make_configs, make_states, write_public

    write_public(tmp_path / "Ovi" / "ckpts", make_states())
    (tmp_path / "small.json").write_text(json.dumps(make_configs()), encoding="utf-8")
    script = "set -euo pipefail\n" + "\n".join(blocks(ROOT / "docs" / "weights.md", "sh"))
    said = run(["bash", "-c", script], tmp_path, environment)
    for word in ("ovi-1.1-10s", "CC-BY-NC-4.0", "verified"):
        assert word in said


def test_the_page_of_the_evaluators_runs(tmp_path: Path, environment: dict[str, str]) -> None:
    page = ROOT / "docs" / "evaluating.md"
    said = run(["bash", "-c", "set -euo pipefail\n" + "\n".join(blocks(page, "sh"))], tmp_path, environment)
    assert "1 of 1 cut kept" in said
    assert "1 of 1 line kept" in said
    assert {file.name for file in (tmp_path / "runs" / "stage").iterdir()} >= {"results.jsonl", "table.json", "films"}
    code = "\n".join(blocks(page, "python"))
    assert "{'tams': 0." in run([sys.executable, "-c", code], tmp_path, environment | {"PYTHONPATH": str(ROOT)})


def commands(page: Path) -> set[tuple[str, ...]]:
    """Every ``mavin COMMAND --option…`` of a page, in blocks and in running text."""
    text = page.read_text(encoding="utf-8")
    shell = "\n".join(body for name, body in BLOCK.findall(text) if name in {"sh", "console"}).replace("\\\n", " ")
    inline = re.findall(r"`(mavin [^`\n]+)`", BLOCK.sub("", text))
    found = set()
    for line in [*shell.splitlines(), *inline]:
        for piece in re.split(r"\s\|\s|;|&&", re.sub(r"\s#\s.*", "", line)):
            words = shlex.split(piece.strip().removeprefix("$ ")) if piece.count("'") % 2 == 0 else []
            words = words[: words.index("--")] if "--" in words else words  # behind it, options of vLLM
            if words[:1] == ["mavin"] and len(words) > 1:
                options = (word.split("=")[0] for word in words[1:] if re.fullmatch(r"--?[a-z][a-z-]*(=.*)?", word))
                grouped = words[1] in GROUPS and len(words) > 2
                name = " ".join((words[1], words[2].split("|")[0])) if grouped else words[1]
                found.add((name, *sorted(set(options))))
    return found


@pytest.mark.parametrize("page", PAGES, ids=PAGE_IDS)
def test_every_command_and_option_named_in_a_page_exists(page: Path, environment: dict[str, str]) -> None:
    wide = {**environment, "COLUMNS": "200", "NO_COLOR": "1"}
    for command, *options in sorted(commands(page)):
        arguments = command.split() if not command.startswith("-") else []
        shown = run([str(MAVIN), *arguments, "--help"], ROOT, wide)
        missing = [option for option in options if option not in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", shown)]
        assert missing == [], f"mavin {command} of {page.name}"


@pytest.mark.parametrize("page", PAGES, ids=PAGE_IDS)
def test_every_make_target_named_in_a_page_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=PAGE_IDS)
def test_every_link_inside_the_project_leads_to_a_file(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    broken = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert broken == []


def test_every_room_that_the_readme_names_is_there() -> None:
    rooms = re.findall(r"^\| `([a-z/]+)/` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rooms) >= 7
    assert [room for room in rooms if not (ROOT / room).is_dir()] == []


def test_the_makefile_has_the_promised_targets() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    listed = set(re.findall(r"^  make ([a-z-]+)", done.stdout, re.MULTILINE))
    assert {"setup", "demo", "test", "check", "format", "test-vllm", "clean", "help"} <= listed
