"""What code alone knows of staging: places, cameras, sounds and voices that fit the user's words.

Used where there is no model, or where its words did not pass; everything from here is marked as
added by code in the ledger.
"""

from __future__ import annotations

import re

from mavin.caption import Angle, Camera, Movement, Size
from mavin.facts import Event, Facts, Gender, RoleFact
from mavin.facts.structure import camera_words
from scripting.plausible import Medium, fitting_movements, fitting_sizes, medium_of, misfit_of_sound

__all__ = [
    "SUPPOSED_LIGHT",
    "ambience_of",
    "appearance_of",
    "camera_of",
    "light_in",
    "place_in",
    "setting_of",
    "sound_of",
    "style_of",
    "voice_of",
]

_PLACES = (
    "alley street road highway bridge tunnel square plaza market bazaar city town village park garden backyard yard forest woods "
    "jungle meadow field farm barn stable orchard vineyard hill hillside mountain cliff canyon cave valley desert dune beach shore "
    "coast island sea ocean lake river stream pond waterfall swamp harbor harbour pier dock boat ship deck submarine sky clouds space "
    "spaceship moon planet mars station platform train subway metro bus car airport airplane plane cockpit kitchen bedroom bathroom "
    "living-room room hall hallway corridor attic basement cellar office classroom school library museum gallery theater theatre "
    "stage cinema restaurant cafe café bar pub hotel lobby shop store bakery supermarket hospital lab laboratory workshop studio "
    "garage factory warehouse church temple castle palace tower lighthouse prison courtroom gym stadium court pool rooftop roof "
    "balcony porch terrace stairs staircase elevator window door table desk counter bench fence wall tree branch branches snow ice "
    "grass mud sand sidewalk pavement track racetrack arena ring circus playground zoo aquarium greenhouse cabin hut tent camp "
    "environment landscape tundra glacier countryside campfire fireplace house home apartment building skyscraper ruins graveyard cemetery battlefield trench bunker well fountain "
    "water underwater pen perch web keyboard piano shelf bookshelf goal runway cup box bowl pan plate bin cabinet closet "
    "drawer cave nest pit hole oven fridge bag moonlight rain storm fog night dusk dawn sunset sunrise"
).split()
_BIG_PLACES = frozenset(_PLACES[: _PLACES.index("window")]) | frozenset(
    "playground zoo aquarium greenhouse cabin hut tent camp house home apartment ruins graveyard cemetery battlefield arena "
    "circus racetrack fireplace underwater snow grass bunker".split()
)
_HEADS = "|".join(sorted((re.escape(place) for place in _PLACES), key=len, reverse=True))
_PLACE = re.compile(
    rf"\b(?P<prep>in|inside|on|at|through|along|across|under|beneath|by|near|beside|over|above|around|into|onto|toward|towards|"
    rf"outside|from|past|down|up)\s+(?P<np>(?:(?:the|a|an|his|her|its|their|some|one|another)\s+)?(?:(?!(?:and|or|but|which|that|who|to)\b)[\w'-]+\s+){{0,3}}?"
    rf"(?:{_HEADS})s?\b(?:\s+(?:station|floor|table|surface|edge|door|stairs))?)",
    re.IGNORECASE,
)
_FOREIGN_PLACE = {
    "es": re.compile(r"\b(?:en|por|sobre|hacia|junto a|dentro de|al|a la)\s+(?P<np>(?:el|la|los|las|un|una)?\s*(?:\w+\s+)?\w{4,}(?:\s+(?:de|del)\s+\w+)?)", re.I),
    "de": re.compile(r"\b(?:in|im|am|auf|an|durch|über|betritt|neben|vor)\s+(?P<np>(?:der|die|das|den|dem|einer?|einem|einen)\s+(?:\w+\s+)?[A-ZÄÖÜ]\w+|[A-ZÄÖÜ]\w+)"),
    "fr": re.compile(r"\b(?:dans|sur|à|au|aux|vers|sous|près de|chez)\s+(?P<np>(?:le|la|les|un|une|l['’])?\s*\w{4,}(?:\s+(?:de|du)\s+\w+)?)", re.I),
    "it": re.compile(r"\b(?:in|nel|nella|sul|sulla|al|alla|per)\s+(?P<np>(?:un|una|il|la)?\s*\w{4,})", re.I),
    "pt": re.compile(r"\b(?:em|no|na|pelo|pela|sobre)\s+(?P<np>(?:um|uma)?\s*\w{4,})", re.I),
    "zh": re.compile(r"(?:在|走进|走進|来到|跑到|进入|走到|穿过)(?P<np>[\u4e00-\u9fff]{1,6}?)(?=[里裡中上下，。；,]|$|旁)"),
    "ja": re.compile(r"(?P<np>[\u4e00-\u9fff\u30a0-\u30ff]{1,8})(?=で|に|へ)"),
}  # fmt: skip

