"""TVS, CISC and BISC: what ViCLIP says of a film and of its shots."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from evaluators.consistency import pair_consistency
from evaluators.features.base import Features
from evaluators.features.pictures import middle
from evaluators.features.sources import folder_of, stored
from evaluators.features.viclip import VideoTextFeatures
from evaluators.film import OpenedFilm
from evaluators.measured.base import chosen_frames, provenance_of_model, weighted
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance
from evaluators.result import Measurement, UnscoredError
from evaluators.similarity import mean_cosine, what_is_seen

__all__ = ["ShotConsistency", "TextVideoSimilarity"]

_FRAMES = 8


class _OnViCLIP(Metric):
    def __init__(self, argument: str = "", *, model: VideoTextFeatures | None = None) -> None:
        self._model = model
        if model is None:
            self._place = stored("viclip", argument, self.name)
            self._words = folder_of(stored("clip-vit-b32", "", self.name))

    def load(self) -> None:
        """Loads ViCLIP."""
        self._model = self._model or VideoTextFeatures(self._place, self._words)

    @property
    def model(self) -> VideoTextFeatures:
        """ViCLIP, loaded."""
        self.load()
        assert self._model is not None
        return self._model

    def _rows(self, film: OpenedFilm, parts: Sequence[range]) -> Features:
        """A row for each part of the film."""
        wanted = [[part.start + at for at in middle(len(part), _FRAMES)] for part in parts]
        frames = chosen_frames(film, [at for part in wanted for at in part])
        return self.model.embed([np.stack([frames[at] for at in part]) for part in wanted])


class TextVideoSimilarity(_OnViCLIP):
    """TVS: the film against its storyline."""

    name = "tvs"
    columns = (Column("tvs", "TVS"),)

    @property
    def provenance(self) -> Provenance:
        """Of ViCLIP."""
        return provenance_of_model(self._model.info if self._model else None, text="storyline")

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """One cosine."""
        text = self.model.embed_text([what_is_seen(film.plan.captions)])
        value = mean_cosine(self._rows(film, [range(film.frame_count)]), text)
        return [self.scored(film, "tvs", value, reason="the features have no direction" if math.isnan(value) else "")]


class ShotConsistency(_OnViCLIP):
    """CISC and BISC: shots that are annotated to share a role, or a setting (Eq. S8).

    A shot is where the script has it: which of a film's own shots is which of the script's is a guess.
    """

    name = "isc"
    columns = (Column("cisc", "CISC"), Column("bisc", "BISC"))

    @property
    def provenance(self) -> Provenance:
        """Of ViCLIP."""
        return provenance_of_model(self._model.info if self._model else None, shots="planned")

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """The mean over the film's annotated pairs."""
        pairs = {"cisc": film.plan.pairs_with_shared_roles(), "bisc": film.plan.pairs_with_shared_settings()}
        if not any(pairs.values()):
            raise UnscoredError("no two shots share a role or a setting")
        frames = film.frame_count
        parts = [range(min(one.frames.start, frames - 1), min(one.frames.stop, frames)) for one in film.plan.shots]
        features = self._rows(film, [part if len(part) else range(frames - 1, frames) for part in parts])
        rows = []
        for column, what in (("cisc", "role"), ("bisc", "setting")):
            found = pair_consistency(features, pairs[column])
            reason = "" if found.n else f"no two shots share a {what}"
            rows.append(self.scored(film, column, found.value, found.n, reason=reason))
        return rows

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:  # noqa: ARG002
        """The mean over all annotated pairs of the set."""
        return weighted(scored)
