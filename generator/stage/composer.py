"""Putting a shot's picture together: backdrop, figures and things through the camera's window, frame by frame."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from generator.stage import art
from generator.stage.art import Box
from generator.stage.camera import HEIGHTS, HORIZONS, CameraPath, Window, is_close, is_roomy
from generator.stage.compositing import bounds, ellipse, graded, lettered, placed_box, stamp, toned, vignette
from generator.stage.drawn import Drawn, Placement
from generator.stage.figures import draw
from generator.stage.framing import keep_inside
from generator.stage.layout import Actor, Layout, scale_of, set_out
from generator.stage.motion import Step
from generator.stage.scenery import backdrop, grade_of, read_scene
from generator.stage.words import has_word, seeded, word_set
from mavin.caption import Angle, HierarchicalCaption, Shot, Size
from mavin.frames import FPS, frame_range

__all__ = ["ShotStage"]

_MAX_BACKDROP = 2400
_MAX_SPRITE = 1500
_MONOCHROME = word_set("noir monochrome black-and-white greyscale grayscale")
_SEPIA = word_set("sepia vintage daguerreotype")


class ShotStage:
    """One shot, ready to be drawn frame by frame.

    Args:
        caption: the script.
        shot: the shot of it.
        variant: how often the framing before it was the same; odd ones are seen from the other side
            and framed anew, so that the cut shows.
        seed: of scenery and camera shake.
        references: the film's folder; a role's reference picture becomes its face.

    Raises:
        UsageError: if a reference picture is missing, damaged or outside that folder.
    """

    def __init__(
        self,
        caption: HierarchicalCaption,
        shot: Shot,
        *,
        variant: int = 0,
        seed: int = 0,
        references: Path | None = None,
    ) -> None:
        self.caption, self.shot = caption, shot
        self.width, self.height = caption.pixels
        self.frames = frame_range(shot.interval)
        self._mirrored = variant % 2 == 1
        style = f"{caption.global_caption.style} {caption.global_caption.ambience}"
        self._scene = read_scene(shot.setting, shot.action, style, seed=seed)
        self._grade = grade_of(self._scene)
        self._tone = (
            "grey"
            if has_word(style, _MONOCHROME) or "black and white" in style.casefold()
            else ("sepia" if has_word(style, _SEPIA) else "")
        )
        self.layout = set_out(caption, shot, mirrored=self._mirrored, references=references)
        self._sprites: dict[tuple[str, tuple[int, int]], Image.Image] = {}
        self._shoulder = self._take_shoulder()
        # A repeated framing is also nearer and off the middle, as a reverse shot is.
        self._path = self._frame(0.72 if self._mirrored else 1.0, f"{seed}|{shot.id}")
        if self._mirrored:
            self._path = replace(
                self._path, x=self._path.x + 0.1 * self._path.height * caption.pixels[0] / caption.pixels[1]
            )
        if is_roomy(shot.camera.size):
            whole = [
                actor for actor in self.layout.actors if actor.layer == 1 and (actor.role or actor in self.layout.focus)
            ]
            aspect = self.width / self.height
            self._path = keep_inside(self._path, whole, aspect, len(self.frames) / FPS)
        windows = [self._window(frame) for frame in self.frames]
        self._density = self.height / min(window.height for window in windows)
        self._far_density, self._region, self._backdrop = self._paint(windows)
        self._base: tuple[Window, Image.Image] | None = None
        self._overlay = self._foreground()

    # ------------------------------------------------------------------------------------ framing

    def _take_shoulder(self) -> Actor | None:
        if self.shot.camera.angle is not Angle.OVER_SHOULDER:
            return None
        others = [actor for actor in self.layout.actors if actor.role and actor not in self.layout.focus]
        if not others:
            return None
        taken = others[0]
        self.layout = Layout(tuple(actor for actor in self.layout.actors if actor is not taken), self.layout.focus)
        return taken

    def _frame(self, factor: float, seed: str) -> CameraPath:
        camera, aspect = self.shot.camera, self.width / self.height
        focus = self.layout.focus
        if camera.angle is Angle.OVERHEAD:
            for actor in self.layout.actors:
                actor.scale *= 0.86
        if camera.size is Size.EXTREME_WIDE:
            for actor in self.layout.actors:
                actor.scale, actor.x, actor.y = actor.scale * 0.5, actor.x * 0.5, actor.y * 0.5
        tallest = max((actor.height for actor in focus), default=60.0)
        if camera.size is Size.EXTREME_WIDE:
            tallest *= 2
        unit = min(1.25, max(0.3, tallest / 60.0))
        if unit < 1:
            # Small subjects are drawn larger than life, or the camera would see nothing but ground around them.
            larger = unit**-0.6
            for actor in self.layout.actors:
                actor.scale, actor.x, actor.y = actor.scale * larger, actor.x * larger, actor.y * larger
            unit, tallest = unit * larger, tallest * larger
        height = HEIGHTS[camera.size] * unit * factor
        # Whole pictures have no waist to cut at: nearer sizes show all of them, only larger.
        whole = bool(focus) and all(actor.look.kind in ("picture", "card") for actor in focus)
        if whole and is_roomy(camera.size):
            height *= 1.12
        row = [actor for actor in self.layout.actors if actor.layer == 1] or list(focus)
        if is_close(camera.size):
            # A narrow picture must still hold a face.
            height = max(height, (21.0 if camera.size is Size.CLOSE_UP else 13.0) * unit / aspect)
        if is_roomy(camera.size):
            left = min((actor.x - actor.width / 2 for actor in row), default=-20.0)
            right = max((actor.x + actor.width / 2 for actor in row), default=20.0)
            needed = (right - left) * 1.12 / aspect
            height = max(height, needed, 1.22 * max((actor.height for actor in row), default=0.0))
            x, y = (left + right) / 2, (0.14 if camera.size is not Size.EXTREME_WIDE else 0.24) * height - height / 2
        else:
            seen = list(focus)
            if camera.size is Size.MEDIUM and not self._only_things():
                # A two-shot: the partner would otherwise be cut by the frame's edge.
                partners = [actor for actor in self.layout.actors if actor.role and actor not in focus]
                seen += partners if len(partners) + len(focus) <= 2 else []
            heads = [actor.head for actor in seen] or [(0.0, -45.0)]
            margin = (0.42 if is_close(camera.size) else 0.5) * height * min(1.0, aspect)
            left, right = min(x for x, _ in heads) - margin, max(x for x, _ in heads) + margin
            height = max(height, (right - left) / aspect)
            x = (left + right) / 2
            if camera.size is Size.MEDIUM:
                top = min((actor.y - actor.height for actor in focus), default=-60.0)
                y = top - 0.09 * height + height / 2
            else:
                y = sum(y for _, y in heads) / len(heads) + (0.06 if camera.size is Size.CLOSE_UP else 0.02) * height
            if whole and camera.size is Size.MEDIUM:
                left = min(actor.x - actor.width / 2 for actor in focus)
                right = max(actor.x + actor.width / 2 for actor in focus)
                height = max(factor, 0.97) * max(1.15 * tallest, 1.15 * (right - left) / aspect)
                x, y = (left + right) / 2, -tallest / 2
            elif whole:
                # Its face alone would be a patch of colour: keep enough of the picture to know it by.
                height = max(height, (0.8 if camera.size is Size.CLOSE_UP else 0.5) * tallest)
                y = -tallest / 2 if self._only_things() else (y - tallest / 2) / 2
            self._bring_forward(x, y, height, aspect)
        if is_roomy(camera.size):
            self._hang_up(x, y, height, aspect)
        if camera.angle is Angle.LOW:
            y -= 0.05 * height
        elif camera.angle in (Angle.HIGH, Angle.OVERHEAD):
            y += 0.03 * height
        return CameraPath(camera, x, y, height, aspect, seed)

    def _hang_up(self, x: float, y: float, height: float, aspect: float) -> None:
        # What belongs in the sky is put under the upper edge of the frame, over the figures' heads.
        above = [actor for actor in self.layout.actors if actor.layer == 0 and actor.y < -40]
        for at, actor in enumerate(above):
            actor.scale = min(actor.scale, 0.24 * height / actor.look.height)
            actor.y = y - height / 2 + 0.05 * height + actor.height
            place = (0.3, -0.3, 0.08, -0.1)[at % 4] * (-1 if self._mirrored else 1)
            actor.x = x + place * height * aspect
            if actor.motion.name in ("fly", "rise", "hop"):
                actor.y += 0.1 * height

    def _only_things(self) -> bool:
        focus = self.layout.focus
        return bool(focus) and all(actor.look.kind in ("picture", "card") and not actor.role for actor in focus)

    def _bring_forward(self, x: float, y: float, height: float, aspect: float) -> None:
        # In a close frame the ground is out of sight: what the action names is shown in the lower corners.
        side = -1 if self._mirrored else 1
        things = [
            actor
            for actor in self.layout.actors
            if actor not in self.layout.focus
            and not actor.role
            and actor.layer >= 1
            and actor.look.kind in ("picture", "card")
        ]
        for at, actor in enumerate(things[:2]):
            actor.held_by, actor.layer = None, 2
            actor.scale = min(
                1.0, 0.36 * height / actor.look.height, 0.3 * height * aspect / max(1.0, actor.width / actor.scale)
            )
            place = side * (1 if at == 0 else -1)
            actor.x = x + place * (height * aspect / 2 - actor.width / 2 - 0.05 * height * aspect)
            actor.y = y + 0.45 * height
        for actor in things[2:]:
            actor.scale = 0.0

    def _window(self, frame: int) -> Window:
        first = self.frames.start
        return self._path.at((frame - first) / max(1, len(self.frames) - 1), (frame - first) / FPS)

    # ------------------------------------------------------------------------------------ backdrop

    def _paint(self, windows: list[Window]) -> tuple[float, Box, Image.Image]:
        boxes = [bounds(window.far(), self.width / self.height) for window in windows]
        region = Box(
            min(box.left for box in boxes) - 1, min(box.top for box in boxes) - 1,
            max(box.right for box in boxes) + 1, max(box.bottom for box in boxes) + 1,
        )  # fmt: skip
        density = self.height / min(window.far().height for window in windows)
        density = min(density, _MAX_BACKDROP / max(region.width, region.height))
        if not is_roomy(self.shot.camera.size):
            # The backdrop will be out of focus: fewer pixels do.
            density *= 0.6
        horizon = HORIZONS.get(self.shot.camera.angle, 26.0)
        size = (math.ceil(region.width * density), math.ceil(region.height * density))
        image = art.raster(backdrop(self._scene, region, horizon, mirrored=self._mirrored), region, *size).convert(
            "RGB"
        )
        if not is_roomy(self.shot.camera.size):
            strength = 0.0045 if self.shot.camera.size is Size.MEDIUM else 0.009
            image = image.filter(ImageFilter.GaussianBlur(strength * self.height * 0.6))
        return density, region, toned(image, self._tone)

    def _far_picture(self, window: Window) -> Image.Image:
        if self._base is not None and self._base[0] == window:
            return self._base[1].copy()
        far, density = window.far(), self._far_density
        step = far.height / self.height * density
        cos, sin = math.cos(math.radians(far.roll)), math.sin(math.radians(far.roll))
        cx, cy = (far.x - self._region.left) * density, (far.y - self._region.top) * density
        a, b, d, e = step * cos, -step * sin, step * sin, step * cos
        c = cx - a * self.width / 2 - b * self.height / 2
        f = cy - d * self.width / 2 - e * self.height / 2
        picture = self._backdrop.transform(
            (self.width, self.height), Image.Transform.AFFINE, (a, b, c, d, e, f), Image.Resampling.BILINEAR
        )
        self._base = (window, picture)
        return picture.copy()

    # ------------------------------------------------------------------------------------ frames

    def frame(self, number: int, mouths: Mapping[str, int] | None = None) -> Image.Image:
        """The picture of one frame (its number in the film) as RGB; ``mouths``: role → level of 0 to 4."""
        window = self._window(number)
        picture = self._far_picture(window)
        for placement in self._placements(number, window, mouths or {}):
            actor = placement.actor
            if placement.shadow is not None:
                self._shadow(picture, placement.shadow, actor.y, actor.width * 0.5, window)
            sprite = self._sprite(actor, placement.body, placement.box, placement.pixels)
            stamp(picture, sprite, placement.origin, placement.place, placement.scale, placement.angle)
        if self._overlay is not None:
            picture.paste(self._overlay, (0, 0), self._overlay)
        self._weather(picture, number)
        return picture

    def drawn(self, number: int) -> tuple[Drawn, ...]:
        """What one frame (its number in the film) shows, back to front, with its boxes in pixels.

        What lies wholly outside the frame is left out.
        """
        found = []
        for placement in self._placements(number, self._window(number), {}):
            actor = placement.actor
            sprite = self._sprite(actor, placement.body, placement.box, placement.pixels)
            ink = sprite.getchannel("A").getbbox()
            if ink is None:
                continue
            whole = placed_box(ink, placement.origin, placement.place, placement.scale, placement.angle)
            box = Box(
                max(0.0, whole.left), max(0.0, whole.top),
                min(float(self.width), whole.right), min(float(self.height), whole.bottom),
            )  # fmt: skip
            if box.width <= 0 or box.height <= 0:
                continue
            share = box.width * box.height / max(1e-9, whole.width * whole.height)
            kind = "role" if actor.role else "card" if actor.look.kind == "card" else actor.kind
            noun = actor.look.label if not actor.role else self.caption.role(actor.role).name
            found.append(Drawn(noun, kind, actor.role, actor.look.code, box, min(1.0, share)))
        if self._shoulder is not None and self._overlay is not None:
            bounds_ = self._overlay.getchannel("A").getbbox()
            if bounds_ is not None:
                role = self._shoulder.role
                found.append(
                    Drawn(self.caption.role(role).name, "role", role, self._shoulder.look.code, Box(*bounds_), 1.0)
                )
        return tuple(found)

    def _placements(self, number: int, window: Window, mouths: Mapping[str, int]) -> Iterator[Placement]:
        # Back to front, without those whom the frame cannot reach.
        share = (number - self.frames.start) / max(1, len(self.frames) - 1)
        seconds = (number - self.frames.start) / FPS
        steps: dict[int, Step] = {}
        for actor in self.layout.actors:
            if actor.scale <= 0:
                continue
            step = actor.motion.at(share, seconds, roomy=is_roomy(self.shot.camera.size))
            if actor.motion.name == "lie" and actor.look.kind == "picture":
                step = Step(tall=0.8 + 0.01 * math.sin(seconds * 2.5))
            steps[id(actor)] = step
            mouth = mouths.get(actor.role, 0) if actor.role else 0
            placement = self._placement(actor, step, mouth, window, steps)
            if placement is not None:
                yield placement

    def _placement(
        self, actor: Actor, step: Step, mouth: int, window: Window, steps: dict[int, Step]
    ) -> Placement | None:
        pose = step.pose if actor.look.kind in ("person", "creature") else "stand"
        drawing = draw(actor.look, pose, mouth)
        unit = scale_of(actor)
        side = -1 if actor.flipped else 1
        turn = -side if self._mirrored else 1
        x = actor.x + self._across(actor, step, window)
        # A small creature's jump would hardly show.
        spring = 2.0 if actor.motion.name == "hop" and actor.height < 40 else 1.0
        y = actor.y - step.up * actor.height * spring
        anchor = drawing.feet
        shadow = None
        if actor.held_by is not None:
            holder, hold = actor.held_by, steps.get(id(actor.held_by), Step())
            grip = draw(holder.look, hold.pose if holder.look.kind != "picture" else "stand").hand
            body = draw(holder.look)
            holder_unit, holder_side = scale_of(holder), -1 if holder.flipped else 1
            x = holder.x + holder_side * (grip[0] + 2 - body.feet[0]) * holder_unit
            x += self._across(holder, hold, window)
            y = holder.y + (grip[1] + 4 - body.feet[1]) * holder_unit - hold.up * holder.height
        elif actor.layer == 1 and step.angle == 0 and actor.y > -10:
            shadow = x
        reach = math.hypot(drawing.box.width, drawing.box.height) * unit
        if (
            abs(x - window.x) > reach + window.height * self.width / self.height
            or abs(y - window.y) > reach + window.height
        ):
            return None
        pixels = min(self._density * unit, _MAX_SPRITE / max(drawing.box.width, drawing.box.height))
        # Spinning things turn about their middle, all else about its feet.
        if step.angle and actor.motion.name in ("spin", "fly"):
            middle = (drawing.top + drawing.feet[1]) / 2
            y += (middle - drawing.feet[1]) * unit
            anchor = (drawing.feet[0], middle)
        elif step.angle and actor.look.kind != "picture":
            # Who falls or lies comes down around the middle, not off to one side.
            x -= math.sin(math.radians(step.angle)) * 0.5 * actor.height * (-1 if self._mirrored else 1)
        origin = ((anchor[0] - drawing.box.left) * pixels, (anchor[1] - drawing.box.top) * pixels)
        zoom = self.height / window.height
        px = self.width / 2 + (x - window.x) * zoom
        py = self.height / 2 + (y - window.y) * zoom
        if window.roll:
            cos, sin = math.cos(math.radians(-window.roll)), math.sin(math.radians(-window.roll))
            dx, dy = px - self.width / 2, py - self.height / 2
            px, py = self.width / 2 + dx * cos - dy * sin, self.height / 2 + dx * sin + dy * cos
        scale = unit * zoom / pixels
        return Placement(
            actor, drawing.body, drawing.box, pixels, origin, (px, py), (scale * side, scale * step.tall),
            step.angle * turn * side * side - window.roll, shadow,
        )  # fmt: skip

    def _across(self, actor: Actor, step: Step, window: Window) -> float:
        # Who walks stays in the frame, unless it comes or goes.
        wide = window.height * self.width / self.height
        reach = step.across * wide
        if actor.motion.name not in ("enter", "leave"):
            room = (wide - actor.width) / 2 - 0.02 * wide
            offset = (actor.x - window.x) * (-1 if self._mirrored else 1)
            reach = max(min(reach, room - offset), -room - offset) if room > abs(offset) else 0.0
        return -reach if self._mirrored else reach

    def _sprite(self, actor: Actor, body: str, box: Box, pixels: float) -> Image.Image:
        size = (max(2, math.ceil(box.width * pixels)), max(2, math.ceil(box.height * pixels)))
        key = (body, size)
        if key in self._sprites:
            return self._sprites[key]
        sprite = art.raster(body, box, *size)
        if actor.look.kind == "card":
            sprite = lettered(sprite, actor.look.label, pixels, self.caption.language)
        sprite = toned(graded(sprite, self._grade), self._tone)
        self._sprites[key] = sprite
        return sprite

    def _shadow(self, picture: Image.Image, x: float, y: float, half: float, window: Window) -> None:
        zoom = self.height / window.height
        px, py = self.width / 2 + (x - window.x) * zoom, self.height / 2 + (y - window.y) * zoom
        rx, ry = half * zoom, half * 0.2 * zoom
        if py - ry > self.height or window.roll:
            return
        size = (max(4, round(rx * 2)), max(2, round(ry * 2)))
        mask = ellipse(size)
        picture.paste((20, 20, 24), (round(px - rx), round(py - ry)), mask)

    # ------------------------------------------------------------------------------------ foreground

    def _foreground(self) -> Image.Image | None:
        angle = self.shot.camera.angle
        if angle is Angle.POV:
            return vignette(self.width, self.height)
        if angle is not Angle.OVER_SHOULDER:
            return None
        look = self._shoulder.look if self._shoulder else None
        hair = (look.hair if look else "") or "#4a3a30"
        shirt = (look.shirt if look else "") or "#55585e"
        ink = 'stroke="#000" stroke-width="1.4"'
        neck = f'<path d="M11,70 L11,58 L27,58 L27,70 Z" fill="#c99b77" {ink}/>'
        body = (
            f'<path d="M-14,100 Q-16,74 8,68 L30,68 Q52,74 54,100 Z" fill="{shirt}" {ink}/>'
            f'{neck}<ellipse cx="19" cy="42" rx="17" ry="21" fill="{hair}" {ink}/>'
        )
        if look is not None and look.kind != "person":
            return self._animal_shoulder()
        side = self.height
        image = art.raster(body, Box(-20, 0, 80, 100), side, side)
        return self._corner(image)

    def _animal_shoulder(self) -> Image.Image | None:
        if self._shoulder is None:
            return None
        drawing = draw(self._shoulder.look)
        image = art.raster(
            drawing.body,
            drawing.box,
            round(self.height * 0.55),
            round(self.height * 0.55 * drawing.box.height / drawing.box.width),
        )
        return self._corner(ImageChops.multiply(image, Image.new("RGBA", image.size, (90, 90, 100, 255))))

    def _corner(self, image: Image.Image) -> Image.Image:
        image = ImageChops.multiply(image, Image.new("RGBA", image.size, (150, 150, 160, 255)))
        image = toned(image.filter(ImageFilter.GaussianBlur(self.height * 0.006)), self._tone)
        canvas = Image.new("RGBA", (self.width, self.height))
        if self._mirrored:
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            canvas.paste(image, (self.width - round(image.width * 0.66), self.height - round(image.height * 0.78)))
        else:
            canvas.paste(image, (-round(image.width * 0.2), self.height - round(image.height * 0.78)))
        return canvas

    def _weather(self, picture: Image.Image, number: int) -> None:
        if self._scene.place.inside or self._scene.weather not in ("rain", "storm", "snow"):
            return
        pen = ImageDraw.Draw(picture)
        chance = seeded("weather", self._scene.seed)
        snow = self._scene.weather == "snow"
        count = 110 if snow else 150
        xs, ys = chance.uniform(0, self.width, count), chance.uniform(0, self.height, count)
        speeds = chance.uniform(0.8, 1.2, count) * self.height * (0.006 if snow else 0.05)
        for at in range(count):
            y = (ys[at] + speeds[at] * number) % self.height
            if snow:
                x, r = xs[at] + 8 * math.sin(number / 9 + at), 1.2 + (at % 3)
                pen.ellipse((x - r, y - r, x + r, y + r), fill="#ffffff")
            else:
                x = (xs[at] - speeds[at] * number * 0.18) % self.width
                pen.line(
                    (x, y, x - self.height * 0.006, y + self.height * 0.035),
                    fill="#d2d6d8" if self._tone else "#c6d8e6",
                    width=1,
                )
