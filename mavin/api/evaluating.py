"""One film measured against its script."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mavin.api.measuring import brought_metric
from mavin.api.sources import Source, load
from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError
from mavin.film import SUFFIX, Film, RenderNote

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evaluators.film import Sample
    from evaluators.metric import Column, Metric
    from evaluators.result import Score
    from evaluators.routed import RoutedView
    from evaluators.suite import FilmResult
    from mavin.ledger import LlmUsage

__all__ = [
    "Evaluation",
    "evaluate",
    "evaluation_report",
    "load_metrics",
    "routed_of",
    "sample_of_source",
    "stage_voices",
]

Telling = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured of one film.

    Attributes:
        video: the film, ``None`` where only its script was scored.
        result: every measurement with its reason and provenance, and what is unusual about the file.
        scores: the same as rows of a table of one film.
        columns: the table's columns, in the same order.
        view: what became of every cut and line.
    """

    video: Path | None
    result: FilmResult
    scores: tuple[Score, ...]
    columns: tuple[Column, ...]
    view: RoutedView

    @property
    def is_scored(self) -> bool:
        """Whether any metric gave a value."""
        return any(score.n for score in self.scores)


def evaluate(
    video: str | Path | None,
    film: Film | HierarchicalCaption | Source | str | Path | None = None,
    *,
    metrics: Iterable[str | Metric] | None = None,
    truth: str | Path | None = None,
    clip: str | None = None,
    progress: Telling | None = None,
) -> Evaluation:
    """Measures a film against its script.

    Args:
        video: the film; ``None`` scores the script alone.
        film: its script; the ``NAME.mavin`` beside ``NAME.mp4`` if left out.
        metrics: names such as ``sta`` or ``wer:large-v3``, or metrics that are made already; the defaults if left out.
        truth: the real film or recording that the script describes: what it scores is the ceiling.
        clip: the video shows only this clip of a film that has several.
        progress: told what is going on.

    Raises:
        UsageError: if the video or script is missing, or a metric cannot be measured here.
    """
    from evaluators.suite import measure_film, pool_scores

    path = None if video is None else Path(video)
    if path is not None and not path.is_file():
        what = "a folder" if path.is_dir() else "no such file"
        raise UsageError(f"The film {path} must be a file, got {what}. Check the path's spelling.")
    source = load(film if film is not None else _beside(path))
    real = None if truth is None else Path(truth)
    if real is not None and not real.is_file():
        raise UsageError(f"The real film {real} must be a file, got none. Check the path's spelling.")
    tell = progress or (lambda _what, _share: None)
    tell("loading the metrics", 0.0)
    chosen = load_metrics(metrics, has_video=path is not None)
    tell("measuring", 0.2)
    sample = sample_of_source(source, path, truth=real, clip=clip)
    result = measure_film(sample, chosen)
    scores = pool_scores(chosen, result.measurements, resamplings=0)
    columns = tuple(column for metric in chosen for column in metric.columns)
    return Evaluation(path, result, scores, columns, routed_of(sample, result))


def load_metrics(names: Iterable[str | Metric] | None, *, has_video: bool = True) -> tuple[Metric, ...]:
    """Makes and loads metrics.

    Raises:
        UsageError: if there is none of a name, or a package or weights are missing.
    """
    from evaluators.metric import DEFAULT_METRICS, metrics_of

    chosen: list[Metric] = []
    for each in DEFAULT_METRICS if names is None else names:
        if isinstance(each, str):
            brought = brought_metric(each)
            chosen += metrics_of([each]) if brought is None else [brought]
        else:
            chosen.append(each)
    if names is None and not has_video:
        chosen = [metric for metric in chosen if not metric.needs_video]
    if not chosen:
        raise UsageError("Name one metric at least, for example --metrics sta,tams.")
    if len({metric.name for metric in chosen}) < len(chosen):
        raise UsageError("Each metric can be measured once. Leave the second one out.")
    for metric in chosen:
        metric.load()
    return tuple(chosen)


