"""Colours as people name them: pixels to a few named shares, by distance in CIELAB."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["CLOTHES", "HAIR", "Named", "lab", "name_of", "palette"]

Pixels = NDArray[np.uint8]
"""RGB, uint8 of shape (N, 3)."""

CLOTHES: dict[str, tuple[int, int, int]] = {
    "black": (24, 24, 26), "dark grey": (74, 74, 78), "grey": (130, 130, 132), "light grey": (190, 190, 192),
    "white": (246, 246, 244), "cream": (242, 230, 203), "beige": (212, 190, 155), "brown": (121, 79, 48),
    "dark brown": (66, 43, 30), "dark red": (120, 24, 30), "red": (205, 40, 42), "orange": (231, 118, 34),
    "yellow": (245, 205, 50), "olive": (112, 116, 58), "dark green": (27, 71, 44), "green": (62, 140, 62),
    "light green": (152, 206, 130), "teal": (32, 128, 128), "turquoise": (72, 196, 186), "light blue": (146, 192, 230),
    "blue": (50, 104, 190), "dark blue": (30, 46, 92), "purple": (112, 66, 150), "lilac": (186, 160, 216),
    "pink": (236, 146, 178), "magenta": (196, 40, 130),
}  # fmt: skip
"""Names for clothes and whole pictures, each with its prototype in sRGB."""

_SHADES: dict[str, tuple[tuple[int, int, int], ...]] = {
    "blue": ((0, 0, 255), (30, 60, 200), (0, 0, 180), (90, 110, 240), (84, 118, 152), (76, 76, 152)),
    "dark blue": ((0, 0, 128), (0, 0, 90), (24, 24, 104), (16, 60, 90)),
    "light blue": ((0, 176, 255), (150, 170, 250)),
    "green": ((0, 200, 0), (0, 255, 0), (70, 255, 20), (0, 255, 110)),
    "turquoise": ((0, 255, 255), (0, 230, 200)),
    "purple": ((128, 0, 255), (90, 0, 160), (70, 20, 100), (64, 0, 128)),
    "pink": ((255, 160, 140), (255, 105, 180), (153, 80, 115)),
    "magenta": ((255, 0, 255), (255, 0, 128)),
    "red": ((255, 0, 0), (255, 40, 20)),
    "lilac": ((205, 140, 255),),
    "orange": ((255, 110, 0),),
    "yellow": ((255, 255, 0), (200, 255, 0)),
}
"""Further prototypes of a name, where its shades lie nearer to another name's than to its own."""

HAIR: dict[str, tuple[int, int, int]] = {
    "black": (28, 25, 25), "dark brown": (62, 42, 32), "brown": (104, 70, 48), "light brown": (148, 110, 76),
    "blond": (206, 170, 112), "red": (160, 72, 34), "grey": (138, 136, 134), "white": (224, 222, 218),
    "pink": (232, 130, 172), "purple": (120, 72, 156), "blue": (66, 112, 196), "green": (76, 148, 82),
}  # fmt: skip
"""Names for hair, each with its prototype in sRGB."""

_LEAST_SHARE = 0.04  # a share smaller than this is a shadow or a button


@dataclass(frozen=True, slots=True)
class Named:
    """A named colour and its share of the pixels, 0 to 1."""

    name: str
    share: float
    rgb: tuple[int, int, int]


def lab(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """sRGB (uint8, shape (…, 3)) in CIELAB under D65: L 0 to 100, a and b about −100 to 100."""
    value = np.asarray(pixels, np.float64) / 255
    linear = np.where(value > 0.04045, ((value + 0.055) / 1.055) ** 2.4, value / 12.92)
    matrix = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    )
    xyz = linear @ matrix.T / np.array([0.95047, 1.0, 1.08883])
    curve = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    x, y, z = curve[..., 0], curve[..., 1], curve[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def name_of(rgb: tuple[int, int, int], names: dict[str, tuple[int, int, int]]) -> str:
    """The name one of whose prototypes is nearest in CIELAB."""
    known = [(name, shade) for name, first in names.items() for shade in (first, *_SHADES.get(name, ()))]
    prototypes = lab(np.array([shade for _, shade in known], np.uint8))
    distances = np.linalg.norm(prototypes - lab(np.array(rgb, np.uint8)), axis=-1)
    return known[int(np.argmin(distances))][0]


def palette(pixels: Pixels, names: dict[str, tuple[int, int, int]], count: int = 3) -> tuple[Named, ...]:
    """The named colours that fill most of the pixels, largest first; at most ``count``, each at least 4 %."""
    from PIL import Image

    if len(pixels) == 0:
        return ()
    # A column of pixels is a picture as good as any to Pillow's quantiser.
    column = Image.fromarray(np.ascontiguousarray(pixels.reshape(-1, 1, 3)))
    few = column.quantize(8, method=Image.Quantize.MEDIANCUT, kmeans=2)
    table = np.array(few.getpalette(), np.uint8).reshape(-1, 3)
    counts = np.bincount(np.asarray(few).reshape(-1), minlength=len(table))
    groups: list[_Group] = []
    for index in np.argsort(-counts, kind="stable"):
        if not counts[index]:
            break
        colour = lab(table[index])
        near = next((group for group in groups if group.holds(colour)), None)
        if near is None:
            groups.append(_Group(colour, float(counts[index]), table[index] * float(counts[index])))
        else:
            near.count += float(counts[index])
            near.sum = near.sum + table[index] * float(counts[index])
    shares: dict[str, Named] = {}
    for group in sorted(groups, key=lambda group: -group.count):
        red, green, blue = (round(float(value)) for value in group.sum / group.count)
        name, share = name_of((red, green, blue), names), group.count / len(pixels)
        before = shares.get(name)
        rgb = (red, green, blue) if before is None else before.rgb
        shares[name] = Named(name, round(share + (before.share if before else 0.0), 3), rgb)
    ordered = sorted(shares.values(), key=lambda named: -named.share)
    return tuple(named for named in ordered[:count] if named.share >= _LEAST_SHARE)


@dataclass(slots=True)
class _Group:
    """Shades of one colour: its first CIELAB value, how many pixels, and the sum of their RGB."""

    first: NDArray[np.float64]
    count: float
    sum: NDArray[np.float64]

    def holds(self, colour: NDArray[np.float64]) -> bool:
        """Whether a colour is the same in another light: its hue the same, its lightness not far."""
        away = colour - self.first
        return bool(np.hypot(away[1], away[2]) < 15 and abs(away[0]) < 20)
