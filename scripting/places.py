"""Where a shot happens, as far as code knows: the user's own words for a place, else what the story's nouns suggest."""

from __future__ import annotations

import re

from mavin.facts import Facts
from mavin.facts.film import bare_place, find_scene_words
from mavin.facts.languages.english.grammar import find_verb, tokens_of
from scripting.foreign_places import LANGUAGES, lit_abroad, neutral_place, place_abroad, told_in
from scripting.plausible import Medium, medium_of
from scripting.word_tables import WordTable, entry_said_first, first_entry

__all__ = ["SUPPOSED_LIGHT", "light_in", "lit", "place_in", "relit", "setting_of"]

_PLACES = (
    "alley street road highway bridge tunnel square plaza market bazaar city town village park garden backyard yard forest woods "
    "jungle meadow field farm barn stable orchard vineyard hill hillside mountain cliff canyon cave valley desert dune beach shore "
    "coast island sea ocean lake river stream pond waterfall swamp harbor harbour pier dock boat ship deck submarine sky clouds space "
    "spaceship moon planet mars station platform train subway metro bus car airport airplane plane cockpit kitchen bedroom bathroom "
    "living-room room hall hallway corridor attic basement cellar office classroom school library museum gallery theater theatre "
    "stage cinema restaurant diner bistro cafe café bar pub hotel lobby shop store bakery supermarket hospital lab laboratory workshop studio "
    "garage factory warehouse church temple castle palace tower lighthouse prison courtroom gym stadium court pool rooftop roof "
    "balcony porch terrace stairs staircase elevator window door table desk counter bench fence wall tree branch branches snow ice "
    "grass mud sand sidewalk pavement track racetrack arena ring circus playground zoo aquarium greenhouse cabin hut tent camp "
    "environment landscape tundra glacier countryside campfire fireplace house home apartment building skyscraper ruins graveyard cemetery battlefield trench bunker well fountain "
    "water underwater pen perch web keyboard piano shelf bookshelf goal runway cup box bowl pan plate bin cabinet closet "
    "drawer cave nest pit hole oven fridge bag moonlight rain storm fog night dusk dawn sunset sunrise"
).split()
_BIG_PLACES = frozenset(_PLACES[: _PLACES.index("window")]) | frozenset(
    "playground zoo aquarium greenhouse cabin hut tent camp house home apartment ruins graveyard cemetery battlefield arena "
    "circus racetrack fireplace underwater snow grass bunker stop shelter lot wash site crossing tracks".split()
)
# Places of two words: a bus stop is no bus, and "a lot" alone is no place.
_COMPOUNDS = (
    r"(?:bus|tram|taxi|rest|truck) stop|(?:bus|bomb|animal) shelter|parking lot|car (?:park|wash)|(?:building|construction) site|"
    r"(?:train|tram|railway|railroad) tracks?|(?:railway|railroad|level|zebra|pedestrian) crossing"
)
_HEADS = "|".join([_COMPOUNDS, *sorted((re.escape(place) for place in _PLACES), key=len, reverse=True)])
_PLACE = re.compile(
    rf"\b(?P<prep>in|inside|on|at|through|along|across|under|beneath|by|near|beside|over|above|around|into|onto|toward|towards|"
    rf"outside|from|past|down|up)\s+(?!\w+ing\b)(?P<np>(?:(?:the|a|an|his|her|its|their|some|one|another)\s+(?:[\w-]+,\s+)?)?"
    rf"(?:(?!(?:and|or|but|which|that|who|to|in|into|from|with|over|above|under|across|through)\b)[\w'-]+\s+){{0,3}}?"
    rf"(?:{_HEADS})s?\b(?:\s+(?:{_HEADS}|station|floor|table|surface|edge|door|stairs)\b)*)",
    re.IGNORECASE,
)
# What is done comes before who does it: a girl who writes sits at a desk, and a cat that climbs a tree is outdoors.
_BY_DEED: WordTable = (
    (r"escape room|puzzles?", "An escape room with locked cabinets and a heavy door"),
    (r"whales?|dolphins?|sharks?|octopus|squid|coral|jellyfish|underwater|submarine|divers?", "Underwater, blue light falling from above"),
    (r"thrown into the water|into a tank", "A clear tank of water against a dark wall"),
    (r"dives? into the water|diving board|jumps? up from a board", "An outdoor pool with a diving board"),
    (r"pond|stream|river|lake|waterfall|fishes at", "The bank of quiet water, reeds and soft daylight"),
    (r"iceberg|igloo|penguins?|polar|seals? (?:balances|claps|slides)", "An icy shore under a pale sky"),
    (r"puffins?|seagulls?|pelicans?|sailor|sails?|bay|ship|boat|beach|sandcastle|surf|waves|tide|lighthouse|ocean", "A windy shore beside the sea"),
    (r"camels?|desert|dunes?|cactus", "A wide desert under a hard sun"),
    (r"astronauts?|rocket|spaceship|alien|comet", "Open space, stars all around"),
    (r"fishbowl|painting of", "A living room with a shelf and soft daylight"),
    (r"swimmers?|pool wall|backstroke|laps", "An indoor swimming pool with bright lanes"),
    (r"robot (?!car|vacuum)|android|factory|conveyor", "A workshop with machines along the wall"),
    (r"coffee beans?|baristas?|espresso|coffee", "A small coffee bar with a wooden counter"),
    (r"chefs?|cooks?|pancakes?|omelett?es?|soup|whisks?|eggs? (?!from)|oven|fry|kneads?|dough|bakes?|cereal|thermos|kettle|recipe|blender|toaster|batter|refrigerator", "A warm kitchen with worktops and hanging pans"),
    (r"waiters?|waitress(?:es)?|menu|restaurant|dinner|toast", "A small restaurant with lamps on the tables"),
    (r"pharmacist|pills|prescription", "The counter of a bright pharmacy"),
    (r"doctors?|nurses?|surgeons?|patients?|x-ray", "A clean hospital room"),
    (r"scientists?|beakers?|microscope|test tubes?|chemicals?|experiments?", "A laboratory bench under white light"),
    (r"teachers?|blackboard|classroom|exam|homework", "A classroom with tall windows"),
    (r"mural|scaffold", "A street wall with a scaffold before it"),
    (r"paints? (?:a|the|on)|canvas|easel|artists?|sculpts?|pottery|clay", "An artist's studio full of light"),
    (r"violin|piano|guitar|drumm?\w*|orchestra|melody|concert|singers?|dancers?|ballet|stage|magician|musicians?", "A small stage under warm spotlights"),
    (r"soccer|football|goal|crossbar|baseball|tennis|racket|basketball|runners?|finish line|marathon|javelin|ball attached to a chain", "A sports ground with stands in the distance"),
    (r"skateboard\w*|skater|bmx", "A concrete skate park in the afternoon sun"),
    (r"billiards?|pool cue|cue ball|chess\w*|darts|dice|board games?|white ball", "A games room with a lamp over the table"),
    (r"dominos?|dominoes|coin is|coins? spins?|spinning top|slinky|robot car|remote-controlled", "A wooden floor in a bright room"),
    (r"cd|record player|light bulb|switch", "A small room with pale walls and a lamp"),
    (r"parking meter|pedestrians?|sidewalk|crosswalk|traffic lights?|taxi|red light|subway", "A city street between tall buildings"),
    (r"mailbox", "A quiet street with front gardens"),
    (r"doorbell|a door|the door|suitcase|handbag|hallway", "A hallway with a front door and a window"),
    (r"mirror|hairband|bun", "A bedroom with a mirror by the window"),
    (r"librar\w*|novel|newspaper|reads? a book", "A quiet reading corner with shelves of books"),
    (r"draft|writers?|novelist|poets?|journalists?|manuscript|letter in|writing a letter|writes? (?:a letter|in a diary|on a)|diary|ipad|tablet|draws?|draw|notebook", "A writing desk beside a window"),
    (r"map|hikers?|hiking|climbers?|mountain|summit", "A mountain slope above the trees"),
    (r"knights?|castle|sword|king|queen|princess|dragon|wizard", "A stone courtyard beneath castle walls"),
    (r"cowboy|saddle|lasso|rodeo|ranch|hurdle|horses?", "A dusty paddock under a wide sky"),
    (r"farmers?|tractor|cows?|sheep|pigs?|rooster|barn|harvest|farmhouse|goats?|coop", "A farmyard in the morning"),
    (r"train|railway|rail", "A railway platform beside the tracks"),
    (r"changes? a tire|lug nuts?|mechanics?|hood of|maintenance workers?|garage", "A garage with tools along the wall"),
    (r"skyscrapers?|pedestrian", "A city street between tall buildings"),
    (r"race cars?|cars?|trucks?|bus|motorcycles?|motorbikes?|engines?|drives?|drifts?", "A road that runs through open country"),
    (r"bicycles?|cyclists?|bikes?|riders?|pedals?", "A country road with gentle hills"),
    (r"detectives?|thief|police|spy", "A city street at night, wet asphalt and lamps"),
    (r"puddle", "A city street after the rain"),
    (r"star from the sky|stars|moonbeam|howls?|fireworks", "An open hilltop under a night sky"),
    (r"candies|umbrellas? upside", "An open square under heavy clouds"),
    (r"umbrella indoors|indoors|(?:phone|telephone) (?:rings|buzzes)|couch|sofa|bookshel(?:f|ves)|shelf|fishbowl|curtains?|blinds?|vacuum|candle|tv|television|laser pointer|rocking chair|tape measure|on the window|paper bag|paper tube|room become|window", "A living room with a window and soft daylight"),
    (r"ceiling", "A dusty attic corner in dim light"),
    (r"campfire|tent|fire", "A campsite among trees at dusk"),
    (r"snow\w*|ski|skis|sled|snowboard|hockey", "A snowy field under a clear winter sky"),
    (r"windmill", "A green hill under a wide sky"),
    (r"wind chimes?", "A porch with a garden beyond"),
    (r"drone|kite|balloon|parachut\w+|airplane is|helicopter|pilot|eagle|rainbow", "A wide meadow under an open sky"),
    (r"apples|orchard", "An orchard in the morning light"),
    (r"shaped objects?|blocks", "A plain studio floor under even light"),
    (r"office|staplers?|documents?|printer|computer|keyboard|email|meeting|envelope|stamps?|desk|business|piece of paper|paper airplane", "A desk in a bright office"),
    (r"gardeners?|gardens?|flowers?|sprouts?|soil|petals?|seeds?|seedling|hedge|plants?|watering", "A garden in bloom"),
    (r"wine|cup|glass|bottle|soda|tea|jar|plate|bowl|spoon|button in a box", "A wooden table beside a window"),
    (r"forest|trees?|leaf|leaves|woods|branch(?:es)?|acorns?|stump|web", "A forest clearing with tall trees"),
    (r"playground|swings? on|slide|fort|toys?|bubbles?|bubble wand", "A playground with grass around it"),
)  # fmt: skip

