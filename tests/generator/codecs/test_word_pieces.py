"""The small text encoder: tokens of each text by itself, its own vocabulary, saved and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from generator.codecs.interfaces import TextEncoder
from generator.codecs.word_pieces import WordPieceTextEncoder, word_piece_config
from generator.layout import PartInfo, PipelineIndex
from generator.parts import kind_of, load_part, save_part
from mavin.errors import UsageError

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "cat", "sleep", "##s", "on", "the", "sofa", "."]


def small_tokenizer() -> Tokenizer:
    """Word pieces of twelve words."""
    tokenizer = Tokenizer(models.WordPiece({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.enable_truncation(4)  # as published tokenizers come: what is cut off in silence would be lost
    tokenizer.enable_padding(length=16)
    return tokenizer


@pytest.fixture(scope="module")
def encoder() -> WordPieceTextEncoder:
    tokenizer = small_tokenizer()
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=24, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=12, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    return WordPieceTextEncoder(BertModel(config, add_pooling_layer=False), tokenizer)


def test_each_text_is_its_own_tokens(encoder: WordPieceTextEncoder) -> None:
    assert isinstance(encoder, TextEncoder)
    long, short = encoder.encode(["A cat sleeps on the sofa.", "A cat"])
    assert long.shape == (10, 48)  # [CLS] a cat sleep ##s on the sofa . [SEP]
    assert short.shape == (4, 48)
    assert torch.equal(encoder.encode(["A cat"])[0], short)
    assert not encoder.encode([])


def test_a_token_is_its_word_and_what_the_others_make_of_it(encoder: WordPieceTextEncoder) -> None:
    one, other = encoder.encode(["a cat sleeps", "a cat on the sofa"])
    assert torch.equal(one[2, :24], other[2, :24])
    assert not torch.allclose(one[2, 24:], other[2, 24:], atol=1e-3)


def test_a_long_text_is_read_in_parts_that_end_with_a_sentence(encoder: WordPieceTextEncoder) -> None:
    first, second = "a cat sleeps on the sofa.", "the cat sleeps."
    (whole,) = encoder.encode([f"{first} {second}"])  # 8 and 5 pieces, and the model has 12 positions
    assert torch.equal(whole, torch.cat(encoder.encode([first, second])))
    # Where no sentence ends, a part is as long as it may be.
    (run,) = encoder.encode(["cat " * 15])
    assert torch.equal(run, torch.cat(encoder.encode(["cat " * 10, "cat " * 5])))


def test_a_text_that_is_too_long_is_refused_and_not_cut(encoder: WordPieceTextEncoder) -> None:
    with pytest.raises(UsageError, match="at most 192 tokens for this encoder, got 193"):
        encoder.encode(["cat " * 191])


def test_it_is_saved_and_read_back(encoder: WordPieceTextEncoder, tmp_path: Path) -> None:
    save_part(encoder, tmp_path, "text_encoder", shard_bytes=10**9)
    index = PipelineIndex(name="x", parts={"text_encoder": PartInfo(kind=kind_of("text_encoder", encoder))})
    again = load_part(tmp_path, index, "text_encoder", "cpu", None)
    assert isinstance(again, WordPieceTextEncoder)
    assert torch.equal(again.encode(["the cat"])[0], encoder.encode(["the cat"])[0])
    (tmp_path / "text_encoder" / "tokenizer.json").unlink()
    with pytest.raises(UsageError, match=r"tokenizer in .*tokenizer\.json"):
        load_part(tmp_path, index, "text_encoder", "cpu", None)


def test_the_shipped_shape_is_small_enough() -> None:
    config = word_piece_config()
    assert config.vocab_size * config.hidden_size * 2 < 15e6  # bytes of the table in half precision
