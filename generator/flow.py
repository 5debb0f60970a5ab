r"""Flow matching, §4.1 and Eq. 1, in the paper's symbols and direction of time.

    z_t = (1 − t) z₀ + t ε          t = 0 is the clean latent, t = 1 is noise
    v   = dz_t / dt = ε − z₀        what the network predicts

Sampling therefore runs from t = 1 down to t = 0, and ``z₀ = z_t − t · v``.  Other libraries count the
other way; ``tests/generator/test_flow.py`` pins ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import torch
from torch import Tensor

from generator.presets import Modality
from mavin.errors import UsageError

__all__ = [
    "AUDIO_WEIGHT",
    "TIMESTEPS",
    "VIDEO_WEIGHT",
    "FlowLoss",
    "Latents",
    "clean_from_velocity",
    "flow_matching_loss",
    "interpolate",
    "start_noise",
    "velocity",
]

VIDEO_WEIGHT: Final = 0.85
"""Weight of the video term of Eq. 1 (Appendix C.2)."""

AUDIO_WEIGHT: Final = 0.15
"""Weight of the audio term of Eq. 1 (Appendix C.2)."""

TIMESTEPS: Final = 1000
"""The network is told 1000 · t."""


class Latents(NamedTuple):
    """A clip in latent space: ``(channels, frames, height, width)`` and ``(latents, channels)``."""

    video: Tensor
    audio: Tensor


@dataclass(frozen=True, slots=True)
class FlowLoss:
    """Eq. 1 on one batch.

    Attributes:
        total: ``0.85 · video + 0.15 · audio``, to be minimised.
        video: mean squared error of the video velocity; 0 where the audio tower runs alone.
        audio: mean squared error of the audio velocity; 0 where the video tower runs alone.
    """

    total: Tensor
    video: Tensor
    audio: Tensor


def interpolate(clean: Tensor, noise: Tensor, t: Tensor | float) -> Tensor:
    """``z_t = (1 − t) z₀ + t ε``."""
    return (1 - t) * clean + t * noise


def velocity(clean: Tensor, noise: Tensor) -> Tensor:
    """``ε − z₀``, the derivative of :func:`interpolate` by t."""
    return noise - clean


def clean_from_velocity(noisy: Tensor, velocity: Tensor, t: Tensor | float) -> Tensor:
    """``z₀ = z_t − t · v``."""
    return noisy - t * velocity


def start_noise(
    video_shape: Sequence[int],
    audio_shape: Sequence[int],
    seed: int,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> Latents:
    """ε for both towers, each from a generator of its own with the same seed, as Ovi draws them.

    The same seed gives the same numbers on the same kind of device, whatever was drawn before.
    """
    drawn = []
    for shape in (video_shape, audio_shape):
        generator = torch.Generator(device=device).manual_seed(seed)
        drawn.append(torch.randn(tuple(shape), generator=generator, device=device, dtype=dtype))
    return Latents(*drawn)


def flow_matching_loss(
    backbone: torch.nn.Module,
    clean: Sequence[Latents],
    noise: Sequence[Latents],
    t: Tensor,
    video_text: Sequence[Tensor],
    audio_text: Sequence[Tensor],
    plan: Any = None,
    video_weight: float = VIDEO_WEIGHT,
    audio_weight: float = AUDIO_WEIGHT,
    modality: Modality = "both",
) -> FlowLoss:
    """Eq. 1 for one draw of t and ε per sample.

    Args:
        backbone: predicts both velocities.
        clean: z₀ of each sample.
        noise: ε of each sample, independent for both towers.
        t: ``(B,)`` in [0, 1]; the paper draws it uniformly.
        video_text: text of the video tower, one a sample.
        audio_text: text of the audio tower, one a sample.
        plan: routing and references, as the backbone takes them.
        video_weight: weight of the video term.
        audio_weight: weight of the audio term.
        modality: the towers that run.

    Returns:
        The weighted sum and its two terms; each is a mean over the numbers of a sample, then over samples.

    Raises:
        UsageError: if the numbers of samples differ.
    """
    if not len(clean) == len(noise) == len(t):
        raise UsageError(f"There must be one noise and one t a sample, got {len(clean)}, {len(noise)} and {len(t)}.")
    samples = list(zip(clean, noise, t, strict=True))
    video, audio = backbone(
        None if modality == "audio" else [interpolate(z0.video, e.video, ti) for z0, e, ti in samples],
        None if modality == "video" else [interpolate(z0.audio, e.audio, ti) for z0, e, ti in samples],
        TIMESTEPS * t,
        None if modality == "audio" else video_text,
        None if modality == "video" else audio_text,
        plan=plan,
    )
    absent = t.new_zeros(())
    video_loss = absent if video is None else _mean_error(video, [z0.video for z0 in clean], [e.video for e in noise])
    audio_loss = absent if audio is None else _mean_error(audio, [z0.audio for z0 in clean], [e.audio for e in noise])
    return FlowLoss(video_weight * video_loss + audio_weight * audio_loss, video_loss, audio_loss)


def _mean_error(found: Sequence[Tensor], clean: Sequence[Tensor], noise: Sequence[Tensor]) -> Tensor:
    if len({one.shape for one in clean}) == 1:  # the mean of equally many means
        v, z0, e = (torch.stack(tuple(each)) for each in (found, clean, noise))
        return (v - velocity(z0, e)).square().mean()
    errors = [(v - velocity(z0, e)).square().mean() for v, z0, e in zip(found, clean, noise, strict=True)]
    return torch.stack(errors).mean()
