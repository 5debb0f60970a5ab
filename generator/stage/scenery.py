# ruff: noqa: E501, PERF401  (SVG reads no better wrapped)
"""Where a shot takes place: a setting's words → place, time of day and weather → a layered backdrop in SVG.

The world has the ground line at y = 0 where figures stand, y downwards and x = 0 in the middle;
a grown person is 60 units tall.  ``horizon`` says how far up the far edge of the ground appears.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.stage import art
from generator.stage.art import Box
from generator.stage.motion import read_motion
from generator.stage.pieces import PIECES
from generator.stage.places import PHRASES, PLACES, Place
from generator.stage.words import seeded, singulars, tokens, word_set

__all__ = ["Scene", "backdrop", "grade_of", "read_scene"]

_TIMES = (
    ("night", word_set("night midnight nighttime moon moonlit moonlight starry stars nocturnal dark")),
    ("dusk", word_set("dusk sunset evening twilight golden-hour sundown")),
    ("dawn", word_set("dawn sunrise morning daybreak early")),
    ("day", word_set("day noon midday afternoon daylight sunny bright sunlit")),
)
_WEATHERS = (
    ("storm", word_set("storm stormy thunderstorm thunder lightning tempest hurricane")),
    ("rain", word_set("rain rainy raining drizzle rainstorm downpour wet")),
    ("snow", word_set("snow snowy snowing blizzard snowfall snowstorm winter")),
    ("fog", word_set("fog foggy mist misty haze hazy")),
    ("cloud", word_set("cloudy overcast clouds grey gray windy")),
)
_SKIES = {
    "day": ("#8fd0f5", "#d9f1fb"),
    "dawn": ("#8fb6e8", "#fbd9b5"),
    "dusk": ("#5c5596", "#f6a56b"),
    "night": ("#121a3a", "#33457a"),
}
_DULL = {"day": ("#9fb2c0", "#d3dbe0"), "dawn": ("#a3adba", "#d8cfc8"), "dusk": ("#565a78", "#a88f88"), "night": ("#141a2c", "#2e3952")}  # fmt: skip


_VAGUE = word_set("road highway trail track pass path field platform water")  # "a desert road" is a desert


@dataclass(frozen=True, slots=True)
class Scene:
    """A place at a time of day in some weather; ``seed`` fixes where trees and houses stand."""

    place: Place
    time: str
    weather: str
    seed: str


def read_scene(setting: str, action: str = "", ambience: str = "", *, seed: int = 0) -> Scene:
    """The scene that a setting speaks of; where it says nothing, the action and the ambience are asked."""
    place = _place(setting) or _place(action, acting=True) or _place(ambience) or PLACES["neutral"]
    time = _said(_TIMES, setting) or _said(_TIMES, action) or _said(_TIMES, ambience) or "day"
    if place.name == "moon":
        # Its name is no hour here, and there is no air for weather.
        return Scene(place, "day", "clear", f"{seed}|{' '.join(tokens(setting))}")
    weather = _said(_WEATHERS, setting) or _said(_WEATHERS, action) or _said(_WEATHERS, ambience) or "clear"
    return Scene(place, time, weather, f"{seed}|{' '.join(tokens(setting))}")


def _said(table: tuple[tuple[str, frozenset[str]], ...], text: str) -> str:
    words = {form for word in tokens(text) for form in singulars(word)} | set(tokens(text))
    return next((name for name, wanted in table if words & wanted), "")


def _place(text: str, *, acting: bool = False) -> Place | None:
    folded = " ".join(text.casefold().split())
    phrase = next((place for place, pattern in PHRASES if pattern.search(folded)), None)
    return phrase or _place_of_words(text, acting=acting)


def _place_of_words(text: str, *, acting: bool) -> Place | None:
    # The earliest word decides, but "outside a cafe" is a street and "forest cabin interior" a room.
    # What somebody does is no place: "a vase falls" has no waterfall.
    forms = [
        set(singulars(word)) if not acting or word.is_noun or read_motion(str(word)).name == "stand" else set()
        for word in tokens(text)
    ]
    words = {form for group in forms for form in group}
    hits = [
        (at, -len(word), place, word in _VAGUE)
        for place in PLACES.values()
        for word in place.words & words
        for at in [next(at for at, group in enumerate(forms) if word in group)]
    ]
    if not hits:
        return None
    outside = "outside" in words or "exterior" in words or "ext" in words
    inside = {"inside", "interior", "indoors", "indoor", "int"} & words
    # In a compound the last noun is the place: "castle hall", "train station".
    first = min(hits, key=lambda hit: hit[:2])
    while (after := next((hit for hit in hits if hit[0] == first[0] + 1 and not hit[3]), None)) is not None:
        first = after
    hits = [hit for hit in hits if hit[0] >= first[0]]
    wanted = [hit for hit in hits if (hit[2].inside if inside else not hit[2].inside)] if inside or outside else hits
    if inside and not wanted:
        return PLACES["room"]
    if outside and not wanted:
        return PLACES["street"]
    return min(wanted, key=lambda hit: hit[:2])[2]


def grade_of(scene: Scene) -> tuple[float, float, float]:
    """Factors for red, green and blue that put figures into the scene's light."""
    if scene.place.inside:
        return (0.94, 0.9, 0.86) if scene.time in ("night", "dusk") else (1.0, 1.0, 1.0)
    light = {"night": (0.56, 0.62, 0.86), "dusk": (0.97, 0.82, 0.78), "dawn": (1.0, 0.94, 0.88)}
    red, green, blue = light.get(scene.time, (1.0, 1.0, 1.0))
    if scene.weather in ("storm", "rain", "fog", "cloud"):
        red, green, blue = red * 0.9, green * 0.92, blue * 0.95
    return red, green, blue


