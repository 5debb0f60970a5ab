"""When things happen in a sampled story: cuts, framings, lines, sounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.stage.sampling import talk
from generator.stage.sampling.dice import Dice
from generator.stage.sampling.difficulty import Difficulty
from generator.stage.sampling.people import Person
from generator.stage.sampling.places import PLACES, Locale
from mavin.caption import Angle, Camera, Movement, Size
from mavin.interval import Interval

__all__ = ["Spoken", "cameras", "intervals", "lines", "places"]

_SIZES = tuple(Size)  # from far to near
_TICK = 50
"""Milliseconds that cuts fall on."""
_EDGE = 150
"""Milliseconds of silence at either end of the clip."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line to be: who says what, when, how, and whether he is seen."""

    speaker: int
    interval: Interval
    text: str
    delivery: str
    on_screen: bool


def intervals(dice: Dice, difficulty: Difficulty) -> list[Interval]:
    """The shots' intervals; together they are the clip."""
    duration = dice.whole(difficulty.duration_ms[0] // 100, difficulty.duration_ms[1] // 100) * 100
    duration = min(max(duration, difficulty.duration_ms[0]), difficulty.duration_ms[1])
    count = min(dice.whole(*difficulty.shots), duration // difficulty.min_shot_ms)
    weights = [0.2 + dice.share() for _ in range(count)]
    spare = duration - count * difficulty.min_shot_ms
    shots, start, seen = [], 0, 0.0
    for number, weight in enumerate(weights, 1):
        seen += weight
        end = number * difficulty.min_shot_ms + int(spare * seen / sum(weights)) // _TICK * _TICK
        shots.append(Interval(start, end if number < count else duration))
        start = end
    return shots


def places(dice: Dice, difficulty: Difficulty, count: int) -> list[int]:
    """For each shot the number of its place; a story goes back to places it knows half of the time."""
    chosen = [dice.whole(0, len(PLACES) - 1)]
    while len(chosen) < count:
        if not dice.chance(difficulty.setting_change):
            chosen.append(chosen[-1])
            continue
        known = [place for place in dict.fromkeys(chosen) if place != chosen[-1]]
        if known and dice.chance(0.5):
            chosen.append(dice.pick(known))
        else:
            chosen.append(dice.pick([place for place in range(len(PLACES)) if place not in chosen]))
    return chosen


def cameras(dice: Dice, difficulty: Difficulty, settings: Sequence[int]) -> list[Camera]:
    """The framing of each shot."""
    made: list[Camera] = []
    for number, setting in enumerate(settings):
        sizes = list(difficulty.sizes)
        if made and settings[number - 1] == setting:
            before = _SIZES.index(made[-1].size)
            steps = 2 if difficulty.clear_cuts else 1
            # Two framings that do not differ at all are no cut but a jump.
            sizes = [size for size in difficulty.sizes if abs(_SIZES.index(size) - before) >= steps]
        angle = dice.pick(list(Angle)[1:]) if dice.chance(difficulty.angles) else Angle.EYE
        movement = dice.pick(list(Movement)[1:]) if dice.chance(difficulty.moving) else Movement.STATIC
        made.append(Camera(size=dice.pick(sizes), angle=angle, movement=movement))
    return made


def lines(
    dice: Dice, difficulty: Difficulty, shots: Sequence[Interval], settings: Sequence[Locale], cast: Sequence[Person]
) -> list[Spoken]:
    """The dialogue in order of time; nobody talks over himself."""
    speakers = [number for number, who in enumerate(cast) if who.speaks]
    duration = shots[-1].end_ms
    wanted = duration * dice.between(*difficulty.speech)
    manners = talk.CALM_DELIVERIES if difficulty.plain else talk.DELIVERIES
    said: list[Spoken] = []
    free = dict.fromkeys(speakers, 0)
    time, filled, tries = _EDGE + dice.whole(0, 80) * 10, 0, 0
    while speakers and filled < wanted and time < duration - _EDGE - 400 and tries < 30:
        tries += 1
        able = [number for number in speakers if free[number] <= time]
        if not able:
            time = min(free.values())
            continue
        others = [number for number in able if not said or number != said[-1].speaker]
        speaker = dice.pick(others if others and dice.chance(0.7) else able)
        shot = next(at for at, interval in enumerate(shots) if interval.contains(time))
        end = duration - _EDGE if difficulty.cross_cuts else min(duration - _EDGE, shots[shot].end_ms)
        pace = dice.between(*difficulty.pace)
        found = talk.line(dice, cast[speaker], cast, settings[shot], end - time, pace)
        if found is None:
            time = shots[shot].end_ms  # a later shot may have more room
            continue
        text, length = found
        seen = not dice.chance(difficulty.off_screen)
        said.append(Spoken(speaker, Interval(time, time + length), text, dice.pick(manners), seen))
        filled += length
        free[speaker] = time + length + 350
        if len(speakers) > 1 and dice.chance(difficulty.overlap):
            time += max(200, length - dice.whole(20, 60) * 10)
        else:
            time = max(other.interval.end_ms for other in said) + dice.whole(35, 140) * 10
    return _seen_or_not(said, shots)


def _seen_or_not(said: list[Spoken], shots: Sequence[Interval]) -> list[Spoken]:
    """Who is seen in a shot is seen for all that he says in it, and in every other shot that such a line reaches."""
    while True:
        seen = {
            (line.speaker, shot) for line in said if line.on_screen for shot in shots if shot.overlaps(line.interval)
        }
        wrong = [
            at
            for at, line in enumerate(said)
            if not line.on_screen
            and any((line.speaker, shot) in seen for shot in shots if shot.overlaps(line.interval))
        ]
        if not wrong:
            return said
        for at in wrong:
            said[at] = replace(said[at], on_screen=True)
