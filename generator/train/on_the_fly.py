"""The synthetic world as a dataset: captions drawn and encoded when their turn comes, nothing kept.

A step waits for its pictures, so this is for trying out, for a fast machine with several workers, and for
writing shards (:mod:`generator.train.shards`), from which training is fast.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
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
from generator.train.examples import Example, ExampleReference, LatentShape, NullText
from generator.train.world import SAMPLE_RATE, SMALL, Clip, DrawnReference, sample_caption, world_clip, world_still
from mavin.caption import HierarchicalCaption

__all__ = ["Encoders", "WorldDataset", "encode_clip"]


@dataclass(frozen=True, slots=True)
class Encoders:
    """The parts of a pipeline that examples go through.

    Attributes:
        video: its video codec.
        audio: its audio codec.
        text: its text encoder.
        timbre: its timbre encoder; ``None`` where it has none.
        index: the pipeline's, for its wording, negative prompts and how much of a voice is given.
    """

    video: Any
    audio: Any
    text: Any
    timbre: Any
    index: PipelineIndex

    @classmethod
    def of(cls, pipeline: str) -> Self:
        """Those of a pipeline's folder or name.

        Raises:
            UsageError: if there is no such pipeline, or its files are damaged.
        """
        folder = fetch_pipeline(pipeline, None)
        index = read_index(folder)

        def load(name: str) -> Any:
            return load_part(folder, index, name, "cpu", torch.float32) if name in index.parts else None

        return cls(load("video_codec"), load("audio_codec"), load("text_encoder"), load("timbre"), index)


class WorldDataset:
    """:class:`~generator.train.examples.Dataset` of the synthetic world.

    Args:
        encoders: of a pipeline.
        first_seed: of example 0.
        count: how many examples there are.
        stills: single pictures instead of clips.
    """

    def __init__(self, encoders: Encoders, *, first_seed: int = 0, count: int = 100_000, stills: bool = False) -> None:
        self._encoders, self._first, self._count, self._stills = encoders, first_seed, count, stills
        index = encoders.index
        negative = [index.sampling.negative_video, index.sampling.negative_audio]
        self.null_text = NullText(*encoders.text.encode(negative))
        what = [
            index.weights_sha256,
            index.training.wording,
            index.training.role_marks,
            first_seed,
            count,
            *(["stills"] if stills else []),
        ]
        self.fingerprint = hashlib.sha256(json.dumps(what).encode()).hexdigest()

    @classmethod
    def of(cls, config: WorldConfig) -> Self:
        """The dataset of a configuration.

        Raises:
            UsageError: if there is no such pipeline, or its files are damaged.
        """
        return cls(
            Encoders.of(config.pipeline), first_seed=config.first_seed, count=config.examples, stills=config.stills
        )

    def __len__(self) -> int:
        return self._count

    def shape(self, number: int) -> LatentShape:
        """The shape of an example's latents; its caption is sampled, nothing is drawn."""
        caption = sample_caption(self._first + number)
        grid = _shape(caption).grid
        _, rows, columns = self._encoders.video.stride
        width, height = SMALL[caption.aspect]
        frames, sounds = (1, 1) if self._stills else (grid.video_latents, grid.audio_latents)
        return LatentShape(frames, height // rows, width // columns, sounds)

    def __getitem__(self, number: int) -> Example:
        """Draws and encodes an example."""
        if self._stills:
            return encode_clip(world_still(self._first + number), self._encoders, still=True)
        return encode_clip(world_clip(self._first + number), self._encoders)


def encode_clip(clip: Clip, encoders: Encoders, *, still: bool = False) -> Example:
    """A drawn clip through a pipeline's encoders, as long as the network works on it: the next 4k + 1 frames.

    The last frame stands where frames are missing, silence where sound is.  Of a ``still`` it is one latent each.
    """
    shape, wording = _shape(clip.caption), encoders.index.training.wording
    with torch.no_grad():
        sounds = 1 if still else shape.grid.audio_latents
        video = encoders.video.encode(_frames(clip.frames, 1 if still else shape.network_frames))
        audio = encoders.audio.encode(_samples(clip.waveform, max(sounds, 4) * encoders.audio.hop))
        parts = condition(clip.caption, wording)
        known: dict[str, Tensor] = {}
        marks = encoders.index.training.role_marks
        video_text, audio_text = (
            encode(one, encoders.text, known, role_marks=marks) for one in (parts.video, parts.audio)
        )
        (prompt,) = encoders.text.encode([plain_prompt(clip.caption, wording)])
        references = tuple(_reference(one, encoders) for one in clip.references)
    latents = Latents(video, audio[:sounds])
    return Example(clip.caption, latents, video_text, audio_text, references=references, prompt=prompt)


def _reference(one: DrawnReference, encoders: Encoders) -> ExampleReference:
    voice = torch.from_numpy(one.voice)
    most = encoders.index.training.voice_ms * SAMPLE_RATE // 1000
    return ExampleReference(
        one.role,
        image=encoders.video.encode(_frames(one.picture[None], 1)),
        voice=encoders.audio.encode(voice[:most]),
        timbre=None if encoders.timbre is None else encoders.timbre.encode(voice, SAMPLE_RATE),
    )


def _shape(caption: HierarchicalCaption) -> ClipShape:
    return ClipShape(caption.duration_ms, *SMALL[caption.aspect])


def _frames(frames: NDArray[np.uint8], count: int) -> Tensor:
    pixels = torch.from_numpy(frames).permute(3, 0, 1, 2).float() / 127.5 - 1
    return torch.cat((pixels, pixels[:, -1:].expand(-1, count - pixels.shape[1], -1, -1)), dim=1)


def _samples(waveform: NDArray[np.float32], count: int) -> Tensor:
    return torch.nn.functional.pad(torch.from_numpy(waveform), (0, max(count - len(waveform), 0)))[:count]
