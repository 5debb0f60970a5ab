"""The weights that training starts from: a pipeline's, such as Ovi's."""

from __future__ import annotations

from generator.layout import locate, read_config, read_index
from generator.presets import TowerConfig
from generator.shards import headers
from generator.train.checkpoint import fill
from generator.train.config import TrainConfig
from generator.train.trainee import Trainee
from mavin.errors import UsageError

__all__ = ["load_start"]


def load_start(config: TrainConfig, trainee: Trainee) -> None:
    """Fills the network, each process its own part; identity embeddings that the pipeline lacks start at zero.

    Raises:
        UsageError: if there is no such pipeline, or it is of another shape.
    """
    assert config.network.start is not None
    folder = locate(config.network.start)
    index = read_index(folder)
    stored = read_config(folder, "backbone")
    for name, wanted in zip(("video", "audio"), config.network.towers(), strict=True):
        if TowerConfig.of(stored[name]) != wanted:
            raise UsageError(
                f"The {name} tower of {config.network.start} must be that of network.preset = {config.network.preset}, "
                "and it has other shapes. Choose other weights to start from, or another preset."
            )
    fill(dict(trainee.backbone.named_parameters()), headers(folder / "backbone"), str(folder / "backbone"))
    if trainee.identity is None:
        return
    if "identity" in index.parts:
        fill(dict(trainee.identity.named_parameters()), headers(folder / "identity"), str(folder / "identity"))
    else:
        for parameter in trainee.identity.parameters():
            parameter.detach().zero_()
