"""Five scripts of differing shape, for the golden files of the model targets."""

from __future__ import annotations

from typing import Any

from mavin.caption import HierarchicalCaption, load_caption

__all__ = ["SCRIPTS", "script"]


def _one_silent_shot() -> dict[str, Any]:
    return {
        "title": "Snow",
        "duration_ms": 4000,
        "global_caption": {
            "storyline": "A fox finds a lantern in the snow.",
            "style": "soft watercolour, cold blues around one warm light",
            "ambience": "a quiet winter wind",
        },
        "shots": [
            {
                "id": "S1",
                "start_ms": 0,
                "end_ms": 4000,
                "setting": "a snowy clearing at dusk",
                "action": "The fox circles a lit lantern and sniffs at it.",
                "camera": {"size": "wide", "angle": "low", "movement": "dolly_in"},
                "roles": ["C1"],
                "sounds": [{"id": "X1", "start_ms": 500, "end_ms": 2500, "text": "paws crunching on snow"}],
            }
        ],
        "roles": [{"id": "C1", "name": "fox", "appearance": "a small red fox with a torn left ear"}],
    }


def _dialogue() -> dict[str, Any]:
    return {
        "title": "The loaf",
        "duration_ms": 8000,
        "global_caption": {
            "storyline": "A baker and her son argue about a burnt loaf.",
            "style": "warm realism, shallow depth of field",
            "ambience": "the hum of an oven",
        },
        "shots": [
            {
                "id": "S1",
                "start_ms": 0,
                "end_ms": 3600,
                "setting": "a small bakery before sunrise",
                "action": "Mara holds up a black loaf and turns to Ben.",
                "camera": {"size": "medium", "movement": "pan_right", "note": "seen past the oven door"},
                "roles": ["C1", "C2"],
                "sounds": [{"id": "X1", "start_ms": 200, "end_ms": 900, "text": "the oven door clanks"}],
            },
            {
                "id": "S2",
                "start_ms": 3600,
                "end_ms": 8000,
                "setting": "a small bakery before sunrise",
                "action": "Ben looks at his shoes.",
                "camera": {"size": "close_up"},
                "roles": ["C2"],
            },
        ],
        "roles": [
            {
                "id": "C1",
                "name": "Mara",
                "appearance": "a woman of forty with flour on her apron",
                "voice": "warm alto",
            },
            {"id": "C2", "name": "Ben", "appearance": "a lanky boy in a grey hoodie", "voice": "breaking, unsure"},
        ],
        "dialogue": [
            {"id": "L1", "role": "C1", "start_ms": 1400, "end_ms": 3300, "text": "You forgot it again."},
            {
                "id": "L2",
                "role": "C2",
                "start_ms": 4200,
                "end_ms": 6300,
                "text": 'She said "five minutes", no more.',
                "delivery": "whispering",
            },
        ],
    }


def _six_shots() -> dict[str, Any]:
    told = [
        ("a harbour at dawn", "Fishing boats rock at their moorings.", "extreme_wide", "static", [], 2000),
        ("the deck of a trawler", "The skipper coils a rope.", "medium", "handheld", ["C1"], 4500),
        ("the wheelhouse", "Ida reads a folded letter by torchlight.", "close_up", "dolly_in", ["C2"], 7000),
        ("the deck of a trawler", "The skipper knocks on the glass.", "medium", "pan_left", ["C1"], 9250),
        ("the wheelhouse", "Ida hides the letter and smiles.", "extreme_close_up", "static", ["C2"], 11500),
        ("open water under low clouds", "The trawler heads out.", "wide", "crane", [], 15000),
    ]
    shots, start = [], 0
    for number, (setting, action, size, movement, roles, end) in enumerate(told, 1):
        shots.append(
            {
                "id": f"S{number}",
                "title": f"Shot {number}",
                "start_ms": start,
                "end_ms": end,
                "setting": setting,
                "action": action,
                "camera": {"size": size, "movement": movement},
                "roles": roles,
            }
        )
        start = end
    return {
        "title": "Letter",
        "duration_ms": 15000,
        "aspect": "21:9",
        "global_caption": {
            "storyline": "On a trawler leaving harbour, a deckhand hides a letter from the skipper.",
            "style": "grainy documentary, grey-green palette",
            "ambience": "gulls and creaking ropes",
        },
        "shots": shots,
        "roles": [
            {"id": "C1", "name": "skipper", "appearance": "a broad man in a yellow oilskin", "voice": "gravelly bass"},
            {"id": "C2", "name": "Ida", "appearance": "a deckhand of twenty with a shaved head"},
        ],
        "dialogue": [
            {"id": "L1", "role": "C1", "start_ms": 7400, "end_ms": 8900, "text": "We sail. Now."},
            {"id": "L2", "role": "C2", "start_ms": 9600, "end_ms": 10800, "text": "Coming!", "delivery": "brightly"},
        ],
    }