_SETTINGS: tuple[tuple[str, str], ...] = (
    (r"pond|stream\b|river|lake|waterfall", "The bank of quiet water, reeds and soft daylight"),
    (r"whale|dolphin|shark|octopus|squid|coral|jellyfish|underwater|submarine|diver|bubble rises", "Underwater, blue light falling from above"),
    (r"seal|penguin|polar|iceberg|igloo", "An icy shore under a pale sky"),
    (r"puffin|seagull|pelican|sailor|ship|boat|beach|sandcastle|surf|ocean waves|tide|lighthouse", "A windy shore beside the sea"),
    (r"camel|desert|dune|cactus", "A wide desert under a hard sun"),
    (r"astronaut|rocket|planet|galaxy|spaceship|alien|comet|orbit", "Open space, stars all around"),
    (r"swim|swimmer|pool|backstroke", "An indoor swimming pool with bright lanes"),
    (r"chef|cook|pancake|omelette|soup|whisk|eggs?\b|oven|fry|knead|dough|bake|cereal|thermos|kettle|recipe|blender|toaster|batter|seasoning", "A warm kitchen with worktops and hanging pans"),
    (r"waiter|menu|restaurant|wine|dinner|toast\b|barista|coffee|cafe", "A small restaurant with lamps on the tables"),
    (r"pharmacist|pills|prescription", "The counter of a bright pharmacy"),
    (r"doctor|nurse|surgeon|patient|x-ray", "A clean hospital room"),
    (r"scientist|beaker|microscope|test tube|liquid|chemical|experiment", "A laboratory bench under white light"),
    (r"teacher|student|blackboard|classroom|exam|homework", "A classroom with tall windows"),
    (r"librar|book|novel|diary|newspaper|read", "A quiet reading corner with shelves of books"),
    (r"painter|paints?|canvas|easel|artist|brush|sculpt|pottery|clay", "An artist's studio full of light"),
    (r"violin|piano|guitar|drum|orchestra|melody|concert|singer|dancer|ballet|stage|magician|audience", "A small stage under warm spotlights"),
    (r"soccer|football|goal|crossbar|baseball|tennis|racket|basketball|runner|finish line|race|marathon|hurdle|javelin", "A sports ground with stands in the distance"),
    (r"skateboard|skater|bmx|trick|ramp", "A concrete skate park in the afternoon sun"),
    (r"billiard|pool cue|cue ball|chess|dart|card|dice|puzzle|dominoes", "A games room with a lamp over the table"),
    (r"knight|castle|sword|king|queen|princess|dragon|wizard", "A stone courtyard beneath castle walls"),
    (r"cowboy|horse|saddle|lasso|rodeo|ranch", "A dusty paddock under a wide sky"),
    (r"farmer|tractor|cow|sheep|pig|chicken|rooster|barn|harvest|farmhouse|goat", "A farmyard in the morning"),
    (r"train|railway|conductor|station|rail\b", "A railway platform beside the tracks"),
    (r"plane|airplane|pilot|helicopter|parachut|kite|eagle|falcon|soar|balloon|cloud", "A wide sky above open fields"),
    (r"car\b|truck|taxi|bus\b|motorcycle|drive|traffic|race car|drift|garage|mechanic|tire", "A road that runs through open country"),
    (r"bicycle|cyclist|bike|rider|pedal", "A country road with gentle hills"),
    (r"skyscraper|city|street|pedestrian|sidewalk|taxi|crosswalk|traffic light", "A city street between tall buildings"),
    (r"detective|thief|police|spy|chase", "A city street at night, wet asphalt and lamps"),
    (r"bear|wolf|fox|deer|owl|squirrel|woodpecker|hedgehog|badger|moose|raccoon|chipmunk|spider|acorn|tree|leaf|leaves|forest|hunter|mushroom", "A forest clearing with tall trees"),
    (r"lion|elephant|giraffe|zebra|rhino|cheetah|hyena|antelope|hippo|buffalo|meerkat|leopard", "A sunlit savannah with dry grass"),
    (r"monkey|gorilla|toucan|parrot|chameleon|tiger|sloth|jaguar|panda|frog|snake|lizard|koala|kangaroo", "A green jungle with thick leaves"),
    (r"garden|flower|bee|butterfly|plant|seed|gardener|caterpillar|ladybug|snail|bird|rabbit|worm", "A garden in bloom"),
    (r"snow|snowman|ski|sled|ice skat|igloo|snowboard|hockey", "A snowy field under a clear winter sky"),
    (r"child|kid|boy|girl|toy|swing|slide|playground|fort|bubble", "A playground with grass around it"),
    (r"dog|puppy|fetch|leash", "A park with a lawn and a path"),
    (r"cat|kitten|sofa|lamp|clock|blinds|curtain|vacuum|candle|mirror|tv|television|remote|pillow|blanket|bed|sunroof|wardrobe", "A living room with a window and soft daylight"),
    (r"office|stapler|document|printer|computer|keyboard|mouse|email|meeting|file|paper|pen|envelope|mail|stamp|desk|pencil|notebook", "A desk in a bright office"),
    (r"robot|android|factory|machine|conveyor|gear|engine", "A workshop with machines along the wall"),
    (r"fire|campfire|tent|hiker|mountain|climber", "A mountain slope above the trees"),
    (r"cup|glass|bottle|can\b|tea|jar|plate|bowl|spoon|knife", "A wooden table beside a window"),
)  # fmt: skip

