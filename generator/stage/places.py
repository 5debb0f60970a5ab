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
        xs: exactly where they stand instead (world x).
        lift: world units above the ground, as on a table or a wall.
    """

    code: str
    count: int
    height: float
    depth: tuple[float, float] = (0.0, 0.3)
    spread: float = 240.0
    xs: tuple[float, ...] = ()
    lift: float = 0.0


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
        floor: pattern of the ground: ``plain``, ``tufts``, ``specks``, ``road``, ``lane``, ``rails``, ``bays``,
            ``boards``, ``tiles``, ``waves``; ``void`` where there is no ground.
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


def _at(code: str, height: float, depth: float, *xs: float, lift: float = 0.0) -> Thing:
    # Furniture: it stands where it is put.
    return Thing(code, len(xs), height, (depth, depth), xs=xs, lift=lift)


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
         "#93d06a", Thing("1F333", 6, 64), Thing("hedge", 4, 15, (0.05, 0.1), 200), Thing("fence", 3, 13, (0.02, 0.04), 200), Thing("1F337", 9, 7, (0.2, 0.9)),
         Thing("1F33B", 5, 13, (0.1, 0.4)), _at("26F2", 34, 0.16, -72), _at("bench", 20, 0.3, 76), far=(("hills", "#a8d596", 16.0), ("trees", "#74ad63", 13.0))),
    _out("beach", "beach sand island tropics dune dunes wave surf", "#f0dca6",
         Thing("1F334", 5, 68, (0.25, 0.5)), Thing("1F41A", 7, 3.4, (0.7, 1.2)), Thing("26F5", 2, 12, (0.02, 0.1), 200),
         far=(("sea", "#4fa9d9", 9.0),), floor="specks"),
    _out("shore", "shore seaside coast seashore bay coastline headland", "#c9bf9f", Thing("rock", 7, 12, (0.35, 1.0)), Thing("1F33F", 7, 8, (0.6, 1.1)), Thing("26F5", 2, 12, (0.02, 0.1), 200),
         far=(("hills", "#9db8a6", 9.0), ("sea", "#4a9cc9", 12.0)), floor="tufts"),
    _out("icyshore", "ice-floe pack-ice", "#eef4f8", Thing("E2C0", 3, 20, (0.02, 0.2)), Thing("rock", 3, 8, (0.5, 0.9)),
         far=(("peaks", "#c3d5e4", 30.0), ("sea", "#5d9cc4", 12.0)), floor="specks"),
    _out("opensea", "", "#3f86b5", far=(("hills", "#93b3b5", 2.0),), floor="waves"),
    _out("sea", "sea ocean lighthouse harbor harbour cliff pier dock port wharf quay marina jetty deck ship boat sailboat raft", "#8f8a80",
         Thing("lighthouse", 1, 78, (0.3, 0.35), 74), Thing("rock", 5, 15, (0.45, 0.8)), Thing("26F5", 3, 13, (0.02, 0.14)),
         far=(("hills", "#93b3b5", 7.0), ("sea", "#3f86b5", 13.0)), floor="specks"),
    _out("lake", "lake river pond stream riverbank riverside creek brook swamp marsh wetland lagoon waterside water fjord",
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
    _out("street", "street city town road sidewalk pavement alley avenue crossing intersection downtown plaza urban "
         "neighborhood neighbourhood curb highway bridge bus-stop suburb crosswalk", "#7b7d84",
         Thing("streetlamp", 5, 58, (0.2, 0.22)), Thing("1F333", 4, 36, (0.12, 0.16)), Thing("1F697", 2, 15, (0.42, 0.5), 150),
         far=(("town", "#b98f79", 78.0), ("town", "#a9b0bb", 44.0)), floor="road"),
    _out("market", "market marketplace stall fair fairground carnival festival bazaar circus", "#c7b08a", _at("stall", 54, 0.2, -130, -64, 64, 134), _at("1F34E", 8, 0.2, -74, 58, lift=24), _at("1F34B", 8, 0.2, -62, 70, lift=24), _at("1F955", 9, 0.2, -50, lift=24), Thing("1F3A1", 1, 80, (0.0, 0.0), 70),
         Thing("streetlamp", 4, 52, (0.15, 0.2)), far=(("town", "#c79d84", 52.0),), floor="specks"),
    _out("countryroad", "countryside-road lane byway", "#8ecb62", Thing("1F333", 6, 46, (0.0, 0.12)), Thing("fence", 4, 13, (0.14, 0.16), 220), Thing("1F33C", 10, 5, (0.9, 1.2)), far=_HILLS, floor="lane"),
    _out("parking", "parking carpark", "#85878d", _at("1F697", 30, 0.3, -84, 60, 170), _at("1F699", 30, 0.3, -12), _at("1F695", 28, 0.3, 116), _at("streetlamp", 62, 0.1, -50, 88), _at("1F17F", 18, 0.12, 26), far=(("town", "#a9b0bb", 48.0), ("trees", "#74ad63", 12.0)), floor="bays"),
    _out("airport", "airport runway tarmac hangar airfield", "#a3a6aa", _at("airliner", 62, 0.12, 66, -190), _at("1F6EB", 22, -1.6, -70), _at("tower", 80, 0.0, -64), far=(("hills", "#a8c59a", 9.0),), floor="road"),
    _out("pool", "pool poolside swimming waterpark", "#d7d2c4", _at("pool", 26, 0.72, 10), _at("26F1", 40, 0.2, -84, 96), _at("1F334", 66, 0.08, -40, 130), _at("1F6DF", 12, 0.4, 78), far=(("hills", "#a8d596", 14.0), ("trees", "#74ad63", 10.0)), floor="tiles"),
    _out("rooftop", "rooftop roof balcony skyline skyscraper", "#8d8a86", _at("wall", 13, 0.12, -180, -60, 60, 180), _at("1F4E1", 26, 0.16, -82), _at("watertank", 52, 0.1, 80), _at("1FAB4", 19, 0.4, 52, -46), _at("chimney", 26, 0.3, -104, 120),
         far=(("town", "#8c95ab", 86.0), ("town", "#a4869a", 50.0)), floor="plain"),
    _out("station", "station platform railway railroad rails tracks subway metro terminal train-station", "#a09a92",
         _at("1F683", 46, 0.3, -118, -42), _at("1F682", 54, 0.3, 46), _at("canopy", 92, 0.34, -84, 96), _at("bench", 19, 0.62, -78), _at("1F570", 14, 0.34, 6, lift=56), _at("E094", 26, 0.5, 92), far=(("town", "#a98a78", 54.0),), floor="rails"),
    _out("stadium", "stadium arena pitch sport stand racetrack ballpark field-goal gym-field golf", "#6dbb57", _at("1F945", 30, 0.14, -86, 90), _at("floodlight", 92, 0.0, -64, 62),
         far=(("crowd", "#7f8fa6", 34.0),)),
    _out("cemetery", "cemetery graveyard grave tomb churchyard", "#7c9368", Thing("1FAA6", 10, 16, (0.1, 0.7)), Thing("26EA", 1, 56, (0.0, 0.02), 80), Thing("1F333", 5, 52), far=(("trees", "#50695a", 24.0),)),
    _out("castle", "castle fortress kingdom ruin battlefield temple monument palace", "#93b565", Thing("1F3F0", 1, 78, (0.0, 0.04), 60), Thing("1F332", 8, 40), Thing("rock", 4, 10, (0.4, 0.9)), far=(("peaks", "#a3b3c8", 44.0), ("hills", "#89ab6a", 14.0))),
    _out("sky", "sky cloud clouds air midair aloft heaven", "#cfe6f5", Thing("2601", 9, 24, (-1.6, 0.9)), far=(("hills", "#e8f3fa", 12.0),), floor="plain"),
    _out("space", "space orbit galaxy cosmos nebula universe", "#8f8a92", _at("1FA90", 30, 0.0, 92, lift=46), _at("1F30D", 24, 0.0, -66, 150, lift=50), _at("1F680", 44, 0.2, -96, 108), _at("1F6F0", 15, 0.0, 10, lift=76), floor="void", sky=("#070a1c", "#1c2147")),
    _out("planet", "planet mars asteroid", "#8f8a92", _at("1FA90", 30, 0.0, 62, lift=46), _at("1F30D", 24, 0.0, -66, 150, lift=50), _at("1F680", 44, 0.2, -96, 108), Thing("crater", 7, 6, (0.3, 1.1)), Thing("rock", 6, 11, (0.3, 1.0)), far=(("hills", "#6f6a76", 9.0),), floor="specks", sky=("#070a1c", "#1c2147")),
    _out("moon", "moonscape moonbase lunar", "#a9a9ad", Thing("1F30D", 1, 20, (-1.5, -1.2), 100), Thing("rock", 7, 10, (0.2, 1.0)), far=(("hills", "#8b8b90", 12.0), ("hills", "#98989d", 5.0)), floor="specks", sky=("#000003", "#05060c")),
    _out("neutral", "", "#c3c9b4", far=(("hills", "#c9d6cb", 14.0), ("hills", "#b9c7b6", 7.0)), floor="plain"),
    _out("underwater", "underwater seabed reef coral aquarium deep-sea ocean-floor undersea", "#e0cf95", Thing("weed", 14, 34, (0.05, 0.9)), Thing("1F420", 4, 9, (-1.7, -0.4)), Thing("1FAB8", 5, 15, (0.2, 0.8)), Thing("rock", 4, 12, (0.1, 0.6)), far=(("hills", "#2f86ad", 22.0), ("hills", "#8fb5a0", 8.0)), floor="specks", sky=("#0f6fa5", "#54bfd6")),
    _in("room", "room house home indoors apartment flat interior living livingroom lounge parlor parlour study cottage den sofa couch hut attic nursery table window desk chair carpet", "#efd9b4", "#b98a5a",
        _at("bookcase", 74, 0.0, 76, -170), _at("1F5BC", 20, 0.0, -2, 128, lift=42), _at("rug", 15, 0.62, -56), _at("1F6CB", 40, 0.1, -62), _at("1FAB4", 26, 0.12, 40, -112, 172), _at("E141", 32, 0.2, 112), _at("1F4FA", 26, 0.05, -140), windows=(-104, 20)),
    _in("kitchen", "kitchen pantry bakery kitchenette stove worktop", "#f3e7c8", "#d8c9a8", _at("cupboards", 72, 0.0, -112, 128), _at("fridge", 62, 0.02, 40), _at("oven", 35, 0.03, -26), _at("1F373", 13, 0.03, -26, lift=34), _at("1FAD6", 13, 0.0, -70, lift=38), _at("1F34E", 7, 0.0, -104, -96, lift=38),
        _at("1FAD9", 11, 0.0, -136, 108, 96, lift=38), _at("1F35E", 10, 0.0, 146, lift=38), floor="tiles", windows=(-16, 62)),
    _in("bedroom", "bedroom bed dormitory hotel-room hotel motel bunk", "#c9d3e8", "#a98a6a", _at("rug", 14, 0.5, -36), _at("1F6CF", 46, 0.14, -58, 150), _at("table", 18, 0.1, -8), _at("1F56F", 13, 0.1, -8, lift=17), _at("1F5BC", 18, 0.0, -62, 128, lift=46), _at("wardrobe", 76, 0.02, 66, -140), _at("1FAB4", 22, 0.15, 104), windows=(4, 92)),
    _in("bathroom", "bathroom bath shower toilet washroom sauna spa", "#cfe6ea", "#a9c3c9", _at("1F6C1", 40, 0.14, -58), _at("1FA9E", 26, 0.0, 22, 126, lift=34), _at("basin", 32, 0.05, 22, 126), _at("1F6BD", 30, 0.12, 74), _at("1FAB4", 18, 0.1, -102), _at("1F9FA", 14, 0.2, 98), floor="tiles", windows=(-84, 60)),
    _in("office", "office cubicle meeting boardroom workplace newsroom studio agency bank", "#dfe3e6", "#8f98a3", _at("bookcase", 66, 0.0, 104, -150), _at("table", 26, 0.16, -66, 58, 176), _at("1F5A5", 19, 0.16, -74, 50, 168, lift=25), _at("1F4DA", 10, 0.16, -40, 84, lift=25), _at("1FA91", 25, 0.3, -62, 54), _at("1FAB4", 28, 0.1, -108, 8), _at("board", 34, 0.0, 0, lift=34), floor="tiles", windows=(-92, 40)),
    _in("classroom", "classroom school lecture university college academy", "#f0e6c8", "#c19a6b", _at("board", 60, 0.0, 0, lift=26), _at("table", 21, 0.3, -72, 72, 150), _at("1FA91", 22, 0.36, -58, 88), _at("1F30D", 14, 0.3, -84, lift=20), _at("1F4DA", 9, 0.3, 64, lift=20), _at("1F5FA", 20, 0.0, -88, lift=44), windows=(82, -150)),
    _in("library", "library bookstore bookshop archive bookcase bookshelf", "#dcc7a0", "#8a5a35", _at("bookcase", 88, 0.0, -150, -92, 24, 92, 160), _at("1FA9C", 66, 0.06, 56), _at("table", 23, 0.26, -54), _at("1F4DA", 11, 0.26, -64, lift=22), _at("1F4D6", 9, 0.26, -44, lift=22), windows=(-56,)),
    _in("cafe", "cafe café coffee bar pub tavern saloon inn teahouse", "#d9b48a", "#8f6238", _at("counter", 36, 0.06, -76), _at("E150", 22, 0.05, -104, lift=34), _at("1F370", 10, 0.05, -60, lift=34), _at("1F950", 8, 0.05, -40, lift=34), _at("board", 26, 0.0, -84, lift=60), _at("1F4A1", 11, 0.0, -40, 14, 66, lift=78), _at("table", 22, 0.24, 66, 150), _at("1FA91", 26, 0.24, 44, 92),
        _at("2615", 7, 0.24, 62, 146, lift=21), _at("1FAB4", 24, 0.1, 110), windows=(24, 84)),
    _in("restaurant", "restaurant diner bistro canteen cafeteria", "#e3c4b4", "#7c5a48", _at("table", 24, 0.2, -72, 66, 150), _at("1FA91", 27, 0.2, -100, -44, 40, 94), _at("1F37D", 9, 0.2, -72, 66, lift=23), _at("1F377", 11, 0.2, -56, 82, lift=23), _at("1F56F", 9, 0.2, -88, 50, lift=23), _at("1F5BC", 20, 0.0, -2, 120, lift=42), _at("1F4A1", 12, 0.0, -72, 66, lift=78), _at("1FAB4", 26, 0.1, 4), windows=(-88, 50)),
    _in("shop", "shop store supermarket grocery boutique mall pharmacy bodega warehouse", "#eee3d0", "#b9b0a2", _at("bookcase", 70, 0.0, -96, 104, 168), _at("counter", 34, 0.14, 34), _at("1F6D2", 30, 0.32, -54), _at("1F4E6", 17, 0.25, -104, -88, 100), _at("1F34E", 7, 0.14, 16, 24, lift=32), _at("1F34C", 8, 0.14, 46, lift=32), _at("1F4B3", 8, 0.14, 66, lift=32), floor="tiles", windows=(-30,)),
    _in("hospital", "hospital clinic ward surgery emergency", "#dcecea", "#b9cfcf", _at("1F6CF", 40, 0.12, -64, 142), _at("E30C", 44, 0.1, -28), _at("lockers", 58, 0.0, 74), _at("1FA7A", 14, 0.0, 34, lift=46), _at("E328", 26, 0.3, 88), floor="tiles", windows=(-96, 10)),
    _in("laboratory", "laboratory lab research", "#e2e8ee", "#aab6c2", _at("cupboards", 62, 0.0, 96), _at("table", 28, 0.16, -66, 24), _at("1F52C", 22, 0.16, -88, lift=27), _at("2697", 16, 0.16, -60, lift=27), _at("1F9EA", 14, 0.16, -40, 12, lift=27), _at("1F9EB", 10, 0.16, 36, lift=27), _at("board", 32, 0.0, -62, lift=50), _at("E1D7", 14, 0.0, 40, lift=56), floor="tiles", windows=(2, 130)),
    _in("workshop", "workshop garage factory shed basement cellar forge smithy toolshed plant assembly", "#b9a98f", "#8c857a", _at("table", 30, 0.12, -66, 120), _at("1F9F0", 15, 0.12, -84, lift=29), _at("1FA9A", 13, 0.12, -50, lift=29), _at("1F528", 14, 0.0, -92, lift=58), _at("1F527", 14, 0.0, -76, lift=58), _at("1FA9B", 14, 0.0, -60, lift=58), _at("1FA9C", 66, 0.04, 52), _at("1F6E2", 30, 0.14, 82, 100), _at("1FAB5", 16, 0.2, 30), _at("2699", 22, 0.0, 10, lift=62), floor="plain", windows=(-36, 70)),
    _in("gallery", "museum gallery exhibition", "#ece8e0", "#b39b7a", _at("1F5BC", 32, 0.0, -70, 68, 150, lift=28), _at("E142", 30, 0.0, 0, -140, lift=30), _at("1F5FF", 46, 0.14, -106, 104), _at("1F3FA", 22, 0.16, 38, lift=17), _at("plinth", 18, 0.16, 38), _at("bench", 17, 0.34, -56), _at("1F506", 9, 0.0, -70, 68, 0, lift=78), floor="boards"),
    _in("church", "church cathedral chapel monastery temple altar", "#d8cdb8", "#a08a70", _at("pane", 58, 0.0, -76, 0, 76, 150, lift=24), _at("column", 96, 0.04, -40, 40, -112, 112), _at("bench", 20, 0.3, -78, 78), _at("1F56F", 16, 0.12, -22, 22), floor="tiles"),
    _in("hall", "hall palace throne ballroom corridor hallway lobby court courtroom", "#dccfb4", "#a08a70", _at("column", 100, 0.04, -104, -56, 56, 104), _at("curtain", 96, 0.0, 0), _at("1F6AA", 52, 0.0, -80, 82), _at("1F56F", 15, 0.1, -30, 30), _at("1F5BC", 22, 0.0, -134, 134, lift=40), floor="tiles"),
    _in("stage", "stage theatre theater concert opera cabaret auditorium cinema spotlight catwalk", "#3a2434", "#a5713f", Thing("curtain", 1, 110, (0.0, 0.0), 1), _at("beam", 110, 0.3, -52, 52), _at("1F506", 8, 0.0, -52, 52, lift=96)),
    _in("vehicle", "carriage compartment cabin train bus car plane airplane tram cockpit taxi vehicle", "#c3ccd4", "#70767e", _at("seats", 44, 0.08, -70, 74, 210), floor="plain", windows=(-100, -50, 0, 50, 100)),
    _in("spaceship", "spaceship spacecraft starship bridge-deck cockpit airlock capsule module", "#9aa5b1", "#5c6672", _at("porthole", 44, 0.0, -76, 0, 76, 150, lift=34), _at("console", 38, 0.08, -66, 66, 190), _at("1F6F0", 12, 0.0, -38, lift=56), floor="tiles"),
    _in("gym", "gym dojo fitness boxing gymnasium basketball locker", "#d8c9a8", "#c98f55", _at("lockers", 62, 0.0, 84, -170), _at("hoop", 86, 0.02, -62), _at("1F94A", 18, 0.0, 30, lift=50), _at("1F3C0", 13, 0.3, -84), _at("barbell", 15, 0.28, 60), _at("bench", 18, 0.1, 10), windows=(-20, 120)),
    _in("cave", "cave cavern tunnel mine dungeon crypt prison cell sewer underground", "#5a5350", "#6f665e", Thing("rock", 8, 26, (0.0, 0.4)), Thing("stalactite", 9, 34, (-2.4, -2.2)), Thing("1F48E", 4, 8, (0.2, 0.6)), Thing("1F525", 1, 18, (0.2, 0.3), 60), floor="plain"),
)  # fmt: skip

PLACES: dict[str, Place] = {place.name: place for place in _ALL}
"""Every place by its name."""

_PHRASES = (
    ("icyshore", r"(?:icy|frozen|snowy|arctic|antarctic|polar) (?:shore|coast|beach|sea|ocean|bay)"),
    ("opensea", r"(?:open|high) (?:sea|ocean)s?|(?:middle of the|out at|on the) (?:sea|ocean)|adrift at sea"),
    ("planet", r"(?:surface|ground) of (?:a|an|the|another) (?:alien |strange |distant |red )?planet|(?:alien|strange|distant|red) (?:planet|world)"),
    ("space", r"outside (?:(?:the|a|an|his|her|their) )?(?:space ?ship|spacecraft|starship|space station)"),
    ("countryroad", r"(?:country|rural|dirt|dusty|gravel|winding) (?:road|lane)|road (?:that )?(?:runs )?through (?:the )?(?:open )?(?:country|fields|hills)"),
    ("stadium", r"(?:sports?|playing) (?:ground|field)|running track"),
    ("stage", r"fashion (?:show|runway)|runway (?:show|moment)"),
    ("pool", r"swimming pool|(?:edge|side) of (?:the|a) pool"),
    ("underwater", r"under ?-?water|(?:beneath|under|below) the (?:sea|waves|ocean|surface)|bottom of the (?:sea|ocean)|(?:sea|ocean) ?(?:floor|bed)"),
    ("spaceship", r"(?:space ?ship|spacecraft|starship|space station|shuttle)(?:'s|’s)?|bridge of (?:the|a) (?:ship|enterprise)"),
    ("moon", r"(?:on|of) (?:the|a) moon|moon (?:surface|base|landscape|crater)|lunar (?:surface|base|landscape|crater)"),
    ("moon", r"^(?:ext\W+)?(?:the |a )?moon\b(?! ?light)(?=$|[,.;:]| surface)"),
    ("station", r"(?:train|railway|bus|subway|metro) station"),
    ("market", r"market (?:street|square|place)|street market"),
    ("parking", r"(?:car ?park|parking (?:lot|garage))"),
    ("street", r"finish(?:ing)? line|(?:bus|tram|taxi) (?:stop|shelter|rank)"),
    ("stadium", r"race ?track|racing track|football field|sports field"),
)  # fmt: skip

PHRASES: tuple[tuple[Place, re.Pattern[str]], ...] = tuple(
    (PLACES[name], re.compile(rf"(?:{words})(?!\w)" if words[0] == "^" else rf"\b(?:{words})(?!\w)"))
    for name, words in _PHRASES
)
"""What several words name together, whatever each would name alone."""
