"""Which renderer draws a film when nobody says: one rule for the command line, Python, the studio and benchmarks.

named                        that one; ``mavin`` without weights takes those of the package
weights or steps, … given    mavin
MAVIN_RENDERER               that one
labels wanted                stage, which alone knows what its frames show
weights and torch are here   mavin
else                         stage, and why is said
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from mavin.api.packages import lacking_packages
from mavin.errors import UsageError

if TYPE_CHECKING:
    from mavin.api.generating import GenerationOptions

__all__ = ["RendererChoice", "choose_renderer"]

_VARIABLE = "MAVIN_RENDERER"


@dataclass(frozen=True, slots=True)
class RendererChoice:
    """What draws.

    Attributes:
        name: of the renderer.
        options: of the network, with its weights; empty for the stage.
        notice: why it is not the network, where that would have been expected; else empty.
    """

    name: str
    options: GenerationOptions
    notice: str = ""


def choose_renderer(
    renderer: str | None = None, options: GenerationOptions | None = None, *, labels: bool = False
) -> RendererChoice:
    """The renderer of a film.

    Args:
        renderer: its name, if one was named.
        options: of the network that were given.
        labels: whether labels of the frames are wanted.

    Raises:
        UsageError: if ``MAVIN_RENDERER`` names none.
    """
    given = {key: value for key, value in (options or {}).items() if value is not None}
    if renderer is None and not given:
        renderer = _from_environment() or ("stage" if labels else None)
    absent = "" if given.get("weights") is not None else _why_absent()
    if renderer is None and not given and absent:
        return RendererChoice("stage", {}, f"Drawn by the stage, as a previz: {absent}.")
    if renderer in {None, "mavin"} and not absent:
        from generator.layout import SHIPPED

        given.setdefault("weights", SHIPPED)
    return RendererChoice(renderer or "mavin", cast("GenerationOptions", given))


def _from_environment() -> str | None:
    from generator.renderers import RENDERERS

    name = os.environ.get(_VARIABLE, "").strip()
    if name and name not in RENDERERS:
        raise UsageError(f"{_VARIABLE} must be one of {', '.join(RENDERERS)}, got {name!r}. Change it, or unset it.")
    return name or None


def _why_absent() -> str:
    from generator.layout import SHIPPED, shipped_pipeline

    if shipped_pipeline() is None:
        return f"this copy of mavin comes without the weights {SHIPPED} of the network"
    if lacking := lacking_packages():
        return f"the network needs {', '.join(lacking)} (pip install 'mavin[torch]')"
    return ""
