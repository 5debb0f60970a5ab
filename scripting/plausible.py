"""Whether a camera or a sound fits an action: tables that code stages by and checks a model's proposals with.

"footsteps"  needs somebody who walks, and never sounds under water or in space
"track"      needs something that moves along;  "tilt_up" something that rises
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.caption import Movement, Size

__all__ = [
    "Medium",
    "fitting_movements",
    "fitting_sizes",
    "medium_of",
    "misfit_of_ambience",
    "misfit_of_place",
    "misfit_of_sound",
]


class Medium:
    """Where sound travels, as far as the words of a place tell."""

    AIR = "air"
    WATER = "water"
    SPACE = "space"
    INDOORS = "indoors"


def _any(pattern: str, text: str) -> bool:
    return re.search(rf"\b(?:{pattern})", text, re.IGNORECASE) is not None


_UNDERWATER = r"underwater|under the (?:water|sea|ocean|waves|surface)|beneath the (?:waves|surface)|seabed|ocean floor|coral reef|deep sea"
_IN_SPACE = r"open space|outer space|in space\b|orbit\b|spacewalk|vacuum of space|galaxy|asteroid|among the stars|the moon's surface|surface of the moon"
_INSIDE = (
    r"kitchen|bedroom|bathroom|living[ -]room|\w*room\b|hall\b|hallway|corridor|attic|basement|cellar|office|classroom|library|"
    r"museum|gallery|theat(?:er|re)|cinema|restaurant|caf[eé]\b|bar\b|pub\b|lobby|shop\b|store\b|supermarket|laborator|\blab\b|"
    r"workshop|studio|garage|factory|warehouse|church|courtroom|gym\b|indoor|inside|cabin\b|elevator|desk|cockpit|bakery|hospital|pharmacy"
)
_OUTSIDE = r"garden|park\b|street|field|forest|beach|sea\b|river|sky\b|mountain|hill|desert|yard|outdoor|outside|meadow|road|window|terrace|balcony|courtyard"


def medium_of(place: str) -> str:
    """The medium that a setting's words name; open air where they name none."""
    if _any(_UNDERWATER, place):
        return Medium.WATER
    if _any(_IN_SPACE, place):
        return Medium.SPACE
    if _any(_INSIDE, place) and not _any(_OUTSIDE, place):
        return Medium.INDOORS
    return Medium.AIR


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of sound: how it is called, what must be told or stand there for it, where it never sounds."""

    name: str
    words: str
    needs: str = ""
    never: tuple[str, ...] = ()


_WET = (
    r"water|pond|river|stream|lake|sea\b|ocean|pool|rain|swim|dives?|diving|pours?|drink|wash|fountain|waterfall|wet|bath|"
    r"puddle|soap|wave|surf|beach|shore|boat|ship|fish|whale|dolphin|penguin|seal\b|frog|splash|faucet|tap\b|sink|kettle|tea\b|"
    r"coffee|soup|bubble|melt|ice\b|snow|clay|wheel|sponge|spill|spray|dock|pier|harbou?r|swamp|liquid|glass|milk|juice|sprinkl"
)
_PEOPLE_NEAR = (
    r"crowd|audience|people|guests?|spectator|fans\b|party|market|restaurant|caf[eé]|bar\b|pub|tournament|competition|stadium|"
    r"arena|stage|theat|concert|school|class|playground|square|station|city|street|team|community|village|celebrat|festival|show\b|wedding|race\b|goal|gallery"
)
_SORTS = (
    _Sort(
        "steps",
        r"foot ?steps?|footfalls?|steps\b|stomp|tread|shuffling feet|feet (?:scuff|shuffl|tap|pound)|hoof|hooves|(?:paws? (?:on|pad))|padding",
        r"walk|runs?\b|running|steps?\b|strides?|stroll|chas|march|climb|enter|leaves\b|approach|danc|hik|cross|follow|jump|leap|land|"
        r"gallop|trot|race|rac|kick|march|sneak|creep|prowl|stands|stairs|wander|pass|spin|skip|hop|pac|arriv|rush|hurr|dash|sprint|"
        r"stomp|travel|train|warm|moves?\b|hunt|charg|escap|flee",
        (Medium.WATER, Medium.SPACE),
    ),
    _Sort("water", r"splash|water|waves?\b|drip|bubbl|lapping|trickl|gurgl|pour|slosh|spray", _WET, (Medium.SPACE,)),
    _Sort(
        "birds",
        r"bird|chirp|tweet|cawing|seagull|gulls?\b",
        r"bird|parrot|owl|eagle|duck|gull|sparrow|robin|toucan|chick|hen\b|rooster|swan|goose|penguin|puffin|garden|forest|park|"
        r"tree|field|meadow|jungle|farm|sky|hill|mountain|river|lake|pond|sea|beach|shore|coast|grass|savann|outdoor|morning|dawn|valley|hedge|orchard|yard|cricket|squirrel|nest",
        (Medium.WATER, Medium.SPACE, Medium.INDOORS),
    ),
    _Sort("insects", r"bees?\b|buzz|crickets?\b|cicada|insects?", r"bee|insect|fly\b|cricket|cicada|flower|garden|field|meadow|forest|grass|summer|night|jungle|park|tree|swamp|farm|drone|razor|neon|leaf", (Medium.WATER, Medium.SPACE)),
    _Sort("rain", r"rain|thunder|storm", r"rain|storm|thunder|lightning|downpour|wet street", (Medium.WATER, Medium.SPACE)),
    _Sort("wind", r"wind\b|breeze|gust|rustling trees", r"", (Medium.WATER, Medium.SPACE, Medium.INDOORS)),
    _Sort("touch", r"touching|sound of (?:her|his|its|their)", r"\\Znever"),
    _Sort("fire", r"crackl|fire\b|flames?\b|embers", r"fire|flame|candle|match|torch|burn|fry|toast|leaf|leaves|lightning|paper|ice\b|radio"),
    _Sort("frying", r"sizzl|frying", r"pan\b|fry|cook|grill|oil|pancake|omelet|egg|stove|kitchen|wok|bacon|steak|iron|butter|dish|brand|chef"),
    _Sort("hard", r"clink|clang|clatter|jingl|clank|cling", r"glass|bottle|cup|mug|dish|plate|spoon|fork|knife|cutlery|kitchen|restaurant|caf[eé]|coffee|bar\b|key|coin|metal|chain|sword|"
        r"armou?r|gate|tool|machine|pan\b|pot\b|utensil|jar|can\b|medal|ring|bell|bucket|bowl|ceramic|tray|lock|door|cabinet|toast|wine|beaker|lid|robot|train|crossbar|dumbbell|weight|plat|chef|barista|hammer|wrench"),
    _Sort("crunch", r"crunch", r"snow|gravel|leaf|leaves|ice\b|grass|sand|eat|bit|chew|apple|carrot|cereal|chip|crack|dirt|path|branch|twig|crush|shell|trail|nut|acorn"),
    _Sort(
        "blow",
        r"thud|thump|bump|bang|crash|slam|smash|smack|whack|knock|hitting|impact|strik|pound|crack\b",
        r"falls?|fell|hit|kick|drop|land|jump|leap|stamp|collid|wrestl|knock|clos|shut|hammer|throw|toss|punch|strik|smash|box|slip|"
        r"bump|crash|bounc|catch|lands?|puts?|plac|slam|tackle|flips?|wall|chop|beat|ball|lift|train|stops?|fight|stumbl|trip|roll|break|tumbl|ram|butt|swing|pounc|sits?|kneel|stand|collaps|press|set|bat\b|racket|gavel|tap|challenge|open|walk|run|steps?|climb|lies|box|door|drill",
    ),
    _Sort("bounce", r"bounc", r"bounc|dribbl|ball|trampoline|hit|drop|spring|hop"),
    _Sort("roar", r"roar|growl|snarl|bellow", r"lion|tiger|bear|dragon|dinosaur|leopard|jaguar|cheetah|wolf|dog\b|monster|engine|rocket|plane|crowd|waterfall|fire|car\b|race|sea\b|ocean|wave|stadium|elephant|truck|motor|goal"),
    _Sort("bark", r"bark(?:s|ing)?\b(?! (?:scrap|peel|crack|of))|woof|dog", r"dog|puppy|seal|fox|wolf|hound|retriever"),
    _Sort("cat", r"meow|purr|hiss of a cat", r"cat\b|cats\b|kitten|lion|tiger|leopard|cheetah|engine|motor"),
    _Sort("music", r"music|melod|song|tune|guitar|piano|violin|drum", r"music|melod|song|danc|sing|guitar|piano|violin|drum|band|concert|orchestra|flute|trumpet|radio|record|player|stage|ballet|party|festival|CD\b|instrument|harp|sax|choir|parade|club|carousel|runway|rhythm"),
    _Sort("laughter", r"laugh|giggl|chuckl", r"laugh|giggl|chuckl|smil|jok|play|child|kid|boy|girl|clown|party|friend|tickl|funny|celebrat"),
    _Sort("crowd", r"cheer|applau|clap|crowd|audience|chatter|murmur|conversation|talking", _PEOPLE_NEAR),
    _Sort("children", r"child(?:ren)?\b|kids?\b", r"child|kid|boy|girl|school|playground|family|toddler"),
    _Sort("engine", r"engine|motor\b|traffic|vroom|car horn|revving|cars?\b", r"car\b|cars\b|truck|bus\b|motor|engine|driv|race|tractor|train|plane|helicopter|boat|ship|road|street|city|traffic|taxi|garage|machine|robot|drone|vacuum|blender|skate|bike|urban|alley|square|highway|bridge|skyscraper|factory|van\b|scooter"),
    _Sort("bell", r"bell\b|bells\b|chime|alarm|ring(?:s|ing)\b|tick(?:s|ing)?\b", r"bell|chime|alarm|clock|phone|watch|church|school|door|timer|timed|tower|bicycle|room|office|library|classroom|glass|telephone|boxing|shop|ring"),
    _Sort("paper", r"paper|pages?\b|pencil|pen\b|scribbl", r"paper|page|book|letter|note|writ|draw|document|map|newspaper|envelope|read|sketch|pencil|pen\b|file|office|draft|card|canvas|sign|agreement|contract|stamp|desk|print|diar|study|plan|collects data|record|brush"),
    _Sort("brush", r"brush", r"brush|paint|canvas|sweep|teeth|hair|fur|branch|grass|leaf|leaves|clean|dust|cloth|bush|tail|wing"),
    _Sort("keys", r"keyboard|typing|clicking keys", r"keyboard|typ|computer|laptop|piano|office|writ|phone|button|cash|code|desk"),
    _Sort("wood", r"saw(?:s|ing)?\b|chopping|hammer|sand(?:ing|paper)", r"saw|wood|chop|hammer|nail|carpent|board|plank|build|workshop|craft|box|cut|tree|axe|vegetable|chef|repair|sand|hull|assembl|kitchen"),
    _Sort("door", r"door|hinge|gate\b|latch", r"door|gate|enter|open|clos|cabinet|drawer|lock|leav|room|cupboard|box|chest|fridge|oven|locker|exit"),
    _Sort("camera", r"shutter|camera click", r"camera|photo|shoot|picture|selfie|crew|film"),
    _Sort("heart", r"heart ?beat|breath|pant(?:s|ing)?\b|gasp|sigh", r""),
)  # fmt: skip

_AUDIBLE = (
    r"rustl|creak|scrap|scratch|click|clack|hum\b|hums\b|humming|whir|hiss|squeak|tap(?:s|ping)?\b|swish|whoosh|rattl|rumbl|flutter|"
    r"flap|flick|snap|pop(?:s|ping)?\b|crumpl|slurp|gulp|sniff|snort|squeal|squish|crinkl|zip|thrum|drone|whistl|echo|beep|grind|"
    r"rub|slid|glid|squelch|patter|ripple|tear(?:s|ing)?\b|chew|lick|croak|howl|neigh|moo\b|oink|quack|cluck|bleat|screech|shriek|"
    r"trumpet|horn|stir|whisk|mix|peel|cut(?:s|ting)?\b|slic|swoosh|clip|snip|trim|press|stamp|shuffl|roll|spin|spray|strok|scuff|"
    r"riffl|slap|burst|puff|tinkl|crumbl|whoosh|shimmering hum|squeak|note|gasp|gulp|growl|scuff|rush|"
    r"chatter|buzz|sound|noise|scrub|knead|pat(?:s|ting)?\b|crack|groan|murmur|tone\b|static|swing"
)
_MUTE = (
    r"settl|glow|shin|glint|glimmer|drifting|smell|scent|aroma|colou?r|light\b(?! (?:wind|breeze|rain|foot|tap|patter|rustl|clink|splash|hum|step|waves|thud))|lights\b|sunlight|shadow|blossom|fragran|taste|"
    r"silen|quiet and peaceful|peaceful$|calm$|emotion|feeling|tension|atmosphere"
)


_SOFT = r"paper|clay|rope|cloth|fabric|leaf|leaves|grass|fur\b|feather|snow|pillow|blanket"


def _context(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def misfit_of_sound(sound: str, *, action: str, setting: str) -> str | None:
    """Why a sound does not fit its shot, or ``None`` if it does.

    Args:
        sound: the proposed words, English.
        action: what the shot shows, in the user's words and the added ones.
        setting: where it happens.
    """
    misfit = _misfit(sound, _context(action, setting), medium_of(setting))
    if misfit is not None:
        return misfit
    if not any(_any(sort.words, sound) for sort in _SORTS) and not _any(_AUDIBLE, sound):
        return f"Nobody can hear {sound!r}. Name what makes the sound and how it sounds."
    return None


def misfit_of_ambience(ambience: str, *, story: str, setting: str) -> str | None:
    """Why a background sound does not fit its place, or ``None`` if it does; speech and people's voices never do."""
    if _any(
        r"voices?|talk|conversation|chat|speech|whispers|people|children|players?|(?<!bird )(?<!birds )singing|laugh\w*",
        ambience,
    ):
        return "It must be the sound of the place alone, without people's voices."
    if _any(r"music|songs?\b|melod", ambience) and not _any(r"music|song|concert|band\b|orchestra|radio|club\b", story):
        return "It must be the sound of the place alone, without music."
    misfit = _misfit(ambience, _context(story, setting), medium_of(setting))
    if misfit is not None:
        return misfit
    if not any(_any(sort.words, ambience) for sort in _SORTS) and not _any(_AUDIBLE, ambience):
        return f"Nobody can hear {ambience!r}. Name the sound of the place."
    return None


