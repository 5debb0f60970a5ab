"""A small audio codec for a processor: mel latents at 31.25 a second, and a vocoder of harmonics and noise.

    waveform 16 kHz ─▶ 48 mel bands, 62.5 a second ─▶ two side by side ─encoder─▶ 21 channels ┐
             └───────▶ pitch, voicing ────────────────────────────────────────▶  3 channels ┴▶ latent [24]
    latent ─decoder─▶ 64 harmonics of the pitch + 65 bands of noise, 62.5 a second ─▶ waveform

Pitch is a channel of its own: what the network says of it is heard exactly, which is what a voice is known by.

Legend: B = clips, T = samples, L = latents (512 samples), M = 2 L frames (256 samples), C = channels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers.audio_utils import mel_filter_bank

from generator.codecs.basis import LatentBasis
from generator.codecs.pitch import FRAME, track_pitch
from mavin.errors import UsageError

__all__ = ["HarmonicCodec", "HarmonicVocoder", "features"]

RATE: Final = 16_000
HOP: Final = 2 * FRAME
_BANDS: Final = 48
_FFT: Final = 1024
_TOLD: Final = 3
"""Channels that are told, not learned: pitch, and voicing of both halves."""
_HARMONICS: Final = 64
_NOISE_FFT: Final = 512
_NOISE_BANDS: Final = 65
_FLOOR: Final = 1e-5
_MIDDLE_PITCH, _PITCH_SPREAD = math.log(160.0), 0.4
_HIGHEST: Final = 7_600.0
"""Hz; harmonics above it would fold back."""


def features(waveform_T: Tensor) -> Tensor:
    """What is told to the encoder: ``[L, 3 + 96]``: pitch, voicing of both halves, mel of both halves."""
    count = waveform_T.shape[0] // HOP
    waveform = waveform_T[: count * HOP]
    log_pitch, voicing = track_pitch(waveform)
    pairs = voicing.reshape(count, 2)
    weights = pairs + 1e-3
    pitch = (log_pitch.reshape(count, 2) * weights).sum(1, keepdim=True) / weights.sum(1, keepdim=True)
    side = (_FFT - FRAME) // 2
    power = torch.stft(
        functional.pad(waveform, (side, side)), _FFT, FRAME, window=_window(_FFT, waveform), center=False,
        return_complex=True,
    ).abs()[:, : 2 * count]  # fmt: skip
    mel = torch.log10((_mel(waveform) @ power).clamp_min(_FLOOR)) / 2 + 1
    told = ((pitch - _MIDDLE_PITCH) / _PITCH_SPREAD, 2 * pairs - 1)
    return torch.cat((*told, mel.T.reshape(count, 2 * _BANDS)), dim=1)


def _window(size: int, like: Tensor) -> Tensor:
    return torch.hann_window(size, device=like.device, dtype=like.dtype)


def _mel(like: Tensor) -> Tensor:
    bank = mel_filter_bank(_FFT // 2 + 1, _BANDS, 50.0, 8000.0, RATE, norm="slaney", mel_scale="slaney")
    return torch.as_tensor(bank.T, dtype=like.dtype, device=like.device)


class _Block(nn.Module):
    """A residual block along time; every frame is normalised by itself, so that a clip's end changes no beginning."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(channels)
        self.first = nn.Conv1d(channels, 2 * channels, 3, padding=1)
        self.second = nn.Conv1d(2 * channels, channels, 1)
        nn.init.zeros_(self.second.weight)

    def forward(self, x_BCM: Tensor) -> Tensor:
        hidden = self.norm(x_BCM.transpose(1, 2)).transpose(1, 2)
        out: Tensor = x_BCM + self.second(functional.silu(self.first(hidden)))
        return out


