"""TAS: the sound of a film against what should be heard."""

from __future__ import annotations

import math

from evaluators.features.clap import TextAudioFeatures
from evaluators.features.sources import folder_of, stored
from evaluators.film import OpenedFilm
from evaluators.measured.base import provenance_of_model
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance
from evaluators.result import Measurement, UnscoredError
from evaluators.similarity import mean_cosine, what_is_heard

__all__ = ["TextAudioSimilarity"]


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
