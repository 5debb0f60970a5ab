"""Silero's detector of speech, beside webrtcvad: where the two disagree, not the film but the detector is in doubt."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evaluators.provenance import Provenance, file_sha256, versions_of
from mavin.interval import Interval

__all__ = ["SAMPLE_RATE", "SecondDetector", "Silero"]

SAMPLE_RATE = 16_000
"""Samples per second that both detectors listen to."""


class SecondDetector(Protocol):
    """A detector of speech."""

    @property
    def provenance(self) -> Provenance:
        """Its model and settings."""
        ...

    def detect(self, samples: NDArray[np.float32]) -> tuple[Interval, ...] | None:
        """Where it hears speech; ``None`` where it cannot be asked."""
        ...


class Silero:
    """silero-vad with its own defaults."""

    @property
    def provenance(self) -> Provenance:
        """Model, hash of the weights that its package carries."""
        found = _model()
        weights = found[1] if found else ""
        return Provenance("silero-vad", weights, f"{SAMPLE_RATE // 1000} kHz mono", {}, versions_of("silero-vad"))

    def detect(self, samples: NDArray[np.float32]) -> tuple[Interval, ...] | None:
        """Where speech is heard, in order; ``None`` if silero-vad is not installed.

        Args:
            samples: float32 of shape (N,) in [-1, 1] at :data:`SAMPLE_RATE`.
        """
        found = _model()
        if found is None:
            return None
        import torch
        from silero_vad import get_speech_timestamps

        runs = get_speech_timestamps(torch.from_numpy(samples), found[0], sampling_rate=SAMPLE_RATE)
        per_ms = SAMPLE_RATE // 1000
        return tuple(Interval(run["start"] // per_ms, max(run["end"], run["start"] + per_ms) // per_ms) for run in runs)


@functools.lru_cache(maxsize=1)
def _model() -> tuple[Any, str] | None:
    try:
        import onnxruntime
        import torch

        threads = torch.get_num_threads()
        import silero_vad

        # Its import leaves PyTorch one thread for everything that this process computes afterwards.
        torch.set_num_threads(threads)
        onnxruntime.disable_telemetry_events()
        model = silero_vad.load_silero_vad(onnx=True)
    except ImportError:
        return None
    weights = Path(str(silero_vad.__file__)).parent / "data" / "silero_vad.onnx"
    return model, file_sha256(weights)