def _misfit(sound: str, context: str, medium: str) -> str | None:
    if _any(r"clink|clang|clatter|jingl|clank", sound) and _any(_SOFT, sound):
        return f"{sound!r}: what is soft does not clink."
    if _any(_MUTE, sound):
        return f"{sound!r} is seen or felt, not heard."
    for sort in _SORTS:
        if not _any(sort.words, sound):
            continue
        silent = _silenced(sort, sound, context, medium)
        if silent is not None:
            return silent
        if sort.needs and not _any(sort.needs, context):
            return f"Nothing in this shot makes the sound {sound!r}."
    return None


def _silenced(sort: _Sort, sound: str, context: str, medium: str) -> str | None:
    if medium not in sort.never or (sort.name == "wind" and _any(r"storm|blow|wind|gust|fan\b", context)):
        return None
    place = {Medium.WATER: "under water", Medium.SPACE: "in space", Medium.INDOORS: "indoors"}[medium]
    return f"{sound!r} does not sound {place}."


def misfit_of_place(sound: str, *, action: str, setting: str) -> str | None:
    """Why a place does not carry a sound that the action would make, or ``None`` if it does."""
    context, medium = _context(action, setting), medium_of(setting)
    silent = (_silenced(sort, sound, context, medium) for sort in _SORTS if _any(sort.words, sound))
    return next(filter(None, silent), None)


