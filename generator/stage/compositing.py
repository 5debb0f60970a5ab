"""Picture work of the composer: placing sprites, shadows, tone and lettering."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance

from generator.stage.art import Box
from generator.stage.camera import Window
from generator.stage.lettering import draw_text, line_height, text_width, wrap

__all__ = ["bounds", "ellipse", "graded", "lettered", "placed_box", "stamp", "toned", "vignette"]


def toned(image: Image.Image, tone: str) -> Image.Image:
    """An RGB or RGBA picture in a film's tone: ``grey``, ``sepia`` or, as it is, empty."""
    if not tone:
        return image
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    grey = image.convert("L")
    if tone == "grey":
        changed = ImageEnhance.Contrast(Image.merge("RGB", (grey, grey, grey))).enhance(1.12)
    else:
        tables = [[min(255, round(value * factor)) for value in range(256)] for factor in (1.07, 0.93, 0.72)]
        changed = Image.merge("RGB", [grey.point(table) for table in tables])
    if alpha is not None:
        changed.putalpha(alpha)
    return changed


def graded(image: Image.Image, factors: tuple[float, float, float]) -> Image.Image:
    """An RGBA picture with red, green and blue multiplied."""
    *channels, alpha = image.split()
    tables = [[round(value * factor) for value in range(256)] for factor in factors]
    return Image.merge("RGBA", [*(c.point(table) for c, table in zip(channels, tables, strict=True)), alpha])


def bounds(window: Window, aspect: float) -> Box:
    """The part of the world that a window may show, with its roll."""
    reach_x, reach_y = window.height * aspect / 2, window.height / 2
    if window.roll:
        cos, sin = abs(math.cos(math.radians(window.roll))), abs(math.sin(math.radians(window.roll)))
        reach_x, reach_y = reach_x * cos + reach_y * sin, reach_x * sin + reach_y * cos
    return Box(window.x - reach_x, window.y - reach_y, window.x + reach_x, window.y + reach_y)


def placed_box(
    ink: tuple[int, int, int, int],
    origin: tuple[float, float],
    place: tuple[float, float],
    scale: tuple[float, float],
    angle: float,
) -> Box:
    """The upright box in the picture of a part (left, top, right, bottom) of a sprite that :func:`stamp` draws."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    corners = [
        ((x - origin[0]) * scale[0], (y - origin[1]) * scale[1]) for x in (ink[0], ink[2]) for y in (ink[1], ink[3])
    ]
    xs = [place[0] + x * cos - y * sin for x, y in corners]
    ys = [place[1] + x * sin + y * cos for x, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def stamp(
    picture: Image.Image,
    sprite: Image.Image,
    origin: tuple[float, float],
    place: tuple[float, float],
    scale: tuple[float, float],
    angle: float,
) -> None:
    """Draw a sprite so that its ``origin`` lies at ``place``, scaled (negative: mirrored) and turned."""
    sx, sy = scale
    if abs(sx) < 1e-4 or abs(sy) < 1e-4:
        return
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    box = placed_box((0, 0, sprite.width, sprite.height), origin, place, scale, angle)
    left, top = max(0, math.floor(box.left)), max(0, math.floor(box.top))
    right, bottom = min(picture.width, math.ceil(box.right)), min(picture.height, math.ceil(box.bottom))
    if right <= left or bottom <= top:
        return
    # From a pixel of the picture back to the sprite's.
    a, b, d, e = cos / sx, sin / sx, -sin / sy, cos / sy
    dx, dy = left - place[0], top - place[1]
    data = (a, b, origin[0] + a * dx + b * dy, d, e, origin[1] + d * dx + e * dy)
    part = sprite.transform((right - left, bottom - top), Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)
    picture.paste(part, (left, top), part)


_ELLIPSES: dict[tuple[int, int], Image.Image] = {}


def ellipse(size: tuple[int, int]) -> Image.Image:
    """Mask of a soft shadow on the ground."""
    if size not in _ELLIPSES:
        if len(_ELLIPSES) > 200:
            _ELLIPSES.clear()
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=70)
        _ELLIPSES[size] = mask
    return _ELLIPSES[size]


def vignette(width: int, height: int) -> Image.Image:
    """Darkness around what one pair of eyes sees."""
    y, x = np.mgrid[0:height, 0:width]
    far = np.hypot((x - width / 2) / (width / 2), (y - height / 2) / (height / 2))
    alpha = np.clip((far - 0.72) / 0.55, 0, 1) ** 1.5 * 215
    picture = np.zeros((height, width, 4), np.uint8)
    picture[..., 3] = alpha.astype(np.uint8)
    return Image.fromarray(picture, "RGBA")


def lettered(sprite: Image.Image, label: str, pixels: float, language: str) -> Image.Image:
    """A card with its name on it; ``pixels`` per unit of the card's drawing."""
    sprite = sprite.copy()
    width = 60 * pixels
    largest, smallest = max(6, round(11 * pixels)), max(6, round(5.5 * pixels))
    for size in range(largest, smallest - 1, -max(1, largest // 12)):
        # Three lines have room on the board; words that are too long for one are broken.
        lines = wrap(label, width, size, weight=700, language=language)
        if len(lines) * line_height(size) <= 33 * pixels:
            break
    lines = wrap(label, width, size, weight=700, language=language, limit=max(1, int(33 * pixels / line_height(size))))
    y = (33 + 4) * pixels - len(lines) * line_height(size) / 2
    for line in lines:
        x = 40 * pixels - text_width(line, size, weight=700, language=language) / 2
        draw_text(sprite, (x, y), line, size, weight=700, language=language)
        y += line_height(size)
    return sprite
