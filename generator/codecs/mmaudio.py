"""MMAudio's 16 kHz audio VAE with the BigVGAN vocoder, through diffusers' classes.

    waveform ──▶ 80 mel bands, log10, hop 256 ──VAE──▶ 20 channels at 31.25 Hz ──VAE──▶ mel ──BigVGAN──▶ waveform

diffusers' classes are of MMAudio's 44.1 kHz model: they take mel in natural logarithms and a vocoder
without a last bias, clamped.  What differs here is put right in one place each, marked below.
Source: hkchengrex/MMAudio for the statistics and the layout of the checkpoints, which are
CC-BY-NC-4.0: not for commercial use.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

import torch
from diffusers import MMAudioVAE, MMAudioVocoder
from torch import Tensor, nn

from mavin.errors import UsageError

__all__ = [
    "BigVGANVocoder",
    "MMAudioCodec",
    "bake_mmaudio_vae",
    "bake_weight_norm",
    "mmaudio_vae_config",
    "vocoder_config",
]

_LN10: Final = math.log(10.0)
_GAIN = re.compile(r"(.+)\.(?:parametrizations\.weight\.original0|weight_g)")


def mmaudio_vae_config() -> dict[str, Any]:
    """Arguments of ``MMAudioVAE`` for MMAudio's ``v1-16.pth``."""
    return {
        "mel_bins": 80,
        "latent_channels": 20,
        "hidden_channels": 384,
        "sample_rate": 16_000,
        "n_fft": 1024,
        "hop_length": 256,
        "scaling_factor": 1.0,
    }


def vocoder_config() -> dict[str, Any]:
    """Arguments of :class:`BigVGANVocoder` for MMAudio's ``best_netG.pt``."""
    return {
        "num_mels": 80,
        "upsample_initial_channel": 1536,
        "upsample_rates": (4, 4, 2, 2, 2, 2),
        "upsample_kernel_sizes": (8, 8, 4, 4, 4, 4),
    }


class BigVGANVocoder(MMAudioVocoder):  # type: ignore[misc]  # diffusers has no types
    """BigVGAN v1: unlike v2, its last convolution has a bias and its wave ends in tanh, not in a clamp."""

    def __init__(self, **config: Any) -> None:
        super().__init__(**config)
        channels = self.config.upsample_initial_channel // 2 ** len(self.config.upsample_rates)
        self.conv_post = nn.Conv1d(channels, 1, 7, padding=3)

    def forward(self, mel: Tensor) -> Tensor:
        """Mel ``[B, bins, M]`` in log10 to a waveform ``[B, 1, M · hop]`` in [-1, 1]."""
        hidden = self.conv_pre(mel)
        for stage, up in enumerate(self.ups):
            hidden = up[0](hidden)
            blocks = self.resblocks[stage * self.num_kernels : (stage + 1) * self.num_kernels]
            hidden = sum(block(hidden) for block in blocks) / self.num_kernels
        return torch.tanh(self.conv_post(self.activation_post(hidden)))