_BY_HABITAT: WordTable = (
    (r"lions?|elephants?|giraffes?|zebras?|rhinos?|rhinoceros|cheetahs?|hyenas?|antelopes?|hippos?|buffalos?|meerkats?|leopards?", "A sunlit savannah with dry grass"),
    (r"monkeys?|gorillas?|toucans?|parrots?|chameleons?|tigers?|sloths?|jaguars?|pandas?|frogs?|snakes?|lizards?|koalas?|kangaroos?", "A green jungle with thick leaves"),
    (r"bears?|wolf|wolves|fox|deer|owls?|squirrels?|woodpeckers?|hedgehogs?|badgers?|moose|raccoons?|chipmunks?|spiders?|mushrooms?|hunters?", "A forest clearing with tall trees"),
    (r"chickens?|hens?", "A farmyard in the morning"),
    (r"butterfl(?:y|ies)|bees?|caterpillars?|ladybugs?|snails?|birds?|rabbits?|worms?", "A garden in bloom"),
    (r"dogs?|pupp(?:y|ies)|husky|leash", "A park with a lawn and a path"),
    (r"cats?|kittens?|mouse|mice", "A living room with a window and soft daylight"),
    (r"child(?:ren)?|kids?|boys?|girls?", "A park with a lawn and a path"),
)  # fmt: skip


