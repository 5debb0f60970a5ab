"""What this machine has: free memory, and how fast it multiplies and copies."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import torch

__all__ = ["copy_rate", "free_bytes", "is_here", "matmul_rate"]

_CGROUPS = (
    (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")),
    (Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"), Path("/sys/fs/cgroup/memory/memory.usage_in_bytes")),
)


def is_here(device: torch.device) -> bool:
    """Whether PyTorch can compute on a device on this machine."""
    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError, NotImplementedError):
        return False
    return True


def free_bytes(device: torch.device) -> int | None:
    """Memory that can still be taken on a device; ``None`` where it cannot be known."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0]) if is_here(device) else None
    if device.type != "cpu":
        return None
    found = []
    with suppress(OSError, ValueError, IndexError):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found.append(next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")))
    for limit, used in _CGROUPS:  # a container may have less than its machine
        with suppress(OSError, ValueError):
            found.append(int(limit.read_text(encoding="ascii")) - int(used.read_text(encoding="ascii")))
    return min(found, default=None)


def matmul_rate(device: torch.device, dtype: torch.dtype) -> float:
    """Operations a second of a product of large matrices, the best of a few."""
    size = 4096 if device.type == "cuda" else 768
    a = torch.randn(size, size, device=device).to(dtype)
    return 2 * size**3 / _best_seconds(device, lambda: a @ a)


def copy_rate(device: torch.device) -> float:
    """Bytes a second that go through memory when a large tensor is scaled, the best of a few."""
    numbers = (64 if device.type == "cuda" else 8) * 2**20
    a = torch.ones(numbers, device=device)
    return 2 * 4 * numbers / _best_seconds(device, lambda: a * 2.0)


def _best_seconds(device: torch.device, work: object, times: int = 4) -> float:
    assert callable(work)
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        best = min(best, time.perf_counter() - started)
    return best
