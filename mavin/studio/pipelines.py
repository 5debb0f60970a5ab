"""The networks that the page may render with: by name, never by a path that a request brings."""

from __future__ import annotations

from pathlib import Path

from mavin.api.choosing import choose_renderer

__all__ = ["Pipelines"]


class Pipelines:
    """The pipelines that are here, and the one that the studio was started with.

    Args:
        weights: a pipeline's folder or the name of an installed one, as ``mavin render`` takes it.
    """

    def __init__(self, weights: str | None = None) -> None:
        self._own = weights

    def names(self) -> dict[str, str]:
        """How each is called, and where it lies; the studio's own first."""
        from generator.layout import available_pipelines

        found = {name: name for name in available_pipelines()}
        if self._own is None:
            return found
        return {Path(self._own).resolve().name if Path(self._own).exists() else self._own: self._own} | found

    def renderers(self) -> tuple[str, ...]:
        """The renderers that can be chosen, the default first: the network only where there are weights for it."""
        if not self.names():
            return ("stage",)
        first = choose_renderer(options={"weights": self._own}).name
        return (first, "stage" if first == "mavin" else "mavin")
