"""What sampling starts from at t = 1: noise that is drawn or given, in the shapes of a clip."""

from __future__ import annotations

import torch

from generator.flow import Latents, start_noise
from generator.presets import TowerConfig
from generator.shapes import ClipShape
from mavin.errors import UsageError

__all__ = ["latent_shapes", "start_latents"]


def latent_shapes(shape: ClipShape, video: TowerConfig, audio: TowerConfig) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The shapes ``(C, F, H, W)`` and ``(N, C)`` of a clip's latents in these towers."""
    grid = shape.grid
    rows, columns = video.patch_size[1:]
    return (
        (video.in_dim, grid.video_latents, grid.rows * rows, grid.columns * columns),
        (grid.audio_latents, audio.in_dim),
    )


def start_latents(
    video: tuple[int, ...],
    audio: tuple[int, ...],
    seed: int,
    device: torch.device,
    generator: torch.Generator | None = None,
    latents: Latents | None = None,
) -> Latents:
    """The latents that a clip starts from, in float32.

    Args:
        video: shape of the video latents.
        audio: shape of the audio latents.
        seed: of the noise.
        device: where they shall be.
        generator: draws the noise instead of ``seed``.
        latents: given instead of drawn.

    Raises:
        UsageError: if the given latents have other shapes.
    """
    if latents is not None:
        for name, wanted, got in zip(("video", "audio"), (video, audio), latents, strict=True):
            if tuple(got.shape) != wanted:
                raise UsageError(f"The {name} latents of this clip must have shape {wanted}, got {tuple(got.shape)}.")
        return Latents(*(each.to(device, torch.float32) for each in latents))
    if generator is not None:
        drawn = (torch.randn(each, generator=generator, device=generator.device) for each in (video, audio))
        return Latents(*(each.to(device) for each in drawn))
    # Drawn on the CPU: a seed is then the same noise on every device.
    return Latents(*(each.to(device) for each in start_noise(video, audio, seed)))
