"""The stage as a renderer: a caption is drawn, voiced and written as an mp4."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.renderers import RenderOptions, RenderResult, chosen_shot, output_file
from generator.stage.cast import cast_role
from generator.stage.composer import ShotStage
from generator.stage.signal import RATE
from generator.stage.soundtrack import Soundtrack, build_soundtrack
from generator.stage.subtitles import Subtitles
from mavin.caption import HierarchicalCaption, Shot
from mavin.frames import FPS, frame_of, frame_range
from mavin.media import write_video

__all__ = ["StageRenderer", "framing_variants"]


def framing_variants(caption: HierarchicalCaption) -> list[int]:
    """For each shot how often in a row its framing repeats the one before; 0 where it differs.

    A cut between two shots of the same place, size and angle would not be seen; the stage shows
    every other one from the reverse side.
    """
    variants: list[int] = []
    for at, shot in enumerate(caption.shots):
        before = caption.shots[at - 1] if at else None
        same = before is not None and (
            before.setting == shot.setting
            and before.camera.angle == shot.camera.angle
            and (before.camera.size == shot.camera.size or before.roles == shot.roles)
        )
        variants.append(variants[-1] + 1 if same else 0)
    return variants


def _notes(caption: HierarchicalCaption) -> tuple[str, ...]:
    notes = []
    for role in caption.roles:
        if cast_role(caption, role.id).kind == "card":
            notes.append(f"{role.id}: no picture shows {role.name!r}; a lettered card stands for it")
        if role.reference.audio:
            notes.append(
                f"{role.id}: the stage speaks with a voice of its own; the reference voice is for other renderers"
            )
    return tuple(notes)


class StageRenderer:
    """Previz by procedural pictures and synthetic sound, in seconds on a processor."""

    name = "stage"

    def render(
        self,
        caption: HierarchicalCaption,
        output: Path,
        options: RenderOptions,
        progress: Callable[[float], None] | None = None,
    ) -> RenderResult:
        """Draw a caption, or one shot of it, as an mp4.

        Raises:
            UsageError: for another suffix than .mp4, an unknown shot, or unusable references.
            MavinError: if the film cannot be written.
        """
        output_file(output)
        shot = chosen_shot(caption, options.shot)
        track = build_soundtrack(caption, seed=options.seed, folder=options.references)
        frames = frame_range(shot.interval) if shot else range(frame_of(caption.duration_ms))
        first, last = (round(frame * RATE / FPS) for frame in (frames.start, frames.stop))
        samples = None if options.mute else track.samples[first:last]
        pictures = self._pictures(caption, [shot] if shot else list(caption.shots), track, options, frames, progress)
        count = write_video(output, pictures, samples, size=caption.pixels, sample_rate=RATE)
        width, height = caption.pixels
        return RenderResult(
            output,
            count,
            width,
            height,
            round(count * 1000 / FPS),
            0 if options.mute else RATE,
            (*_notes(caption), *track.notes),
        )

    def _pictures(
        self,
        caption: HierarchicalCaption,
        shots: list[Shot],
        track: Soundtrack,
        options: RenderOptions,
        frames: range,
        progress: Callable[[float], None] | None,
    ) -> Iterator[NDArray[np.uint8]]:
        subtitles = Subtitles(caption) if options.subtitles and caption.dialogue else None
        variants = dict(zip((shot.id for shot in caption.shots), framing_variants(caption), strict=True))
        for shot in shots:
            stage = ShotStage(
                caption, shot, variant=variants[shot.id], seed=options.seed, references=options.references
            )
            for frame in stage.frames:
                picture = stage.frame(frame, track.mouths[frame])
                if subtitles is not None:
                    subtitles.burn(picture, frame)
                yield np.asarray(picture)
                if progress is not None:
                    progress((frame + 1 - frames.start) / len(frames))
