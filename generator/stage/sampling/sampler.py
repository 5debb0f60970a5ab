# ruff: noqa: E501  (tables)
"""One random caption: who, where, what, when, put together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.stage.sampling import people, timeline
from generator.stage.sampling.deeds import action
from generator.stage.sampling.dice import Dice
from generator.stage.sampling.difficulty import Difficulty
from generator.stage.sampling.people import Person
from generator.stage.sampling.places import LIGHTS, PLACES, WEATHERS, Locale
from generator.stage.sampling.timeline import Spoken
from generator.stage.words import word_set
from mavin.caption import Angle, Camera, DialogueLine, GlobalCaption, HierarchicalCaption, Override, Role, Shot, Sound
from mavin.interval import Interval

__all__ = ["sample"]

_STYLES = (
    "warm animation", "soft watercolour animation", "bold comic-book colours", "muted cinematic tones", "film noir, black and white",
    "bright children's picture book", "sepia, like an old photograph", "flat vector illustration", "pastel storybook", "high-contrast ink",
    "sunlit documentary", "cool blue evening tones", "hand-drawn animation", "autumn colours", "clean graphic novel",
)  # fmt: skip
_PLAIN_STYLES = tuple(
    style for style in _STYLES if style.endswith(("animation", "illustration", "book", "colours", "novel"))
)
_MOODS = ("quiet", "tense", "cheerful", "lonely", "hurried", "dreamy", "solemn", "playful", "uneasy", "hopeful")
_BEDS = (
    "",
    "wind",
    "light rain",
    "distant traffic",
    "birds",
    "a low hum",
    "a murmuring crowd",
    "waves",
    "crickets",
    "a crackling fire",
)
_TITLES = (
    "The {prop}",
    "{name} and the {prop}",
    "At {spot}",
    "What {name} saw",
    "Before {time}",
    "{name} comes back",
    "The last {prop}",
)
_PLOTS = (
    "{Where}, {who} must {turn}.", "From {place} to {end}, {who} will {turn}.",
    "It begins {where}; before it is over, {who} will {turn}.", "Nobody {where} knows why {who} should {turn}.",
)  # fmt: skip
_MEETINGS = (
    "{who} meet {where} and {turn}.",
    "{who} meet by chance, and {turn}.",
    "{who} come to {place} to {turn}.",
)
_TURNS = (
    "look for {prop} that somebody has taken", "find out what {prop} is worth", "try to bring {prop} home",
    "learn that nothing is what it seemed", "keep a promise from long ago", "wait for somebody who does not come",
    "give up {prop} in the end", "leave before anybody notices",
)  # fmt: skip
_DEALINGS = (
    "quarrel over {prop}",
    "say goodbye to each other",
    "make peace at last",
    "share {prop}",
    "take each other at their word",
)


def sample(seed: int, difficulty: Difficulty | None = None) -> HierarchicalCaption:
    """A random caption; the same seed and difficulty give the same one on every machine.

    Args:
        seed: any whole number.
        difficulty: the knobs; :class:`Difficulty` with its defaults if left out.
    """
    knobs = difficulty or Difficulty()
    dice = Dice(seed)
    shots = timeline.intervals(dice, knobs)
    numbers = timeline.places(dice, knobs, len(shots))
    kinds = [PLACES[number] for number in numbers]
    cameras = timeline.cameras(dice, knobs, numbers)
    cast = _cast(dice, knobs)
    spoken = timeline.lines(dice, knobs, shots, kinds, cast)
    names = {number: dice.pick(PLACES[number].names) for number in dict.fromkeys(numbers)}
    settings = _settings(dice, names, plain=knobs.plain)
    made: list[Shot] = []
    heard = 0
    changed = _changed(dice, knobs, cast)
    for number, (interval, place, camera) in enumerate(zip(shots, kinds, cameras, strict=True), 1):
        seen, talking = _present(dice, cast, spoken, interval)
        if camera.angle is Angle.OVER_SHOULDER and len(seen) < 2:
            camera = Camera(size=camera.size, movement=camera.movement)
        sounds = _sounds(dice, knobs, interval, place, heard)
        heard += len(sounds)
        overrides = [(who, look) for who, look, shot in changed if shot == number % len(shots) and who in seen]
        people_seen = [cast[who] for who in seen]
        made.append(
            Shot(
                id=f"S{number}",
                start_ms=interval.start_ms,
                end_ms=interval.end_ms,
                title=_title(dice, people_seen, place),
                setting=settings[numbers[number - 1]],
                action=action(dice, people_seen, [cast[who] for who in talking], place, plain=knobs.plain),
                camera=camera,
                roles=tuple(f"C{who + 1}" for who in seen),
                overrides=tuple(Override(role=f"C{who + 1}", appearance=look) for who, look in overrides),
                sounds=sounds,
            )
        )
    return HierarchicalCaption(
        title=_title(dice, cast, kinds[0]),
        duration_ms=shots[-1].end_ms,
        aspect=dice.pick(knobs.aspects),
        global_caption=_global(dice, cast, kinds[0], [names[number] for number in numbers], plain=knobs.plain),
        shots=tuple(made),
        roles=tuple(
            Role(id=f"C{number}", name=who.name, appearance=who.appearance, voice=who.voice)
            for number, who in enumerate(cast, 1)
        ),
        dialogue=tuple(
            DialogueLine(
                id=f"L{number}", role=f"C{line.speaker + 1}", start_ms=line.interval.start_ms,
                end_ms=line.interval.end_ms, text=line.text, delivery=line.delivery, on_screen=line.on_screen,
            )
            for number, line in enumerate(spoken, 1)
        ),
    )  # fmt: skip


def _cast(dice: Dice, knobs: Difficulty) -> list[Person]:
    taken: set[str] = set()
    cast = [
        people.animal(dice, taken) if dice.chance(knobs.animals) else people.person(dice, taken, plain=knobs.plain)
        for _ in range(dice.whole(*knobs.roles))
    ]
    if cast and knobs.speech[0] > 0 and not any(who.speaks for who in cast):
        cast[-1] = people.person(dice, taken, plain=knobs.plain)  # animals alone would say nothing
    return cast


def _settings(dice: Dice, names: Mapping[int, str], *, plain: bool) -> dict[int, str]:
    """The words for each place of the story; it is one time of day and one weather everywhere."""
    light, weather = dice.pick(LIGHTS), "" if plain else dice.pick(WEATHERS)
    words = {}
    for number, name in names.items():
        place = PLACES[number]
        outer = " ".join(part for part in (light, place.weather(weather)) if part)
        setting = f"{name} {outer}".strip()
        words[number] = f"{setting}, {dice.pick(place.details)}" if not plain and dice.chance(0.6) else setting
    return words


def _changed(dice: Dice, knobs: Difficulty, cast: Sequence[Person]) -> list[tuple[int, str, int]]:
    """Who looks different, how, and in which shot (counted from 0 at the last)."""
    return [
        (number, people.other_look(dice, who, plain=knobs.plain), dice.whole(0, 5))
        for number, who in enumerate(cast)
        if who.speaks and dice.chance(knobs.overrides)
    ]


def _present(
    dice: Dice, cast: Sequence[Person], spoken: Sequence[Spoken], interval: Interval
) -> tuple[list[int], list[int]]:
    """Who is seen in a shot, in order of the cast, and who of them speaks."""
    lines = [line for line in spoken if line.interval.overlaps(interval)]
    talking = list(dict.fromkeys(line.speaker for line in lines if line.on_screen))
    # A voice from outside the picture has nobody in it.
    unseen = {line.speaker for line in lines} - set(talking)
    able = [number for number in range(len(cast)) if number not in unseen]
    seen = {number for number in able if number in talking or dice.chance(0.45)}
    if not seen and able and not dice.chance(0.15):
        seen = {dice.pick(able)}
    return sorted(seen), talking


def _sounds(dice: Dice, knobs: Difficulty, interval: Interval, place: Locale, before: int) -> tuple[Sound, ...]:
    made = []
    for text in dice.some(place.sounds, dice.whole(*knobs.sounds)):
        length = min(interval.duration_ms, dice.whole(30, 150) * 10)
        start = interval.start_ms + dice.whole(0, (interval.duration_ms - length) // 10) * 10
        made.append((start, start + length, text))
    return tuple(
        Sound(id=f"X{before + number}", start_ms=start, end_ms=end, text=text)
        for number, (start, end, text) in enumerate(sorted(made), 1)
    )


def _title(dice: Dice, seen: Sequence[Person], place: Locale) -> str:
    words = {
        "prop": dice.pick(place.props).split(" ", 1)[1].title(), "spot": dice.pick(place.spots),
        "name": dice.pick(seen).name if seen else "Nobody", "time": dice.pick(("Midnight", "Dawn", "the Storm", "Noon")),
    }  # fmt: skip
    title = dice.pick(_TITLES).format(**words)
    return title[0].upper() + title[1:]


def _global(
    dice: Dice, cast: Sequence[Person], place: Locale, names_of_places: Sequence[str], *, plain: bool
) -> GlobalCaption:
    names = [who.name for who in cast] or ["somebody"]
    who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    several = len(names) > 1
    plots = [plot for plot in _PLOTS if "{end}" not in plot or names_of_places[0] != names_of_places[-1]]
    plot = dice.pick([*plots, *(_MEETINGS if several else ())])
    turn = dice.pick([*_TURNS, *(_DEALINGS if several else ())]).format(prop=dice.pick(place.props))
    where = _where(names_of_places[0])
    plot = plot.format(
        who=who, turn=turn, place=names_of_places[0], end=names_of_places[-1], where=where,
        Where=where[0].upper() + where[1:],
    )  # fmt: skip
    bed = dice.pick(_BEDS)
    mood = dice.pick(_MOODS)
    return GlobalCaption(
        storyline=plot[0].upper() + plot[1:],
        style=dice.pick(_PLAIN_STYLES if plain else _STYLES),
        ambience=f"{mood}, {bed}" if bed else mood,
    )


_ON = word_set("hillside bridge farm lake playground rooftop roof platform stage pier deck field plain ridge summit trail pass surface landscape bank "
               "shore beach street avenue court cliff bus tram")  # fmt: skip
_AT = word_set("carnival fairground station harbour market racetrack stadium café bar teahouse pond square base")


def _where(name: str) -> str:
    """A place with its preposition: on a rooftop above the city, at a fairground, in an old library."""
    head = re.split(r" (?:of|in|with|above|by|behind|on|among|full|under) ", name)[0].split()[-1]
    return f"{'on' if head in _ON else 'at' if head in _AT else 'in'} {name}"
