"""What is installed from the wheel: every room, and all that they read besides code."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from generator.layout import SHIPPED, PipelineIndex, check_files, read_index, shipped_pipeline, verify
from generator.random_weights import random_pipeline

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("evaluators", "generator", "mavin", "prompts", "scripting")
LARGEST = 60_000_000
"""Bytes of all weights that come with the package."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """A wheel built of a copy of the rooms, with a small pipeline in the place of the one that ships."""
    source = tmp_path_factory.mktemp("source")
    left_out = shutil.ignore_patterns("__pycache__", SHIPPED)
    for room in ROOMS:
        shutil.copytree(ROOT / room, source / room, ignore=left_out)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    random_pipeline().save_pretrained(source / "generator" / "pretrained" / SHIPPED)
    build = "import setuptools.build_meta as backend; backend.build_wheel('dist')"
    done = subprocess.run(
        [sys.executable, "-c", build], cwd=source, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "absent from the `packages` configuration" not in done.stderr
    (path,) = (source / "dist").glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_weights_are_in_the_wheel_whole(wheel: zipfile.ZipFile) -> None:
    place = f"generator/pretrained/{SHIPPED}/"
    inside = {name.removeprefix(place): wheel.getinfo(name).file_size for name in wheel.namelist() if place in name}
    index = PipelineIndex.model_validate_json(wheel.read(f"{place}model_index.json"))
    listed = {name: info.size for name, info in index.files.items()}
    assert {name: size for name, size in inside.items() if name != "model_index.json"} == listed
    assert "README.md" in listed, "the model card"
    assert {"backbone/model.safetensors", "text_encoder/model.safetensors"} <= listed.keys()
    metadata = wheel.read(next(name for name in wheel.namelist() if name.endswith("/METADATA"))).decode()
    assert "License-Expression: Apache-2.0 AND CC-BY-SA-4.0" in metadata
    assert any(name.endswith("licenses/generator/pretrained/LICENSE.md") for name in wheel.namelist())


def test_everything_that_is_read_besides_code_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    """What tiny is put together from stays in the repository: a film needs it once, in tiny."""
    ignored, pretrained = {".py", ".pyc"}, ROOT / "generator" / "pretrained"
    steps = {pretrained / "parts", pretrained / "pictures"}
    assert not [name for name in wheel.namelist() if "pretrained/parts" in name or "pretrained/pictures" in name]
    wanted = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix not in ignored and SHIPPED not in path.relative_to(ROOT).parts
        if not steps & set(path.parents)
    }
    assert wanted
    assert wanted <= set(wheel.namelist())


@pytest.mark.skipif(shipped_pipeline() is None, reason="no weights are in this copy yet")
def test_what_ships_is_whole_small_and_says_what_it_is() -> None:
    folder = shipped_pipeline()
    assert folder is not None
    index = read_index(folder)
    check_files(folder, index)
    verify(folder, index)
    assert sum(info.size for info in index.files.values()) <= LARGEST
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        *index.files,
        "model_index.json",
    }
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "license: cc-by-sa-4.0" in card
    assert index.weights_sha256 in card, "the card is of these weights"
