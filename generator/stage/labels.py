"""What a film of the stage shows and sounds, as data: the truth that models learn from and metrics are checked against.

    film     0 ───────────── 48 ────────────── 96 frames
    clips    [──── K1 ────────)[──── K2 ────────)         joined films: every time counts from the film's start
    shots    [─ S1 ─)[─ S2 ──)[───── S1 ───────)
    objects  [─ C1 ─)[C1][C2 ─)[──── vase ─────)          where each figure and thing is, frame by frame

Frames are whole and half-open, on the 24 fps clock; milliseconds are the script's own.  Boxes are in pixels of the
film, from the upper left corner, half-open, of what is inside the picture.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from generator.stage.composer import ShotStage
from generator.stage.drawn import Drawn
from generator.stage.renderer import framing_variants
from mavin.caption import Angle, HierarchicalCaption, Movement, Shot, Size
from mavin.frames import FPS, frame_of, frame_range, frame_time_ms
from mavin.interval import Interval
from mavin.media import write_atomic

__all__ = [
    "ClipLabels",
    "CutLabel",
    "FilmLabels",
    "LineLabel",
    "ObjectLabel",
    "RoleLabel",
    "ShotLabel",
    "SoundLabel",
    "Span",
    "film_labels",
    "write_labels",
]


class _Label(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Label):
    """A stretch of the film, in milliseconds and in frames; both half-open."""

    start_ms: int
    end_ms: int
    start_frame: int
    end_frame: int


class CutLabel(_Label):
    """A cut: the first frame of the new shot; ``before`` and ``after`` are ``clip/shot``."""

    frame: int
    time_ms: int
    before: str
    after: str


class ShotLabel(Span):
    """One shot: where it plays, what is done, how it is filmed, and who is in it."""

    id: str
    title: str
    setting: str
    action: str
    size: Size
    angle: Angle
    movement: Movement
    roles: tuple[str, ...]


class RoleLabel(_Label):
    """A role: its words, when it is in the picture by the script, and when it speaks."""

    id: str
    name: str
    appearance: str
    voice: str
    presence: tuple[Span, ...]
    dialogue: tuple[Span, ...]


class LineLabel(Span):
    """One line of dialogue; ``whole`` is false where the film holds only a part of it."""

    id: str
    role: str
    text: str
    language: str
    delivery: str
    on_screen: bool
    whole: bool


class SoundLabel(Span):
    """One sound event of a shot."""

    id: str
    shot: str
    text: str


class ObjectLabel(_Label):
    """A figure or thing in one shot, from the frame that first shows it to the one that no longer does.

    Attributes:
        shot: id of the shot.
        noun: the role's name, or the word of the script that the picture stands for.
        kind: ``role``, ``person``, ``animal``, ``thing``, ``sky``, ``scenery``, or ``card`` (its name on a board).
        role: id of the role, or ``None``.
        code: OpenMoji code points or the name of a drawing of the stage's own; empty for a card.
        start_frame: first frame that shows it.
        end_frame: first frame that no longer does.
        boxes: ``(frame, left, top, right, bottom)``; each holds until the next one's frame.
    """

    shot: str
    noun: str
    kind: str
    role: str | None
    code: str
    start_frame: int
    end_frame: int
    boxes: tuple[tuple[int, float, float, float, float], ...]

    def box_at(self, frame: int) -> tuple[float, float, float, float] | None:
        """Its box in a frame of the film, ``None`` where it is not shown."""
        if not self.start_frame <= frame < self.end_frame:
            return None
        return next(box[1:] for box in reversed(self.boxes) if box[0] <= frame)


class ClipLabels(Span):
    """One clip of the film."""

    id: str
    title: str
    shots: tuple[ShotLabel, ...]
    roles: tuple[RoleLabel, ...]
    dialogue: tuple[LineLabel, ...]
    sounds: tuple[SoundLabel, ...]
    objects: tuple[ObjectLabel, ...]


class FilmLabels(_Label):
    """All that is known of a film of the stage.

    Attributes:
        fps: frames per second.
        width: pixels.
        height: pixels.
        frames: of the whole film.
        seed: that it was drawn with.
        cuts: between shots, and between clips.
        clips: in order.
        credits: whose work the pictures are.
    """

    schema_version: Literal[1] = 1
    fps: int = FPS
    width: int
    height: int
    frames: int
    seed: int
    cuts: tuple[CutLabel, ...]
    clips: tuple[ClipLabels, ...]
    credits: str

    def objects_at(self, frame: int) -> tuple[ObjectLabel, ...]:
        """What a frame of the film shows, back to front."""
        return tuple(item for clip in self.clips for item in clip.objects if item.start_frame <= frame < item.end_frame)


def film_labels(
    captions: HierarchicalCaption | Sequence[HierarchicalCaption],
    *,
    shot: str | None = None,
    seed: int = 0,
    references: Path | None = None,
    clip_ids: Sequence[str] = (),
) -> FilmLabels:
    """The labels of the film that the stage draws of one or more captions.

    Args:
        captions: of the clips in order.
        shot: only this shot of the only clip, as in the film.
        seed: as for the film.
        references: the film's folder.
        clip_ids: names of the clips; K1, K2 … if left out.

    Raises:
        UsageError: if there is no such shot, or a reference picture cannot be used.
    """
    from generator.renderers import chosen_shot
    from generator.stage import credits_text

    clips = [captions] if isinstance(captions, HierarchicalCaption) else list(captions)
    made: list[ClipLabels] = []
    frames = 0
    for number, caption in enumerate(clips):
        name = clip_ids[number] if clip_ids else f"K{number + 1}"
        part = _Part(name, caption, chosen_shot(caption, shot), frames, seed, references)
        made.append(part.labels())
        frames += len(part.frames)
    width, height = clips[0].pixels
    return FilmLabels(
        width=width,
        height=height,
        frames=frames,
        seed=seed,
        cuts=_cuts(made),
        clips=tuple(made),
        credits=credits_text(),
    )


def write_labels(labels: FilmLabels, path: Path) -> Path:
    """Write labels as JSON, whole or not at all, and return the path.

    Raises:
        MavinError: if the file cannot be written.
    """
    with write_atomic(path) as temporary:
        temporary.write_text(labels.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return path


def _cuts(clips: Sequence[ClipLabels]) -> tuple[CutLabel, ...]:
    shots = [(f"{clip.id}/{shot.id}", shot) for clip in clips for shot in clip.shots]
    return tuple(
        CutLabel(frame=shot.start_frame, time_ms=shot.start_ms, before=before, after=after)
        for (before, _), (after, shot) in itertools.pairwise(shots)
    )


@dataclass(frozen=True)
class _Part:
    """One clip, or one shot of it, at its place in the film."""

    id: str
    caption: HierarchicalCaption
    only: Shot | None
    offset: int
    seed: int
    references: Path | None

    @property
    def interval(self) -> Interval:
        return self.only.interval if self.only else self.caption.interval

    @property
    def frames(self) -> range:
        return frame_range(self.interval)

    def frame(self, frame: int) -> int:
        """A frame of the clip as one of the film."""
        return frame - self.frames.start + self.offset

    def span(self, interval: Interval) -> Span | None:
        """The part of an interval that the film holds."""
        part = interval.intersection(self.interval)
        if part is None:
            return None
        shift = round(frame_time_ms(self.offset)) - self.interval.start_ms
        return Span(
            start_ms=part.start_ms + shift, end_ms=part.end_ms + shift,
            start_frame=self.frame(frame_of(part.start_ms)), end_frame=self.frame(frame_of(part.end_ms)),
        )  # fmt: skip

    def spans(self, intervals: Sequence[Interval]) -> tuple[Span, ...]:
        return tuple(span for interval in intervals if (span := self.span(interval)) is not None)

    def labels(self) -> ClipLabels:
        caption = self.caption
        shots = [self.only] if self.only else list(caption.shots)
        variants = dict(zip((shot.id for shot in caption.shots), framing_variants(caption), strict=True))
        return ClipLabels(
            **_fields(self.span(self.interval)),
            id=self.id,
            title=caption.title,
            shots=tuple(self._shot(shot) for shot in shots),
            roles=tuple(
                RoleLabel(
                    id=role.id, name=role.name, appearance=role.appearance, voice=role.voice,
                    presence=self.spans(caption.presence(role.id)),
                    dialogue=self.spans(caption.dialogue_intervals(role.id)),
                )
                for role in caption.roles
            ),
            dialogue=tuple(
                LineLabel(
                    **_fields(span), id=line.id, role=line.role, text=line.text, language=line.language,
                    delivery=line.delivery, on_screen=line.on_screen, whole=self.interval.covers(line.interval),
                )
                for line in sorted(caption.dialogue, key=lambda line: (line.start_ms, line.id))
                if (span := self.span(line.interval)) is not None
            ),
            sounds=tuple(
                SoundLabel(**_fields(span), id=sound.id, shot=shot.id, text=sound.text)
                for shot in shots
                for sound in shot.sounds
                if (span := self.span(sound.interval)) is not None
            ),
            objects=tuple(item for shot in shots for item in self._objects(shot, variants[shot.id])),
        )  # fmt: skip

    def _shot(self, shot: Shot) -> ShotLabel:
        return ShotLabel(
            **_fields(self.span(shot.interval)), id=shot.id, title=shot.title, setting=shot.setting, action=shot.action,
            size=shot.camera.size, angle=shot.camera.angle, movement=shot.camera.movement, roles=shot.roles,
        )  # fmt: skip

    def _objects(self, shot: Shot, variant: int) -> list[ObjectLabel]:
        stage = ShotStage(self.caption, shot, variant=variant, seed=self.seed, references=self.references)
        tracks: list[_Track] = []
        running: dict[tuple[str, ...], _Track] = {}
        for frame in stage.frames:
            shown = _keyed(stage.drawn(frame))
            running = {key: track for key, track in running.items() if key in shown}
            for key, item in shown.items():
                if key not in running:
                    running[key] = _Track(item, [])
                    tracks.append(running[key])
                running[key].add(self.frame(frame), item)
        return [track.label(shot.id) for track in tracks]


@dataclass
class _Track:
    item: Drawn
    boxes: list[tuple[int, float, float, float, float]]
    end: int = 0

    def add(self, frame: int, item: Drawn) -> None:
        box = (round(item.box.left, 1), round(item.box.top, 1), round(item.box.right, 1), round(item.box.bottom, 1))
        if not self.boxes or self.boxes[-1][1:] != box:
            self.boxes.append((frame, *box))
        self.end = frame + 1

    def label(self, shot: str) -> ObjectLabel:
        return ObjectLabel(
            shot=shot, noun=self.item.noun, kind=self.item.kind, role=self.item.role or None, code=self.item.code,
            start_frame=self.boxes[0][0], end_frame=self.end, boxes=tuple(self.boxes),
        )  # fmt: skip


def _keyed(drawn: Sequence[Drawn]) -> dict[tuple[str, ...], Drawn]:
    """What a frame shows, by names that the next frame gives the same things; equals are counted."""
    found: dict[tuple[str, ...], Drawn] = {}
    for item in drawn:
        name = (item.kind, item.role, item.noun, item.code)
        count = sum(key[:4] == name for key in found)
        found[(*name, str(count))] = item
    return found


def _fields(span: Span | None) -> dict[str, int]:
    return span.model_dump() if span is not None else {}