_ALOFT = frozenset("moon sky sun cloud planet mar".split())
_HOURS = frozenset("night dawn dusk noon midnight sunrise sunset twilight morning afternoon evening day".split())
_LOADED = frozenset("car bus square stage plate".split())
_VEHICLES = frozenset("car bus airplane plane train".split())
_ABOARD = frozenset("in inside into on onto through from outside".split())
_SET_ALONE = _BIG_PLACES - (_LOADED & _VEHICLES)
"""Places that a sentence without a verb may set: "A kitchen at night." """
_FLIES = re.compile(
    r"\b(?:fl(?:y|ies|ew)|soars?|floats?|drives? off|rises?|ascends?|lands?|orbits?|appears?)\b", re.IGNORECASE
)
_SEVERAL = re.compile(
    r"\b(?:different|various|several|many|multiple|diverse|varied|contrasting|changing|distinct)\b.*s$|"
    r"^(?:[\w-]+\s+)*(?:environments|landscapes|cities|countries|worlds|places)$",
    re.IGNORECASE,
)


def place_in(text: str, language: str = "en", *, large: bool = False) -> str | None:
    """The user's own words for a place ("a rainy alley"), as a setting; ``None`` if there are none.

    Args:
        text: an event or a whole prompt.
        language: its language.
        large: only places that can hold a scene, not "the table".
    """
    if language.split("-")[0].lower() in LANGUAGES:
        return place_abroad(text, language)
    for match in _PLACE.finditer(text):
        words = match["np"].strip()
        head = re.sub(r"s$", "", words.split()[-1].casefold())
        if head in _HOURS:
            continue  # "a street at night" is no place called night
        if head in _ALOFT and not _FLIES.search(text):
            continue  # "howls at the moon" and "takes a star from the sky" happen on earth
        if head in _LOADED and match["prep"].lower() == "on":
            continue  # "a tire on a car", "placed on a square"
        if head in _VEHICLES and match["prep"].lower() not in _ABOARD:
            continue  # "lies under a car", "runs past the bus": beside a vehicle is not in it
        if re.search(r"\breflection\s+$", text[: match.start()], re.IGNORECASE) or _SEVERAL.search(words):
            continue  # "its reflection in a river"; "across different environments" are many places
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
    own = None if own in {role.name for role in facts.roles} else own  # 花子により近づき
    own = own or (bare_place(event_text, _SET_ALONE) if facts.language == "en" else None)
    if own and not re.match(r"the same\b|the (?:\w+ ){0,2}space$", own, re.IGNORECASE):
        return lit(own, facts), True
    headed, at = _heading_of(facts, event_text)
    if headed and (previous is None or at > _start_of(facts, event_text, before=True)):
        return headed, True
    if previous:
        return previous, False
    story = " ".join(event.text for event in facts.events) or facts.prompt
    there = next((own for event in facts.events if (own := _stayed_at(event.text, facts.language))), None)
    if there:
        return lit(there, facts), False
    if facts.language.split("-")[0].lower() in LANGUAGES:
        return neutral_place(facts), False
    guess = entry_said_first(_BY_DEED, story) or entry_said_first(_BY_HABITAT, story)
    if guess:
        return guess, False
    small = place_in(story, facts.language)
    return lit(small, facts) if small else "A plain, open place in soft daylight", False


