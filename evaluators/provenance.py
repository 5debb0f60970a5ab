"""With what a value was made: enough to make it again, and to see that two values were not made alike."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Provenance", "file_sha256", "versions_of"]

Setting = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """What produced a value; everything is empty for a formula on words alone.

    Attributes:
        model: id of the model or tool, such as ``TransNetV2``; of a stand-in its own, never the paper's.
        weights: sha256 of the model's weights.
        sampling: which frames or samples of a film it saw, in words.
        settings: thresholds, penalties and whatever else moves the number.
        versions: packages and their versions.
    """

    model: str = ""
    weights: str = ""
    sampling: str = ""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """One line for people."""
        packages = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        head = f"{self.model} ({packages})" if self.model and packages else self.model or packages
        parts = [head, f"weights sha256 {self.weights[:12]}" if self.weights else "", self.sampling]
        for name, value in self.settings.items():
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            parts.append(f"{name} = {value:g}" if is_number else f"{name} = {value}")
        return "; ".join(part for part in parts if part)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data, without what is empty."""
        data = {
            "model": self.model,
            "weights": self.weights,
            "sampling": self.sampling,
            "settings": dict(self.settings),
            "versions": dict(self.versions),
        }
        return {name: value for name, value in data.items() if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | str) -> Provenance:
        """What :meth:`to_json` gave; a plain sentence, as older records hold, is taken as the sampling."""
        return cls(sampling=data) if isinstance(data, str) else cls(**data)

    def with_settings(self, **settings: Setting) -> Provenance:
        """The same with more settings."""
        return Provenance(self.model, self.weights, self.sampling, {**self.settings, **settings}, self.versions)


def versions_of(*packages: str) -> dict[str, str]:
    """The installed versions of packages; one that is not installed is left out."""
    found = {}
    for package in packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def file_sha256(*files: Path) -> str:
    """sha256 of files one after the other, read in pieces."""
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
    return digest.hexdigest()
