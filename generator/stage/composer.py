"""Putting a shot's picture together: backdrop, figures and things through the camera's window, frame by frame."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from generator.stage import art
from generator.stage.actors import Actor, scale_of
from generator.stage.art import Box
from generator.stage.camera import Window, is_roomy
from generator.stage.compositing import ellipse, graded, lettered, placed_box, stamp, toned
from generator.stage.distance import Distance
from generator.stage.drawn import Drawn, Placement
from generator.stage.figures import draw
from generator.stage.foreground import fall, foreground
from generator.stage.framing import frame_shot, keep_inside
from generator.stage.layout import Layout, by_depth, entered, set_out
from generator.stage.motion import Step
from generator.stage.pictures import find_pictures
from generator.stage.places import PLACES
from generator.stage.scene import Scene, grade_of, read_scene
from generator.stage.tongues import in_english
from generator.stage.water import sunk_share
from generator.stage.words import has_word, word_set
from mavin.caption import Angle, HierarchicalCaption, Shot, Size
from mavin.frames import FPS, frame_range

__all__ = ["ShotStage"]

_MAX_SPRITE = 1500
_MONOCHROME = word_set("noir monochrome black-and-white greyscale grayscale")
_FURNISHED = {
    "1F6CB": "sofa", "1F6CF": "bed", "oven": "kitchen", "fridge": "kitchen", "1F6C1": "bath", "1F4FA": "sofa",
}  # fmt: skip
_SEPIA = word_set("sepia vintage daguerreotype")


@dataclass(frozen=True, slots=True)
class Moment:
    """Where an actor is at one instant, from its place: world units across and up, and its step."""

    across: float
    up: float
    step: Step


def _is_sent(actor: Actor) -> bool:
    return actor.track is not None and actor.track.pace in ("fly", "drop")


def _without_doubles(scene: Scene, layout: Layout) -> Scene:
    # "The cake is in the oven": the kitchen's own oven makes room for the one that the action is about.
    acting = {actor.look.code for actor in layout.actors if not actor.scenic and actor.look.kind == "picture"}
    kept = tuple(thing for thing in scene.place.things if thing.code not in acting or thing.count > 1)
    return replace(scene, place=replace(scene.place, things=kept))


class ShotStage:
    """One shot, ready to be drawn frame by frame.

    Args:
        caption: the script.
        shot: the shot of it.
        variant: how often the framing before it was the same; odd ones are seen from the other side
            and framed anew, so that the cut shows.
        seed: of scenery and camera shake.
        references: the film's folder; a role's reference picture becomes its face.
        pixels: width and height of the picture; those of the caption's aspect if left out.
        canonical: what no text tells is always the same: the scenery of a kind of place; who stands left of whom
            follows from the script's order of roles; and a shot owes nothing to what other shots say.

    Raises:
        UsageError: if a reference picture is missing, damaged or outside that folder.
    """

    def __init__(
        self,
        caption: HierarchicalCaption,
        shot: Shot,
        *,
        variant: int = 0,
        seed: int = 0,
        references: Path | None = None,
        pixels: tuple[int, int] | None = None,
        canonical: bool = False,
    ) -> None:
        self.caption, self.shot = caption, shot
        self.width, self.height = pixels or caption.pixels
        self.frames = frame_range(shot.interval)
        self._mirrored = variant % 2 == 1
        style = f"{caption.global_caption.style} {caption.global_caption.ambience}"
        setting, action = (in_english(text, caption.language) for text in (shot.setting, shot.action))
        alike = [other for other in caption.shots if other.setting == shot.setting and other is not shot]
        alike = [] if canonical else alike
        elsewhere = [in_english(other.action, caption.language) for other in alike]
        if not caption.language.casefold().startswith("en"):
            # What furnishes a room tells it in every language.
            things = [picture for other in (shot, *alike) for picture in find_pictures(other.action, caption.language)]
            elsewhere += [_FURNISHED[picture.code] for picture in things if picture.code in _FURNISHED]
        self._scene = read_scene(setting, action, style, seed=seed, elsewhere=elsewhere, canonical=canonical)
        if self._scene.place.inside and entered(caption, shot) is not None:
            self._scene = replace(self._scene, place=PLACES["meadow"])  # who goes in is still outside
        self._grade = grade_of(self._scene)
        self._tone = (
            "grey"
            if has_word(style, _MONOCHROME) or "black and white" in style.casefold()
            else ("sepia" if has_word(style, _SEPIA) else "")
        )
        self.layout = set_out(
            caption, shot, scene=self._scene, mirrored=self._mirrored, references=references, in_order=canonical
        )
        self._scene = _without_doubles(self._scene, self.layout)
        self._has_ground = self._scene.place.floor != "void"
        self._named = find_pictures(f"{shot.setting}. {shot.action}", caption.language)
        self._sprites: dict[tuple[str, str, tuple[int, int]], Image.Image] = {}
        self._shoulder = self._take_shoulder()
        # A repeated framing is also nearer and off the middle, as a reverse shot is.
        self._path = frame_shot(
            self.layout,
            shot.camera,
            self.width / self.height,
            mirrored=self._mirrored,
            factor=self._nearness(),
            seed=f"{seed}|{shot.id}",
        )
        alone = sum(actor.layer >= 1 and actor.scale > 0 for actor in self.layout.actors) < 2
        if self._mirrored and (alone or is_roomy(shot.camera.size)):
            self._path = replace(self._path, x=self._path.x + 0.1 * self._path.height * self.width / self.height)
        # Who has been moved to the back or the front for the frame's sake is drawn there.
        self.layout = Layout(tuple(sorted(self.layout.actors, key=by_depth)), self.layout.focus)
        if is_roomy(shot.camera.size):
            kept = {id(actor) for actor in self.layout.actors if actor.role or actor in self.layout.focus}
            kept |= {id(actor) for actor in self.layout.actors if actor.kind == "person" and not actor.scenic}
            kept |= {
                id(other)
                for actor in self.layout.actors
                for other in (actor.partner, actor.carrier)
                if id(actor) in kept
            }
            whole = [actor for actor in self.layout.actors if actor.layer == 1 and id(actor) in kept]
            aspect = self.width / self.height
            self._path = keep_inside(self._path, whole, aspect, len(self.frames) / FPS)
        windows = [self._window(frame) for frame in self.frames]
        self._density = self.height / min(window.height for window in windows)
        size = (self.width, self.height)
        self._distance = Distance(self._scene, shot.camera, windows, size, self._tone, mirrored=self._mirrored)
        self._overlay = foreground(shot.camera.angle, self._shoulder, size, self._tone, mirrored=self._mirrored)

    # ------------------------------------------------------------------------------------ framing

    def _nearness(self) -> float:
        # A repeated framing comes nearer; after a nearer one that would undo the difference of size.
        if not self._mirrored:
            return 1.0
        at = self.caption.shots.index(self.shot)
        before = self.caption.shots[at - 1].camera.size if at else self.shot.camera.size
        sizes = list(Size)
        return 1.0 if sizes.index(self.shot.camera.size) < sizes.index(before) else 0.72

    def _take_shoulder(self) -> Actor | None:
        if self.shot.camera.angle is not Angle.OVER_SHOULDER:
            return None
        others = [actor for actor in self.layout.actors if actor.role and actor not in self.layout.focus]
        if not others:
            return None
        taken = others[0]
        for actor in self.layout.actors:
            if taken in (actor.held_by, actor.carrier):
                actor.settle()  # whose shoulder is in front holds nothing that is seen
        self.layout = Layout(tuple(actor for actor in self.layout.actors if actor is not taken), self.layout.focus)
        return taken

    def _window(self, frame: int) -> Window:
        first = self.frames.start
        return self._path.at((frame - first) / max(1, len(self.frames) - 1), (frame - first) / FPS)

    # ------------------------------------------------------------------------------------ frames

    def frame(self, number: int, mouths: Mapping[str, int] | None = None) -> Image.Image:
        """The picture of one frame (its number in the film) as RGB; ``mouths``: role → level of 0 to 4."""
        window = self._window(number)
        picture = self._distance.seen(window)
        for placement in self._placements(number, window, mouths or {}):
            actor = placement.actor
            if placement.shadow is not None:
                self._shadow(picture, placement.shadow, actor.y, actor.width * 0.5, window)
            sprite = self._seen_of(placement)
            stamp(picture, sprite, placement.origin, placement.place, placement.scale, placement.angle)
        if self._overlay is not None:
            picture.paste(self._overlay, (0, 0), self._overlay)
        if not self._scene.place.inside:
            fall(picture, self._scene, number, grey=bool(self._tone))
        return picture

    def drawn(self, number: int) -> tuple[Drawn, ...]:
        """What one frame (its number in the film) shows, back to front, with its boxes in pixels.

        What lies wholly outside the frame is left out.
        """
        window = self._window(number)
        found = self._distance.named(window, self._named)
        for placement in self._placements(number, window, {}):
            actor = placement.actor
            sprite = self._seen_of(placement)
            ink = sprite.getchannel("A").getbbox()
            if ink is None:
                continue
            whole = placed_box(ink, placement.origin, placement.place, placement.scale, placement.angle)
            box = Box(
                max(0.0, whole.left), max(0.0, whole.top),
                min(float(self.width), whole.right), min(float(self.height), whole.bottom),
            )  # fmt: skip
            if box.width <= 0 or box.height <= 0:
                continue
            share = box.width * box.height / max(1e-9, whole.width * whole.height)
            kind = "role" if actor.role else "card" if actor.look.kind == "card" else actor.kind
            noun = actor.look.label if not actor.role else self.caption.role(actor.role).name
            found.append(Drawn(noun, kind, actor.role, actor.look.code, box, min(1.0, share)))
        if self._shoulder is not None and self._overlay is not None:
            bounds_ = self._overlay.getchannel("A").getbbox()
            if bounds_ is not None:
                role = self._shoulder.role
                found.append(
                    Drawn(self.caption.role(role).name, "role", role, self._shoulder.look.code, Box(*bounds_), 1.0)
                )
        return tuple(found)

    def _placements(self, number: int, window: Window, mouths: Mapping[str, int]) -> Iterator[Placement]:
        # Back to front, without those whom the frame cannot reach.
        share = (number - self.frames.start) / max(1, len(self.frames) - 1)
        seconds = (number - self.frames.start) / FPS
        moments: dict[int, Moment] = {}
        for actor in self.layout.actors:
            self._moment(actor, share, seconds, window, moments)
        for actor in self.layout.actors:
            if actor.scale <= 0:
                continue
            mouth = mouths.get(actor.role, 0) if actor.role else 0
            placement = self._placement(actor, moments[id(actor)], mouth, window, moments)
            if placement is not None and (sunk := sunk_share(actor, share) or actor.legs_under):
                # Its feet go below the surface, which lies where it has come down.
                x, y = placement.place
                down = sunk * actor.height * placement.scale[1] / scale_of(actor) * placement.pixels
                shadow = placement.shadow if actor.motion.name == "lie" else None
                placement = replace(placement, place=(x, y + down), sunk=sunk, shadow=shadow)
            if placement is not None:
                yield placement

    def _moment(self, actor: Actor, share: float, seconds: float, window: Window, moments: dict[int, Moment]) -> Moment:
        # Where an actor is now; who is carried goes with its carrier.
        if id(actor) in moments:
            return moments[id(actor)]
        roomy = is_roomy(self.shot.camera.size)
        # Who lies is lying in a medium frame too.
        flat = actor.motion.name == "lie" and self.shot.camera.size is Size.MEDIUM
        step = actor.motion.at(share, seconds, roomy=roomy or flat)
        if actor.motion.name == "lie" and actor.look.kind == "picture":
            step = Step(tall=0.8 + 0.01 * math.sin(seconds * 2.5))
        # A small creature's jump would hardly show.
        spring = 2.0 if actor.motion.name == "hop" and actor.height < 40 else 1.0
        up = step.up * actor.height * spring
        place = actor.track.at(share, seconds, roomy=roomy) if actor.track is not None else None
        if place is None:
            moment = Moment(self._across(actor, step, window) if actor.carrier is None else 0.0, up, step)
        else:
            if place.pose and actor.look.kind != "picture":
                step = replace(step, pose=place.pose)
            if place.pose:
                up = 0.02 * actor.height * abs(math.sin(seconds * 2 * math.pi))
            moment = Moment(place.across, place.up + up, replace(step, angle=step.angle + place.angle))
        if actor.carrier is not None:
            under = self._moment(actor.carrier, share, seconds, window, moments)
            moment = Moment(moment.across + under.across, moment.up + under.up, moment.step)
        if not self._has_ground and actor.carrier is None and actor.held_by is None and actor.layer == 1:
            # Weightless: it sways where it is.
            lean = moment.step.angle + 5 * math.sin(seconds * 1.1 + actor.x)
            up = moment.up + (0.05 if roomy else 0.01) * actor.height * (1 + math.sin(seconds * 1.7))
            moment = replace(moment, up=up, step=replace(moment.step, angle=lean))
        moments[id(actor)] = moment
        return moment

    def _placement(
        self, actor: Actor, moment: Moment, mouth: int, window: Window, moments: dict[int, Moment]
    ) -> Placement | None:
        step = moment.step
        pose = step.pose if actor.look.kind in ("person", "creature") else "stand"
        drawing = draw(actor.look, pose, mouth)
        unit = scale_of(actor)
        side = -1 if actor.flipped else 1
        if step.flip:
            side = -side
        turn = -1 if self._mirrored else 1
        x, y = actor.x + moment.across, actor.y - moment.up
        anchor = drawing.feet
        shadow = None
        if actor.held_by is not None:
            holder, hold = actor.held_by, moments[id(actor.held_by)]
            drawn = draw(holder.look, hold.step.pose if holder.look.kind != "picture" else "stand")
            holder_unit = scale_of(holder)
            holder_side = -1 if holder.flipped != hold.step.flip else 1
            x = holder.x + hold.across + holder_side * (drawn.hand[0] + 2 - drawn.feet[0]) * holder_unit
            y = holder.y - hold.up + (drawn.hand[1] + 4 - drawn.feet[1]) * holder_unit
            if holder.look.kind == "picture":
                # An animal has it before it, where the face stays free.
                x -= holder_side * 0.4 * actor.width
                y = holder.y - hold.up + (drawn.hand[1] - drawn.feet[1]) * holder_unit + 0.4 * actor.height
                y = min(y, holder.y - hold.up)
        elif actor.layer == 1 and step.angle == 0 and actor.y > -10 and actor.carrier is None and self._has_ground:
            shadow = x
        reach = math.hypot(drawing.box.width, drawing.box.height) * unit
        if (
            abs(x - window.x) > reach + window.height * self.width / self.height
            or abs(y - window.y) > reach + window.height
        ):
            return None
        pixels = min(self._density * unit, _MAX_SPRITE / max(drawing.box.width, drawing.box.height))
        # Spinning and flying things turn about their middle, all else about its feet.
        if step.angle and (actor.motion.name in ("spin", "fly", "swim", "dive", "flip") or _is_sent(actor)):
            middle = (drawing.top + drawing.feet[1]) / 2
            y += (middle - drawing.feet[1]) * unit
            anchor = (drawing.feet[0], middle)
        elif abs(step.angle) > 20 and actor.look.kind != "picture":
            # Who falls or lies comes down around the middle, not off to one side.
            x -= math.sin(math.radians(step.angle)) * 0.5 * actor.height * turn
        origin = ((anchor[0] - drawing.box.left) * pixels, (anchor[1] - drawing.box.top) * pixels)
        zoom = self.height / window.height
        px = self.width / 2 + (x - window.x) * zoom
        py = self.height / 2 + (y - window.y) * zoom
        if window.roll:
            cos, sin = math.cos(math.radians(-window.roll)), math.sin(math.radians(-window.roll))
            dx, dy = px - self.width / 2, py - self.height / 2
            px, py = self.width / 2 + dx * cos - dy * sin, self.height / 2 + dx * sin + dy * cos
        scale = unit * zoom / pixels
        angle = step.angle * (1 if actor.track is not None else turn)
        return Placement(
            actor, drawing.body, drawing.box, pixels, origin, (px, py), (scale * side * step.wide, scale * step.tall),
            angle - window.roll, shadow,
        )  # fmt: skip

    def _across(self, actor: Actor, step: Step, window: Window) -> float:
        # Who walks stays in the frame, unless it comes or goes.
        wide = window.height * self.width / self.height
        reach = step.across * wide
        if actor.motion.name not in ("enter", "leave"):
            room = (wide - actor.width) / 2 - 0.02 * wide
            offset = (actor.x - window.x) * (-1 if self._mirrored else 1)
            reach = max(min(reach, room - offset), -room - offset) if room > abs(offset) else 0.0
        return -reach if self._mirrored else reach

    def _seen_of(self, placement: Placement) -> Image.Image:
        sprite = self._sprite(placement.actor, placement.body, placement.box, placement.pixels)
        if not placement.sunk:
            return sprite
        ink = sprite.getchannel("A").getbbox() or (0, 0, *sprite.size)
        dry = round(placement.origin[1] - placement.sunk * (placement.origin[1] - ink[1]))
        above = Image.new("RGBA", sprite.size)
        above.paste(sprite.crop((0, 0, sprite.width, max(1, dry))), (0, 0))
        return above

    def _sprite(self, actor: Actor, body: str, box: Box, pixels: float) -> Image.Image:
        size = (max(2, math.ceil(box.width * pixels)), max(2, math.ceil(box.height * pixels)))
        key = (body, actor.look.label if actor.look.kind == "card" else "", size)
        if key in self._sprites:
            return self._sprites[key]
        sprite = art.raster(body, box, *size)
        if actor.look.kind == "card":
            sprite = lettered(sprite, actor.look.label, pixels, self.caption.language)
        sprite = toned(graded(sprite, self._grade), self._tone)
        self._sprites[key] = sprite
        return sprite

    def _shadow(self, picture: Image.Image, x: float, y: float, half: float, window: Window) -> None:
        zoom = self.height / window.height
        px, py = self.width / 2 + (x - window.x) * zoom, self.height / 2 + (y - window.y) * zoom
        rx, ry = half * zoom, half * 0.2 * zoom
        if py - ry > self.height or window.roll:
            return
        size = (max(4, round(rx * 2)), max(2, round(ry * 2)))
        mask = ellipse(size)
        picture.paste((20, 20, 24), (round(px - rx), round(py - ry)), mask)
