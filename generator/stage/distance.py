"""What lies behind the figures of a shot: its backdrop, painted once, as each window sees it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from PIL import Image, ImageFilter

from generator.stage import art
from generator.stage.art import Box
from generator.stage.camera import HORIZON, HORIZONS, Window, is_roomy
from generator.stage.compositing import bounds, toned
from generator.stage.drawn import Drawn
from generator.stage.pictures import Picture
from generator.stage.scene import Scene, is_landscape, names_place
from generator.stage.scenery import Piece, backdrop
from mavin.caption import Camera, Size

__all__ = ["Distance"]

_MAX_BACKDROP = 2400


class Distance:
    """The backdrop of a shot.

    Args:
        scene: the place.
        camera: of the shot; its size decides what is out of focus.
        windows: of all frames, so that the paint reaches as far as they do.
        size: width and height of the picture in pixels.
        tone: of the film (:func:`generator.stage.compositing.toned`).
        mirrored: whether it is seen from the other side.
    """

    def __init__(
        self,
        scene: Scene,
        camera: Camera,
        windows: Sequence[Window],
        size: tuple[int, int],
        tone: str,
        *,
        mirrored: bool,
    ) -> None:
        self._scene, self._camera, self._tone, self._mirrored = scene, camera, tone, mirrored
        self.width, self.height = size
        self._pieces: tuple[Piece, ...] = ()
        self._far_density, self._region, self._layers = self._paint(windows)
        self._base: tuple[Window, Image.Image] | None = None

    def _paint(self, windows: Sequence[Window]) -> tuple[float, Box, tuple[Image.Image, ...]]:
        # The backdrop's layers, from back to front; the first has no holes.
        views = [view for window in windows for view in (window.far(), window.deep())]
        boxes = [bounds(view, self.width / self.height) for view in views]
        region = Box(
            min(box.left for box in boxes) - 1, min(box.top for box in boxes) - 1,
            max(box.right for box in boxes) + 1, max(box.bottom for box in boxes) + 1,
        )  # fmt: skip
        density = self.height / min(view.height for view in views)
        density = min(density, _MAX_BACKDROP / max(region.width, region.height))
        if not is_roomy(self._camera.size):
            # The backdrop will be out of focus: fewer pixels do.
            density *= 0.6
        horizon = HORIZONS.get(self._camera.angle, HORIZON)
        size = (math.ceil(region.width * density), math.ceil(region.height * density))
        scenery = backdrop(self._scene, region, horizon, mirrored=self._mirrored)
        self._pieces = scenery.pieces
        still = all(window.far_x == 0 and window.far_zoom == 1 for window in windows)
        parts = [part for part in (scenery.deep, scenery.near) if part]
        layers = [art.raster(part, region, *size) for part in (["".join(parts)] if still else parts)]
        layers[0] = layers[0].convert("RGB")
        if not is_roomy(self._camera.size):
            strength = 0.0045 if self._camera.size is Size.MEDIUM else 0.009
            blur = ImageFilter.GaussianBlur(strength * self.height * 0.6)
            layers = [layer.filter(blur) for layer in layers]
        return density, region, tuple(toned(layer, self._tone) for layer in layers)

    def seen(self, window: Window) -> Image.Image:
        """A fresh picture (RGB) of what a window shows."""
        if self._base is not None and self._base[0] == window:
            return self._base[1].copy()
        last = len(self._layers) - 1
        picture, *nearer = (
            self._through(layer, window.far() if at == last else window.deep()) for at, layer in enumerate(self._layers)
        )
        for layer in nearer:
            picture.paste(layer, (0, 0), layer)
        self._base = (window, picture)
        return picture.copy()

    def _through(self, layer: Image.Image, view: Window) -> Image.Image:
        density = self._far_density
        step = view.height / self.height * density
        cos, sin = math.cos(math.radians(view.roll)), math.sin(math.radians(view.roll))
        cx, cy = (view.x - self._region.left) * density, (view.y - self._region.top) * density
        a, b, d, e = step * cos, -step * sin, step * sin, step * cos
        c = cx - a * self.width / 2 - b * self.height / 2
        f = cy - d * self.width / 2 - e * self.height / 2
        size = (self.width, self.height)
        box = (c, f, c + a * self.width, f + e * self.height)
        if not view.roll and box[0] >= 0 and box[1] >= 0 and box[2] <= layer.width and box[3] <= layer.height:
            return layer.resize(size, Image.Resampling.BILINEAR, box=box)  # the same, three times as fast
        return layer.transform(size, Image.Transform.AFFINE, (a, b, c, d, e, f), Image.Resampling.BILINEAR)

    def named(self, window: Window, pictures: Iterable[Picture]) -> list[Drawn]:
        """Which of the pictures that words name the backdrop shows: the place itself, and one of each piece."""
        far = window.far()
        zoom = self.height / far.height
        found: list[Drawn] = []
        for picture in pictures:
            boxes = [piece.box for piece in self._pieces if piece.code == picture.code]
            shown = []
            for box in boxes:
                left, right = ((x - far.x) * zoom + self.width / 2 for x in (box.left, box.right))
                top, bottom = ((y - far.y) * zoom + self.height / 2 for y in (box.top, box.bottom))
                inner = Box(
                    max(0.0, left), max(0.0, top), min(float(self.width), right), min(float(self.height), bottom)
                )
                if inner.width > 4 and inner.height > 4:
                    share = inner.width * inner.height / max(1e-9, (right - left) * (bottom - top))
                    shown.append(Drawn(picture.word, "scenery", "", picture.code, inner, min(1.0, share)))
            if shown:
                found.append(max(shown, key=lambda drawn: drawn.inside * drawn.box.width * drawn.box.height))
            elif names_place(self._scene, picture.word) or is_landscape(self._scene, picture.code):
                whole = Box(0.0, 0.0, float(self.width), float(self.height))
                found.append(Drawn(picture.word, "scenery", "", picture.code, whole, 1.0))
        return found
