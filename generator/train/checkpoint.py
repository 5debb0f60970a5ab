"""Checkpoints: everything that a run needs to go on exactly, as safetensors and JSON.

    CHECKPOINTS/step-000200/
    ├── state.json              step, order of the examples, configuration, versions
    ├── backbone/               the network as a pipeline's part: config.json and model.safetensors
    ├── identity/               the role embeddings and the timbre's projection, likewise
    ├── ema/backbone, identity  the averaged weights, likewise: what is used afterwards
    └── optimizer/              first.safetensors, second.safetensors: the moments of AdamW

A checkpoint is written under another name and gets its own when all of it is on the disk: whatever ends
the process, what was there before is whole.  Nothing that was drawn needs to be kept, since every draw
follows from the seed and the step.  Files are whole whatever the number of processes, so another number can go on.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import torch
from pydantic import BaseModel, ConfigDict, ValidationError
from safetensors import safe_open
from torch import Tensor
from torch.distributed.tensor import DTensor, distribute_tensor

from generator.shards import SHARD_BYTES, ShardWriter, TensorInfo, headers
from generator.train.group import Group
from generator.train.optimizer import EMA
from generator.train.order import OrderState
from generator.train.trainee import Trainee
from mavin.errors import MavinError, UsageError

__all__ = ["State", "checkpoints", "discard_unfinished", "fill", "load_checkpoint", "read_state", "save_checkpoint"]

_NAME: Final = re.compile(r"step-(\d{6,})")
_MOMENTS: Final = {"first": "exp_avg", "second": "exp_avg_sq"}


class State(BaseModel):
    """``state.json``.

    Attributes:
        step: steps done.
        order: how far the order of the examples has come.
        fixed: the part of the configuration that must stay as it is.
        data: fingerprint of the dataset.
        torch: its version; another one may compute other last digits.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    step: int
    order: OrderState
    fixed: dict[str, Any]
    data: str
    torch: str


def checkpoints(folder: Path) -> list[Path]:
    """The whole checkpoints in a folder, oldest first."""
    found = [path for path in folder.glob("step-*") if _NAME.fullmatch(path.name) and (path / "state.json").is_file()]
    return sorted(found, key=lambda path: int(path.name.removeprefix("step-")))


def save_checkpoint(
    folder: Path,
    state: State,
    trainee: Trainee,
    optimizer: torch.optim.Optimizer,
    ema: EMA | None,
    group: Group,
    *,
    keep: int,
    shard_bytes: int = SHARD_BYTES,
) -> Path:
    """Writes a checkpoint, then removes the oldest of more than ``keep``.

    Every process must call it: they gather their parts of each tensor, and process 0 writes.

    Raises:
        MavinError: if the disk is full or cannot be written; the checkpoints that were there stay.
    """
    final = folder / f"step-{state.step:06}"
    partial = folder / f".{final.name}.partial"
    writes = group.rank == 0
    if writes:
        _make_empty(partial)
    weights = dict(trainee.named_parameters())
    moments = _moments(trainee, optimizer)
    with _whole(partial, writes=writes):
        for part, config in _parts(trainee).items():
            for place, tensors in (("", weights), ("ema", ema.tensors if ema else {})):
                if tensors:
                    own = partial / place / part
                    _write(own, "model", _of_part(tensors, part), writes=writes, shard_bytes=shard_bytes)
                    if writes:
                        (own / "config.json").write_text(_json(config), encoding="utf-8")
        for name, tensors in moments.items():
            _write(partial / "optimizer", name, tensors.items(), writes=writes, shard_bytes=shard_bytes)
        if writes:
            (partial / "state.json").write_text(_json(state.model_dump(mode="json")), encoding="utf-8")
            _publish(partial, final)
            for old in checkpoints(folder)[:-keep]:
                shutil.rmtree(old, ignore_errors=True)
    group.wait()
    return final


def discard_unfinished(folder: Path) -> None:
    """Removes what a process that was killed while writing has left."""
    for partial in folder.glob(".step-*.partial"):
        shutil.rmtree(partial, ignore_errors=True)


def read_state(checkpoint: Path) -> State:
    """What a checkpoint says of itself.

    Raises:
        UsageError: if it is none, or was written by another version.
    """
    path = checkpoint / "state.json"
    try:
        return State.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        reason = error.errors(include_url=False)[0]["msg"] if isinstance(error, ValidationError) else error.strerror
        raise UsageError(f"{path} must be the state of a checkpoint ({reason}). Go on from another one.") from None


