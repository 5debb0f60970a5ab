"""What a generation begins with: text, references and a first frame through their encoders (Eq. 2, Eq. 5).

Each encoder is on the device for as long as it works, so that the next one can have its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from torch import Tensor

from generator.codecs.interfaces import AudioCodec, TextEncoder, VideoCodec
from generator.conditioning import Condition, encode, plain_prompt
from generator.identity import RoleReference
from generator.layout import PipelineIndex
from generator.presets import TowerConfig
from generator.reference_inputs import GivenReference, frame_tensor, picture_tensor, voice_samples
from generator.residence import Residence
from generator.settings import FilledSettings
from generator.shapes import AUDIO_LATENT_MS, FRAMES_PER_LATENT, PIXELS_PER_TOKEN, ClipShape
from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError

__all__ = ["Encoders", "Texts"]


@dataclass(frozen=True, slots=True)
class Texts:
    """Encoded text of both towers, the tokens of each segment (none for one prompt), and the negative prompts."""

    video: Tensor
    audio: Tensor
    video_counts: tuple[int, ...]
    audio_counts: tuple[int, ...]
    negative_video: Tensor
    negative_audio: Tensor


class Encoders:
    """The encoding parts of a pipeline.

    Args:
        parts: of the pipeline.
        index: of the pipeline.
        video: the video tower, which the encoders must fit.
        audio: the audio tower.
    """

    def __init__(self, parts: Residence, index: PipelineIndex, video: TowerConfig, audio: TowerConfig) -> None:
        self._parts, self.index = parts, index
        self.video_config, self.audio_config = video, audio

    def text(self, caption: HierarchicalCaption, parts: Condition, filled: FilledSettings) -> Texts:
        """The caption's segments, or all of it as one prompt, and the negative prompts.

        Raises:
            UsageError: if one prompt is too long for the network.
            InvalidInputError: if a segment is too long for the encoder.
        """
        with self._parts.use("text_encoder") as encoder:
            self._check_text(encoder)
            negative = encoder.encode([filled.negative_video, filled.negative_audio])
            if filled.routing == "off":
                (prompt,) = encoder.encode([plain_prompt(caption, self.index.training.wording)])
                if len(prompt) > self.video_config.text_limit:
                    raise UsageError(
                        f"Without routing the whole script must fit into {self.video_config.text_limit} tokens, got "
                        f"{len(prompt)}. Route it (hard or soft), or shorten it."
                    )
                return Texts(prompt, prompt, (), (), *negative)
            known: dict[str, Tensor] = {}
            marks = self.index.training.role_marks
            video, audio = (encode(one, encoder, known, role_marks=marks) for one in (parts.video, parts.audio))
            return Texts(video.tokens, audio.tokens, video.counts, audio.counts, *negative)

    def references(self, given: tuple[GivenReference, ...], shape: ClipShape) -> tuple[RoleReference, ...]:
        """The references through the encoders, in their order.

        Raises:
            UsageError: if a picture or voice cannot be used.
        """
        if not given:
            return ()
        images = self._encode_images(given, shape)
        voices, timbres = self._encode_voices(given)
        return tuple(
            RoleReference(one.number, image, voice, timbre)
            for one, image, voice, timbre in zip(given, images, voices, timbres, strict=True)
        )

    def _encode_images(self, given: tuple[GivenReference, ...], shape: ClipShape) -> list[Tensor | None]:
        most = (shape.width, shape.height)
        pictures = [None if one.given.image is None else picture_tensor(one.given.image, most) for one in given]
        if all(picture is None for picture in pictures):
            return [None] * len(given)
        with self._parts.use("video_codec") as codec:
            self.check_video(codec)
            return [None if picture is None else codec.encode(picture.to(self._parts.device)) for picture in pictures]

    def _encode_voices(self, given: tuple[GivenReference, ...]) -> tuple[list[Tensor | None], list[Tensor | None]]:
        nothing: list[Tensor | None] = [None] * len(given)
        if all(one.given.voice is None for one in given):
            return nothing, nothing
        sounds, latents, rate = self._voices(given)
        if "timbre" not in self._parts:
            return latents, nothing
        with self._parts.use("timbre") as timbre:
            return latents, [None if sound is None else timbre.encode(sound, rate) for sound in sounds]

    def _voices(self, given: tuple[GivenReference, ...]) -> tuple[list[Tensor | None], list[Tensor | None], int]:
        """Each voice as samples, which tell its timbre, and their rate; and its beginning as latents."""
        with self._parts.use("audio_codec") as codec:
            self.check_audio(codec)
            rate = codec.sample_rate
            sounds = [None if one.given.voice is None else voice_samples(one.given.voice, rate) for one in given]
            most = self.index.training.voice_ms * rate // 1000
            latents = [None if sound is None else codec.encode(sound[:most].to(self._parts.device)) for sound in sounds]
            return sounds, latents, rate

    def first_frame(self, picture: Any, shape: ClipShape) -> Tensor | None:
        """The latent of a clip's first frame, ``(C, 1, H, W)``; ``None`` without a picture.

        Raises:
            UsageError: if the picture cannot be used.
        """
        if picture is None:
            return None
        with self._parts.use("video_codec") as codec:
            self.check_video(codec)
            latent: Tensor = codec.encode(frame_tensor(picture, (shape.width, shape.height)).to(self._parts.device))
            return latent

    def _check_text(self, encoder: TextEncoder) -> None:
        _must_fit("text encoder's width", self.video_config.text_dim, encoder.width)

    def check_video(self, codec: VideoCodec) -> None:
        """Raises ``UsageError`` if the network does not work on this codec's latents."""
        _must_fit("video codec's channels", self.video_config.in_dim, codec.channels)
        patch = self.video_config.patch_size
        stride = tuple(PIXELS_PER_TOKEN // side for side in patch[1:])
        _must_fit("video codec's stride", (FRAMES_PER_LATENT, *stride), tuple(codec.stride))

    def check_audio(self, codec: AudioCodec) -> None:
        """Raises ``UsageError`` if the network does not work on this codec's latents."""
        _must_fit("audio codec's channels", self.audio_config.in_dim, codec.channels)
        _must_fit("audio codec's milliseconds a latent", AUDIO_LATENT_MS, 1000 * codec.hop / codec.sample_rate)


def _must_fit(what: str, wanted: object, got: object) -> None:
    if wanted != got:
        raise UsageError(f"The {what} must be {wanted} for this network, got {got}. Choose parts of one pipeline.")
