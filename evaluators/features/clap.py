"""Microsoft's CLAP of 2023 (arXiv 2309.05767): features of a sound and of a text in one space: TAS.

    44.1 kHz, 7 s ─▶ 64 mel bands (their matrix is in the weights) ─HTSAT─▶ 768 ─┐ linear + norm ─▶ 1024
    text + end mark ─GPT-2─▶ the end mark's state ─▶ 768 ────────────────────────┘

Names of the weights are those of ``CLAP_weights_2023.pth``; the networks are transformers' own HTSAT and GPT-2.
N = samples, B = windows, T = frames of spectrum, M = mel bands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from evaluators.features.base import Features, ModelInfo, Sound
from evaluators.features.weights import WeightFile, fill, read_weights
from mavin.errors import UsageError

__all__ = ["Clap", "TextAudioFeatures", "rename_clap", "windows_of"]

_RATE: Final = 44_100
_WINDOW, _HOP = 1024, 320
_SECONDS: Final = 7
_TOKENS: Final = 77
_AUDIO, _TEXT = "audio_encoder.base.htsat.", "caption_encoder.base."
_LEFT_OUT = re.compile(
    r"(?:.*\.)?(?:spectrogram_extractor\.|logmel_extractor\.|tscam_conv\.|head\.|attn_mask$)|logit_scale$"
    r"|caption_encoder\.base\.h\.\d+\.attn\.(?:bias|masked_bias)$"
)
_RENAMED: Final = (
    ("bn0.", "batch_norm."),
    (".attn.proj.", ".attention.output.dense."),
    (".attn.", ".attention.self."),
    (".mlp.fc1.", ".intermediate.dense."),
    (".mlp.fc2.", ".output.dense."),
    (".norm1.", ".layernorm_before."),
    (".norm2.", ".layernorm_after."),
)
_MEL: Final = f"{_AUDIO}logmel_extractor.melW"


def rename_clap(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The published names as :class:`Clap` has them; what is not asked (classifier, spectrum) is left out.

    Raises:
        UsageError: if it is another file.
    """
    if _MEL not in tensors:
        raise UsageError(f"CLAP's weights must hold {_MEL}, got none: give CLAP_weights_2023.pth.")
    found = {"mel": tensors[_MEL]}
    for name, value in tensors.items():
        if _LEFT_OUT.match(name):
            continue
        if name.startswith(_AUDIO):
            own = name.removeprefix(_AUDIO)
            if ".attn.qkv." in own:
                head, tail = own.split(".attn.qkv.")
                for part, piece in zip(("query", "key", "value"), value.chunk(3), strict=True):
                    found[f"audio.audio_encoder.{head}.attention.self.{part}.{tail}"] = piece
                continue
            for old, new in _RENAMED:
                own = own.replace(old, new)
            found[f"audio.audio_encoder.{own}"] = value
        elif name.startswith(_TEXT):
            found[f"text.{name.removeprefix(_TEXT)}"] = value
        else:
            side, _, own = name.partition("_encoder.projection.")
            found[f"{'text' if side == 'caption' else side}_projection.{own}"] = value
    return found


