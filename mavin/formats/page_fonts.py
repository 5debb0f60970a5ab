"""Fonts for pages: Noto in any script, cut down to the letters that are used and turned into what PDF can hold.

text ──by letter──▶ runs, each in the first font that has it ──▶ <font name="…">…</font>
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

__all__ = ["PageFonts"]

_LATIN = ("manimgx_fonts", "NotoSans[wght].ttf", 0)
_CJK = ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc")
_CJK_FACES = {"ja": 0, "ko": 1, "zh": 2}
_SCRIPTS = (
    "Symbols", "Hebrew", "Armenian", "Georgian", "Ethiopic", "Thai", "Lao", "Arabic", "Devanagari", "Bengali", "Tamil",
    "Telugu", "Kannada", "Malayalam", "Gujarati", "Gurmukhi", "Oriya", "Sinhala", "Khmer", "Myanmar",
)  # fmt: skip
_INVISIBLE = frozenset("\u200b\u200d\u2060\ufe0e\ufe0f\ufeff\u200e\u200f")
_SHAPED = ((0x0590, 0x08FF), (0x0900, 0x0DFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFE))
Source = tuple[str, str, int]


def _sources(language: str) -> tuple[Source, ...]:
    """The fonts in the order in which they are asked for a letter."""
    others = (("manimgx_fonts", f"NotoSans{script}[wght].ttf", 0) for script in _SCRIPTS)
    face = _CJK_FACES.get(language.casefold()[:2], 0)
    return (_LATIN, (*_CJK, face), ("manimgx_fonts", "NotoEmoji[wght].ttf", 0), *others)


@lru_cache(maxsize=32)
def _letters(source: Source) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    package, name, face = source
    with as_file(files(package) / name) as path:
        return frozenset(TTFont(path, fontNumber=face, lazy=True).getBestCmap())


@dataclass
class PageFonts:
    """The fonts of one document.

    Attributes:
        language: which forms Chinese characters take.
        missing: letters that no font has; they are drawn as boxes.
        unshaped: letters whose script joins or turns them, which these pages do not.
    """

    language: str = "en"
    missing: set[str] = field(default_factory=set)
    unshaped: set[str] = field(default_factory=set)
    _names: dict[tuple[Source, int], str] = field(default_factory=dict)

    def prepare(self, texts: Iterable[str]) -> None:
        """Makes the fonts that these texts need."""
        needed: dict[Source, set[str]] = {_LATIN: set("0123456789 –—·…“”abcdefghijklmnopqrstuvwxyz□")}
        for char in {char for text in texts for char in text}:
            needed.setdefault(self._source(char), set()).add(char)
        for source, chars in needed.items():
            for weight in (400, 700) if source == _LATIN else (400,):
                self._names[(source, weight)] = _register(source, weight, "".join(sorted(chars | {" "})))

    def _source(self, char: str) -> Source:
        code = ord(char)
        if any(first <= code <= last for first, last in _SHAPED):
            self.unshaped.add(char)
        for source in _sources(self.language):
            if code in _letters(source):
                return source
        if not char.isspace() and char not in _INVISIBLE:
            self.missing.add(char)
        return _LATIN

    @property
    def regular(self) -> str:
        """Name of the usual font."""
        return self._names[(_LATIN, 400)]

    def marked(self, text: str, *, bold: bool = False) -> str:
        """A text as a paragraph's markup, each letter in a font that has it."""
        parts: list[tuple[str, str]] = []
        for char in " ".join(text.split()):
            if char in _INVISIBLE:
                continue
            source = self._source(char)
            name = self._names[(source, 700 if bold and source == _LATIN else 400)]
            shown = "□" if char in self.missing else char
            if parts and (parts[-1][0] == name or char == " "):
                parts[-1] = (parts[-1][0], parts[-1][1] + shown)
            else:
                parts.append((name, shown))
        return "".join(f'<font name="{name}">{html.escape(part)}</font>' for name, part in parts)


def _register(source: Source, weight: int, chars: str) -> str:
    """Makes a font of these letters alone and gives it to reportlab; returns its name."""
    import hashlib

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont as PdfFont

    digest = hashlib.sha256(f"{source}{chars}".encode()).hexdigest()[:10]
    name = f"Noto{weight}-{digest}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(PdfFont(name, io.BytesIO(_cut_down(source, weight, chars, name))))
    return name


def _cut_down(source: Source, weight: int, chars: str, name: str) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    package, file, face = source
    with as_file(files(package) / file) as path:
        font: Any = TTFont(path, fontNumber=face, lazy=True)
        options = subset.Options(name_IDs=[1, 2, 4, 6], layout_features=[], notdef_outline=True)
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "VVAR"]
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=chars)
        subsetter.subset(font)
        font = instancer.instantiateVariableFont(font, {"wght": weight})
    for number in (1, 4, 6):  # a page takes fonts of one name for one font
        font["name"].setName(name, number, 3, 1, 0x409)
    if "glyf" not in font:
        _with_quadratic_outlines(font)
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def _with_quadratic_outlines(font: Any) -> None:
    """PDF libraries embed TrueType's curves; the CJK font has PostScript's."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    drawn, order, glyphs = font.getGlyphSet(), font.getGlyphOrder(), {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    maximum = font["maxp"]
    maximum.tableVersion = 0x00010000
    for field_name in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxPoints",
        "maxSizeOfInstructions", "maxComponentElements", "maxContours", "maxCompositePoints", "maxCompositeContours",
        "maxComponentDepth",
    ):  # fmt: skip
        setattr(maximum, field_name, 0)
    maximum.maxZones = 1
    for table in ("CFF2", "CFF ", "VORG"):
        if table in font:
            del font[table]
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
