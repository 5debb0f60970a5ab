"""What weights are, from their headers: counts, shapes, hashes, licences, and what is missing, unknown or misshapen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from generator.layout import INDEX, PipelineIndex, check_files, read_config, read_index
from generator.presets import PRESETS
from generator.shards import TensorInfo, file_header, headers
from generator.weights.reading import PICKLES, dtype_name, read_tensors
from generator.weights.recipes import RECIPES, Recipe, misfits
from mavin.errors import UsageError
from mavin.store import sha256_of

__all__ = ["FileReport", "ModuleReport", "PartReport", "WeightsInfo", "inspect"]

Say = Callable[[int, int, str], None]
"""Called with bytes read, bytes in all, and what is going on."""

_IDENTITY: Final = "identity_embeddings"
# A tensor that only this public file has, its kind and its role there.
_MARKS: Final = (
    ("video_model.head.modulation", "dual_tower", "model"),
    ("audio_model.head.modulation", "dual_tower", "model"),
    ("encoder.downsamples.0.downsamples.0.residual.0.gamma", "wan2.2", "model"),
    ("blocks.0.attn.q.weight", "umt5", "model"),
    ("decoder.conv_in.weight", "mmaudio_16k", "vae"),
    ("conv_pre.bias", "mmaudio_16k", "vocoder"),
    ("block.0.weight_g", "facodec", "encoder"),
    ("timbre_encoder.last_ln.weight", "facodec", "decoder"),
    ("lstm.weight_ih_l0", "ge2e", "model"),
)


@dataclass(frozen=True, slots=True)
class ModuleReport:
    """The weights of one module, whole or in shards.

    Attributes:
        name: of the module, which its files begin with.
        tensors: how many.
        parameters: numbers in them.
        bytes: of them.
        dtypes: type of numbers to how many there are.
        problems: what is missing, unknown or misshapen, empty if all fits its configuration.
    """

    name: str
    tensors: int
    parameters: int
    bytes: int
    dtypes: dict[str, int]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartReport:
    """One part of a pipeline, or what a public file is for.

    Attributes:
        part: where it belongs, such as ``backbone``; empty where it was not recognised.
        kind: of the part.
        licence: SPDX name, empty where not stated.
        source: where it is from.
        fits: presets whose network has these shapes.
        modules: its weights.
    """

    part: str
    kind: str
    licence: str
    source: str
    fits: tuple[str, ...]
    modules: tuple[ModuleReport, ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """A file: its bytes and, where known or asked for, its SHA-256 and whether it is what the index says."""

    name: str
    bytes: int
    sha256: str | None
    verified: bool | None


@dataclass(frozen=True, slots=True)
class WeightsInfo:
    """What a folder or file holds.

    Attributes:
        path: of it.
        what: ``pipeline``, ``folder`` or ``file``.
        name: of the pipeline, else of the file or folder.
        parts: what it consists of.
        files: every file.
        index: the pipeline's index as it is in the file, ``None`` for others.
        problems: all that is wrong, each with where.
    """

    path: Path
    what: str
    name: str
    parts: tuple[PartReport, ...]
    files: tuple[FileReport, ...]
    index: dict[str, Any] | None
    problems: tuple[str, ...]

    @property
    def parameters(self) -> int:
        """Numbers in all parts."""
        return sum(module.parameters for part in self.parts for module in part.modules)


def inspect(
    path: Path | str,
    *,
    verify: bool = False,
    hashes: Mapping[str, str] | None = None,
    licence: str = "",
    source: str = "",
    progress: Say | None = None,
) -> WeightsInfo:
    """What a pipeline's folder, a folder of weights or a file of weights holds; no weights are loaded.

    Args:
        path: of it.
        hashes: SHA-256 of files, where they are known; a pipeline knows its own.
        licence: of files that do not say it themselves.
        source: where such files are from.
        verify: also read every byte and compare its hash.
        progress: called while hashes are computed.

    Raises:
        UsageError: if there is nothing, or a file is damaged or holds code.
    """
    path = Path(path)
    say: Say = progress or (lambda *_: None)
    if path.is_file():
        part = replace(_file_part(path), licence=licence, source=source)
        files = _files({path.name: path}, hashes or {}, verify=verify, say=say)
        return WeightsInfo(path, "file", path.name, (part,), files, None, _told((part,)))
    if not path.is_dir():
        raise UsageError(
            f"Weights must be a folder, a file, or a name that `mavin weights list` shows, got {str(path)!r}."
        )
    if (path / INDEX).is_file():
        return _pipeline(path, verify=verify, say=say)
    found = {
        each.relative_to(path).as_posix(): each
        for each in sorted(path.rglob("*"))
        if each.is_file() and each.suffix.casefold() in PICKLES | {".safetensors"}
    }
    if not found:
        raise UsageError(f"{path} must hold weights (.safetensors, .pth), and there are none.")
    parts = tuple(replace(_file_part(each), licence=licence, source=source) for each in found.values())
    return WeightsInfo(
        path, "folder", path.name, parts, _files(found, hashes or {}, verify=verify, say=say), None, _told(parts)
    )


def _pipeline(folder: Path, *, verify: bool, say: Say) -> WeightsInfo:
    index = read_index(folder)
    problems = []
    try:
        check_files(folder, index)
    except UsageError as error:
        problems.append(str(error))
    parts = []
    for name in index.parts:
        try:
            parts.append(_part(folder, index, name))
        except UsageError as error:
            problems.append(str(error))
    there = {name: folder / name for name in index.files if (folder / name).is_file()}
    hashes = {name: info.sha256 for name, info in index.files.items()}
    files = _files(there, hashes, verify=verify, say=say)
    problems += [f"{file.name}: its SHA-256 is not that of the index." for file in files if file.verified is False]
    told = _told(parts)
    return WeightsInfo(
        folder, "pipeline", index.name, tuple(parts), files, index.model_dump(mode="json", by_alias=True),
        (*told, *dict.fromkeys(problems)),
    )  # fmt: skip


def _part(folder: Path, index: PipelineIndex, name: str) -> PartReport:
    info = index.parts[name]
    config = read_config(folder, name)
    expected = _identity_shapes(config) if info.kind == _IDENTITY else _recipe(info.kind).expected(config)
    modules = tuple(_module(module, headers(folder / name, module), wanted) for module, wanted in expected.items())
    fits = _fits({key: each.shape for key, each in headers(folder / name).items()}) if name == "backbone" else ()
    return PartReport(name, info.kind, info.licence, info.source, fits, modules)


def _recipe(kind: str) -> Recipe:
    if kind not in RECIPES:
        raise UsageError(f"A part must be of a kind among {', '.join((*RECIPES, _IDENTITY))}, got {kind!r}.")
    return RECIPES[kind]


def _identity_shapes(config: Mapping[str, Any]) -> dict[str, dict[str, tuple[int, ...]]]:
    from generator.identity import IdentityEmbeddings

    with torch.device("meta"):
        module = IdentityEmbeddings.from_config(config)
    return {"model": {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}}


def _module(name: str, infos: Mapping[str, TensorInfo], wanted: Mapping[str, tuple[int, ...]] | None) -> ModuleReport:
    shapes = {key: info.shape for key, info in infos.items()}
    dtypes: Counter[str] = Counter()
    for info in infos.values():
        dtypes[info.dtype] += info.numel
    problems = misfits(shapes, wanted) if wanted is not None else ()
    size = sum(info.bytes for info in infos.values())
    return ModuleReport(name, len(infos), sum(dtypes.values()), size, dict(dtypes.most_common()), problems)


def _file_part(path: Path) -> PartReport:
    """One file: what it is for, by a tensor that only this public file has."""
    if path.suffix.casefold() in PICKLES:
        tensors = read_tensors(path)
        infos = {
            name: TensorInfo(dtype_name(tensor.dtype), tuple(tensor.shape), path) for name, tensor in tensors.items()
        }
    else:
        infos = file_header(path)
    kind, role = next(((kind, role) for mark, kind, role in _MARKS if mark in infos), ("", ""))
    fits = _fits({name: info.shape for name, info in infos.items()}) if kind == "dual_tower" else ()
    report = _module(path.stem, infos, None)
    if not kind:
        return PartReport("", "", "", "", (), (report,))
    recipe = RECIPES[kind]
    problems = () if fits else _public_misfits(recipe, role, infos)
    return PartReport(recipe.part, kind, "", "", fits, (replace(report, problems=problems),))


def _public_misfits(recipe: Recipe, role: str, infos: Mapping[str, TensorInfo]) -> tuple[str, ...]:
    shadow: dict[str, Tensor] = {name: torch.empty(info.shape, device="meta") for name, info in infos.items()}
    config = recipe.config()
    try:
        arranged = recipe.roles[role](shadow, config)
    except UsageError as error:
        return (str(error),)
    expected = recipe.expected(config)
    problems: list[str] = []
    for module, tensors in arranged.items():
        found = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
        # Another file of the same module brings what begins otherwise.
        heads = {name.partition(".")[0] for name in found}
        wanted = {name: shape for name, shape in expected[module].items() if name.partition(".")[0] in heads}
        problems += misfits(found, wanted)
    return tuple(f"against the public weights: {each}" for each in problems)


def _fits(shapes: Mapping[str, tuple[int, ...]]) -> tuple[str, ...]:
    recipe, found = RECIPES["dual_tower"], []
    for preset in (make() for make in PRESETS.values()):
        if shapes.get("video_model.head.modulation") == (1, 2, preset.video.dim):
            config = {"video": preset.video.as_dict(), "audio": preset.audio.as_dict()}
            if not misfits(shapes, recipe.expected(config)["model"]):
                found.append(preset.name)
    return tuple(found)


def _files(paths: Mapping[str, Path], hashes: Mapping[str, str], *, verify: bool, say: Say) -> tuple[FileReport, ...]:
    sizes = {name: path.stat().st_size for name, path in paths.items()}
    total, done = sum(sizes.values()), 0
    reports = []
    for name, path in paths.items():
        digest, verified = hashes.get(name), None
        if verify:
            say(done, total, f"reading {name}")
            found = sha256_of(path)
            verified = None if digest is None else found == digest
            digest = found
        done += sizes[name]
        reports.append(FileReport(name, sizes[name], digest, verified))
    return tuple(reports)


def _told(parts: tuple[PartReport, ...] | list[PartReport]) -> tuple[str, ...]:
    return tuple(
        f"{part.part or 'unknown'}, {module.name}: {problem}"
        for part in parts
        for module in part.modules
        for problem in module.problems
    )
