"""espeak-ng through the ``espeakng-loader`` package (the ``speech`` extra), by ctypes; ``None`` where it is missing.

The library is one per process and not safe for threads: a lock guards it.  It also keeps the phases of its
oscillators from one text to the next, so that the same line would sound a little different each time; every line
therefore begins with a freshly loaded library.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from generator.stage.reading import readable, spoken_language
from generator.stage.signal import RATE, Samples, median_pitch, resample, tighten, trim

__all__ = ["Manner", "available", "natural_ms", "synthesise"]

_RETRIEVAL, _RATE, _VOLUME, _PITCH, _RANGE, _WORDGAP = 1, 1, 2, 3, 4, 7
_UTF8, _DONT_EXIT = 1, 0x8000
_FASTEST = 430
_NATURAL = 150
"""Words a minute of unhurried speech, which the estimates of line lengths also stand on."""
_SLOWEST = 0.68
"""How slow speech may become against its natural pace before it drawls."""
_LONGEST_PAUSE = 0.25
"""Seconds of silence inside a line; longer ones would part it in two for a detector."""
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is to be said.

    Attributes:
        variant: timbre, one of espeak-ng's voice variants, such as ``f3``.
        pitch_hz: median pitch.
        spread: how much the pitch moves, 0 to 100, 50 is usual.
        size: length of the throat against the variant's own; resonances fall as it grows.
        pace: natural speed against the usual one.
    """

    variant: str
    pitch_hz: float
    spread: int = 50
    size: float = 1.0
    pace: float = 1.0


class _Engine:
    def __init__(self) -> None:
        import espeakng_loader

        self._library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        data = os.fsencode(espeakng_loader.get_data_path())
        self._rate = self._library.espeak_Initialize(_RETRIEVAL, 0, data, _DONT_EXIT)
        if self._rate <= 0:
            raise OSError("espeak-ng could not be started")
        # It seeds the noise of its consonants with the clock: the same line would differ from second to second.
        if hasattr(self._library, "espeak_ng_SetRandSeed"):
            self._library.espeak_ng_SetRandSeed(ctypes.c_long(1))
        self._parts: list[np.ndarray] = []
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
        self._callback = kind(self._collect)  # kept, or the library would call freed memory
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, samples: Any, count: int, _events: object) -> int:
        if count > 0 and samples:
            self._parts.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    def choose(self, language: str, variant: str) -> bool:
        """Select a voice of a language (its regional form, or the language alone)."""
        folded = language.casefold().replace("_", "-")
        parts = folded.split("-")
        for name in (folded, "-".join(parts[:2]), parts[0]):
            special = {"zh": "cmn", "zh-hk": "yue", "no": "nb", "nn": "nb", "pt": "pt-br", "pt-pt": "pt", "en": "en-us",
                       "iw": "he", "in": "id", "fil": "id", "tl": "id"}.get(name, name)  # fmt: skip
            for full in (f"{special}+{variant}", special):
                if self._library.espeak_SetVoiceByName(full.encode()) == 0:
                    return True
        return False

    def say(self, text: str, pitch: int, spread: int, speed: int, gap: int = 0, size: float = 1.0) -> Samples:
        """The sound of a text at a speed in words a minute, at the film's sample rate, without silence around it."""
        values = ((_RATE, speed), (_PITCH, pitch), (_RANGE, spread), (_VOLUME, 90), (_WORDGAP, gap))
        for parameter, value in values:
            self._library.espeak_SetParameter(parameter, value, 0)
        self._parts = []
        data = text.encode("utf-8") + b"\0"
        self._library.espeak_Synth(data, len(data), 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        if not self._parts:
            return np.zeros(0, np.float32)
        samples = (np.concatenate(self._parts) / 32768.0).astype(np.float32)
        # A longer throat: the same sound played slower.
        return trim(resample(samples, round(self._rate / size)))

    def close(self) -> None:
        """Stop the engine and unload its library, static variables and all."""
        import _ctypes

        self._library.espeak_Terminate()
        unload = getattr(_ctypes, "FreeLibrary" if sys.platform == "win32" else "dlclose")
        unload(self._library._handle)


@lru_cache(maxsize=1)
def _engine() -> _Engine | None:
    try:
        return _Engine()
    except (ImportError, OSError, AttributeError):
        return None


def _fresh_engine() -> _Engine | None:
    engine = _engine()
    if engine is not None:
        _engine.cache_clear()
        engine.close()
    return _engine()


def available() -> bool:
    """Whether espeak-ng can speak here."""
    with _lock:
        return _engine() is not None


def natural_ms(text: str, language: str) -> int | None:
    """How long a text takes at an unhurried pace, measured, in milliseconds.

    Returns:
        ``None`` without the engine or a voice of the language, or if nothing in the text can be spoken.
    """
    with _lock:
        engine = _fresh_engine()
        tongue = spoken_language(text, language)
        if engine is None or not engine.choose(tongue, "m3"):
            return None
        samples = engine.say(readable(text, tongue), 50, 50, _NATURAL)
        return round(len(samples) * 1000 / RATE) or None


def synthesise(text: str, language: str, manner: Manner, seconds: float) -> Samples | None:
    """A text spoken in so many seconds: exactly, or in less where more would drawl, or in more where it must hurry.

    Faster than natural, it is spoken as fast as it has to be; slower, first down to about two thirds of the pace, and
    then with pauses between the words.

    Returns:
        samples at the film's rate, trimmed, or ``None`` without the engine or a voice of the language.
    """
    with _lock:
        engine = _fresh_engine()
        tongue = spoken_language(text, language)
        if engine is None or not engine.choose(tongue, manner.variant):
            return None
        plain = readable(text, tongue)
        pitch = _pitch_parameter(engine, plain, manner)
        slowest = round(_NATURAL * manner.pace * _SLOWEST)

        def said(speed: int, gap: int = 0) -> Samples:
            samples = engine.say(plain, pitch, manner.spread, speed, gap, manner.size)
            return tighten(samples, _LONGEST_PAUSE)

        best = said(slowest)
        if len(best) / RATE >= seconds:
            return _nearest(said, slowest, _FASTEST, seconds, rising=False)
        if " " not in plain.strip():
            return best
        return _nearest(lambda gap: said(slowest, gap), 0, 12, seconds, rising=True)


def _nearest(said: Any, low: int, high: int, seconds: float, *, rising: bool) -> Samples:
    # Bisection: with the parameter the length rises or falls.
    best, nearest = np.zeros(0, np.float32), float("inf")
    for _ in range(8):
        middle = (low + high) // 2
        samples = said(middle)
        length = len(samples) / RATE
        if abs(length - seconds) < nearest:
            best, nearest = samples, abs(length - seconds)
        if nearest < 0.012 * seconds or high - low < 2:
            break
        if (length > seconds) == rising:
            high = middle
        else:
            low = middle
    return best


def _pitch_parameter(engine: _Engine, text: str, manner: Manner) -> int:
    # The engine's pitch is a number from 0 to 99, whose meaning in Hz differs from voice to voice: try and measure.
    value = 50.0
    for _ in range(3):
        heard = median_pitch(engine.say(text, round(value), manner.spread, 190, 0, manner.size))
        if heard is None:
            return 50  # a whisper, or one short word
        # Thirty steps are about a third more pitch.
        step = 30 * np.log(manner.pitch_hz / heard) / np.log(1.32)
        if abs(step) < 1.0:
            break
        value = float(np.clip(value + step, 0, 99))
    return round(value)
