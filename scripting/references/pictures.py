"""What a picture shows of a role, measured by code: colours of hair and clothes, faces, framing, light.

Regions are relative to the face box of width f (eyebrows to chin):

        ┌───────────┐  0.65 f above ┐
        │   hair    │               │ hair band: what is neither skin nor background
        ├┬─────────┬┤  0.15 f above ┘
        ││  face   ││  skin is sampled on the cheeks
        │└─────────┘│
        │  neck     │  beside it: long hair
        ├───────────┤  0.6 f below the chin
        │  clothes  │
        └───────────┘  2.6 f below the chin

Nothing is ever said of age, gender, expression or identity: no measurement here could know.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mavin.media import read_picture
from scripting.references.colours import CLOTHES, HAIR, lab, palette
from scripting.references.cues import Framing, Hair, Light, PictureCues
from scripting.references.faces import Face, detector_available, find_faces

__all__ = ["study_picture"]

_SIDE = 1024  # pixels of the longer side that are looked at
_LEAST_SIDE = 32
_DARK_SKIN = 30.0  # lightness below which skin, hair and shadow cannot be told apart
_NEVER = ("age", "gender", "facial expression", "who it is", "kinds of garments", "body and build")
_MISSING_FACES = "faces, hair and framing (no face detector; install it with: pip install 'mavin[references]')"

Box = tuple[int, int, int, int]


def study_picture(path: Path) -> PictureCues:
    """Measures a picture.

    Raises:
        UsageError: as :func:`mavin.media.read_picture`.
    """
    picture = read_picture(path)
    width, height = picture.size
    if min(width, height) < _LEAST_SIDE:
        return PictureCues(
            width=width,
            height=height,
            not_analysed=(f"everything: {width}×{height} pixels are too few, {_LEAST_SIDE} a side are needed",),
        )
    picture.thumbnail((_SIDE, _SIDE))
    rgba = np.asarray(picture)
    opaque = rgba[..., 3] > 127
    on_white = np.where(opaque[..., None], rgba[..., :3], np.uint8(255)).astype(np.uint8)
    seen = rgba[..., :3][opaque] if opaque.any() else on_white.reshape(-1, 3)
    common: dict[str, Any] = {
        "width": width,
        "height": height,
        "light": _light(seen),
        "colours": tuple(named.name for named in palette(_thinned(seen), CLOTHES)),
    }
    if not detector_available():
        return PictureCues(**common, not_analysed=(_MISSING_FACES, *_NEVER))
    faces = find_faces(on_white)
    if not faces:
        why = "hair, clothing and framing (no frontal face was found)"
        return PictureCues(**common, faces=0, not_analysed=(why, *_NEVER))
    return _with_face(common, on_white, opaque, faces)


def _with_face(
    common: dict[str, Any], pixels: NDArray[np.uint8], opaque: NDArray[np.bool_], faces: tuple[Face, ...]
) -> PictureCues:
    face = faces[0]
    missing = []
    clothing = tuple(named.name for named in palette(_clothes(pixels, opaque, face), CLOTHES, 3) if named.share >= 0.15)
    if not clothing:
        missing.append("clothing (the picture ends at the neck)")
    hair = _hair(pixels, opaque, face)
    if hair is None:
        missing.append("hair (it cannot be told from what is behind it)")
    elif hair.colour:
        missing.append("whether it is hair or a hat")
    return PictureCues.model_validate(
        common
        | {
            "faces": len(faces),
            "framing": _framing(face, pixels.shape[0]),
            "hair": hair,
            "clothing": clothing[:2],
            "not_analysed": (*missing, *_NEVER),
        }
    )


def _framing(face: Face, height: int) -> Framing:
    share = face.size / height
    return "close-up" if share >= 0.27 else "medium" if share >= 0.1 else "full"


def _light(pixels: NDArray[np.uint8]) -> Light:
    lightness = float(np.mean(lab(_thinned(pixels))[..., 0]))
    return "dark" if lightness < 32 else "bright" if lightness > 72 else "medium"


def _thinned(pixels: NDArray[np.uint8], most: int = 40_000) -> NDArray[np.uint8]:
    return pixels[:: max(1, len(pixels) // most)]


def _cut(pixels: NDArray[np.uint8], opaque: NDArray[np.bool_], box: Box) -> NDArray[np.uint8]:
    """The opaque pixels of a box (left, top, right, bottom) that lie inside the picture, shape (N, 3)."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3])
    if right <= left or bottom <= top:
        return np.zeros((0, 3), np.uint8)
    cut: NDArray[np.uint8] = pixels[top:bottom, left:right][opaque[top:bottom, left:right]]
    return cut


def _box(face: Face, left: float, top: float, right: float, bottom: float) -> Box:
    """A box in face widths, from the face box's upper left corner."""
    f = face.size
    return (
        round(face.left + left * f),
        round(face.top + top * f),
        round(face.left + right * f),
        round(face.top + bottom * f),
    )


def _clothes(pixels: NDArray[np.uint8], opaque: NDArray[np.bool_], face: Face) -> NDArray[np.uint8]:
    """What is below the neck, without what has the colour of the skin; empty where hardly anything is visible."""
    if pixels.shape[0] < face.top + 1.9 * face.size:
        return np.zeros((0, 3), np.uint8)
    below = _cut(pixels, opaque, _box(face, -0.4, 1.6, 1.4, 3.6))
    if len(below) == 0:
        return below
    colours = lab(below)
    kept = ~_near_skin(colours, _skin(pixels, opaque, face))
    if kept.mean() < 0.2:
        return below  # clothes of the colour of skin, or hardly any
    worn = kept & ~_near_any(colours, _background(pixels, opaque, face), 13)
    # Where nearly all of it looks like the background, that is the colour of the clothes too.
    return below[worn if worn.mean() >= 0.25 else kept]


