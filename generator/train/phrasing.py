"""Sampled captions in the words of written scripts: how ``mavin write`` and language models phrase what they are told.

    sampled    "Mara walks slowly to the stove.  Mara is a baker, about forty, …, wearing a red coat"
    written    "The baker walks slowly to the stove.  Baker is A baker in a red coat."

Times, shots and lines stay; only words change, so that the stage draws the new words exactly.
"""

from __future__ import annotations

import re

from generator.stage.sampling.dice import Dice
from mavin.caption import DialogueLine, GlobalCaption, HierarchicalCaption, Role, Shot

__all__ = ["as_written"]

_USUAL_STYLE = "Natural light, realistic colours, steady cinematic framing"
_STYLES = (
    "Warm, rustic colours with a wooden focus", "Soft, natural light with gentle contrasts",
    "Cinematic, with muted colours and a shallow focus", "Bright, clean colours and even light",
    "Cool tones with soft shadows", "Vibrant colours and a lively pace", "Realistic, with warm evening light",
    "Gentle pastel colours, calm framing", "Cinematic", "Warm light, earthy colours",
)  # fmt: skip
_TONES = ("Quiet room tone", "Distant traffic", "Wind", "Birds", "A murmuring crowd", "Waves", "Rain", "Quiet")
_DAYLIGHTS = ("in soft daylight", "in daylight", "")
_VOICES = (
    "An adult {} voice, clear and unhurried.", "A {} voice, warm and steady.", "A calm {} voice.",
    "A {} voice, clear and friendly.", "A deep, slow {} voice.", "A bright {} voice, a little hurried.",
)  # fmt: skip
_SAID = (
    '{Who} says, "{text}"',
    '{Who} says "{text}"',
    '"{text}" says {who}.',
    '{Who}: "{text}"',
    '{Who} asks, "{text}"',
)
_SPEAKING = ("{Who} speaks.", "{Who} says something.", "{Who} turns and speaks.", "{Who} asks a question.")
_LIGHT = re.compile(
    r" ((?:at|in the|after) (?:dawn|noon|sunset|dusk|night|midnight|(?:\w+ )?(?:morning|afternoon|evening)))$"
)
_CLOTHES = re.compile(r"wearing (an? [^,]+)")
_GENDER = re.compile(r"\b(?:wo)?man\b")


def as_written(caption: HierarchicalCaption, dice: Dice) -> HierarchicalCaption:
    """The same script in other words.

    Args:
        caption: of the sampler's plain world.
        dice: that decide what is said how.
    """
    names = _names(caption, dice)
    told = {role.id: (role.name, names[role.id]) for role in caption.roles}
    shots = tuple(_shot(caption, shot, told, dice) for shot in caption.shots)
    roles = tuple(_role(role, names[role.id], dice) for role in caption.roles)
    return caption.model_copy(
        update={"shots": shots, "roles": roles, "global_caption": _whole(caption, shots, names, dice)}
    )


def _names(caption: HierarchicalCaption, dice: Dice) -> dict[str, str]:
    """What the roles are called: by their trade where no other has it, or by their name as before."""
    trades = {role.id: _trade(role) for role in caption.roles}
    by_trade = dice.chance(0.6)
    return {
        role.id: trades[role.id].capitalize()
        if by_trade and role.voice and list(trades.values()).count(trades[role.id]) == 1
        else role.name
        for role in caption.roles
    }


def _trade(role: Role) -> str:
    head = role.appearance.split(",")[0].split(" ", 1)[-1]
    return re.sub(r"^(?:young|old) ", "", head)


def _calls(name: str, role_name: str) -> str:
    """A name in the middle of a sentence: a trade takes its article."""
    return role_name if name == role_name else f"the {name.lower()}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _renamed(text: str, told: dict[str, tuple[str, str]]) -> str:
    for before, name in told.values():
        called = _calls(name, before)
        text = re.sub(rf"(?:(?<=^)|(?<=\. )){re.escape(_capital(before))}\b", _capital(called), text)
        text = re.sub(rf"\b{re.escape(before)}\b", called, text)
    return text


def _shot(caption: HierarchicalCaption, shot: Shot, told: dict[str, tuple[str, str]], dice: Dice) -> Shot:
    lines = _lines(caption, shot)
    action = _renamed(shot.action, told)
    if lines and dice.chance(0.35):
        before, name = told[lines[0].role]
        action = dice.pick(_SPEAKING).format(Who=_capital(_calls(name, before)))
    setting = shot.setting
    light = _LIGHT.search(setting)
    if light:
        setting = f"{setting[: light.start()]}, {light[1]}"
    elif word := Dice("daylight", setting).pick(_DAYLIGHTS):  # one place keeps its light
        setting = f"{setting}, {word}"
    return shot.model_copy(update={"action": action, "setting": _capital(setting)})


def _lines(caption: HierarchicalCaption, shot: Shot) -> list[DialogueLine]:
    return [line for line in caption.dialogue if shot.start_ms <= line.start_ms < shot.end_ms and line.on_screen]


def _role(role: Role, name: str, dice: Dice) -> Role:
    if not role.voice:
        return role.model_copy(update={"appearance": _capital(f"{role.appearance}.")})
    head, person = role.appearance.split(",")[0], (_GENDER.search(role.voice) or ["person"])[0]
    clothes = _CLOTHES.search(role.appearance)
    worn = clothes[1] if clothes else "everyday clothes"
    looks = (
        f"{head}", f"{head}, a {person}", f"{head} in {worn}", f"{head}, a {person} in {worn}",
        f"{head}: a {person} wearing {worn}", f"{head}: a tall {person} with short brown hair, wearing {worn}",
        role.appearance,
    )  # fmt: skip
    kind = {"woman": "female", "man": "male"}.get(person, "adult")
    voice = role.voice if dice.chance(0.3) else dice.pick(_VOICES).format(kind)
    return role.model_copy(update={"name": name, "appearance": f"{_capital(dice.pick(looks))}.", "voice": voice})


def _whole(caption: HierarchicalCaption, shots: tuple[Shot, ...], names: dict[str, str], dice: Dice) -> GlobalCaption:
    """The prompt that the script would have been written from, as its story."""
    called = {role.id: _calls(names[role.id], role.name) for role in caption.roles}
    told = []
    for shot in shots:
        told.append(shot.action)
        for line in _lines(caption, shot):
            who = called[line.role]
            told.append(dice.pick(_SAID).format(who=who, Who=_capital(who), text=line.text))
    style = _USUAL_STYLE if dice.chance(0.5) else dice.pick(_STYLES)
    return GlobalCaption(storyline=" ".join(told), style=style, ambience=dice.pick(_TONES))