_SOUNDS: tuple[tuple[str, str], ...] = (
    (r"climbs? (?:a|the|up a|up the) (?:tree|trunk)|claws?\b", "claws scratching on wood"),
    (r"climbs? (?:a|the|up a|up the) (?:rope|ladder)|swings? on|rope\b", "a rope creaking"),
    (r"(?:cat|kitten|fox|lion|tiger|leopard|cheetah|wolf|rabbit|squirrel)s? (?:chases?|runs?|sneaks?|stalks?|pounces?)", "quick paws on the ground"),
    (r"potter|clay|shapes? a bowl", "a potter's wheel humming"),
    (r"measur", "a tape measure sliding out"),
    (r"assembl|woodwork|sand(?:s|ing) the|carpent", "wood knocking against wood"),
    (r"(?:practice|practise)s? cutting|saws?\b", "a saw biting into wood"),
    (r"unlocks?|locks?\b|puzzles?", "a lock clicking"),
    (r"furniture|cupboard|drawer", "a drawer sliding open"),
    (r"board game|tense rounds|decisive move|chess|rules question|dominoes|dice", "wooden pieces clicking on a board"),
    (r"handshake|agreement|contract|deal\b", "a pen scratching on paper"),
    (r"sensor|prototype|data\b|device|setup", "soft electronic beeps"),
    (r"photograph|visual diary|long-exposure|captures?|hero shot|poses?\b", "a camera shutter clicking"),
    (r"coffee|barista|espresso|signature cup", "an espresso machine hissing"),
    (r"plat(?:e|es|ing)\b|dishes\b|tasting", "plates set down on steel"),
    (r"winner|runway|competition", "applause"),
    (r"train together|warm(?:s)? up|drills|workout|push-?ups", "sneakers squeaking on the floor"),
    (r"brushstroke|paintbrush|paints?\b|canvas", "a brush stroking canvas"),
    (r"hedge|shears|trims?\b|pruning", "shears snipping"),
    (r"stamps? (?:a|the)", "a stamp thumping on paper"),
    (r"catwalk|outfits?|garment|dress(?:es)?\b|fashion", "fabric swishing"),
    (r"splash|bathes?|swim|dive|water|pond|stream\b|pour|drink|waves (?:crash|break|roll|splash|lap|erase)|the waves|sea\b|ocean|rain|spill|spray|river", "water splashing"),
    (r"horn|trumpet", "a horn sounding"),
    (r"cr(?:y|ies|ied|ying)\b|sobs?|weeps?|wails?", "soft crying"),
    (r"whistles?", "a whistle blowing"),
    (r"frogs?|croaks?", "frogs croaking"),
    (r"ticks?\b|ticking", "a clock ticking"),
    (r"cheers?|booing|boos\b", "a cheering crowd"),
    (r"knocks?\b", "knocking on wood"),
    (r"thunder|storm|lightning", "thunder rolling"),
    (r"applau|clap|bows?\b|audience|victory|goal\b|wins?\b|finish line", "applause"),
    (r"violin|piano|guitar|melody|music|sings?\b|song\b|songs\b|drum|orchestra|plays? (?:a|the)|flute|concert", "music playing"),
    (r"bark|dog\b|puppy", "a dog barking"),
    (r"meow|purr|(?:cat|kitten) (?:sleeps|lies|sits|rests|curls|naps|stretches|wakes|yawns)", "a cat purring"),
    (r"bird|chirp|toucan|parrot|puffin|sparrow|wings?|flutter|owl|seagull|duck", "birds calling and wings beating"),
    (r"horse|gallop|hoof|hooves|cowboy|deer|rhino|elephant|buffalo", "hooves thudding on the ground"),
    (r"engine|car\b|truck|drives?|motorcycle|race car|bus\b|drift|tractor|vacuum", "an engine running"),
    (r"train|rail\b|railway", "a train rumbling"),
    (r"plane|helicopter|rocket|launch", "the roar of engines"),
    (r"door|gate|opens?|closes?|cabinet|mailbox|sunroof|zips?|suitcase", "a door creaking"),
    (r"knock|hammer|nail|hits?|strikes?|bumps?|kicks?|crash|collide|falls?|drops?|smash|slam|jumps? (?:on|onto)|lands?", "a dull thud"),
    (r"glass|bottle|cup|uncork|plate|dish|spoon", "glass clinking"),
    (r"bell|alarm|clock|rings?|chime", "a bell ringing"),
    (r"fire|flame|candle|match|campfire|burn|firework", "fire crackling"),
    (r"paper|page|book|letter|newspaper|map|document|envelope|writes?|draws?|stamps?|reads?|folds?", "paper rustling"),
    (r"keyboard|types?|typing|clicks?|button|computer|mouse", "keys clicking"),
    (r"cook|fry|pan\b|pancake|omelette|soup|whisk|chef|kitchen|oven|stir|eggs?", "a pan sizzling"),
    (r"wind|windmill|kite|sail|balloon|leaf|leaves|breeze|sky|flies|soars?|floats?|glides?", "wind blowing"),
    (r"walk|steps?|runs?|climbs?|stairs|enters?|leaves\b|chases?|marches|dances?|hides?|approach|follow|crosses|hikes?", "footsteps"),
    (r"crowd|market|street|city|people|party", "a murmuring crowd"),
    (r"snow|ice\b|skate|ski", "snow crunching"),
    (r"laugh|giggle|smile", "soft laughter"),
    (r"robot|machine|gear|conveyor|whir|spins?", "a motor whirring"),
    (r"grass|tree|forest|branch|digs?|garden|mud|sand|rolls?|bush|acorn|hole", "leaves rustling"),
    (r"eats?|bites?|chews?|food|apple|carrot", "quiet crunching"),
)  # fmt: skip

