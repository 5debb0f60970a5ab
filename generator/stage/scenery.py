# ruff: noqa: E501, PERF401  (SVG reads no better wrapped)
"""Drawing the place of a shot: a scene → a layered backdrop in SVG, and where its pieces stand.

The world has the ground line at y = 0 where figures stand, y downwards and x = 0 in the middle;
a grown person is 60 units tall.  ``horizon`` says how far up the far edge of the ground appears.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.stage import art
from generator.stage.art import Box
from generator.stage.pieces import PIECES
from generator.stage.places import Thing
from generator.stage.scene import Scene
from generator.stage.words import seeded

__all__ = ["Backdrop", "Piece", "backdrop"]

_SKIES = {
    "day": ("#8fd0f5", "#d9f1fb"),
    "dawn": ("#8fb6e8", "#fbd9b5"),
    "dusk": ("#5c5596", "#f6a56b"),
    "night": ("#121a3a", "#33457a"),
}
_DULL = {"day": ("#9fb2c0", "#d3dbe0"), "dawn": ("#a3adba", "#d8cfc8"), "dusk": ("#565a78", "#a88f88"), "night": ("#141a2c", "#2e3952")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that stands in the backdrop: its picture and its box in the world."""

    code: str
    box: Box


@dataclass(frozen=True, slots=True)
class Backdrop:
    """SVG of everything behind the figures, and the pieces in it, from back to front.

    ``deep`` is what closes the view (sky, hills, houses; empty indoors), ``near`` lies before it.
    """

    deep: str
    near: str
    pieces: tuple[Piece, ...]


def backdrop(scene: Scene, region: Box, horizon: float, *, mirrored: bool = False) -> Backdrop:
    """Everything behind the figures, filling ``region`` of the world."""
    painter = _Painter(scene, region, horizon)
    deep, near = ("", painter.room()) if scene.place.inside else painter.outdoors()
    if not mirrored:
        return Backdrop(deep, near, tuple(painter.pieces))
    # From the other side one sees another stretch of the place.
    aside = 60 if scene.place.inside else 115
    pieces = [
        Piece(piece.code, Box(-piece.box.right - aside, piece.box.top, -piece.box.left - aside, piece.box.bottom))
        for piece in painter.pieces
    ]
    deep, near = (
        f'<g transform="scale(-1 1) translate({aside} 0)">{part}</g>' if part else "" for part in (deep, near)
    )
    return Backdrop(deep, near, tuple(pieces))


