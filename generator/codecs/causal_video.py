"""A small causal video VAE, 4 × 16 × 16 to one latent, for a processor: the video codec of the preset ``tiny``.

    frames     0 │ 1 2 3 4 │ 5 6 7 8 │ …       frame 0 is a group of its own, repeated four times
    groups     0 │    1    │    2    │ …       four frames side by side as channels
    latents    0 │    1    │    2    │ …       a group sees itself and, layer by layer, the groups before it

Every layer works on one group at a time and on what the same layer made of the group before it
(:class:`_Shift`), so that encoding and decoding a group at a time give the numbers of the whole clip.

Legend: B = clips, G = groups (latent frames), C = channels, F = frames, H × W = pixels, h × w = latent cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Self

import torch
from torch import Tensor, nn
from torch.nn import functional

from generator.codecs.basis import LatentBasis
from mavin.errors import UsageError

__all__ = ["CausalVideoCodec", "CausalVideoVAE"]

_GROUP: Final = 4
_CELL: Final = 16


class _Shift(nn.Module):
    """Adds what this place was in the group before; nothing at the first group."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.before = nn.Conv2d(channels, channels, 1, bias=False)
        nn.init.zeros_(self.before.weight)

    def forward(self, x: Tensor, groups: int, past: _Past) -> Tensor:
        channels, height, width = x.shape[1:]
        x_BGCHW = x.reshape(-1, groups, channels, height, width)
        earlier = torch.cat((past.exchange(x_BGCHW), x_BGCHW[:, :-1]), dim=1)
        return x + self.before(earlier.reshape(x.shape))


class _Past:
    """The last group of every :class:`_Shift`, in the order in which they are asked."""

    def __init__(self) -> None:
        self._held: list[Tensor] = []
        self._at = 0

    def exchange(self, x_BGCHW: Tensor) -> Tensor:
        last = x_BGCHW[:, -1:]
        if self._at == len(self._held):
            self._held.append(last)
            before = torch.zeros_like(last)
        else:
            before, self._held[self._at] = self._held[self._at], last
        self._at += 1
        return before

    def rewind(self) -> None:
        self._at = 0


