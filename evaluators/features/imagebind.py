"""ImageBind-Huge (arXiv 2305.05665): features of pictures and of sounds in one space: AV-IB.

    5 × 2 frames, 2 s apart ─3 crops each─▶ 15 × (2, 224, 224) ─ViT─▶ 15 rows of unit length ─▶ their mean
    3 × 2 s of sound ─128 mel bands─▶ 3 × (128, 204) ─ViT─▶ 3 rows of unit length ─▶ their mean

Names of the weights are those of ``imagebind_huge.pth``; its other senses are not loaded.  The licence of the weights
(CC BY-NC-SA 4.0) keeps them from commercial use.  B = clips, L = tokens, D = width.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from evaluators.features.base import Features, Frames, ModelInfo, Sound
from evaluators.features.pictures import CLIP_COLOURS, checked, normalised, short_side
from evaluators.features.weights import fill, read_weights

__all__ = ["AudioVideoFeatures", "ImageBind", "mel_windows", "three_crops"]

_RATE: Final = 16_000
_SECONDS: Final = 2
_CLIPS, _SOUNDS = 5, 3
_BANDS, _FRAMES = 128, 204
_MEAN, _DEVIATION = -4.268, 9.138
_OTHER_SENSES: Final = tuple(
    f"modality_{part}.{sense}."
    for part in ("preprocessors", "trunks", "heads")
    for sense in ("text", "depth", "thermal", "imu")
)


class _Stem(nn.Module):
    def __init__(self, projection: nn.Module, norm: nn.Module | None) -> None:
        super().__init__()
        self.proj = projection
        self.norm_layer = norm

    def forward(self, x: Tensor) -> Tensor:
        tokens_BLD = self.proj(x).flatten(2).transpose(1, 2)
        return tokens_BLD if self.norm_layer is None else torch.as_tensor(self.norm_layer(tokens_BLD))


class _Places(nn.Module):
    def __init__(self, tokens: int, width: int) -> None:
        super().__init__()
        self.pos_embed = nn.Parameter(torch.zeros(1, tokens, width))


class _Preprocessor(nn.Module):
    def __init__(self, stem: _Stem, tokens: int, width: int) -> None:
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.rgbt_stem = stem
        self.pos_embedding_helper = _Places(tokens + 1, width)

    def forward(self, x: Tensor) -> Tensor:
        tokens_BLD = self.rgbt_stem(x)
        tokens_BLD = torch.cat([self.cls_token.expand(len(tokens_BLD), -1, -1), tokens_BLD], dim=1)
        return tokens_BLD + self.pos_embedding_helper.pos_embed


class _Mlp(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        return torch.as_tensor(self.fc2(functional.gelu(self.fc1(x))))


class _Block(nn.Module):
    def __init__(self, width: int, heads: int, *, bias_kv: bool) -> None:
        super().__init__()
        self.attn = nn.MultiheadAttention(width, heads, add_bias_kv=bias_kv, batch_first=True)
        self.norm_1, self.norm_2 = nn.LayerNorm(width, eps=1e-6), nn.LayerNorm(width, eps=1e-6)
        self.mlp = _Mlp(width)

    def forward(self, x_BLD: Tensor) -> Tensor:
        inner = self.norm_1(x_BLD)
        x_BLD = x_BLD + self.attn(inner, inner, inner, need_weights=False)[0]
        return x_BLD + self.mlp(self.norm_2(x_BLD))


class _Trunk(nn.Module):
    def __init__(self, width: int, blocks: int, heads: int, *, norm: bool, bias_kv: bool) -> None:
        super().__init__()
        self.pre_transformer_layer = nn.Sequential(nn.LayerNorm(width, eps=1e-6) if norm else nn.Identity())
        self.blocks = nn.Sequential(*(_Block(width, heads, bias_kv=bias_kv) for _ in range(blocks)))

    def forward(self, x_BLD: Tensor) -> Tensor:
        return torch.as_tensor(self.blocks(self.pre_transformer_layer(x_BLD)))


class ImageBind(nn.Module):
    """Eyes and ears; the defaults are those of ImageBind-Huge.

    Args:
        vision: width, blocks and heads.
        audio: the same.
        dim: length of an embedding.
    """

    def __init__(
        self,
        vision: tuple[int, int, int] = (1280, 32, 16),
        audio: tuple[int, int, int] = (768, 12, 12),
        dim: int = 1024,
    ) -> None:
        super().__init__()
        patches = nn.Sequential(nn.Identity(), nn.Conv3d(3, vision[0], (2, 14, 14), (2, 14, 14), bias=False))
        strips = nn.Conv2d(1, audio[0], 16, 10, bias=False)
        self.modality_preprocessors = nn.ModuleDict(
            {
                "vision": _Preprocessor(_Stem(patches, None), 16 * 16, vision[0]),
                "audio": _Preprocessor(_Stem(strips, nn.LayerNorm(audio[0])), 12 * 19, audio[0]),
            }
        )
        self.modality_trunks = nn.ModuleDict(
            {
                "vision": _Trunk(*vision, norm=True, bias_kv=False),
                "audio": _Trunk(*audio, norm=False, bias_kv=True),
            }
        )
        self.modality_heads = nn.ModuleDict(
            {
                sense: nn.Sequential(nn.LayerNorm(width, eps=1e-6), nn.Identity(), nn.Linear(width, dim, bias=False))
                for sense, width in (("vision", vision[0]), ("audio", audio[0]))
            }
        )
        self.dim = dim

    def forward(self, sense: str, x: Tensor) -> Tensor:
        """``vision``: (B, 3, 2, 224, 224), or ``audio``: (B, 1, 128, 204), to (B, dim) of unit length."""
        tokens_BLD = self.modality_trunks[sense](self.modality_preprocessors[sense](x))
        return functional.normalize(self.modality_heads[sense](tokens_BLD[:, :1])[:, 0], dim=-1)


class AudioVideoFeatures:
    """Rows of clips and of their sounds.

    The published postprocessor scales rows of sounds by 20; a cosine does not see it, and it is left out.

    Args:
        path: weights.
        network: an empty network, where it is not of the published size.
    """

    sample_rate = _RATE

    def __init__(self, path: Path, *, network: ImageBind | None = None) -> None:
        file = read_weights(path)
        self._network = network or ImageBind()
        fill(self._network, file, path, ignored=(*_OTHER_SENSES, "modality_postprocessors."))
        self.info = ModelInfo(
            "ImageBind-Huge",
            file.sha256,
            f"{_CLIPS} × 2 frames {_SECONDS} s apart, short side 224 bilinear, 3 crops, CLIP colours; {_SOUNDS} × "
            f"{_SECONDS} s at 16 kHz, {_BANDS} mel bands",
            self._network.dim,
            ("torch", "transformers"),
        )

    @staticmethod
    def frames_of(count: int, fps: int) -> list[int]:
        """Which ten frames of a film are looked at: the first and the last of five spells of two seconds."""
        size = _SECONDS * fps
        starts = [(max(0, count - size) * at) // (_CLIPS - 1) for at in range(_CLIPS)]
        return [frame for start in starts for frame in (start, min(start + size, count) - 1)]

    def embed(self, clips: Sequence[Frames]) -> Features:
        """(N, dim) of clips that hold the frames of :meth:`frames_of`, in that order."""
        rows = [self._seen(clip) for clip in clips]
        return np.stack(rows) if rows else np.zeros((0, self.info.dimensions), np.float32)

    def embed_sound(self, sounds: Sequence[Sound]) -> Features:
        """(N, dim) of whole sounds at 16 kHz."""
        rows = [self._heard(sound) for sound in sounds]
        return np.stack(rows) if rows else np.zeros((0, self.info.dimensions), np.float32)

    def _seen(self, clip: Frames) -> Features:
        if len(clip) != 2 * _CLIPS:
            raise ValueError(f"a clip must hold {2 * _CLIPS} frames, got {len(clip)}")
        x_FCHW = normalised(short_side(checked(clip), 224, whole=False), CLIP_COLOURS)
        crops = torch.stack(three_crops(x_FCHW, 224)).unflatten(1, (_CLIPS, 2))  # crop, clip, frame, C, H, W
        with torch.inference_mode():
            return np.asarray(self._network("vision", crops.flatten(0, 1).transpose(1, 2)).mean(dim=0).numpy())

    def _heard(self, sound: Sound) -> Features:
        windows = torch.from_numpy(np.stack(mel_windows(sound))).float()[:, None]
        with torch.inference_mode():
            return np.asarray(self._network("audio", windows).mean(dim=0).numpy())


def three_crops(x_FCHW: Tensor, side: int) -> list[Tensor]:
    """Squares at both ends of the longer side and in its middle."""
    height, width = x_FCHW.shape[2:]
    room = max(height, width) - side
    found = []
    for at in (0, math.ceil(room / 2), room):
        top, left = (at, 0) if height > width else (0, at)
        found.append(x_FCHW[:, :, top : top + side, left : left + side])
    return found


def mel_windows(sound: Sound) -> list[NDArray[np.float64]]:
    """Log mel energies (128, 204), normalised, of three spells of two seconds, evenly spread.

    Raises:
        ValueError: if the sound is shorter than a frame of 25 ms.
    """
    if len(sound) < 400:
        raise ValueError(f"a sound must last 25 ms at least, got {len(sound)} samples at 16 kHz")
    size = _SECONDS * _RATE
    starts = [round(max(0, len(sound) - size) * at / (_SOUNDS - 1)) for at in range(_SOUNDS)]
    return [_mel(sound[start : start + size]) for start in starts]


def _mel(sound: Sound) -> NDArray[np.float64]:
    from transformers.audio_utils import spectrogram, window_function

    rows = spectrogram(
        sound.astype(np.float64) - sound.mean(dtype=np.float64),
        window_function(400, "hann", periodic=False),
        frame_length=400,
        hop_length=160,
        fft_length=512,
        power=2.0,
        center=False,
        preemphasis=0.97,
        mel_filters=_filters(),
        log_mel="log",
        mel_floor=1.192092955078125e-07,
        remove_dc_offset=True,
    )[:, :_FRAMES]
    padded = np.pad(rows, ((0, 0), (0, _FRAMES - rows.shape[1])))
    return np.asarray((padded - _MEAN) / _DEVIATION)


@cache
def _filters() -> Any:
    from transformers.audio_utils import mel_filter_bank

    return mel_filter_bank(
        num_frequency_bins=257,
        num_mel_filters=_BANDS,
        min_frequency=20,
        max_frequency=_RATE // 2,
        sampling_rate=_RATE,
        norm=None,
        mel_scale="kaldi",
        triangularize_in_mel_space=True,
    )
