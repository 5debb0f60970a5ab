"""What the metrics on features have in common."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from evaluators.features.base import Frames, ModelInfo
from evaluators.film import OpenedFilm, Pictures
from evaluators.provenance import Provenance, versions_of
from evaluators.result import Measurement

__all__ = ["OWN_SIZE", "batches_of", "chosen_frames", "provenance_of_model", "weighted"]

OWN_SIZE = Pictures(None)
"""Pictures at 24 a second in the film's own size: one by one, never held together."""


def provenance_of_model(info: ModelInfo | None, **settings: Any) -> Provenance:
    """Of a feature extractor; empty before it is loaded."""
    if info is None:
        return Provenance()
    return Provenance(info.model, info.sha256, info.preprocessing, settings, versions_of(*info.packages))


def weighted(scored: Sequence[Measurement]) -> float:
    """The mean over everything that was compared in all films, not over films."""
    return math.fsum(each.value * each.n for each in scored) / sum(each.n for each in scored)


def batches_of(film: OpenedFilm, size: int = 8) -> Iterator[Frames]:
    """All frames in the film's own size, a few at a time.

    Raises:
        UnscoredError: if the film has no picture.
    """
    kept: list[Frames] = []
    for picture in film.each_frame(OWN_SIZE):
        kept.append(picture)
        if len(kept) == size:
            yield np.stack(kept)
            kept = []
    if kept:
        yield np.stack(kept)


def chosen_frames(film: OpenedFilm, wanted: Sequence[int]) -> dict[int, Frames]:
    """Some frames in the film's own size, by their number; those behind its end are the last one.

    Raises:
        UnscoredError: if the film has no picture.
    """
    needed = set(wanted)
    found: dict[int, Frames] = {}
    last: Frames | None = None
    for at, picture in enumerate(film.each_frame(OWN_SIZE)):
        last = picture
        if at in needed:
            found[at] = picture
        if at >= max(needed, default=-1):
            break
    if last is not None:
        found |= {at: last for at in needed if at not in found}
    return found