def backdrop(scene: Scene, region: Box, horizon: float, *, mirrored: bool = False) -> str:
    """SVG of everything behind the figures, filling ``region`` of the world."""
    painter = _Painter(scene, region, horizon)
    body = painter.room() if scene.place.inside else painter.outdoors()
    # From the other side one sees another stretch of the place.
    aside = 60 if scene.place.inside else 115
    return f'<g transform="scale(-1 1) translate({aside} 0)">{body}</g>' if mirrored else body


class _Painter:
    def __init__(self, scene: Scene, region: Box, horizon: float) -> None:
        self.scene = scene
        self.place = scene.place
        # Mirroring swaps the sides, and scenery must not depend on the window: paint a wide, fixed strip.
        self.left, self.right = -420.0, 420.0
        self.top, self.bottom = min(region.top - 5, -170.0), max(region.bottom + 5, 60.0)
        self.horizon = -horizon
        self.chance = seeded("scenery", scene.seed, scene.place.name)

    def outdoors(self) -> str:
        parts = [self._sky(), self._far()]
        parts.append(self._ground())
        parts += self._things()
        if self.scene.weather == "fog":
            parts.append(f'<rect {self._span(self.top, self.bottom)} fill="#dfe4e8" opacity=".45"/>')
        tint = {"night": ("#0b1440", 0.42), "dusk": ("#7a2f4a", 0.16), "dawn": ("#ffb877", 0.1)}.get(self.scene.time)
        if tint is not None:
            parts.append(f'<rect {self._span(self.top, self.bottom)} fill="{tint[0]}" opacity="{tint[1]}"/>')
        return "".join(parts)

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
        stars = (self.scene.time == "night" and not dull) or self.place.name in ("space", "moon")
        if stars:
            for _ in range(170):
                x, y = self.chance.uniform(self.left, self.right), self.horizon - self.chance.uniform(6, 160)
                parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{self.chance.uniform(0.2, 0.7):.2f}" fill="#fff"/>')
        if not dull and self.place.name not in ("space", "moon"):
            x = self.chance.uniform(28, 58) * (1 if self.chance.integers(2) else -1)
            if self.scene.time == "night":
                parts.append(f'<circle cx="{x:.1f}" cy="{self.horizon - 58}" r="8" fill="#fdf3cf"/>')
            else:
                y = self.horizon - {"day": 62, "dawn": 16, "dusk": 12}[self.scene.time]
                parts.append(f'<circle cx="{x:.1f}" cy="{y}" r="15" fill="#fff6cf" opacity=".5"/>')
                parts.append(f'<circle cx="{x:.1f}" cy="{y}" r="9" fill="#ffdf6b"/>')
        if self.place.name not in ("space", "moon"):
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
                f'<rect x="{x:.1f}" y="{self.horizon - tall:.1f}" width="{wide:.1f}" height="{tall + 4:.1f}" '
                f'fill="{_shade(colour, shade)}" stroke="#000" stroke-width=".5"/>'
            )
            for wx in np.arange(x + 3, x + wide - 4, 6):
                for wy in np.arange(self.horizon - tall + 4, self.horizon - 6, 8):
                    if self.chance.random() < 0.72:
                        parts.append(f'<rect x="{wx:.1f}" y="{wy:.1f}" width="3.2" height="4.4" fill="{lit}"/>')
            x += wide + self.chance.uniform(0, 3)
        return "".join(parts)

    def _sea(self, colour: str, depth: float) -> str:
        parts = [f'<rect {self._span(self.horizon, self.horizon + depth)} fill="{colour}"/>']
        for _ in range(int(depth * 3)):
            x, y = self.chance.uniform(self.left, self.right), self.horizon + self.chance.uniform(0.5, depth - 0.5)
            w = self.chance.uniform(3, 9) * (0.4 + (y - self.horizon) / depth)
            parts.append(
                f'<path d="M{x:.1f},{y:.1f} q{w / 2:.1f},-{w / 8:.2f} {w:.1f},0" fill="none" stroke="#fff" stroke-width=".45" opacity=".5"/>'
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
        elif self.place.floor == "tufts":
            for _ in range(260):
                x, depth = self.chance.uniform(self.left, self.right), self.chance.random() ** 1.5
                y = top + 2 + depth * (self.bottom - top - 2)
                h = 1.2 + 2.2 * depth
                parts.append(
                    f'<path d="M{x:.1f},{y:.1f} l{-h / 3:.1f},{-h:.1f} M{x:.1f},{y:.1f} l{h / 3:.1f},{-h:.1f}" stroke="{_shade(colour, -0.22)}" stroke-width=".6" stroke-linecap="round"/>'
                )
        elif self.place.floor == "specks":
            for _ in range(220):
                x, y = self.chance.uniform(self.left, self.right), self.chance.uniform(top + 1, self.bottom)
                parts.append(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="1.1" ry=".4" fill="{_shade(colour, -0.15)}"/>')
        return "".join(parts)

    def _things(self) -> list[str]:
        placed: list[tuple[float, str]] = []
        for thing in self.place.things:
            for at in range(thing.count):
                slot = (at + self.chance.uniform(0.15, 0.85)) / thing.count
                x = thing.spread * (2 * slot - 1)
                # Things in the middle would stand behind the figures' heads.
                if thing.spread > 60 and abs(x) < 26:
                    x += 34 if x >= 0 else -34
                depth = self.chance.uniform(*thing.depth)
                y = self.horizon + depth * -self.horizon
                height = thing.height * self.chance.uniform(0.85, 1.15) * (0.55 + 0.45 * max(0.0, depth))
                placed.append((y, self._stand(thing.code, x, y, height)))
        placed.sort(key=lambda item: item[0])
        return [markup for _, markup in placed]

    def _stand(self, code: str, x: float, y: float, height: float) -> str:
        if code in PIECES:
            return f'<g transform="translate({x:.2f} {y:.2f}) scale({height / 100:.4f})">{PIECES[code]}</g>'
        ink = art.ink_box(code)
        scale = height / ink.height
        return (
            f'<g transform="translate({x:.2f} {y:.2f}) scale({scale:.4f}) '
            f'translate({-(ink.left + ink.right) / 2:.2f} {-ink.bottom:.2f})">{art.fragment(code)}</g>'
        )

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