_CALLS = frozenset({"a dog barking", "a cat purring", "birds calling and wings beating", "frogs croaking"})

_AMBIENCES: tuple[tuple[str, str], ...] = (
    (r"rain|storm", "Steady rain"),
    (r"sea|shore|beach|harbor|boat|island|coast|ocean", "Waves and wind from the sea"),
    (r"underwater", "Muffled water and slow bubbles"),
    (
        r"forest|jungle|garden|park|meadow|clearing|savannah|farm|field|pond|bank|backyard|grass",
        "Birdsong and a light wind",
    ),
    (r"street|city|road|alley|bridge|market|sidewalk|square", "Distant traffic"),
    (r"restaurant|cafe|stage|audience|crowd|stadium|sports", "A quiet crowd in the background"),
    (
        r"kitchen|living room|room|office|library|studio|laborator|classroom|workshop|desk|table|hospital|pharmacy",
        "Quiet room tone",
    ),
    (r"desert|mountain|cliff|sky|snow|icy|hill", "Open wind"),
    (r"space|stars", "A deep, even hum"),
    (r"platform|train|railway", "A station's distant rumble"),
)


_PLACE_SOUNDS: tuple[tuple[str, str], ...] = (
    (r"climbs? (?:a|the|up a|up the) (?:tree|trunk)|claws?\b", "claws scraping bark"),
    (
        r"(?:cat|kitten|fox|lion|tiger|leopard|cheetah|wolf|rabbit|squirrel)s? (?:chases?|runs?|sneaks?|stalks?|pounces?)",
        "quick paws on the ground",
    ),
    (r"potter|clay|shapes? a bowl", "a potter's wheel humming"),
    (r"measur", "a tape measure sliding out"),
    (r"assembl|woodwork|sand(?:s|ing) the|carpent", "wood knocking against wood"),
    (r"(?:practice|practise)s? cutting|saws?\b", "a saw biting into wood"),
    (r"unlocks?|locks?\b|puzzles?", "a lock clicking"),
    (r"furniture|cupboard|drawer", "a drawer sliding open"),
    (r"board game|tense rounds|decisive move|chess|rules question|dominoes|dice", "wooden pieces clicking on a board"),
    (r"handshake|agreement|contract|deal\b", "a pen scratching on paper"),
    (r"sensor|prototype|data\b|device|setup", "soft electronic beeps"),
    (r"photograph|visual diary|long-exposure|captures?|hero shot|poses?\b", "a camera shutter clicking"),
    (r"coffee|barista|espresso|signature cup", "an espresso machine hissing"),
    (r"plat(?:e|es|ing)\b|dishes\b|tasting", "plates set down on steel"),
    (r"winner|runway|competition", "applause"),
    (r"train together|warm(?:s)? up|drills|workout|push-?ups", "sneakers squeaking on the floor"),
    (r"brushstroke|paintbrush|paints?\b|canvas", "a brush stroking canvas"),
    (r"hedge|shears|trims?\b|pruning", "shears snipping"),
    (r"stamps? (?:a|the)", "a stamp thumping on paper"),
    (r"catwalk|outfits?|garment|dress(?:es)?\b|fashion", "fabric swishing"),
    (r"rain", "rain dripping"),
    (r"sea|shore|beach|harbou?r|boat|ocean|pond|river|lake|water", "water lapping"),
    (r"forest|jungle|garden|park|meadow|clearing|farm|tree", "birds calling"),
    (r"street|city|road|alley|square", "a car passing by"),
    (r"kitchen|restaurant|cafe|café|coffee", "dishes clinking"),
    (r"workshop|studio|laborator", "tools set down on a bench"),
    (r"gym\b|sports", "weights clanking"),
    (r"station|platform|train", "a train rumbling"),
    (r"desert|mountain|hill|sky|snow|icy|field|savannah", "wind blowing"),
    (r"office|library|classroom|room", "a clock ticking"),
)


