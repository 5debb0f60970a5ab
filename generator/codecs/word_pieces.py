"""A small text encoder for a processor: MiniLM's word pieces, a table of them and a few layers, English.

    words ──MiniLM's tokenizer──▶ pieces ──table──┬──▶ layers ──┐
                                                   └─────────────┴──▶ tokens [n, 2 D]

A token is told as the word that it is, beside what the layers make of it among the others: a small network is to
hear "red" before it has learned to tell sentences about red coats from those about blue ones.  The layers are trained
to give what all-MiniLM-L6-v2 gives (``generator/train/text_encoder.py``), so that words which no caption of the
synthetic world has said lie beside those that one has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from generator.codecs.umt5 import clean
from mavin.errors import UsageError

__all__ = ["WordPieceTextEncoder", "word_piece_config"]

_WINDOWS: Final = 16
"""So many times the model's positions a text may be long; a script's story is never longer."""
_STOPS: Final = (".", "!", "?", "。", "！", "？")


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
        self.width: int = 2 * model.config.hidden_size
        self._window: int = model.config.max_position_embeddings
        self.max_tokens: int = _WINDOWS * self._window

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
        """Each text as its tokens ``[n, 2 D]``, the first and the last included.

        Every text is read by itself, so that what stands beside it in a call changes no bit of it.  A text that is
        longer than the model's positions is read in parts, each up to the end of a sentence where one ends.

        Raises:
            UsageError: if a text has more than ``max_tokens`` tokens.
        """
        return [torch.cat([self._read(part) for part in self._parts(clean(text))]) for text in texts]

    def _read(self, pieces: Sequence[int]) -> Tensor:
        ids = torch.tensor([pieces], device=next(self.model.parameters()).device)
        return torch.cat((self.model.embeddings(ids)[0], self.model(ids).last_hidden_state[0]), dim=1)

    def _parts(self, text: str) -> list[list[int]]:
        first, *inner, last = self.tokenizer.encode(text).ids
        if len(inner) + 2 > self.max_tokens:
            raise UsageError(
                f"A text must have at most {self.max_tokens} tokens for this encoder, got {len(inner) + 2}: "
                f"“{text[:60]}…”. Shorten it."
            )
        most, stops = self._window - 2, {self.tokenizer.token_to_id(mark) for mark in _STOPS}
        parts = []
        while len(inner) > most:
            ends = [at for at in range(most // 2, most + 1) if inner[at - 1] in stops]
            cut = ends[-1] if ends else most
            parts.append([first, *inner[:cut], last])
            inner = inner[cut:]
        return [*parts, [first, *inner, last]]