def _word(pattern: str, text: str) -> bool:
    return re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE) is not None


# ── cameras ──────────────────────────────────────────────────────────────────────────────────────

MOVING = (
    r"runs?|walks?|drives?|races?|chases?|rides?|flies|flew|swims?|rolls?|speeds?|gallops?|skates?|marches|pedals?|crosses|darts|"
    r"ran|walked|glides?|slides? (?!it|them|her|his|open|shut|out|a |the )|travels?|sprints?|jogs?|sails?|skis?|moves? (?:through|behind|along|from|across|past)|wanders?|strolls?|"
    r"pursues?|rush(?:es)?|backstroke|steps through"
)
RISING = (
    r"rises?|climbs?|takes? flight|takes? off|soars?|launch(?:es)?|reaches up|(?:throws?|toss(?:es)?|flips?|flipped)\b.*(?:into the air|\bup)|floats? (?:up|away)|lifts?|ascends?|jumps? (?!in|on|down|off)|leaps?|"
    r"looks? up|steam|smoke|flies (?:up|away)|inflat\w*|(?<!it )grows?|stands? up|gets? up"
)
FALLING = r"falls?|drops?|sinks?|dives?|descends?|collapses?|lands?|looks? down|slips?|lies down|jumps? (?:in|on|down|off)\w*|tumbles?|sits down|pours?"
LEAVING = r"leaves (?!on|in|of|from|at)|away|walks? off|drives? off|exits?|disappears?|vanish(?:es)?|departs?|runs? off|out of sight|into the distance"
SMALL = (
    r"looks? at|watch(?:es)?|reads?|writes?|eats?|tastes?|smells?|sniffs?|whispers?|smiles?|cries|opens? (?:a |the )?(?:letter|box|book|ring|lid|eyes)|picks?|holds?|"
    r"finds?|stares?|face|eyes?|hands?|fingers?|tears?|key|ring|letter|phone|label|stirs?|signs?|touch(?:es)?|press(?:es)?|clicks?|types?|lights?|cuts?|blinks?|"
    r"winks?|sews?|threads?|stamps?|peels?|nods?|button|measur\w+|paints?|draws?|shapes? a|blends?|catches an?"
)
LARGE = (
    r"crowd|audience|army|city|mountain|desert|ocean|sea\b|landscape|field|stadium|parade|forest|valley|canyon|sky\b|herd|flock|horizon|"
    r"runway|tournament|competition|skyscraper|waterfall|grassland|storm"
)


