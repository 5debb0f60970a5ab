"""The storyboard: one sheet with a frame of every shot, its times, camera, action and dialogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from generator.renderers import chosen_shot
from generator.stage import art
from generator.stage.cast import cast_role
from generator.stage.composer import ShotStage
from generator.stage.figures import draw
from generator.stage.lettering import draw_text, is_leftward, line_height, text_width, wrap
from generator.stage.renderer import framing_variants
from generator.stage.still import telling_moment
from mavin.caption import HierarchicalCaption, Shot
from mavin.errors import UsageError
from mavin.frames import frame_of, frame_time_ms
from mavin.interval import format_interval, format_seconds
from mavin.media import FrameReader, write_atomic

__all__ = ["storyboard"]

_PAPER, _INK, _SOFT, _RULE = "#fbf8f1", "#1d1f27", "#6d6a63", "#d9d2c3"
_ROLE_INKS = ("#b4690e", "#1f6fa8", "#b03a2e", "#3f7d2c", "#7a4fb0", "#b0457f")
_MARGIN, _GUTTER, _STRIP = 44, 30, 12
_ARROWS = {"pan_left": "←", "pan_right": "→", "tilt_up": "↑", "tilt_down": "↓", "track": "→", "crane": "↓"}


def storyboard(
    caption: HierarchicalCaption | Sequence[HierarchicalCaption],
    path: Path,
    references: Path | None = None,
    *,
    seed: int = 0,
    frames: int = 1,
    shot: str | None = None,
    beside: Path | None = None,
) -> Path:
    """Write the storyboard of a clip, or of several below each other, as a PNG and return its path.

    Args:
        caption: the script, or one for each clip.
        path: the picture's file, ending in .png; replaced only when it is whole.
        references: the film's folder, for roles with reference pictures.
        seed: as for the film, so that both show the same.
        frames: of each shot: 1, its most telling, or 3, its beginning, middle and end.
        shot: id of the only shot to draw, or ``None`` for all of them.
        beside: a film of all the clips, whose own pictures stand beside those that are drawn.

    Raises:
        UsageError: for another suffix or number of frames, unusable reference pictures, or a film of another script.
        MavinError: if the file cannot be written.
    """
    if path.suffix.casefold() != ".png":
        raise UsageError(f"A storyboard's file must end in .png, got {path}. Try {path.with_suffix('.png').name}.")
    if frames not in (1, 3):
        raise UsageError(f"A storyboard must show 1 or 3 frames of each shot, got {frames}. Choose one of these.")
    clips = [caption] if isinstance(caption, HierarchicalCaption) else list(caption)
    sheets = []
    start = 0
    for clip in clips:
        board_of_clip = _Sheet(clip, references, seed, frames, chosen_shot(clip, shot), filmed=beside is not None)
        if beside is not None:
            wanted = {start + frame: frame for frame in board_of_clip.wanted()}
            board_of_clip.film = _pictures(beside, wanted, board_of_clip.size)
        sheets.append(board_of_clip.draw())
        start += frame_of(clip.duration_ms)
    size = max(sheet.width for sheet in sheets), sum(sheet.height for sheet in sheets)
    board = Image.new("RGB", size, _PAPER)
    for at, sheet in enumerate(sheets):
        board.paste(sheet, (0, sum(above.height for above in sheets[:at])))
    with write_atomic(path) as temporary:
        board.save(temporary, "PNG", optimize=True)
    return path


def _pictures(film: Path, wanted: Mapping[int, int], size: tuple[int, int]) -> dict[int, Image.Image]:
    """Pictures of a film by the numbers under which they are wanted: ``{frame of the film: number}``."""
    found: dict[int, Image.Image] = {}
    reader = FrameReader(film, [size])
    for at, (picture,) in enumerate(reader):
        if at in wanted:
            found[wanted[at]] = Image.fromarray(picture)
        if len(found) == len(wanted):
            return found
    raise UsageError(
        f"The film beside the storyboard must be one of this script, with at least {max(wanted) + 1} frames; {film} "
        f"has {reader.frames}. Render it anew."
    )


class _Sheet:
    def __init__(
        self,
        caption: HierarchicalCaption,
        references: Path | None,
        seed: int,
        frames: int,
        only: Shot | None,
        *,
        filmed: bool = False,
    ) -> None:
        self._caption, self._references, self._seed, self._frames = caption, references, seed, frames
        self.film: Mapping[int, Image.Image] = {}
        width, height = caption.pixels
        self._only = only
        count = 1 if only else len(caption.shots)
        self._columns = count if count < 3 else (2 if count == 4 and width > height else 3)
        if height > width:
            self._columns = min(count, 4 if count != 6 else 3)
        self._picture = 470 if width >= height else 330
        if frames > 1:
            self._columns, self._picture = 1, 400 if width >= height else 250
        self._rows = 1
        if filmed and frames == 1:  # drawn and filmed side by side
            self._columns, self._picture = min(count, 2), 400 if width >= height else 250
        elif filmed:
            self._rows = 2
        across = 2 if filmed and frames == 1 else frames
        self._cell = across * self._picture + (across - 1) * _STRIP
        self._frame_height = round(self._picture * height / width)
        self._pictures_height = self._rows * self._frame_height + (self._rows - 1) * _STRIP

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a picture."""
        return self._picture, self._frame_height

    def wanted(self) -> Iterable[int]:
        """The frames of the clip that are shown."""
        shots = [self._only] if self._only else self._caption.shots
        return [frame for shot in shots for frame, _ in self._moments(shot)]

    def draw(self) -> Image.Image:
        caption = self._caption
        least = 2 if self._cell < 2 * self._picture else 1
        width = 2 * _MARGIN + max(least, self._columns) * (self._cell + _GUTTER) - _GUTTER
        cells = [
            self._draw_cell(shot, variant)
            for shot, variant in zip(caption.shots, framing_variants(caption), strict=True)
            if self._only in (None, shot)
        ]
        header = self._header(width)
        rows = [cells[at : at + self._columns] for at in range(0, len(cells), self._columns)]
        height = header.height + sum(max(cell.height for cell in row) + _GUTTER for row in rows) + _MARGIN
        sheet = Image.new("RGB", (width, height), _PAPER)
        sheet.paste(header, (0, 0))
        y = header.height
        for row in rows:
            for at, cell in enumerate(row):
                sheet.paste(cell, (_MARGIN + at * (self._cell + _GUTTER), y))
            y += max(cell.height for cell in row) + _GUTTER
        draw_text(sheet, (_MARGIN, height - 30), "Pictures: OpenMoji, CC BY-SA 4.0", 13, fill=_SOFT)
        return sheet

    # ------------------------------------------------------------------------------------ header

    def _header(self, width: int) -> Image.Image:
        caption = self._caption
        room = width - 2 * _MARGIN
        title = wrap(caption.title or "Storyboard", room, 34, weight=800, language=caption.language, limit=1)
        story = wrap(caption.global_caption.storyline, room, 18, language=caption.language, limit=3)
        faces = self._faces(room)
        height = _MARGIN + 46 + 28 + len(story) * line_height(18) + 14 + faces.height + 20
        image = Image.new("RGB", (width, height), _PAPER)
        y = _MARGIN - 12
        draw_text(image, (_MARGIN, y), title[0], 34, fill=_INK, weight=800, language=caption.language)
        y += 50
        facts = [
            f"{format_seconds(caption.duration_ms)} s", self._shots_told(),
            caption.aspect.value, caption.global_caption.style,
        ]  # fmt: skip
        draw_text(image, (_MARGIN, y), wrap(" · ".join(facts), room, 16, limit=1)[0], 16, fill=_SOFT, weight=600)
        y += 28
        for line in story:
            draw_text(image, (_MARGIN, y), line, 18, fill=_INK, language=caption.language)
            y += line_height(18)
        image.paste(faces, (_MARGIN, y + 12))
        ImageDraw.Draw(image).line((_MARGIN, height - 10, width - _MARGIN, height - 10), fill=_RULE, width=2)
        return image

    def _shots_told(self) -> str:
        count = len(self._caption.shots)
        return f"{self._only.id} of {count} shots" if self._only else f"{count} shot{'s' * (count > 1)}"

    def _faces(self, room: int) -> Image.Image:
        caption = self._caption
        roles = caption.roles[:8]
        if not roles:
            return Image.new("RGB", (room, 1), _PAPER)
        each = min(300, room // len(roles))
        image = Image.new("RGB", (room, 74), _PAPER)
        for at, role in enumerate(roles):
            drawing = draw(cast_role(caption, role.id, references=self._references))
            x = at * each
            side = 62.0
            # Head and shoulders; whole for what is no person.
            head = art.Box(4, drawing.top - 3, 68, drawing.top + 61)
            face = art.raster(drawing.body, head, round(side), round(side))
            tile = Image.new("RGB", face.size, "#efe7d6")
            tile.paste(face, (0, 0), face)
            mask = Image.new("L", face.size)
            ImageDraw.Draw(mask).rounded_rectangle((0, 0, face.width - 1, face.height - 1), 14, fill=255)
            image.paste(tile, (x, 6), mask)
            ink = _ROLE_INKS[at % len(_ROLE_INKS)]
            text = each - 84
            if text < 40:
                continue
            name = wrap(role.name, text, 17, weight=800, language=caption.language, limit=1)[0]
            draw_text(image, (x + 74, 6), name, 17, fill=ink, weight=800, language=caption.language)
            for row, line in enumerate(wrap(role.appearance, text, 13, language=caption.language, limit=2)):
                draw_text(image, (x + 74, 30 + row * 17), line, 13, fill=_SOFT, language=caption.language)
        return image

    # ------------------------------------------------------------------------------------ cells

    def _draw_cell(self, shot: Shot, variant: int) -> Image.Image:
        caption = self._caption
        texts = self._texts(shot)
        height = self._pictures_height + 44 + sum(step for *_, step in texts) + 12
        image = Image.new("RGB", (self._cell, height), _PAPER)
        stage = ShotStage(caption, shot, variant=variant, seed=self._seed, references=self._references)
        size = (self._picture, self._frame_height)
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 12, fill=255)
        moments = self._moments(shot)
        shown: list[tuple[Image.Image, int, int]] = []
        for at, (frame, mouths) in enumerate(moments):
            picture = stage.frame(frame, mouths).resize(size, Image.Resampling.LANCZOS)
            if len(moments) > 1:
                _stamp(picture, f"{format_seconds(round(frame_time_ms(frame)))} s")
            shown.append((picture, at * (self._picture + _STRIP), 0))
            if frame in self.film:
                _stamp(self.film[frame], "film")
                right, below = (at + 1, 0) if self._rows == 1 else (at, 1)
                place = right * (self._picture + _STRIP), below * (self._frame_height + _STRIP)
                shown.append((self.film[frame], *place))
        for picture, left, top in shown:
            image.paste(picture, (left, top), mask)
            frame_box = (left, top, left + size[0] - 1, top + size[1] - 1)
            ImageDraw.Draw(image).rounded_rectangle(frame_box, 12, outline=_INK, width=3)
        y = self._pictures_height + 10
        label = shot.id
        chip = text_width(label, 17, weight=800) + 18
        ImageDraw.Draw(image).rounded_rectangle((0, y, chip, y + 26), 8, fill=_INK)
        draw_text(image, (9, y + 1), label, 17, fill="#ffffff", weight=800)
        time = format_interval(shot.interval)
        draw_text(image, (chip + 10, y + 1), time, 17, fill=_INK, weight=700)
        x = chip + 20 + text_width(time, 17, weight=700)
        arrow = _ARROWS.get(shot.camera.movement.value, "")
        words = [shot.camera.size, shot.camera.angle, shot.camera.movement]
        camera = " · ".join(word.replace("_", " ") for word in words)
        room = self._cell - x - (26 if arrow else 0)
        draw_text(image, (x, y + 3), wrap(camera, room, 15, weight=600, limit=1)[0], 15, fill=_SOFT, weight=600)
        if arrow:
            draw_text(image, (self._cell - 22, y), arrow, 19, fill=_INK, weight=700)
        y += 34
        for text, ink, weight, indent, step in texts:
            draw_text(image, (indent, y), text, 16, fill=ink, weight=weight, language=caption.language)
            y += step
        return image

    def _texts(self, shot: Shot) -> list[tuple[str, str, int, int, int]]:
        caption, step = self._caption, line_height(16)
        rows: list[tuple[str, str, int, int, int]] = []
        action = wrap(shot.action, self._cell, 16, weight=600, language=caption.language, limit=3)
        rows += [(line, _INK, 600, 0, step) for line in action]
        place = wrap(shot.setting, self._cell, 16, language=caption.language, limit=1)[0]
        rows.append((place, _SOFT, 400, 0, step + 3))
        for part in caption.lines_in(shot)[:5]:
            number = [role.id for role in caption.roles].index(part.line.role)
            ink = _ROLE_INKS[number % len(_ROLE_INKS)]
            name = caption.role(part.line.role).name
            opening, closing = "" if part.starts else "— ", "" if part.ends else " —"
            off = "" if part.line.on_screen else " (off)"
            heading, words = f"{name}{off} {format_interval(part.interval)}:", f"{opening}“{part.line.text}”{closing}"
            room, language = self._cell - 14, part.line.language
            if is_leftward(part.line.text):
                # Two directions in one row tear apart: the heading runs rightwards and has a row of its own.
                wrapped = wrap(f"\u200e{heading}", room, 16, weight=600, language=language, limit=1)
                wrapped += wrap(words, room, 16, weight=600, language=language, limit=2)
            else:
                wrapped = wrap(f"\u200e{heading} {words}", room, 16, weight=600, language=language, limit=3)
            rows += [(line, ink, 600, 0 if at == 0 else 14, step) for at, line in enumerate(wrapped)]
        for sound in shot.sounds[:3]:
            text = wrap(f"♪ {format_interval(sound.interval)} {sound.text}", self._cell, 16, limit=1)[0]
            rows.append((text, _SOFT, 500, 0, step))
        return rows

    def _moments(self, shot: Shot) -> list[tuple[int, dict[str, int]]]:
        """The frames that stand for a shot, and whose mouths are open in them."""
        first, last = frame_of(shot.start_ms), frame_of(shot.end_ms) - 1
        if self._frames == 1:
            return [telling_moment(self._caption, shot)]
        return [(frame, self._talking(frame)) for frame in (first, (first + last) // 2, last)]

    def _talking(self, frame: int) -> dict[str, int]:
        time = round(frame_time_ms(frame))
        lines = self._caption.dialogue
        return {line.role: 3 for line in lines if line.on_screen and line.interval.contains(time)}


def _stamp(picture: Image.Image, text: str) -> None:
    width = text_width(text, 13, weight=700) + 12
    place = (picture.width - width - 8, 8)
    ImageDraw.Draw(picture).rounded_rectangle((place[0], 8, picture.width - 8, 28), 6, fill=_INK)
    draw_text(picture, (place[0] + 6, 9), text, 13, fill="#ffffff", weight=700)
