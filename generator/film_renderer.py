"""The network as a renderer: captions through a pipeline into a film file.

    estimate ─▶ refuse what cannot fit ─▶ load ─▶ sample every clip ─▶ decode frame by frame ─▶ file

Latents of all clips come first, they are small; the picture is decoded while the file is written, so that
memory does not grow with the film, and the file appears whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from generator.delivery import film_samples, scaled
from generator.estimate import Estimate, check_fit, estimate
from generator.film_file import write_film
from generator.hub import fetch_pipeline
from generator.known_weights import weights_of
from generator.layout import check_files, read_index
from generator.pipeline import MavinOutput, MavinPipeline
from generator.references import bound_references
from generator.renderers import RenderOptions, RenderResult, chosen_shot, output_file
from generator.residence import choose_device
from generator.settings import OFFLOADS, EngineSettings, GenerationSettings
from generator.shapes import ClipShape
from generator.stage.renderer import join_sound
from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError
from mavin.frames import frame_range
from mavin.media import probe_reference, read_image

__all__ = ["MavinRenderer"]

Telling = Callable[[str, float], None]

_LOADING: Final = 0.02
"""Share of the whole that loading is shown as."""


@dataclass(frozen=True, slots=True)
class _Shares:
    """Which part of a clip's time its sampling takes; the rest is decoding."""

    sampling: float

    @classmethod
    def of(cls, found: Estimate) -> _Shares:
        whole = sum(found.seconds.values())
        before = found.seconds.get("backbone", 0.0) + found.seconds.get("text_encoder", 0.0)
        return cls(min(max(before / whole, 0.1), 0.98) if whole else 0.9)