class _Projection(nn.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.linear1 = nn.Linear(inputs, outputs, bias=False)
        self.linear2 = nn.Linear(outputs, outputs, bias=False)
        self.layer_norm = nn.LayerNorm(outputs)

    def forward(self, x: Tensor) -> Tensor:
        one = self.linear1(x)
        return torch.as_tensor(self.layer_norm(one + self.linear2(functional.gelu(one))))


class Clap(nn.Module):
    """Both encoders; the defaults are those of the release.

    Args:
        audio: arguments of transformers' ``ClapAudioConfig``.
        text: arguments of transformers' ``GPT2Config``.
        dim: length of an embedding.
    """

    def __init__(
        self, audio: Mapping[str, Any] | None = None, text: Mapping[str, Any] | None = None, *, dim: int = 1024
    ) -> None:
        super().__init__()
        from transformers import ClapAudioConfig, ClapAudioModel, GPT2Config, GPT2Model

        heard, read = ClapAudioConfig(**(audio or {})), GPT2Config(**(text or {}))
        self.audio: Any = ClapAudioModel(heard)
        self.text: Any = GPT2Model(read)
        self.audio_projection = _Projection(int(heard.hidden_size), dim)
        self.text_projection = _Projection(int(read.n_embd), dim)
        self.mel = nn.Parameter(torch.zeros(_WINDOW // 2 + 1, int(heard.num_mel_bins)))
        self.dim = dim

    def hear(self, x_BN: Tensor) -> Tensor:
        """Windows of samples (B, N) to (B, dim)."""
        hann = torch.hann_window(_WINDOW)
        spectrum = torch.stft(x_BN, _WINDOW, _HOP, window=hann, center=True, pad_mode="reflect", return_complex=True)
        power_BTM = spectrum.abs().square().transpose(1, 2) @ self.mel
        decibel_BTM = 10 * power_BTM.clamp_min(1e-10).log10()
        return torch.as_tensor(self.audio_projection(self.audio(decibel_BTM[:, None]).pooler_output))

    def read(self, ids_BL: Tensor, mask_BL: Tensor) -> Tensor:
        """Tokens to (B, dim)."""
        states = self.text(input_ids=ids_BL, attention_mask=mask_BL)[0]
        # As published: the last token that is not number 0, which is both the padding and an exclamation mark.
        last = ids_BL.ne(0).sum(dim=-1) - 1
        return torch.as_tensor(self.text_projection(states[torch.arange(len(ids_BL)), last]))


def windows_of(sound: Sound, size: int = _SECONDS * _RATE) -> list[Sound]:
    """Windows of one length: a shorter sound is repeated to fill one, a longer one is covered from end to end.

    The published code takes one random crop of a longer sound; all of it gives the same number every time.
    """
    if not len(sound):
        return []
    if len(sound) <= size:
        return [np.tile(sound, -(-size // len(sound)))[:size]]
    starts = np.linspace(0, len(sound) - size, -(-len(sound) // size)).round().astype(int)
    return [sound[start : start + size] for start in starts]


class TextAudioFeatures:
    """:class:`~evaluators.features.base.SoundEmbedder` and text embedder on CLAP.

    Args:
        path: weights.
        words: folder with GPT-2's ``vocab.json`` and ``merges.txt``.
        network: an empty network, where it is not of the published size.
    """

    sample_rate = _RATE

    def __init__(self, path: Path, words: Path, *, network: Clap | None = None) -> None:
        from transformers import GPT2Tokenizer

        file = read_weights(path)
        self._network = network or Clap()
        fill(self._network, WeightFile(rename_clap(file.tensors), file.sha256), path)
        if not all((words / name).is_file() for name in ("vocab.json", "merges.txt")):
            raise UsageError(f"{words} must hold GPT-2's vocab.json and merges.txt. Run `mavin model pull gpt2-words`.")
        self._words: Any = GPT2Tokenizer.from_pretrained(words, local_files_only=True)
        self.info = ModelInfo(
            "Microsoft CLAP 2023",
            file.sha256,
            f"44.1 kHz mono, mean over windows of {_SECONDS} s that cover the sound; shorter sounds repeated; texts "
            f"cut at {_TOKENS} tokens",
            self._network.dim,
            ("torch", "transformers"),
        )

    def embed(self, sounds: Sequence[Sound]) -> Features:
        """(N, D).

        Raises:
            ValueError: if a sound is empty.
        """
        rows = [self._one(sound) for sound in sounds]
        return np.stack(rows) if rows else np.zeros((0, self.info.dimensions), np.float32)

    def embed_text(self, texts: Sequence[str]) -> Features:
        """(N, D)."""
        if not texts:
            return np.zeros((0, self.info.dimensions), np.float32)
        ids = [[int(one) for one in self._words(f"{text} <|endoftext|>")["input_ids"]][:_TOKENS] for text in texts]
        padded = torch.tensor([one + [0] * (_TOKENS - len(one)) for one in ids])
        mask = torch.tensor([[1] * len(one) + [0] * (_TOKENS - len(one)) for one in ids])
        with torch.inference_mode():
            return np.asarray(self._network.read(padded, mask).numpy(), np.float32)

    def _one(self, sound: Sound) -> Features:
        parts = windows_of(np.asarray(sound, np.float32))
        if not parts:
            raise ValueError("a sound must have samples, got none")
        with torch.inference_mode():
            return np.asarray(self._network.hear(torch.from_numpy(np.stack(parts))).mean(dim=0).numpy(), np.float32)
