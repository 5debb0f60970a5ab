"""A whole pipeline with random weights: every part real and tiny, what it makes noise.

For trying out what surrounds a trained pipeline, and for tests: it is saved, loaded and run by the same
code as one of billions of parameters.  ``python -m generator.random_weights FOLDER`` writes one.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

import torch
from diffusers import AutoencoderKLWan, MMAudioVAE
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from torch import nn
from transformers import PreTrainedTokenizerFast, UMT5Config, UMT5EncoderModel

from generator.checkpoint import build_backbone
from generator.codecs.mmaudio import BigVGANVocoder, MMAudioCodec, mmaudio_vae_config, vocoder_config
from generator.codecs.umt5 import UMT5TextEncoder
from generator.codecs.wan_video import WanVideoCodec, wan22_config
from generator.identity import IdentityEmbeddings
from generator.layout import PartInfo, PipelineIndex, Sampling, Training
from generator.parts import StoredPart, kind_of
from generator.pipeline import MavinPipeline
from generator.presets import trial
from generator.timbre.facodec import FACodecTimbre
from mavin.errors import MavinError

__all__ = ["byte_tokenizer", "random_pipeline"]

_TEXT_LEN = 512
_TIMBRE_DIM = 16


def random_pipeline(seed: int = 0) -> MavinPipeline:
    """The pipeline of preset ``trial`` with weights drawn at random.

    Args:
        seed: the same seed gives the same weights.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        parts = _parts()
    named = {name: PartInfo(kind=kind_of(name, part), source="random numbers") for name, part in parts.items()}
    index = PipelineIndex(
        name="tiny-random",
        parts=named,
        training=Training(references=True, steps=0),
        sampling=Sampling(steps=4, skip_layer=1),
    )
    return MavinPipeline(parts, index)


def _parts() -> dict[str, StoredPart]:
    preset = trial()
    video, audio = (replace(tower, text_len=_TEXT_LEN) for tower in (preset.video, preset.audio))
    backbone = build_backbone(video, audio)
    for tower in (backbone.video_model, backbone.audio_model):
        assert tower is not None
        nn.init.normal_(tower.head.head.weight, std=0.02)  # a fresh head answers zero, whatever it is asked
    vae = AutoencoderKLWan(**wan22_config() | {"base_dim": 4, "decoder_base_dim": 4})
    sound = MMAudioVAE(**mmaudio_vae_config() | {"hidden_channels": 16})
    vocoder = BigVGANVocoder(**vocoder_config() | {"upsample_initial_channel": 64})
    tokenizer = byte_tokenizer()
    words = UMT5Config(
        vocab_size=len(tokenizer),
        d_model=video.text_dim,
        d_kv=8,
        d_ff=48,
        num_layers=2,
        num_heads=3,
        feed_forward_proj="gated-gelu",
        dropout_rate=0.0,
    )
    identity = IdentityEmbeddings.of(video, timbre_dim=_TIMBRE_DIM)
    for parameter in identity.parameters():
        nn.init.normal_(parameter, std=0.1)  # a fresh one changes nothing
    return {
        "backbone": backbone,
        "video_codec": WanVideoCodec(vae),
        "audio_codec": MMAudioCodec(sound, vocoder),
        "text_encoder": UMT5TextEncoder(UMT5EncoderModel(words), tokenizer, tokenizer.model_max_length),
        "identity": identity,
        "timbre": FACodecTimbre(channels=2, dim=_TIMBRE_DIM, layers=1, heads=2, ffn_dim=32),
    }


def byte_tokenizer() -> PreTrainedTokenizerFast:
    """A tokenizer that needs no training: UTF-8 bytes, after special tokens in umT5's order."""
    special = {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: number for number, token in enumerate([*special.values(), *letters])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token=special["unk_token"]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, model_max_length=8192, **special
    )


def _main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m generator.random_weights", description="Writes a pipeline.")
    arguments.add_argument("folder", help="a new folder")
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    try:
        index = random_pipeline(given.seed).save_pretrained(given.folder)
    except MavinError as error:
        arguments.exit(error.exit_code, f"{error}\n")
    sys.stdout.write(f"Made {given.folder}: {index.name}, {sum(file.size for file in index.files.values()):,} bytes.\n")


if __name__ == "__main__":
    _main()
