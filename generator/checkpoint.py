"""The backbone, built and filled: Ovi's configurations and weights as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import nn

from generator.model import Backbone
from generator.presets import TowerConfig
from generator.shards import file_header, load_tensors

__all__ = ["build_backbone", "load_weights", "on_meta", "parameter_count", "save_weights"]


def build_backbone(
    video_config: Mapping[str, Any] | TowerConfig | None, audio_config: Mapping[str, Any] | TowerConfig | None
) -> Backbone:
    """A backbone with fresh weights, from the two dictionaries of Ovi's configuration files.

    Under ``with torch.device("meta")`` it takes no memory.

    Raises:
        UsageError: if a configuration is unusable, naming the value.
    """
    return Backbone(
        None if video_config is None else TowerConfig.of(video_config),
        None if audio_config is None else TowerConfig.of(audio_config),
    )


def load_weights(module: nn.Module, path: Path | str) -> None:
    """Loads a safetensors file into a module; every name and shape must fit, or nothing is loaded.

    Raises:
        UsageError: if the file is missing, no safetensors, truncated, or does not fit, with names.
    """
    load_tensors(module, file_header(path), str(path))


def save_weights(module: nn.Module, path: Path | str, metadata: Mapping[str, str] | None = None) -> None:
    """Writes a module's weights as safetensors; the file appears whole or not at all."""
    path = Path(path)
    partial = path.with_name(path.name + ".partial")
    save_file(
        {name: tensor.contiguous() for name, tensor in module.state_dict().items()}, partial, dict(metadata or {})
    )
    partial.replace(path)


def parameter_count(module: nn.Module) -> int:
    """How many numbers a module learns."""
    return sum(parameter.numel() for parameter in module.parameters())


def on_meta(video: TowerConfig, audio: TowerConfig) -> Backbone:
    """A backbone without memory: shapes and counts only."""
    with torch.device("meta"):
        return Backbone(video, audio)
