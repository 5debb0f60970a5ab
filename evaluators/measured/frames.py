"""SC and BC: are frames of one shot alike?  The paper's on DINO and CLIP, and a stand-in under its own name."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np

from evaluators.consistency import frame_consistency, shots_between
from evaluators.cuts import detected_cuts
from evaluators.features.base import FrameEmbedder
from evaluators.features.sources import folder_of, stored
from evaluators.film import OpenedFilm
from evaluators.measured.base import batches_of, provenance_of_model, weighted
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance
from evaluators.result import Measurement

__all__ = ["BackgroundConsistency", "FrameConsistency", "SubjectConsistency"]


class _Consistency(Metric):
    """VBench's formula inside the shots that the film has, as TransNetV2 sees them.

    A shot of the film, not of the script: a late cut is STA's matter and must not count as a frame that changed.
    """

    store: ClassVar[str]

    def __init__(self, argument: str = "", *, model: FrameEmbedder | None = None) -> None:
        self._place = stored(self.store, argument, self.name) if model is None else Path()
        self._model = model

    def load(self) -> None:
        """Loads its network."""
        self._model = self._model or self._open()

    @abstractmethod
    def _open(self) -> FrameEmbedder: ...

    @property
    def provenance(self) -> Provenance:
        """Of the network."""
        return provenance_of_model(self._model.info if self._model else None, shots="detected")

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """Looks at every frame."""
        self.load()
        assert self._model is not None
        (column,) = self.columns
        shots = shots_between(detected_cuts(film), film.frame_count)
        features = np.concatenate([self._model.embed(batch) for batch in batches_of(film)])
        shots = tuple(range(shot.start, min(shot.stop, len(features))) for shot in shots if shot.start < len(features))
        found = frame_consistency(features, shots)
        reason = "no shot has two frames" if math.isnan(found.value) else ""
        return [self.scored(film, column.name, found.value, found.n, reason=reason)]

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:  # noqa: ARG002
        """The mean over frames of all films, as VBench."""
        return weighted(scored)


class SubjectConsistency(_Consistency):
    """SC on DINO ViT-B/16."""

    name = "sc"
    store = "dino-vitb16"
    columns = (Column("sc", "SC"),)

    def _open(self) -> FrameEmbedder:
        from evaluators.features.frames import SubjectFeatures

        return SubjectFeatures(folder_of(self._place))


class BackgroundConsistency(_Consistency):
    """BC on CLIP ViT-B/32."""

    name = "bc"
    store = "clip-vit-b32"
    columns = (Column("bc", "BC"),)

    def _open(self) -> FrameEmbedder:
        from evaluators.features.frames import BackgroundFeatures

        return BackgroundFeatures(folder_of(self._place))


class FrameConsistency(_Consistency):
    """The same formula on EfficientNet-Lite0: a stand-in for both, which says less about who or where."""

    name = "frame_consistency"
    store = "efficientnet-lite0"
    columns = (Column("frame_consistency_efficientnet", "Frame consistency (EfficientNet)"),)

    def _open(self) -> FrameEmbedder:
        from evaluators.features.efficientnet import EfficientNetFrames

        return EfficientNetFrames(self._place)
