"""The network that was trained on single pictures: on others, it follows what their text says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

import generator
from generator.flow import interpolate, velocity
from generator.layout import PartInfo, PipelineIndex, Training
from generator.parts import load_part
from generator.preconditioning import Preconditioning
from generator.train.config import StageConfig
from generator.train.config_file import read_config
from generator.train.draws import Drawing, Drawn, Ticket
from generator.train.on_the_fly import Encoders, WorldDataset
from generator.train.world import HELD_OUT

PRETRAINED = Path(generator.__file__).parent / "pretrained"
KINDS = {
    "video_codec": ("parts/video", "causal_4x16x16"), "audio_codec": ("parts/audio", "harmonic_16k"),
    "text_encoder": ("parts/text", "word_pieces"), "timbre": ("parts/timbre", "statistics"),
    "backbone": ("pictures", "dual_tower"),
}  # fmt: skip
INDEX = PipelineIndex(
    name="parts",
    parts={name: PartInfo(kind=kind) for name, (_, kind) in KINDS.items()},
    training=Training(role_marks=True),
)
COUNT = 8


def part(name: str) -> Any:
    return load_part(PRETRAINED / KINDS[name][0], INDEX, name, "cpu", torch.float32)


def test_pictures_follow_their_own_text_and_not_anothers() -> None:
    config = read_config("tiny-pictures")
    encoders = Encoders(part("video_codec"), part("audio_codec"), part("text_encoder"), part("timbre"), INDEX)
    world = WorldDataset(encoders, first_seed=HELD_OUT, count=100, stills=True)
    drawing = Drawing(world, config, config.network.towers(), measured=StageConfig(name="", steps=1, references="none"))
    wide = [number for number in range(100) if world.shape(number)[1:3] == (8, 14)][:COUNT]
    drawn = [drawing[Ticket(number, 0, 0)][0] for number in wide]
    backbone = part("backbone")
    std = config.network.towers()[0].latent_std
    assert std is not None
    t = torch.tensor(0.95)

    def error(one: Drawn, told: Drawn) -> float:
        noisy = interpolate(one.clean.video, one.noise.video, t)
        sound = interpolate(one.clean.audio, one.noise.audio, t)
        with torch.no_grad():
            (found,), _ = backbone(
                [noisy], [sound], 1000 * t[None], [told.video_text], [told.audio_text], plan=[told.plan]
            )
        return mean_square(velocity(one.clean.video, one.noise.video) - found)

    def line(one: Drawn) -> float:
        noisy = interpolate(one.clean.video, one.noise.video, t)
        skip = Preconditioning.at(t, std, noisy).skip
        return mean_square(velocity(one.clean.video, one.noise.video) - skip * noisy)

    own = sum(error(one, one) for one in drawn) / COUNT
    others = sum(error(one, drawn[n - 1]) for n, one in enumerate(drawn)) / COUNT
    straight = sum(map(line, drawn)) / COUNT
    assert own < 0.5 * straight
    assert others > 2.5 * own


def mean_square(values: Tensor) -> float:
    return float(values.square().mean())
