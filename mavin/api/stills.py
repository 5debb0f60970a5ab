"""Small views of a film's pictures and sounds: a shot's still, a thumbnail, a player's sound, a waveform."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError

__all__ = [
    "UploadedFile",
    "Waveform",
    "inspect_recording",
    "inspect_reference",
    "shot_still",
    "sound_wav",
    "thumbnail",
    "waveform",
]

PLAYER_RATE, PLAYER_SECONDS = 24_000, 60
_WAVE_RATE = 8_000
_SILENT = 1e-3


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that can be a reference or a recording: what it is, and what its name should end in."""

    kind: Literal["image", "audio"]
    suffix: str


@dataclass(frozen=True, slots=True)
class Waveform:
    """How loud a film is along its length.

    Attributes:
        duration_ms: length of the sound.
        peaks: the largest sample of each part, 0 to 1; empty for a film without sound.
    """

    duration_ms: int
    peaks: tuple[float, ...]

    @property
    def is_silent(self) -> bool:
        """Whether nothing can be heard."""
        return max(self.peaks, default=0.0) < _SILENT


def shot_still(caption: HierarchicalCaption, shot: str, width: int, folder: Path | None = None) -> bytes:
    """The most telling frame of a shot as a PNG of a width in pixels.

    Raises:
        UsageError: if there is no such shot, or a reference picture cannot be used.
    """
    from generator.renderers import chosen_shot
    from generator.stage.still import still

    found = chosen_shot(caption, shot)
    assert found is not None
    return _png(still(caption, found, width, folder))


def thumbnail(path: Path, width: int) -> bytes:
    """A picture drawn anew as a PNG, at most so many pixels wide and high; nothing else of the file is in it.

    Raises:
        UsageError: if it is no picture that can be read.
    """
    from mavin.media import read_image

    picture = read_image(path)
    picture.thumbnail((width, width))
    return _png(picture)


def _png(picture: object) -> bytes:
    from PIL.Image import Image

    assert isinstance(picture, Image)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def sound_wav(path: Path) -> bytes:
    """A sound as mono WAV of at most a minute, whatever the file was.

    Raises:
        UsageError: if it is no sound that can be read.
    """
    from mavin.media import read_audio

    samples = read_audio(path, PLAYER_RATE, max_seconds=PLAYER_SECONDS)
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(PLAYER_RATE)
        writer.writeframes((samples * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def waveform(path: Path, points: int) -> Waveform:
    """How loud a film's sound is in so many equal parts.

    Raises:
        UsageError: if it is no film that can be read.
    """
    from mavin.media import read_sound

    samples = read_sound(path, _WAVE_RATE)
    if samples is None or not len(samples):
        return Waveform(0, ())
    parts = np.array_split(np.abs(samples), min(points, len(samples)))
    peaks = tuple(round(float(part.max(initial=0.0)), 4) for part in parts)
    return Waveform(round(len(samples) * 1000 / _WAVE_RATE), peaks)


def inspect_reference(path: Path) -> UploadedFile:
    """Whether a file can be a role's picture or voice.

    Raises:
        UsageError: if it is neither, damaged, too large, too long, animated, or silent.
    """
    from mavin.media import reference_suffix
    from scripting.references.files import check_reference

    return UploadedFile(check_reference(path), reference_suffix(path))


def inspect_recording(path: Path) -> UploadedFile:
    """Whether a file can be the recording of a line.

    Raises:
        UsageError: if it is no sound, damaged, or longer than a minute.
    """
    from mavin.media import probe_reference, read_audio, reference_suffix

    if probe_reference(path) != "audio":
        raise UsageError("A recording must be a sound, got a picture. Choose a WAV, MP3, FLAC, OGG or M4A file.")
    samples = read_audio(path, 8_000, max_seconds=PLAYER_SECONDS + 1)
    if len(samples) > PLAYER_SECONDS * 8_000:
        raise UsageError(f"A recording must last at most {PLAYER_SECONDS} s, got more. Cut it to the line.")
    return UploadedFile("audio", reference_suffix(path))