class _Painter:
    def __init__(self, scene: Scene, region: Box, horizon: float) -> None:
        self.scene = scene
        self.place = scene.place
        # Mirroring swaps the sides, and scenery must not depend on the window: paint a wide, fixed strip.
        self.left, self.right = -420.0, 420.0
        self.top, self.bottom = min(region.top - 5, -170.0), max(region.bottom + 5, 60.0)
        self.horizon = -horizon
        self.chance = seeded("scenery", scene.seed, scene.place.name)
        self.pieces: list[Piece] = []

    def outdoors(self) -> tuple[str, str]:
        deep = self._sky() + self._far()
        parts = [self._ground(), *self._things()]
        if self.scene.weather == "fog":
            parts.append(f'<rect {self._span(self.top, self.bottom)} fill="#dfe4e8" opacity=".45"/>')
        tint = {"night": ("#0b1440", 0.42), "dusk": ("#7a2f4a", 0.16), "dawn": ("#ffb877", 0.1)}.get(self.scene.time)
        if tint is not None:
            parts.append(f'<rect {self._span(self.top, self.bottom)} fill="{tint[0]}" opacity="{tint[1]}"/>')
        return deep, "".join(parts)

    def _span(self, top: float, bottom: float) -> str:
        return f'x="{self.left}" y="{top:.2f}" width="{self.right - self.left}" height="{bottom - top:.2f}"'

    def _sky(self) -> str:
        dull = self.scene.weather in ("storm", "rain", "snow", "fog", "cloud")
        upper, lower = self.place.sky or (_DULL if dull else _SKIES)[self.scene.time]
        y1, y2 = self.horizon - 130, self.horizon
        parts = [
            f'<defs><linearGradient id="sky" gradientUnits="userSpaceOnUse" x1="0" y1="{y1}" x2="0" y2="{y2}">'
            f'<stop offset="0" stop-color="{upper}"/><stop offset="1" stop-color="{lower}"/></linearGradient></defs>'
            f'<rect {self._span(self.top, self.bottom)} fill="url(#sky)"/>'
        ]
        if self.place.name == "underwater":
            return "".join(parts) + self._rays()
        airless = self.place.name in ("space", "planet", "moon")
        if (self.scene.time == "night" and not dull) or airless:
            low = self.horizon - self.bottom if self.place.floor == "void" else 6
            for _ in range(170):
                x, y = self.chance.uniform(self.left, self.right), self.horizon - self.chance.uniform(low, 160)
                parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{self.chance.uniform(0.2, 0.7):.2f}" fill="#fff"/>')
        if not dull and not airless:
            x = self.chance.uniform(28, 58) * (1 if self.chance.integers(2) else -1)
            if self.scene.time == "night":
                parts.append(f'<circle cx="{x:.1f}" cy="{self.horizon - 58}" r="8" fill="#fdf3cf"/>')
            else:
                y = self.horizon - {"day": 62, "dawn": 16, "dusk": 12}[self.scene.time]
                parts.append(f'<circle cx="{x:.1f}" cy="{y}" r="15" fill="#fff6cf" opacity=".5"/>')
                parts.append(f'<circle cx="{x:.1f}" cy="{y}" r="9" fill="#ffdf6b"/>')
        if not airless:
            parts.append(self._clouds(9 if dull else 4, "#8b95a3" if self.scene.weather == "storm" else "#ffffff"))
        return "".join(parts)

    def _clouds(self, count: int, colour: str) -> str:
        colour = "#3c4870" if self.scene.time == "night" else colour
        parts = []
        for at in range(count * 3):
            x = self.left + (at + self.chance.uniform(0.1, 0.9)) * (self.right - self.left) / (count * 3)
            y, size = self.horizon - self.chance.uniform(38, 95), self.chance.uniform(5, 10)
            blobs = "".join(
                f'<ellipse cx="{x + dx * size:.1f}" cy="{y - dy * size:.1f}" rx="{size * r:.1f}" ry="{size * r * 0.62:.1f}"/>'
                for dx, dy, r in ((-1.3, 0, 1.0), (0, 0.35, 1.35), (1.4, 0, 1.1))
            )
            parts.append(f'<g fill="{colour}" opacity=".8">{blobs}</g>')
        return "".join(parts)

    def _rays(self) -> str:
        parts = []
        for _ in range(14):
            x, w = self.chance.uniform(self.left, self.right), self.chance.uniform(4, 14)
            parts.append(
                f'<path d="M{x:.1f},{self.top} L{x + w:.1f},{self.top} L{x + w * 2.5 - 40:.1f},{self.bottom} '
                f'L{x - w - 40:.1f},{self.bottom} Z" fill="#fff" opacity=".07"/>'
            )
        for _ in range(60):
            x, y, r = self.chance.uniform(-200, 200), self.chance.uniform(-120, 0), self.chance.uniform(0.4, 1.6)
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="#fff" stroke-width=".3" opacity=".6"/>'
            )
        return "".join(parts)

    def _far(self) -> str:
        parts = []
        for kind, colour, height in self.place.far:
            if kind == "hills":
                parts.append(self._ridge(colour, height, 60, smooth=True))
            elif kind == "peaks":
                parts.append(self._ridge(colour, height, 34, smooth=False))
            elif kind == "town":
                parts.append(self._town(colour, height))
            elif kind == "sea":
                parts.append(self._sea(colour, height))
            elif kind == "crowd":
                parts.append(self._crowd(colour, height))
            elif kind == "trees":
                parts.append(self._tree_line(colour, height))
        return "".join(parts)

    def _ridge(self, colour: str, height: float, step: float, *, smooth: bool) -> str:
        xs = np.arange(self.left - step, self.right + 2 * step, step)
        xs = xs + self.chance.uniform(-step / 4, step / 4, len(xs))
        ys = self.horizon - height * self.chance.uniform(0.25, 1.0, len(xs))
        if not smooth:
            ys[::2] = self.horizon - height * self.chance.uniform(0.05, 0.35, len(xs[::2]))
        path = f"M{xs[0]:.1f},{self.horizon + 30:.1f} L{xs[0]:.1f},{ys[0]:.1f} "
        for at in range(1, len(xs)):
            middle = (xs[at - 1] + xs[at]) / 2
            curve = f"C{middle:.1f},{ys[at - 1]:.1f} {middle:.1f},{ys[at]:.1f} " if smooth else "L"
            path += f"{curve}{xs[at]:.1f},{ys[at]:.1f} "
        body = f'<path d="{path} L{xs[-1]:.1f},{self.horizon + 30:.1f} Z" fill="{colour}"/>'
        if not smooth and self.place.name in ("mountains", "snowfield"):
            for x, y in zip(xs[1::2], ys[1::2], strict=False):
                body += f'<path d="M{x:.1f},{y:.1f} l-4,{height * 0.2:.1f} l3,-2 l2,3 l3,-3.5 l2,1 Z" fill="#fff" opacity=".9"/>'
        return body

    def _town(self, colour: str, height: float) -> str:
        parts, x = [], self.left
        lit = "#ffe08a" if self.scene.time in ("night", "dusk") else "#dbe9f2"
        while x < self.right:
            wide, tall = self.chance.uniform(16, 30), height * self.chance.uniform(0.5, 1.0)
            shade = self.chance.uniform(-0.06, 0.06)
            parts.append(
                f'<rect x="{x:.1f}" y="{self.horizon - tall:.1f}" width="{wide:.1f}" height="{tall + 8:.1f}" '
                f'fill="{_shade(colour, shade)}" stroke="#000" stroke-width=".5"/>'
            )
            for wx in np.arange(x + 3, x + wide - 4, 6):
                for wy in np.arange(self.horizon - tall + 4, self.horizon - 6, 8):
                    if self.chance.random() < 0.72:
                        parts.append(f'<rect x="{wx:.1f}" y="{wy:.1f}" width="3.2" height="4.4" fill="{lit}"/>')
            x += wide + self.chance.uniform(0, 3)
        return "".join(parts)

    def _sea(self, colour: str, depth: float) -> str:
        # A little farther than the shore, which moves before it.
        parts = [f'<rect {self._span(self.horizon, self.horizon + depth + 5)} fill="{colour}"/>']
        for _ in range(int(depth * 3)):
            x, y = self.chance.uniform(self.left, self.right), self.horizon + self.chance.uniform(0.5, depth - 0.5)
            w = self.chance.uniform(3, 9) * (0.4 + (y - self.horizon) / depth)
            parts.append(
                f'<path d="M{x:.1f},{y:.1f} q{w / 2:.1f},-{w / 8:.2f} {w:.1f},0" fill="none" stroke="#fff" stroke-width=".45" opacity=".5"/>'
            )
        return "".join(parts)

    def _crowd(self, colour: str, height: float) -> str:
        parts = [f'<rect {self._span(self.horizon - height, self.horizon + 3)} fill="{colour}"/>']
        inks = ("#d1453b", "#f4c531", "#4a86d0", "#f4f4f2", "#5c9e31", "#8967aa", "#e27022")
        for row in range(5):
            y = self.horizon - height + 5 + row * height / 5.4
            parts.append(f'<rect {self._span(y + 2.2, y + 3.4)} fill="{_shade(colour, -0.25)}"/>')
            for x in np.arange(self.left, self.right, 3.4):
                if self.chance.random() < 0.8:
                    ink = inks[int(self.chance.integers(len(inks)))]
                    parts.append(
                        f'<circle cx="{x + self.chance.uniform(-0.6, 0.6):.1f}" cy="{y:.1f}" r="1.5" fill="{ink}"/>'
                    )
        parts.append(
            f'<rect {self._span(self.horizon - 2, self.horizon + 4)} fill="#f4f4f2" stroke="#000" stroke-width=".4"/>'
        )
        return "".join(parts)

    def _tree_line(self, colour: str, height: float) -> str:
        parts = []
        for x in np.arange(self.left, self.right, 7.0):
            tall = height * self.chance.uniform(0.6, 1.0)
            cx, w = x + self.chance.uniform(-3, 3), self.chance.uniform(4, 7)
            parts.append(
                f'<path d="M{cx - w:.1f},{self.horizon + 3:.1f} L{cx:.1f},{self.horizon - tall:.1f} L{cx + w:.1f},{self.horizon + 3:.1f} Z"/>'
            )
        return f'<g fill="{colour}">{"".join(parts)}</g>'

    def _ground(self) -> str:
        if self.place.floor == "void":
            return ""
        sea = next((depth for kind, _, depth in self.place.far if kind == "sea"), 0.0)
        top = self.horizon + sea
        colour = "#eef4f8" if self.scene.weather == "snow" else self.place.ground
        dark = _shade(colour, -0.12)
        parts = [
            f'<defs><linearGradient id="ground" gradientUnits="userSpaceOnUse" x1="0" y1="{top}" x2="0" y2="{top + 60}">'
            f'<stop offset="0" stop-color="{dark}"/><stop offset="1" stop-color="{colour}"/></linearGradient></defs>'
            f'<rect {self._span(top, self.bottom)} fill="url(#ground)"/>'
        ]
        if self.place.floor == "road":
            parts.append(
                f'<rect {self._span(self.horizon + 3, self.horizon + 7)} fill="#b9b5ad" stroke="#000" stroke-width=".4"/>'
            )
            y = min(-4.0, self.horizon + 16)
            for x in np.arange(self.left, self.right, 26):
                parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="14" height="1.6" fill="#f5e9b8"/>')
        elif self.place.floor == "lane":
            parts.append(f'<rect {self._span(-12, 8)} fill="#a58d6a"/>')
            for x in np.arange(self.left, self.right, 9):
                y = self.chance.uniform(-10, 6)
                parts.append(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="1.6" ry=".6" fill="#7c6a4e"/>')
        elif self.place.floor == "rails":
            rail = self.horizon * 0.7
            parts.append(f'<rect {self._span(rail - 3, rail + 5)} fill="#6a625c"/>')
            for x in np.arange(self.left, self.right, 7):
                parts.append(f'<rect x="{x:.1f}" y="{rail - 1.5:.1f}" width="3" height="5" fill="#4a3a30"/>')
            parts.append(f'<rect {self._span(rail - 0.6, rail + 0.6)} fill="#c3c8ce"/>')
            parts.append(f'<rect {self._span(rail + 7, rail + 9)} fill="#f4d75a"/>')
        elif self.place.floor == "bays":
            for x in np.arange(self.left, self.right, 36):
                parts.append(
                    f'<path d="M{x:.1f},{self.horizon * 0.9:.1f} L{x * 1.25:.1f},-6" stroke="#fff" stroke-width="1"/>'
                )
        elif self.place.floor == "tiles":
            for y in (self.horizon * 0.8, self.horizon * 0.45, 4.0, 16.0):
                parts.append(f'<rect {self._span(y, y + 0.5)} fill="{dark}"/>')
        elif self.place.floor == "tufts":
            for _ in range(260):
                x, depth = self.chance.uniform(self.left, self.right), self.chance.random() ** 1.5
                y = top + 2 + depth * (self.bottom - top - 2)
                h = 1.2 + 2.2 * depth
                parts.append(
                    f'<path d="M{x:.1f},{y:.1f} l{-h / 3:.1f},{-h:.1f} M{x:.1f},{y:.1f} l{h / 3:.1f},{-h:.1f}" stroke="{_shade(colour, -0.22)}" stroke-width=".6" stroke-linecap="round"/>'
                )
        elif self.place.floor == "waves":
            for _ in range(200):
                x, depth = self.chance.uniform(self.left, self.right), self.chance.random() ** 1.5
                y, w = top + 2 + depth * (self.bottom - top - 2), 4 + 12 * depth
                parts.append(
                    f'<path d="M{x:.1f},{y:.1f} q{w / 2:.1f},-{w / 6:.2f} {w:.1f},0" fill="none" stroke="#fff" stroke-width=".6" opacity=".5"/>'
                )
        elif self.place.floor == "specks":
            for _ in range(220):
                x, y = self.chance.uniform(self.left, self.right), self.chance.uniform(top + 1, self.bottom)
                parts.append(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="1.1" ry=".4" fill="{_shade(colour, -0.15)}"/>')
        return "".join(parts)

    def _things(self) -> list[str]:
        placed: list[tuple[float, str, Piece]] = []
        for thing in self.place.things:
            for at in range(thing.count):
                x, y, height = self._where(thing, at)
                markup, box = self._stand(thing.code, x, y, height)
                placed.append((y, markup, Piece(thing.code, box)))
        placed.sort(key=lambda item: item[0])
        self.pieces += [piece for *_, piece in placed]
        return [markup for _, markup, _ in placed]

    def _where(self, thing: Thing, at: int) -> tuple[float, float, float]:
        depth = self.chance.uniform(*thing.depth)
        y = self.horizon + depth * -self.horizon
        if thing.xs:
            # Walls are near: what stands before them is hardly smaller than what stands by the figures.
            near = 0.86 if self.place.inside else 0.74
            nearness = near + (1 - near) * max(0.0, depth)
            return thing.xs[at], y - thing.lift * nearness, thing.height * nearness
        slot = (at + self.chance.uniform(0.15, 0.85)) / thing.count
        x = thing.spread * (2 * slot - 1)
        # Things in the middle would stand behind the figures' heads.
        if thing.spread > 60 and abs(x) < 26:
            x += 34 if x >= 0 else -34
        return x, y, thing.height * self.chance.uniform(0.85, 1.15) * (0.55 + 0.45 * max(0.0, depth))

    def _stand(self, code: str, x: float, y: float, height: float) -> tuple[str, Box]:
        ink = art.ink_box(code)
        scale = height / ink.height
        half = ink.width * scale / 2
        box = Box(x - half, y - height, x + half, y)
        if code in PIECES:
            return f'<g transform="translate({x:.2f} {y:.2f}) scale({height / 100:.4f})">{PIECES[code]}</g>', box
        markup = (
            f'<g transform="translate({x:.2f} {y:.2f}) scale({scale:.4f}) '
            f'translate({-(ink.left + ink.right) / 2:.2f} {-ink.bottom:.2f})">{art.fragment(code)}</g>'
        )
        return markup, box

    # ------------------------------------------------------------------------------------ rooms

    def room(self) -> str:
        wall, floor = self.place.wall, self.place.ground
        line = self.horizon
        parts = [
            f'<defs><linearGradient id="wall" gradientUnits="userSpaceOnUse" x1="0" y1="{line - 110}" x2="0" y2="{line}">'
            f'<stop offset="0" stop-color="{_shade(wall, -0.1)}"/><stop offset="1" stop-color="{wall}"/></linearGradient></defs>'
            f'<rect {self._span(self.top, self.bottom)} fill="url(#wall)"/>',
            f'<rect {self._span(line, self.bottom)} fill="{floor}"/>',
            f'<rect {self._span(line - 3.2, line)} fill="{_shade(wall, -0.28)}"/>',
        ]
        if self.place.floor == "boards":
            for at in range(-30, 31):
                parts.append(
                    f'<path d="M{at * 14},{line} L{at * 30},{self.bottom}" stroke="{_shade(floor, -0.15)}" stroke-width=".6"/>'
                )
        elif self.place.floor == "tiles":
            for at in range(-30, 31):
                parts.append(
                    f'<path d="M{at * 12},{line} L{at * 24},{self.bottom}" stroke="{_shade(floor, -0.13)}" stroke-width=".5"/>'
                )
            y, step = line, 3.0
            while y < self.bottom:
                parts.append(
                    f'<path d="M{self.left},{y:.1f} L{self.right},{y:.1f}" stroke="{_shade(floor, -0.13)}" stroke-width=".5"/>'
                )
                y, step = y + step, step * 1.35
        for x in self.place.windows:
            self.pieces.append(Piece("1FA9F", Box(x - 2, line - 70, x + 34, line - 28)))
            parts.append(self._window(x, line - 68))
        parts += self._things()
        if self.scene.time in ("night", "dusk"):
            tint, strength = ("#0b1440", 0.3) if self.scene.time == "night" else ("#7a2f4a", 0.12)
            parts.append(f'<rect {self._span(self.top, self.bottom)} fill="{tint}" opacity="{strength}"/>')
        return "".join(parts)

    def _window(self, x: float, y: float) -> str:
        upper, lower = _SKIES[self.scene.time]
        if self.scene.weather not in ("clear",):
            upper, lower = _DULL[self.scene.time]
        extra = '<circle cx="22" cy="9" r="4" fill="#fdf3cf"/>' if self.scene.time == "night" else ""
        return (
            f'<g transform="translate({x} {y})"><defs><linearGradient id="pane" x1="0" y1="0" x2="0" y2="1">'
            f'<stop offset="0" stop-color="{upper}"/><stop offset="1" stop-color="{lower}"/></linearGradient></defs>'
            f'<rect x="-2" y="-2" width="36" height="42" fill="#f6efe2" stroke="#000" stroke-width=".9"/>'
            f'<rect width="32" height="38" fill="url(#pane)" stroke="#000" stroke-width=".7"/>{extra}'
            '<path d="M16,0 L16,38 M0,19 L32,19" stroke="#f6efe2" stroke-width="1.8"/>'
            '<rect x="-4" y="39" width="40" height="3" fill="#e2d6c0" stroke="#000" stroke-width=".7"/></g>'
        )


def _shade(colour: str, amount: float) -> str:
    """A colour made lighter (amount > 0) or darker, by a share of the way to white or black."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    goal = 255 if amount > 0 else 0
    return "#" + "".join(f"{round(part + (goal - part) * abs(amount)):02x}" for part in parts)
