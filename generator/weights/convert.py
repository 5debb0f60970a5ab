"""Public files into a pipeline's folder, part by part; an interrupted conversion goes on where it stopped.

    check every part's names and shapes ──▶ write part after part ──▶ README.md ──▶ model_index.json

Nothing is written before all parts are known to fit.  What is done is noted in ``.convert.json``; the index,
without which a folder is no pipeline, comes last.  A shard at a time is in memory.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from generator.card import card
from generator.identity import IdentityEmbeddings
from generator.layout import (
    REQUIRED_PARTS,
    FileInfo,
    PartInfo,
    PipelineIndex,
    Sampling,
    Training,
    write_index,
)
from generator.presets import PRESETS, TowerConfig
from generator.shards import SHARD_BYTES, ShardWriter, headers, save_module
from generator.weights.files import PartFiles
from generator.weights.progressed import Progressed, only_one, stamp
from generator.weights.reading import dtype_name, read_tensors
from generator.weights.recipes import KNOWN, RECIPES, Shapes, misfits
from mavin.errors import MavinError, UsageError
from mavin.store import sha256_of

__all__ = ["DTYPES", "Converted", "convert"]

DTYPES: Final = {"bfloat16": torch.bfloat16, "float16": torch.float16, "float32": torch.float32}
"""Types of numbers that a backbone and a text encoder can be written in."""

Say = Callable[[int, int, str], None]
"""Called with bytes written, bytes in all, and what is going on."""

_CASTABLE: Final = ("backbone", "text_encoder")
_USABLE: Final = frozenset({"F64", "F32", "F16", "BF16", "I64", "I32", "BOOL"})
_SPARE_BYTES: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Converted:
    """A pipeline that was made.

    Attributes:
        folder: where.
        index: its ``model_index.json``.
        size: bytes of all its files.
        reused: parts that an earlier, interrupted conversion had written.
        shared: parts whose file is that of the model store under a second name.
        seconds: what it took.
    """

    folder: Path
    index: PipelineIndex
    size: int
    reused: tuple[str, ...]
    shared: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Planned:
    """A part that fits: its files, configuration, shapes, and the bytes that it will take."""

    files: PartFiles
    config: dict[str, Any]
    shapes: Shapes
    dtype: torch.dtype | None
    size: int
    shared: bool


def convert(
    parts: Sequence[PartFiles],
    dest: Path,
    *,
    name: str | None = None,
    dtype: str | None = None,
    configs: Mapping[str, Any] | None = None,
    force: bool = False,
    shard_bytes: int = SHARD_BYTES,
    progress: Say | None = None,
) -> Converted:
    """Makes a pipeline's folder.

    Args:
        parts: the files of every part.
        dest: the folder; must not be there, or be an interrupted conversion of the same files.
        name: of the pipeline; the folder's if left out.
        dtype: key of :data:`DTYPES` for the backbone and the text encoder; as they are if left out.
        configs: by part, configurations of parts that are not of the public size; ``training`` and
            ``sampling`` may stand beside them for a backbone of one's own.
        force: replace a pipeline that is there.
        shard_bytes: largest file of weights.
        progress: told how far it is.

    Raises:
        UsageError: if parts are missing, damaged, hold code or do not fit, or the folder is in the way.
        MavinError: if the disk has too little room, or another conversion writes into the folder.
    """
    started = time.monotonic()
    say: Say = progress or (lambda *_: None)
    if dtype is not None and dtype not in DTYPES:
        raise UsageError(f"A dtype must be one of {', '.join(DTYPES)}, got {dtype!r}. Choose one of these.")
    if lacking := [part for part in REQUIRED_PARTS if part not in {each.part for each in parts}]:
        raise UsageError(
            f"A pipeline must have {', '.join(REQUIRED_PARTS)}; files for {', '.join(lacking)} are missing."
        )
    configs = dict(configs or {})
    known = {*(each.part for each in parts), "training", "sampling", "identity"}
    if unknown := sorted(configs.keys() - known):
        raise UsageError(f"Configurations must be for {', '.join(sorted(known))}, got {unknown[0]!r}.")
    say(0, 0, "looking at the files")
    planned = [_plan(each, configs.get(each.part), DTYPES[dtype] if dtype else None) for each in parts]
    index = _index(planned, name or dest.name, configs)
    total = sum(each.size for each in planned)
    with only_one(dest):
        state = Progressed.begin(dest, _request(planned, name or dest.name, dtype), force=force)
        _require_room(dest, sum(each.size for each in planned if not each.shared and each.files.part not in state.done))
        done, reused = 0, []
        for each in planned:
            if each.files.part in state.done:
                reused.append(each.files.part)
            else:
                _write(each, dest, shard_bytes, lambda at, what, base=done: say(base + at, total, what))  # type: ignore[misc]
                state.finish(each.files.part, _hashed(dest, each, say, done, total))
            done += each.size
        if index.training.references and "identity" not in state.done:
            _write_identity(dest, planned, configs.get("identity"))
            state.finish("identity", {})
        (dest / "README.md").write_text(card(index), encoding="utf-8")
        say(total, total, "writing the index")
        files = {name: info for part in state.done.values() for name, info in part.items()}
        whole = write_index(dest, index.model_copy(update={"files": files}))
        state.forget()
    size = sum(info.size for info in whole.files.values())
    shared = tuple(each.files.part for each in planned if each.shared)
    return Converted(dest, whole, size, tuple(reused), shared, time.monotonic() - started)


# ── before anything is written ───────────────────────────────────────────────────────────────────


def _plan(files: PartFiles, config: Mapping[str, Any] | None, dtype: torch.dtype | None) -> _Planned:
    recipe = RECIPES[files.kind]
    states = {role: read_tensors(files.files[role]) for role in recipe.roles}
    names = " and ".join(str(files.files[role]) for role in recipe.roles)
    shadow = {role: _shadow(state, files.files[role]) for role, state in states.items()}
    chosen = dict(config) if config is not None else _fitting_config(files.kind, shadow)
    expected = recipe.expected(chosen)
    arranged = recipe.arrange(shadow, chosen)
    for module, wanted in expected.items():
        found = {name: tuple(tensor.shape) for name, tensor in arranged.get(module, {}).items()}
        if problems := misfits(found, wanted):
            raise UsageError(
                f"The weights in {names} must have the {len(wanted)} tensors of a {files.part} of kind {files.kind}, "
                f"got {'; '.join(problems)}. Choose the right file, or give its configuration with --config."
            )
    cast = dtype if files.part in _CASTABLE else None
    kinds = {tensor.dtype for tensors in arranged.values() for tensor in tensors.values()}
    sizes = [
        tensor.numel() * (cast.itemsize if cast is not None and tensor.is_floating_point() else tensor.element_size())
        for tensors in arranged.values()
        for tensor in tensors.values()
    ]
    source = files.files.get("model")
    shared = (
        files.kind == "dual_tower"
        and bool(files.verified)
        and source is not None
        and source.suffix == ".safetensors"
        and (cast is None or kinds == {cast})
    )
    return _Planned(files, chosen, expected, cast, sum(sizes), shared)


def _shadow(state: Mapping[str, Tensor], path: Path) -> dict[str, Tensor]:
    """The tensors' shapes and types without their numbers."""
    for name, tensor in state.items():
        if dtype_name(tensor.dtype) not in _USABLE:
            raise UsageError(
                f"{path} must hold numbers of 16 bits or more, got {dtype_name(tensor.dtype)} in {name}. Quantised "
                "weights need the scales of whoever made them: take the bfloat16 release."
            )
    return {name: torch.empty(tensor.shape, dtype=tensor.dtype, device="meta") for name, tensor in state.items()}


