"""Small films with known cuts and known speech."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mavin.caption import DialogueLine, GlobalCaption, HierarchicalCaption, Role, Shot
from mavin.media import write_video

SIZE = (96, 64)


NAMES = ("Ana", "Ben", "Cid")


def caption_with(
    cuts_ms: tuple[int, ...], lines: tuple[tuple[int, int], ...] = (), duration_ms: int = 4000, voices: int = 1
) -> Any:
    """A caption that cuts at these times and speaks in these intervals, each line in the next of so many voices."""
    bounds = [0, *cuts_ms, duration_ms]
    shots = [
        Shot(id=f"S{at + 1}", start_ms=bounds[at], end_ms=bounds[at + 1], setting="a room", action="Ana waits.")
        for at in range(len(bounds) - 1)
    ]
    return HierarchicalCaption(
        duration_ms=duration_ms,
        global_caption=GlobalCaption(storyline="Ana waits.", style="plain", ambience="quiet"),
        shots=tuple(shots),
        roles=tuple(Role(id=f"C{at}", name=NAMES[at - 1]) for at in range(1, voices + 1)) if lines else (),
        dialogue=tuple(
            DialogueLine(id=f"L{at + 1}", role=f"C{at % voices + 1}", start_ms=start, end_ms=end, text="Well.")
            for at, (start, end) in enumerate(lines)
        ),
    )


def scene(seed: int) -> np.ndarray:
    """A still picture (H, W, 3) of blocks in colours that depend on the seed."""
    colours = np.random.default_rng(seed).integers(0, 255, (4, 6, 3)).astype(np.uint8)
    return np.repeat(np.repeat(colours, SIZE[1] // 4, axis=0), SIZE[0] // 6, axis=1)


def write_cut_film(path: Path, lengths: tuple[int, ...], audio: Any = None) -> None:
    """A film of still shots of so many frames."""
    frames = (scene(number) for number, length in enumerate(lengths) for _ in range(length))
    write_video(path, frames, audio, size=SIZE)


@pytest.fixture(scope="session")
def planned() -> Callable[..., HierarchicalCaption]:
    """:func:`caption_with`."""
    return caption_with


@pytest.fixture(scope="session")
def cut_film() -> Callable[..., None]:
    """:func:`write_cut_film`."""
    return write_cut_film