def fitting_movements(action: str, *, speaks: bool, number: int, count: int) -> tuple[Movement, ...]:
    """The camera movements that this action asks for, the best first.

    Args:
        action: the user's clause.
        speaks: whether somebody speaks in the shot.
        number: index of the shot, from 0.
        count: how many shots there are.
    """
    if _word(LEAVING, action):
        return (Movement.DOLLY_OUT,)
    if _word(FALLING, action):
        return (Movement.TILT_DOWN,)
    if _word(MOVING, action):
        return (Movement.TRACK,)
    if _word(RISING, action):
        return (Movement.TILT_UP,)
    if speaks:
        return (Movement.STATIC, Movement.DOLLY_IN)
    if number == 0:
        return (Movement.DOLLY_IN, Movement.STATIC)
    if number == count - 1 and count > 2:
        return (Movement.DOLLY_OUT, Movement.STATIC)
    return (Movement.STATIC, Movement.HANDHELD) if number % 2 else (Movement.DOLLY_IN, Movement.STATIC)


BODILY = (
    r"runs?|jumps?|leaps?|spins?|flips?|falls?|climbs?|digs?|dances?|bows?|wrestles?|collides?|performs?|rides?|swings?|throws?|tosses|"
    r"kicks?|hits?|gallops?|trots?|hovers?|flutters?|swoops?|soars?|walks?|charges?|high-fives|waves to|shakes?|rolls?|builds?|rocks?|"
    r"rocking|balances|lies|stands?|slides?|backstroke|thrown|drumming|circles?|turns around|herds?|steps?|stepping|wags?|pulls?|pushes|carries|wears?"
)
_TINY = (
    r"coins?|candle\w*|glass|bottle|cup|bubbles?|soda|thermos|pills?|chess piece|domino\w*|cd|spinning top|light bulb|stapler|keyboard|"
    r"lid|key|ring|butterfly|bee|insect|spider|ladybug|snail|worm|frog|chameleon|flame|paper|card|cards|stamp|beaker|letters?|seed|seedling|"
    r"clock's hands|hands (?:stop|move)|wand|mouse|humming ?bird|parking meter|switch|dot|slinky|soap|smoke|leaf|clay|planets|sensor|device|sprouts?|flowers?|bud|petals?|(?:smart ?|cell ?)?phone|telephone|watch|raindrops?|droplets?"
)


