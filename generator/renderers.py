"""Renderers: one protocol from a caption to a film file; ``stage`` draws the previz.

caption ──▶ Renderer.render ──▶ film (24 fps; mp4, WebM or GIF by its suffix) + RenderResult
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mavin.caption import HierarchicalCaption, Shot
from mavin.errors import UsageError

__all__ = ["RENDERERS", "RenderOptions", "RenderResult", "Renderer", "chosen_shot", "output_file", "renderer"]

RENDERERS: tuple[str, ...] = ("stage",)
"""Names that :func:`renderer` knows."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What can be chosen about a rendering.

    Attributes:
        seed: of every random choice; the same caption and seed give the same film.
        subtitles: burn the dialogue into the picture.
        slate: burn the shot's id, its title and the time into the picture.
        mute: leave the sound track out.
        music: play music under the scene.
        shot: id of the only shot to render, or ``None`` for the whole clip.
        references: the film's folder, inside which the paths of references and recordings lie.
    """

    seed: int = 0
    subtitles: bool = True
    slate: bool = False
    mute: bool = False
    music: bool = True
    shot: str | None = None
    references: Path | None = None


@dataclass(frozen=True, slots=True)
class RenderResult:
    """What was rendered.

    Attributes:
        path: the film.
        frames: number of frames, at 24 per second.
        width: pixels.
        height: pixels.
        duration_ms: length, rounded.
        sample_rate: of the sound, 0 without.
        notes: what a user should know, such as a recording that had to be cut.
    """

    path: Path
    frames: int
    width: int
    height: int
    duration_ms: int
    sample_rate: int
    notes: tuple[str, ...] = ()


class Renderer(Protocol):
    """Turns a caption into a film file."""

    @property
    def name(self) -> str:
        """Name under which :func:`renderer` finds it."""
        ...

    def render(
        self,
        caption: HierarchicalCaption,
        output: Path,
        options: RenderOptions,
        progress: Callable[[float], None] | None = None,
    ) -> RenderResult:
        """Write the film of a caption to ``output``; ``progress`` is told the share done, 0 to 1."""
        ...

    def render_film(
        self,
        captions: Sequence[HierarchicalCaption],
        output: Path,
        options: RenderOptions,
        progress: Callable[[float], None] | None = None,
    ) -> RenderResult:
        """Write several clips, in order, as one film: each with exactly its frames, the sound going through."""
        ...


def renderer(name: str) -> Renderer:
    """The renderer of that name.

    Raises:
        UsageError: if there is none, with the names there are.
    """
    if name not in RENDERERS:
        raise UsageError(f"A renderer must be one of {', '.join(RENDERERS)}, got {name!r}. Choose one of these.")
    # Imported here: drawing needs numpy, Pillow and OpenMoji, which a command without pictures need not load.
    from generator.stage.renderer import StageRenderer

    return StageRenderer()


def output_file(path: Path) -> Path:
    """The path, if a film can have that name.

    Raises:
        UsageError: if its suffix is none of a film.
    """
    from mavin.media import FILM_SUFFIXES

    if path.suffix.casefold() not in FILM_SUFFIXES:
        raise UsageError(
            f"A film's file must end in {', '.join(FILM_SUFFIXES)}, got {path}. "
            f"Try {path.with_suffix('.mp4') if path.name else 'film.mp4'}."
        )
    return path


def chosen_shot(caption: HierarchicalCaption, shot_id: str | None) -> Shot | None:
    """The shot of an id, or ``None`` for the whole clip.

    Raises:
        UsageError: if there is no such shot, with the ids there are.
    """
    if shot_id is None:
        return None
    for shot in caption.shots:
        if shot.id == shot_id:
            return shot
    have = ", ".join(shot.id for shot in caption.shots)
    raise UsageError(f"A shot must be one of {have}, got {shot_id!r}. Choose one of these.")