def _background(pixels: NDArray[np.uint8], opaque: NDArray[np.bool_], face: Face) -> NDArray[np.float64] | None:
    """The main colours left and right of the head, CIELAB of shape (N, 3): none where it is transparent.

    ``None`` where the picture ends beside the head.
    """
    boxes = (_box(face, -1.1, -0.6, -0.55, 0.3), _box(face, 1.55, -0.6, 2.1, 0.3))
    everywhere = np.ones_like(opaque)
    if not any(len(_cut(pixels, everywhere, box)) for box in boxes):
        return None
    behind = np.concatenate([_cut(pixels, opaque, box) for box in boxes])
    return lab(np.array([named.rgb for named in palette(behind, CLOTHES, 4)], np.uint8).reshape(-1, 3))


def _skin(pixels: NDArray[np.uint8], opaque: NDArray[np.bool_], face: Face) -> NDArray[np.float64]:
    cheeks = lab(_cut(pixels, opaque, _box(face, 0.2, 0.4, 0.8, 0.7)))
    middle: NDArray[np.float64] = np.median(cheeks, axis=0) if len(cheeks) else np.array([70.0, 12.0, 16.0])
    return middle


def _near_skin(colours: NDArray[np.float64], skin: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Skin keeps its hue while its lightness changes with the light."""
    hue = np.hypot(colours[:, 1] - skin[1], colours[:, 2] - skin[2])
    near: NDArray[np.bool_] = (hue < 11) & (np.abs(colours[:, 0] - skin[0]) < 22)
    return near


def _hair(pixels: NDArray[np.uint8], opaque: NDArray[np.bool_], face: Face) -> Hair | None:
    """Hair of a face, ``None`` where it cannot be told from the background."""
    crown = _cut(pixels, opaque, _box(face, 0.1, -0.65, 0.9, -0.15))
    if len(crown) < 0.15 * face.size**2:
        return None  # the picture ends at the forehead
    skin = _skin(pixels, opaque, face)
    background = _background(pixels, opaque, face)
    crown_lab = lab(crown)
    bare = _near_skin(crown_lab, skin)
    candidates = ~bare & ~_near_any(crown_lab, background, 13)
    if bare.mean() >= 0.4 and candidates.mean() < 0.12:
        # In the dark everything has the colour of skin; and a high forehead alone is no bald head.
        seen_whole = face.top >= 0.65 * face.size
        return Hair(bare=True) if seen_whole and background is not None and skin[0] > _DARK_SKIN else None
    if candidates.mean() < 0.25 or bare.mean() > 0.35:
        return None  # hidden, or so near to the skin's colour that only its shadows would be named
    sides = np.concatenate(
        [_cut(pixels, opaque, _box(face, left, -0.4, right, 0.3)) for left, right in ((-0.12, 0.06), (0.94, 1.12))]
    )
    side_lab = lab(sides)
    outer = sides[~_near_skin(side_lab, skin) & ~_near_any(side_lab, background, 13)] if len(sides) else sides
    named = palette(np.concatenate([crown[candidates], outer]), HAIR, 1)
    if not named or not _on_both_sides(pixels, opaque, face, named[0].rgb):
        return None
    return Hair(colour=named[0].name, long=_is_long(pixels, opaque, face, named[0].rgb, background))


def _on_both_sides(pixels: NDArray[np.uint8], opaque: NDArray[np.bool_], face: Face, rgb: tuple[int, int, int]) -> bool:
    """Hair grows left and right; what fills one side alone is a wall behind a tilted head."""
    hair = lab(np.array([rgb], np.uint8))
    halves = [_cut(pixels, opaque, _box(face, left, -0.6, left + 0.4, 0.0)) for left in (-0.05, 0.65)]
    shares = sorted(float(_near_any(lab(half), hair, 20).mean()) if len(half) else 0.0 for half in halves)
    return shares[0] >= 0.08 and shares[1] >= 0.2


def _near_any(colours: NDArray[np.float64], prototypes: NDArray[np.float64] | None, reach: float) -> NDArray[np.bool_]:
    if prototypes is None or len(prototypes) == 0 or len(colours) == 0:
        return np.zeros(len(colours), bool)
    distance = np.linalg.norm(colours[:, None] - prototypes[None], axis=-1).min(axis=1)
    near: NDArray[np.bool_] = distance < reach
    return near


def _is_long(
    pixels: NDArray[np.uint8],
    opaque: NDArray[np.bool_],
    face: Face,
    rgb: tuple[int, int, int],
    background: NDArray[np.float64] | None,
) -> bool:
    """Whether the hair's colour goes on beside the neck, where neither clothes nor background have it."""
    hair = lab(np.array([rgb], np.uint8))
    clothes = palette(_clothes(pixels, opaque, face), CLOTHES, 3)
    others = lab(np.array([named.rgb for named in clothes], np.uint8).reshape(-1, 3))
    if len(others) and np.linalg.norm(others - hair, axis=-1).min() < 18:
        return False
    if background is None or bool(_near_any(hair, background, 15)[0]):
        return False
    for left, right in ((-0.4, 0.05), (0.95, 1.4)):
        beside = _cut(pixels, opaque, _box(face, left, 1.0, right, 1.45))
        if len(beside) and _near_any(lab(beside), hair, 16).mean() >= 0.35:
            return True
    return False
