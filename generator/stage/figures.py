# ruff: noqa: E501  (tables and SVG read no better wrapped)
"""Drawing a figure: a look, a pose and how far its mouth is open → SVG in the figure's own units.

person, creature          picture
┌── −12 … 88 ──┐          ┌── 0 … 72 ──┐
│    bust      │ 0…61     │            │
│   body       │          │  as it is  │
│   legs       │ …122     │            │
└──── feet ────┘ 124      └─── feet ───┘ bottom of its ink
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from generator.stage import art
from generator.stage.art import Box
from generator.stage.cast import Look
from generator.stage.tint import tinted
from generator.stage.wardrobe import BEHIND, worn

__all__ = ["MOUTH_LEVELS", "POSES", "Drawing", "draw", "mouth_colour"]

POSES = (
    "stand", "walk0", "walk1", "run0", "run1", "wave0", "wave1", "hold", "point", "reach", "cheer", "sit", "seat", "kneel",
    "climb0", "climb1", "look0", "look1", "back",
)  # fmt: skip
"""Poses that a person or creature can take; whole pictures have one.  ``sit`` brings a stool, ``seat`` has one."""
MOUTH_LEVELS = 5
"""Level 0 is the picture's own shut mouth, 4 is wide open."""

_INK = 'stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
_MOUTH = "#8f1d2c"


@dataclass(frozen=True, slots=True)
class Drawing:
    """SVG markup with its box, where its feet stand and where its head and hand are (own units).

    ``top`` is the highest ink, so that ``feet - top`` is the height that a look's world height means.
    """

    body: str
    box: Box
    feet: tuple[float, float]
    top: float
    head: tuple[float, float]
    hand: tuple[float, float]


def mouth_colour() -> tuple[int, int, int]:
    """The red of an open mouth, which nothing else on the stage has."""
    return (0x8F, 0x1D, 0x2C)


@lru_cache(maxsize=1024)
def draw(look: Look, pose: str = "stand", mouth: int = 0) -> Drawing:
    """The drawing of a figure; ``mouth`` is a level of 0 to 4."""
    if look.kind == "person":
        return _person(look, pose, mouth)
    if look.kind == "creature":
        return _creature(look, pose, mouth)
    if look.kind == "picture":
        return _picture(look, mouth)
    return _card(look, mouth)


def _mouth(look: Look, level: int) -> str:
    if level <= 0:
        return ""
    x, y, half = look.mouth
    wide, tall = half * (1.02 - 0.05 * level), half * (0.16 + 0.21 * level)
    tongue = (
        f'<ellipse cx="{x}" cy="{y + tall * 0.55:.2f}" rx="{wide * 0.55:.2f}" ry="{tall * 0.38:.2f}" fill="#e8707e"/>'
    )
    teeth = f'<rect x="{x - wide * 0.55:.2f}" y="{y - tall * 0.92:.2f}" width="{wide * 1.1:.2f}" height="{tall * 0.36:.2f}" rx=".5" fill="#fff"/>'
    shape = (
        f'<ellipse cx="{x}" cy="{y}" rx="{wide:.2f}" ry="{tall:.2f}" fill="{_MOUTH}" stroke="#000" '
        f'stroke-width="{min(1.6, half * 0.34):.2f}"/>'
    )
    return shape + (tongue + teeth if level >= 2 else "")


# ---------------------------------------------------------------------------------------- people


@lru_cache(maxsize=256)
def _bust(code: str, skin: str, hair: str, shirt: str) -> str:
    body = art.fragment(code)
    if skin:
        body = _recolour(body, "#fcea2b", skin, group="skin")
        body = re.sub(r"#fcea2b", skin, body, flags=re.I) if 'id="skin"' not in body else body
    if hair:
        body = _recolour(body, None, hair, group="hair")
    if shirt:
        body = re.sub(r"#92d3f5", shirt, body, flags=re.I)
    return body


