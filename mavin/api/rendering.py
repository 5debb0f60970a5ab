"""From a script to a video: the previz in seconds, or another renderer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from mavin.api.choosing import RendererChoice, choose_renderer
from mavin.api.sources import Source, load
from mavin.api.targets import check_output
from mavin.caption import HierarchicalCaption
from mavin.errors import FilmError, UsageError
from mavin.film import Film, RenderNote
from mavin.media import FILM_SUFFIXES

if TYPE_CHECKING:
    from generator.renderers import Renderer, RenderResult
    from mavin.api.generating import GenerationOptions

__all__ = ["check_shot", "clips_of", "engine_of", "labels_path", "preview", "render"]

Fraction = Callable[[float], None]
"""Called with the part that is done, 0 to 1."""

Telling = Callable[[str, float], None]
"""Called with what is going on, and the part of all that is done, 0 to 1."""


def preview(
    film: Film | HierarchicalCaption | Source | str | Path,
    output: str | Path | None = None,
    *,
    shot: str | None = None,
    mute: bool = False,
    music: bool = True,
    subtitles: bool = True,
    slate: bool = False,
    sheet: str | Path | None = None,
    sheet_frames: int = 1,
    beside: str | Path | None = None,
    labels: str | Path | bool = False,
    seed: int = 0,
    clip: str | None = None,
    progress: Fraction | None = None,
) -> RenderResult | None:
    """Draws a script as a previz, as a storyboard sheet, as data, or as several of these.

    Args:
        film: a film, a caption, or the path of either.
        output: the ``.mp4``, ``.webm`` or (silent, small) ``.gif`` to make; may be left out for a sheet or labels.
        shot: only this shot, such as ``S2``, of the video, the sheet and the labels.
        mute: no sound.
        music: whether music plays under the scene.
        subtitles: whether the dialogue is written into the picture.
        slate: whether the shot's id, its title and the time are written into the picture.
        sheet: the ``.png`` of a storyboard to make.
        sheet_frames: how many frames of each shot it shows, 1 or 3.
        beside: a film of this script, rendered before, whose pictures the sheet shows beside those that are drawn.
        labels: the ``.json`` that tells what every frame shows and sounds
            (:class:`~generator.stage.labels.FilmLabels`); ``True`` puts it beside the video as ``NAME.labels.json``.
        seed: seed of every random choice.
        clip: only this clip of a film that has several, such as ``K2``; all of them, joined, if left out.
        progress: called with the part that is done.

    Raises:
        UsageError: if an output, the shot or the clip is wrong; found out before drawing.
        MavinError: if the file cannot be written; the one that was there before stays.
    """
    source = load(film)
    if beside is not None and sheet is None:
        raise UsageError("A film stands beside the pictures of a storyboard: add --sheet board.png, or leave it out.")
    if output is None and sheet is None and not labels:
        raise UsageError(
            "Say what to make: a video with -o out.mp4, a storyboard with --sheet board.png, labels with --labels "
            "out.json, or several of these."
        )
    captions = clips_of(source, clip)
    check_shot(source, captions, shot)
    video = check_output(output, FILM_SUFFIXES, source.files) if output is not None else None
    board = check_output(sheet, ".png", source.files) if sheet is not None else None
    data = check_output(labels_path(source, video, labels), ".json", source.files) if labels else None
    result = None
    if board is not None:
        from generator.stage.sheet import storyboard

        film_beside = None if beside is None else Path(beside)
        storyboard(
            captions,
            board,
            references=source.folder,
            seed=seed,
            frames=sheet_frames,
            shot=shot,
            beside=film_beside,
        )
    if data is not None:
        _write_labels(source, captions, data, shot, seed, clip)
    if video is not None:
        chosen = {"shot": shot, "mute": mute, "music": music, "subtitles": subtitles, "slate": slate}
        result = _draw(source, captions, video, engine_of(RendererChoice("stage", {})), seed, chosen, progress)
    return result


def render(
    film: Film | HierarchicalCaption | Source | str | Path,
    output: str | Path,
    *,
    renderer: str | None = None,
    seed: int = 0,
    shot: str | None = None,
    mute: bool = False,
    labels: str | Path | bool = False,
    clip: str | None = None,
    progress: Fraction | None = None,
    telling: Telling | None = None,
    **options: Unpack[GenerationOptions],
) -> RenderResult:
    """Makes the video of a script.

    Args:
        film: a film, a caption, or the path of either.
        output: the ``.mp4``, ``.webm`` or ``.gif`` to make.
        renderer: name of a renderer: ``stage`` is the previz, ``mavin`` the network; left out, as
            :mod:`mavin.api.choosing` says: the network with the package's own weights, where they are.
        seed: seed of every random choice.
        shot: only this shot, such as ``S2``.
        mute: no sound.
        labels: as for :func:`preview`; only the ``stage`` knows what its frames show.
        clip: only this clip of a film that has several, such as ``K2``; all of them, joined, if left out.
        progress: called with the part that is done.
        telling: called with what the network is doing, and the part of all that is done.
        options: of the network: weights, device, steps, and so on.

    Raises:
        UsageError: if the output, the labels, the renderer, the shot, the clip or an option is wrong; found out before
            drawing.
        MavinError: if the file cannot be written; the one that was there before stays.
    """
    source = load(film)
    captions = clips_of(source, clip)
    check_shot(source, captions, shot)
    video = check_output(output, FILM_SUFFIXES, source.files)
    choice = choose_renderer(renderer, options, labels=bool(labels))
    engine = engine_of(choice, seed, telling)
    if labels:
        if engine.name != "stage":
            raise UsageError(
                f"Labels tell what the frames of the stage show; those of {engine.name} are not known. Leave --labels "
                "out, or make labels of the script with mavin preview --labels."
            )
        _write_labels(
            source, captions, check_output(labels_path(source, video, labels), ".json", source.files), shot, seed, clip
        )
    result = _draw(source, captions, video, engine, seed, {"shot": shot, "mute": mute}, progress)
    return replace(result, notes=(choice.notice, *result.notes)) if choice.notice else result


def engine_of(choice: RendererChoice, seed: int = 0, telling: Telling | None = None) -> Renderer:
    """The renderer that was chosen, ready to draw.

    Raises:
        UsageError: if there is none of that name, or an option does not fit it.
        MavinError: if a package is missing.
    """
    from generator.renderers import renderer as find

    if not choice.options and choice.name != "mavin":
        return find(choice.name)
    from mavin.api.generating import settings_of
    from mavin.api.packages import need_torch

    if choice.name == "mavin":
        need_torch()
    return find(choice.name, *settings_of(choice.options, seed), telling)


def _write_labels(
    source: Source,
    captions: tuple[HierarchicalCaption, ...],
    path: Path,
    shot: str | None,
    seed: int,
    clip: str | None,
) -> None:
    from generator.stage.labels import film_labels, write_labels

    names = [clip] if clip else []
    write_labels(film_labels(captions, shot=shot, seed=seed, references=source.folder, clip_ids=names), path)


def labels_path(source: Source, video: Path | None, labels: str | Path | bool) -> Path:
    """Where labels go: the path that was named, or beside the video or else the film."""
    if not isinstance(labels, bool):
        return Path(labels)
    beside = video or Path(source.path if source.path is not None else "film")
    return beside.with_name(f"{beside.stem}.labels.json")


def clips_of(source: Source, clip: str | None) -> tuple[HierarchicalCaption, ...]:
    """The clips to draw: all of them in order, or the one that was asked for."""
    if clip is None:
        return source.captions
    ids = [each.id for each in source.film.clips] if source.film else ["K1"]
    if clip not in ids:
        raise UsageError(f"The clip must be one of {', '.join(ids)}, got {clip}.")
    return (source.captions[ids.index(clip)],)


def check_shot(source: Source, captions: tuple[HierarchicalCaption, ...], shot: str | None) -> None:
    """Makes sure that there is such a shot, or that none was asked for.

    Raises:
        UsageError: if there is none, or in which clip is not said.
    """
    if shot is None:
        return
    if len(captions) > 1:
        clips = ", ".join(each.id for each in source.film.clips) if source.film else ""
        raise UsageError(
            f"The film has several clips ({clips}), each with its own shots. Add --clip K1 to --shot {shot}."
        )
    ids = [each.id for each in captions[0].shots]
    if shot not in ids:
        raise UsageError(f"The shot must be one of {', '.join(ids)}, got {shot}. Try --shot {ids[0]}.")


def _draw(
    source: Source,
    captions: tuple[HierarchicalCaption, ...],
    output: Path,
    engine: Renderer,
    seed: int,
    chosen: Mapping[str, Any],
    progress: Fraction | None,
) -> RenderResult:
    from generator.renderers import RenderOptions

    options = RenderOptions(seed=seed, references=source.folder, **chosen)
    started = time.monotonic()
    if len(captions) == 1:
        result = engine.render(captions[0], output, options, progress)
    else:
        result = engine.render_film(captions, output, options, progress)
    if source.film is not None:
        note = RenderNote(
            output=output.name,
            renderer=engine.name,
            seed=seed,
            rev=source.film.rev,
            frames=result.frames,
            seconds=round(time.monotonic() - started, 3),
            notes=result.notes,
            made_with=dict(result.made_with),
        )
        with suppress(FilmError):  # a film that may only be read can be drawn all the same
            source.film.add_render(note, result.credit)
    return result
