"""One film against its script: cuts, speech, clothing and voices; shared by the benchmarks that generate films.

A film is written as an mp4 at the network's own size, decoded again and given to TransNetV2 (STA, δ = 60) and webrtcvad
(TAMS) as ``evaluators`` sets them; colours and pitches are measured as ``benchmarks/identities.py`` says.
"""

from __future__ import annotations

import contextlib
import functools
import json
import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.identities import clothing, pitches
from evaluators.cuts import CutMetric
from evaluators.film import Sample
from evaluators.result import Measurement
from evaluators.speech_timing import SpeechTimingMetric
from evaluators.suite import measure_film, pool_scores
from generator.train.world import SAMPLE_RATE, SMALL, draw_reference, sample_caption, world_clip
from mavin.caption import HierarchicalCaption
from mavin.media import write_video

if TYPE_CHECKING:
    from generator.pipeline import MavinPipeline
    from generator.train.world import Clip

__all__ = ["FilmRow", "Made", "Truth", "generated", "kept_rows", "measured", "pooled", "world_truth"]

_CUTS, _SPEECH = CutMetric(), SpeechTimingMetric()
_SEEDS: Final = 2**31


@dataclass(frozen=True, slots=True)
class FilmRow:
    """What one film scored.

    Attributes:
        id: of the row: who made it, and of which script.
        made_by: ``stage``, ``network``, or the run's name.
        film: the script's name.
        key: hash of what made it, so that rows of other weights or settings are not taken for these.
        scores: measurements of cuts and speech.
        colours: each role's clothing in each shot, wanted and found.
        voices: each line's pitch, wanted and found.
        seconds: that making it took.
    """

    id: str
    made_by: str
    film: str
    key: str
    scores: list[dict[str, Any]]
    colours: list[dict[str, Any]]
    voices: list[dict[str, Any]]
    seconds: float


@dataclass(frozen=True, slots=True)
class Made:
    """A film before it is written: frames ``(F, H, W, 3)``, samples at 16 kHz, and the seconds it took."""

    frames: NDArray[np.uint8]
    waveform: NDArray[np.float32]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Truth:
    """What a film is measured against.

    Attributes:
        caption: the script.
        told: the script with every role's words, where roles are described by references alone; else the same.
        voices: reference voices by role, at 16 kHz.
    """

    caption: HierarchicalCaption
    told: HierarchicalCaption
    voices: Mapping[str, NDArray[np.float32]]


@functools.lru_cache(maxsize=1)
def world_truth(seed: int) -> tuple[Truth, Clip]:
    """A caption of the synthetic world, and what the stage draws of it."""
    clip, told = world_clip(seed), sample_caption(seed)
    voices = {role.id: draw_reference(told, role.id, seed).voice for role in told.roles if role.voice}
    return Truth(clip.caption, told, voices), clip


def generated(
    pipeline: MavinPipeline,
    caption: HierarchicalCaption,
    seed: int,
    settings: Mapping[str, Any],
    clip: Clip | None = None,
) -> Made:
    """A caption through a pipeline, with the clip's references if it has any and the weights know them."""
    from generator.reference_inputs import RoleInput

    references = {}
    if clip is not None and pipeline.index.training.references:
        references = {one.role: RoleInput(one.picture, (one.voice, SAMPLE_RATE)) for one in clip.references}
    started = time.perf_counter()
    size = settings.get("size") or SMALL[caption.aspect]
    film = pipeline(caption, references=references, seed=seed % _SEEDS, **{**settings, "size": size})
    assert film.frames is not None and film.audio is not None
    assert film.sample_rate == SAMPLE_RATE
    return Made(film.frames, film.audio, time.perf_counter() - started)


def measured(made_by: str, film: str, key: str, truth: Truth, made: Made, folder: Path) -> FilmRow:
    """Writes a film and measures what comes back."""
    path = folder / f"{film}-{made_by}.mp4"
    height, width = made.frames.shape[1:3]
    write_video(path, iter(made.frames), made.waveform, size=(width, height), sample_rate=SAMPLE_RATE)
    result = measure_film(Sample(path.name, (truth.caption,), path), (_CUTS, _SPEECH))
    voices = pitches(truth.told, made.waveform, truth.voices) if truth.voices else []
    fits = (width, height) == SMALL[truth.caption.aspect]
    return FilmRow(
        f"{film}/{made_by}",
        made_by,
        film,
        key,
        [row.to_json() for row in result.measurements],
        [asdict(one) for one in clothing(truth.told, made.frames)] if truth.voices and fits else [],
        [asdict(one) | {"kept": one.kept} for one in voices],
        round(made.seconds, 1),
    )


def kept_rows(path: Path | None, keys: Mapping[str, str]) -> dict[str, FilmRow]:
    """The rows of an interrupted run that were made by what makes them now: ``keys`` by who makes them."""
    done: dict[str, FilmRow] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path is not None and path.exists() else ():
        with contextlib.suppress(ValueError, TypeError):  # a line that was cut off in writing
            row = FilmRow(**json.loads(line))
            if keys.get(row.made_by) == row.key:
                done[row.id] = row
    return done


def pooled(rows: Iterable[FilmRow]) -> dict[str, Any]:
    """The scores of several films together."""
    films = list(rows)
    rows_of_scores = [Measurement.from_json(each) for row in films for each in row.scores]
    scores = pool_scores((_CUTS, _SPEECH), rows_of_scores, resamplings=0)
    colours = [one["wanted"] == one["found"] for row in films for one in row.colours]
    voices = [one["kept"] for row in films for one in row.voices]
    return {
        "films": len(films),
        **{one.metric: None if math.isnan(one.value) else round(one.value, 4) for one in scores if one.n},
        "colours": {"right": _share(colours), "n": len(colours)},
        "voices": {"within 15%": _share(voices), "n": len(voices)},
        "seconds a film": round(float(np.mean([row.seconds for row in films])), 1) if films else None,
    }


def _share(right: list[bool]) -> float | None:
    return round(sum(right) / len(right), 4) if right else None
