"""What the network learns from: a clip in latent space, its script, and the references of its roles.

A dataset says the shape of every example before it is read, so that equal shapes can come together
(:mod:`generator.train.order`).  Where the latents come from, shards or codecs at work, is its own affair.

Legend: C = latent channels, f × h × w = latent cells, N = audio latents, n = text tokens, D = width of a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from torch import Tensor

from generator.conditioning import EncodedText
from generator.flow import Latents
from mavin.caption import HierarchicalCaption

__all__ = ["Dataset", "Example", "ExampleReference", "LatentShape", "NullText", "latent_shape"]


class LatentShape(NamedTuple):
    """Latent frames, rows and columns of the video, and latents of the audio."""

    frames: int
    rows: int
    columns: int
    audio: int


class NullText(NamedTuple):
    """The negative prompts of both towers, ``(n, D)``: what stands where a caption is left out."""

    video: Tensor
    audio: Tensor


@dataclass(frozen=True, slots=True)
class ExampleReference:
    """A reference of a role, perturbed as §3 asks: another pose, another sentence, the same identity.

    Attributes:
        role: its id in the script.
        image: latent of the picture, ``(C, 1, h, w)``, of any size.
        voice: latents of the voice, ``(N, C)``.
        timbre: embedding of the voice.
    """

    role: str
    image: Tensor | None = None
    voice: Tensor | None = None
    timbre: Tensor | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One clip.

    Attributes:
        caption: the script: shots, roles and dialogue, by which text and references are routed.
        latents: z₀, of video ``(C, f, h, w)`` and audio ``(N, C)``.
        video_text: the script's segments as the video tower takes them (:func:`generator.conditioning.condition`).
        audio_text: the audio tower's.
        references: any number a role, of which one is drawn whenever the example is used.
        prompt: the whole script as one prompt, ``(n, D)``, for a network without routing.
    """

    caption: HierarchicalCaption
    latents: Latents
    video_text: EncodedText
    audio_text: EncodedText
    references: tuple[ExampleReference, ...] = ()
    prompt: Tensor | None = None


class Dataset(Protocol):
    """Examples by number, the same whenever they are asked for."""

    @property
    def null_text(self) -> NullText:
        """The negative prompts, encoded as the pipeline encodes them."""
        ...

    @property
    def fingerprint(self) -> str:
        """Equal for equal examples in equal order."""
        ...

    def __len__(self) -> int: ...

    def shape(self, number: int) -> LatentShape:
        """The shape of an example's latents, without reading it."""
        ...

    def __getitem__(self, number: int) -> Example:
        """An example."""
        ...


def latent_shape(latents: Latents) -> LatentShape:
    """The shape of a clip's latents."""
    _, frames, rows, columns = latents.video.shape
    return LatentShape(frames, rows, columns, latents.audio.shape[0])
