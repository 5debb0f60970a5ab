"""The stage as a renderer: a caption is drawn, voiced and written as a film."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.film_file import write_film
from generator.renderers import RenderOptions, RenderResult, chosen_shot, output_file
from generator.stage import credits_text
from generator.stage.cast import cast_role
from generator.stage.composer import ShotStage
from generator.stage.signal import RATE, Samples
from generator.stage.slate import Slate
from generator.stage.soundtrack import Soundtrack, build_soundtrack
from generator.stage.subtitles import Subtitles
from mavin.caption import HierarchicalCaption, Shot
from mavin.errors import UsageError
from mavin.frames import FPS, frame_of, frame_range

__all__ = ["StageRenderer", "framing_variants", "join_sound", "soundtrack_of"]


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
    return tuple(
        f"{role.id}: no picture shows {role.name!r}; a lettered card stands for it"
        for role in caption.roles
        if cast_role(caption, role.id).kind == "card"
    )


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
        """Draw a caption, or one shot of it, as a film in the format of its suffix.

        Raises:
            UsageError: for the suffix of no film, an unknown shot, or unusable references.
            MavinError: if the film cannot be written.
        """
        output_file(output)
        shot = chosen_shot(caption, options.shot)
        frames = frame_range(shot.interval) if shot else range(frame_of(caption.duration_ms))
        if progress is not None:
            progress(0.0)
        track = soundtrack_of(caption, options)
        first, last = (round(frame * RATE / FPS) for frame in (frames.start, frames.stop))
        pictures = self._pictures(caption, [shot] if shot else list(caption.shots), track, options, frames, progress)
        notes = (*_notes(caption), *track.notes)
        samples = track.samples[first:last]
        return write_film(
            output, pictures, samples, RATE, caption.pixels, caption, options, notes=notes, credit=credits_text()
        )

    def render_film(
        self,
        captions: Sequence[HierarchicalCaption],
        output: Path,
        options: RenderOptions,
        progress: Callable[[float], None] | None = None,
    ) -> RenderResult:
        """Draw several clips as one film, each with exactly the frames that it has alone.

        Raises:
            UsageError: for the suffix of no film, clips of different shapes, or unusable references.
            MavinError: if the film cannot be written.
        """
        output_file(output)
        if len({caption.pixels for caption in captions}) != 1:
            raise UsageError(
                "Clips of one film must have the same picture shape, got "
                f"{', '.join(caption.aspect for caption in captions)}. Render them one by one with --clip K1."
            )
        if progress is not None:
            progress(0.0)
        tracks = [soundtrack_of(caption, options) for caption in captions]
        counts = [frame_of(caption.duration_ms) for caption in captions]
        total = sum(counts)

        def pictures() -> Iterator[NDArray[np.uint8]]:
            done = 0
            for number, (caption, track, count) in enumerate(zip(captions, tracks, counts, strict=True), 1):
                tell = _share(progress, done, count, total)
                shots = list(caption.shots)
                yield from self._pictures(caption, shots, track, options, range(count), tell, f"K{number}", done)
                done += count

        notes = [
            note for caption, track in zip(captions, tracks, strict=True) for note in (*_notes(caption), *track.notes)
        ]
        samples = join_sound([track.samples for track in tracks], counts)
        told = tuple(dict.fromkeys(notes))
        first = captions[0]
        return write_film(
            output, pictures(), samples, RATE, first.pixels, first, options, notes=told, credit=credits_text()
        )

    def _pictures(
        self,
        caption: HierarchicalCaption,
        shots: list[Shot],
        track: Soundtrack,
        options: RenderOptions,
        frames: range,
        progress: Callable[[float], None] | None,
        clip: str = "",
        before: int = 0,
    ) -> Iterator[NDArray[np.uint8]]:
        slates = {shot.id: Slate(caption, shot, clip=clip) for shot in shots if options.slate}
        above = max((slate.bottom for slate in slates.values()), default=0)
        subtitles = Subtitles(caption, above=above) if options.subtitles and caption.dialogue else None
        variants = dict(zip((shot.id for shot in caption.shots), framing_variants(caption), strict=True))
        for shot in shots:
            stage = ShotStage(
                caption, shot, variant=variants[shot.id], seed=options.seed, references=options.references
            )
            for frame in stage.frames:
                picture = stage.frame(frame, track.mouths[frame])
                if subtitles is not None:
                    subtitles.burn(picture, frame)
                if options.slate:
                    slates[shot.id].burn(picture, before + frame)
                yield np.asarray(picture)
                if progress is not None:
                    progress((frame + 1 - frames.start) / len(frames))


def soundtrack_of(caption: HierarchicalCaption, options: RenderOptions) -> Soundtrack:
    """What a film with these options sounds like, before it is cut to one shot or muted."""
    return build_soundtrack(caption, seed=options.seed, folder=options.references, music=options.music)


def _share(
    progress: Callable[[float], None] | None, done: int, count: int, total: int
) -> Callable[[float], None] | None:
    if progress is None:
        return None
    return lambda part: progress((done + part * count) / total)


def join_sound(tracks: Sequence[Samples], frames: Sequence[int], rate: int = RATE) -> Samples:
    """The clips' sounds end to end, each exactly as long as its frames, without a gap or a step between them.

    Behind each joint the end of the clip before, mirrored, fades out under the next clip's beginning:

        … a3 a2 a1 | a1 a2 a3 …   ╲
                   | b1 b2 b3 …   ╱   → continuous at |, and after 10 ms nothing but b

    Args:
        tracks: samples of shape (N,) of each clip.
        frames: how many frames each clip has.
        rate: samples per second.
    """
    ends = [round(sum(frames[: number + 1]) * rate / FPS) for number in range(len(frames))]
    joined = np.zeros(ends[-1], np.float32)
    start = 0
    for track, end in zip(tracks, ends, strict=True):
        part = np.zeros(end - start, np.float32)
        part[: min(len(track), end - start)] = track[: end - start]
        joined[start:end] = part
        if start:
            reach = min(round(0.01 * rate), end - start, start)
            rise = np.sin(np.linspace(0, np.pi / 2, reach, dtype=np.float32)) ** 2
            tail = joined[start - reach : start][::-1]
            joined[start : start + reach] = joined[start : start + reach] * rise + tail * (1 - rise)
        start = end
    return joined
