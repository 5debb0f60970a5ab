"""What a page shows of a film: a picture of each shot, and the film itself, small enough to carry along."""

from __future__ import annotations

import base64
import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mavin.errors import MavinError
from mavin.frames import FPS
from mavin.media import probe_film, read_frames, read_sound, write_video

__all__ = ["ShotPicture", "clip_uri", "shot_pictures"]

STRIP_HEIGHT = 90
CLIP_WIDTH = 480
_SOUND = 48_000


@dataclass(frozen=True, slots=True)
class ShotPicture:
    """The middle of one shot as a data URI, and from when to when it lasts, in seconds."""

    uri: str
    start: float
    end: float


def _size(path: Path, *, height: int = 0, width: int = 0) -> tuple[int, int]:
    """Even width and height with the film's aspect."""
    head = probe_film(path)
    if not head.width:
        return 0, 0
    scale = height / head.height if height else min(1.0, width / head.width)
    return max(2, round(head.width * scale / 2) * 2), max(2, round(head.height * scale / 2) * 2)


def shot_pictures(path: Path, cuts: Sequence[int] | None, *, most: int = 12) -> tuple[ShotPicture, ...]:
    """The middle frame of each shot; of six equal parts where nobody knows the cuts; none of a film without pictures.

    Args:
        path: the film.
        cuts: first frames of its shots but the first, ``None`` if unknown.
        most: how many are shown at most.
    """
    try:
        size = _size(path, height=STRIP_HEIGHT)
        frames = read_frames(path, size) if size[0] else np.zeros((0, 2, 2, 3), np.uint8)
    except MavinError:
        return ()
    count = len(frames)
    if not count:
        return ()
    if cuts is None:
        cuts = [round(count * part / 6) for part in range(1, 6)]
    bounds = sorted({0, *(cut for cut in cuts if 0 < cut < count), count})
    found = [
        ShotPicture(_jpeg(frames[(start + end - 1) // 2]), start / FPS, end / FPS) for start, end in pairwise(bounds)
    ]
    return tuple(found[:most])


def _jpeg(picture: NDArray[np.uint8]) -> str:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=82)
    return f"data:image/jpeg;base64,{base64.b64encode(file.getvalue()).decode()}"


def clip_uri(path: Path, *, small: int = 1_500_000) -> str:
    """The film as a data URI: as it is up to ``small`` bytes, else 480 pixels wide; empty if it cannot be read."""
    try:
        size = _size(path, width=CLIP_WIDTH)
        if path.suffix.lower() == ".mp4" and path.stat().st_size <= small:
            data = path.read_bytes()
        elif not size[0]:
            return ""
        else:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / "clip.mp4"
                write_video(
                    copy, iter(read_frames(path, size)), read_sound(path, _SOUND), size=size, sample_rate=_SOUND
                )
                data = copy.read_bytes()
    except (MavinError, OSError):
        return ""
    return f"data:video/mp4;base64,{base64.b64encode(data).decode()}"
