"""What an action and its place sound like, as far as code knows."""

from __future__ import annotations

import re

from scripting.plausible import Medium, medium_of, misfit_of_sound
from scripting.word_tables import WordTable, first_entry, matches

__all__ = ["ambience_of", "sound_of", "sounds_of_action"]

_WORK_SOUNDS: WordTable = (
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
)  # fmt: skip
"""What is heard where somebody works, told by the event or by the place."""

_SOUNDS: WordTable = (
    (r"climbs? (?:a|the|up a|up the) (?:tree|trunk)|claws?\b", "claws scratching on wood"),
    (r"climbs? (?:a|the|up a|up the) (?:rope|ladder)|swings? on|rope\b", "a rope creaking"),
    *_WORK_SOUNDS,
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

_AMBIENCES: WordTable = (
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


_PLACE_SOUNDS: WordTable = (
    (r"climbs? (?:a|the|up a|up the) (?:tree|trunk)|claws?\b", "claws scraping bark"),
    *_WORK_SOUNDS,
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


def sounds_of_action(event_text: str, setting: str) -> list[str]:
    """The sounds that code knows an action to make and its place to carry, in the order of its words."""
    # What an animal is known for comes after what it does: a dog that dives splashes.
    found = sorted(matches(_SOUNDS, event_text), key=lambda match: (match[2] in _CALLS, match))
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
    around = [*filter(None, (under, first_entry(_PLACE_SOUNDS, setting))), "a faint rustle of clothes"]
    return next((sound for sound in around if sound != before), around[0])


def ambience_of(prompt: str, setting: str) -> str:
    """The bed of sound under the whole clip."""
    return (
        first_entry(_AMBIENCES[:1], prompt)
        or first_entry(_AMBIENCES, setting)
        or first_entry(_AMBIENCES, prompt)
        or "Quiet room tone"
    )
