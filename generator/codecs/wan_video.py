"""Wan 2.2's causal video VAE (4 × 16 × 16, 48 channels), through diffusers' class.

    frames (4k+1) ──encode──▶ k+1 latents, (μ − mean) / std        latents ──stream──▶ 1 frame, then 4, 4, …

Decoding keeps the causal convolutions' caches from latent to latent, and with ``tile`` also works on
one tile of the picture at a time, so that neither the length nor the size of a clip bounds its memory.
Source: Wan-Video/Wan2.2 ``vae2_2.py`` for the layout of its checkpoint and the latents' statistics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import torch
from diffusers import AutoencoderKLWan
from diffusers.models.autoencoders.autoencoder_kl_wan import unpatchify
from torch import Tensor, nn

from mavin.errors import UsageError

__all__ = ["Tiling", "WanVideoCodec", "rename_wan_vae", "wan22_config"]

# Mean and standard deviation of each latent channel (Wan2.2's vae2_2.py).
_MEAN: Final = (
    -0.2289, -0.0052, -0.1323, -0.2339, -0.2799, 0.0174, 0.1838, 0.1557, -0.1382, 0.0542, 0.2813, 0.0891,
    0.1570, -0.0098, 0.0375, -0.1825, -0.2246, -0.1207, -0.0698, 0.5109, 0.2665, -0.2108, -0.2158, 0.2502,
    -0.2055, -0.0322, 0.1109, 0.1567, -0.0729, 0.0899, -0.2799, -0.1230, -0.0313, -0.1649, 0.0117, 0.0723,
    -0.2839, -0.2083, -0.0520, 0.3748, 0.0152, 0.1957, 0.1433, -0.2944, 0.3573, -0.0548, -0.1681, -0.0667,
)  # fmt: skip
_STD: Final = (
    0.4765, 1.0364, 0.4514, 1.1677, 0.5313, 0.4990, 0.4818, 0.5013, 0.8158, 1.0344, 0.5894, 1.0901,
    0.6885, 0.6165, 0.8454, 0.4978, 0.5759, 0.3523, 0.7135, 0.6804, 0.5833, 1.4146, 0.8986, 0.5659,
    0.7069, 0.5338, 0.4889, 0.4917, 0.4069, 0.4999, 0.6866, 0.4093, 0.5709, 0.6065, 0.6415, 0.4944,
    0.5726, 1.2042, 0.5458, 1.6887, 0.3971, 1.0600, 0.3943, 0.5537, 0.5444, 0.4089, 0.7468, 0.7744,
)  # fmt: skip


def wan22_config() -> dict[str, Any]:
    """Arguments of ``AutoencoderKLWan`` for Wan 2.2 TI2V-5B's VAE (704.7 M parameters)."""
    return {
        "base_dim": 160,
        "decoder_base_dim": 256,
        "z_dim": 48,
        "is_residual": True,
        "in_channels": 12,
        "out_channels": 12,
        "patch_size": 2,
        "scale_factor_temporal": 4,
        "scale_factor_spatial": 16,
        "latents_mean": list(_MEAN),
        "latents_std": list(_STD),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiling:
    """Size of a tile and overlap of two, in latent cells; what overlaps is cross-faded.

    Raises:
        UsageError: if tiles would not overlap, or overlap by more than half.
    """

    size: int = 16
    overlap: int = 4

    def __post_init__(self) -> None:
        if not 1 <= self.overlap <= self.size // 2:
            raise UsageError(
                f"Tiles must overlap by 1 to {self.size // 2} of their {self.size} cells, got {self.overlap}."
            )


class WanVideoCodec:
    """:class:`~generator.codecs.interfaces.VideoCodec` on an ``AutoencoderKLWan``.

    Args:
        vae: with its weights; its configuration says stride, channels and the latents' statistics.
        tiling: ``None`` decodes whole pictures.
    """

    def __init__(self, vae: AutoencoderKLWan, tiling: Tiling | None = None) -> None:
        self.vae = vae.eval().requires_grad_(False)
        config = vae.config
        self.channels: int = config.z_dim
        self.stride = (config.scale_factor_temporal, config.scale_factor_spatial, config.scale_factor_spatial)
        self.tiling = tiling
        # Constants, not weights: they have values even where the network has only shapes (the meta device).
        self._mean = torch.tensor(config.latents_mean, device="cpu").view(-1, 1, 1, 1)
        self._std = torch.tensor(config.latents_std, device="cpu").view(-1, 1, 1, 1)

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path | None = None) -> Self:  # noqa: ARG003
        """From the arguments of ``AutoencoderKLWan``."""
        return cls(AutoencoderKLWan(**config))

    def part_config(self) -> dict[str, Any]:
        """The configuration as :meth:`from_config` takes it."""
        return {name: value for name, value in self.vae.config.items() if not name.startswith("_")}

    def modules_by_name(self) -> dict[str, nn.Module]:
        """What is stored: the autoencoder."""
        return {"model": self.vae}

    @torch.no_grad()
    def encode(self, frames_3FHW: Tensor) -> Tensor:
        """Frames in [-1, 1], F = 4k + 1, H and W multiples of the stride, to latents ``[C, k+1, h, w]``, float32.

        Raises:
            UsageError: if the frames are of another shape.
        """
        _, count, height, width = self._shape(frames_3FHW, 3, "Frames", "[3, F, H, W]")
        t, h, w = self.stride
        if count % t != 1 or height % h or width % w:
            raise UsageError(
                f"Frames must be {t}k + 1 pictures whose height and width are multiples of {h} and {w}, "
                f"got {count} of {width}×{height}."
            )
        parameter = next(self.vae.parameters())
        latents = self.vae.encode(frames_3FHW[None].to(parameter.device, parameter.dtype)).latent_dist.mode()[0]
        return ((latents.float().cpu() - self._mean) / self._std).to(frames_3FHW.device)

    def decode(self, latents_CfHW: Tensor) -> Tensor:
        """Latents to frames ``[3, 4f − 3, H, W]`` in [-1, 1], float32.

        Raises:
            UsageError: if the latents are of another shape.
        """
        return torch.cat(list(self.stream(latents_CfHW)), dim=1)

    @torch.no_grad()
    def stream(self, latents_CfHW: Tensor) -> Iterator[Tensor]:
        """The frames of :meth:`decode` a latent at a time: ``[3, 1, H, W]``, then ``[3, 4, H, W]`` each."""
        _, length, height, width = self._shape(latents_CfHW, self.channels, "Latents", "[C, f, h, w]")
        vae, parameter = self.vae, next(self.vae.parameters())
        latents = (latents_CfHW.float().cpu() * self._std + self._mean)[None].to(parameter.device, parameter.dtype)
        tiles = [
            _Tile(rows, columns, [None] * vae._cached_conv_counts["decoder"])
            for rows in _spans(height, self.tiling)
            for columns in _spans(width, self.tiling)
        ]
        for index in range(length):
            picture = weight = None
            for tile in tiles:
                part = vae.post_quant_conv(latents[:, :, index : index + 1, tile.rows.inside, tile.columns.inside])
                # The caches hold what the causal convolutions need of the latents before: they belong to the tile.
                frames = vae.decoder(part, feat_cache=tile.caches, feat_idx=[0], first_chunk=index == 0)
                if vae.config.patch_size is not None:
                    frames = unpatchify(frames, patch_size=vae.config.patch_size)
                frames = frames[0].float()
                if len(tiles) == 1:
                    picture, weight = frames, None
                    break
                if picture is None or weight is None:
                    _, h, w = self.stride
                    picture = frames.new_zeros(*frames.shape[:2], height * h, width * w)
                    weight = frames.new_zeros(height * h, width * w)
                rows, columns = tile.rows.scaled(self.stride[1]), tile.columns.scaled(self.stride[2])
                fade = tile.rows.ramp(self.stride[1])[:, None] * tile.columns.ramp(self.stride[2])[None, :]
                fade = fade.to(frames.device)
                picture[:, :, rows, columns] += frames * fade
                weight[rows, columns] += fade
            assert picture is not None
            yield (picture if weight is None else picture / weight).clamp(-1.0, 1.0).to(latents_CfHW.device)

    @staticmethod
    def _shape(tensor: Tensor, channels: int, what: str, form: str) -> torch.Size:
        if tensor.ndim != 4 or tensor.shape[0] != channels or 0 in tensor.shape:
            raise UsageError(f"{what} must be {form} with {channels} channels, got {list(tensor.shape)}.")
        return tensor.shape


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a tile lies along one side, in cells; ``before`` and ``after`` overlap with its neighbours."""

    start: int
    stop: int
    before: int
    after: int

    @property
    def inside(self) -> slice:
        return slice(self.start, self.stop)

    def scaled(self, stride: int) -> slice:
        return slice(self.start * stride, self.stop * stride)

    def ramp(self, stride: int) -> Tensor:
        """Weights that rise over what lies under the tile before and fall over what lies under the one after."""
        length = (self.stop - self.start) * stride
        position = torch.arange(length, dtype=torch.float32) + 0.5
        rise = position / (self.before * stride) if self.before else torch.ones(length)
        fall = (length - position) / (self.after * stride) if self.after else torch.ones(length)
        return torch.minimum(rise.clamp(max=1.0), fall.clamp(max=1.0))


@dataclass(frozen=True, slots=True)
class _Tile:
    rows: _Span
    columns: _Span
    caches: list[Tensor | None]


def _spans(length: int, tiling: Tiling | None) -> list[_Span]:
    if tiling is None or length <= tiling.size:
        return [_Span(0, length, 0, 0)]
    step = tiling.size - tiling.overlap
    # The last tile ends at the edge: it overlaps by more rather than being a sliver.
    starts = [*range(0, length - tiling.size, step), length - tiling.size]
    stops = [start + tiling.size for start in starts]
    overlaps = [0, *(stop - start for stop, start in zip(stops[:-1], starts[1:], strict=True)), 0]
    return [
        _Span(start, stop, before, after)
        for start, stop, before, after in zip(starts, stops, overlaps[:-1], overlaps[1:], strict=True)
    ]


# Wan's names of the parts of a residual block, by their place in it.
_RESIDUAL: Final = {
    "residual.0.gamma": "norm1.gamma",
    "residual.2.weight": "conv1.weight",
    "residual.2.bias": "conv1.bias",
    "residual.3.gamma": "norm2.gamma",
    "residual.6.weight": "conv2.weight",
    "residual.6.bias": "conv2.bias",
    "shortcut.weight": "conv_shortcut.weight",
    "shortcut.bias": "conv_shortcut.bias",
}
_WHOLE: Final = {"conv1": "quant_conv", "conv2": "post_quant_conv"}
_SIDE: Final = {"conv1": "conv_in", "head.0": "norm_out", "head.2": "conv_out", "middle.1": "mid_block.attentions.0"}


def rename_wan_vae(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors of ``Wan2.2_VAE.pth`` under the names of ``AutoencoderKLWan``.

    Raises:
        UsageError: if a name is not one of Wan 2.2's.
    """
    return {_wan_name(name): tensor for name, tensor in state.items()}