def _fitting_config(kind: str, shadow: Mapping[str, Mapping[str, Tensor]]) -> dict[str, Any]:
    """The public configuration; for a backbone, that of the preset whose shapes these are."""
    recipe = RECIPES[kind]
    public = recipe.config()
    if kind == "dual_tower":
        found = {name: tuple(tensor.shape) for name, tensor in shadow["model"].items()}
        for preset in (make() for make in PRESETS.values()):
            config = {"video": preset.video.as_dict(), "audio": preset.audio.as_dict()}
            head = "video_model.head.modulation"
            if found.get(head) == (1, 2, preset.video.dim) and not misfits(found, recipe.expected(config)["model"]):
                return config
    return public


def _index(planned: Sequence[_Planned], name: str, configs: Mapping[str, Any]) -> PipelineIndex:
    backbone = next(each.files for each in planned if each.files.part == "backbone")
    facts = KNOWN[backbone.entry].backbone if backbone.entry else None
    training, sampling = (facts.training, facts.sampling) if facts else (Training(), Sampling())
    try:
        if given := configs.get("training"):
            training = Training.model_validate(training.model_dump() | dict(given))
        if given := configs.get("sampling"):
            sampling = Sampling.model_validate(sampling.model_dump() | dict(given))
    except ValueError as error:
        raise UsageError(f"The configuration of training and sampling must be one ({error}).") from None
    layers = next(each.config for each in planned if each.files.part == "backbone")["video"]["num_layers"]
    if sampling.skip_layer >= layers:  # a block that a smaller network does not have
        sampling = sampling.model_copy(update={"skip_layer": 0})
    parts = {
        each.files.part: PartInfo(kind=each.files.kind, licence=each.files.licence, source=each.files.source)
        for each in planned
    }
    if training.references:
        parts["identity"] = PartInfo(kind="identity_embeddings", source="zeros, which add nothing until trained")
    return PipelineIndex(name=name, parts=parts, training=training, sampling=sampling)


