"""Is there speech exactly where the script wants it?  Time Alignment Metric for Speech (§5.2, C.3, Eq. S7).

    script   ....[████████]......[█████]....     TAMS = |G ∩ P| / |G ∪ P|
    film     .....[██████████]...[███]......     in time, over all roles together

G is the union of the script's dialogue intervals, P what a voice activity detector hears.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluators.film import OpenedFilm
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance, versions_of
from evaluators.result import Measurement, UnscoredError
from evaluators.silero import SAMPLE_RATE, SecondDetector, Silero
from mavin.errors import UsageError
from mavin.interval import Interval, merge

__all__ = [
    "QUIET_DB",
    "SAMPLE_RATE",
    "FilmSpeech",
    "SpeechDetection",
    "SpeechTimingMetric",
    "detect_speech",
    "speech_level_db",
    "time_alignment",
]

QUIET_DB = -45.0
"""Speech quieter than this (RMS, full scale) is heard only in part: the score then says little."""


@dataclass(frozen=True, slots=True)
class SpeechDetection:
    """How webrtcvad is asked.

    Attributes:
        mode: 0 takes most sounds for speech, 3 fewest.
        frame_ms: 10, 20 or 30.
        merge_ms: silences up to this long inside speech belong to it.
        drop_ms: speech shorter than this is none.
    """

    mode: int = 3
    frame_ms: int = 10
    merge_ms: int = 300
    drop_ms: int = 100

    def __post_init__(self) -> None:
        if self.mode not in range(4) or self.frame_ms not in (10, 20, 30) or min(self.merge_ms, self.drop_ms) < 0:
            raise ValueError(
                "webrtcvad must have a mode of 0 to 3, frames of 10, 20 or 30 ms and lengths that are not negative, "
                f"got {self}"
            )

    @property
    def provenance(self) -> Provenance:
        """Detector, version and settings."""
        return Provenance(
            "webrtcvad",
            "",
            f"frames of {self.frame_ms} ms, {SAMPLE_RATE // 1000} kHz mono",
            {"mode": self.mode, "merge_ms": self.merge_ms, "drop_ms": self.drop_ms},
            versions_of("webrtcvad-wheels"),
        )


def detect_speech(samples: NDArray[np.float32], settings: SpeechDetection | None = None) -> tuple[Interval, ...]:
    """Where speech is heard, as disjoint intervals in order.

    Args:
        samples: float32 of shape (N,) in [-1, 1] at :data:`SAMPLE_RATE`; an incomplete last frame is not heard.
        settings: of the detector.

    Raises:
        UsageError: if webrtcvad is not installed.
        ValueError: if the samples have another shape.
    """
    if samples.ndim != 1:
        raise ValueError(f"samples must have shape (N,), got {samples.shape}")
    try:
        import webrtcvad
    except ImportError:
        raise UsageError(
            "Finding speech needs webrtcvad, got none. Install it: pip install 'mavin[evaluators]'"
        ) from None
    settings = settings or SpeechDetection()
    step = SAMPLE_RATE * settings.frame_ms // 1000
    pcm = np.round(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")
    detector = webrtcvad.Vad(settings.mode)  # a new one for each film: it adapts to what it has heard
    runs: list[tuple[int, int]] = []
    for at in range(0, len(pcm) - step + 1, step):
        if not detector.is_speech(pcm[at : at + step].tobytes(), SAMPLE_RATE):
            continue
        start = at * 1000 // SAMPLE_RATE
        if runs and start - runs[-1][1] <= settings.merge_ms:
            runs[-1] = (runs[-1][0], start + settings.frame_ms)
        else:
            runs.append((start, start + settings.frame_ms))
    return tuple(Interval(start, end) for start, end in runs if end - start >= settings.drop_ms)


def time_alignment(wanted: Iterable[Interval], heard: Iterable[Interval]) -> float:
    """TAMS of one film (Eq. S7) in [0, 1]; NaN where nobody should speak and nobody does."""
    truth, film = merge(wanted), merge(heard)
    union = _length(merge((*truth, *film)))
    if union == 0:
        return math.nan
    shared = [part for one in truth for two in film if (part := one.intersection(two)) is not None]
    return _length(shared) / union


def _length(intervals: Iterable[Interval]) -> int:
    return sum(interval.duration_ms for interval in intervals)


def speech_level_db(samples: NDArray[np.float32], wanted: Sequence[Interval]) -> float:
    """RMS level of the sound inside intervals, in dB of full scale; NaN where there is none.

    Args:
        samples: float32 of shape (N,) at :data:`SAMPLE_RATE`.
        wanted: where speech should be.
    """
    per_ms = SAMPLE_RATE // 1000
    parts = [samples[part.start_ms * per_ms : part.end_ms * per_ms] for part in merge(wanted)]
    heard = np.concatenate(parts).astype(np.float64) if parts else np.zeros(0)
    power = float(np.mean(heard**2)) if len(heard) else 0.0
    return 10 * math.log10(power) if power > 0 else math.nan


# ------------------------------------------------------------------------------------------ measuring


@dataclass(frozen=True, slots=True)
class FilmSpeech:
    """The speech of one film and of its script.

    Attributes:
        name: what the film is called in reports.
        wanted: the script's dialogue intervals of all roles, merged.
        heard: what the detector hears in the film.
        duration_ms: length of the script.
        ceiling: what the detector hears in the sound that the labels are true for, if there is such a sound.
        silero: what the second detector hears in the film, if it was asked.
    """

    name: str
    wanted: tuple[Interval, ...]
    heard: tuple[Interval, ...]
    duration_ms: int
    ceiling: tuple[Interval, ...] | None = None
    silero: tuple[Interval, ...] | None = None

    @property
    def accuracy(self) -> float:
        """TAMS; NaN where nobody should speak and nobody does."""
        return time_alignment(self.wanted, self.heard)

    @property
    def floor(self) -> float:
        """TAMS of a detector that hears speech always: a score near it says nothing."""
        return time_alignment(self.wanted, (Interval(0, self.duration_ms),))


NOBODY = "nobody should speak, and nobody does"
NO_SILERO = "silero-vad is not installed"
NO_TRUTH = "no sound that the labels are true for"


class SpeechTimingMetric(Metric):
    """TAMS, with its ceiling, its floor, and a second detector beside it."""

    name = "tams"
    columns = (
        Column("tams", "TAMS"),
        Column("tams_ceiling", "TAMS of the true sound", optional=True),
        Column("tams_floor", "TAMS of constant speech", ""),
        Column("tams_silero", "TAMS (silero)", optional=True),
    )

    def __init__(self, settings: SpeechDetection | None = None, second: SecondDetector | None = None) -> None:
        self._settings = settings or SpeechDetection()
        self._second = second or Silero()

    def load(self) -> None:
        """Makes sure that webrtcvad is installed."""
        detect_speech(np.zeros(0, np.float32), self._settings)

    @property
    def provenance(self) -> Provenance:
        """Of webrtcvad."""
        return self._settings.provenance

    def provenance_of(self, column: str) -> Provenance:
        """Of the detector that made the column."""
        if column == "tams_floor":
            return Provenance(sampling="speech from the first to the last moment of the script")
        return self._second.provenance if column == "tams_silero" else self.provenance

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """Listens to the film and compares with the script's lines."""
        samples = film.sound(SAMPLE_RATE)
        wanted = film.plan.speech
        level = speech_level_db(samples, wanted)
        if level < QUIET_DB:
            film.note("quiet", f"{level:.0f} dB where lines should be; below {QUIET_DB:.0f} dB speech is missed")
        speech = FilmSpeech(
            film.id,
            wanted,
            detect_speech(samples, self._settings),
            film.plan.duration_ms,
            self._ceiling(film),
            self._second.detect(samples),
        )
        return self.measured(speech, level)

    def measured(self, speech: FilmSpeech, level_db: float = math.nan) -> list[Measurement]:
        """The columns of a film whose speech is known."""
        data: dict[str, Any] = {"wanted": _pairs(speech.wanted), "heard": _pairs(speech.heard)}
        if not math.isnan(level_db):
            data["level_db"] = round(level_db, 1)
        tams = speech.accuracy
        # The floor is that of the films which the score rests on.
        floor = math.nan if math.isnan(tams) else speech.floor
        rows = [self._row(speech.name, "tams", tams, NOBODY, data)]
        rows.append(self._heard(speech.name, "tams_ceiling", speech.wanted, speech.ceiling, NO_TRUTH))
        rows.append(self._row(speech.name, "tams_floor", floor, NOBODY))
        rows.append(self._heard(speech.name, "tams_silero", speech.wanted, speech.silero, NO_SILERO))
        return rows

    def _heard(
        self, film: str, column: str, wanted: tuple[Interval, ...], heard: tuple[Interval, ...] | None, missing: str
    ) -> Measurement:
        if heard is None:
            return self._row(film, column, math.nan, missing)
        return self._row(film, column, time_alignment(wanted, heard), NOBODY, {"heard": _pairs(heard)})

    def _row(
        self, film: str, column: str, value: float, reason: str, data: Mapping[str, Any] | None = None
    ) -> Measurement:
        source = self.provenance_of(column)
        if math.isnan(value):
            return Measurement(film, column, value, 0, reason, source, data or {})
        return Measurement(film, column, value, 1, "", source, data or {})

    def _ceiling(self, film: OpenedFilm) -> tuple[Interval, ...] | None:
        if film.sample.voices is not None:
            return detect_speech(film.sample.voices(SAMPLE_RATE), self._settings)
        if film.truth is None:
            return None
        try:
            return detect_speech(film.truth.sound(SAMPLE_RATE), self._settings)
        except UnscoredError:
            return None


def _pairs(intervals: Iterable[Interval]) -> list[list[int]]:
    return [[part.start_ms, part.end_ms] for part in intervals]
