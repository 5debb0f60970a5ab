"""Pictures as networks want them: scaled, cropped, normalised.

F = frames, C = 3 colours, H, W = pixels; ``x_FCHW`` are floats in 0…255 until they are normalised.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from evaluators.features.base import Frames

__all__ = [
    "CLIP_COLOURS",
    "IMAGENET_COLOURS",
    "centre_crop",
    "checked",
    "evenly",
    "middle",
    "normalised",
    "short_side",
    "squashed",
]

Mode = Literal["bilinear", "bicubic"]
Colours = tuple[tuple[float, float, float], tuple[float, float, float]]

IMAGENET_COLOURS: Colours = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
CLIP_COLOURS: Colours = ((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711))


def checked(frames: Frames) -> Tensor:
    """Frames (F, H, W, 3) as ``x_FCHW``.

    Raises:
        ValueError: if they are of another shape or kind, or there are none.
    """
    if frames.ndim != 4 or frames.shape[3] != 3 or frames.dtype != np.uint8 or not frames.size:
        raise ValueError(f"frames must be uint8 of shape (F, H, W, 3) with F ≥ 1, got {frames.dtype} {frames.shape}")
    return torch.from_numpy(np.ascontiguousarray(frames)).permute(0, 3, 1, 2).float()


def squashed(
    x_FCHW: Tensor, height: int, width: int, mode: Mode = "bilinear", *, antialias: bool = False, whole: bool = True
) -> Tensor:
    """Stretched to a size; with ``whole`` rounded as a picture of bytes would be."""
    scaled = functional.interpolate(x_FCHW, (height, width), mode=mode, align_corners=False, antialias=antialias)
    return scaled.round().clamp(0, 255) if whole else scaled


def short_side(
    x_FCHW: Tensor, side: int, mode: Mode = "bilinear", *, antialias: bool = False, whole: bool = True
) -> Tensor:
    """Scaled so that the shorter side has so many pixels, the longer one as many as the aspect gives, rounded down."""
    height, width = x_FCHW.shape[2:]
    size = (side, side * width // height) if height <= width else (side * height // width, side)
    return squashed(x_FCHW, *size, mode, antialias=antialias, whole=whole)


def centre_crop(x_FCHW: Tensor, side: int) -> Tensor:
    """The square in the middle."""
    height, width = x_FCHW.shape[2:]
    top, left = round((height - side) / 2), round((width - side) / 2)
    return x_FCHW[:, :, top : top + side, left : left + side]


def normalised(x_FCHW: Tensor, colours: Colours) -> Tensor:
    """Bytes to 0…1, then each colour less its mean, by its deviation."""
    mean, deviation = (torch.tensor(part).view(1, 3, 1, 1) for part in colours)
    return (x_FCHW / 255 - mean) / deviation


def evenly(count: int, wanted: int) -> list[int]:
    """``wanted`` indices from the first of ``count`` to the last, evenly; repeated where there are fewer."""
    return [round(at) for at in np.linspace(0, count - 1, wanted)]


def middle(count: int, wanted: int) -> list[int]:
    """The middle of each of ``wanted`` equal parts of ``count`` frames: VBench's sampling."""
    bounds = np.linspace(0, count, min(wanted, count) + 1).astype(int)
    found = [int((start + end - 1) // 2) for start, end in pairwise(bounds)]
    return found + [found[-1]] * (wanted - len(found))