def _matches(table: tuple[tuple[str, str], ...], text: str) -> list[tuple[int, int, str]]:
    """Where each entry's words come first in the text, the entry's place in the table, and its value."""
    found = ((re.search(rf"\b(?:{pattern})", text, re.I), order, value) for order, (pattern, value) in enumerate(table))
    return [(match.start(), order, value) for match, order, value in found if match]


def _match(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    """The entry whose words come first in the text; earlier entries win ties."""
    found = min(_matches(table, text), default=None)
    return found[2] if found else None


def _first(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((value for pattern, value in table if re.search(rf"\b(?:{pattern})", text, re.IGNORECASE)), None)


def place_in(text: str, language: str = "en", *, large: bool = False) -> str | None:
    """The user's own words for a place ("a rainy alley"), as a setting; ``None`` if there are none.

    Args:
        text: an event or a whole prompt.
        language: its language.
        large: only places that can hold a scene, not "the table".
    """
    pattern = _FOREIGN_PLACE.get(language, _PLACE)
    for match in pattern.finditer(text):
        words = match["np"].strip()
        if not words:
            continue
        if pattern is _PLACE:
            head = re.sub(r"s$", "", words.split()[-1].casefold())
            if match["prep"].lower() in {"at", "to", "toward", "towards"} and head in {
                "moon",
                "sky",
                "sun",
                "cloud",
                "window",
            }:
                continue  # "howls at the moon" happens on earth
            if large and head not in _BIG_PLACES and words.split()[-1].casefold() not in _BIG_PLACES:
                continue
            words = re.sub(r"^(?:his|her|its|their)\s+", "the ", words)
        return words[:1].upper() + words[1:]
    return None


def setting_of(facts: Facts, event_text: str, previous: str | None) -> tuple[str, bool]:
    """A setting for one shot, and whether the event itself names the place.

    The event's own place comes first, then the place of the shot before, then any place of the
    prompt, then what the story's nouns suggest.
    """
    listed = re.search(r", first ((?:an?|the) [^,]+)$", event_text)
    if listed:
        return listed[1][:1].upper() + listed[1][1:], True  # the first of an overview's places
    own = place_in(event_text, facts.language, large=True)
    if own and not re.match(r"the same\b|the (?:\w+ ){0,2}space$", own, re.IGNORECASE):
        return _lit(own, facts), True
    if previous:
        return previous, False
    story = " ".join(event.text for event in facts.events) or facts.prompt
    guess = _match(_SETTINGS, story)
    if guess:
        return guess, False
    anywhere = place_in(story, facts.language, large=True)
    if anywhere:
        return _lit(anywhere, facts), False
    small = place_in(story, facts.language)
    return _lit(small, facts) if small else "A plain, open place in soft daylight", False


_LIGHTS = (
    (r"night|midnight|moonlit|moonlight|stars?\b", "at night"),
    (r"dusk|sunset|evening|twilight", "at dusk"),
    (r"dawn|sunrise|morning", "in the early morning"),
    (r"rain\w*|storm\w*", "in the rain"),
    (r"snow(?:s|ing|y|fall)?\b|winter", "in the snow"),
    (r"fog(?:gy)?\b|misty?\b", "in fog"),
)


SUPPOSED_LIGHT = ", in soft daylight"
"""What a place gets where the prompt tells neither hour nor weather."""


def light_in(text: str) -> str | None:
    """The time of day or the weather that a text tells, as words for a setting; ``None`` if it tells none."""
    return _first(_LIGHTS, text)


def relit(setting: str, event_text: str, facts: Facts) -> str:
    """The setting with the hour or weather that this very event tells, in place of the clip's."""
    light = light_in(event_text) if facts.language == "en" else None
    if light is None or light in setting or light_in(setting.split(",")[0]) == light:
        return setting
    lights = "|".join([*(re.escape(words) for _, words in _LIGHTS), "in soft daylight"])
    bare = re.sub(rf",? (?:{lights})$|, [^,]*\b(?:daylight|sun|sunlight|light)\b[^,]*$", "", setting)
    return f"{bare}, {light}"


def _lit(place: str, facts: Facts) -> str:
    """A bare place with the prompt's time of day or weather, or plain daylight: "A hill, in soft daylight"."""
    if facts.language != "en" or len(place.split()) > 4:
        return place
    light = _first(_LIGHTS, facts.prompt)
    if light is None or re.search(_LIGHTS[[item[1] for item in _LIGHTS].index(light)][0], place, re.IGNORECASE):
        return place if light else f"{place}{SUPPOSED_LIGHT}"
    return f"{place}, {light}"


def camera_of(event: Event, number: int, count: int, before: Camera | None) -> Camera:
    """A camera for one shot: the user's words first, then what the action asks for, never two alike in a row."""
    said = camera_words(event.text + " " + event.span.text + " " + event.camera)
    size = Size(said.size) if said.size else _size(event, number, before)
    fitting = fitting_movements(event.text, speaks=bool(event.quotes), number=number, count=count)
    movement = Movement(said.movement) if said.movement else fitting[0]
    angle = Angle(said.angle) if said.angle else Angle.EYE
    return Camera(size=size, angle=angle, movement=movement)


_SCALE = list(Size)


def _size(event: Event, number: int, before: Camera | None) -> Size:
    if event.quotes:
        wanted: tuple[Size, ...] = (Size.MEDIUM, Size.CLOSE_UP) if number % 2 else (Size.CLOSE_UP, Size.MEDIUM)
    else:
        wanted = fitting_sizes(event.text, first=number == 0)
    # Without a role there is no face to be close to, and several faces do not fit a close-up.
    one = len(event.roles) == 1
    anything = (Size.MEDIUM, Size.CLOSE_UP, Size.WIDE, Size.FULL) if one else (Size.MEDIUM, Size.WIDE, Size.FULL)
    turn = number % 3
    order = (*wanted, *anything[turn:], *anything[:turn])
    return next((size for size in order if before is None or _cuts_well(before.size, size)), order[0])


def _cuts_well(before: Size, after: Size) -> bool:
    """A cut between two like framings reads as a jump: two steps apart, or from half a figure to a face."""
    apart = abs(_SCALE.index(after) - _SCALE.index(before))
    return apart >= 2 or {before, after} == {Size.MEDIUM, Size.CLOSE_UP}


def sounds_of_action(event_text: str, setting: str) -> list[str]:
    """The sounds that code knows an action to make and its place to carry, in the order of its words."""
    # What an animal is known for comes after what it does: a dog that dives splashes.
    found = sorted(_matches(_SOUNDS, event_text), key=lambda match: (match[2] in _CALLS, match))
    told = [value for _, _, value in found]
    return [sound for sound in told if misfit_of_sound(sound, action=event_text, setting=setting) is None]


def sound_of(event_text: str, setting: str, before: str = "") -> str:
    """A sound that the event makes and its place carries; else what the place would make.

    Args:
        event_text: the user's clause.
        setting: where it happens.
        before: the sound of the shot before, which is repeated only where there is no other.
    """
    if medium_of(setting) is Medium.SPACE:
        return (
            "slow breathing inside a helmet" if re.search(r"astronaut|helmet|suit", event_text, re.I) else "a deep hum"
        )
    fitting = sounds_of_action(event_text, setting)
    under = "bubbles rising through the water" if medium_of(setting) is Medium.WATER else None
    if fitting:
        return fitting[0]
    around = [*filter(None, (under, _first(_PLACE_SOUNDS, setting))), "a faint rustle of clothes"]
    return next((sound for sound in around if sound != before), around[0])


def ambience_of(prompt: str, setting: str) -> str:
    """The bed of sound under the whole clip."""
    return (
        _first(_AMBIENCES[:1], prompt) or _first(_AMBIENCES, setting) or _first(_AMBIENCES, prompt) or "Quiet room tone"
    )


def style_of(facts: Facts) -> str:
    """The user's style words, or a plain one."""
    if facts.style:
        return facts.style[0].text
    return "Natural light, realistic colours, steady cinematic framing"


def appearance_of(role: RoleFact) -> str:
    """The user's own words for how somebody looks: the first mention."""
    words = role.mention
    if role.named and words.casefold() == role.name.casefold():
        return {
            Gender.FEMALE: f"{role.name}, a woman in everyday clothes",
            Gender.MALE: f"{role.name}, a man in everyday clothes",
        }.get(role.gender, f"{role.name}, a person in everyday clothes")
    article = "" if role.gender is Gender.PLURAL else "a "
    words = re.sub(r"^(?:his|her|its|their|the)\s+", article, words, flags=re.IGNORECASE)
    if re.match(r"a\s+[aeiou]", words, re.IGNORECASE):
        words = f"an {words[2:]}"
    return words[:1].upper() + words[1:]


_AGES = (
    (r"\b(?:baby|toddler)\b", "a baby's"),
    (
        r"\b(?:child(?:ren)?|kids?|boys?|girls?|schoolboys?|schoolgirls?|pupils?|niñ[oa]s?|mädchen|junge|kind(?:er)?|enfants?)\b|孩|女孩|男孩",
        "a child's",
    ),
    (r"\b(?:old|elderly|ancient|grand\w+|granny|grandma|grandpa|aged|retired)\b", "an old"),
    (r"\b(?:young|teen\w*|student)\b", "a young"),
)


def voice_of(role: RoleFact, speaks: bool) -> str:
    """A voice that fits the role's words; empty for those who neither speak nor are people."""
    if not speaks and not role.person:
        return ""
    text = f"{role.mention} {role.name}".casefold()
    age = next((word for pattern, word in _AGES if re.search(pattern, text)), "an adult")
    kind = {Gender.FEMALE: "female ", Gender.MALE: "male "}.get(role.gender, "")
    if age == "a child's":
        return f"A child's voice, bright and light{', a girl' if kind == 'female ' else ', a boy' if kind == 'male ' else ''}"
    if age == "a baby's":
        return "A baby's voice, high and soft"
    if not role.person and role.gender is Gender.UNKNOWN and not kind:
        return f"A character voice that suits a {role.name.casefold()}"
    return f"{age} {kind}voice, clear and unhurried".capitalize()
