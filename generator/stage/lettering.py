# ruff: noqa: E501  (tables read better unwrapped)
"""Text on pictures: the Noto fonts by script, emoji as OpenMoji pictures, wrapping; no text makes it fail."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter, ImageFont, features

from generator.stage import art
from generator.stage.art import Box

__all__ = ["Run", "draw_text", "is_leftward", "line_height", "text_width", "wrap"]

_SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0530, 0x058F, "Armenian"), (0x0590, 0x05FF, "Hebrew"), (0x0600, 0x077F, "Arabic"), (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B00, 0x0B7F, "Oriya"), (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Lao"),
    (0x1000, 0x109F, "Myanmar"), (0x10A0, 0x10FF, "Georgian"), (0x1100, 0x11FF, "CJK"), (0x1200, 0x139F, "Ethiopic"),
    (0x1780, 0x17FF, "Khmer"), (0x2190, 0x23FF, "Symbols"), (0x2500, 0x27BF, "Symbols"), (0x2E80, 0x9FFF, "CJK"),
    (0xA960, 0xA97F, "CJK"), (0xAC00, 0xD7FF, "CJK"), (0xF900, 0xFAFF, "CJK"), (0xFB50, 0xFDFF, "Arabic"),
    (0xFE30, 0xFE4F, "CJK"), (0xFE70, 0xFEFE, "Arabic"), (0xFF00, 0xFFEF, "CJK"), (0x1F000, 0x1FAFF, "Symbols"),
    (0x20000, 0x3FFFF, "CJK"),
)  # fmt: skip
_CJK_FACES = {"ja": 0, "ko": 1, "zh": 2}
_MISSING = "\u0378"  # no character, and so the box that a font draws for those it lacks
_MARKS = frozenset("\u200e\u200f")  # they only say which way a line runs


class Run(NamedTuple):
    """A piece of a line in one font; ``code`` names the picture of an emoji instead."""

    text: str
    script: str
    code: str = ""
    leftward: bool = False


@lru_cache(maxsize=64)
def _font(script: str, size: int, weight: int, language: str) -> ImageFont.FreeTypeFont:
    package, name, face = "manimgx_fonts", f"NotoSans{script}[wght].ttf", 0
    if script == "CJK":
        package, name = "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"
        face = _CJK_FACES.get(language.casefold()[:2], 0)
    with as_file(files(package) / name) as path:
        font = ImageFont.truetype(str(path), size, index=face)
    font.set_variation_by_axes([weight])
    return font


def _script_of(char: str) -> str:
    code = ord(char)
    for first, last, script in _SCRIPTS:
        if first <= code <= last:
            return script
    return ""


@lru_cache(maxsize=4096)
def _covers(script: str, char: str) -> bool:
    # The blocks of Unicode do not tell: the fonts of Hebrew and Arabic hold only some of the common marks.
    mask, box = (_font(script, 20, 500, "en").getmask(text) for text in (char, _MISSING))
    return mask.size != box.size or bytes(mask) != bytes(box)


def _font_of(char: str, before: str) -> str:
    # The font of the neighbours goes first for what belongs to no script, so that lines look of one piece.
    own = _script_of(char)
    wanted = own if own or char.isalnum() else before
    if _covers(wanted, char):
        return wanted
    return next((script for script in ("", "Symbols", "CJK") if script != wanted and _covers(script, char)), wanted)


def _atoms(text: str) -> list[Run]:
    # Characters and emoji in reading order, each with its font; marks stay with the letter they sit on.
    import emoji

    atoms: list[Run] = []
    for token in emoji.analyze(text, non_emoji=True, join_emoji=True):
        chars = token.chars
        if not isinstance(token.value, str):
            code = "-".join(f"{ord(char):04X}" for char in chars if char != "\ufe0f")
            if art.exists(code) and len(chars.encode()) > 2:
                atoms.append(Run(chars, "", code))
                continue
        for char in chars:
            if ord(char) in (0xFE0F, 0x200D, 0x200B):
                continue
            before = atoms[-1] if atoms and not atoms[-1].code else None
            if before is not None and unicodedata.category(char).startswith("M"):
                atoms[-1] = before._replace(text=before.text + char)
            else:
                atoms.append(Run(char, _font_of(char, before.script if before else "")))
    return atoms


def _way(atom: Run) -> str:
    # "R" and "L" for letters that run leftwards and rightwards, "" for what goes with its neighbours.
    kind = "" if atom.code else unicodedata.bidirectional(atom.text[0])
    return "R" if kind in ("R", "AL", "AN") else "L" if kind in ("L", "EN") else ""


def _ways(atoms: list[Run]) -> tuple[list[str], str]:
    ways = [_way(atom) for atom in atoms]
    digits = [not atom.code and atom.text[0].isdecimal() for atom in atoms]
    letters = [way for way, digit in zip(ways, digits, strict=True) if way and not digit]
    # A line that begins with a foreign name still runs as most of its letters do.
    base = "R" if 2 * letters.count("R") > len(letters) else "L"
    if atoms and atoms[0].text in _MARKS:
        base = ways[0]
    at = 0
    while at < len(ways):
        end = at
        while end < len(ways) and not ways[end]:
            end += 1
        if end > at:
            before, after = (
                # Numbers hold together what parts their digits, but go with the line in all else.
                base if not 0 <= side < len(ways) or (digits[side] and not _joins(atoms[at:end])) else ways[side]
                for side in (at - 1, end)
            )
            ways[at:end] = [before if before == after else base] * (end - at)
        at = end + 1
    return ways, base


def _joins(between: list[Run]) -> bool:
    return len(between) == 1 and between[0].text in (*".,:/-–+",)


@lru_cache(maxsize=1024)
def _runs(text: str) -> tuple[Run, ...]:
    # From left to right as they are seen.
    atoms = _atoms(text)
    ways, base = _ways(atoms)
    parts: list[tuple[str, list[Run]]] = []
    for atom, way in zip(atoms, ways, strict=True):
        if not parts or parts[-1][0] != way:
            parts.append((way, []))
        if atom.text in _MARKS:
            continue
        runs = parts[-1][1]
        if runs and not atom.code and not runs[-1].code and runs[-1].script == atom.script:
            runs[-1] = runs[-1]._replace(text=runs[-1].text + atom.text)
        else:
            runs.append(atom._replace(leftward=way == "R"))
    ordered = parts if base == "L" else parts[::-1]
    return tuple(run for way, runs in ordered for run in (runs if way == "L" else runs[::-1]))


def is_leftward(text: str) -> bool:
    """Whether a text is read from right to left, as most of its letters are."""
    return _ways(_atoms(text))[1] == "R"


def line_height(size: int) -> int:
    """Pixels from one baseline to the next."""
    return round(size * 1.32)


@dataclass(frozen=True, slots=True)
class _Style:
    size: int
    weight: int
    language: str


def text_width(text: str, size: int, *, weight: int = 500, language: str = "en") -> float:
    """Pixels that a line of text takes."""
    style = _Style(size, weight, language)
    return sum(_run_width(run, style) for run in _runs(text))


def _run_width(run: Run, style: _Style) -> float:
    if run.code:
        return style.size * 1.15
    font = _font(run.script, style.size, style.weight, style.language)
    return font.getlength(run.text, direction=_direction(run))


def _direction(run: Run) -> str | None:
    # Without Raqm Pillow knows no directions and refuses them.
    if not features.check("raqm"):
        return None
    return "rtl" if run.leftward else "ltr"


def wrap(text: str, width: float, size: int, *, weight: int = 500, language: str = "en", limit: int = 8) -> list[str]:
    """Break a text into lines no wider than ``width`` pixels; what does not fit ``limit`` lines ends in "…"."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        candidate = line + piece
        if text_width(candidate.strip(), size, weight=weight, language=language) <= width:
            line = candidate
            continue
        if line.strip():
            lines.append(line.strip())
        line = piece.lstrip()
        # A word that is longer than the line is broken where the line ends.
        while text_width(line.strip(), size, weight=weight, language=language) > width and len(line) > 1:
            cut = _cut(line, width, size, weight, language)
            lines.append(line[:cut])
            line = line[cut:]
    if line.strip():
        lines.append(line.strip())
    if len(lines) > limit:
        lines = lines[:limit]
        last = lines[-1]
        while last and text_width(last + "…", size, weight=weight, language=language) > width:
            last = last[:-1]
        lines[-1] = last.rstrip() + "…"
    return lines or [""]