class MavinRenderer:
    """Renders captions with a pipeline's weights.

    Args:
        engine: which weights, and where they run.
        settings: how to sample; the seed is the rendering's.
        telling: told what is going on and which part of all is done, 0 to 1; instead of ``progress``.

    Raises:
        UsageError: if there are no such weights, or files of them are missing or cut off.
        BackendError: if they are on a hub that cannot be reached.
    """

    name = "mavin"

    def __init__(
        self, engine: EngineSettings, settings: GenerationSettings | None = None, telling: Telling | None = None
    ) -> None:
        self._engine = engine
        self._settings = settings or GenerationSettings()
        self._telling = telling
        # Looked for at once: an unknown name must not cost what comes before rendering.
        self._folder = fetch_pipeline(engine.weights)
        check_files(self._folder, read_index(self._folder))

    def render(
        self,
        caption: HierarchicalCaption,
        output: Path,
        options: RenderOptions,
        progress: Callable[[float], None] | None = None,
    ) -> RenderResult:
        """Generates a caption, or one shot of it, as a film in the format of its suffix.

        A shot is generated with the whole clip, so that it is the same as in the film.

        Raises:
            UsageError: for the suffix of no film, an unknown shot, or weights or settings that do not fit.
            DoesNotFitError: if it needs more memory than there is; nothing was loaded then.
            MavinError: if the film cannot be written.
        """
        return self._film([caption], output, options, progress)

    def render_film(
        self,
        captions: Sequence[HierarchicalCaption],
        output: Path,
        options: RenderOptions,
        progress: Callable[[float], None] | None = None,
    ) -> RenderResult:
        """Generates several clips as one film, each with exactly the frames that it has alone.

        Raises:
            UsageError: for the suffix of no film, clips of different shapes, or weights or settings that do not fit.
            DoesNotFitError: if one of them needs more memory than there is.
            MavinError: if the film cannot be written.
        """
        if len({caption.pixels for caption in captions}) != 1 and not isinstance(self._settings.size, tuple):
            raise UsageError(
                "Clips of one film must have the same picture shape, got "
                f"{', '.join(caption.aspect for caption in captions)}. Render them one by one with --clip K1, or give "
                "all of them one --size."
            )
        return self._film(captions, output, options, progress)

    def _film(
        self,
        captions: Sequence[HierarchicalCaption],
        output: Path,
        options: RenderOptions,
        progress: Callable[[float], None] | None,
    ) -> RenderResult:
        output_file(output)
        shot = chosen_shot(captions[0], options.shot)
        tell = self._told(progress)
        settings = replace(self._settings, seed=options.seed)
        device = str(choose_device(self._engine.device))
        self._check_files(captions, options.references)
        tell("looking at the weights", 0.0)
        needs = self._estimates(captions, settings, device)
        tell("loading the weights", 0.0)
        engine = self._engine
        pipeline = MavinPipeline.from_pretrained(
            self._folder,
            device=device,
            dtype=engine.dtype,
            offload=engine.offload,
            tile=engine.tile,
            ignore_memory=engine.ignore_memory,
        )
        shares = _Shares.of(needs[0])
        made = [
            self._clip(pipeline, caption, settings, options, _clip_part(tell, at, len(captions), shares.sampling))
            for at, caption in enumerate(captions)
        ]
        tell("decoding the sound", _LOADING + (1 - _LOADING) * shares.sampling)
        counts = [clip.shape.frames for clip in made]
        sounds, rates = zip(*(pipeline.sound(clip.latents, clip.shape) for clip in made), strict=True)
        rate = rates[0]
        samples = join_sound(sounds, counts, rate)
        kept = range(sum(counts)) if shot is None else frame_range(shot.interval)
        samples = samples[film_samples(kept.start, rate) : film_samples(kept.stop, rate)]

        size = settings.film_size(captions[0], made[0].shape)

        def pictures() -> Iterator[NDArray[np.uint8]]:
            number = 0
            for clip in made:
                for frame in pipeline.frames(clip.latents, clip.shape):
                    if number in kept:
                        yield scaled(frame, size)
                    number += 1
                    done = shares.sampling + (1 - shares.sampling) * number / sum(counts)
                    tell(f"decoding frame {number} of {sum(counts)}", _LOADING + (1 - _LOADING) * done)

        index, shape = pipeline.index, made[0].shape
        licences = "; ".join(index.licences)
        return write_film(
            output,
            pictures(),
            samples,
            rate,
            size,
            captions[0],
            options,
            notes=tuple(dict.fromkeys(note for clip in made for note in clip.notes)),
            credit=f"Made with the weights {index.name}{f' ({licences})' if licences else ''}",
            made_with=_made_with(pipeline, settings, shape),
        )

    def _check_files(self, captions: Sequence[HierarchicalCaption], folder: Path | None) -> None:
        """Opens what will be read: a damaged picture must not be found after minutes of loading."""
        if self._engine.first_frame is not None:
            read_image(self._engine.first_frame)
        names = {name for caption in captions for one in bound_references(caption) for name in (one.image, one.audio)}
        for name in sorted(filter(None, names)):
            if folder is not None:
                probe_reference(folder / name)

    def _told(self, progress: Callable[[float], None] | None) -> Telling:
        def tell(what: str, part: float) -> None:
            if self._telling is not None:
                self._telling(what, part)
            elif progress is not None:
                progress(part)

        return tell

    def _estimates(
        self, captions: Sequence[HierarchicalCaption], settings: GenerationSettings, device: str
    ) -> list[Estimate]:
        """What each clip needs; refused here if it is more than there is."""
        engine, weights = self._engine, weights_of(self._folder)
        given: dict[str, Any] = {"device": device, "dtype": engine.dtype, "tile": engine.tile}
        found: list[Estimate] = []
        for caption in captions:
            one = estimate(caption, weights, settings, offload=engine.offload, timed=not found, **given)
            if one.fits is False and not engine.ignore_memory:
                others = [
                    estimate(caption, weights, settings, timed=False, offload=offload, **given | {"dtype": dtype})
                    for dtype in dict.fromkeys((engine.dtype, "bfloat16"))
                    for offload in OFFLOADS
                ]
                check_fit(one, *others)
            found.append(one)
        return found

    def _clip(
        self,
        pipeline: MavinPipeline,
        caption: HierarchicalCaption,
        settings: GenerationSettings,
        options: RenderOptions,
        tell: Telling,
    ) -> MavinOutput:
        def stage(name: str, _part: float) -> None:
            if name != "sampling":
                tell("reading the script" if name == "text" else "looking at references", 0.0)

        return pipeline(
            caption,
            settings,
            folder=options.references,
            first_frame=self._engine.first_frame,
            output="latents",
            callback_on_step_end=lambda step: tell(f"step {step.number} of {step.steps}", step.number / step.steps),
            telling=stage,
        )


def _made_with(
    pipeline: MavinPipeline, settings: GenerationSettings, shape: ClipShape
) -> dict[str, str | int | float | bool | None]:
    """What decides the film besides its script and seed, for the manifest."""
    index, filled = pipeline.index, settings.filled(pipeline.index, pipeline.video_config.num_layers)
    return {
        "weights": index.name,
        "weights_sha256": index.weights_sha256,
        "timbre": index.parts["timbre"].kind if "timbre" in index.parts else None,
        "device": str(pipeline.device),
        "dtype": pipeline.dtype,
        "width": shape.width,
        "height": shape.height,
        **{name: getattr(filled, name) for name in filled.__dataclass_fields__ if name != "seed"},
    }


def _clip_part(tell: Telling, at: int, clips: int, sampling: float) -> Telling:
    """Tells of one clip's sampling as of a part of the whole."""
    clip = f"clip {at + 1} of {clips}, " if clips > 1 else ""
    return lambda what, part: tell(f"{clip}{what}", _LOADING + (1 - _LOADING) * sampling * (at + part) / clips)