def _over_the_cut() -> dict[str, Any]:
    return {
        "title": "Call",
        "duration_ms": 7300,
        "aspect": "9:16",
        "global_caption": {
            "storyline": "A runner answers the phone on a bridge.",
            "style": "high-contrast black and white",
            "ambience": "distant traffic",
        },
        "shots": [
            {
                "id": "S1",
                "start_ms": 0,
                "end_ms": 2650,
                "setting": "a footbridge in the rain",
                "action": "Noor stops and lifts her phone.",
                "camera": {"size": "full", "angle": "high", "movement": "track"},
                "roles": ["C1"],
                "sounds": [{"id": "X1", "start_ms": 0, "end_ms": 700, "text": "a ringtone"}],
            },
            {
                "id": "S2",
                "start_ms": 2650,
                "end_ms": 5000,
                "setting": "a footbridge in the rain",
                "action": "Rain runs down her face.",
                "camera": {"size": "extreme_close_up", "movement": "static"},
                "roles": ["C1"],
                "overrides": [{"role": "C1", "appearance": "the same woman, drenched, hood down", "voice": "hoarse"}],
            },
            {
                "id": "S3",
                "start_ms": 5000,
                "end_ms": 7300,
                "setting": "the river below",
                "action": "The phone drops into the water.",
                "camera": {"size": "wide", "angle": "overhead"},
            },
        ],
        "roles": [
            {"id": "C1", "name": "Noor", "appearance": "a woman in a red rain jacket", "voice": "clear and quick"},
            {"id": "C2", "name": "Caller", "voice": "an old man, tinny"},
        ],
        "dialogue": [
            {
                "id": "L1",
                "role": "C2",
                "start_ms": 900,
                "end_ms": 3900,
                "text": "Don't hang up. Don't look behind you.",
                "on_screen": False,
            },
            {
                "id": "L2",
                "role": "C1",
                "start_ms": 3200,
                "end_ms": 5600,
                "text": "Who is this?",
                "delivery": "out of breath",
            },
        ],
    }


def _cjk() -> dict[str, Any]:
    return {
        "title": "茶",
        "language": "zh",
        "duration_ms": 6000,
        "aspect": "1:1",
        "global_caption": {"storyline": "祖母教孙女泡茶。", "style": "水墨风格，留白", "ambience": "雨打屋檐"},
        "shots": [
            {
                "id": "S1",
                "start_ms": 0,
                "end_ms": 2800,
                "setting": "老宅的茶室",
                "action": "祖母把热水倒进小壶。",
                "camera": {"size": "close_up", "movement": "tilt_up"},
                "roles": ["C1"],
                "sounds": [{"id": "X1", "start_ms": 300, "end_ms": 2000, "text": "倒水声"}],
            },
            {
                "id": "S2",
                "start_ms": 2800,
                "end_ms": 6000,
                "setting": "老宅的茶室",
                "action": "小雨双手捧起茶杯。",
                "camera": {"size": "medium"},
                "roles": ["C1", "C2"],
                "overrides": [{"role": "C1", "reference": {"image": "references/grandma-side.png"}}],
            },
        ],
        "roles": [
            {
                "id": "C1",
                "name": "祖母",
                "appearance": "白发老人，穿深蓝色棉袄",
                "voice": "温和缓慢",
                "reference": {"image": "references/grandma.png", "audio": "references/grandma.wav"},
            },
            {
                "id": "C2",
                "name": "小雨",
                "appearance": "十岁女孩，扎两条辫子",
                "reference": {"image": "references/xiaoyu.png"},
            },
        ],
        "dialogue": [
            {"id": "L1", "role": "C1", "start_ms": 800, "end_ms": 2600, "text": "慢一点，别烫着。", "language": "zh"},
            {
                "id": "L2",
                "role": "C2",
                "start_ms": 3600,
                "end_ms": 5200,
                "text": "おばあちゃん、美味しい！",
                "language": "ja",
                "delivery": "laughing",
            },
        ],
    }


SCRIPTS = {
    "one-silent-shot": _one_silent_shot,
    "dialogue": _dialogue,
    "six-shots": _six_shots,
    "over-the-cut": _over_the_cut,
    "cjk-with-references": _cjk,
}
"""Shape → the script as data."""


def script(name: str) -> HierarchicalCaption:
    """The script of a shape."""
    return load_caption(SCRIPTS[name]())
