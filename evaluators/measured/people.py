"""Do people look and sound like their references?  VC and AC (B.2), and stand-ins under their own names.

    reference picture ─▶ face ─┐               reference voice ─────────────┐
    shots of that role alone ──┴▶ likeness     lines that it says by itself ┴▶ likeness

A shot with several people would need somebody to say who is who; it is left out, and so are lines that overlap.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from evaluators.features.base import Features, ModelInfo, SoundEmbedder
from evaluators.features.faces import LEAST_SCORE
from evaluators.features.sources import folder_of, given, stored
from evaluators.film import OpenedFilm
from evaluators.measured.base import chosen_frames, provenance_of_model, weighted
from evaluators.metric import Column, Metric
from evaluators.plan import PlannedLine
from evaluators.provenance import Provenance
from evaluators.result import Measurement, UnscoredError
from evaluators.routed import spans_of_lines
from evaluators.similarity import cosines
from evaluators.speech_timing import SAMPLE_RATE, detect_speech
from mavin.errors import UsageError
from mavin.media import read_audio, read_image

if TYPE_CHECKING:
    from evaluators.features.arcface import ArcFaceFeatures
    from evaluators.features.faces import FaceBox

__all__ = ["AudioConsistency", "FaceSimilarity", "VisualConsistency", "VoiceLikeness"]

_FRAMES = 5
"""Frames of a shot in which a face is looked for."""

_LEAST_SECONDS = 0.5
"""Lines shorter than this say too little about a voice."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A role's reference file, and the frames in which the role is alone."""

    role: str
    file: Path
    frames: tuple[int, ...]


class _FaceLikeness(Metric):
    column: ClassVar[Column]

    @abstractmethod
    def _row(self, picture: NDArray[np.uint8]) -> Features:
        """(1, D) of the largest face of a picture, (0, D) without one."""

    @abstractmethod
    def _likeness(self, faces: Features, reference: Features) -> NDArray[np.float64]:
        """One number for each face against the reference (1, D)."""

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """Looks for each role's face where the role is alone in the picture."""
        self.load()
        wanted = list(_pictured(film))
        if not wanted:
            raise UnscoredError("nobody with a reference picture has a shot alone")
        # Behind the film's end nobody is seen, whoever is in its last picture.
        wanted = [replace(each, frames=tuple(at for at in each.frames if at < film.frame_count)) for each in wanted]
        wanted = [each for each in wanted if each.frames]
        if not wanted:
            raise UnscoredError("the film ends before anybody with a reference picture has a shot alone")
        frames = chosen_frames(film, [at for each in wanted for at in each.frames])
        values: list[float] = []
        looked, reason, problems = 0, "", []
        for each in wanted:
            try:
                reference = self._row(np.asarray(read_image(each.file)))
            except UsageError as error:
                reason = "a reference picture cannot be read"
                problems.append(f"{each.role}: {error}")
                continue
            if not len(reference):  # of an animal, say: the others can still be told apart
                reason = "a reference picture shows no face"
                problems.append(f"{each.role}: {each.file.name} shows no face")
                continue
            rows = [self._row(frames[at]) for at in each.frames]
            looked += len(rows)
            values += [float(value) for row in rows if len(row) for value in self._likeness(row, reference)]
        name = self.column.name
        if not values:
            reason = "no face found where one should be" if looked else reason
            return [self.scored(film, name, math.nan, reason=reason)]
        mean, coverage = math.fsum(values) / len(values), len(values) / looked
        return [self.scored(film, name, mean, len(values), coverage=coverage, problems=problems)]

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:  # noqa: ARG002
        """The mean over faces."""
        return weighted(scored)


class FaceFinder(Protocol):
    """Finds the five points of a face by which it is turned upright."""

    def five(self, picture: NDArray[np.uint8], face: FaceBox) -> NDArray[np.float64]:
        """(5, 2) of (x, y): both eyes, the nose, both corners of the mouth."""
        ...


class VisualConsistency(_FaceLikeness):
    """VC: the cosine of ArcFace."""

    name = "vc"
    column = Column("vc", "VC")
    columns = (column,)

    def __init__(
        self, argument: str = "", *, model: ArcFaceFeatures | None = None, finder: FaceFinder | None = None
    ) -> None:
        what = "InsightFace's backbone.pth of R50 or R100 (not for commercial use)"
        self._place = given(argument, self.name, what) if model is None else Path()
        self._points = stored("dlib-landmarks", "", self.name) if finder is None else Path()
        self._model, self._finder = model, finder

    def load(self) -> None:
        """Loads ArcFace and the points of faces."""
        from evaluators.features.arcface import ArcFaceFeatures
        from evaluators.features.faces import FacePoints

        self._model = self._model or ArcFaceFeatures(self._place)
        self._finder = self._finder or FacePoints(self._points)

    @property
    def provenance(self) -> Provenance:
        """Of ArcFace."""
        return provenance_of_model(
            self._model.info if self._model else None, faces="dlib, 68 points", least_score=LEAST_SCORE, frames=_FRAMES
        )

    def _row(self, picture: NDArray[np.uint8]) -> Features:
        from evaluators.features.arcface import aligned
        from evaluators.features.faces import faces_in

        assert self._model is not None
        assert self._finder is not None
        crops = [aligned(picture, self._finder.five(picture, face)) for face in faces_in(picture)[:1]]
        return self._model.embed(np.stack(crops)) if crops else np.zeros((0, 512), np.float32)

    def _likeness(self, faces: Features, reference: Features) -> NDArray[np.float64]:
        return cosines(faces, reference)


