# ruff: noqa: E501  (tables read better unwrapped)
"""Text on pictures: the Noto fonts by script, emoji as OpenMoji pictures, wrapping; no text makes it fail."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from generator.stage import art
from generator.stage.art import Box

__all__ = ["Run", "draw_text", "line_height", "text_width", "wrap"]

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
_RIGHT_TO_LEFT = frozenset({"Arabic", "Hebrew"})


class Run(NamedTuple):
    """A piece of a line in one font; ``code`` names the picture of an emoji instead."""

    text: str
    script: str
    code: str = ""


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


@lru_cache(maxsize=1024)
def _runs(text: str) -> tuple[Run, ...]:
    import emoji

    runs: list[Run] = []
    for token in emoji.analyze(text, non_emoji=True, join_emoji=True):
        chars = token.chars
        if not isinstance(token.value, str):
            code = "-".join(f"{ord(char):04X}" for char in chars if char != "\ufe0f")
            if art.exists(code) and len(chars.encode()) > 2:
                runs.append(Run(chars, "", code))
                continue
        for char in chars:
            if ord(char) in (0xFE0F, 0x200D, 0x200B):
                continue
            script = _script_of(char)
            # Spaces and points belong to the script around them, or right-to-left lines fall apart.
            if runs and not runs[-1].code and (script == runs[-1].script or not (char.isalnum() or script)):
                runs[-1] = Run(runs[-1].text + char, runs[-1].script)
            else:
                runs.append(Run(char, script))
    return tuple(runs)


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
    return _font(run.script, style.size, style.weight, style.language).getlength(run.text)


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
    language: str = "en",
) -> float:
    """Draw one line with its top left corner at ``position`` and return the width in pixels."""
    style = _Style(size, weight, language)
    pen = ImageDraw.Draw(image)
    x, y = position
    runs = _runs(text)
    if any(run.script in _RIGHT_TO_LEFT for run in runs):
        runs = tuple(reversed(runs))
    for run in runs:
        if run.code:
            side = round(size * 1.15)
            picture = art.raster(art.fragment(run.code), Box(4, 4, 68, 68), side, side)
            image.paste(picture, (round(x), round(y + size * 0.08)), picture)
        else:
            font = _font(run.script, size, weight, language)
            baseline = y + size * 1.06
            pen.text(
                (x, baseline),
                run.text,
                font=font,
                fill=fill,
                anchor="ls",
                stroke_width=outline,
                stroke_fill=outline_fill,
            )
        x += _run_width(run, style)
    return x - position[0]
