"""What a deed needs and nobody names: a violinist plays a violin, who sweeps has a broom, what explodes flashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.stage.actors import Actor
from generator.stage.bonds import Bond
from generator.stage.deeds import Mention
from generator.stage.lexicon import HEIGHTS
from generator.stage.motion import Motion
from generator.stage.pictures import Picture
from generator.stage.words import Token, stem_in, tokens, word_set

__all__ = ["Implied", "adorn", "implied"]

_HELD = {
    "sweep": "1F9F9 broom", "photograph": "1F4F7 camera", "fish": "1F3A3 fishing-rod", "knit": "1F9F6 yarn",
    "dig": "E345 shovel", "drum": "1F941 drum", "sketch": "270F pencil", "vacuum": "vacuum vacuum",
    "row": "1F6F6 boat", "cycle": "1F6B2 bicycle", "skateboard": "1F6F9 skateboard",
}  # fmt: skip
_RIDDEN = word_set("row cycle skateboard")
_BURSTS = {"explode": "1F4A5 explosion", "burst": "1F4A5 explosion", "sing": "1F3B5 song", "whistle": "1F3B5 tune"}
_PLAYERS = {
    "violinist": "1F3BB violin", "fiddler": "1F3BB fiddle", "cellist": "1F3BB cello", "guitarist": "1F3B8 guitar",
    "drummer": "1F941 drum", "pianist": "1F3B9 piano", "trumpeter": "1F3BA trumpet", "saxophonist": "1F3B7 saxophone",
    "flutist": "1FA88 flute", "flautist": "1FA88 flute", "accordionist": "1FA97 accordion", "harpist": "1FA89 harp",
    "banjoist": "1FA95 banjo", "photographer": "1F4F7 camera",
}  # fmt: skip
_PLAYING = word_set("play perform strum drum work practise practice photograph start begin")
_SKETCHY = word_set("1F4A5 1F3B5")


@dataclass(frozen=True, slots=True)
class Implied:
    """A thing that nobody names, and how it belongs to who needs it."""

    picture: Picture
    bond: Bond


def implied(
    action: str, mentions: Sequence[Mention], names: Mapping[str, str], shown: Sequence[Picture]
) -> tuple[Implied, ...]:
    """What the deeds of an English action need, at most one thing for each doer.

    Args:
        action: what happens.
        mentions: where it names whom.
        names: what the living are called, by their keys; the only one is who acts where nobody is named.
        shown: what the action names, which is not brought in again.
    """
    at = {mention.start: mention for mention in mentions}
    doer = next(iter(names)) if len(names) == 1 else ""
    codes = {picture.code for picture in shown}
    small = {picture.start for picture in shown if picture.kind == "thing"}
    found: dict[str, Implied] = {}
    for word in tokens(action):
        if word.start in at:
            doer = at[word.start].key if at[word.start].key in names else doer
            continue
        told = "" if word.is_noun and word.before != "one" else _needed(word, names.get(doer, ""))
        if told and not doer and names:
            doer = list(names)[-1 if "other" in tokens(action) else 0]  # "the other one explodes"
        if not told or not doer or doer in found:
            continue
        code, noun = told.split()
        if code in codes or (small and code not in _SKETCHY and stem_in(word, _RIDDEN | {"fish", "dig", "sweep"})):
            continue
        kind = "burst" if code in _SKETCHY else "ride" if stem_in(word, _RIDDEN) else "take"
        if kind == "take" and HEIGHTS.get(code, 17.0) > 30:
            kind = "near"
        picture = Picture(code, noun.replace("-", " "), len(action) + len(found), "thing", HEIGHTS.get(code, 17.0))
        found[doer] = Implied(picture, Bond(doer, kind, f"{code}@{picture.start}"))
    return tuple(found.values())


def _needed(word: Token, name: str) -> str:
    for trade in tokens(name)[-1:]:
        if str(trade) in _PLAYERS and stem_in(word, _PLAYING):
            return _PLAYERS[str(trade)]
    for table in (_BURSTS, _HELD):
        told = next((told for stem, told in table.items() if stem_in(word, frozenset({stem}))), "")
        if told:
            return told
    return ""


def adorn(burst: Actor, about: Actor) -> None:
    """Put a flash around somebody, or a tune beside the head."""
    burst.carrier, burst.layer, burst.order = about, 2, about.order
    if burst.look.code == "1F4A5":
        burst.scale = 1.15 * about.height / burst.look.height
        burst.x, burst.y, burst.motion = about.x, about.y + 0.06 * about.height, Motion("grow")
        return
    burst.scale = 0.24 * about.height / burst.look.height
    burst.x, burst.y = about.x + 0.42 * about.height, about.y - 0.85 * about.height