def load_checkpoint(
    checkpoint: Path, state: State, trainee: Trainee, optimizer: torch.optim.Optimizer, ema: EMA | None
) -> None:
    """Puts everything back as it was.

    Raises:
        UsageError: if files are missing, cut off or of another network.
    """
    weights = dict(trainee.named_parameters())
    for part in _parts(trainee):
        fill(dict(_of_part(weights, part)), headers(checkpoint / part), str(checkpoint / part))
        if ema is not None:
            fill(dict(_of_part(ema.tensors, part)), headers(checkpoint / "ema" / part), str(checkpoint / "ema" / part))
    for parameter in (each for each in weights.values() if each.requires_grad):
        place = parameter.device if optimizer.defaults["fused"] else "cpu"
        optimizer.state[parameter] = {
            "step": torch.tensor(float(state.step), dtype=torch.float32, device=place),
            **{key: torch.zeros_like(parameter) for key in _MOMENTS.values()},
        }
    for name, tensors in _moments(trainee, optimizer).items():
        fill(tensors, headers(checkpoint / "optimizer", name), str(checkpoint / "optimizer" / name))


@torch.no_grad()
def fill(tensors: Mapping[str, Tensor], infos: Mapping[str, TensorInfo], where: str) -> None:
    """Reads tensors in place, each process its own part of those that are sharded.

    Raises:
        UsageError: if names or shapes differ.
    """
    wanted = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
    got = {name: info.shape for name, info in infos.items()}
    if wanted != got:
        name = sorted(name for name in wanted.keys() | got.keys() if wanted.get(name) != got.get(name))[0]
        raise UsageError(
            f"The weights in {where} must be those of this network; {name} must be {wanted.get(name, 'absent')}, "
            f"got {got.get(name, 'nothing')}. Choose those of this configuration."
        )
    for path in sorted({info.file for info in infos.values()}):
        with safe_open(path, framework="pt") as file:
            for name in file.keys():  # noqa: SIM118
                tensor, whole = tensors[name], file.get_tensor(name)
                if isinstance(tensor, DTensor):
                    whole = whole.to(tensor.device, tensor.dtype)
                    whole = distribute_tensor(whole, tensor.device_mesh, tensor.placements, src_data_rank=None)
                tensor.copy_(whole)


def _parts(trainee: Trainee) -> dict[str, dict[str, Any]]:
    """The parts of a pipeline that are trained, with their configurations."""
    found = {"backbone": trainee.backbone.part_config()}
    if trainee.identity is not None:
        found["identity"] = trainee.identity.part_config()
    return found


def _of_part(tensors: Mapping[str, Tensor], part: str) -> Iterator[tuple[str, Tensor]]:
    return ((name.removeprefix(f"{part}."), each) for name, each in tensors.items() if name.startswith(f"{part}."))


def _moments(trainee: Trainee, optimizer: torch.optim.Optimizer) -> dict[str, dict[str, Tensor]]:
    named = {name: optimizer.state.get(parameter, {}) for name, parameter in trainee.named_parameters()}
    return {file: {name: own[key] for name, own in named.items() if key in own} for file, key in _MOMENTS.items()}


def _write(folder: Path, name: str, tensors: Iterable[tuple[str, Tensor]], *, writes: bool, shard_bytes: int) -> None:
    """One tensor after the other, so that no process ever holds all of a sharded network."""
    writer = ShardWriter(folder, name, shard_bytes=shard_bytes) if writes else None
    for key, tensor in tensors:
        whole = tensor.full_tensor() if isinstance(tensor, DTensor) else tensor
        if writer is not None:
            writer.add(key, whole)
    if writer is not None:
        writer.close()


def _make_empty(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    except OSError as error:
        raise MavinError(f"The checkpoint {folder} cannot be written ({error.strerror}).") from error


@contextmanager
def _whole(partial: Path, *, writes: bool) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MavinError(
            f"The checkpoint {partial} could not be written ({error.strerror or error}). Check the free disk space; "
            "the checkpoints before it are untouched: go on with --resume."
        ) from error
    finally:
        if writes:
            shutil.rmtree(partial, ignore_errors=True)


def _publish(partial: Path, final: Path) -> None:
    """Makes sure that every byte is on the disk, then gives the folder its name in one go."""
    for path in [*partial.rglob("*"), partial]:
        _sync(path)
    shutil.rmtree(final, ignore_errors=True)
    partial.replace(final)
    _sync(final.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _json(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