class HarmonicVocoder(nn.Module):
    """Encoder, decoder and synthesis.

    Args:
        latent_channels: C, three of which are pitch and voicing.
        width: of the layers.
        blocks: residual blocks of the encoder and at each of the decoder's two rates.
    """

    def __init__(self, latent_channels: int = 24, width: int = 160, blocks: int = 3) -> None:
        super().__init__()
        self.config = {"latent_channels": latent_channels, "width": width, "blocks": blocks}
        self.enter = nn.Conv1d(_TOLD + 2 * _BANDS, width, 3, padding=1)
        self.deep = nn.Sequential(*(_Block(width) for _ in range(blocks)))
        self.to_latent = nn.Conv1d(width, 2 * (latent_channels - _TOLD), 1)
        self.from_latent = nn.Conv1d(latent_channels, width, 3, padding=1)
        self.rise = nn.Sequential(*(_Block(width) for _ in range(blocks)))
        self.halves = nn.Conv1d(width, 2 * width, 1)
        self.fine = nn.Sequential(*(_Block(width) for _ in range(blocks)))
        self.leave = nn.Conv1d(width, _HARMONICS + _NOISE_BANDS + 1, 1)
        self.basis = LatentBasis(latent_channels)

    def posterior(self, features_BLC: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and logarithm of the variance of the latents ``[B, L, C]``, as trained."""
        hidden = self.deep(self.enter(features_BLC.transpose(1, 2)))
        learned, log_variance = self.to_latent(hidden).transpose(1, 2).chunk(2, dim=2)
        told = features_BLC[..., :_TOLD]
        # What is told is known within a few cents and hundredths.
        certain = torch.full_like(told, -8.0)
        return torch.cat((told, learned), 2), torch.cat((certain, log_variance.clamp(-20, 10)), 2)

    def decode(self, latents_BLC: Tensor, noise: torch.Generator | None = None) -> Tensor:
        """Latents as trained to waveforms ``[B, L · 512]``."""
        log_pitch = latents_BLC[..., 0].float() * _PITCH_SPREAD + _MIDDLE_PITCH
        harmonics, bands = self.strengths(latents_BLC)
        return _tones(log_pitch, harmonics) + _hiss(bands, noise)

    def strengths(self, latents_BLC: Tensor) -> tuple[Tensor, Tensor]:
        """Amplitudes of the harmonics ``[B, 64, M]`` and of the bands of noise ``[B, 65, M]``."""
        batch, count = latents_BLC.shape[:2]
        hidden = self.rise(self.from_latent(latents_BLC.transpose(1, 2)))
        hidden = self.halves(hidden).reshape(batch, 2, -1, count).permute(0, 2, 3, 1).reshape(batch, -1, 2 * count)
        harmonics, bands, voiced = self.leave(functional.silu(self.fine(hidden))).split(
            (_HARMONICS, _NOISE_BANDS, 1), dim=1
        )
        return _strength(harmonics.float()) * torch.sigmoid(voiced.float()), _strength(bands.float())


def _strength(raw: Tensor) -> Tensor:
    """Any number to an amplitude: 1e-7 and up, slowly growing, as in DDSP (arXiv 2001.04643, Eq. 5)."""
    return 2.0 * torch.sigmoid(raw) ** math.log(10.0) + 1e-7


def _tones(log_pitch_BL: Tensor, strengths_BHM: Tensor) -> Tensor:
    """Harmonics of the pitch ``[B, T]``; the phase runs on through everything."""
    with torch.no_grad():  # the pitch is told, not learned
        pitch = functional.interpolate(log_pitch_BL[:, None], scale_factor=HOP, mode="linear").exp()[:, 0]
        turns = (pitch.double() / RATE).cumsum(1).remainder(1.0).float()
        number = torch.arange(1, _HARMONICS + 1, device=pitch.device, dtype=torch.float32)[:, None]
        heard = pitch[:, None] * number < _HIGHEST
        waves = torch.sin(2 * math.pi * (turns[:, None] * number).remainder(1.0)) * heard
    amplitude = functional.interpolate(strengths_BHM, scale_factor=FRAME, mode="linear")
    return 0.1 * (waves * amplitude).sum(1)


def _hiss(strengths_BNM: Tensor, noise: torch.Generator | None) -> Tensor:
    """White noise through the bands ``[B, T]``."""
    batch, _, frames = strengths_BNM.shape
    white = torch.randn((batch, frames * FRAME), generator=noise, device=strengths_BNM.device)
    window = _window(_NOISE_FFT, white)
    spectrum = torch.stft(white, _NOISE_FFT, FRAME, window=window, return_complex=True)
    # The spectrum's frames lie between two of the bands' frames.
    between = functional.pad(strengths_BNM, (1, 1), mode="replicate")
    between = 0.5 * (between[..., 1:] + between[..., :-1])
    shape = functional.interpolate(between.transpose(1, 2), size=_NOISE_FFT // 2 + 1, mode="linear", align_corners=True)
    return 0.05 * torch.istft(spectrum * shape.transpose(1, 2), _NOISE_FFT, FRAME, window=window, length=frames * FRAME)


class HarmonicCodec:
    """:class:`~generator.codecs.interfaces.AudioCodec` on :class:`HarmonicVocoder`."""

    sample_rate: int = RATE
    hop: int = HOP

    def __init__(self, vocoder: HarmonicVocoder) -> None:
        self.vocoder = vocoder
        self.channels: int = vocoder.config["latent_channels"]

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path | None = None) -> Self:  # noqa: ARG003
        """The structure without weights."""
        return cls(HarmonicVocoder(**config))

    def part_config(self) -> dict[str, Any]:
        """What :meth:`from_config` takes."""
        return dict(self.vocoder.config)

    def modules_by_name(self) -> dict[str, nn.Module]:
        """The modules that hold weights."""
        return {"model": self.vocoder}

    @torch.no_grad()
    def encode(self, waveform_T: Tensor) -> Tensor:
        """A waveform in [-1, 1] at 16 kHz to the mean of its latents, as the network takes them: ``[T // 512, C]``.

        Raises:
            UsageError: if it is not mono, or shorter than one window of 64 ms.
        """
        if waveform_T.ndim != 1 or waveform_T.shape[0] < _FFT:
            raise UsageError(
                f"A waveform must be mono and at least {_FFT} samples ({1000 * _FFT // RATE} ms) long, "
                f"got the shape {list(waveform_T.shape)}."
            )
        mean, _ = self.vocoder.posterior(features(waveform_T.to(self.vocoder.basis.mean))[None])
        return self.vocoder.basis.enter(mean[0], 1)

    @torch.no_grad()
    def decode(self, latents_LC: Tensor) -> Tensor:
        """Latents of the network to a waveform ``[L · 512]`` in [-1, 1]; the same latents make the same noise.

        Raises:
            UsageError: if the latents are of another shape.
        """
        if latents_LC.ndim != 2 or latents_LC.shape[1] != self.channels or not latents_LC.shape[0]:
            raise UsageError(f"Audio latents must be [L, {self.channels}] with L ≥ 1, got {list(latents_LC.shape)}.")
        latents = self.vocoder.basis.leave(latents_LC, 1)
        noise = torch.Generator(latents.device).manual_seed(0)
        return self.vocoder.decode(latents[None], noise)[0].clamp(-1, 1)
