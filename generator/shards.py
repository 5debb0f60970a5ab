"""Weights on disk: safetensors, whole or in shards, checked by their headers before a tensor is read.

    FOLDER/model.safetensors
    FOLDER/model-00001-of-00002.safetensors, …  and  FOLDER/model.safetensors.index.json: tensor → file

The names are those of other libraries, so that they can read a folder of ours and we theirs.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from safetensors import SafetensorError, safe_open

from mavin.errors import UsageError

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

__all__ = [
    "SHARD_BYTES",
    "ShardWriter",
    "TensorInfo",
    "file_header",
    "headers",
    "load_module",
    "load_tensors",
    "save_module",
]

SHARD_BYTES: Final = 5_000_000_000
"""A shard ends before it would be larger."""

_PICKLES: Final = frozenset({".pt", ".pth", ".ckpt", ".bin", ".pkl"})
_BYTES: Final = {
    "F64": 8, "I64": 8, "U64": 8, "F32": 4, "I32": 4, "U32": 4, "F16": 2, "BF16": 2, "I16": 2, "U16": 2,
    "F8_E4M3": 1, "F8_E5M2": 1, "I8": 1, "U8": 1, "BOOL": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """What a header says of a tensor: dtype by safetensors' name, shape, and the file it is in."""

    dtype: str
    shape: tuple[int, ...]
    file: Path

    @property
    def numel(self) -> int:
        """How many numbers."""
        return math.prod(self.shape)

    @property
    def bytes(self) -> int:
        """How many bytes."""
        return self.numel * _BYTES.get(self.dtype, 1)


def file_header(path: Path | str) -> dict[str, TensorInfo]:
    """The tensors of one safetensors file, from its header alone.

    Raises:
        UsageError: if the file is missing, a pickle, no safetensors, or cut off.
    """
    path = Path(path)
    if path.suffix.casefold() in _PICKLES:
        raise UsageError(
            f"Weights must be a .safetensors file, got {path}: a pickle can run any code while it loads. "
            "Convert it first with mavin weights convert."
        )
    if not path.is_file():
        raise UsageError(f"Weights must be a .safetensors file, and there is none at {path}.")
    try:
        with safe_open(path, framework="np") as file:
            slices = {name: file.get_slice(name) for name in file.keys()}  # noqa: SIM118
            return {
                name: TensorInfo(str(each.get_dtype()), tuple(each.get_shape()), path) for name, each in slices.items()
            }
    except (SafetensorError, OSError) as error:
        raise UsageError(
            f"Weights must be a whole .safetensors file, got {path} ({error}). It may be cut off: fetch it again."
        ) from None


