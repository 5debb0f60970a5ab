"""A small text encoder for a processor: MiniLM's word pieces, a table of them and a few layers, English.

    words ──MiniLM's tokenizer──▶ pieces ──table──▶ layers ──▶ tokens [n, D]

It is trained to give what all-MiniLM-L6-v2 gives (``generator/train/text_encoder.py``), so that words which no
caption of the synthetic world has said lie beside those that one has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from generator.codecs.umt5 import clean
from mavin.errors import UsageError

__all__ = ["WordPieceTextEncoder", "word_piece_config"]


def word_piece_config() -> BertConfig:
    """The encoder of preset ``tiny``: 7 M parameters, most of them the table."""
    return BertConfig(
        vocab_size=30_522,
        hidden_size=192,
        num_hidden_layers=3,
        num_attention_heads=6,
        intermediate_size=512,
        max_position_embeddings=512,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )


class WordPieceTextEncoder:
    """:class:`~generator.codecs.interfaces.TextEncoder` on a ``BertModel`` without its pooler.

    Args:
        model: with its weights.
        tokenizer: of word pieces, which adds the first and the last token.
    """

    def __init__(self, model: BertModel, tokenizer: Tokenizer) -> None:
        self.model = model.eval()
        self.tokenizer = tokenizer
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.width: int = model.config.hidden_size
        self.max_tokens: int = model.config.max_position_embeddings

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path) -> Self:
        """From the dictionary of a ``BertConfig`` and ``tokenizer.json`` in the part's folder.

        Raises:
            UsageError: if the tokenizer's file is missing or damaged.
        """
        place = folder / "tokenizer.json"
        try:
            tokenizer = Tokenizer.from_file(str(place))
        except Exception as error:  # the library raises nothing more exact
            raise UsageError(
                f"A text encoder must have its tokenizer in {place}, and it cannot be read ({error}). Fetch it again."
            ) from None
        model = BertModel(BertConfig.from_dict(dict(config)), add_pooling_layer=False)
        # Its tables of positions and sentences are no weights: no file would bring them back.
        places = torch.arange(model.config.max_position_embeddings, device="cpu")[None]
        for name, table in (("position_ids", places), ("token_type_ids", torch.zeros_like(places))):
            model.embeddings.register_buffer(name, table, persistent=False)
        return cls(model, tokenizer)

    def part_config(self) -> dict[str, Any]:
        """The configuration as :meth:`from_config` takes it."""
        config: dict[str, Any] = self.model.config.to_diff_dict()
        return config

    def modules_by_name(self) -> dict[str, nn.Module]:
        """What is stored: the encoder."""
        return {"model": self.model}

    def save_files(self, folder: Path) -> None:
        """Writes the tokenizer's file."""
        self.tokenizer.save(str(folder / "tokenizer.json"))

    @torch.no_grad()
    def encode(self, texts: Sequence[str]) -> list[Tensor]:
        """Each text as its tokens ``[n, D]``, the first and the last included.

        Every text is read by itself, so that what stands beside it in a call changes no bit of it.

        Raises:
            UsageError: if a text has more than ``max_tokens`` tokens.
        """
        device = next(self.model.parameters()).device
        made = []
        for text in texts:
            pieces = self.tokenizer.encode(clean(text)).ids
            if len(pieces) > self.max_tokens:
                raise UsageError(
                    f"A text must have at most {self.max_tokens} tokens for this encoder, got {len(pieces)}: "
                    f"“{text[:60]}…”. Shorten it."
                )
            ids = torch.tensor([pieces], device=device)
            made.append(self.model(ids).last_hidden_state[0])
        return made
