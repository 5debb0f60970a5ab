"""Is there speech exactly where the script wants it?  Time Alignment Metric for Speech (§5.2, C.3, Eq. S7).

    script   ....[████████]......[█████]....     TAMS = |G ∩ P| / |G ∪ P|
    film     .....[██████████]...[███]......     in time, over all roles together

G is the union of the script's dialogue intervals, P what a voice activity detector hears.
"""

from __future__ import annotations

import importlib.metadata
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluators.result import Score, mean_score
from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError
from mavin.interval import Interval, merge
from mavin.media import read_sound

__all__ = [
    "QUIET_DB",
    "SAMPLE_RATE",
    "FilmSpeech",
    "SpeechDetection",
    "SpeechScores",
    "detect_speech",
    "score_speech",
    "speech_level_db",
    "time_alignment",
]

SAMPLE_RATE = 16_000
"""Samples per second that the detector listens to."""

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
    def provenance(self) -> str:
        """Detector, version and settings."""
        return (
            f"webrtcvad-wheels {importlib.metadata.version('webrtcvad-wheels')}, mode {self.mode}, {self.frame_ms} ms "
            f"at {SAMPLE_RATE // 1000} kHz, gaps up to {self.merge_ms} ms merged, under {self.drop_ms} ms dropped"
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


# ------------------------------------------------------------------------------------------ scoring


@dataclass(frozen=True, slots=True)
class FilmSpeech:
    """The speech of one film and of its script.

    Attributes:
        name: what the film is called in reports.
        wanted: the script's dialogue intervals of all roles, merged.
        heard: what the detector hears in the film; ``None`` where the film has no sound track.
        duration_ms: length of the script.
        ceiling: what the detector hears in the sound that the labels are true for, if there is such a sound.
        level_db: level of the film's sound inside ``wanted``; NaN where there is none.
    """

    name: str
    wanted: tuple[Interval, ...]
    heard: tuple[Interval, ...] | None
    duration_ms: int
    ceiling: tuple[Interval, ...] | None = None
    level_db: float = math.nan

    @classmethod
    def of(
        cls,
        caption: HierarchicalCaption,
        film: Path,
        settings: SpeechDetection | None = None,
        *,
        truth: NDArray[np.float32] | None = None,
    ) -> FilmSpeech:
        """Listen to a film.

        Args:
            caption: its script.
            film: the file.
            settings: of the detector.
            truth: samples of shape (N,) at :data:`SAMPLE_RATE` of the sound that the script is true for.

        Raises:
            UsageError: if the file is missing or cannot be read.
        """
        wanted = merge(line.interval for line in caption.dialogue)
        ceiling = None if truth is None else detect_speech(truth, settings)
        samples = read_sound(film, SAMPLE_RATE)
        if samples is None:
            return cls(film.name, wanted, None, caption.duration_ms, ceiling)
        samples = samples[: caption.duration_ms * SAMPLE_RATE // 1000]  # encoders pad the end
        heard = detect_speech(samples, settings)
        return cls(film.name, wanted, heard, caption.duration_ms, ceiling, speech_level_db(samples, wanted))

    @property
    def accuracy(self) -> float:
        """TAMS; NaN without a sound track, and where nobody should speak and nobody does."""
        return math.nan if self.heard is None else time_alignment(self.wanted, self.heard)

    @property
    def is_quiet(self) -> bool:
        """Whether the speech is too quiet for the detector."""
        return self.level_db < QUIET_DB


@dataclass(frozen=True, slots=True)
class SpeechScores:
    """Speech over a set of films.

    Attributes:
        tams: Eq. S7, mean over films.
        ceiling: the same of the sound that the labels are true for: no film can be expected to score more.
        floor: the same of a detector that hears speech always: a score near it says nothing.
        quiet: how many films speak more quietly than :data:`QUIET_DB`.
    """

    tams: Score
    ceiling: Score
    floor: Score
    quiet: int

    @property
    def scores(self) -> tuple[Score, ...]:
        """All of them in order."""
        return self.tams, self.ceiling, self.floor


def score_speech(films: Iterable[FilmSpeech], settings: SpeechDetection | None = None) -> SpeechScores:
    """The metrics of a set of films; silent scripts of silent films and films without sound count as unscored."""
    every = list(films)
    provenance = (settings or SpeechDetection()).provenance
    ceilings = [math.nan if film.ceiling is None else time_alignment(film.wanted, film.ceiling) for film in every]
    floors = [time_alignment(film.wanted, (Interval(0, film.duration_ms),)) for film in every]
    # The floor is that of the films which the score rests on.
    floors = [math.nan if math.isnan(film.accuracy) else floor for film, floor in zip(every, floors, strict=True)]
    return SpeechScores(
        mean_score("tams", [film.accuracy for film in every], provenance),
        mean_score("tams_ceiling", ceilings, provenance),
        mean_score("tams_floor", floors, "always speech"),
        sum(film.is_quiet for film in every),
    )
