"""Taking a film's script away in another form, with a report of what gets lost (:mod:`mavin.formats`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mavin.api.rendering import clips_of
from mavin.api.sources import Source, load
from mavin.caption import HierarchicalCaption
from mavin.errors import FilmError
from mavin.film import Film, slug
from mavin.formats import FilmScript, Format, Loss, ScriptClip, find

__all__ = ["Exported", "ExportedFile", "export", "export_report", "loss_objects", "script_of", "write_files"]


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file of an export.

    Attributes:
        name: what it may be called.
        clip: the clip that it holds, ``None`` where it holds the whole film.
        content: its bytes.
        losses: what of the script is not in it as it was.
    """

    name: str
    clip: str | None
    content: bytes
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """A film in another form: one file, or one a clip where the form holds no more than that."""

    format: Format
    files: tuple[ExportedFile, ...]

    @property
    def losses(self) -> tuple[Loss, ...]:
        """What is lost in all files; alike losses of several files are told once."""
        return tuple(dict.fromkeys(loss for file in self.files for loss in file.losses))


def export(
    film: Film | HierarchicalCaption | Source | str | Path,
    to: str | Format,
    *,
    clip: str | None = None,
    pictures: bool = True,
) -> Exported:
    """A film's script in another form.

    Args:
        film: a film, a caption, or the path of either.
        to: the form's name, such as ``srt``; ``mavin.formats.formats()`` lists them.
        clip: only this clip of a film that has several, such as ``K2``.
        pictures: whether forms that show pictures of the shots get them; drawing them takes a while.

    Raises:
        UsageError: if there is no such form or clip.
        FormatError: if the form cannot hold this script; nothing is cut off silently.
    """
    each = to if isinstance(to, Format) else find(to)
    script = script_of(film, clip=clip, stills=640 if pictures else None)
    base = slug(script.title or "film")
    if not each.one_clip or len(script.clips) == 1:
        written = each.export(script)
        only = script.clips[0].id if clip is not None else None
        name = f"{base}.{only}" if only is not None else base
        return Exported(each, (ExportedFile(f"{name}{each.suffix}", only, written.content, written.losses),))
    files = []
    for one in script.clips:
        written = each.export(script.only(one.id))
        files.append(ExportedFile(f"{base}.{one.id}{each.suffix}", one.id, written.content, written.losses))
    return Exported(each, tuple(files))


def script_of(
    film: Film | HierarchicalCaption | Source | str | Path, *, clip: str | None = None, stills: int | None = 640
) -> FilmScript:
    """A film as the forms see it, with pictures of its shots for those that show them.

    Args:
        film: a film, a caption, or the path of either.
        clip: only this clip, such as ``K2``.
        stills: width of the pictures in pixels, ``None`` for none.

    Raises:
        UsageError: if there is no such clip.
    """
    source = load(film)
    clips_of(source, clip)
    clips = tuple(ScriptClip(f"K{number}", caption) for number, caption in enumerate(source.captions, 1))
    if source.film is not None:
        clips = tuple(ScriptClip(each.id, each.caption) for each in source.film.clips)
    by_id = {each.id: each.caption for each in clips}

    def still(name: str, shot: str) -> bytes:
        from mavin.api.stills import shot_still

        assert stills is not None
        return shot_still(by_id[name], shot, stills, source.folder)

    script = FilmScript(
        source.title,
        clips,
        rev=source.film.rev if source.film is not None else None,
        locks=source.film.state.locks if source.film is not None else (),
        folder=source.folder,
        media=_render_of(source.film) if source.film is not None else None,
        stills=still if stills is not None else None,
    )
    return script.only(clip) if clip is not None else script


def _render_of(film: Film) -> Path | None:
    """The newest video of the whole film as it is now, from its ``renders/``."""
    from mavin.frames import FPS

    frames = sum(round(caption.duration_ms * FPS / 1000) for caption in film.captions)
    try:
        notes = film.manifest.renders
    except FilmError:
        return None  # a damaged manifest hides no script
    for note in reversed(notes):
        path = film.renders / note.output
        if note.rev == film.rev and abs(note.frames - frames) <= len(film.captions) and path.is_file():
            return path
    return None


def write_files(exported: Exported, output: Path, inputs: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """Writes an export to a file, or several clips' files beside each other as ``NAME.K1.srt``.

    Raises:
        UsageError: if a name, its folder or its permissions stand in the way; nothing is written then.
        MavinError: if writing fails; a file that was there before stays.
    """
    from mavin.api.targets import check_output
    from mavin.media import write_atomic

    ends = exported.format.suffixes
    places = [output]
    if len(exported.files) > 1:
        suffix = next((end for end in ends if output.name.lower().endswith(end)), output.suffix)
        stem = output.name[: len(output.name) - len(suffix)]
        places = [output.with_name(f"{stem}.{file.clip}{output.name[len(stem) :]}") for file in exported.files]
    for place in places:
        check_output(place, tuple(dict.fromkeys(Path(f"x{end}").suffix for end in ends)), inputs)
    for place, file in zip(places, exported.files, strict=True):
        with write_atomic(place) as temp:
            temp.write_bytes(file.content)
    return tuple(places)


def export_report(exported: Exported, places: tuple[Path, ...] | None) -> dict[str, Any]:
    """What ``--json`` prints of an export; the content stands in it where it went into no file."""
    files = []
    for number, file in enumerate(exported.files):
        where = {"path": str(places[number])} if places else {"content": file.content.decode()}
        files.append({"clip": file.clip, **where, "losses": loss_objects(file.losses)})
    return {"format": exported.format.name, "files": files}


def loss_objects(losses: tuple[Loss, ...]) -> list[dict[str, str]]:
    """Losses as JSON has them."""
    return [{"kind": loss.kind.value, "path": loss.path, "what": loss.what, "why": loss.why} for loss in losses]
