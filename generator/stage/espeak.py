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
from functools import lru_cache
from typing import Any

import numpy as np

from generator.stage.signal import RATE, Samples, resample, trim

__all__ = ["available", "natural_ms", "synthesise"]

_RETRIEVAL, _RATE, _VOLUME, _PITCH, _RANGE = 1, 1, 2, 3, 4
_UTF8, _DONT_EXIT = 1, 0x8000
_SLOWEST, _FASTEST = 90, 430
_NATURAL = 150
"""Words a minute of unhurried speech, which the estimates of line lengths also stand on."""
_lock = threading.Lock()


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
        for name in (language.casefold(), language.casefold().split("-")[0]):
            special = {"zh": "cmn", "no": "nb", "pt": "pt-br", "en": "en-us"}.get(name, name)
            for full in (f"{special}+{variant}", special):
                if self._library.espeak_SetVoiceByName(full.encode()) == 0:
                    return True
        return False

    def say(self, text: str, pitch: int, spread: int, speed: int) -> Samples:
        """The sound of a text at a speed in words a minute, at the film's sample rate."""
        for parameter, value in ((_RATE, speed), (_PITCH, pitch), (_RANGE, spread), (_VOLUME, 90)):
            self._library.espeak_SetParameter(parameter, value, 0)
        self._parts = []
        data = text.encode("utf-8") + b"\0"
        self._library.espeak_Synth(data, len(data), 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        if not self._parts:
            return np.zeros(0, np.float32)
        return resample((np.concatenate(self._parts) / 32768.0).astype(np.float32), self._rate)

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


def _plain(text: str) -> str:
    """The text with blanks for what the engine would read aloud as the name of a sign."""
    kept = (char if char.isalnum() or char in " '’-.,!?;:…、。！？" or ord(char) > 0x2FF else " " for char in text)
    return " ".join("".join(kept).split())


def natural_ms(text: str, language: str) -> int | None:
    """How long a text takes at an unhurried pace, measured, in milliseconds.

    Returns:
        ``None`` without the engine or a voice of the language, or if nothing in the text can be spoken.
    """
    with _lock:
        engine = _fresh_engine()
        if engine is None or not engine.choose(language, "m3"):
            return None
        samples = trim(engine.say(_plain(text), 50, 50, _NATURAL))
        return round(len(samples) * 1000 / RATE) or None


def synthesise(text: str, language: str, variant: str, pitch: int, spread: int, seconds: float) -> Samples | None:
    """A text spoken in about so many seconds, as near as the engine's speed allows.

    Returns:
        samples at the film's rate, trimmed, or ``None`` without the engine or a voice of the language.
    """
    with _lock:
        engine = _fresh_engine()
        if engine is None or not engine.choose(language, variant):
            return None
        plain = _plain(text)
        low, high, best, nearest = _SLOWEST, _FASTEST, np.zeros(0, np.float32), float("inf")
        for _ in range(7):
            speed = (low + high) // 2
            samples = trim(engine.say(plain, pitch, spread, speed))
            length = len(samples) / RATE
            if abs(length - seconds) < nearest:
                best, nearest = samples, abs(length - seconds)
            if nearest < 0.015 * seconds or high - low < 6:
                break
            if length > seconds:
                low = speed
            else:
                high = speed
        return best