def _recolour(body: str, old: str | None, new: str, *, group: str) -> str:
    # One group of the picture only: the same yellow is also a buckle or a crown.
    def change(match: re.Match[str]) -> str:
        pattern = re.escape(old) if old else r"#[0-9a-f]{3,6}"
        return re.sub(rf'(fill=")({pattern})(")', rf"\g<1>{new}\g<3>", match[0], flags=re.I)

    return re.sub(rf'<g id="{group}">.*?</g>', change, body, flags=re.S)


@lru_cache(maxsize=128)
def _cloth_colour(code: str, shirt: str) -> str:
    # The colour of the bust where the body joins it.
    image = art.raster(_bust(code, "", "", shirt), Box(0, 0, 72, 72), 144, 144)
    counts: dict[tuple[int, ...], int] = {}
    for x in range(44, 100, 2):
        for y in (110, 114, 117):
            pixel = image.getpixel((x, y))
            if isinstance(pixel, tuple) and pixel[3] > 250 and sum(pixel[:3]) > 60:
                counts[pixel[:3]] = counts.get(pixel[:3], 0) + 1
    if not counts:
        return shirt or "#92d3f5"
    red, green, blue = max(counts.items(), key=lambda item: (item[1], item[0]))[0]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _limb(points: str, colour: str, width: float) -> str:
    style = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
    return (
        f'<path d="{points}" {style} stroke="#000" stroke-width="{width + 4}"/>'
        f'<path d="{points}" {style} stroke="{colour}" stroke-width="{width}"/>'
    )