_HEADINGS = re.compile(
    r"(?:^|(?<=[.!?\n]))[ \t]*(?:(?:Scene(?:\s+\d+)?\s*[:.]\s*)?(?:INT\.?/EXT|INT|EXT|I/E)[./ ]+\s*(?P<slug>[^\n.–—-]{2,50}?)"
    r"\s*(?:[-–—]+\s*(?P<hour>[A-Za-z ]{3,20}?))?\s*(?=[.\n]|$)|"
    r"(?i:location|place|setting|scene)\s*:\s*(?P<place>[^\n.;:!?,]{2,80})(?=[.;,\n]|$))",
    re.MULTILINE,
)


def _heading_of(facts: Facts, event_text: str) -> tuple[str | None, int]:
    """The place of the last scene heading before an event ("INT. DINER - NIGHT"), and where the heading stands."""
    start = _start_of(facts, event_text)
    found = [match for match in _HEADINGS.finditer(facts.prompt) if match.start() <= start]
    if facts.language != "en":
        return None, -1
    bare = [scene for scene in find_scene_words(facts.prompt) if scene.place and scene.start <= start]
    if bare and (not found or found[-1].start() < bare[-1].start):
        place = bare[-1].place[:1].upper() + bare[-1].place[1:]
        light = light_in(bare[-1].hour)
        return f"{place}, {light}" if light else lit(place, facts), bare[-1].start
    if not found:
        return None, -1
    last = found[-1]
    if last["place"] is not None and find_verb(tokens_of(last["place"])) is not None:
        return None, -1  # "Scene: Tom walks in" tells what happens
    words = (last["slug"].lower() if last["slug"] else last["place"]).strip()
    place = words[:1].upper() + words[1:]
    light = light_in(last["hour"] or "")
    if light is not None and light_in(place) != light:
        return f"{place}, {light}", last.start()
    return (f"{place}{SUPPOSED_LIGHT}" if last["hour"] else lit(place, facts)), last.start()


