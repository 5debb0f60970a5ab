"""Faces in a picture, their points and who they are, by dlib (extra ``evaluators``).

frontal detector (in the package) ─▶ box ─▶ 5 points ─▶ dlib's 128 numbers        stand-in for ArcFace
                                         └▶ 68 points ─▶ ArcFace's five points
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evaluators.features.base import Features, ModelInfo
from evaluators.features.weights import hash_of
from mavin.errors import UsageError

__all__ = ["LEAST_SCORE", "DlibFaces", "FaceBox", "FacePoints", "faces_in"]

LEAST_SCORE: Final = 0.25
"""Of dlib's detector.  On photographs false finds scored up to 0.12, the weakest true face of a group 0.29."""
_LOOKED_AT: Final = 640  # pixels of the longer side that are searched


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A face from eyebrows to chin, in pixels of its picture."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> int:
        """Pixels of its side."""
        return self.right - self.left


def _dlib() -> Any:
    try:
        import dlib
    except ImportError:
        raise UsageError("Finding faces needs dlib, got none. Install it: pip install 'mavin[evaluators]'") from None
    return dlib


@functools.lru_cache(maxsize=1)
def _detector() -> Any:
    return _dlib().get_frontal_face_detector()


def faces_in(picture: NDArray[np.uint8]) -> tuple[FaceBox, ...]:
    """The frontal faces of a picture, largest first.

    Args:
        picture: RGB, uint8 of shape (H, W, 3).

    Raises:
        UsageError: if dlib is not installed.
    """
    from PIL import Image

    height, width = picture.shape[:2]
    scale = _LOOKED_AT / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    looked = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BILINEAR))
    boxes, _, _ = _detector().run(np.ascontiguousarray(looked), 0, LEAST_SCORE)
    found = [
        FaceBox(*(round(side / scale) for side in (box.left(), box.top(), box.right(), box.bottom()))) for box in boxes
    ]
    return tuple(sorted(found, key=lambda face: -face.size))


def _opened(kind: str, path: Path) -> Any:
    try:
        return getattr(_dlib(), kind)(str(path))
    except RuntimeError as error:
        raise UsageError(
            f"{path} must be a model of dlib for {kind}, got a file that is none ({error}). Pull it again."
        ) from None


class FacePoints:
    """Both eyes, the nose and the corners of the mouth, from dlib's 68 points.

    Args:
        path: ``shape_predictor_68_face_landmarks.dat``.
    """

    def __init__(self, path: Path) -> None:
        self._predictor = _opened("shape_predictor", path)
        self.sha256 = hash_of(path)

    def five(self, picture: NDArray[np.uint8], face: FaceBox) -> NDArray[np.float64]:
        """(5, 2) of (x, y): left eye, right eye, nose tip, left and right corner of the mouth, as in the picture."""
        found = self._predictor(np.ascontiguousarray(picture), _rectangle(face))
        points = np.array([[part.x, part.y] for part in found.parts()], np.float64)
        eyes = points[36:42].mean(axis=0), points[42:48].mean(axis=0)
        return np.stack([*eyes, points[30], points[48], points[54]])


class DlibFaces:
    """dlib's face descriptor.

    Args:
        folder: ``dlib_face_recognition_resnet_model_v1.dat`` and ``shape_predictor_5_face_landmarks.dat``.
    """

    def __init__(self, folder: Path) -> None:
        network = folder / "dlib_face_recognition_resnet_model_v1.dat"
        self._predictor = _opened("shape_predictor", folder / "shape_predictor_5_face_landmarks.dat")
        self._network = _opened("face_recognition_model_v1", network)
        self.info = ModelInfo(
            "dlib face recognition ResNet v1",
            hash_of(network),
            "frontal faces, 150 × 150 by five points",
            128,
            ("dlib-bin",),
        )

    def embed(self, picture: NDArray[np.uint8], faces: tuple[FaceBox, ...]) -> Features:
        """(n, 128) of faces in one picture."""
        pixels = np.ascontiguousarray(picture)
        rows = [
            np.array(self._network.compute_face_descriptor(pixels, self._predictor(pixels, _rectangle(face))))
            for face in faces
        ]
        return np.stack(rows).astype(np.float32) if rows else np.zeros((0, self.info.dimensions), np.float32)


def _rectangle(face: FaceBox) -> Any:
    return _dlib().rectangle(face.left, face.top, face.right, face.bottom)
