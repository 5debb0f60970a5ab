"""What a metric is, and which there are.

A metric looks at one film at a time and gives one :class:`Measurement` for each of its columns; a table's value
is pooled over all films.  A new one is a class and an entry in :data:`METRICS`:

    class Loudness(Metric):
        name = "loudness"
        columns = (Column("loudness_db", "Loudness", "", "dB"),)

        def measure(self, film: OpenedFilm) -> list[Measurement]:
            samples = film.sound(16_000)                       # UnscoredError: the row says why
            return [self.scored(film, "loudness_db", level(samples))]
"""

from __future__ import annotations

import importlib
import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from evaluators.film import OpenedFilm, Pictures
from evaluators.provenance import Provenance
from evaluators.result import Measurement
from mavin.errors import UsageError

__all__ = ["DEFAULT_METRICS", "METRICS", "Column", "Metric", "MetricEntry", "metrics_of"]

Better = Literal["higher", "lower", ""]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: in files, such as ``sta_24``; a stand-in's own name.
        title: for people; the paper's title only where it is the paper's metric with the paper's model.
        better: which way is good; empty where neither is.
        unit: of the value, empty for a plain number.
        optional: left out of tables where no film has it.
    """

    name: str
    title: str
    better: Better = "higher"
    unit: str = ""
    optional: bool = False


class Metric(ABC):
    """A metric; its model is loaded once for a whole set.

    Attributes:
        name: by which ``--metrics`` chooses it.
        columns: what it gives for each film, in the order of the table.
        pictures: what it will ask of :meth:`OpenedFilm.frames`.
        needs_video: whether it looks at the film, or at its script alone.
    """

    name: ClassVar[str]
    columns: tuple[Column, ...]
    pictures: tuple[Pictures, ...] = ()
    needs_video: ClassVar[bool] = True

    @property
    def provenance(self) -> Provenance:
        """What its values are made with."""
        return Provenance()

    def load(self) -> None:  # noqa: B027  (most have nothing to load)
        """Loads its model; called once before the first film.

        Raises:
            UsageError: if a package or weights are missing, with what to do.
        """

    @abstractmethod
    def measure(self, film: OpenedFilm) -> Sequence[Measurement]:
        """One measurement for each column, in order.

        Raises:
            UnscoredError: if the film cannot be scored in any column; its rows then carry the reason.
        """

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:  # noqa: ARG002  (for those that override)
        """The table's value over all scored films: the mean, unless a metric says otherwise.  Never of none."""
        return math.fsum(each.value for each in scored) / len(scored)

    def resampled(
        self, column: Column, scored: Sequence[Measurement], draws: NDArray[np.intp]
    ) -> NDArray[np.float64] | None:
        """The pooled value of each resampling for the bootstrap; ``None`` where that says nothing or costs too much.

        Args:
            column: which one.
            scored: the scored films.
            draws: of shape (B, N): for each of B resamplings the indices of N films, with repetition.
        """
        if type(self).pool is not Metric.pool:
            return np.array([self.pool(column, [scored[at] for at in draw]) for draw in draws])
        return np.asarray(np.array([each.value for each in scored])[draws].mean(axis=1), np.float64)

    def scored(
        self, film: OpenedFilm, column: str, value: float, n: int = 1, *, reason: str = "", **data: Any
    ) -> Measurement:
        """A measurement with this metric's provenance; NaN needs a reason."""
        if math.isnan(value):
            return Measurement.unscored(film.id, column, reason, self.provenance_of(column))
        return Measurement(film.id, column, value, n, "", self.provenance_of(column), data)

    def provenance_of(self, column: str) -> Provenance:
        """Of one column, where they differ; a metric of one kind need not say."""
        del column
        return self.provenance


@dataclass(frozen=True, slots=True)
class MetricEntry:
    """A metric that can be chosen by name; its class is loaded when it is.

    Attributes:
        home: ``module:class``; the class takes the argument behind the colon of ``name:argument``, if any.  Empty for
            one whose model another room has: :mod:`mavin.api` makes it.
        about: one line for ``--metrics help`` and the documentation.
        argument: what may stand behind the colon, empty for nothing.
    """

    home: str
    about: str
    argument: str = ""