def fitting_sizes(action: str, *, first: bool = False, alone: bool = True) -> tuple[Size, ...]:
    """The framings that this action asks for, the best first; empty where any will do.

    Args:
        action: the user's clause.
        first: whether it opens the film.
        alone: whether it shows one role at most; several do not fit a close-up.
    """
    near = (Size.CLOSE_UP, Size.MEDIUM) if alone else (Size.MEDIUM, Size.FULL)
    subject = " ".join(action.split()[:4])
    if _word(_TINY, subject) and not _word(LEAVING, action):
        return (Size.MEDIUM, Size.CLOSE_UP) if first else (Size.CLOSE_UP, Size.EXTREME_CLOSE_UP, Size.MEDIUM)
    if first and _word(SMALL, action) and not _word(MOVING, action):
        return (Size.MEDIUM, Size.FULL)  # a film opens on who does it where, and comes closer then
    if first:
        return (Size.WIDE, Size.FULL)
    if _word(MOVING, action) or _word(LEAVING, action):
        return (Size.FULL, Size.MEDIUM, Size.WIDE)
    if _word(SMALL, action) and not _word(BODILY, action):
        return near
    if _word(RISING, action) or _word(FALLING, action):
        return (Size.FULL, Size.WIDE, Size.MEDIUM)
    if _word(BODILY, action):
        return (Size.FULL, Size.MEDIUM, Size.WIDE)
    if _word(LARGE, action):
        return (Size.WIDE, Size.EXTREME_WIDE)
    return ()
