"""Sync: SyncNet's confidence over the faces that speak.

frames at 25 a second ─▶ faces ─▶ tracks inside shots ─▶ steady crops ─▶ SyncNet ─▶ confidence of each track
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluators.cuts import detected_cuts
from evaluators.features.faces import LEAST_SCORE, FaceBox, faces_in
from evaluators.features.sources import given
from evaluators.features.syncnet import LipFeatures
from evaluators.film import OpenedFilm, Pictures
from evaluators.measured.base import provenance_of_model, weighted
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance
from evaluators.result import Measurement, UnscoredError
from evaluators.sync import LEAST_FRAMES, SHIFT, lip_sync
from mavin.frames import FPS
from mavin.interval import Interval

__all__ = ["FaceTrack", "LipSyncMetric", "mouth_crop", "track_faces"]

_EVERY = 5
"""A face is looked for in every fifth frame (0.2 s) and moves evenly between."""
_LEAST_OVERLAP = 0.3  # of two boxes of one face, 0.2 s apart
_WIDER = 1.6  # how much larger than dlib's box, from eyebrows to chin, the published crops are
_LOWER = 0.1  # and how far below its middle their middle lies, in boxes


@dataclass
class FaceTrack:
    """A face over time: the frames in which it was looked for and found, with its boxes."""

    frames: list[int] = field(default_factory=list)
    boxes: list[FaceBox] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Frames from the first to the last."""
        return self.frames[-1] - self.frames[0] + 1

    def box_at(self, frame: int) -> NDArray[np.float64]:
        """Left, top, right and bottom at a frame between."""
        sides = np.array([[box.left, box.top, box.right, box.bottom] for box in self.boxes], np.float64)
        return np.array([np.interp(frame, self.frames, side) for side in sides.T])


def _overlap(one: FaceBox, two: FaceBox) -> float:
    width = min(one.right, two.right) - max(one.left, two.left)
    height = min(one.bottom, two.bottom) - max(one.top, two.top)
    shared = max(0, width) * max(0, height)
    areas = [(box.right - box.left) * (box.bottom - box.top) for box in (one, two)]
    return shared / (sum(areas) - shared) if sum(areas) > shared else 0.0


def track_faces(found: Sequence[tuple[int, Sequence[FaceBox]]], shots: Sequence[range]) -> tuple[FaceTrack, ...]:
    """Links boxes of neighbouring looks inside a shot, each box to one track, the most overlapping first.

    Args:
        found: frame and faces, for every frame that was looked at, in order.
        shots: the film's shots: no face lives through a cut.
    """
    done: list[FaceTrack] = []
    for shot in shots:
        alive: list[FaceTrack] = []
        for frame, boxes in ((at, faces) for at, faces in found if at in shot):
            pairs = [
                (_overlap(track.boxes[-1], box), t, b) for t, track in enumerate(alive) for b, box in enumerate(boxes)
            ]
            taken: dict[int, int] = {}
            for overlap, t, b in sorted(pairs, reverse=True):
                if overlap >= _LEAST_OVERLAP and t not in taken and b not in taken.values():
                    taken[t] = b
            going: list[FaceTrack] = []
            for t, track in enumerate(alive):
                if t in taken:
                    track.frames.append(frame)
                    track.boxes.append(boxes[taken[t]])
                    going.append(track)
                else:
                    done.append(track)
            new = [box for b, box in enumerate(boxes) if b not in taken.values()]
            alive = going + [FaceTrack([frame], [box]) for box in new]
        done += alive
    return tuple(sorted(done, key=lambda track: track.frames[0]))


def mouth_crop(picture: NDArray[np.uint8], box: NDArray[np.float64], side: int) -> NDArray[np.uint8]:
    """The face with some room around it, as SyncNet was shown faces: (side, side, 3), grey beyond the picture."""
    from PIL import Image

    half = _WIDER * (box[2] - box[0]) / 2
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2 + _LOWER * (box[3] - box[1])
    room = int(half + 1)
    padded = np.pad(picture, ((room, room), (room, room), (0, 0)), constant_values=110)
    top, left, size = round(y - half) + room, round(x - half) + room, max(1, round(2 * half))
    crop = padded[max(0, top) : top + size, max(0, left) : left + size]
    return np.asarray(Image.fromarray(crop).resize((side, side), Image.Resampling.BILINEAR), np.uint8)


class LipSyncMetric(Metric):
    """Sync: the mean confidence over face tracks of a second or more during which somebody should speak on screen."""

    name = "sync"
    columns = (Column("sync", "Sync"),)

    def __init__(self, argument: str = "", *, model: LipFeatures | None = None) -> None:
        self._place = given(argument, self.name, "SyncNet's weights (syncnet_v2.model)") if model is None else Path()
        self._model = model

    def load(self) -> None:
        """Loads SyncNet."""
        self._model = self._model or LipFeatures(self._place)

    @property
    def provenance(self) -> Provenance:
        """Of SyncNet; the faces are dlib's, where the published script has S3FD's."""
        settings = {"faces": "dlib frontal", "shift": SHIFT, "least_frames": LEAST_FRAMES, "least_score": LEAST_SCORE}
        return provenance_of_model(self._model.info if self._model else None, **settings)

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """Finds faces, cuts them out and compares lips with the voice."""
        self.load()
        model = self._model
        assert model is not None
        spoken = [line.interval for line in film.plan.lines if line.line.on_screen]
        if not spoken:
            raise UnscoredError("nobody speaks in the picture")
        voice = film.sound(model.sample_rate)
        wanted = Pictures(None, model.fps)
        found, count = [], 0
        for count, picture in enumerate(film.each_frame(wanted), 1):
            if (count - 1) % _EVERY == 0:
                found.append((count - 1, faces_in(picture)))
        tracks = [
            track
            for track in track_faces(found, _shots(film, model.fps, count))
            if track.length >= LEAST_FRAMES and _speaks(track, spoken, model.fps)
        ]
        if not tracks:
            raise UnscoredError("no frontal face is seen for a second while somebody speaks")
        crops: list[list[NDArray[np.uint8]]] = [[] for _ in tracks]
        for at, picture in enumerate(film.each_frame(wanted)):
            for track, kept in zip(tracks, crops, strict=True):
                if track.frames[0] <= at <= track.frames[-1]:
                    kept.append(mouth_crop(picture, track.box_at(at), model.side))
        scores = []
        for track, kept in zip(tracks, crops, strict=True):
            start, end = (round(at * model.sample_rate / model.fps) for at in (track.frames[0], track.frames[-1] + 1))
            scores.append(lip_sync(*model.embed(np.stack(kept), voice[start:end])))
        good = [score for score in scores if not math.isnan(score.confidence)]
        reason = "" if good else "no face is seen long enough"
        mean = math.fsum(score.confidence for score in good) / len(good) if good else math.nan
        data = {"offsets": [score.offset for score in good], "seen": sum(track.length for track in tracks) / model.fps}
        return [self.scored(film, "sync", mean, len(good), reason=reason, **data)]

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:  # noqa: ARG002
        """The mean over face tracks."""
        return weighted(scored)


def _shots(film: OpenedFilm, fps: int, count: int) -> tuple[range, ...]:
    bounds = [0, *(round(cut * fps / FPS) for cut in detected_cuts(film)), count]
    return tuple(range(one, two) for one, two in pairwise(bounds) if two > one)


def _speaks(track: FaceTrack, spoken: Sequence[Interval], fps: int) -> bool:
    span = Interval(track.frames[0] * 1000 // fps, (track.frames[-1] + 1) * 1000 // fps)
    return any(span.overlaps(each) for each in spoken)
