"""umT5 as the pipeline uses it: captions through a real tokenizer and a tiny encoder, each segment by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from transformers import UMT5Config, UMT5EncoderModel

from generator.codecs.interfaces import TextEncoder
from generator.codecs.umt5 import UMT5TextEncoder, clean
from generator.conditioning import SegmentKind, TextSegment, Wording, condition, encode
from mavin.caption import HierarchicalCaption
from mavin.errors import InvalidInputError, UsageError
from tests.generator.weights.public import make_configs, unigram_tokenizer


@pytest.fixture(scope="module")
def encoder() -> UMT5TextEncoder:
    """A tiny umT5 with a unigram tokenizer, as sentencepiece makes them."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = UMT5EncoderModel(UMT5Config(**make_configs()["text_encoder"]))
        for parameter in model.parameters():
            torch.nn.init.normal_(parameter, std=0.3)
    return UMT5TextEncoder(model, unigram_tokenizer())


def _caption(caption_of: Callable[..., HierarchicalCaption], second: str = "A fox says home.") -> HierarchicalCaption:
    return caption_of(
        [
            {"title": "Snow", "action": "A fox finds a lantern.", "roles": ("C1",)},
            {"title": "Home", "action": second, "roles": ("C1",)},
        ],
        [{"name": "the fox", "appearance": "a red fox", "voice": "a low voice"}],
        [{"role": "C1", "start_ms": 1600, "end_ms": 2400, "text": "Home."}],
    )


def test_the_tokens_of_a_caption_carry_their_segments(
    encoder: UMT5TextEncoder, caption_of: Callable[..., HierarchicalCaption]
) -> None:
    assert isinstance(encoder, TextEncoder)
    parts = condition(_caption(caption_of), Wording.OVI_960)
    found = encode(parts.video, encoder)
    assert found.tokens.shape == (sum(found.counts), encoder.width)
    for number, (segment, count) in enumerate(zip(parts.video, found.counts, strict=True)):
        pieces = encoder.tokenizer(clean(segment.text))["input_ids"]
        assert count == len(pieces)
        assert pieces[-1] == encoder.tokenizer.eos_token_id
        assert found.segment_ids.count(number) == count
    assert list(found.segment_ids) == sorted(found.segment_ids)


def test_no_segment_sees_another(encoder: UMT5TextEncoder, caption_of: Callable[..., HierarchicalCaption]) -> None:
    first = condition(_caption(caption_of))
    other = condition(_caption(caption_of, "A fox runs in the snow and says and says and finds home in the snow."))
    before, after = encode(first.video, encoder), encode(other.video, encoder)
    changed = [
        segment.label for segment, twin in zip(first.video, other.video, strict=True) if segment.text != twin.text
    ]
    assert changed == ["S2"]
    for number, segment in enumerate(first.video):
        one = before.tokens[[id_ == number for id_ in before.segment_ids]]
        two = after.tokens[[id_ == number for id_ in after.segment_ids]]
        assert (one.shape == two.shape and torch.equal(one, two)) == (segment.label != "S2"), segment.label


def test_texts_together_are_the_texts_alone(encoder: UMT5TextEncoder) -> None:
    texts = ["a fox", "a fox finds a lantern in the snow and says home.", "C1 replies 1.9–2.5s"]
    for text, tokens in zip(texts, encoder.encode(texts), strict=True):
        torch.testing.assert_close(tokens, encoder.encode([text])[0], rtol=1e-5, atol=1e-6)
    assert encoder.encode([]) == []


def test_text_is_cleaned_as_the_encoder_was_trained(encoder: UMT5TextEncoder) -> None:
    assert clean(" a &amp;amp; b\n\tc ") == "a & b c"
    assert clean("The cafÃ©") == "The café"
    one, two = encoder.encode(["a  fox\nfinds", "a fox finds"])
    torch.testing.assert_close(one, two)  # rows of a batch may be computed by several threads


def test_a_text_that_is_too_long_is_refused_not_cut_off(encoder: UMT5TextEncoder) -> None:
    short = UMT5TextEncoder(encoder.model, encoder.tokenizer, max_tokens=12)
    with pytest.raises(UsageError, match=r"at most 12 tokens for this encoder, got \d+: “a fox"):
        short.encode(["a fox finds a lantern in the snow"])
    segment = TextSegment(SegmentKind.SHOT, "S2", "a fox finds a lantern in the snow", None)
    with pytest.raises(InvalidInputError, match=r"The text of S2 cannot be encoded: .*at most 12 tokens"):
        encode([segment], short)
