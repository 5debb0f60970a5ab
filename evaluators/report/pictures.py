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
from mavin.media import FrameReader, read_sound, write_video

__all__ = ["ShotPicture", "clip_uri", "shot_pictures"]

STRIP_HEIGHT = 90
CLIP_WIDTH = 480
_SOUND = 48_000
MOST_SECONDS = 120
"""Of a film that are shown: a file of hours must not fill the memory, nor the page."""


@dataclass(frozen=True, slots=True)
class ShotPicture:
    """The middle of one shot as a data URI, and from when to when it lasts, in seconds."""

    uri: str
    start: float
    end: float


def _size(path: Path, *, height: int = 0, width: int = 0) -> tuple[int, int]:
    """Even width and height with the aspect of the film as it is seen, which may be turned; zeros without a picture."""
    first = next(iter(FrameReader(path, [None])), None)
    if first is None:
        return 0, 0
    tall, wide = first[0].shape[:2]
    scale = height / tall if height else min(1.0, width / wide)
    return max(2, round(wide * scale / 2) * 2), max(2, round(tall * scale / 2) * 2)


def shot_pictures(path: Path, cuts: Sequence[int] | None, *, most: int = 12) -> tuple[ShotPicture, ...]:
    """The middle frame of each shot; of six equal parts where nobody knows the cuts; none of a film without pictures.

    Args:
        path: the film.
        cuts: first frames of its shots but the first, ``None`` if unknown.
        most: how many are shown at most.
    """
    try:
        size = _size(path, height=STRIP_HEIGHT)
        frames = [picture for (picture,) in FrameReader(path, [size], seconds=MOST_SECONDS)] if size[0] else []
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
    """The film as a data URI: as it is up to ``small`` bytes if every browser plays it, else 480 pixels wide.

    Empty if it cannot be read.
    """
    try:
        size = _size(path, width=CLIP_WIDTH)
        if path.suffix.lower() == ".mp4" and path.stat().st_size <= small and _plays(path):
            data = path.read_bytes()
        elif not size[0]:
            return ""
        else:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / "clip.mp4"
                frames = (picture for (picture,) in FrameReader(path, [size], seconds=MOST_SECONDS))
                write_video(copy, frames, read_sound(path, _SOUND, seconds=MOST_SECONDS), size=size, sample_rate=_SOUND)
                data = copy.read_bytes()
    except (MavinError, OSError):
        return ""
    return f"data:video/mp4;base64,{base64.b64encode(data).decode()}"


def _plays(path: Path) -> bool:
    """Whether it is what every browser plays: H.264 of 8 bits and AAC; H.265, 10 bits or MPEG-4 stay black in most."""
    import av

    with av.open(str(path)) as container:
        pictures = [(one.codec_context.name, one.codec_context.pix_fmt) for one in container.streams.video]
        sounds = [one.codec_context.name for one in container.streams.audio]
    return all(one in (("h264", "yuv420p"), ("h264", "yuvj420p")) for one in pictures) and set(sounds) <= {"aac", "mp3"}
