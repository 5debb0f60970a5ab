"""Framing: where the camera looks, so that who matters is whole and what the action names is in the frame."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.stage.actors import Actor, scale_of
from generator.stage.camera import HEIGHTS, CameraPath, Window, is_close, is_roomy
from generator.stage.layout import Layout
from generator.stage.lexicon import SEATS, TOPS, WALL
from generator.stage.pictures import SLEEP
from mavin.caption import Angle, Camera, Size

__all__ = ["frame_shot", "is_inside", "keep_inside"]

_WIDER, _NUDGE, _STEPS = 1.05, 0.02, 24
_MOMENTS = 9
_FLYING = 1.42  # heights of its own that who flies reaches up to
_MOST_BEHIND = 2  # figures beside the subject of a near frame
_HAND = 37.0  # drawing units from a person's middle to what its hand holds
_HAND_UP = 54.0  # and from the ground
_MOST_OF_GROUP = {Size.MEDIUM: 0.86, Size.CLOSE_UP: 0.7, Size.EXTREME_CLOSE_UP: 0.6}
"""How wide a nearer frame may get for the sake of two that belong together, as a share of the full one."""


@dataclass(frozen=True, slots=True)
class _Frame:
    x: float
    y: float
    height: float


def frame_shot(
    layout: Layout, camera: Camera, aspect: float, *, mirrored: bool = False, factor: float = 1.0, seed: str = ""
) -> CameraPath:
    """The camera's path over a shot.  Actors may be moved or scaled so that the frame shows them.

    Args:
        layout: whom and what there is.
        camera: size, angle and movement.
        aspect: width of the frame by its height.
        mirrored: whether it is seen from the other side.
        factor: how much nearer (below 1) than its size says.
        seed: of the camera's shake.
    """
    if camera.angle is Angle.OVERHEAD:
        for actor in layout.actors:
            actor.scale *= 0.86
    focus = layout.focus
    tallest = max((actor.height for actor in focus), default=60.0)
    unit = min(1.25, max(0.3, tallest / 60.0))
    if camera.size is Size.EXTREME_WIDE:
        _rescale(layout, 0.5)
    elif unit < 1:
        # Small subjects are drawn larger than life, or the camera would see nothing but ground around them.
        larger = unit**-0.6
        _rescale(layout, larger)
        unit *= larger
    height = HEIGHTS[camera.size] * unit * factor
    _send_aloft(layout, camera.size)
    framer = _Framer(layout, camera.size, aspect, unit, mirrored=mirrored)
    frame = framer.roomy(height) if is_roomy(camera.size) else framer.near(height)
    y = frame.y
    plunge = max((actor.track.lift for actor in focus if actor.track and actor.track.pace == "plunge"), default=0.0)
    if plunge and not is_roomy(camera.size):
        # The water is farther up in the picture than where the way to it begins.
        frame = replace(frame, height=1.3 * frame.height)
        y -= 0.5 * plunge
    if not is_roomy(camera.size) and any(actor.motion.name == "fly" for actor in focus):
        y -= 0.12 * tallest  # where its flight has it
    if camera.angle is Angle.LOW:
        y -= 0.05 * frame.height
    elif camera.angle in (Angle.HIGH, Angle.OVERHEAD):
        y += 0.03 * frame.height
    return CameraPath(camera, frame.x, y, frame.height, aspect, seed)


def _send_aloft(layout: Layout, size: Size) -> None:
    # Who flies is in the air: in near frames over all that stands, in wide ones at least over the grass.
    for actor in layout.actors:
        free = actor.track is None and actor.carrier is None and actor.held_by is None and not actor.sunk
        if not free or actor.motion.name != "fly" or actor.layer != 1 or actor.y < -10:
            continue
        if not is_roomy(size) and actor in layout.focus and not actor.speaks:
            actor.y -= 34.0
        elif actor.look.kind == "picture":
            actor.y -= max(0.0, (13.0 if size is Size.EXTREME_WIDE else 26.0) - 0.35 * actor.height)


def _rescale(layout: Layout, factor: float) -> None:
    for actor in layout.actors:
        if not actor.scenic:
            actor.rescale(factor)


class _Framer:
    def __init__(self, layout: Layout, size: Size, aspect: float, unit: float, *, mirrored: bool) -> None:
        self.layout, self.size, self.aspect, self.unit = layout, size, aspect, unit
        self.side = -1 if mirrored else 1
        # Whole pictures have no waist to cut at: nearer sizes show all of them, only larger.
        self.whole = bool(layout.focus) and all(actor.look.kind in ("picture", "card") for actor in layout.focus)

    # ------------------------------------------------------------------------------------ full and wider

    def roomy(self, height: float) -> _Frame:
        if self.whole:
            height *= 1.12
        row = [actor for actor in self.layout.actors if actor.layer >= 1 and actor.held_by is None]
        left = min((actor.span[0] for actor in row), default=-20.0)
        right = max((actor.span[1] for actor in row), default=20.0)
        top = max(
            (actor.height * (_FLYING if actor.motion.name == "fly" else 1.0) - actor.y for actor in row), default=0.0
        )
        height = max(height, (right - left) * 1.1 / self.aspect, 1.2 * top)
        x = (left + right) / 2
        y = (0.14 if self.size is not Size.EXTREME_WIDE else 0.24) * height - height / 2
        self._hang_up(x, y, height)
        return _Frame(x, y, height)

    def _hang_up(self, x: float, y: float, height: float) -> None:
        # What belongs in the sky is put under the upper edge of the frame, over the figures' heads.
        above = [actor for actor in self.layout.actors if actor.layer == 0 and actor.y < -25]
        for at, actor in enumerate(above):
            actor.scale = min(actor.scale, 0.24 * height / actor.look.height)
            actor.y = y - height / 2 + 0.05 * height + actor.height
            place = (0.3, -0.3, 0.08, -0.1)[at % 4] * self.side
            actor.x = x + place * height * self.aspect
            if actor.motion.name in ("fly", "rise", "hop"):
                actor.y += 0.1 * height
        behind = [actor for actor in self.layout.actors if actor.layer == 0 and actor not in above]
        reach = 0.44 * height * self.aspect
        for actor in behind:
            # Houses and trees may be cut above, but not missed at the side.
            if actor.height > 0.86 * height:
                actor.scale *= 0.86 * height / actor.height
            limit = max(0.0, reach - actor.width / 2)
            actor.x = min(max(actor.x, x - limit), x + limit)

    # ------------------------------------------------------------------------------------ medium and nearer

    def near(self, height: float) -> _Frame:
        group = self._group()
        if is_close(self.size):
            # A narrow picture must still hold a face.
            height = max(height, (21.0 if self.size is Size.CLOSE_UP else 13.0) * self.unit / self.aspect)
        if len(self.layout.focus) == 1 < len(group) and (self.whole or self.size is Size.MEDIUM):
            frame = self._together(group, height)
            # What the frame would cut is shown whole in a corner instead.
            group = [actor for actor in group if actor in self.layout.focus or not self._is_missed(actor, frame)]
        else:
            group = list(self.layout.focus)
            frame = self._face(height)
        if any(actor.motion.name == "lie" and actor.look.kind != "picture" for actor in self.layout.focus):
            frame = self._lying(frame)
        self._bring_in(frame, group)
        for actor in self.layout.actors:
            if actor.look.code == SLEEP and is_close(self.size):
                self._put_in(actor, frame, (1, -1))
        return frame

    def _lying(self, frame: _Frame) -> _Frame:
        # A medium frame holds all of who lies, as wide as he is tall elsewhere.
        lying = [actor for actor in self.layout.focus if actor.motion.name == "lie"]
        if self.size is not Size.MEDIUM or len(lying) != len(self.layout.focus):
            return frame
        left = min(actor.x - 0.62 * actor.height for actor in lying)
        right = max(actor.x + 0.62 * actor.height for actor in lying)
        beds = [actor.carrier for actor in lying if actor.carrier is not None]
        left = min([left, *(bed.x - 0.54 * bed.width for bed in beds)])
        right = max([right, *(bed.x + 0.54 * bed.width for bed in beds)])
        low = max(actor.y for actor in (*lying, *beds))
        high = min(actor.y - 0.5 * actor.height for actor in lying)
        height = max(frame.height, (right - left) / self.aspect, 1.1 * (low - high))
        return _Frame((left + right) / 2, (low + high) / 2 + 0.02 * height, height)

    def _group(self) -> list[Actor]:
        # The subject, with whom it touches, what it stands on or in, and what stands on it.
        focus = list(self.layout.focus)
        if len(focus) != 1 or focus[0].speaks:
            return focus
        first = focus[0]
        others = [
            actor
            for actor in self.layout.actors
            if actor is not first
            and actor.scale > 0
            and (actor is first.partner or actor is first.carrier or actor.carrier is first or actor.partner is first)
        ]
        return focus + [actor for actor in others if actor.layer == 1 or actor.held_by is first][:2]

    def _together(self, group: list[Actor], height: float) -> _Frame:
        spans = [actor.near_span for actor in group]
        left, right = min(low for low, _ in spans), max(high for _, high in spans)
        top = min(actor.y - actor.height for actor in group)
        bottom = max(actor.y for actor in group)
        if not self.whole:
            # People are cut at the waist, with what their hands reach.
            bottom = min(bottom, group[0].y - 0.25 * group[0].height)
        needed = max((bottom - top) * 1.16, (right - left) * 1.12 / self.aspect)
        most = HEIGHTS[Size.FULL] * max(self.unit, 0.7) * _MOST_OF_GROUP.get(self.size, 1.0)
        height = max(height, min(needed, max(most, (0.8 if is_close(self.size) else 0.9) * needed)))
        y = (top + bottom) / 2
        if needed > height:
            # Not all has room: the subject has, from its head on.
            y = max(top + 0.42 * height, min(y, group[0].y - group[0].height + 0.42 * height))
        return _Frame((left + right) / 2, y, height)

    def _face(self, height: float) -> _Frame:
        focus, close = self.layout.focus, is_close(self.size)
        seen = list(focus)
        if self.size is Size.MEDIUM and not self._only_things():
            # A two-shot: the partner would otherwise be cut by the frame's edge.
            partners = [actor for actor in self.layout.actors if actor.role and actor not in focus]
            seen += partners if len(partners) + len(focus) <= 2 else []
        heads = [actor.head for actor in seen] or [(0.0, -45.0)]
        margin = (0.42 if close else 0.5) * height * min(1.0, self.aspect)
        left, right = min(x for x, _ in heads) - margin, max(x for x, _ in heads) + margin
        height = max(height, (right - left) / self.aspect)
        x = (left + right) / 2
        if self.size is Size.MEDIUM:
            y = min((actor.y - actor.height for actor in seen), default=-60.0) - 0.09 * height + height / 2
            # A narrow picture that holds two is high: they stand in its lower part, not at its upper edge.
            y = min(y, max((actor.y for actor in seen), default=0.0) + 0.16 * height - height / 2)
        else:
            y = sum(y for _, y in heads) / len(heads) + (0.06 if self.size is Size.CLOSE_UP else 0.02) * height
        if not self.whole:
            return _Frame(x, y, height)
        tallest = max(actor.height for actor in focus)
        low = 0.6 if all(actor.legs_under for actor in focus) else 1.0
        ground = sum(actor.y for actor in focus) / len(focus)
        if self.size is Size.MEDIUM:
            left = min(actor.x - actor.width / 2 for actor in focus)
            right = max(actor.x + actor.width / 2 for actor in focus)
            needed = max(1.15 * tallest, 1.15 * (right - left) / self.aspect)
            return _Frame((left + right) / 2, ground - tallest / 2, max(needed, min(height, 1.6 * needed)))
        # Its face alone would be a patch of colour: keep enough of the picture to know it by.
        height = max(height, (0.8 if self.size is Size.CLOSE_UP else 0.5) * tallest)
        if self._only_things():
            widest = max(actor.width for actor in focus)
            height = max(height, (0.85 if self.size is Size.CLOSE_UP else 0.6) * widest / self.aspect)
        middle = ground - low * tallest / 2
        return _Frame(x, middle if self._only_things() else (y + middle) / 2, height)

    def _only_things(self) -> bool:
        focus = self.layout.focus
        return bool(focus) and all(actor.look.kind in ("picture", "card") and not actor.role for actor in focus)

    def _bring_in(self, frame: _Frame, group: list[Actor]) -> None:
        # In a near frame the ground is out of sight: whom the frame misses is set into its corners.
        missing = [actor for actor in self.layout.actors if actor not in group and self._is_missed(actor, frame)]
        for actor in group:
            if actor.partner in missing:
                actor.track, actor.partner = None, None
        figures = [actor for actor in missing if actor.role or actor.look.kind in ("person", "creature")]
        for actor in figures[_MOST_BEHIND:]:
            actor.scale = 0.0  # no room is left for them
        behind = sorted(figures[:_MOST_BEHIND], key=lambda actor: actor.x)
        sides = [-1, 1] if len(behind) == _MOST_BEHIND else [-1 if actor.x < frame.x else 1 for actor in behind]
        for actor, side in zip(behind, sides, strict=True):
            self._stand_behind(actor, frame, side)
            actor.order = figures.index(actor) + 5
        corners = [(1, 1), (-1, 1), (-1, -1), (1, -1), (0, 1), (0, -1)]
        if figures:
            corners = [(-1, 1), (-1, -1), (1, -1), (0, 1), (1, 1), (0, -1)]
        things = [actor for actor in missing if actor not in figures]
        rests = {id(actor): actor.carrier for actor in things if any(actor.carrier is other for other in things)}
        for actor in things:
            if id(actor) in rests:
                continue  # it goes where what it lies on goes
            high = actor.kind == "sky" or actor.y < -40 or (actor.look.code in WALL and actor.y < -20)
            if not corners:
                break
            corner = next((spot for spot in corners if (spot[1] < 0) == high), corners[0])
            corners.remove(corner)
            self._put_in(actor, frame, corner)
            for other in things:
                if rests.get(id(other)) is actor:
                    self._put_on(other, actor)

    def _stand_behind(self, actor: Actor, frame: _Frame, side: int) -> None:
        wide = frame.height * self.aspect
        actor.settle()
        if self.aspect < 1.1:
            # Beside the subject of a narrow frame nothing is seen: before its clothes there is room.
            actor.layer = 2
            actor.scale = 0.4 * frame.height / actor.look.height
            actor.scale *= min(1.0, 0.46 * wide / max(1.0, actor.width))
            actor.y = frame.y + 0.52 * frame.height
            actor.x = frame.x + side * (0.5 * wide - 0.5 * actor.width)
            return
        actor.layer = 0
        actor.scale = 0.98 * frame.height / actor.look.height
        low = 0.62
        if actor.look.kind in ("picture", "card"):
            low = 0.46
            actor.scale = min(0.62 * frame.height / actor.look.height, actor.scale)
            actor.scale *= min(1.0, 0.4 * wide / max(1.0, actor.width))
        actor.y = frame.y + low * frame.height
        actor.x = frame.x + side * (0.5 * wide - min(0.46 * actor.width, 0.2 * wide))

    def _put_in(self, actor: Actor, frame: _Frame, corner: tuple[int, int]) -> None:
        wide = frame.height * self.aspect
        tall = actor.height >= 58 or actor.kind == "sky"
        actor.settle()
        actor.layer, actor.order = (0, 9) if tall else (2, 9)
        if actor.look.code in WALL:
            actor.layer, actor.order = 0, -1  # behind everybody
        room = min(0.36 * frame.height / actor.look.height, 0.3 * wide / max(1.0, actor.width / actor.scale))
        actor.scale = room if tall else min(1.4 * self.unit, room)
        actor.x = frame.x + self.side * corner[0] * (wide / 2 - actor.width / 2 - 0.04 * wide)
        edge = 0.45 * frame.height
        actor.y = frame.y + (edge if corner[1] > 0 else actor.height - edge)

    def _reaches(self, holder: Actor, held: Actor, frame: _Frame) -> bool:
        # Whether what somebody has in the hand is in the frame.
        unit = scale_of(holder)
        across = holder.x + (-_HAND if holder.flipped else _HAND) * unit - frame.x
        up = holder.y - _HAND_UP * unit - frame.y
        room = 0.4 * held.width
        return (
            holder.scale > 0 and holder.layer == 1
            and abs(across) + room < frame.height * self.aspect / 2 and abs(up) + room < frame.height / 2
        )  # fmt: skip

    @staticmethod
    def _put_on(actor: Actor, under: Actor) -> None:
        # "Puts the cake on the table": small upon the table's top, which a near frame shows small.
        actor.settle()
        top = TOPS.get(under.look.code, SEATS.get(under.look.code, 0.97))
        actor.scale = min(
            0.75 * under.height / actor.look.height, 0.8 * under.width * actor.scale / max(1.0, actor.width)
        )
        actor.layer, actor.order, actor.track = under.layer, under.order + 1, None
        actor.x, actor.y = under.x, under.y - top * under.height

    def _is_missed(self, actor: Actor, frame: _Frame) -> bool:
        # Whether less than half of it is in the frame.
        if actor.scale <= 0 or actor.scenic:
            return False
        if actor.held_by is not None:
            return is_close(self.size) or not self._reaches(actor.held_by, actor, frame)
        if actor.layer == 0:
            return True
        wide = frame.height * self.aspect
        across = min(actor.x + actor.width / 2, frame.x + wide / 2) - max(actor.x - actor.width / 2, frame.x - wide / 2)
        low, high = actor.y, actor.y - actor.height
        down = min(low, frame.y + frame.height / 2) - max(high, frame.y - frame.height / 2)
        share = max(0.0, across) * max(0.0, down) / max(1e-6, actor.width * actor.height)
        people = actor.look.kind in ("person", "creature")
        return share < (0.3 if people else 0.7)


def _overhang(actor: Actor, window: Window, aspect: float) -> tuple[bool, bool, bool]:
    # Whether a figure is cut above, below and at a side.
    cos, sin = math.cos(math.radians(-window.roll)), math.sin(math.radians(-window.roll))
    tall, wide = window.height / 2, window.height * aspect / 2
    above = below = beside = False
    for x in actor.span:
        for y in (actor.y - (_FLYING if actor.motion.name == "fly" else 1.02) * actor.height, actor.y):
            dx, dy = x - window.x, y - window.y
            across, down = dx * cos - dy * sin, dx * sin + dy * cos
            above, below, beside = above or down < -tall, below or down > tall, beside or abs(across) > wide
    return above, below, beside


def is_inside(actor: Actor, window: Window, aspect: float) -> bool:
    """Whether a figure that stands still is wholly in a window."""
    return not any(_overhang(actor, window, aspect))


def keep_inside(path: CameraPath, actors: Sequence[Actor], aspect: float, seconds: float) -> CameraPath:
    """The path, from as much farther away as keeps the actors whole from the shot's first frame to its last.

    Args:
        path: of the camera.
        actors: who must not be cut.
        aspect: width of the frame by its height.
        seconds: how long the shot lasts.
    """
    if not actors:
        return path
    middle = (min(actor.span[0] for actor in actors) + max(actor.span[1] for actor in actors)) / 2
    nudged = set()
    for _ in range(_STEPS):
        windows = [path.at(at / (_MOMENTS - 1), seconds * at / (_MOMENTS - 1)) for at in range(_MOMENTS)]
        cuts = [_overhang(actor, window, aspect) for actor in actors for window in windows]
        above, below, beside = (any(cut[side] for cut in cuts) for side in range(3))
        if not (above or below or beside):
            break
        if above != below:
            # Too high or too low only: it is enough to look a little up or down.
            nudged.add(above)
            path = replace(path, y=path.y + (-_NUDGE if above else _NUDGE) * path.height)
        if beside or above == below or len(nudged) > 1:
            # The ground keeps its place in the frame; what was off the middle comes nearer to it.
            path = replace(path, height=path.height * _WIDER, y=path.y * _WIDER, x=(path.x + middle) / 2)
    return path
