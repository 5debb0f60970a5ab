"""Where and when a shot takes place: the words of a setting → a place, a time of day and a weather."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.stage.motion import read_motion
from generator.stage.places import PHRASES, PLACES, Place
from generator.stage.words import singulars, tokens, word_set

__all__ = ["Scene", "grade_of", "is_landscape", "names_place", "read_scene"]

_TIMES = (
    ("night", word_set("night midnight nighttime moon moonlit moonlight starry stars nocturnal dark")),
    ("dusk", word_set("dusk sunset evening twilight golden-hour sundown")),
    ("dawn", word_set("dawn sunrise morning daybreak early")),
    ("day", word_set("day noon midday afternoon daylight sunny bright sunlit")),
)
_WEATHERS = (
    ("storm", word_set("storm stormy thunderstorm thunder lightning tempest hurricane")),
    ("rain", word_set("rain rainy raining drizzle rainstorm downpour wet")),
    ("snow", word_set("snow snowy snowing blizzard snowfall snowstorm winter")),
    ("fog", word_set("fog foggy mist misty haze hazy")),
    ("cloud", word_set("cloudy overcast clouds grey gray windy")),
)
_VAGUE = word_set(
    "road highway trail track pass path field platform water table window desk chair ground stand sport"
)  # "a desert road" is a desert


_NOWHERE = re.compile(r"\b(?:an?|some|the)\s+(?:plain|simple|bare|ordinary),?\s+(?:open\s+)?place\b", re.IGNORECASE)
_SHADE = re.compile(
    r"\b(?:dark|bright)[- ](?=(?:red|blue|green|brown|gr[ea]y|purple|pink|hair(?:ed)?|eye[sd]?|skin(?:ned)?)\b)",
    re.IGNORECASE,
)  # "a dark blue truck" is no night


@dataclass(frozen=True, slots=True)
class Scene:
    """A place at a time of day in some weather; ``seed`` fixes where trees and houses stand."""

    place: Place
    time: str
    weather: str
    seed: str


def read_scene(
    setting: str,
    action: str = "",
    ambience: str = "",
    *,
    seed: int = 0,
    elsewhere: Sequence[str] = (),
    canonical: bool = False,
) -> Scene:
    """The scene that a setting speaks of; where it says nothing, the action and the ambience are asked.

    Args:
        setting: of the shot.
        action: of the shot.
        ambience: or style of the film.
        seed: of what is left open.
        elsewhere: actions of other shots with this setting: they play in the same place.
        canonical: every forest is laid out alike, whatever words tell of it.
    """
    told = _NOWHERE.sub(" ", setting)
    acted = next((place for text in (action, *elsewhere) if (place := _place(text, acting=True)) is not None), None)
    place = _place(told) or acted or _place(setting) or _place(ambience) or PLACES["neutral"]
    time = _said(_TIMES, setting) or _said(_TIMES, action) or _said(_TIMES, ambience) or "day"
    layout = f"{seed}|{place.name if canonical else ' '.join(tokens(setting))}"
    if place.name == "moon":
        # Its name is no hour here, and there is no air for weather.
        return Scene(place, "day", "clear", layout)
    weather = _said(_WEATHERS, setting) or _said(_WEATHERS, action) or _said(_WEATHERS, ambience) or "clear"
    return Scene(place, time, weather, layout)


def _said(table: tuple[tuple[str, frozenset[str]], ...], text: str) -> str:
    words = {form for word in tokens(_SHADE.sub("", text)) for form in singulars(word)} | set(
        tokens(_SHADE.sub("", text))
    )
    return next((name for name, wanted in table if words & wanted), "")


def _place(text: str, *, acting: bool = False) -> Place | None:
    folded = " ".join(text.casefold().split())
    phrase = next((place for place, pattern in PHRASES if pattern.search(folded)), None)
    return phrase or _place_of_words(text, acting=acting)


def _place_of_words(text: str, *, acting: bool) -> Place | None:
    # The earliest word decides, but "outside a cafe" is a street and "forest cabin interior" a room.
    # What somebody does is no place: "a vase falls" has no waterfall.
    forms = [
        set(singulars(word)) if not acting or word.is_noun or read_motion(str(word)).name == "stand" else set()
        for word in tokens(text)
    ]
    words = {form for group in forms for form in group}
    hits = [
        (at, -len(word), place, word in _VAGUE)
        for place in PLACES.values()
        for word in place.words & words
        for at in [next(at for at, group in enumerate(forms) if word in group)]
    ]
    if not hits:
        return None
    outside = "outside" in words or "exterior" in words or "ext" in words
    inside = {"inside", "interior", "indoors", "indoor", "int"} & words
    # In a compound the last noun is the place: "castle hall", "train station".
    first = min(hits, key=lambda hit: hit[:2])
    while (after := next((hit for hit in hits if hit[0] == first[0] + 1 and not hit[3]), None)) is not None:
        first = after
    hits = [hit for hit in hits if hit[0] >= first[0]]
    wanted = [hit for hit in hits if (hit[2].inside if inside else not hit[2].inside)] if inside or outside else hits
    if inside and not wanted:
        return PLACES["room"]
    if outside and not wanted:
        return PLACES["street"]
    return min(wanted, key=lambda hit: hit[:2])[2]


def grade_of(scene: Scene) -> tuple[float, float, float]:
    """Factors for red, green and blue that put figures into the scene's light."""
    if scene.place.inside:
        return (0.94, 0.9, 0.86) if scene.time in ("night", "dusk") else (1.0, 1.0, 1.0)
    light = {"night": (0.74, 0.78, 0.96), "dusk": (0.97, 0.82, 0.78), "dawn": (1.0, 0.94, 0.88)}
    red, green, blue = light.get(scene.time, (1.0, 1.0, 1.0))
    if scene.weather in ("storm", "rain", "fog", "cloud"):
        red, green, blue = red * 0.9, green * 0.92, blue * 0.95
    return red, green, blue


_LANDSCAPES = {
    "1F3DC": "desert", "1F3D6": "beach shore", "1F3DD": "beach shore sea opensea", "1F689": "station",
    "1F30A": "beach shore sea opensea icyshore lake", "1F3DE": "meadow forest park lake mountains", "1F3D5": "forest",
    "1F305": "beach shore sea opensea", "1F304": "mountains", "1F307": "street rooftop", "1F306": "street rooftop",
    "1F3D9": "street rooftop", "1F303": "street rooftop", "26F0": "mountains snowfield", "1F3D4": "mountains snowfield",
}  # fmt: skip


def is_landscape(scene: Scene, code: str) -> bool:
    """Whether a picture is one of a landscape that the scene itself shows."""
    return scene.place.name in _LANDSCAPES.get(code, "").split()


def names_place(scene: Scene, word: str) -> bool:
    """Whether a noun, in the singular or plural, only names the place that the scene shows anyway."""
    return any(form in scene.place.words for form in singulars(word.split()[-1]))