class FaceSimilarity(_FaceLikeness):
    """A stand-in for VC: 1 less the distance of dlib's descriptors; above 0.4 they are one person by its authors' rule.

    Their cosines lie between 0.8 and 1 for strangers too, which is why they are not taken.
    """

    name = "face_sim"
    column = Column("face_sim_dlib", "Likeness of faces (dlib)")
    columns = (column,)

    def __init__(self, argument: str = "") -> None:
        self._place = folder_of(stored("dlib-face", argument, self.name))
        self._info: ModelInfo | None = None

    def load(self) -> None:
        """Loads dlib's network."""
        from evaluators.features.faces import DlibFaces

        if self._info is None:
            self._network = DlibFaces(self._place)
            self._info = self._network.info

    @property
    def provenance(self) -> Provenance:
        """Of dlib's network."""
        return provenance_of_model(self._info, likeness="1 − distance", least_score=LEAST_SCORE, frames=_FRAMES)

    def _row(self, picture: NDArray[np.uint8]) -> Features:
        from evaluators.features.faces import faces_in

        return self._network.embed(picture, faces_in(picture)[:1])

    def _likeness(self, faces: Features, reference: Features) -> NDArray[np.float64]:
        return np.asarray(1 - np.linalg.norm(faces.astype(np.float64) - reference, axis=1))


def _pictured(film: OpenedFilm) -> Iterator[_Wanted]:
    """Roles with a reference picture and a shot that they have to themselves, clip by clip."""
    for clip, caption in enumerate(film.plan.captions):
        for role in caption.roles:
            if role.reference.image is None:
                continue
            shots = [one for one in film.plan.shots if one.clip == clip and one.shot.roles == (role.id,)]
            frames = [
                at
                for one in shots
                for at in np.linspace(one.frames.start, one.frames.stop - 1, _FRAMES + 2).round().astype(int)[1:-1]
            ]
            if frames:
                file = (film.sample.folder or Path()) / role.reference.image
                yield _Wanted(role.name, file, tuple(int(at) for at in dict.fromkeys(frames)))


# ------------------------------------------------------------------------------------------ voices


class VoiceLikeness(Metric):
    """The mean cosine of each line with its speaker's reference voice.

    Args:
        name: of the metric.
        column: of the table.
        model: tells voices apart; whoever has one that this room does not may bring it.
    """

    name = "voice"

    def __init__(self, name: str, column: Column, model: SoundEmbedder | None = None) -> None:
        self.name = name  # type: ignore[misc]  # an instance of this class is a metric of its own
        self.columns = (column,)
        self._model = model

    @property
    def provenance(self) -> Provenance:
        """Of the model."""
        return provenance_of_model(
            self._model.info if self._model else None,
            lines="where heard, else where planned",
            least_seconds=_LEAST_SECONDS,
        )

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """Listens to every line that somebody with a reference says alone, where it is heard: late is TAMS' matter."""
        self.load()
        model = self._model
        assert model is not None
        (column,) = self.columns
        lines = [(line, file) for line, file in _voiced(film) if line.interval.duration_ms >= 1000 * _LEAST_SECONDS]
        if not lines:
            raise UnscoredError("nobody with a reference voice says a line alone")
        rate = model.sample_rate
        sound = film.sound(rate)
        heard = spans_of_lines(film.plan, detect_speech(film.sound(SAMPLE_RATE)))
        spans = {line.name: span for line, span in zip(film.plan.lines, heard, strict=True)}
        values, problems = [], []
        for line, file in lines:
            span = spans[line.name]
            # At least as long as planned: a detector ends words early, and models want every tenth of a second.
            end = max(span.end_ms, span.start_ms + line.interval.duration_ms)
            part = sound[span.start_ms * rate // 1000 : end * rate // 1000]
            if len(part) < _LEAST_SECONDS * rate:
                problems.append(f"{line.name}: less than {_LEAST_SECONDS:g} s of it can be heard")
                continue
            try:
                reference = model.embed([np.asarray(read_audio(file, rate), np.float32)])
                values.append(float(cosines(model.embed([part]), reference)[0]))
            except (UsageError, ValueError) as error:
                problems.append(f"{line.name}: {error}")
        kept = [value for value in values if not math.isnan(value)]
        reason = "" if kept else "no line can be compared"
        mean = math.fsum(kept) / len(kept) if kept else math.nan
        return [self.scored(film, column.name, mean, len(kept), reason=reason, problems=problems)]

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:  # noqa: ARG002
        """The mean over lines."""
        return weighted(scored)


class AudioConsistency(VoiceLikeness):
    """AC: WavLM's speaker head."""

    def __init__(self, argument: str = "") -> None:
        self._place = stored("wavlm-sv", argument, "ac")
        super().__init__("ac", Column("ac", "AC"))

    def load(self) -> None:
        """Loads WavLM."""
        from evaluators.features.voices import WavLMVoices

        self._model = self._model or WavLMVoices(folder_of(self._place))


def _voiced(film: OpenedFilm) -> Iterator[tuple[PlannedLine, Path]]:
    """Lines of roles with a reference voice that nobody speaks into."""
    for line in film.plan.lines:
        reference = film.plan.captions[line.clip].role(line.line.role).reference.audio
        others = (one for one in film.plan.lines if one is not line)
        if reference is not None and not any(one.interval.overlaps(line.interval) for one in others):
            yield line, (film.sample.folder or Path()) / reference
