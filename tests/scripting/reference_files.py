"""Real references for the tests: a photograph, pictures drawn by hand, spoken and sung sounds."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator.stage import espeak
from generator.stage.signal import RATE

__all__ = ["photo", "save_wav", "speak", "tone"]

SENTENCE = "The keeper climbs the stairs every evening, lights the lamp, and waits for the ships to come home."
"""24 syllables."""


def photo() -> Image.Image:
    """A woman with light brown hair in an orange suit, 512 × 512: scikit-image's astronaut (NASA, public domain)."""
    from skimage.data import astronaut

    return Image.fromarray(astronaut())  # type: ignore[no-untyped-call]


def save_wav(path: Path, samples: NDArray[np.float32], rate: int = 16_000) -> Path:
    """16-bit WAV of samples of shape (N,) or (N, 2)."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes())
    return path


def tone(hertz: float, seconds: float, rate: int = 16_000, level: float = 0.3) -> NDArray[np.float32]:
    """A voice-like tone: eight falling harmonics."""
    time = np.arange(int(seconds * rate)) / rate
    total = sum(np.sin(2 * np.pi * hertz * k * time) / k for k in range(1, 9) if hertz * k < rate / 2)
    return (level * np.asarray(total) / 2).astype(np.float32)


def speak(path: Path, variant: str, hertz: float, seconds: float = 6.0) -> Path:
    """A sentence spoken by espeak-ng at a median pitch, in about so many seconds."""
    samples = espeak.synthesise(SENTENCE, "en", espeak.Manner(variant, hertz), seconds)
    assert samples is not None
    return save_wav(path, samples, RATE)
