"""Files of tensors, opened as memory maps: nothing is read before it is used, and no code in them is run."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from mavin.errors import UsageError

__all__ = ["PICKLES", "dtype_name", "read_tensors"]

PICKLES: Final = frozenset({".pt", ".pth", ".bin", ".ckpt", ".pkl"})
"""Suffixes of files that are read as pickles of tensors."""
_WRAPPERS: Final = ("state_dict", "model_state", "generator", "model", "module", "weights")
_NAMES: Final = {
    torch.float64: "F64",
    torch.float32: "F32",
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.float8_e4m3fn: "F8_E4M3",
    torch.float8_e5m2: "F8_E5M2",
    torch.int64: "I64",
    torch.int32: "I32",
    torch.int16: "I16",
    torch.int8: "I8",
    torch.uint8: "U8",
    torch.bool: "BOOL",
}


def dtype_name(dtype: torch.dtype) -> str:
    """What safetensors calls a type of numbers."""
    return _NAMES.get(dtype, str(dtype).removeprefix("torch."))


def read_tensors(path: Path | str) -> dict[str, Tensor]:
    """Every tensor of a file by its name, on the CPU and, where the format allows, not read before it is used.

    Takes safetensors, and pickles of PyTorch (``.pt``, ``.pth``, ``.bin``, ``.ckpt``) that hold tensors and
    plain containers only.  A dictionary around the weights, such as ``{"state_dict": …}``, is taken off.

    Raises:
        UsageError: if the file is missing, cut off, holds code or other objects, or no tensors.
    """
    path = Path(path)
    if not path.is_file():
        raise UsageError(f"Weights must be a file, and there is none at {path}.")
    if path.suffix.casefold() == ".safetensors":
        return _safetensors(path)
    if path.suffix.casefold() in PICKLES:
        return _pickled(path)
    raise UsageError(
        f"Weights must be a .safetensors file or a PyTorch file ({', '.join(sorted(PICKLES))}), got {path}."
    )


def _safetensors(path: Path) -> dict[str, Tensor]:
    try:
        with safe_open(path, framework="pt") as file:
            return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError) as error:
        raise UsageError(
            f"{path} must be a whole .safetensors file ({error}). It may be cut off: fetch it again."
        ) from None


def _pickled(path: Path) -> dict[str, Tensor]:
    with path.open("rb") as file:
        head = file.read(2)
    try:
        archive = zipfile.is_zipfile(path)
    except zipfile.BadZipFile as error:
        raise _damaged(path, str(error)) from None
    if head == b"PK" and not archive:
        raise _damaged(path, "its table of contents is missing")
    if not archive and not head.startswith(b"\x80"):
        raise _damaged(path, "it does not begin as one")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what they say of the format, the errors say too
            # A file of before PyTorch 1.6 is no archive and cannot be mapped: it is read whole.
            content = torch.load(path, map_location="cpu", weights_only=True, mmap=archive or None)
    except Exception as error:  # a hostile or broken file can raise anything
        reason = str(error)
        if "TorchScript" in reason:
            raise _refused(path, "GLOBAL a TorchScript program") from None
        if type(error).__name__ == "UnpicklingError":
            raise _refused(path, reason) from None
        raise _damaged(path, reason.partition("\n")[0]) from None
    tensors = _unwrapped(content)
    if tensors is None:
        raise UsageError(
            f"{path} must hold tensors by their names, got {_described(content)}. Give the file with the weights."
        )
    return tensors


def _unwrapped(content: Any) -> dict[str, Tensor] | None:
    for _ in range(3):
        if not isinstance(content, Mapping):
            return None
        if content and all(isinstance(value, Tensor) for value in content.values()):
            return {str(name): value.detach() for name, value in content.items()}
        inner = next((content[name] for name in _WRAPPERS if isinstance(content.get(name), Mapping)), None)
        if inner is None:
            return None
        content = inner
    return None


def _described(content: Any) -> str:
    if isinstance(content, Mapping):
        return f"a dictionary with {', '.join(map(repr, list(content)[:3])) or 'nothing'}"
    return f"{type(content).__name__}"


def _refused(path: Path, reason: str) -> UsageError:
    if "invalid load key" in reason or "unpickling stack underflow" in reason or "pickle data was truncated" in reason:
        return _damaged(path, "it is no PyTorch file, or only the beginning of one")
    found = re.search(
        r"(?:GLOBAL|Unsupported global:?|Trying to call reduce for unrecognized function) ([^\n]+)", reason
    )
    what = (
        re.sub(r"\s+was not an allowed global by default.*|^GLOBAL\s+", "", found[1]).strip(" .")
        if found
        else "objects"
    )
    return UsageError(
        f"{path} must hold tensors only, got {what}: a pickle like that can run any code while it loads, so nothing "
        "of it was run or read. Ask its makers for safetensors."
    )


def _damaged(path: Path, reason: str) -> UsageError:
    return UsageError(f"{path} must be a whole PyTorch file ({reason}). It may be cut off: fetch it again.")