def _hand(x: float, y: float, skin: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="4.2" fill="{skin}" {_INK}/>'


_ARMS = {
    # pose: arm to the viewer's right as path and hand, then the other one as if it were on the same side
    "stand": (("M53,58 L59,72 L58,84", (58.0, 86.0)), ("M53,58 L59,72 L58,84", (58.0, 86.0))),
    "walk0": (("M53,58 L61,71 L63,82", (63.5, 84.0)), ("M53,58 L57,73 L53,84", (52.5, 86.0))),
    "walk1": (("M53,58 L57,73 L53,84", (52.5, 86.0)), ("M53,58 L61,71 L63,82", (63.5, 84.0))),
    "run0": (("M53,58 L63,68 L70,58", (71.5, 55.5)), ("M53,58 L62,72 L54,82", (52.5, 83.5))),
    "run1": (("M53,58 L62,72 L54,82", (52.5, 83.5)), ("M53,58 L63,68 L70,58", (71.5, 55.5))),
    "wave0": (("M53,59 L65,54 L69,40", (69.5, 37.5)), ("M53,58 L59,72 L58,84", (58.0, 86.0))),
    "wave1": (("M53,59 L65,56 L75,45", (76.5, 43.0)), ("M53,58 L59,72 L58,84", (58.0, 86.0))),
    "hold": (("M53,59 L61,72 L69,66", (71.5, 65.0)), ("M53,58 L59,72 L58,84", (58.0, 86.0))),
    "point": (("M53,59 L64,57 L74,54", (75.5, 53.5)), ("M53,58 L59,72 L58,84", (58.0, 86.0))),
    "reach": (("M53,59 L64,64 L74,62", (76.0, 61.5)), ("M53,60 L52,74 L43,76", (41.0, 76.0))),
    "cheer": (("M53,58 L65,50 L67,34", (67.5, 31.5)), ("M53,58 L65,50 L67,34", (67.5, 31.5))),
    "sit": (("M53,58 L58,72 L52,82", (50.5, 84.0)), ("M53,58 L58,72 L52,82", (50.5, 84.0))),
    "kneel": (("M53,58 L60,72 L55,83", (54.0, 85.0)), ("M53,58 L60,72 L55,83", (54.0, 85.0))),
    "climb0": (("M53,58 L62,48 L62,34", (62.0, 31.5)), ("M53,58 L62,66 L66,54", (66.5, 51.5))),
    "climb1": (("M53,58 L62,66 L66,54", (66.5, 51.5)), ("M53,58 L62,48 L62,34", (62.0, 31.5))),
}
_ARMS |= {"seat": _ARMS["sit"], "look0": _ARMS["stand"], "look1": _ARMS["stand"], "back": _ARMS["stand"]}
_LEGS = {
    "stand": (("M29,88 L28,116", 27.0, 119.0), ("M43,88 L44,116", 45.0, 119.0)),
    "walk0": (("M29,88 L23,104 L25,112", 23.5, 115.0), ("M43,88 L47,116", 49.0, 119.0)),
    "walk1": (("M29,88 L25,116", 23.0, 119.0), ("M43,88 L49,104 L47,112", 48.5, 115.0)),
    "run0": (("M29,88 L16,97 L8,108", 6.0, 110.0), ("M43,88 L55,98 L54,110", 57.0, 113.0)),
    "run1": (("M29,88 L38,101 L28,114", 30.0, 117.0), ("M43,88 L38,102 L24,106", 21.0, 108.0)),
    "sit": (("M29,92 L23,99 L23,116", 21.0, 119.0), ("M43,92 L49,99 L49,116", 51.0, 119.0)),
    "kneel": (("M29,90 L26,112", 25.0, 118.0), ("M43,92 L53,99 L51,115", 53.0, 119.0)),
    "climb0": (("M29,88 L22,98 L26,107", 24.5, 110.0), ("M43,88 L45,116", 46.0, 119.0)),
    "climb1": (("M29,88 L27,116", 26.0, 119.0), ("M43,88 L50,98 L46,107", 47.5, 110.0)),
}
_LEGS |= {"seat": _LEGS["sit"]}
_DROPS = {"sit": 15.0, "seat": 15.0, "kneel": 20.0}
"""How far the upper body sinks."""
_HEADS = {"look0": "translate(3 0) rotate(5 36 44)", "look1": "translate(-2.5 0) rotate(-4 36 44)"}
_STOOL = f'<path d="M22,106 L19,119 M50,106 L53,119" fill="none" stroke="#5e3b20" stroke-width="4"/><rect x="15" y="101" width="42" height="6" rx="2.5" fill="#a5713f" {_INK}/>'


def _mirror(path: str) -> str:
    return re.sub(r"([ML])([\d.]+),", lambda match: f"{match[1]}{72 - float(match[2]):g},", path)


def _person(look: Look, pose: str, mouth: int) -> Drawing:
    cloth = _cloth_colour(look.code, look.shirt) if not look.portrait else look.shirt or "#92d3f5"
    skin = look.skin or "#fcea2b"
    legs = "".join(
        _limb(path, cloth if look.gown and pose in _DROPS else look.trousers, 8)
        + f'<ellipse cx="{x}" cy="{y}" rx="7" ry="3.6" fill="{look.shoes}" {_INK}/>'
        for path, x, y in _LEGS.get(pose, _LEGS["stand"])
    )
    (right, right_hand), (left, left_hand) = _ARMS[pose]
    drop = _DROPS.get(pose, 0.0)
    arms = _limb(_mirror(left), cloth, 7) + _hand(72 - left_hand[0], left_hand[1], skin)
    arm_right = _limb(right, cloth, 7) + _hand(*right_hand, skin)
    if pose == "point":
        x, y = right_hand
        arm_right += _limb(f"M{x + 3},{y - 0.6} L{x + 9},{y - 1.8}", skin, 2.2)
    if look.gown:
        hem = 112 - drop
        torso = f'<path d="M18,57 L54,57 L51,80 L60,{hem} L12,{hem} L21,80 Z" fill="{cloth}" {_INK}/>'
    else:
        torso = f'<path d="M17.5,57 L54.5,57 L51,92 L21,92 Z" fill="{cloth}" {_INK}/>'
        torso += f'<path d="M36,86 L36,92" fill="none" {_INK}/>'
    neck = f'<path d="M30.5,38 L30.5,50 Q36,54 41.5,50 L41.5,38 Z" fill="{skin}" {_INK}/>'
    # The shirt's own colour goes on over the seam between body and bust.
    seam = "" if look.portrait else f'<rect x="18.6" y="55" width="34.8" height="8" fill="{cloth}"/>'
    bust = _portrait(look) if look.portrait else _bust(look.code, look.skin, look.hair, look.shirt)
    head = bust + worn(look.extras) + _mouth(look, mouth)
    if pose == "back":
        head = bust + _nape(look) + worn(tuple(extra for extra in look.extras if extra[0] in BEHIND))
    elif pose in _HEADS:
        head = f'<g transform="{_HEADS[pose]}">{head}</g>'
    upper = arms + arm_right + torso + worn(look.extras, body=True) + neck + seam + head
    # The legs of who sits come before the body, of who stands behind it.
    if drop:
        moved = f'<g transform="translate(0 {drop})">{upper}</g>'
        body = (_STOOL if pose == "sit" else "") + moved + legs
    else:
        body = arms + arm_right + legs + torso + worn(look.extras, body=True) + neck + seam + head
    hand = (right_hand[0], right_hand[1] + drop)
    return Drawing(body, Box(-12, -6, 88, 126), (36, 123), _bust_top(look), (36, 28 + drop), hand)


def _nape(look: Look) -> str:
    # The back of a head, over the face.
    hair = look.hair or ("#d9d4cc" if look.code in ("1F474", "1F475", "1F9D3") else "#6a462f")
    if look.code.endswith("1F9B2"):
        hair = look.skin or "#fcea2b"
    return f'<ellipse cx="36" cy="28" rx="15" ry="17" fill="{hair}" {_INK}/>'


def _portrait(look: Look) -> str:
    shirt = look.shirt or "#92d3f5"
    return (
        f'<path d="M17,61 Q17,46 30,46 L42,46 Q55,46 55,61" fill="{shirt}" {_INK}/>'
        '<defs><clipPath id="face"><circle cx="36" cy="26" r="20"/></clipPath></defs>'
        f'<g clip-path="url(#face)"><image href="{look.portrait}" x="16" y="6" width="40" height="40" '
        'preserveAspectRatio="xMidYMin slice"/></g>'
        f'<circle cx="36" cy="26" r="20" fill="none" {_INK}/>'
    )


@lru_cache(maxsize=128)
def _bust_top(look: Look) -> float:
    return 6.0 if look.portrait else art.ink_box(look.code).top


# ---------------------------------------------------------------------------------------- creatures


@lru_cache(maxsize=64)
def _fur(code: str, tint: str) -> tuple[str, str]:
    """Main and second colour of a head, for the body under it."""
    image = art.raster(tinted(code, tint), Box(0, 0, 72, 72), 72, 72)
    counts: dict[tuple[int, ...], int] = {}
    for pixel in image.get_flattened_data():
        if isinstance(pixel, tuple) and pixel[3] > 250 and sum(pixel[:3]) > 40:
            counts[pixel[:3]] = counts.get(pixel[:3], 0) + 1
    ranked = sorted(counts, key=lambda colour: (-counts[colour], colour))[:2] or [(160, 120, 80)]
    first, second = ranked[0], ranked[-1]
    return (f"#{first[0]:02x}{first[1]:02x}{first[2]:02x}", f"#{second[0]:02x}{second[1]:02x}{second[2]:02x}")


def _creature(look: Look, pose: str, mouth: int) -> Drawing:
    fur, light = _fur(look.code, look.tint)
    lift = {
        "walk0": (4.0, 0.0), "walk1": (0.0, 4.0), "run0": (9.0, 0.0), "run1": (0.0, 9.0), "climb0": (7.0, 0.0), "climb1": (0.0, 7.0),
    }.get(pose, (0.0, 0.0))  # fmt: skip
    feet = "".join(
        f'<path d="M{x},88 L{x},{112 - up}" stroke="#000" stroke-width="17" stroke-linecap="round"/>'
        f'<path d="M{x},88 L{x},{112 - up}" stroke="{fur}" stroke-width="13" stroke-linecap="round"/>'
        f'<ellipse cx="{x}" cy="{117 - up}" rx="9.5" ry="5.5" fill="{fur}" {_INK}/>'
        for x, up in ((26, lift[0]), (46, lift[1]))
    )
    (right, hand), (left, _) = _ARMS[pose]
    arms = "".join(_limb(path, fur, 9) for path in (_mirror(left), right))
    trunk = (
        f'<ellipse cx="36" cy="80" rx="21" ry="28" fill="{fur}" {_INK}/>'
        f'<ellipse cx="36" cy="85" rx="12.5" ry="18" fill="{light}"/>'
    )
    head = f'<g transform="translate(3.6 2) scale(.9)">{tinted(look.code, look.tint)}{_mouth(look, mouth)}</g>'
    if pose in _HEADS:
        head = f'<g transform="{_HEADS[pose]}">{head}</g>'
    elif pose == "back":
        head += f'<ellipse cx="36" cy="38" rx="19" ry="17" fill="{fur}"/>'
        trunk = f'<ellipse cx="36" cy="80" rx="21" ry="28" fill="{fur}" {_INK}/>'
    top = 2 + 0.9 * art.ink_box(look.code).top
    drop = _DROPS.get(pose, 0.0)
    body = arms + feet + trunk + head
    if drop:
        stool = _STOOL if pose == "sit" else ""
        feet = "".join(f'<ellipse cx="{x}" cy="117" rx="10" ry="6" fill="{fur}" {_INK}/>' for x in (20, 52))
        body = f'{stool}<g transform="translate(0 {drop * 0.8})">{arms + trunk + head}</g>{feet}'
    return Drawing(body, Box(-12, -6, 88, 126), (36, 122), top, (36, 36 + drop * 0.8), (hand[0], hand[1] + drop * 0.8))


# ---------------------------------------------------------------------------------------- pictures, cards


_GROUPS = {2: ((-3.0, 24.0), (29.0, 27.0)), 3: ((14.0, 3.0), (-4.0, 25.0), (30.0, 27.0))}
"""Where each of several pictures stands in the box of one."""
_SMALLER = 0.6


def _picture(look: Look, mouth: int) -> Drawing:
    ink = art.ink_box(look.code)
    x, y, _ = look.mouth
    body = tinted(look.code, look.tint) + _mouth(look, mouth)
    if look.count > 1:
        places = _GROUPS[min(look.count, 3)]
        body = "".join(f'<g transform="translate({dx} {dy}) scale({_SMALLER})">{body}</g>' for dx, dy in places)
        corners = [(dx + _SMALLER * side, dy) for dx, dy in places for side in (ink.left, ink.right)]
        ink = Box(
            min(x for x, _ in corners), min(dy for _, dy in places) + _SMALLER * ink.top,
            max(x for x, _ in corners), max(dy for _, dy in places) + _SMALLER * ink.bottom,
        )  # fmt: skip
        x, y = places[0][0] + _SMALLER * x, places[0][1] + _SMALLER * y
    return Drawing(
        body,
        Box(-6, -4, 78, 76),
        ((ink.left + ink.right) / 2, ink.bottom),
        ink.top,
        (x, y),
        (ink.left, (ink.top + ink.bottom) / 2),
    )


def _card(look: Look, mouth: int) -> Drawing:
    # The lettering is drawn by the composer, which knows the fonts; here is the board.
    board = f'<path d="M36,50 L36,70" {_INK}/><rect x="2" y="14" width="68" height="38" rx="5" fill="#fff7df" {_INK}/>'
    return Drawing(board + _mouth(look, mouth), Box(-4, -4, 76, 76), (36, 70), 14, (36, 34), (2, 34))
