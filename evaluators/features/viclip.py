"""ViCLIP: features of a clip of moving pictures and of a text in one space (arXiv 2307.06942): TVS, CISC and BISC.

    8 frames ─patches─▶ (8 · 256) tokens + class token ──ViT, attention over space and time──▶ 768
    text ─32 tokens─▶ ──causal transformer──▶ last token ──▶ 768

Names of the weights are those of ``ViClip-InternVid-10M-FLT.pth``.  B = clips, T = frames, P = patches of a frame,
L = text tokens, D = width.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from evaluators.features.base import Features, Frames, ModelInfo
from evaluators.features.pictures import CLIP_COLOURS, centre_crop, checked, middle, normalised, short_side
from evaluators.features.weights import fill, read_weights
from mavin.errors import UsageError

__all__ = ["ViCLIP", "VideoTextFeatures", "clip_tokenizer"]

_FRAMES: Final = 8
_TOKENS: Final = 32


class _QuickGelu(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x * torch.sigmoid(1.702 * x)


class _Mlp(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.c_fc = nn.Linear(width, 4 * width)
        self.gelu = _QuickGelu()
        self.c_proj = nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        return torch.as_tensor(self.c_proj(self.gelu(self.c_fc(x))))


class _Block(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.attn = nn.MultiheadAttention(width, heads, batch_first=True)
        self.ln_1 = nn.LayerNorm(width)
        self.mlp = _Mlp(width)
        self.ln_2 = nn.LayerNorm(width)

    def forward(self, x_BLD: Tensor, mask: Tensor | None) -> Tensor:
        inner = self.ln_1(x_BLD)
        x_BLD = x_BLD + self.attn(inner, inner, inner, need_weights=False, attn_mask=mask)[0]
        return x_BLD + self.mlp(self.ln_2(x_BLD))


class _Transformer(nn.Module):
    def __init__(self, width: int, layers: int, heads: int) -> None:
        super().__init__()
        self.resblocks = nn.ModuleList(_Block(width, heads) for _ in range(layers))

    def forward(self, x_BLD: Tensor, mask: Tensor | None = None) -> Tensor:
        for block in self.resblocks:
            x_BLD = block(x_BLD, mask)
        return x_BLD


class _Vision(nn.Module):
    def __init__(self, width: int, layers: int, heads: int, side: int, patch: int, dim: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv3d(3, width, (1, patch, patch), (1, patch, patch), bias=False)
        self.class_embedding = nn.Parameter(torch.zeros(width))
        self.positional_embedding = nn.Parameter(torch.zeros((side // patch) ** 2 + 1, width))
        self.ln_pre = nn.LayerNorm(width)
        self.temporal_positional_embedding = nn.Parameter(torch.zeros(1, _FRAMES, width))
        self.transformer = _Transformer(width, layers, heads)
        self.ln_post = nn.LayerNorm(width)
        self.proj = nn.Parameter(torch.zeros(width, dim))

    def forward(self, x_BCTHW: Tensor) -> Tensor:
        patches_BTPD = self.conv1(x_BCTHW).flatten(3).permute(0, 2, 3, 1)
        places_PD, times_TD = self.positional_embedding[1:], self.temporal_positional_embedding[0]
        patches_BTPD = patches_BTPD + places_PD + times_TD[:, None]
        first = (self.class_embedding + self.positional_embedding[0]).expand(len(patches_BTPD), 1, -1)
        # The published network orders its patches place by place; attention does not care.
        x_BLD = self.ln_pre(torch.cat([first, patches_BTPD.flatten(1, 2)], dim=1))
        return torch.as_tensor(self.ln_post(self.transformer(x_BLD)[:, 0]) @ self.proj)


class _Text(nn.Module):
    def __init__(self, width: int, layers: int, heads: int, words: int, dim: int) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(words, width)
        self.positional_embedding = nn.Parameter(torch.zeros(_TOKENS, width))
        self.transformer = _Transformer(width, layers, heads)
        self.ln_final = nn.LayerNorm(width)
        self.text_projection = nn.Parameter(torch.zeros(width, dim))

    def forward(self, ids_BL: Tensor) -> Tensor:
        causal_mask = torch.full((_TOKENS, _TOKENS), float("-inf")).triu(1)
        x_BLD = self.token_embedding(ids_BL) + self.positional_embedding
        x_BLD = self.ln_final(self.transformer(x_BLD, causal_mask))
        # The end of the text has the highest number of all tokens.
        return torch.as_tensor(x_BLD[torch.arange(len(ids_BL)), ids_BL.argmax(dim=-1)] @ self.text_projection)


class ViCLIP(nn.Module):
    """Both encoders; the defaults are those of ViCLIP-L/14.

    Args:
        vision: width, layers and heads of the encoder of pictures.
        text: the same of the encoder of texts.
        side: pixels of a frame's side.
        patch: pixels of a patch's side.
        words: size of the vocabulary.
        dim: length of an embedding.
    """

    def __init__(
        self,
        vision: tuple[int, int, int] = (1024, 24, 16),
        text: tuple[int, int, int] = (768, 12, 12),
        *,
        side: int = 224,
        patch: int = 14,
        words: int = 49_408,
        dim: int = 768,
    ) -> None:
        super().__init__()
        self.vision_encoder = _Vision(*vision, side, patch, dim)
        self.text_encoder = _Text(*text, words, dim)


class VideoTextFeatures:
    """:class:`~evaluators.features.base.ClipEmbedder` and text embedder on ViCLIP.

    Frames are VBench's: the middle ones of eight equal parts, centre crop, CLIP's colours.  (InternVid's own demo
    takes every ``len // 8``-th frame, squashes it, and uses ImageNet's colours.)

    Args:
        path: weights.
        tokenizer: folder with CLIP's ``vocab.json`` and ``merges.txt``.
        network: an empty network, where it is not of the published size.
    """

    def __init__(self, path: Path, tokenizer: Path, *, network: ViCLIP | None = None, side: int = 224) -> None:
        file = read_weights(path)
        self._network = network or ViCLIP()
        fill(self._network, file, path, ignored=("temp",))
        self._side = side
        self._words = clip_tokenizer(tokenizer)
        self.info = ModelInfo(
            "ViCLIP InternVid-10M-FLT",
            file.sha256,
            f"8 frames, the middle ones of equal parts, short side {side} bicubic, centre crop, CLIP colours; texts "
            f"cut at {_TOKENS} tokens",
            int(self._network.vision_encoder.proj.shape[1]),
            ("torch", "transformers"),
        )

    def embed(self, clips: Sequence[Frames]) -> Features:
        """(N, D)."""
        rows = [self._one(clip) for clip in clips]
        return np.concatenate(rows) if rows else np.zeros((0, self.info.dimensions), np.float32)

    def embed_text(self, texts: Sequence[str]) -> Features:
        """(N, D)."""
        if not texts:
            return np.zeros((0, self.info.dimensions), np.float32)
        with torch.inference_mode():
            rows = self._network.text_encoder(torch.tensor([self.tokens(text) for text in texts]))
        return np.asarray(rows.numpy(), np.float32)

    def tokens(self, text: str) -> list[int]:
        """32 numbers: begin, words, end, zeros; a text that is too long keeps its end mark."""
        ids = [int(one) for one in self._words(text)["input_ids"]]
        if len(ids) > _TOKENS:
            ids = [*ids[: _TOKENS - 1], ids[-1]]
        return ids + [0] * (_TOKENS - len(ids))

    def _one(self, clip: Frames) -> Features:
        frames = checked(clip[middle(len(clip), _FRAMES)] if len(clip) else clip)
        x_FCHW = normalised(centre_crop(short_side(frames, self._side, "bicubic"), self._side), CLIP_COLOURS)
        with torch.inference_mode():
            return np.asarray(self._network.vision_encoder(x_FCHW.permute(1, 0, 2, 3)[None]).numpy(), np.float32)


def clip_tokenizer(folder: Path) -> Any:
    """CLIP's byte-pair tokenizer.

    Raises:
        UsageError: if its files are not there.
    """
    from transformers import CLIPTokenizer

    if not all((folder / name).is_file() for name in ("vocab.json", "merges.txt")):
        raise UsageError(f"{folder} must hold CLIP's vocab.json and merges.txt. Give the folder of CLIP ViT-B/32.")
    return CLIPTokenizer.from_pretrained(folder, local_files_only=True)
