"""The storyboard as PDF: a picture of each shot beside its setting, action, camera, dialogue, sounds and notes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mavin.caption import HierarchicalCaption, Shot
from mavin.formats.losses import EVERYTHING, Feature, Loss, LossKind
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript, FormatError, ScriptClip
from mavin.interval import format_interval, format_seconds

if TYPE_CHECKING:
    from mavin.formats.page_fonts import PageFonts

__all__ = ["FORMAT"]

_PICTURE_WIDTH = 190.0
_PICTURE_HEIGHT = 220.0


def _write(script: FilmScript) -> Written:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate
    from reportlab.platypus.doctemplate import LayoutError

    from mavin.formats.page_fonts import PageFonts

    fonts = PageFonts(script.caption.language)
    page = _Page(script, fonts)
    fonts.prepare([*page.texts(), script.title])
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=42,
        rightMargin=42,
        topMargin=42,
        bottomMargin=48,
        title=script.title or "Untitled",
        author="MAVIN",
        invariant=1,  # the same film makes the same bytes
    )

    def footer(canvas: Any, _: Any) -> None:
        canvas.setFont(fonts.regular, 8)
        canvas.drawRightString(A4[0] - 42, 28, str(canvas.getPageNumber()))

    try:
        document.build(list(page.flowables()), onFirstPage=footer, onLaterPages=footer)
    except LayoutError:
        raise FormatError(
            "A storyboard must fit on pages, but one of this film's texts is longer than a page. Shorten it, or export "
            "as markdown."
        ) from None
    return Written(stream.getvalue(), tuple(_losses(fonts)))


def _losses(fonts: PageFonts) -> Iterator[Loss]:
    if fonts.missing:
        shown = " ".join(f"U+{ord(char):04X}" for char in sorted(fonts.missing)[:12])
        yield Loss(LossKind.LOST, "", f"letters that the fonts do not have ({shown})", "they are drawn as boxes")
    if fonts.unshaped:
        yield Loss(
            LossKind.CHANGED, "", "letters of scripts that join or run leftwards", "the page sets them one by one"
        )


class _Page:
    """The document's parts."""

    def __init__(self, script: FilmScript, fonts: PageFonts) -> None:
        self.script, self.fonts = script, fonts
        self._said: list[str] | None = None

    def texts(self) -> list[str]:
        """Every text that will be set; found by laying everything out once without fonts."""
        found: list[str] = []
        self._said = found
        for clip in self.script.clips:
            for _ in self._head(clip):
                pass
            for shot in clip.caption.shots:
                list(self._words(clip.caption, shot))
        self._said = None
        return found

    def flowables(self) -> Iterator[Any]:
        """What stands on the pages, in order."""
        from reportlab.platypus import PageBreak

        for number, clip in enumerate(self.script.clips):
            if number:
                yield PageBreak()
            yield from self._head(clip)
            for shot in clip.caption.shots:
                yield self._row(clip, shot)

    def _text(self, text: str, *, size: float = 9, bold: bool = False, space: float = 3, label: str = "") -> Any:
        if self._said is not None:
            self._said += [text, label]
            return None
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        style = ParagraphStyle(
            "text", fontName=self.fonts.regular, fontSize=size, leading=size * 1.4, spaceAfter=space, splitLongWords=1
        )
        if any(0x2E80 <= ord(char) <= 0x9FFF or 0xAC00 <= ord(char) <= 0xD7FF for char in text):
            style.wordWrap = "CJK"  # such lines break between any two characters
        before = f"{self.fonts.marked(label, bold=True)} " if label else ""
        return Paragraph(before + self.fonts.marked(text, bold=bold), style)

    def _head(self, clip: ScriptClip) -> Iterator[Any]:
        caption = clip.caption
        several = len(self.script.clips) > 1
        title = caption.title or self.script.title or "Untitled"
        yield self._text(f"{clip.id} {title}" if several else title, size=18, bold=True, space=8)
        length = f"{format_seconds(caption.duration_ms)} s, {caption.aspect.value}, {caption.language}"
        yield self._text(length, space=6)
        head = caption.global_caption
        for label, text in (("Story", head.storyline), ("Style", head.style), ("Ambience", head.ambience)):
            yield self._text(text, label=label)
        for role in caption.roles:
            told = [role.appearance, f"Voice: {role.voice}" if role.voice else ""]
            files = [name for name in (role.reference.image, role.reference.audio) if name]
            yield self._text(" – ".join(part for part in (*told, *files) if part), label=f"{role.id} {role.name}")
        yield self._text(" ", space=4)

    def _row(self, clip: ScriptClip, shot: Shot) -> Any:
        from reportlab.lib import colors
        from reportlab.platypus import Table, TableStyle

        words = list(self._words(clip.caption, shot))
        widths = [_PICTURE_WIDTH + 16, 495 - _PICTURE_WIDTH]
        table = Table([[self._picture(clip, shot), words]], colWidths=widths, splitInRow=1)
        whole = ((0, 0), (-1, -1))
        style = [("VALIGN", *whole, "TOP"), ("TOPPADDING", *whole, 8), ("BOTTOMPADDING", *whole, 8)]
        table.setStyle(TableStyle([*style, ("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.grey)]))
        return table

    def _picture(self, clip: ScriptClip, shot: Shot) -> Any:
        from reportlab.graphics.shapes import Drawing, Rect
        from reportlab.lib import colors
        from reportlab.platypus import Image

        width, height = clip.caption.pixels
        scale = min(_PICTURE_WIDTH / width, _PICTURE_HEIGHT / height)
        size = (width * scale, height * scale)
        if self.script.stills is not None:
            return Image(io.BytesIO(self.script.stills(clip.id, shot.id)), *size)
        frame = Drawing(*size)  # an empty frame to draw in
        frame.add(Rect(0, 0, *size, strokeColor=colors.grey, fillColor=None))
        return frame

    def _words(self, caption: HierarchicalCaption, shot: Shot) -> Iterator[Any]:
        camera = shot.camera
        names = {role.id: role.name for role in caption.roles}
        length = format_seconds(shot.interval.duration_ms)
        yield self._text(f"{shot.id} {shot.title}".strip(), size=11, bold=True, space=1)
        yield self._text(f"{format_interval(shot.interval)} · {length} s", size=8)
        words = ", ".join(value.replace("_", " ") for value in (camera.size, camera.angle, camera.movement))
        yield self._text(words, label="Camera")
        if camera.note:
            yield self._text(camera.note, label="Note")
        yield self._text(shot.setting, label="Setting")
        yield self._text(shot.action, label="Action")
        if shot.roles:
            yield self._text(", ".join(names[role] for role in shot.roles), label="Seen")
        for over in shot.overrides:
            files = [over.reference.image, over.reference.audio] if over.reference is not None else []
            told = [text for text in (over.appearance, over.voice, *files) if text]
            yield self._text("; ".join(told) or "as ever", label=f"{names[over.role]} here")
        for part in caption.lines_in(shot):
            line = part.line
            notes = [line.delivery, "" if line.on_screen else "off screen"]
            notes += [line.language if line.language != caption.language else "", line.recording or ""]
            manner = f" ({', '.join(note for note in notes if note)})" if any(notes) else ""
            said = f"“{line.text}”" if part.starts else "goes on"
            times = format_interval(line.interval)
            yield self._text(f"{said} · {line.id} {times}", label=f"{names[line.role]}{manner}:")
        for sound in shot.sounds:
            yield self._text(f"{sound.text} · {sound.id} {format_interval(sound.interval)}", label="Sound")


FORMAT = Format(
    name="pdf",
    title="Storyboard (PDF)",
    kind=Kind.PAPER,
    suffix=".pdf",
    media_type="application/pdf",
    about="Pages to print: a picture of each shot as the stage draws it, beside its setting, action, camera, dialogue, "
    "sounds and notes. The fonts are in the file: Latin, Greek, Cyrillic, Chinese, Japanese, Korean and more.",
    carries=EVERYTHING,
    write=_write,
    reasons={Feature.LOCKS: "they stay with the film"},
)