def _start_of(facts: Facts, event_text: str, *, before: bool = False) -> int:
    """Where an event stands in the prompt, or the event before it; the prompt's end for what no event tells."""
    number = next((at for at, event in enumerate(facts.events) if event.text == event_text), None)
    if number is None:
        return len(facts.prompt)
    if not before:
        return facts.events[number].span.start
    return facts.events[number - 1].span.start if number else -1


def _stayed_at(text: str, language: str) -> str | None:
    """A large place of a later event that is no journey's end: where the whole story can begin."""
    inside = re.search(r"\bout into (the [\w-]+)", text, re.IGNORECASE)
    if inside and inside[1].split()[-1].casefold() in _BIG_PLACES:
        return inside[1][:1].upper() + inside[1][1:]
    if re.search(
        r"\b(?:into|onto|to|towards?|from|off|through|out|stops|arrives|reaches|goes|returns)\s", text, re.IGNORECASE
    ):
        return None
    return place_in(text, language, large=True)


_LIGHTS: WordTable = (
    (r"stormy[ -]night", "on a stormy night"),
    (r"night|\w*-night|midnight|moonlit|moonlight|moonbeam|moon|stars?|fireworks", "at night"),
    (r"dusk|sunset|evening|twilight", "at dusk"),
    (r"dawn|sunrise|morning", "in the early morning"),
    (r"rain|rains? (?!candies)\w*|rainy|raining|raindrops|rainfall|storm\w*", "in the rain"),
    (r"snow|snowing|snowy|snowfall|winter", "in the snow"),
    (r"fog|foggy|mist|misty", "in fog"),
)


_WEATHERS = frozenset({"in the rain", "in the snow", "in fog"})

SUPPOSED_LIGHT = ", in soft daylight"
"""What a place gets where the prompt tells neither hour nor weather."""


def light_in(text: str) -> str | None:
    """The time of day or the weather that a text tells, as words for a setting; ``None`` if it tells none."""
    return first_entry(_LIGHTS, text)


def relit(setting: str, event_text: str, facts: Facts) -> str:
    """The setting with the hour or weather that this very event tells, or a bare word before it, in place of the clip's."""
    if facts.language != "en":
        return setting
    start = _start_of(facts, event_text)
    hours = [scene.hour for scene in find_scene_words(facts.prompt) if scene.hour and scene.start <= start]
    return _relit(_relit(setting, hours[-1] if hours else ""), event_text)


def _relit(setting: str, text: str) -> str:
    light = light_in(text)
    if light is None or light in setting or light_in(setting.split(",")[0]) == light:
        return setting
    if light == "in the rain" and medium_of(setting) is Medium.INDOORS:
        return f"{setting.split(',')[0]}, rain on the windows"
    lights = "|".join([*(re.escape(words) for _, words in _LIGHTS), "in soft daylight"])
    if light in _WEATHERS and re.search(rf"(?:{lights})$", setting) and not setting.endswith(SUPPOSED_LIGHT):
        return f"{setting}, {light}"  # rain at night is both
    bare = re.sub(
        rf",? (?:{lights})$| and soft daylight$|,? under [^,]*\b(?:sun|sky)$|, [^,]*\b(?:daylight|sun|sunlight|light)\b[^,]*$",
        "",
        setting,
    )
    bare = "An open place" if bare == "A plain" else bare  # its adjective alone would be a landscape
    return f"{bare}, {light}"


def lit(place: str, facts: Facts) -> str:
    """A bare place with the prompt's time of day or weather, or plain daylight: "A hill, in soft daylight"."""
    if facts.language.split("-")[0].lower() in LANGUAGES:
        return lit_abroad(place, facts)
    if facts.language != "en" or len(place.split()) > 4:
        return place
    light = first_entry(_LIGHTS, told_in(facts))
    if light is None or light_in(place) == light:
        return place if light else f"{place}{SUPPOSED_LIGHT}"
    return f"{place}, {light}"