class MMAudioCodec:
    """:class:`~generator.codecs.interfaces.AudioCodec` on MMAudio's VAE and vocoder.

    Args:
        vae: with its weights as :func:`bake_mmaudio_vae` gives them.
        vocoder: with its weights as :func:`bake_weight_norm` gives them; ``None`` if nothing is decoded.
    """

    def __init__(self, vae: MMAudioVAE, vocoder: BigVGANVocoder | None = None) -> None:
        config = vae.config
        self.vae = vae.eval().requires_grad_(False)
        self.vocoder = None if vocoder is None else vocoder.eval().requires_grad_(False)
        self.channels: int = config.latent_channels
        self.sample_rate: int = config.sample_rate
        self.hop: int = 2 * config.hop_length

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path | None = None) -> Self:  # noqa: ARG003
        """From ``vae`` and ``vocoder``, the arguments of ``MMAudioVAE`` and :class:`BigVGANVocoder`."""
        return cls(MMAudioVAE(**config["vae"]), BigVGANVocoder(**config["vocoder"]))

    def part_config(self) -> dict[str, Any]:
        """The configuration as :meth:`from_config` takes it."""
        configs = {"vae": self.vae.config} | ({} if self.vocoder is None else {"vocoder": self.vocoder.config})
        return {
            name: {key: value for key, value in config.items() if not key.startswith("_")}
            for name, config in configs.items()
        }

    def modules_by_name(self) -> dict[str, nn.Module]:
        """What is stored: the autoencoder with its spectrogram's tables, and the vocoder."""
        return {"vae": self.vae} if self.vocoder is None else {"vae": self.vae, "vocoder": self.vocoder}

    @torch.no_grad()
    def encode(self, waveform_T: Tensor) -> Tensor:
        """A waveform ``[T]`` in [-1, 1] at ``sample_rate`` to latents ``[T // hop, C]``, float32.

        Raises:
            UsageError: if it is not mono, or shorter than one latent.
        """
        least = max(self.hop, self.vae.config.n_fft)  # the mel's edges are mirrored, which needs a window
        if waveform_T.ndim != 1 or waveform_T.shape[0] < least:
            raise UsageError(
                f"A waveform must be mono and at least {least} samples ({1000 * least / self.sample_rate:.0f} ms) "
                f"long, got the shape {list(waveform_T.shape)}."
            )
        parameter = next(self.vae.parameters())
        waveform = waveform_T.to(parameter.device, torch.float32)
        mel = self.vae.mel_converter(waveform[None]) / _LN10  # the front end's logarithm is natural, the VAE's decimal
        moments = self.vae.vae.encode(mel.to(parameter.dtype))
        return moments[0, : self.channels].float().T.contiguous().to(waveform_T.device)

    @torch.no_grad()
    def decode(self, latents_LC: Tensor) -> Tensor:
        """Latents to a waveform ``[L · hop]`` in [-1, 1] at ``sample_rate``, float32.

        Raises:
            UsageError: if the latents are of another shape, or there is no vocoder.
        """
        if latents_LC.ndim != 2 or latents_LC.shape[1] != self.channels or not latents_LC.shape[0]:
            raise UsageError(f"Audio latents must be [L, {self.channels}] with L ≥ 1, got {list(latents_LC.shape)}.")
        if self.vocoder is None:
            raise UsageError("Sound can only be decoded with a vocoder: load the codec with it.")
        parameter = next(self.vae.parameters())
        mel = self.vae.decode(latents_LC.T[None].to(parameter.device, parameter.dtype)).sample
        return self.vocoder(mel)[0, 0].float().to(latents_LC.device)


def bake_mmaudio_vae(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors of ``v1-16.pth`` as ``MMAudioVAE`` wants them: weights normalised once, below ``vae.``.

    Each convolution's filters are of unit norm, divided by the root of their size (magnitude-preserving
    convolutions, arXiv 2312.02696, Eq. 47 and 66).
    """
    baked = {}
    for name, tensor in state.items():
        if name.endswith(".weight") and tensor.ndim == 3:
            weight = tensor.float()
            norm = torch.linalg.vector_norm(weight, dim=(1, 2), keepdim=True)
            size = weight[0].numel()
            tensor = (weight / (1e-4 + norm / math.sqrt(size)) / math.sqrt(size)).to(tensor.dtype)
        baked[f"vae.{name}"] = tensor
    return baked


def bake_weight_norm(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """A state with weight norm (``g`` and ``v``, under PyTorch's old or new names) as plain weights: g · v / ‖v‖."""
    baked = dict(state)
    for name in state:
        if found := _GAIN.fullmatch(name):
            new = name.endswith("original0")
            other = f"{found[1]}.parametrizations.weight.original1" if new else f"{found[1]}.weight_v"
            if other not in state:
                raise UsageError(f"The weights must have {other!r} beside {name!r}.")
            gain, direction = baked.pop(name), baked.pop(other)
            baked[f"{found[1]}.weight"] = torch._weight_norm(direction, gain, 0)
    return baked
