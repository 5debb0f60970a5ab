"""Packages that the network needs and an environment may lack."""

from __future__ import annotations

from importlib.util import find_spec

from mavin.errors import MavinError

__all__ = ["lacking_packages", "need_torch"]


def lacking_packages() -> tuple[str, ...]:
    """Packages that the network needs and that are not installed."""
    needed = ("torch", "diffusers", "transformers", "tokenizers", "safetensors")
    return tuple(name for name in needed if find_spec(name) is None)


def need_torch() -> None:
    """Makes sure that PyTorch is installed.

    Raises:
        MavinError: if it is not, with how to install it.
    """
    if lacking := lacking_packages():
        raise MavinError(
            f"The network needs {', '.join(lacking)}, which this environment has not. Install the extra: "
            "pip install 'mavin[torch]'. Without it, --renderer stage draws a previz."
        )
