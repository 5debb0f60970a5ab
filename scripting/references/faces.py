"""Faces in a picture, by dlib's frontal detector, whose weights are part of its package (extra ``references``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Face", "detector_available", "find_faces"]

_LEAST_SCORE = 0.25
"""On photographs, false finds scored up to 0.12 and the weakest true face of a group 0.29."""
_PYRAMID_PIXELS = 320  # smaller pictures are doubled, for the detector sees no face below 80 pixels
_LOOKED_AT = 800


@dataclass(frozen=True, slots=True)
class Face:
    """A face from eyebrows to chin, in pixels of the picture that was searched."""

    left: int
    top: int
    size: int
    score: float


@cache
def _detector() -> Any:
    try:
        import dlib
    except ImportError:
        return None
    return dlib.get_frontal_face_detector()


def detector_available() -> bool:
    """Whether faces can be looked for here."""
    return _detector() is not None


def find_faces(pixels: NDArray[np.uint8]) -> tuple[Face, ...]:
    """The frontal faces of a picture, largest first.

    Args:
        pixels: RGB, uint8 of shape (H, W, 3).
    """
    from PIL import Image

    detector = _detector()
    if detector is None:
        return ()
    height, width = pixels.shape[:2]
    scale = min(1.0, _LOOKED_AT / max(height, width))
    looked = pixels
    if scale < 1:
        smaller = Image.fromarray(pixels).resize((max(1, round(width * scale)), max(1, round(height * scale))))
        looked = np.asarray(smaller)
    again = 2 if max(looked.shape[:2]) < _PYRAMID_PIXELS else 1
    boxes, scores, _ = detector.run(np.ascontiguousarray(looked), again, _LEAST_SCORE)
    found = [
        Face(round(box.left() / scale), round(box.top() / scale), round(box.width() / scale), round(score, 2))
        for box, score in zip(boxes, scores, strict=True)
    ]
    return tuple(sorted(found, key=lambda face: -face.size))