def headers(folder: Path | str, name: str = "model") -> dict[str, TensorInfo]:
    """The tensors of a module in a folder, whole or in shards.

    Raises:
        UsageError: if files are missing, cut off, or disagree with their index.
    """
    folder = Path(folder)
    index = folder / f"{name}.safetensors.index.json"
    if not index.is_file():
        whole = folder / f"{name}.safetensors"
        others = [path for path in folder.glob("*") if path.suffix.casefold() in _PICKLES]
        return file_header(others[0] if others and not whole.is_file() else whole)
    try:
        places = json.loads(index.read_text(encoding="utf-8"))["weight_map"]
        shards = sorted(set(places.values()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{index} must map tensors to files ({error}). Fetch it again.") from None
    found: dict[str, TensorInfo] = {}
    for shard in shards:
        if not re.fullmatch(r"[\w.-]+\.safetensors", str(shard)):
            raise UsageError(f"{index} must name .safetensors files beside it, got {shard!r}.")
        found |= file_header(folder / shard)
    if lost := sorted(places.keys() ^ found.keys()):
        raise UsageError(f"The shards of {index} must hold the tensors that it lists; they differ in {_some(lost)}.")
    return found


def load_module(
    module: nn.Module,
    folder: Path | str,
    name: str = "model",
    *,
    device: torch.device | str | None = None,
    dtype: torch.dtype | None = None,
) -> None:
    """Loads a module's weights; every name and shape must fit, or nothing is loaded.

    Args:
        module: may be on the meta device: then the tensors that are read become its parameters.
        folder: where the files are.
        name: of the module.
        device: where to read to; ``None`` for the module's own.
        dtype: of floating-point weights; ``None`` as they are on disk.

    Raises:
        UsageError: if files are missing, cut off, pickles, or do not fit, with names.
    """
    load_tensors(module, headers(folder, name), str(Path(folder) / name), device=device, dtype=dtype)


def load_tensors(
    module: nn.Module,
    infos: Mapping[str, TensorInfo],
    where: str,
    *,
    device: torch.device | str | None = None,
    dtype: torch.dtype | None = None,
) -> None:
    """Loads the tensors that headers list into a module; see :func:`load_module`."""
    tied = _aliases(module)
    _check_fit(module, infos, tied, where)
    on_meta = any(parameter.device.type == "meta" for parameter in module.parameters())
    target = str(device) if device is not None and on_meta else "cpu"
    tensors: dict[str, Tensor] = {}
    try:
        for path in sorted({info.file for info in infos.values()}):
            with safe_open(path, framework="pt", device=target) as file:
                for key in (key for key, info in infos.items() if info.file == path):
                    tensor = file.get_tensor(key)
                    tensors[key] = tensor.to(dtype) if dtype is not None and tensor.is_floating_point() else tensor
    except (SafetensorError, OSError) as error:
        raise UsageError(f"The weights of {where} cannot be read ({error}). Fetch them again.") from None
    for pair in tied.items():
        there = next(name for name in pair if name in tensors)
        tensors |= dict.fromkeys(pair, tensors[there])
    module.load_state_dict(tensors, strict=True, assign=on_meta)
    if not on_meta and (device is not None or dtype is not None):
        module.to(device=device, dtype=dtype)


def save_module(
    module: nn.Module,
    folder: Path | str,
    name: str = "model",
    *,
    metadata: Mapping[str, str] | None = None,
    shard_bytes: int = SHARD_BYTES,
) -> None:
    """Writes a module's weights; tensors that share memory are written once."""
    tied = _aliases(module)
    with ShardWriter(folder, name, metadata=metadata, shard_bytes=shard_bytes) as writer:
        for key, tensor in module.state_dict().items():
            if key not in tied:
                writer.add(key, tensor)


class ShardWriter:
    """Writes tensors one by one, a shard at a time; the files get their names when all of them are there.

    Args:
        folder: made if it is not there.
        name: of the module.
        metadata: strings for every file's header.
        shard_bytes: a shard ends before it would be larger.
    """

    def __init__(
        self,
        folder: Path | str,
        name: str = "model",
        *,
        metadata: Mapping[str, str] | None = None,
        shard_bytes: int = SHARD_BYTES,
    ) -> None:
        self._folder, self._name, self._limit = Path(folder), name, shard_bytes
        self._folder.mkdir(parents=True, exist_ok=True)
        self._metadata = {"format": "pt", **(metadata or {})}
        self._held: dict[str, Tensor] = {}
        self._held_bytes = self._total = 0
        self._written: list[tuple[Path, tuple[str, ...]]] = []

    def __enter__(self) -> ShardWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def add(self, name: str, tensor: Tensor) -> None:
        """Takes a tensor; writes a shard when it is full."""
        size = tensor.numel() * tensor.element_size()
        if self._held and self._held_bytes + size > self._limit:
            self._flush()
        # A view would write the whole storage it looks into.
        self._held[name] = tensor.detach().cpu().contiguous().clone()
        self._held_bytes += size
        self._total += size

    def close(self) -> tuple[Path, ...]:
        """Writes what is left, gives the files their names and returns them."""
        self._flush()
        count = len(self._written)
        paths, places = [], {}
        for number, (partial, names) in enumerate(self._written, 1):
            last = f"{self._name}.safetensors" if count == 1 else f"{self._name}-{number:05}-of-{count:05}.safetensors"
            paths.append(self._folder / last)
            partial.replace(paths[-1])
            places.update(dict.fromkeys(names, last))
        index = self._folder / f"{self._name}.safetensors.index.json"
        if count > 1:
            content = {"metadata": {"total_size": self._total}, "weight_map": dict(sorted(places.items()))}
            index.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        else:
            index.unlink(missing_ok=True)
        self._written.clear()
        return tuple(paths)

    def discard(self) -> None:
        """Removes what was written so far."""
        for partial, _ in self._written:
            partial.unlink(missing_ok=True)
        self._written.clear()
        self._held.clear()

    def _flush(self) -> None:
        from safetensors.torch import save_file

        if not self._held and self._written:
            return
        partial = self._folder / f"{self._name}-{len(self._written) + 1:05}.safetensors.partial"
        self._written.append((partial, tuple(self._held)))
        save_file(self._held, partial, self._metadata)
        self._held, self._held_bytes = {}, 0


def _aliases(module: nn.Module) -> dict[str, str]:
    """Parameters that are another one under a second name: second name → first."""
    first: dict[int, str] = {}
    return {
        name: first[id(parameter)]
        for name, parameter in module.named_parameters(remove_duplicate=False)
        if first.setdefault(id(parameter), name) != name
    }


def _check_fit(module: nn.Module, infos: Mapping[str, TensorInfo], tied: Mapping[str, str], where: str) -> None:
    wanted = {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}
    named_otherwise = {name for pair in tied.items() if infos.keys() & set(pair) for name in pair}
    problems = []
    if missing := sorted(wanted.keys() - infos.keys() - named_otherwise):
        problems.append(f"{len(missing)} missing ({_some(missing)})")
    if extra := sorted(infos.keys() - wanted.keys()):
        problems.append(f"{len(extra)} unknown ({_some(extra)})")
    if wrong := sorted(name for name in wanted.keys() & infos.keys() if wanted[name] != infos[name].shape):
        name = wrong[0]
        problems.append(f"{len(wrong)} of another shape ({name} must be {wanted[name]}, got {infos[name].shape})")
    if problems:
        raise UsageError(
            f"The weights in {where} must have this network's {len(wanted)} tensors, got {'; '.join(problems)}. "
            "Choose the weights of this configuration."
        )


def _some(names: Iterable[str], count: int = 3) -> str:
    names = list(names)
    return ", ".join(names[:count]) + (", …" if len(names) > count else "")