def _require_room(dest: Path, needed: int) -> None:
    free = shutil.disk_usage(dest).free
    if needed and free < needed + _SPARE_BYTES:
        raise MavinError(
            f"The conversion needs {(needed + _SPARE_BYTES) / 1e6:,.0f} MB of free space, got {free / 1e6:,.0f} MB in "
            f"{dest}. Make room, or choose a folder on another disk."
        )


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def _write(planned: _Planned, dest: Path, shard_bytes: int, say: Callable[[int, str], None]) -> None:
    files, recipe = planned.files, RECIPES[planned.files.kind]
    place = dest / files.part
    place.mkdir(parents=True)
    for role, digest in (files.hashes or {}).items():
        say(0, f"checking {files.files[role].name}")
        if (got := sha256_of(files.files[role])) != digest:
            raise UsageError(
                f"{files.files[role]} must be the official file (SHA-256 {digest[:12]}…), got {got[:12]}…. It is "
                "damaged: fetch it again."
            )
    if "tokenizer" in files.files:
        shutil.copytree(files.files["tokenizer"], place / "tokenizer", ignore=shutil.ignore_patterns(".*"))
    (place / "config.json").write_text(_json(planned.config), encoding="utf-8")
    if planned.shared and _linked(files.files["model"], place / "model.safetensors"):
        return
    arranged = recipe.arrange({role: read_tensors(files.files[role]) for role in recipe.roles}, planned.config)
    written = 0
    for module, tensors in arranged.items():
        with ShardWriter(place, module, shard_bytes=shard_bytes) as writer:
            for name in sorted(tensors):
                tensor = tensors.pop(name)
                if planned.dtype is not None and tensor.is_floating_point():
                    tensor = tensor.to(planned.dtype)
                writer.add(name, tensor)
                written += tensor.numel() * tensor.element_size()
                say(written, f"writing the {files.part}")
    for path in place.glob("*.safetensors"):
        path.chmod((place / "config.json").stat().st_mode)  # the library makes files that nobody else may read
    for module, shapes in planned.shapes.items():
        found = {name: info.shape for name, info in headers(place, module).items()}
        if problems := misfits(found, shapes):
            raise MavinError(f"What was written to {place / module} is not what was to be: {'; '.join(problems)}.")


def _linked(source: Path, target: Path) -> bool:
    with suppress(OSError):  # another file system, or one without hard links
        os.link(source, target)
        return True
    return False


def _write_identity(dest: Path, planned: Sequence[_Planned], config: Mapping[str, Any] | None) -> None:
    towers = next(each.config for each in planned if each.files.part == "backbone")
    timbre = next((each.config for each in planned if each.files.part == "timbre"), None)
    given = dict(config or {})
    dim = TowerConfig.of(towers["video"]).dim
    module = IdentityEmbeddings(dim, **{"timbre_dim": timbre["dim"] if timbre else 256, **given})
    place = dest / "identity"
    place.mkdir(exist_ok=True)
    (place / "config.json").write_text(_json(module.part_config()), encoding="utf-8")
    save_module(module, place)


def _hashed(dest: Path, planned: _Planned, say: Say, done: int, total: int) -> dict[str, FileInfo]:
    part, found = planned.files.part, {}
    for path in sorted((dest / part).rglob("*")):
        if not path.is_file():
            continue
        say(done + planned.size, total, f"checking the {part}")
        name = path.relative_to(dest).as_posix()
        known = (
            (planned.files.verified or {}).get("model") if planned.shared and path.suffix == ".safetensors" else None
        )
        linked = known is not None and path.samefile(planned.files.files["model"])
        digest = known if linked and known is not None else sha256_of(path)
        found[name] = FileInfo(size=path.stat().st_size, sha256=digest)
    return found


def _request(planned: Sequence[_Planned], name: str, dtype: str | None) -> dict[str, Any]:
    """What was asked for, of which files: only the same request goes on with what is written."""
    parts = {
        each.files.part: {
            "kind": each.files.kind,
            "config": each.config,
            "files": {role: stamp(path) for role, path in each.files.files.items()},
        }
        for each in planned
    }
    return {"name": name, "dtype": dtype, "parts": parts}


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