def sample_of_source(
    source: Source, video: Path | None, *, name: str = "", truth: Path | None = None, clip: str | None = None
) -> Sample:
    """A film and its script as the evaluators take them.

    The voices alone, which TAMS needs for its ceiling, are known where the previz drew this very script.

    Args:
        source: the script.
        video: the film, ``None`` for the script alone.
        name: in tables; the video's or the script's file name if left out.
        truth: the real film that the script describes.
        clip: the video shows only this clip.

    Raises:
        UsageError: if there is no such clip.
        FilmError: if the film's folder is damaged.
    """
    from evaluators.film import MediaNote, Sample
    from mavin.api.rendering import clips_of

    captions = clips_of(source, clip)
    notes: list[MediaNote] = []
    voices = None
    made = _rendering_of(source.film, video)
    if made is not None and source.film is not None and made.rev != source.film.rev:
        changed = f"the script has changed since this was drawn: revision {made.rev}, now {source.film.rev}"
        notes.append(MediaNote("stale", changed))
    elif made is not None and made.renderer == "stage":
        voices = stage_voices(captions, source.folder, made.seed)
    film = source.film
    llm = film.manifest.llm if film is not None else None
    return Sample(
        name or (video.name if video is not None else source.title),
        captions,
        video,
        prompt=film.record.prompt if film is not None else None,
        ledger=film.ledger if film is not None else (),
        folder=source.folder,
        truth=truth,
        voices=voices if any(caption.dialogue for caption in captions) else None,
        writing={} if llm is None else _writing(llm),
        notes=tuple(notes),
    )


def _writing(usage: LlmUsage) -> dict[str, float]:
    """Counts of the run that wrote a film; a film of an earlier version does not say how often it asked again."""
    counts: dict[str, float] = {"calls": usage.calls, "tokens": usage.prompt_tokens + usage.completion_tokens}
    if "repairs" in usage.model_fields_set:
        counts["repairs"] = usage.repairs
    return counts


def stage_voices(
    captions: Iterable[HierarchicalCaption], folder: Path | None, seed: int
) -> Callable[[int], NDArray[np.float32]]:
    """What makes the voices alone of a previz, at the sample rate that is asked for."""

    def speak(rate: int) -> NDArray[np.float32]:
        import numpy as np
        from scipy.signal import resample_poly

        from generator.stage.signal import RATE
        from generator.stage.soundtrack import build_soundtrack

        parts = [
            build_soundtrack(caption, seed=seed, folder=folder, music=False, ambience=False, effects=False).stems.speech
            for caption in captions
        ]
        return np.asarray(resample_poly(np.concatenate(parts), rate, RATE), np.float32)

    return speak


def routed_of(sample: Sample, result: FilmResult) -> RoutedView:
    """What became of every cut and line, from measurements of ``sta`` and ``tams``."""
    from evaluators.routed import routed_view
    from mavin.interval import Interval

    rows = {row.column: row.data for row in result.measurements}
    found = rows.get("sta", {}).get("found")
    heard = [rows[name]["heard"] for name in ("tams", "tams_silero") if "heard" in rows.get(name, {})]
    return routed_view(sample.plan, found, [[Interval(*part) for part in each] for each in heard] or None)


def evaluation_report(found: Evaluation) -> dict[str, Any]:
    """An evaluation as the object that ``mavin evaluate --json`` prints."""
    view = found.view
    data = found.result.to_json()
    return {
        "video": None if found.video is None else str(found.video),
        "film": data["film"],
        "media": data["media"],
        "scores": [score.to_json() for score in found.scores],
        "measurements": data["measurements"],
        "cuts": None if view.cuts is None else [_plain(cut) | {"off": cut.off} for cut in view.cuts],
        "lines": None if view.lines is None else [_plain(line) for line in view.lines],
        "to_render": {shot: list(reasons) for shot, reasons in view.to_render.items()},
    }


def _plain(verdict: Any) -> dict[str, Any]:
    from dataclasses import asdict

    data = asdict(verdict)
    for key in ("wanted", "heard"):
        if isinstance(data.get(key), dict):
            data[key] = [data[key]["start_ms"], data[key]["end_ms"]]
    return data


def _rendering_of(film: Film | None, video: Path | None) -> RenderNote | None:
    """How the film's folder says that a video was made; the newest of that name, whole."""
    if film is None or video is None:
        return None
    return next((note for note in reversed(film.manifest.renders) if note.output == video.name), None)


def _beside(video: Path | None) -> Path:
    if video is None:
        raise UsageError("Say which film to measure: a video, a script with --film NAME.mavin, or both.")
    inside = video.absolute().parent.parent
    for place in (video.with_suffix(SUFFIX), inside):
        if (place / "film.json").is_file():
            return place
    raise UsageError(
        f"No script stands beside {video} (there is no {video.with_suffix(SUFFIX).name}). Name it with --film."
    )
