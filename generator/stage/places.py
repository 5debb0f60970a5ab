# ruff: noqa: E501  (tables and SVG read no better wrapped)
"""The places that the stage can build: words that name them, colours, and what stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.stage.words import word_set

__all__ = ["PHRASES", "PLACES", "Place", "Thing"]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that stands in a place.

    Attributes:
        code: OpenMoji code points, or the name of a piece that the stage draws itself.
        count: how many stand within ``-spread … spread``.
        height: world units, seen at the figures' own distance.
        depth: between which shares of the way from the horizon (0) to the figures (1).
        spread: half the width that they are scattered over.
    """

    code: str
    count: int
    height: float
    depth: tuple[float, float] = (0.0, 0.3)
    spread: float = 240.0


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of place.

    Attributes:
        name: key.
        words: singular words of a setting that name it.
        inside: whether it has walls.
        ground: colour of the ground or floor.
        far: what closes the view, from far to near: kind, colour, height (a sea's depth).
        things: what stands there.
        floor: pattern of the ground: ``plain``, ``tufts``, ``specks``, ``road``, ``boards``, ``tiles``.
        wall: colour of the walls.
        windows: left edges of the windows.
        sky: upper and lower colour where the time of day does not decide.
    """

    name: str
    words: frozenset[str]
    inside: bool
    ground: str
    far: tuple[tuple[str, str, float], ...] = ()
    things: tuple[Thing, ...] = ()
    floor: str = "plain"
    wall: str = "#efe0c4"
    windows: tuple[float, ...] = ()
    sky: tuple[str, str] | None = None


def _out(
    name: str,
    words: str,
    ground: str,
    *things: Thing,
    far: tuple[tuple[str, str, float], ...] = (),
    floor: str = "tufts",
    sky: tuple[str, str] | None = None,
) -> Place:
    return Place(name, word_set(words), False, ground, far, things, floor, sky=sky)


def _in(
    name: str,
    words: str,
    wall: str,
    ground: str,
    *things: Thing,
    floor: str = "boards",
    windows: tuple[float, ...] = (),
) -> Place:
    return Place(name, word_set(words), True, ground, (), things, floor, wall, windows)


_HILLS = (("hills", "#9fcf8f", 22.0), ("hills", "#86bf72", 12.0))
_WALL = (0.0, 0.0)
_FRONT = (0.05, 0.12)

_ALL = (
    _out("meadow", "meadow grass grassland prairie plain outdoors field countryside hill hillside valley landscape nature lawn",
         "#8ecb62", Thing("1F333", 5, 46), Thing("1F33C", 14, 5, (0.3, 1.2)), Thing("1F33F", 7, 9, (0.1, 0.6)), far=_HILLS),
    _out("forest", "forest wood woods jungle woodland grove rainforest thicket clearing campsite camp taiga bamboo",
         "#6d9a4e", Thing("1F332", 13, 74, (0.0, 0.35)), Thing("1F333", 7, 66, (0.0, 0.4)), Thing("1F344", 5, 5, (0.5, 1.1)),
         Thing("1F33F", 9, 9, (0.2, 0.8)), far=(("trees", "#5c8f6a", 52.0), ("trees", "#3f7350", 36.0))),
    _out("park", "park garden backyard yard playground courtyard terrace patio lawn picnic orchard greenhouse vineyard zoo",
         "#93d06a", Thing("1F333", 6, 58), Thing("fence", 3, 13, (0.02, 0.04), 200), Thing("1F337", 9, 7, (0.2, 0.9)),
         Thing("1F33B", 5, 13, (0.1, 0.4)), Thing("26F2", 1, 26, (0.1, 0.2), 90), far=(("hills", "#a8d596", 16.0), ("trees", "#74ad63", 13.0))),
    _out("beach", "beach shore seaside coast sand island seashore bay tropics dune dunes", "#f0dca6",
         Thing("1F334", 5, 68, (0.25, 0.5)), Thing("1F41A", 7, 3.4, (0.7, 1.2)), Thing("26F5", 2, 12, (0.02, 0.1), 200),
         far=(("sea", "#4fa9d9", 9.0),), floor="specks"),
    _out("sea", "sea ocean lighthouse harbor harbour cliff pier dock port wharf quay marina jetty deck ship boat sailboat raft", "#8f8a80",
         Thing("lighthouse", 1, 78, (0.3, 0.35), 74), Thing("rock", 5, 15, (0.45, 0.8)), Thing("26F5", 3, 13, (0.02, 0.14)),
         far=(("hills", "#93b3b5", 7.0), ("sea", "#3f86b5", 13.0)), floor="specks"),
    _out("lake", "lake river pond stream riverbank riverside creek brook swamp marsh wetland lagoon puddle waterside pool poolside fjord",
         "#8ecb62", Thing("1F332", 9, 44, (0.0, 0.1)), Thing("1F33F", 8, 8, (0.7, 1.1)), Thing("pond", 1, 17, (0.55, 0.6), 20),
         far=(("peaks", "#a5bccb", 30.0), ("hills", "#86b573", 13.0), ("sea", "#5fb0d8", 7.0))),
    _out("waterfall", "waterfall cascade falls cataract gorge canyon ravine", "#86b562", Thing("waterfall", 1, 82, (0.15, 0.2), 40),
         Thing("1F332", 9, 52, (0.0, 0.3)), Thing("rock", 5, 13, (0.5, 1.0)), far=(("peaks", "#93a5a8", 46.0), ("trees", "#4f7f58", 26.0))),
    _out("mountains", "mountain mountains peak summit alps ridge cliffside slope glacier highland trail pass", "#9aa98a",
         Thing("1F332", 9, 36, (0.0, 0.3)), Thing("rock", 6, 14, (0.4, 1.0)), far=(("peaks", "#8fa5bd", 66.0), ("peaks", "#71879c", 38.0), ("hills", "#88a070", 11.0))),
    _out("snowfield", "snowfield arctic antarctica ice tundra snow winter igloo iceberg rink ski", "#eef4f8",
         Thing("1F332", 9, 48, (0.0, 0.3)), Thing("rock", 3, 9, (0.5, 0.9)), far=(("peaks", "#bcd0e2", 46.0), ("hills", "#dfeaf2", 14.0)), floor="specks"),
    _out("desert", "desert sahara oasis savanna savannah outback wasteland mesa", "#e8c583", Thing("1F335", 7, 28, (0.05, 0.5)),
         Thing("rock", 5, 11, (0.2, 0.9)), far=(("hills", "#dcae6e", 20.0), ("hills", "#e3bb78", 10.0)), floor="specks"),
    _out("farm", "farm farmyard barn field cornfield wheat ranch stable pasture paddock crop village", "#b7c95e", Thing("1F33E", 16, 13, (0.05, 0.5)),
         Thing("1F3E0", 2, 50, (0.0, 0.05), 110), Thing("fence", 3, 14, (0.15, 0.2), 190), Thing("1F333", 4, 44), far=_HILLS),
    _out("street", "street city town road sidewalk pavement alley avenue crossing intersection downtown plaza market bazaar urban "
         "neighborhood neighbourhood parking curb highway bridge bus-stop suburb crosswalk marketplace", "#7b7d84",
         Thing("streetlamp", 5, 58, (0.2, 0.22)), Thing("1F333", 4, 36, (0.12, 0.16)), Thing("1F697", 2, 15, (0.42, 0.5), 150),
         far=(("town", "#b98f79", 78.0), ("town", "#a9b0bb", 44.0)), floor="road"),
    _out("market", "stall fair fairground carnival festival bazaar circus", "#c7b08a", Thing("stall", 5, 42, (0.1, 0.2)), Thing("1F3A1", 1, 80, (0.0, 0.0), 70),
         Thing("streetlamp", 4, 52, (0.15, 0.2)), far=(("town", "#c79d84", 52.0),), floor="specks"),
    _out("rooftop", "rooftop roof balcony skyline skyscraper", "#8d8a86", Thing("1FAB4", 4, 15, (0.4, 0.6)), Thing("fence", 4, 15, (0.15, 0.16), 220),
         far=(("town", "#8c95ab", 86.0), ("town", "#a4869a", 50.0)), floor="plain"),
    _out("station", "station platform railway railroad rails tracks subway metro terminal train-station airport runway", "#a09a92",
         Thing("streetlamp", 5, 54, (0.25, 0.3)), Thing("1F682", 1, 42, (0.12, 0.14), 92), Thing("1FA91", 3, 15, (0.45, 0.5)), far=(("town", "#a98a78", 46.0),), floor="road"),
    _out("stadium", "stadium arena pitch court racetrack track ballpark field-goal gym-field golf", "#6dbb57", Thing("1F945", 2, 26, (0.1, 0.15), 130), Thing("streetlamp", 4, 70, (0.0, 0.02)),
         far=(("town", "#8fa2b8", 30.0), ("trees", "#557f63", 9.0))),
    _out("cemetery", "cemetery graveyard grave tomb churchyard", "#7c9368", Thing("1FAA6", 10, 16, (0.1, 0.7)), Thing("26EA", 1, 56, (0.0, 0.02), 80), Thing("1F333", 5, 52), far=(("trees", "#50695a", 24.0),)),
    _out("castle", "castle fortress kingdom ruin battlefield temple monument palace", "#93b565", Thing("1F3F0", 1, 78, (0.0, 0.04), 60), Thing("1F332", 8, 40), Thing("rock", 4, 10, (0.4, 0.9)), far=(("peaks", "#a3b3c8", 44.0), ("hills", "#89ab6a", 14.0))),
    _out("sky", "sky cloud clouds air midair aloft heaven", "#cfe6f5", Thing("2601", 9, 24, (-1.6, 0.9)), far=(("hills", "#e8f3fa", 12.0),), floor="plain"),
    _out("space", "space orbit galaxy cosmos lunar planet mars asteroid nebula universe", "#8f8a92", Thing("1FA90", 1, 26, (-1.4, -1.2), 80), Thing("1F30D", 1, 20, (-1.5, -1.0), 120), Thing("rock", 6, 11, (0.3, 1.0)), far=(("hills", "#6f6a76", 9.0),), floor="specks", sky=("#070a1c", "#1c2147")),
    _out("moon", "moonscape moonbase", "#a9a9ad", Thing("1F30D", 1, 20, (-1.5, -1.2), 100), Thing("rock", 7, 10, (0.2, 1.0)), far=(("hills", "#8b8b90", 12.0), ("hills", "#98989d", 5.0)), floor="specks", sky=("#000003", "#05060c")),
    _out("neutral", "", "#c3c9b4", far=(("hills", "#c9d6cb", 14.0), ("hills", "#b9c7b6", 7.0)), floor="plain"),
    _out("underwater", "underwater seabed reef coral aquarium deep-sea ocean-floor undersea", "#e0cf95", Thing("weed", 14, 34, (0.05, 0.9)), Thing("1F420", 4, 9, (-1.7, -0.4)), Thing("1FAB8", 5, 15, (0.2, 0.8)), Thing("rock", 4, 12, (0.1, 0.6)), far=(("hills", "#2f86ad", 22.0), ("hills", "#8fb5a0", 8.0)), floor="specks", sky=("#0f6fa5", "#54bfd6")),
    _in("room", "room house home indoors apartment flat interior living livingroom lounge parlor parlour study cottage cabin den sofa couch hut attic nursery", "#efd9b4", "#b98a5a",
        Thing("1F6CB", 1, 30, (0.1, 0.12), 50), Thing("1F5BC", 2, 16, (-2.6, -2.4), 90), Thing("1FAB4", 2, 26, _FRONT, 110), Thing("bookcase", 1, 62, _WALL, 104), windows=(-58, 34)),
    _in("kitchen", "kitchen pantry bakery kitchenette stove", "#f3e7c8", "#d8c9a8", Thing("cupboards", 2, 66, _WALL, 150), Thing("1F373", 1, 9, (-1.25, -1.25), 34), Thing("1FAD9", 2, 8, (-1.25, -1.25), 70), floor="tiles", windows=(-14, 130)),
    _in("bedroom", "bedroom bed dormitory hotel-room hotel motel bunk", "#c9d3e8", "#a98a6a", Thing("1F6CF", 1, 34, (0.15, 0.2), 48), Thing("1F5BC", 2, 14, (-2.6, -2.4), 90), Thing("1FAB4", 2, 22, _FRONT, 120), windows=(-20, 74)),
    _in("bathroom", "bathroom bath shower toilet washroom sauna spa", "#cfe6ea", "#a9c3c9", Thing("1F6C1", 1, 32, (0.1, 0.15), 46), Thing("1FA9E", 1, 22, (-2.4, -2.2), 40), Thing("1F6BD", 1, 24, _FRONT, 90), floor="tiles", windows=(60,)),
    _in("office", "office desk cubicle meeting boardroom workplace newsroom studio agency bank", "#dfe3e6", "#8f98a3", Thing("table", 2, 24, (0.2, 0.25), 100), Thing("1F5A5", 2, 15, (-0.85, -0.8), 100), Thing("bookcase", 1, 60, _WALL, 90), Thing("1FAB4", 2, 26, _FRONT, 120), floor="tiles", windows=(-66, -20, 26)),
    _in("classroom", "classroom school lecture university college academy", "#f0e6c8", "#c19a6b", Thing("board", 1, 50, (-0.6, -0.6), 12), Thing("table", 4, 20, (0.2, 0.3), 120), Thing("1F30D", 1, 12, (-0.7, -0.7), 60), windows=(70, -116)),
    _in("library", "library bookstore bookshop archive bookcase bookshelf", "#dcc7a0", "#8a5a35", Thing("bookcase", 6, 74, _WALL, 170), Thing("table", 1, 20, (0.3, 0.35), 60), Thing("1F4DA", 2, 12, (-0.3, -0.2), 80)),
    _in("cafe", "cafe café coffee restaurant bar pub diner bistro tavern saloon canteen cafeteria inn teahouse", "#d9b48a", "#8f6238", Thing("counter", 1, 34, (0.02, 0.04), 30), Thing("2615", 3, 7, (-1.5, -1.45), 60), Thing("1F5BC", 2, 16, (-2.8, -2.6), 100), Thing("1FAB4", 2, 26, _FRONT, 130), windows=(-104, 76)),
    _in("shop", "shop store supermarket grocery boutique mall pharmacy bodega warehouse", "#eee3d0", "#b9b0a2", Thing("bookcase", 4, 62, _WALL, 140), Thing("counter", 1, 32, (0.15, 0.2), 40), Thing("1F4E6", 4, 14, (0.2, 0.5), 120), floor="tiles", windows=()),
    _in("hospital", "hospital clinic ward surgery emergency laboratory lab", "#dcecea", "#b9cfcf", Thing("1F6CF", 2, 30, (0.1, 0.15), 80), Thing("1F52C", 1, 16, (-0.9, -0.9), 40), Thing("lockers", 1, 46, _WALL, 100), floor="tiles", windows=(-24, 78)),
    _in("workshop", "workshop garage factory shed basement cellar forge smithy toolshed plant assembly", "#b9a98f", "#8c857a", Thing("table", 2, 26, (0.15, 0.2), 90), Thing("1F9F0", 1, 11, (-1.0, -1.0), 50), Thing("1F6E2", 2, 24, (0.1, 0.3), 120), Thing("1FA9C", 1, 60, _WALL, 80), Thing("2699", 2, 18, (-2.6, -2.2), 110), floor="plain", windows=(-96, 60)),
    _in("hall", "hall church cathedral museum gallery palace throne ballroom corridor hallway lobby court courtroom monastery chapel temple", "#d8cdb8", "#a08a70", Thing("column", 6, 96, _WALL, 150), Thing("pane", 4, 58, (-0.9, -0.9), 120), floor="tiles"),
    _in("stage", "stage theatre theater concert opera cabaret auditorium cinema spotlight", "#3a2434", "#a5713f", Thing("curtain", 1, 110, (0.0, 0.0), 1)),
    _in("vehicle", "carriage compartment cabin train bus car plane airplane tram cockpit taxi vehicle", "#c3ccd4", "#70767e", Thing("seats", 2, 40, (0.05, 0.1), 120), floor="plain", windows=(-100, -50, 0, 50, 100)),
    _in("spaceship", "spaceship spacecraft starship bridge-deck cockpit airlock capsule module", "#9aa5b1", "#5c6672", Thing("porthole", 3, 42, (-1.2, -1.2), 100), Thing("console", 2, 32, (0.05, 0.1), 90), floor="tiles"),
    _in("gym", "gym dojo fitness boxing gymnasium basketball locker", "#d8c9a8", "#c98f55", Thing("lockers", 2, 50, _WALL, 130), Thing("1F94A", 1, 16, (-1.6, -1.4), 40), Thing("1F3C0", 2, 10, (0.4, 0.6), 90), windows=(-20, 120)),
    _in("cave", "cave cavern tunnel mine dungeon crypt prison cell sewer underground", "#5a5350", "#6f665e", Thing("rock", 8, 26, (0.0, 0.4)), Thing("1F525", 1, 18, (0.2, 0.3), 60), floor="plain"),
)  # fmt: skip

PLACES: dict[str, Place] = {place.name: place for place in _ALL}
"""Every place by its name."""

_PHRASES = (
    ("space", r"outside (?:(?:the|a|an|his|her|their) )?(?:space ?ship|spacecraft|starship|space station)"),
    ("spaceship", r"(?:space ?ship|spacecraft|starship|space station|shuttle)(?:'s|’s)?|bridge of (?:the|a) (?:ship|enterprise)"),
    ("moon", r"(?:on|of) (?:the|a) moon|moon (?:surface|base|landscape|crater)|lunar (?:surface|base|landscape|crater)"),
    ("moon", r"^(?:ext\W+)?(?:the |a )?moon\b(?! ?light)(?=$|[,.;:]| surface)"),
    ("station", r"(?:train|railway|bus|subway|metro) station"),
    ("market", r"market (?:street|square|place)|street market"),
    ("street", r"parking lot|finish(?:ing)? line|(?:bus|tram) stop"),
    ("stadium", r"race ?track|racing track|football field|sports field"),
)  # fmt: skip

PHRASES: tuple[tuple[Place, re.Pattern[str]], ...] = tuple(
    (PLACES[name], re.compile(rf"(?:{words})(?!\w)" if words[0] == "^" else rf"\b(?:{words})(?!\w)"))
    for name, words in _PHRASES
)
"""What several words name together, whatever each would name alone."""
