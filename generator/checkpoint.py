"""Weights in and out: safetensors only, checked tensor by tensor before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import nn

from generator.model import Backbone
from generator.presets import TowerConfig
from mavin.errors import UsageError

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
    path = Path(path)
    if path.suffix.casefold() in {".pt", ".pth", ".ckpt", ".bin", ".pkl"}:
        raise UsageError(
            f"Weights must be a .safetensors file, got {path}: a pickle can run any code while it loads. "
            "Convert it first with mavin weights convert."
        )
    if not path.is_file():
        raise UsageError(f"Weights must be a .safetensors file, and there is none at {path}.")
    try:
        with safe_open(path, framework="pt") as file:
            shapes = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118
            _check_fit(module, shapes, path)
            tensors = {name: file.get_tensor(name) for name in shapes}
    except (SafetensorError, OSError) as error:
        raise UsageError(
            f"Weights must be a whole .safetensors file, got {path} ({error}). It may be cut off: fetch it again."
        ) from None
    module.load_state_dict(tensors, strict=True, assign=_is_meta(module))


def save_weights(module: nn.Module, path: Path | str, metadata: Mapping[str, str] | None = None) -> None:
    """Writes a module's weights as safetensors; the file appears whole or not at all."""
    path = Path(path)
    partial = path.with_name(path.name + ".partial")
    save_file(
        {name: tensor.contiguous() for name, tensor in module.state_dict().items()}, partial, dict(metadata or {})
    )
    partial.replace(path)


def _is_meta(module: nn.Module) -> bool:
    return any(parameter.device.type == "meta" for parameter in module.parameters())


def _check_fit(module: nn.Module, shapes: Mapping[str, tuple[int, ...]], path: Path) -> None:
    wanted = {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}
    problems = []
    if missing := sorted(wanted.keys() - shapes.keys()):
        problems.append(f"{len(missing)} missing ({_some(missing)})")
    if extra := sorted(shapes.keys() - wanted.keys()):
        problems.append(f"{len(extra)} unknown ({_some(extra)})")
    if wrong := sorted(name for name in wanted.keys() & shapes.keys() if wanted[name] != shapes[name]):
        name = wrong[0]
        problems.append(f"{len(wrong)} of another shape ({name} must be {wanted[name]}, got {shapes[name]})")
    if problems:
        raise UsageError(
            f"The weights in {path} must have this network's {len(wanted)} tensors, got {'; '.join(problems)}. "
            "Choose the weights of this configuration."
        )


def _some(names: list[str], count: int = 3) -> str:
    return ", ".join(names[:count]) + (", …" if len(names) > count else "")


def parameter_count(module: nn.Module) -> int:
    """How many numbers a module learns."""
    return sum(parameter.numel() for parameter in module.parameters())


def on_meta(video: TowerConfig, audio: TowerConfig) -> Backbone:
    """A backbone without memory: shapes and counts only."""
    with torch.device("meta"):
        return Backbone(video, audio)
