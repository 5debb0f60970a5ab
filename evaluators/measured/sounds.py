"""TAS and AV-IB: the sound of a film against what should be heard, and against what is seen."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from evaluators.features.clap import TextAudioFeatures
from evaluators.features.imagebind import AudioVideoFeatures
from evaluators.features.sources import folder_of, given, stored
from evaluators.film import OpenedFilm
from evaluators.measured.base import chosen_frames, provenance_of_model
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance
from evaluators.result import Measurement, UnscoredError
from evaluators.similarity import mean_cosine, what_is_heard
from mavin.frames import FPS

__all__ = ["AudioVideoSimilarity", "TextAudioSimilarity"]


class TextAudioSimilarity(Metric):
    """TAS: a plain cosine, without the model's temperature."""

    name = "tas"
    columns = (Column("tas", "TAS"),)

    def __init__(self, argument: str = "", *, model: TextAudioFeatures | None = None) -> None:
        self._model = model
        if model is None:
            self._place = stored("msclap", argument, self.name)
            self._words = folder_of(stored("gpt2-words", "", self.name))

    def load(self) -> None:
        """Loads CLAP."""
        self._model = self._model or TextAudioFeatures(self._place, self._words)

    @property
    def provenance(self) -> Provenance:
        """Of CLAP."""
        return provenance_of_model(self._model.info if self._model else None, text="ambience, sounds, speech")

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """One cosine."""
        self.load()
        assert self._model is not None
        sound = film.sound(self._model.sample_rate)
        if not len(sound):
            raise UnscoredError("no sound track")
        text = self._model.embed_text([what_is_heard(film.plan.captions)])
        value = mean_cosine(self._model.embed([sound]), text)
        return [self.scored(film, "tas", value, reason="the features have no direction" if math.isnan(value) else "")]


class AudioVideoSimilarity(Metric):
    """AV-IB: a plain cosine of picture and sound."""

    name = "av_ib"
    columns = (Column("av_ib", "AV-IB"),)

    def __init__(self, argument: str = "", *, model: AudioVideoFeatures | None = None) -> None:
        what = "ImageBind's imagebind_huge.pth (not for commercial use)"
        self._place = given(argument, self.name, what) if model is None else Path()
        self._model = model

    def load(self) -> None:
        """Loads ImageBind."""
        self._model = self._model or AudioVideoFeatures(self._place)

    @property
    def provenance(self) -> Provenance:
        """Of ImageBind."""
        return provenance_of_model(self._model.info if self._model else None)

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """One cosine."""
        self.load()
        model = self._model
        assert model is not None
        sound = film.sound(model.sample_rate)
        if len(sound) < 400:
            raise UnscoredError("its sound is shorter than 25 ms")
        wanted = model.frames_of(film.frame_count, FPS)
        frames = chosen_frames(film, wanted)
        seen = model.embed([np.stack([frames[at] for at in wanted])])
        value = mean_cosine(seen, model.embed_sound([sound]))
        reason = "the features have no direction" if math.isnan(value) else ""
        return [self.scored(film, "av_ib", value, reason=reason)]
