"""One tiny pipeline of real parts, made once and saved once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pipeline import MavinPipeline
from generator.random_weights import random_pipeline


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The random pipeline as a folder, its backbone in shards."""
    folder = tmp_path_factory.mktemp("pipeline") / "tiny"
    random_pipeline().save_pretrained(folder, shard_bytes=600_000)
    return folder


@pytest.fixture(scope="session")
def pipeline(tiny_folder: Path) -> MavinPipeline:
    """The same, loaded."""
    return MavinPipeline.from_pretrained(tiny_folder, device="cpu")
