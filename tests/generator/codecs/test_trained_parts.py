"""The codecs and the text encoder that were trained for preset ``tiny``: what survives them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn.functional import cosine_similarity

import generator
from evaluators.speech_timing import detect_speech, time_alignment
from generator.layout import PartInfo, PipelineIndex
from generator.parts import load_part
from generator.presets import tiny
from generator.train.world import HELD_OUT, SAMPLE_RATE, draw_frames, draw_sound, sample_caption
from mavin.frames import frame_of

PARTS = Path(generator.__file__).parent / "pretrained" / "parts"
KINDS = {
    "video_codec": "causal_4x16x16", "audio_codec": "harmonic_16k", "text_encoder": "word_pieces", "timbre": "statistics",
}  # fmt: skip
SEEDS = (HELD_OUT + 3, HELD_OUT + 4, HELD_OUT + 7)


def trained(folder: str, name: str) -> Any:
    index = PipelineIndex(name="parts", parts={name: PartInfo(kind=KINDS[name])})
    return load_part(PARTS / folder, index, name, "cpu", torch.float32)


def test_pictures_survive_the_video_codec() -> None:
    codec = trained("video", "video_codec")
    assert codec.channels == tiny().video.in_dim
    found = []
    for seed in SEEDS:
        caption = sample_caption(seed)
        frames = draw_frames(caption, range(4, 13), [{}] * frame_of(caption.duration_ms))
        pixels = torch.from_numpy(frames).permute(3, 0, 1, 2).float() / 127.5 - 1
        error = (codec.decode(codec.encode(pixels)) - pixels).square().mean() / 4
        found.append(-10 * float(torch.log10(error)))
    assert np.mean(found) > 20, found
    assert json.loads((PARTS / "video" / "record.json").read_text())["psnr"] > 22


def test_speech_is_heard_at_the_same_time_after_the_audio_codec() -> None:
    codec = trained("audio", "audio_codec")
    assert codec.channels == tiny().audio.in_dim
    for seed in SEEDS:
        wave = draw_sound(sample_caption(seed)).waveform
        made = codec.decode(codec.encode(torch.from_numpy(wave)))
        before, after = (detect_speech(np.asarray(one, np.float32)) for one in (wave, made))
        assert time_alignment(before, after) > 0.9, (seed, before, after)
        assert abs(len(made) - len(wave)) < SAMPLE_RATE // 10


def test_the_text_encoder_knows_words_that_no_caption_says() -> None:
    encoder = trained("text", "text_encoder")
    assert encoder.width == tiny().video.text_dim

    def alike(one: str, other: str) -> float:
        first, second = (tokens.mean(dim=0) for tokens in encoder.encode([one, other]))
        return float(cosine_similarity(first, second, dim=0))

    near, far = (
        alike("a woman in a crimson coat", "a woman in a red coat"),
        alike("a woman in a crimson coat", "a stone bridge"),
    )
    assert near > far + 0.1, (near, far)


def test_the_parts_leave_room_for_the_network() -> None:
    assert sum(file.stat().st_size for file in PARTS.rglob("*.safetensors")) < 35e6