METRICS: Mapping[str, MetricEntry] = {
    "sta": MetricEntry(
        "evaluators.cuts:CutMetric", "cuts on their frames: STA, count of cuts, frame error (TransNetV2)"
    ),
    "wer": MetricEntry(
        "evaluators.speech:WordMetric", "words as written: word error rate", "base, large-v3 or a folder of Whisper's"
    ),
    "tams": MetricEntry(
        "evaluators.speech_timing:SpeechTimingMetric", "speech when it should be: TAMS, ceiling, floor"
    ),
    "script": MetricEntry(
        "evaluators.measured.scripts:ScriptQuality", "a script's form, and what it keeps of its prompt"
    ),
    "judge": MetricEntry(
        "",
        "a model's checklist on a script",
        "a language model: embedded, http://HOST/v1, replay:FILE; #NAME chooses one of several",
    ),
    "fvd": MetricEntry(
        "evaluators.measured.distances:FrechetVideoDistance", "FVD on I3D, against the real films", "I3D"
    ),
    "fad": MetricEntry("evaluators.measured.distances:FrechetAudioDistance", "FAD on VGGish, against them", "VGGish"),
    "tvs": MetricEntry("evaluators.measured.shots:TextVideoSimilarity", "TVS on ViCLIP", "its weights"),
    "tas": MetricEntry(
        "evaluators.measured.sounds:TextAudioSimilarity", "TAS on Microsoft's CLAP of 2023", "its weights"
    ),
    "av_ib": MetricEntry(
        "evaluators.measured.sounds:AudioVideoSimilarity", "picture and sound: AV-IB on ImageBind", "its weights"
    ),
    "isc": MetricEntry("evaluators.measured.shots:ShotConsistency", "CISC and BISC on ViCLIP", "its weights"),
    "sync": MetricEntry("evaluators.measured.lips:LipSyncMetric", "lips and voice: Sync on SyncNet", "its weights"),
    "sc": MetricEntry("evaluators.measured.frames:SubjectConsistency", "SC on DINO ViT-B/16", "its folder"),
    "bc": MetricEntry("evaluators.measured.frames:BackgroundConsistency", "BC on CLIP ViT-B/32", "its folder"),
    "vc": MetricEntry(
        "evaluators.measured.people:VisualConsistency", "faces and references: VC on ArcFace", "its weights"
    ),
    "ac": MetricEntry(
        "evaluators.measured.people:AudioConsistency", "voices and references: AC on WavLM", "its folder"
    ),
    "frame_consistency": MetricEntry(
        "evaluators.measured.frames:FrameConsistency", "stand-in for SC and BC on EfficientNet", "its weights"
    ),
    "shot_consistency": MetricEntry(
        "evaluators.measured.shots:ShotLikeness", "stand-in for CISC and BISC on EfficientNet", "its weights"
    ),
    "face_sim": MetricEntry("evaluators.measured.people:FaceSimilarity", "stand-in for VC on dlib", "its folder"),
    "voice_sim": MetricEntry("", "stand-in for AC on GE2E"),
}
"""Every metric by name."""

DEFAULT_METRICS = ("sta", "tams", "script")
"""What is measured where nobody says: what needs no further download."""


def metrics_of(names: Iterable[str]) -> tuple[Metric, ...]:
    """Makes metrics; ``name:argument`` gives one an argument, such as a model.

    Raises:
        UsageError: if there is no such metric, one is named twice, or one cannot be made here.
    """
    made: dict[str, Metric] = {}
    for text in names:
        name, colon, argument = text.strip().partition(":")
        entry = METRICS.get(name)
        if entry is None:
            raise UsageError(f"A metric must be one of {', '.join(METRICS)}, got {name!r}. Choose one of these.")
        if name in made:
            raise UsageError(f"Each metric can be measured once, got {name} twice. Leave one out.")
        if colon and not entry.argument:
            raise UsageError(f"The metric {name} takes nothing behind a colon, got {text!r}. Write {name}.")
        if not entry.home:
            raise UsageError(f"The metric {name} needs a model from outside: make it with mavin.api.load_metrics.")
        module, _, kind = entry.home.partition(":")
        maker = getattr(importlib.import_module(module), kind)
        made[name] = maker(argument) if colon else maker()
    return tuple(made.values())
