"""Where the parts of a pipeline are, and when: all on the device, or one after the other.

offload   text encoder   codecs        network        codecs
none      ████████████████████████████████████████████████████   on the device all the time
cpu       ███ device     ███ device    ██████ device  ███ device   in main memory in between
disk      ███ device     ███ device    ██████ device  ███ device   nowhere in between: read again when needed
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import torch

from generator.parts import StoredPart, move
from generator.settings import OFFLOADS
from mavin.errors import UsageError

__all__ = ["Residence", "choose_device", "choose_dtype"]

_DTYPES: Final = {
    "float32": torch.float32,
    "fp32": torch.float32,
    "bfloat16": torch.bfloat16,
    "bf16": torch.bfloat16,
    "float16": torch.float16,
    "fp16": torch.float16,
    "float64": torch.float64,
}


def choose_device(name: torch.device | str) -> torch.device:
    """The device of a name; ``auto`` is the first GPU, else the CPU.

    Raises:
        UsageError: if PyTorch has no such device here.
    """
    if isinstance(name, str) and name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        have = "cpu, cuda" if torch.cuda.is_available() else "cpu"
        reason = str(error).partition("\n")[0].rstrip(".")
        raise UsageError(
            f"The device must be one that this PyTorch has ({have}), got {str(name)!r} ({reason}). Choose one of these."
        ) from None
    return device


def choose_dtype(name: torch.dtype | str, device: torch.device) -> torch.dtype:
    """The dtype of a name; ``auto`` is bfloat16 on a GPU and float32 on a CPU.

    Raises:
        UsageError: for another name.
    """
    if isinstance(name, torch.dtype):
        return name
    if name == "auto":
        return torch.float32 if device.type == "cpu" else torch.bfloat16
    if name not in _DTYPES:
        raise UsageError(f"The dtype must be auto, float32, bfloat16 or float16, got {name!r}. Choose one of these.")
    return _DTYPES[name]


class Residence:
    """Keeps the parts of a pipeline.

    Args:
        parts: those that are in memory.
        names: of all parts; those that are not in memory are loaded when they are needed.
        device: where they work.
        offload: one of :data:`generator.settings.OFFLOADS`.
        load: reads a part onto a device.

    Raises:
        UsageError: for another way of offloading, or one that needs files where there are none.
    """

    def __init__(
        self,
        parts: Mapping[str, StoredPart],
        names: tuple[str, ...],
        device: torch.device,
        offload: str = "none",
        load: Callable[[str, torch.device], StoredPart] | None = None,
    ) -> None:
        if offload not in OFFLOADS:
            raise UsageError(f"offload must be one of {', '.join(OFFLOADS)}, got {offload!r}. Choose one of these.")
        if offload == "disk" and load is None:
            raise UsageError("offload='disk' needs a pipeline that was loaded from a folder: save it first.")
        self.device, self.offload, self.names = device, offload, names
        self._load = load
        self._held = dict(parts)
        for name in names:
            if offload != "disk" and name not in self._held and load is not None:
                self._held[name] = load(name, torch.device("cpu") if offload == "cpu" else device)
        for part in self._held.values():
            move(part, device if offload == "none" else "cpu")

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def get(self, name: str) -> Any:
        """A part wherever it is; read from disk if it is nowhere."""
        if name in self._held:
            return self._held[name]
        if self._load is None or name not in self.names:
            raise UsageError(f"This pipeline has no {name}.")
        return self._load(name, torch.device("cpu"))

    @contextmanager
    def use(self, name: str) -> Iterator[Any]:
        """The part on the device, for as long as the block lasts."""
        if self.offload == "none" or name not in self.names:
            yield self.get(name)
            return
        if self.offload == "disk":
            assert self._load is not None
            part = self._load(name, self.device)
            try:
                yield part
            finally:
                del part
                gc.collect()  # modules refer to each other in circles
                _give_back(self.device)
            return
        part = self.get(name)
        try:
            move(part, self.device)
            yield part
        finally:
            move(part, "cpu")
            _give_back(self.device)


def _give_back(device: torch.device) -> None:
    """Lets other parts have the memory that PyTorch keeps for its next tensors."""
    if device.type == "cuda":
        torch.cuda.empty_cache()
