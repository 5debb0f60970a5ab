"""umT5-xxl's encoder (Ovi's text encoder), through transformers.

Ovi gives one text to both towers, cleans only its white space, and pads the *tokens* with zeros to
512 itself; so the codec returns tokens without padding.  Source: Wan-Video/Wan2.2 ``t5.py``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import ftfy
import torch
from torch import Tensor, nn
from transformers import AutoTokenizer, PreTrainedTokenizerBase, UMT5Config, UMT5EncoderModel

from mavin.errors import UsageError

__all__ = ["UMT5TextEncoder", "clean", "rename_umt5", "umt5_xxl_config"]

_NO_LIMIT: Final = 1_000_000
_TRAINED_TOKENS: Final = 512

_PARTS: Final = {
    "norm1": "layer.0.layer_norm",
    "attn.q": "layer.0.SelfAttention.q",
    "attn.k": "layer.0.SelfAttention.k",
    "attn.v": "layer.0.SelfAttention.v",
    "attn.o": "layer.0.SelfAttention.o",
    "pos_embedding.embedding": "layer.0.SelfAttention.relative_attention_bias",
    "norm2": "layer.1.layer_norm",
    "ffn.gate.0": "layer.1.DenseReluDense.wi_0",
    "ffn.fc1": "layer.1.DenseReluDense.wi_1",
    "ffn.fc2": "layer.1.DenseReluDense.wo",
}


def umt5_xxl_config() -> UMT5Config:
    """The encoder of google/umt5-xxl (5.68 B parameters)."""
    return UMT5Config(
        vocab_size=256_384,
        d_model=4096,
        d_kv=64,
        d_ff=10_240,
        num_layers=24,
        num_heads=64,
        relative_attention_num_buckets=32,
        feed_forward_proj="gated-gelu",
        dropout_rate=0.0,
    )


def clean(text: str) -> str:
    """Text as the encoder was trained on it: mended Unicode, no HTML entities, single spaces."""
    return re.sub(r"\s+", " ", html.unescape(html.unescape(ftfy.fix_text(text)))).strip()


class UMT5TextEncoder:
    """:class:`~generator.codecs.interfaces.TextEncoder` on a ``UMT5EncoderModel`` and its tokenizer.

    Args:
        model: with its weights.
        tokenizer: that of google/umt5-xxl.
        max_tokens: the longest text; more is refused, not cut off.
    """

    def __init__(self, model: UMT5EncoderModel, tokenizer: PreTrainedTokenizerBase, max_tokens: int = 512) -> None:
        self.model = model.eval().requires_grad_(False)
        self.tokenizer = tokenizer
        self.width: int = model.config.d_model
        self.max_tokens = max_tokens

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path) -> Self:
        """From the dictionary of a ``UMT5Config`` and the tokenizer's files in ``folder/tokenizer``.

        Raises:
            UsageError: if the tokenizer's files are missing or damaged.
        """
        place = folder / "tokenizer"
        if not (place / "tokenizer_config.json").is_file():
            raise UsageError(f"A text encoder must have its tokenizer in {place}, and there is none. Fetch it again.")
        try:
            tokenizer = AutoTokenizer.from_pretrained(place, local_files_only=True, trust_remote_code=False)
        except (OSError, ValueError, KeyError, ImportError) as error:
            reason = str(error).partition("\n")[0]
            raise UsageError(f"The tokenizer in {place} cannot be read ({reason}). Fetch it again.") from None
        # Where the tokenizer says nothing, transformers puts an absurd number.
        longest = tokenizer.model_max_length if tokenizer.model_max_length < _NO_LIMIT else _TRAINED_TOKENS
        return cls(UMT5EncoderModel(UMT5Config.from_dict(dict(config))), tokenizer, longest)

    def part_config(self) -> dict[str, Any]:
        """The configuration as :meth:`from_config` takes it."""
        config: dict[str, Any] = self.model.config.to_dict()
        return config

    def modules_by_name(self) -> dict[str, nn.Module]:
        """What is stored: the encoder."""
        return {"model": self.model}

    def save_files(self, folder: Path) -> None:
        """Writes the tokenizer's files into ``folder/tokenizer``."""
        self.tokenizer.save_pretrained(folder / "tokenizer")

    @torch.no_grad()
    def encode(self, texts: Sequence[str]) -> list[Tensor]:
        """Each text as its tokens ``[n, D]``, the closing one included.

        Raises:
            UsageError: if a text has more than ``max_tokens`` tokens.
        """
        if not texts:
            return []
        batch: Any = self.tokenizer([clean(text) for text in texts], padding=True, return_tensors="pt")
        mask = batch["attention_mask"]
        lengths = [int(n) for n in mask.sum(dim=1)]
        for text, length in zip(texts, lengths, strict=True):
            if length > self.max_tokens:
                raise UsageError(
                    f"A text must have at most {self.max_tokens} tokens for this encoder, got {length}: "
                    f"“{text[:60]}…”. Shorten it."
                )
        device = next(self.model.parameters()).device
        hidden = self.model(batch["input_ids"].to(device), mask.to(device)).last_hidden_state
        return [tokens[:length].clone() for tokens, length in zip(hidden, lengths, strict=True)]


def rename_umt5(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tensors of ``models_t5_umt5-xxl-enc-bf16.pth`` under the names of ``UMT5EncoderModel``.

    Raises:
        UsageError: if a name is not one of that file's.
    """
    renamed: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if name == "token_embedding.weight":
            renamed["shared.weight"] = renamed["encoder.embed_tokens.weight"] = tensor
        elif name == "norm.weight":
            renamed["encoder.final_layer_norm.weight"] = tensor
        elif (block := re.fullmatch(r"blocks\.(\d+)\.(.+)\.weight", name)) and block[2] in _PARTS:
            renamed[f"encoder.block.{block[1]}.{_PARTS[block[2]]}.weight"] = tensor
        else:
            raise UsageError(f"The weights must be those of Wan's umT5 encoder, and it has no tensor {name!r}.")
    return renamed
