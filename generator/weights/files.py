"""Finds the public files of a pipeline's parts: in the model store, or in a folder under their public names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.weights.reading import PICKLES
from generator.weights.recipes import KNOWN, RECIPES
from mavin.errors import UsageError
from mavin.store import WEIGHTS, InstalledModel

__all__ = ["PartFiles", "folder_files", "set_files"]

_TENSOR_SUFFIXES = PICKLES | {".safetensors"}


@dataclass(frozen=True, slots=True)
class PartFiles:
    """The files that one part is made of.

    Attributes:
        part: where it belongs in a pipeline.
        kind: which recipe makes it.
        files: by role; the folder of a tokenizer.
        entry: entry of the model store whose files these are by name, or ``None``.
        licence: SPDX name, empty where nothing is known.
        source: where the files are from, for the index.
        hashes: official SHA-256 by role, to compare with; empty where already compared or unknown.
        verified: SHA-256 of files in the store by role: they never change, and may be shared.
    """

    part: str
    kind: str
    files: Mapping[str, Path]
    entry: str | None = None
    licence: str = ""
    source: str = ""
    hashes: Mapping[str, str] | None = None
    verified: Mapping[str, str] | None = None


def set_files(models: Iterable[InstalledModel]) -> tuple[PartFiles, ...]:
    """The parts that models of the store make."""
    return tuple(_from_store(model) for model in models)


def _from_store(model: InstalledModel) -> PartFiles:
    entry, known = WEIGHTS[model.name], KNOWN[model.name]
    folder = model.path if model.path.is_dir() else model.path.parent
    digests = {file.name: file.sha256 for file in model.files}
    where = f"{entry.repo}@{model.commit}" if model.commit else entry.origin
    return PartFiles(
        RECIPES[known.kind].part,
        known.kind,
        {role: folder / name for role, name in known.files.items()},
        model.name,
        entry.licence,
        f"{where} {' '.join(known.files.values())}{_note(known.kind)}",
        verified={role: digest for role, name in known.files.items() if (digest := digests.get(name))},
    )


def folder_files(
    folder: Path | str, *, backbone: Path | str | None = None, timbre: str | None = None
) -> tuple[PartFiles, ...]:
    """The parts whose public files lie in a folder, at any depth; a file may also be its ``.safetensors`` twin.

    Args:
        folder: such as the ``ckpts`` folder of Ovi's own programs.
        backbone: which backbone, where the folder has several, or has one under another name.
        timbre: also the voice encoder ``facodec`` or ``ge2e``.

    Raises:
        UsageError: if a part is missing, there are several of one, or the folder is none.
    """
    folder = Path(folder).expanduser()
    if not folder.is_dir():
        raise UsageError(
            f"The source must be a folder with public weights or a pulled set, got {str(folder)!r}. "
            "`mavin weights list` shows the sets; `mavin weights pull NAME` fetches one."
        )
    there: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.casefold() in _TENSOR_SUFFIXES:
            there.setdefault(path.stem, []).append(path)
    parts = [_backbone(folder, there, backbone)]
    wanted = ["wan2.2-vae", "mmaudio-16k", "umt5-xxl", *([timbre] if timbre else [])]
    lacking: list[str] = []
    for name in wanted:
        if name not in KNOWN:
            raise UsageError(f"A timbre encoder must be facodec or ge2e, got {name!r}.")
        if (found := _known(folder, there, name, lacking)) is not None:
            parts.append(found)
    if lacking:
        raise UsageError(f"{folder} must hold the files of every part; it lacks {', '.join(lacking)}.")
    return tuple(parts)


def _backbone(folder: Path, there: Mapping[str, list[Path]], chosen: Path | str | None) -> PartFiles:
    names = {Path(known.files["model"]).stem: name for name, known in KNOWN.items() if known.kind == "dual_tower"}
    if chosen is not None:
        tries = [Path(chosen).expanduser(), folder / chosen]
        path = next((each for each in tries if each.is_file()), None)
        if path is None:
            raise UsageError(f"The backbone must be a file, got {str(chosen)!r}, which is none, neither in {folder}.")
        return _official("backbone", names.get(path.stem), {"model": path})
    found = [(name, path) for stem, name in names.items() for path in there.get(stem, ())]
    if not found:
        raise UsageError(
            f"{folder} must hold a backbone ({', '.join(KNOWN[name].files['model'] for name in names.values())}), and "
            "there is none. Name one of another name with --backbone."
        )
    if len(found) > 1:
        raise UsageError(
            f"{folder} must hold one backbone, got {', '.join(str(path.relative_to(folder)) for _, path in found)}. "
            "Choose with --backbone."
        )
    return _official("backbone", found[0][0], {"model": found[0][1]})


def _known(folder: Path, there: Mapping[str, list[Path]], name: str, lacking: list[str]) -> PartFiles | None:
    known, files = KNOWN[name], {}
    for role, public in known.files.items():
        if role == "tokenizer":
            places = sorted(path.parent for path in folder.rglob("tokenizer_config.json"))
            places = [place for place in places if place.name == Path(public).name] or places
        else:
            places = there.get(Path(public).stem, [])
        if not places:
            lacking.append(f"{public} ({WEIGHTS[name].origin})")
        elif len(places) > 1:
            twice = ", ".join(str(place.relative_to(folder)) for place in places)
            raise UsageError(f"{folder} must hold {public} once, got {twice}. Move the others away.")
        else:
            files[role] = places[0]
    return _official(RECIPES[known.kind].part, name, files) if len(files) == len(known.files) else None


def _official(part: str, name: str | None, files: dict[str, Path]) -> PartFiles:
    """Files as those of an entry, where their sizes say that they are; else as somebody's own."""
    shown = " ".join(path.name for path in files.values())
    if name is None:
        return PartFiles(part, "dual_tower", files, source=shown)
    entry, known = WEIGHTS[name], KNOWN[name]
    release = {file.name: file for file in entry.files}
    hashes = {
        role: str(release[public].sha256)
        for role, public in known.files.items()
        if public in release and release[public].sha256 and files[role].stat().st_size == release[public].size
    }
    # A name proves nothing: what has no official hash to compare with is only said to be called so.
    sure = hashes.keys() >= RECIPES[known.kind].roles.keys()
    source = f"{entry.origin} {shown}" + ("" if sure else " (by name only)") + _note(known.kind)
    return PartFiles(part, known.kind, files, name, entry.licence, source, hashes)


def _note(kind: str) -> str:
    return "; a stand-in for FACodec" if kind == "ge2e" else ""