def _wan_name(name: str) -> str:
    if whole := re.fullmatch(r"(conv[12])\.(weight|bias)", name):
        return f"{_WHOLE[whole[1]]}.{whole[2]}"
    side, _, rest = name.partition(".")
    if side in ("encoder", "decoder"):
        if middle := re.fullmatch(r"middle\.([02])\.(.+)", rest):
            return f"{side}.mid_block.resnets.{int(middle[1]) // 2}.{_residual(name, middle[2])}"
        if block := re.fullmatch(r"(down|up)samples\.(\d+)\.\1samples\.(\d+)\.(.+)", rest):
            way, outer, inner, part = block.groups()
            if part.startswith(("resample.", "time_conv.")):
                return f"{side}.{way}_blocks.{outer}.{way}sampler.{part}"
            return f"{side}.{way}_blocks.{outer}.resnets.{inner}.{_residual(name, part)}"
        for theirs, ours in _SIDE.items():
            if rest.startswith(theirs + "."):
                return f"{side}.{ours}{rest[len(theirs) :]}"
    raise UsageError(f"The weights must be those of Wan 2.2's video VAE, and it has no tensor {name!r}.")


def _residual(name: str, part: str) -> str:
    if part not in _RESIDUAL:
        raise UsageError(f"The weights must be those of Wan 2.2's video VAE, and it has no tensor {name!r}.")
    return _RESIDUAL[part]
