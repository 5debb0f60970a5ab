"""What lies before the figures: a shoulder in an over-the-shoulder shot, the edge of sight, rain and snow."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from generator.stage import art
from generator.stage.actors import Actor
from generator.stage.art import Box
from generator.stage.compositing import toned, vignette
from generator.stage.figures import draw
from generator.stage.scene import Scene
from generator.stage.words import seeded
from mavin.caption import Angle

__all__ = ["fall", "foreground"]


def foreground(
    angle: Angle, shoulder: Actor | None, size: tuple[int, int], tone: str, *, mirrored: bool
) -> Image.Image | None:
    """RGBA over the whole frame, or ``None`` where the angle has nothing before the figures."""
    width, height = size
    if angle is Angle.POV:
        return vignette(width, height)
    if angle is not Angle.OVER_SHOULDER:
        return None
    look = shoulder.look if shoulder else None
    if look is not None and look.kind != "person":
        drawing = draw(look)
        side = round(height * 0.55)
        image = art.raster(drawing.body, drawing.box, side, round(side * drawing.box.height / drawing.box.width))
        return _corner(_darkened(image, (90, 90, 100)), size, tone, mirrored=mirrored)
    hair = (look.hair if look else "") or "#4a3a30"
    shirt = (look.shirt if look else "") or "#55585e"
    ink = 'stroke="#000" stroke-width="1.4"'
    body = (
        f'<path d="M-14,100 Q-16,74 8,68 L30,68 Q52,74 54,100 Z" fill="{shirt}" {ink}/>'
        f'<path d="M11,70 L11,58 L27,58 L27,70 Z" fill="#c99b77" {ink}/>'
        f'<ellipse cx="19" cy="42" rx="17" ry="21" fill="{hair}" {ink}/>'
    )
    return _corner(art.raster(body, Box(-20, 0, 80, 100), height, height), size, tone, mirrored=mirrored)


def _darkened(image: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    return ImageChops.multiply(image, Image.new("RGBA", image.size, (*colour, 255)))


def _corner(image: Image.Image, size: tuple[int, int], tone: str, *, mirrored: bool) -> Image.Image:
    width, height = size
    image = toned(_darkened(image, (150, 150, 160)).filter(ImageFilter.GaussianBlur(height * 0.006)), tone)
    canvas = Image.new("RGBA", size)
    if mirrored:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        canvas.paste(image, (width - round(image.width * 0.66), height - round(image.height * 0.78)))
    else:
        canvas.paste(image, (-round(image.width * 0.2), height - round(image.height * 0.78)))
    return canvas


def fall(picture: Image.Image, scene: Scene, number: int, *, grey: bool) -> None:
    """Let it rain or snow in a frame (its number in the film), if the scene says so."""
    if scene.weather not in ("rain", "storm", "snow"):
        return
    width, height = picture.size
    pen = ImageDraw.Draw(picture)
    chance = seeded("weather", scene.seed)
    snow = scene.weather == "snow"
    count = 110 if snow else 150
    xs, ys = chance.uniform(0, width, count), chance.uniform(0, height, count)
    speeds = chance.uniform(0.8, 1.2, count) * height * (0.006 if snow else 0.05)
    for at in range(count):
        y = (ys[at] + speeds[at] * number) % height
        if snow:
            x, r = xs[at] + 8 * math.sin(number / 9 + at), 1.2 + (at % 3)
            pen.ellipse((x - r, y - r, x + r, y + r), fill="#ffffff")
        else:
            x = (xs[at] - speeds[at] * number * 0.18) % width
            line = (x, y, x - height * 0.006, y + height * 0.035)
            pen.line(line, fill="#d2d6d8" if grey else "#c6d8e6", width=1)