class _Block(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(8, channels)
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.shift = _Shift(channels)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        for parameter in self.second.parameters():
            nn.init.zeros_(parameter)

    def forward(self, x: Tensor, groups: int, past: _Past) -> Tensor:
        hidden = self.shift(self.first(functional.silu(self.norm(x))), groups, past)
        return x + self.second(functional.silu(hidden))


class CausalVideoVAE(nn.Module):
    """Encoder and decoder.

    Args:
        latent_channels: C of the latents.
        fine: width at a quarter of the resolution.
        middle: width at an eighth.
        coarse: width at a sixteenth.
        blocks: residual blocks at each resolution of encoder and decoder.
    """

    def __init__(
        self, latent_channels: int = 12, fine: int = 48, middle: int = 96, coarse: int = 192, blocks: int = 2
    ) -> None:
        super().__init__()
        self.config = {
            "latent_channels": latent_channels,
            "fine": fine,
            "middle": middle,
            "coarse": coarse,
            "blocks": blocks,
        }
        pixels = 3 * _GROUP * 16
        self.enter = nn.Conv2d(pixels, fine, 1)
        self.down = nn.ModuleList([_halved(fine, middle), _blocks(middle, blocks), _halved(middle, coarse)])
        self.deep = _blocks(coarse, blocks)
        self.to_latent = nn.Conv2d(coarse, 2 * latent_channels, 1)
        self.from_latent = nn.Conv2d(latent_channels, coarse, 3, padding=1)
        self.rise = _blocks(coarse, blocks)
        self.up = nn.ModuleList(
            [_doubled(coarse, middle), _blocks(middle, blocks), _doubled(middle, fine), _blocks(fine, blocks)]
        )
        self.leave = nn.Conv2d(fine, pixels, 1)
        self.basis = LatentBasis(latent_channels)

    def posterior(self, frames_B3FHW: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and logarithm of the variance of the latents ``[B, C, G, h, w]``, as trained."""
        batch = frames_B3FHW.shape[0]
        x = functional.pixel_unshuffle(_grouped(frames_B3FHW), 4)
        groups = x.shape[0] // batch
        past = _Past()
        x = self._run([*self.down, self.deep], self.enter(x), groups, past)
        mean, log_variance = self.to_latent(x).reshape(batch, groups, -1, *x.shape[2:]).transpose(1, 2).chunk(2, dim=1)
        return mean, log_variance.clamp(-20, 10)

    def decode(self, latents_BCGHW: Tensor, past: _Past | None = None) -> Tensor:
        """Latents as trained to frames ``[B, 3, 4 · G, H, W]``; of group 0 only the last frame is one of the clip."""
        batch, channels, groups, height, width = latents_BCGHW.shape
        x = self.from_latent(latents_BCGHW.transpose(1, 2).reshape(-1, channels, height, width))
        x = self._run([self.rise, *self.up], x, groups, past or _Past())
        pixels = functional.pixel_shuffle(self.leave(functional.silu(x)), 4)
        frames = pixels.reshape(batch, groups, 3, _GROUP, *pixels.shape[2:])
        return frames.transpose(1, 2).reshape(batch, 3, groups * _GROUP, *pixels.shape[2:])

    @staticmethod
    def _run(stages: list[nn.Module], x: Tensor, groups: int, past: _Past) -> Tensor:
        for stage in stages:
            for layer in stage if isinstance(stage, nn.ModuleList) else (stage,):
                x = layer(x, groups, past) if isinstance(layer, _Block) else layer(x)
        return x


def _blocks(channels: int, count: int) -> nn.ModuleList:
    return nn.ModuleList(_Block(channels) for _ in range(count))


def _halved(channels: int, wider: int) -> nn.Module:
    return nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(4 * channels, wider, 1))


def _doubled(channels: int, narrower: int) -> nn.Module:
    return nn.Sequential(nn.Conv2d(channels, 4 * narrower, 1), nn.PixelShuffle(2))


def _grouped(frames_B3FHW: Tensor) -> Tensor:
    """``[B · G, 12, H, W]``: frame 0 four times, then every four frames side by side."""
    batch, _, count, height, width = frames_B3FHW.shape
    first = frames_B3FHW[:, :, :1].expand(-1, -1, _GROUP - 1, -1, -1)
    frames = torch.cat((first, frames_B3FHW), dim=2)
    groups = frames.reshape(batch, 3, (count + _GROUP - 1) // _GROUP, _GROUP, height, width).transpose(1, 2)
    return groups.reshape(-1, 3 * _GROUP, height, width)


class CausalVideoCodec:
    """:class:`~generator.codecs.interfaces.VideoCodec` on :class:`CausalVideoVAE`."""

    stride: tuple[int, int, int] = (_GROUP, _CELL, _CELL)

    def __init__(self, vae: CausalVideoVAE) -> None:
        self.vae = vae
        self.channels: int = vae.config["latent_channels"]

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path) -> Self:  # noqa: ARG003
        """The structure without weights."""
        return cls(CausalVideoVAE(**config))

    def part_config(self) -> dict[str, Any]:
        """What :meth:`from_config` takes."""
        return dict(self.vae.config)

    def modules_by_name(self) -> dict[str, nn.Module]:
        """The modules that hold weights."""
        return {"model": self.vae}

    @torch.no_grad()
    def encode(self, frames_3FHW: Tensor) -> Tensor:
        """Frames ``[3, 4k + 1, H, W]`` in [-1, 1] to the mean of their latents, ``[C, k + 1, h, w]``, for the network.

        Raises:
            UsageError: if the count of frames is not 4k + 1 or the picture is no whole number of cells.
        """
        _, count, height, width = frames_3FHW.shape
        if count % _GROUP != 1 or height % _CELL or width % _CELL:
            raise UsageError(
                f"A clip must have 4k + 1 frames of a width and height in steps of {_CELL} pixels, "
                f"got {count} frames of {width}×{height}."
            )
        mean, _ = self.vae.posterior(frames_3FHW[None].to(self.vae.basis.mean))
        return self.vae.basis.enter(mean[0], 0)

    def decode(self, latents_CfHW: Tensor) -> Tensor:
        """Latents of the network to frames ``[3, 4k + 1, H, W]`` in [-1, 1]."""
        return torch.cat(list(self.stream(latents_CfHW)), dim=1)

    @torch.no_grad()
    def stream(self, latents_CfHW: Tensor) -> Iterator[Tensor]:
        """The frames of :meth:`decode`, a latent at a time."""
        latents = self.vae.basis.leave(latents_CfHW, 0)
        past = _Past()
        for at in range(latents.shape[1]):
            frames = self.vae.decode(latents[None, :, at : at + 1], past)[0].clamp(-1, 1)
            past.rewind()
            yield frames if at else frames[:, -1:]
