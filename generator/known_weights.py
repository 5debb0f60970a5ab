"""What is known of a pipeline before it is loaded: from its headers, or of a published network without files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from generator.conditioning import Wording
from generator.hub import fetch_pipeline
from generator.layout import (
    PartInfo,
    PipelineIndex,
    Sampling,
    Training,
    check_files,
    installed_pipelines,
    read_config,
    read_index,
)
from generator.presets import TowerConfig, preset
from generator.shards import headers
from mavin.errors import UsageError

__all__ = ["Weights", "find_weights", "weights_of", "weights_of_preset"]

# Parameters of the frozen parts of Ovi's release, where a dry run has no files to ask.
_WAN_VAE: Final = 704_688_668
_MMAUDIO: Final = 171_657_218 + 112_199_473
_UMT5_XXL: Final = 5_680_910_336

_SHARD: Final = re.compile(r"(-\d{5}-of-\d{5})?\.safetensors$")
_PRESETS: Final = {
    "ovi": "ovi",
    "ovi_10s": "ovi_10s",
    "ovi-1.0-5s": "ovi",
    "ovi-1.1-5s": "ovi",
    "ovi-1.1-10s": "ovi_10s",
}
"""Published networks, also by the names under which their weights are pulled."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What is known of a pipeline without loading it.

    Attributes:
        index: its index.
        parameters: numbers of each part.
        video: the video tower.
        audio: the audio tower.
        configs: ``config.json`` of the codecs.
        here: whether the files are there, or only their sizes are known.
    """

    index: PipelineIndex
    parameters: Mapping[str, int]
    video: TowerConfig
    audio: TowerConfig
    configs: Mapping[str, Mapping[str, Any]]
    here: bool = True


def weights_of(folder: Path) -> Weights:
    """What the headers of a pipeline's folder say.

    Raises:
        UsageError: if files are missing, damaged or no safetensors.
    """
    index = read_index(folder)
    check_files(folder, index)
    counts = {
        part: sum(info.numel for name in _modules(folder / part) for info in headers(folder / part, name).values())
        for part in index.parts
    }
    configs = {part: read_config(folder, part) for part in ("backbone", "video_codec", "audio_codec")}
    video, audio = (TowerConfig.of(configs["backbone"][name]) for name in ("video", "audio"))
    return Weights(index, counts, video, audio, configs)


def find_weights(name: str) -> Weights:
    """What is known of a pipeline: by its folder, its name in the store, or that of a published network.

    Raises:
        UsageError: if nothing is known by that name; nothing is fetched.
    """
    if name in _PRESETS and not Path(name).is_dir() and name not in installed_pipelines():
        return weights_of_preset(name)
    return weights_of(fetch_pipeline(name, download=False))


def _modules(part: Path) -> tuple[str, ...]:
    """Names of the modules whose weights are in a part's folder; what is missing is for ``headers`` to say."""
    return tuple(sorted({_SHARD.sub("", path.name) for path in part.glob("*.safetensors")})) or ("model",)


def weights_of_preset(name: str) -> Weights:
    """A published network whose files need not be here.

    Raises:
        UsageError: if its sizes are not known.
    """
    if name not in _PRESETS:
        raise UsageError(f"Without weights, a dry run knows {', '.join(_PRESETS)}, got {name!r}.")
    found = preset(_PRESETS[name])
    parts = {"backbone": "dual_tower", "video_codec": "wan2.2", "audio_codec": "mmaudio_16k", "text_encoder": "umt5"}
    index = PipelineIndex(
        name=name,
        parts={part: PartInfo(kind=kind) for part, kind in parts.items()},
        training=Training(
            video_latents=found.video_latents,
            audio_latents=found.audio_latents,
            wording=Wording.OVI_960 if "1.1" in name or name == "ovi_10s" else Wording.OVI_720,
        ),
        sampling=Sampling(skip_layer=11),
    )
    counts = {
        "backbone": 11_660_753_108,
        "video_codec": _WAN_VAE,
        "audio_codec": _MMAUDIO,
        "text_encoder": _UMT5_XXL,
    }
    configs: dict[str, dict[str, Any]] = {
        "video_codec": {"decoder_base_dim": 256},
        "audio_codec": {"vocoder": {"upsample_initial_channel": 1536}},
    }
    return Weights(index, counts, found.video, found.audio, configs, here=False)
