"""TVS, CISC and BISC: what ViCLIP says of a film and of its shots; and a stand-in for the last two."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from evaluators.consistency import pair_consistency
from evaluators.features.base import Features, Frames
from evaluators.features.pictures import middle
from evaluators.features.sources import folder_of, stored
from evaluators.features.viclip import VideoTextFeatures
from evaluators.film import OpenedFilm
from evaluators.measured.base import chosen_frames, provenance_of_model, weighted
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance
from evaluators.result import Measurement, UnscoredError
from evaluators.similarity import mean_cosine, what_is_seen

if TYPE_CHECKING:
    from evaluators.features.base import FrameEmbedder

__all__ = ["ShotConsistency", "ShotLikeness", "TextVideoSimilarity"]

_FRAMES = 8


def _clips(film: OpenedFilm, parts: Sequence[range]) -> list[Frames]:
    """Eight frames of each part of the film."""
    wanted = [[part.start + at for at in middle(len(part), _FRAMES)] for part in parts]
    frames = chosen_frames(film, [at for part in wanted for at in part])
    return [np.stack([frames[at] for at in part]) for part in wanted]


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
        value = mean_cosine(self.model.embed(_clips(film, [range(film.frame_count)])), text)
        return [self.scored(film, "tvs", value, reason="the features have no direction" if math.isnan(value) else "")]


class _AnnotatedPairs(Metric):
    """Shots that are annotated to share a role, or a setting (Eq. S8): the first column, and the second.

    A shot is where the script has it: which of a film's own shots is which of the script's is a guess.
    """

    @abstractmethod
    def _rows(self, clips: Sequence[Frames]) -> Features:
        """A row for each shot."""

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """The mean over the film's annotated pairs."""
        pairs = film.plan.pairs_with_shared_roles(), film.plan.pairs_with_shared_settings()
        if not any(pairs):
            raise UnscoredError("no two shots share a role or a setting")
        self.load()
        # A shot that the film does not reach has no picture, not the last one that there is.
        seen = [range(one.frames.start, min(one.frames.stop, film.frame_count)) for one in film.plan.shots]
        row_of = {at: row for row, at in enumerate(at for at, part in enumerate(seen) if part)}
        features = self._rows(_clips(film, [seen[at] for at in row_of]))
        rows = []
        for column, wanted, what in zip(self.columns, pairs, ("role", "setting"), strict=True):
            kept = [(row_of[one], row_of[two]) for one, two in wanted if one in row_of and two in row_of]
            found = pair_consistency(features, kept)
            reason = "" if found.n else f"the film ends before the shots that share a {what}"
            reason = reason if wanted else f"no two shots share a {what}"
            rows.append(
                self.scored(film, column.name, found.value, found.n, reason=reason, left_out=len(wanted) - found.n)
            )
        return rows

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:  # noqa: ARG002
        """The mean over all annotated pairs of the set."""
        return weighted(scored)


class ShotConsistency(_AnnotatedPairs, _OnViCLIP):
    """CISC and BISC."""

    name = "isc"
    columns = (Column("cisc", "CISC"), Column("bisc", "BISC"))

    @property
    def provenance(self) -> Provenance:
        """Of ViCLIP."""
        return provenance_of_model(self._model.info if self._model else None, shots="planned")

    def _rows(self, clips: Sequence[Frames]) -> Features:
        return self.model.embed(clips)


class ShotLikeness(_AnnotatedPairs):
    """The same formula on EfficientNet-Lite0, a shot being the mean of its frames: a stand-in for CISC and BISC."""

    name = "shot_consistency"
    columns = (
        Column("role_shots_efficientnet", "Shots of one role (EfficientNet)"),
        Column("setting_shots_efficientnet", "Shots of one setting (EfficientNet)"),
    )

    def __init__(self, argument: str = "", *, model: FrameEmbedder | None = None) -> None:
        self._place = stored("efficientnet-lite0", argument, self.name) if model is None else Path()
        self._model = model

    def load(self) -> None:
        """Loads EfficientNet."""
        from evaluators.features.efficientnet import EfficientNetFrames

        self._model = self._model or EfficientNetFrames(self._place)

    @property
    def provenance(self) -> Provenance:
        """Of EfficientNet."""
        info = self._model.info if self._model else None
        return provenance_of_model(info, shots="planned", frames=f"mean of {_FRAMES}")

    def _rows(self, clips: Sequence[Frames]) -> Features:
        self.load()
        assert self._model is not None
        return np.stack([self._model.embed(clip).mean(axis=0) for clip in clips])
