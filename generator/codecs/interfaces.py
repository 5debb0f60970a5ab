"""What the pipeline asks of a codec: three small protocols, so that weights can be exchanged part by part.

Legend: C = latent channels, F = frames, f = latent frames, H × W = pixels, h × w = latent cells,
T = samples, L = audio latents, n = text tokens, D = width of a text token.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from torch import Tensor

__all__ = ["AudioCodec", "TextEncoder", "VideoCodec"]


@runtime_checkable
class VideoCodec(Protocol):
    """Frames to latents and back.

    Attributes:
        channels: C.
        stride: frames and pixels per latent cell, ``(t, h, w)``; F = t·k + 1 frames are k + 1 latents.
    """

    channels: int
    stride: tuple[int, int, int]

    def encode(self, frames_3FHW: Tensor) -> Tensor:
        """Frames in [-1, 1] to normalised latents ``[C, f, h, w]``, without sampling."""
        ...

    def decode(self, latents_CfHW: Tensor) -> Tensor:
        """Normalised latents to frames ``[3, F, H, W]`` in [-1, 1]."""
        ...

    def stream(self, latents_CfHW: Tensor) -> Iterator[Tensor]:
        """The frames of :meth:`decode` a latent at a time, for memory: ``[3, 1, H, W]``, then ``[3, t, H, W]``."""
        ...


@runtime_checkable
class AudioCodec(Protocol):
    """A mono waveform to latents and back.

    Attributes:
        channels: C.
        sample_rate: of the waveform, Hz.
        hop: samples per latent; ``sample_rate / hop`` is the rate of the latents.
    """

    channels: int
    sample_rate: int
    hop: int

    def encode(self, waveform_T: Tensor) -> Tensor:
        """A waveform in [-1, 1] to latents ``[L, C]``, without sampling; L = T // hop."""
        ...

    def decode(self, latents_LC: Tensor) -> Tensor:
        """Latents to a waveform ``[L · hop]`` in [-1, 1]."""
        ...


@runtime_checkable
class TextEncoder(Protocol):
    """Words to tokens that the network attends to.

    Attributes:
        width: D.
        max_tokens: the longest text it takes.
    """

    width: int
    max_tokens: int

    def encode(self, texts: Sequence[str]) -> list[Tensor]:
        """Each text as its tokens ``[n, D]``, no padding, n ≥ 1."""
        ...
