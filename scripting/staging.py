"""What code alone knows of staging: places, cameras, looks and voices that fit the user's words.

Used where there is no model, or where its words did not pass; everything from here is marked as
added by code in the ledger.
"""

from __future__ import annotations

import re

from mavin.caption import Angle, Camera, Movement, Size
from mavin.facts import Event, Facts, Gender, RoleFact
from mavin.facts.grammar import PRONOUNS
from mavin.facts.structure import camera_words
from scripting.plausible import fitting_movements, fitting_sizes
from scripting.word_tables import WordTable, entry_said_first, first_entry

__all__ = [
    "SUPPOSED_LIGHT",
    "appearance_of",
    "camera_of",
    "light_in",
    "place_in",
    "setting_of",
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

_SETTINGS: WordTable = (
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


_NO_PLACES = re.compile(
    r"\b(?:chapeau|manteau|visage|sourire|voix|lunettes|sombrero|abrigo|sonrisa|voz|cappello|cappotto|sorriso|voce|chapéu|casaco|sorriso|"
    r"Hut|Mantel|Lächeln|Stimme|Brille|Gesicht)\b|笑顔|笑颜|声|表情|^[来去进出]$|^爬山$|^一起$",
    re.IGNORECASE,
)
"""What somebody wears or how somebody looks, behind words that lead to places as well."""


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
        if not words or _NO_PLACES.search(words):
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
    own = None if own in {role.name for role in facts.roles} else own  # 花子により近づき
    if own and not re.match(r"the same\b|the (?:\w+ ){0,2}space$", own, re.IGNORECASE):
        return _lit(own, facts), True
    if previous:
        return previous, False
    story = " ".join(event.text for event in facts.events) or facts.prompt
    guess = entry_said_first(_SETTINGS, story)
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
    return first_entry(_LIGHTS, text)


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
    light = first_entry(_LIGHTS, facts.prompt)
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


def style_of(facts: Facts) -> str:
    """The user's style words, or a plain one."""
    if facts.style:
        return facts.style[0].text
    return "Natural light, realistic colours, steady cinematic framing"


def appearance_of(role: RoleFact) -> str:
    """The user's own words for how somebody looks: the first mention, and what is said of it beside it."""
    plain = _first_mention(role)
    if not role.look or role.look.casefold() in plain.casefold():
        return plain
    if not role.look.isascii() or re.match(r"(?:in|wearing|with|dressed|who)\b", role.look) is None:
        return f"{plain.removesuffix(' in everyday clothes')}, {role.look}"
    return f"{plain.removesuffix(' in everyday clothes')} {role.look}"


def _first_mention(role: RoleFact) -> str:
    words = role.mention
    if words.casefold() in PRONOUNS:
        words = role.name if role.named else f"a {role.name.casefold()} in everyday clothes"
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
    if role.voice:
        return f"A {role.voice}" if role.voice.endswith("voice") else f"{role.voice[:1].upper()}{role.voice[1:]}"
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
