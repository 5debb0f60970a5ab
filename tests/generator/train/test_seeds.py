"""One seed is one film to the bit, in every process; other seeds are others: with parts of the kinds that ship."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from generator.parts import save_part
from generator.pipeline import MavinOutput, MavinPipeline
from generator.reference_inputs import RoleInput
from generator.train.assemble import assemble
from generator.train.trainee import build_trainee
from generator.train.world import SAMPLE_RATE, draw_reference, sample_caption
from tests.generator.train.conftest import TOWER, make_config, save_small_parts

SEED = next(seed for seed in range(50) if sample_caption(seed).duration_ms < 3600 and sample_caption(seed).dialogue)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline of random numbers, whose network answers something and looks at references."""
    place = tmp_path_factory.mktemp("seeds")
    torch.manual_seed(0)
    parts = save_small_parts(place)
    towers = {name: {**TOWER, "in_dim": size, "out_dim": size} for name, size in (("video", 6), ("audio", 5))}
    trainee = build_trainee(make_config(place, network={"preset": "trial", **towers, "timbre_dim": 51}))
    for name, parameter in trainee.named_parameters():
        if "head.head" in name or name.startswith("identity"):
            nn.init.normal_(parameter, std=0.05)  # fresh ones answer zero
    assert trainee.identity is not None
    save_part(trainee.backbone, place / "network", "backbone", shard_bytes=10**9)
    save_part(trainee.identity, place / "network", "identity", shard_bytes=10**9)
    assemble(place / "whole", "small", [*parts, place / "network"], sampling={"steps": 3})
    return place / "whole"


def film(folder: Path, seed: int) -> MavinOutput:
    """A film with references, by a pipeline that is loaded anew."""
    caption = sample_caption(SEED)
    role = caption.dialogue[0].role
    drawn = draw_reference(caption, role, SEED)
    pipeline = MavinPipeline.from_pretrained(folder, device="cpu")
    return pipeline(caption, references={role: RoleInput(drawn.picture, (drawn.voice, SAMPLE_RATE))}, seed=seed)


def digest(made: MavinOutput) -> str:
    """Of every pixel and every sample."""
    assert made.frames is not None
    assert made.audio is not None
    return hashlib.sha256(made.frames.tobytes() + made.audio.tobytes()).hexdigest()


def test_one_seed_is_one_film_to_the_bit_and_others_are_others(folder: Path, tmp_path: Path) -> None:
    first, again, other = (film(folder, seed) for seed in (7, 7, 8))
    assert digest(first) == digest(again)
    for made, name in ((first, "first.mp4"), (again, "again.mp4"), (other, "other.mp4")):
        made.save(tmp_path / name)
    assert (tmp_path / "first.mp4").read_bytes() == (tmp_path / "again.mp4").read_bytes()
    assert (tmp_path / "first.mp4").read_bytes() != (tmp_path / "other.mp4").read_bytes()
    assert first.frames is not None and other.frames is not None
    assert first.audio is not None and other.audio is not None
    assert (first.frames != other.frames).mean() > 0.1
    assert float(np.abs(first.audio - other.audio).max()) > 1e-3


def test_another_process_makes_the_same_film(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.generator.train.test_seeds import digest, film\n"
        "print(digest(film(Path(sys.argv[1]), 7)))"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], cwd=root, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == digest(film(folder, 7))
