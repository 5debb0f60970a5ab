"""Renderers: one protocol from a caption to a film file; ``stage`` draws the previz, ``mavin`` is the network.

caption ──▶ Renderer.render ──▶ film (24 fps; mp4, WebM or GIF by its suffix) + RenderResult
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mavin.caption import HierarchicalCaption, Shot
from mavin.errors import UsageError

if TYPE_CHECKING:
    from generator.settings import EngineSettings, GenerationSettings

__all__ = ["RENDERERS", "RenderOptions", "RenderResult", "Renderer", "chosen_shot", "output_file", "renderer"]

RENDERERS: tuple[str, ...] = ("stage", "mavin")
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
        made_with: what decides the result besides script and seed, such as the weights' hash.
        credit: whose work is in it, for the film's manifest.
    """

    path: Path
    frames: int
    width: int
    height: int
    duration_ms: int
    sample_rate: int
    notes: tuple[str, ...] = ()
    made_with: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)
    credit: str = ""


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


def renderer(
    name: str,
    engine: EngineSettings | None = None,
    settings: GenerationSettings | None = None,
    telling: Callable[[str, float], None] | None = None,
) -> Renderer:
    """The renderer of that name.

    Args:
        name: ``stage`` or ``mavin``.
        engine: weights of ``mavin``, which needs them.
        settings: how ``mavin`` samples.
        telling: told what ``mavin`` is doing and which part of all is done, 0 to 1.

    Raises:
        UsageError: if there is none, with the names there are, or it lacks its weights.
    """
    if name not in RENDERERS:
        raise UsageError(f"A renderer must be one of {', '.join(RENDERERS)}, got {name!r}. Choose one of these.")
    if name == "mavin":
        if engine is None:
            raise UsageError(
                "The renderer mavin needs weights: name a pipeline's folder or an installed one with --weights. "
                "Without weights, --renderer stage draws a previz."
            )
        from generator.film_renderer import MavinRenderer

        return MavinRenderer(engine, settings, telling)
    if engine is not None or settings is not None:
        raise UsageError(f"Weights and sampling are for --renderer mavin, got them with --renderer {name}.")
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
