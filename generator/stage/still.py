"""One picture of a shot: the frame that tells most, as the film shows it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from generator.stage.composer import ShotStage
from generator.stage.renderer import framing_variants
from mavin.caption import HierarchicalCaption, Shot
from mavin.frames import frame_of, frame_range

__all__ = ["still", "telling_moment"]

_OPEN_MOUTH = 3


def still(
    caption: HierarchicalCaption, shot: Shot, width: int, references: Path | None = None, *, seed: int = 0
) -> Image.Image:
    """A shot's most telling frame, scaled to a width in pixels.

    Args:
        caption: the clip.
        shot: a shot of it.
        width: of the picture; its height follows from the clip's shape.
        references: the film's folder, for roles with reference pictures.
        seed: as for the film, so that both show the same.

    Raises:
        UsageError: for unusable reference pictures.
    """
    variant = framing_variants(caption)[caption.shots.index(shot)]
    stage = ShotStage(caption, shot, variant=variant, seed=seed, references=references)
    frame, mouths = telling_moment(caption, shot)
    height = round(width * caption.pixels[1] / caption.pixels[0])
    return stage.frame(frame, mouths).resize((width, height), Image.Resampling.LANCZOS)


def telling_moment(caption: HierarchicalCaption, shot: Shot) -> tuple[int, dict[str, int]]:
    """The frame that stands for a shot, and whose mouths are open in it.

    While somebody speaks, if anybody does; else the middle, where most has happened.
    """
    parts = [part for part in caption.lines_in(shot) if part.line.on_screen]
    if not parts:
        return frame_of((shot.start_ms + shot.end_ms) // 2), {}
    middle = (parts[0].interval.start_ms + parts[0].interval.end_ms) // 2
    talking = {part.line.role: _OPEN_MOUTH for part in parts if part.interval.contains(middle)}
    frames = frame_range(shot.interval)
    return min(max(frame_of(middle), frames.start), frames.stop - 1), talking
