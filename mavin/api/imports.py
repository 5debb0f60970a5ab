"""Bringing a file in: as a new film, or as edits of the film that it was exported from (:mod:`mavin.formats`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from mavin.api.editing import Proposal
from mavin.api.exports import script_of
from mavin.api.sources import open as open_film
from mavin.api.targets import check_film_target
from mavin.caption import HierarchicalCaption
from mavin.edits import caption_of, flat_of, operations_between
from mavin.errors import UsageError
from mavin.film import Film, FilmState, Manifest, Run, environment, resolve_inside, slug
from mavin.film.references import adopt_references, named_files
from mavin.formats import Document, FilmScript, Format, Loss, LossKind, ScriptClip, find, recognise

__all__ = ["Imported", "ProposedImport", "import_film", "propose_import"]


@dataclass(frozen=True, slots=True)
class Imported:
    """Films that were made of a file.

    Attributes:
        format: the form that it was in.
        films: the films, several where it was too long for one.
        losses: what of it was left out, changed or guessed.
    """

    format: Format
    films: tuple[Film, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class ProposedImport:
    """Edits of a film that make it what an edited file says; nothing is changed before they are saved."""

    format: Format
    proposal: Proposal
    losses: tuple[Loss, ...]


def import_film(
    file: str | Path, to: str | Path | None = None, *, form: str | None = None, force: bool = False
) -> Imported:
    """Makes a film of a file, or several of a long one as ``NAME-1.mavin`` and on.

    Args:
        file: the file; its form is found by its content.
        to: the film's folder; a slug of the file's title in the current folder if left out.
        form: the form, if the content leaves it open.
        force: replace existing films.

    Raises:
        UsageError: if a file cannot be read or a place is taken; nothing is made then.
        FormatError: if the file is in no form that can be read, or is damaged.
        InvalidCaptionError: if no valid script comes of it.
    """
    path = Path(file)
    document, each = _opened(path, form)
    read = each.load(document)
    scripts = (read.script, *read.more)
    base = str(to) if to is not None else slug(read.script.title or path.stem)
    stem = base.removesuffix(".mavin")
    names = [base] if len(scripts) == 1 else [f"{stem}-{number}" for number in range(1, len(scripts) + 1)]
    targets = [check_film_target(name, force=force) for name in names]
    losses = list(read.losses)
    films = tuple(
        _create(script, target, path, each, losses, force=force)
        for script, target in zip(scripts, targets, strict=True)
    )
    return Imported(each, films, tuple(dict.fromkeys(losses)))


def propose_import(film: Film | str | Path, file: str | Path, *, form: str | None = None) -> ProposedImport:
    """What an edited export changes in the film that it came from, as operations.

    A file that names the revision that it was exported from is compared with that one, so that what was changed in the
    film since is not taken back.

    Args:
        film: the film.
        file: the file; its form is found by its content.
        form: the form, if the content leaves it open.

    Raises:
        UsageError: if a file cannot be read, or holds other clips.
        FormatError: if the file is in no form that can be read, or is damaged.
        InvalidCaptionError: if the film would break an invariant.
    """
    film = film if isinstance(film, Film) else open_film(film)
    document, each = _opened(Path(file), form)
    base, step, losses = film.state, film.head, []
    rev = each.revision(document) if each.revision is not None else None
    if rev is not None and rev != film.rev:
        tree = film.tree()
        try:
            step = tree.resolve(rev)
            base = tree.state(step)
        except UsageError:
            why = f"the history has no revision {rev}, which the file names"
            losses.append(Loss(LossKind.GUESSED, "", "the file is of the film as it is now", why))
    script = replace(script_of(film, stills=None), title=base.title, rev=rev, clips=_clips(base))
    read = each.load(document, script)
    ids = [clip.id for clip in base.clips]
    got = [clip.id for clip in read.script.clips]
    if got != ids:
        raise UsageError(
            f"{Path(file).name} must hold the film's clips {', '.join(ids)} in order, got {', '.join(got)}."
        )
    edits = {
        old.id: operations_between(old.caption, new.caption)
        for old, new in zip(base.clips, read.script.clips, strict=True)
        if old.caption != new.caption
    }
    proposal = Proposal(film, base, step, edits, record={"imported": each.name})
    return ProposedImport(each, proposal, (*losses, *read.losses))


def _clips(state: FilmState) -> tuple[ScriptClip, ...]:
    return tuple(ScriptClip(clip.id, clip.caption) for clip in state.clips)


def _opened(path: Path, form: str | None) -> tuple[Document, Format]:
    if path.is_dir():
        raise UsageError(f"{path} must be a file, got a folder. A film needs no import: mavin show {path}")
    document = Document(path)
    return document, find(form) if form is not None else recognise(document)


def _create(script: FilmScript, target: Path, source: Path, form: Format, losses: list[Loss], *, force: bool) -> Film:
    if Run.is_unfinished(target):
        Run.clear(target)
    fresh = not target.exists()
    captions = [clip.caption for clip in script.clips]
    try:
        captions = [
            adopt_references(_with_files(caption, source.parent, losses), source.parent, target) for caption in captions
        ]
    except Exception:
        if fresh:
            Run.clear(target)
        raise
    op = {"op": "import", "format": form.name, "file": source.name}
    return Film.create(
        target, captions, op=op, title=script.title or None, manifest=Manifest(environment=environment()), force=force
    )


def _with_files(caption: HierarchicalCaption, folder: Path, losses: list[Loss]) -> HierarchicalCaption:
    """The caption without the files that are not beside the imported one: a film holds its own."""
    missing = {path: name for path, _, name in named_files(caption) if not _is_there(folder, name)}
    if not missing:
        return caption
    data = flat_of(caption)
    for path, name in missing.items():
        data[path] = None
        losses.append(Loss(LossKind.LOST, path, f"the file {name}", "it is not beside the imported one"))
    return caption_of(data)


def _is_there(folder: Path, name: str) -> bool:
    try:
        return resolve_inside(folder, name).is_file()
    except UsageError:
        return False
