"""FVD and FAD: how far a set of films is from the real ones, as two sets of features."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from evaluators.features.base import Features, ModelInfo
from evaluators.features.i3d import FvdFeatures
from evaluators.features.pictures import evenly
from evaluators.features.sources import given
from evaluators.features.vggish import FadFeatures
from evaluators.film import OpenedFilm
from evaluators.frechet import frechet_distance
from evaluators.measured.base import chosen_frames, provenance_of_model
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance
from evaluators.result import Measurement, UnscoredError

__all__ = ["FrechetAudioDistance", "FrechetVideoDistance"]


class _Distance(Metric):
    """Features of the film, then those of the real film, one below the other; ``data`` says how many are the film's."""

    what: ClassVar[str]

    @property
    def provenance(self) -> Provenance:
        """Of the network."""
        return provenance_of_model(self._info)

    @property
    @abstractmethod
    def _info(self) -> ModelInfo | None:
        """Of the network, once it is loaded."""

    def _measured(self, film: OpenedFilm, features: Callable[[OpenedFilm], Features]) -> list[Measurement]:
        (column,) = self.columns
        if film.truth is None:
            raise UnscoredError("no real film to compare with")
        own = features(film)
        try:
            real = features(film.truth)
        except UnscoredError as error:
            raise UnscoredError(f"the real film: {error}") from None
        both = np.concatenate([own, real])
        data = {"own": len(own)}
        return [Measurement(film.id, column.name, math.nan, len(own), "", self.provenance, data, both)]

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:
        """The distance of both sets; there is none where the covariance has no full rank."""
        rows = [(each.features, int(each.data["own"])) for each in scored if each.features is not None]
        if not rows:
            raise UnscoredError("its features are missing")
        own, real = (np.concatenate([part[cut] for part, cut in halves]) for halves in _halves(rows))
        least, dimensions = min(len(own), len(real)), own.shape[1]
        if least < dimensions:
            raise UnscoredError(f"{column.title} needs {dimensions} {self.what} at least, got {least}")
        return frechet_distance(own, real).value

    def resampled(
        self, column: Column, scored: Sequence[Measurement], draws: NDArray[np.intp]
    ) -> NDArray[np.float64] | None:
        """None: drawing with repetition changes the bias that the value is full of."""
        del column, scored, draws
        return None


def _halves(rows: Sequence[tuple[Features, int]]) -> tuple[list[tuple[Features, slice]], list[tuple[Features, slice]]]:
    return [(part, slice(0, own)) for part, own in rows], [(part, slice(own, None)) for part, own in rows]


class FrechetVideoDistance(_Distance):
    """FVD on the logits of I3D."""

    name = "fvd"
    what = "films"
    columns = (Column("fvd", "FVD", "lower"),)

    def __init__(self, argument: str = "", *, model: FvdFeatures | None = None) -> None:
        what = "I3D trained on Kinetics-400 (i3d_pretrained_400.pt)"
        self._place = given(argument, self.name, what) if model is None else Path()
        self._model = model

    def load(self) -> None:
        """Loads I3D."""
        self._model = self._model or FvdFeatures(self._place)

    @property
    def _info(self) -> ModelInfo | None:
        return self._model.info if self._model else None

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """A row of the film and one of the real one."""
        self.load()
        model = self._model
        assert model is not None

        def features(one: OpenedFilm) -> Features:
            wanted = evenly(one.frame_count, model.FRAMES)
            frames = chosen_frames(one, wanted)
            return model.embed([np.stack([frames[at] for at in wanted])])

        return self._measured(film, features)


class FrechetAudioDistance(_Distance):
    """FAD on VGGish, over all windows of 0.96 s."""

    name = "fad"
    what = "windows of sound"
    columns = (Column("fad", "FAD", "lower"),)

    def __init__(self, argument: str = "", *, model: FadFeatures | None = None) -> None:
        self._place = (
            given(argument, self.name, "VGGish in PyTorch's names (vggish-10086976.pth)") if model is None else Path()
        )
        self._model = model

    def load(self) -> None:
        """Loads VGGish."""
        self._model = self._model or FadFeatures(self._place)

    @property
    def _info(self) -> ModelInfo | None:
        return self._model.info if self._model else None

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """Rows of the film and of the real one."""
        self.load()
        model = self._model
        assert model is not None

        def features(one: OpenedFilm) -> Features:
            rows = model.embed([one.sound(model.sample_rate)])
            if not len(rows):
                raise UnscoredError("its sound is shorter than a window of 0.96 s")
            return rows

        return self._measured(film, features)
