"""FACodec's timbre: the convolutional encoder of the codec and the Transformer that reads the timbre off it.

    voice 16 kHz ──4 strided blocks, ÷ 200──▶ 256 channels at 80 Hz ──Transformer──▶ mean over time ──▶ e

Only what leads to the timbre is here: neither the quantisers nor the codec's decoder.  Names are those of
Amphion's public checkpoints, ``ns3_facodec_encoder.bin`` below ``encoder.`` and the part
``timbre_encoder.`` of ``ns3_facodec_decoder.bin``, with weight norm baked.  Source: arXiv 2403.03100,
§4.2 and open-mmlab/Amphion ``models/codec/ns3_codec``; the anti-aliased Snake activation is diffusers'.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import torch
from diffusers.models.autoencoders.mmaudio_vocoder import MMAudioActivation1d as Snake
from torch import Tensor, nn

from generator.codecs.mmaudio import bake_weight_norm
from generator.timbre.voice import SAMPLE_RATE, as_voice
from mavin.errors import UsageError

__all__ = ["FACodecTimbre", "facodec_config", "rename_facodec_decoder", "rename_facodec_encoder"]

_PART_SECONDS: Final = 60  # attention is over all frames of a part: 4,800 at 80 Hz
_POSITIONS: Final = "position_emb.pe"
_STRIDES: Final = (2, 4, 5, 5)


def facodec_config() -> dict[str, Any]:
    """Arguments of :class:`FACodecTimbre` for Amphion's public weights."""
    return {"channels": 32, "dim": 256, "layers": 4, "heads": 4, "ffn_dim": 1024}


class FACodecTimbre:
    """:class:`~generator.identity.TimbreEncoder` on FACodec, the encoder of the paper (§4.3).

    Args:
        channels: of the first convolution; each strided block doubles them.
        dim: width of the embedding.
        layers: of the Transformer.
        heads: of its attention.
        ffn_dim: width inside its feed-forward layers.
    """

    name = "FACodec"

    def __init__(self, *, channels: int, dim: int, layers: int, heads: int, ffn_dim: int) -> None:
        self._config = {"channels": channels, "dim": dim, "layers": layers, "heads": heads, "ffn_dim": ffn_dim}
        self.network = _Network(channels, dim, layers, heads, ffn_dim).eval().requires_grad_(False)
        self.dim = dim

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path | None = None) -> FACodecTimbre:  # noqa: ARG003
        """The encoder of a part's ``config.json``, with fresh weights."""
        return cls(**config)

    def part_config(self) -> dict[str, Any]:
        """What :meth:`from_config` takes."""
        return dict(self._config)

    def modules_by_name(self) -> dict[str, nn.Module]:
        """What has weights, by the name of its file."""
        return {"model": self.network}

    @torch.no_grad()
    def encode(self, waveform: Tensor, sample_rate: int) -> Tensor:
        """A voice ``(samples,)`` in −1…1, of any rate and from one second on, to its timbre ``(dim,)``, float32.

        What is longer than a minute is encoded in parts of equal length, whose mean is taken.

        Raises:
            UsageError: if the recording is too short or silent.
        """
        voice = as_voice(waveform, sample_rate)
        parameter = next(self.network.parameters())
        count = -(-voice.shape[0] // (_PART_SECONDS * SAMPLE_RATE))
        parts = voice.tensor_split(count)
        found = [self.network(part[None, None].to(parameter.device, parameter.dtype))[0].float() for part in parts]
        return torch.stack(found).mean(dim=0).to(waveform.device)


def rename_facodec_encoder(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors of ``ns3_facodec_encoder.bin`` under the names of :class:`FACodecTimbre`."""
    return {f"encoder.{name}": tensor for name, tensor in bake_weight_norm(state).items()}


def rename_facodec_decoder(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The part of ``ns3_facodec_decoder.bin`` that reads the timbre, under the same names.

    Raises:
        UsageError: if there is no such part.
    """
    head = "timbre_encoder."
    timbre = {name: tensor for name, tensor in state.items() if name.startswith(head)}
    if not timbre:
        raise UsageError(
            f"FACodec's decoder must have tensors named {head}…, got none among {len(state)}. "
            "Give ns3_facodec_decoder.bin."
        )
    timbre.pop(head + _POSITIONS, None)  # a table of sines, see _Transformer
    return timbre


class _Network(nn.Module):
    def __init__(self, channels: int, dim: int, layers: int, heads: int, ffn_dim: int) -> None:
        super().__init__()
        self.encoder = _Encoder(channels, dim)
        self.timbre_encoder = _Transformer(dim, layers, heads, ffn_dim)

    def forward(self, voice: Tensor) -> Tensor:
        """``(B, 1, T)`` at 16 kHz to ``(B, dim)``."""
        return self.timbre_encoder(self.encoder(voice).transpose(1, 2)).mean(dim=1)


class _Encoder(nn.Module):
    def __init__(self, channels: int, dim: int) -> None:
        super().__init__()
        widths = [channels * 2**at for at in range(len(_STRIDES) + 1)]
        blocks = [
            _Block(narrow, wide, stride) for (narrow, wide), stride in zip(pairwise(widths), _STRIDES, strict=True)
        ]
        self.block = nn.Sequential(
            nn.Conv1d(1, channels, 7, padding=3), *blocks, Snake(widths[-1]), nn.Conv1d(widths[-1], dim, 3, padding=1)
        )

    def forward(self, voice: Tensor) -> Tensor:
        return self.block(voice)


class _Block(nn.Module):
    def __init__(self, narrow: int, wide: int, stride: int) -> None:
        super().__init__()
        self.block = nn.Sequential(
            *(_Residual(narrow, dilation) for dilation in (1, 3, 9)),
            Snake(narrow),
            nn.Conv1d(narrow, wide, 2 * stride, stride, padding=-(-stride // 2)),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.block(x)


class _Residual(nn.Module):
    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.block = nn.Sequential(
            Snake(width),
            nn.Conv1d(width, width, 7, dilation=dilation, padding=3 * dilation),
            Snake(width),
            nn.Conv1d(width, width, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.block(x)


class _Transformer(nn.Module):
    def __init__(self, dim: int, layers: int, heads: int, ffn_dim: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(_Layer(dim, heads, ffn_dim) for _ in range(layers))
        self.last_ln = nn.LayerNorm(dim)

    def forward(self, x: Tensor) -> Tensor:
        # The reference looks its table of positions up by the number of recordings, not of frames: each frame
        # of a single recording gets the sines and cosines of position 0, and the weights were trained so.
        x = x + torch.arange(x.shape[-1], device=x.device).remainder(2).to(x)
        for layer in self.layers:
            x = layer(x)
        return self.last_ln(x)


class _Layer(nn.Module):
    def __init__(self, dim: int, heads: int, ffn_dim: int) -> None:
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.self_attn = nn.MultiheadAttention(dim, heads, batch_first=True)
        self.ffn = _FeedForward(dim, ffn_dim)

    def forward(self, x: Tensor) -> Tensor:
        h = self.ln_1(x)
        x = x + self.self_attn(h, h, h, need_weights=False)[0]
        return x + self.ffn(self.ln_2(x))


class _FeedForward(nn.Module):
    def __init__(self, dim: int, ffn_dim: int) -> None:
        super().__init__()
        self.ffn_1 = nn.Conv1d(dim, ffn_dim, 5, padding=2)
        self.ffn_2 = nn.Linear(ffn_dim, dim)

    def forward(self, x: Tensor) -> Tensor:
        return self.ffn_2(self.ffn_1(x.transpose(1, 2)).transpose(1, 2).relu())