def _cut(line: str, width: float, size: int, weight: int, language: str) -> int:
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(line[:middle], size, weight=weight, language=language) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _pieces(text: str) -> list[str]:
    # Words with the blank before them; each character of a script that is written without blanks.
    pieces: list[str] = []
    for word in " ".join(text.split()).split(" "):
        start = " " if pieces else ""
        current = start
        for char in word[:2000]:
            if _script_of(char) in ("CJK", "Thai", "Lao", "Khmer", "Myanmar") and char not in "、。！？」』）,.!?":
                if current.strip():
                    pieces.append(current)
                    current = ""
                pieces.append(current + char)
                current = ""
            else:
                current += char
        if current.strip():
            pieces.append(current)
    return pieces


def draw_text(
    image: Image.Image,
    position: tuple[float, float],
    text: str,
    size: int,
    *,
    fill: str | tuple[int, ...] = "#000",
    weight: int = 500,
    outline: int = 0,
    outline_fill: str = "#000",
    halo: str = "",
    language: str = "en",
) -> float:
    """Draw one line with its top left corner at ``position`` and return the width in pixels.

    ``halo`` is the colour of a rim around emoji, whose black lines are lost on a dark ground.
    """
    style = _Style(size, weight, language)
    pen = ImageDraw.Draw(image)
    x, y = position
    for run in _runs(text):
        if run.code:
            side = round(size * 1.15)
            picture = art.raster(art.fragment(run.code), Box(4, 4, 68, 68), side, side)
            place = (round(x), round(y + size * 0.08))
            if halo:
                reach = max(1, round(size * 0.05))
                rim = picture.getchannel("A").filter(ImageFilter.MaxFilter(2 * reach + 1))
                image.paste(halo, (*place, place[0] + side, place[1] + side), rim)
            image.paste(picture, place, picture)
        else:
            font = _font(run.script, size, weight, language)
            baseline = y + size * 1.06
            pen.text(
                (x, baseline),
                run.text,
                font=font,
                fill=fill,
                anchor="ls",
                direction=_direction(run),
                stroke_width=outline,
                stroke_fill=outline_fill,
            )
        x += _run_width(run, style)
    return x - position[0]
