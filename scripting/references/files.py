"""Which files may be references: everything that is wrong with one is found before a model is asked.

A picture is a still one; a voice is 1 to 60 seconds of something that can be heard, without moving pictures.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from mavin.errors import UsageError
from mavin.media import is_animated, probe_reference, probe_sound, read_audio

__all__ = ["LEAST_SECONDS", "MOST_SECONDS", "VOICE_RATE", "check_reference", "digest_of", "read_voice"]

LEAST_SECONDS, MOST_SECONDS = 1.0, 60.0
"""How long a reference voice may last."""

VOICE_RATE = 16_000
"""Samples per second at which voices are read."""

_SILENCE_DBFS = -60.0
_BLOCK = 400  # 25 ms at VOICE_RATE


def check_reference(path: Path) -> Literal["image", "audio"]:
    """Tells by its content whether a file is a picture or a voice that can be a reference.

    Raises:
        UsageError: if it is missing, unreadable, too large, damaged, animated, a video, silent, shorter
            than 1 s or longer than 60 s, or neither picture nor sound.
    """
    try:
        state = path.stat()
        stamp = (state.st_mtime_ns, state.st_size, state.st_ino)
    except (OSError, ValueError):
        stamp = (0, 0, 0)  # the readers say what is wrong with it
    return _checked(path, stamp)


@lru_cache(maxsize=16)
def _checked(path: Path, stamp: tuple[int, int, int]) -> Literal["image", "audio"]:
    """One opening for one state of a file: the request and the graph both ask."""
    del stamp
    _refuse_video(path)
    kind = probe_reference(path)
    if kind == "audio":
        read_voice(path)
    elif is_animated(path):
        raise UsageError(
            f"A reference picture must be a still one, got an animation in {path}. Save the frame that you mean as "
            "PNG and use that."
        )
    return kind


def _refuse_video(path: Path) -> None:
    try:
        video = probe_sound(path).video
        if not video or probe_picture(path):
            return
    except UsageError:
        return
    raise UsageError(
        f"A reference must be a still picture or a voice, got a video in {path}. Save a frame of it as PNG and its "
        "sound as WAV, and give each with its own --ref."
    )


def probe_picture(path: Path) -> bool:
    """Whether a file is a picture: some of them look like videos of one frame to a demuxer."""
    try:
        return probe_reference(path) == "image"
    except UsageError:
        return False


def read_voice(path: Path) -> np.ndarray:
    """A reference voice as mono float32 samples of shape (N,) at :data:`VOICE_RATE`.

    Raises:
        UsageError: if it is no sound, silent, too short or too long.
    """
    samples = read_audio(path, VOICE_RATE, max_seconds=int(MOST_SECONDS) + 1)
    seconds = len(samples) / VOICE_RATE
    if seconds < LEAST_SECONDS:
        raise UsageError(
            f"A reference voice must last at least {LEAST_SECONDS:g} s, got {seconds:.2f} s in {path}. Record a "
            "sentence or two (5 to 30 s are best)."
        )
    if seconds > MOST_SECONDS + 0.05:
        raise UsageError(
            f"A reference voice must last at most {MOST_SECONDS:g} s, got more in {path}. Cut out 5 to 30 s in which "
            "this voice speaks alone."
        )
    whole = samples[: len(samples) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    loudest = float(np.sqrt(np.max(np.mean(whole.astype(np.float64) ** 2, axis=1), initial=0.0)))
    if 20 * np.log10(max(loudest, 1e-9)) < _SILENCE_DBFS:
        raise UsageError(
            f"A reference voice must be audible, got silence in {path} (nothing above {_SILENCE_DBFS:g} dBFS). "
            "Record it again or choose another file."
        )
    return samples


def digest_of(path: Path) -> str:
    """SHA-256 of a file's content: one analysis serves every role that shows the same file.

    Raises:
        UsageError: if it cannot be read.
    """
    import hashlib

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(
            f"The reference {path} cannot be read ({error.strerror or error}). Check its permissions."
        ) from None
