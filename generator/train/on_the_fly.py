"""The synthetic world as a dataset: captions drawn and encoded when their turn comes, nothing kept.

A step waits for its pictures, so this is for trying out, for a fast machine with several workers, and for
writing shards (:mod:`generator.train.shards`), from which training is fast.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.conditioning import condition, encode, plain_prompt
from generator.flow import Latents
from generator.hub import fetch_pipeline
from generator.layout import PipelineIndex, read_index
from generator.parts import load_part
from generator.shapes import ClipShape
from generator.train.config import WorldConfig
from generator.train.examples import Example, LatentShape, NullText
from generator.train.world import SMALL, Clip, draw_clip, sample_caption
from mavin.caption import HierarchicalCaption

__all__ = ["WorldDataset", "encode_clip"]


class WorldDataset:
    """:class:`~generator.train.examples.Dataset` of the synthetic world.

    Args:
        video_codec: of a pipeline.
        audio_codec: its audio codec.
        text_encoder: its text encoder.
        index: of the pipeline, for its wording and negative prompts.
        first_seed: of example 0.
        count: how many examples there are.
    """

    def __init__(
        self,
        video_codec: Any,
        audio_codec: Any,
        text_encoder: Any,
        index: PipelineIndex,
        *,
        first_seed: int = 0,
        count: int = 100_000,
    ) -> None:
        self._video, self._audio, self._text = video_codec, audio_codec, text_encoder
        self._index, self._first, self._count = index, first_seed, count
        sampling = index.sampling
        self.null_text = NullText(*text_encoder.encode([sampling.negative_video, sampling.negative_audio]))
        what = [index.weights_sha256, index.training.wording, first_seed, count]
        self.fingerprint = hashlib.sha256(json.dumps(what).encode()).hexdigest()

    @classmethod
    def of(cls, config: WorldConfig) -> Self:
        """The dataset of a configuration.

        Raises:
            UsageError: if there is no such pipeline, or its files are damaged.
        """
        folder = fetch_pipeline(config.pipeline, None)
        index = read_index(folder)

        def load(name: str) -> Any:
            return load_part(folder, index, name, "cpu", torch.float32)

        parts = load("video_codec"), load("audio_codec"), load("text_encoder")
        return cls(*parts, index, first_seed=config.first_seed, count=config.examples)

    def __len__(self) -> int:
        return self._count

    def shape(self, number: int) -> LatentShape:
        """The shape of an example's latents; its caption is sampled, nothing is drawn."""
        caption = sample_caption(self._first + number)
        grid = _shape(caption).grid
        _, rows, columns = self._video.stride
        width, height = SMALL[caption.aspect]
        return LatentShape(grid.video_latents, height // rows, width // columns, grid.audio_latents)

    def __getitem__(self, number: int) -> Example:
        """Draws and encodes an example."""
        seed = self._first + number
        clip = draw_clip(sample_caption(seed), seed=seed)
        return encode_clip(clip, self._video, self._audio, self._text, self._index)


def encode_clip(clip: Clip, video_codec: Any, audio_codec: Any, text_encoder: Any, index: PipelineIndex) -> Example:
    """A drawn clip through a pipeline's encoders, as long as the network works on it: the next 4k + 1 frames.

    The last frame stands where frames are missing, silence where sound is.
    """
    shape = _shape(clip.caption)
    with torch.no_grad():
        video = video_codec.encode(_frames(clip.frames, shape.network_frames))
        audio = audio_codec.encode(_samples(clip.waveform, shape.grid.audio_latents * audio_codec.hop))
        parts = condition(clip.caption, index.training.wording)
        known: dict[str, Tensor] = {}
        texts = encode(parts.video, text_encoder, known), encode(parts.audio, text_encoder, known)
        (prompt,) = text_encoder.encode([plain_prompt(clip.caption, index.training.wording)])
    return Example(clip.caption, Latents(video, audio[: shape.grid.audio_latents]), *texts, prompt=prompt)


def _shape(caption: HierarchicalCaption) -> ClipShape:
    return ClipShape(caption.duration_ms, *SMALL[caption.aspect])


def _frames(frames: NDArray[np.uint8], count: int) -> Tensor:
    pixels = torch.from_numpy(frames).permute(3, 0, 1, 2).float() / 127.5 - 1
    return torch.cat((pixels, pixels[:, -1:].expand(-1, count - pixels.shape[1], -1, -1)), dim=1)


def _samples(waveform: NDArray[np.float32], count: int) -> Tensor:
    return torch.nn.functional.pad(torch.from_numpy(waveform), (0, max(count - len(waveform), 0)))[:count]
