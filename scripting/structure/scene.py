"""The scene: where it happens, how it looks and sounds, and how long each of its shots lasts."""

from __future__ import annotations

import re
from typing import Any

from mavin.diagnostics import Diagnostic
from mavin.facts import Facts
from prompts import BeatShot, PaceContext, SceneContext
from scripting.agents.asking import EXAMPLES, question, story_told, text_field
from scripting.contracts import check_ambience, check_setting, check_style
from scripting.foreign_places import told_in
from scripting.journeys import air_of
from scripting.pacing import pace_field, usable_pace
from scripting.places import SUPPOSED_LIGHT, light_in, place_in
from scripting.progress import report
from scripting.sounds import ambience_of
from scripting.staging import style_of
from scripting.state import ScriptContext
from scripting.structure import AGENT

__all__ = ["asks_pace", "join_places", "scene_of"]


def asks_pace(context: ScriptContext) -> bool:
    """Whether the model can weigh shots against each other; a small one answers by their places, the first "short"."""
    return context.session.available and not context.session.small


def scene_of(
    context: ScriptContext, shots: list[dict[str, Any]], added: dict[str, str], free: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Setting, style and ambience of the clip: the model's where it passes, code's where not.

    ``free`` are the shots whose pace is asked along; a usable answer comes back as ``pace``.
    """
    facts = context.facts
    first = shots[0]
    film = context.film
    if film is not None and film.scene is not None:
        return _later_scene(context, film.scene, film.opening, shots, free)
    given = added.get("place", "")
    if given:
        first["setting"], first["own_place"] = given, True
    elif first["own_place"]:
        given = place_in(first["action"], facts.language, large=True) or ""
    lights = [added[kind] for kind in ("time of day", "weather") if kind in added]
    told = light_in(first["action"]) if facts.language == "en" else None
    known = {
        "setting": ", ".join([first["setting"], *lights]),
        "style": style_of(facts),
        "ambience": ambience_of(told_in(facts), first["setting"], facts.language),
    }
    scene: dict[str, Any] = {**known, "by": dict.fromkeys(known, "code"), "rejected": []}
    fixed: set[str] = set()
    if facts.style:
        scene["by"]["style"] = "user"
        fixed.add("style")
    if any(shot["on_the_way"] for shot in shots):
        # One setting and one background by the model would put a journey into one place.
        scene["ambience"] = air_of(facts.prompt)
        fixed |= {"ambience", "setting"}
    if not context.session.available:
        return scene
    if context.session.small and (context.request.language or facts.language) == "en":
        # A small model hears butterflies and puts a penguin on a pond: code's background stands, and its place stays.
        fixed.add("ambience")
        given = given or first["setting"].split(",")[0]
    report(AGENT, "choosing the place, the look and the background sound")
    language = context.request.language or facts.language
    problems: dict[str, Diagnostic] = {}
    best: dict[str, str] = {}
    listed = _listed(shots) if free else ()
    fields = {"setting": text_field(140), "style": text_field(80), "ambience": text_field(80)}
    if free:
        fields["pace"] = pace_field(free)
    for attempt in range(2):
        messages = tuple(item.message for item in problems.values())
        asked = question(
            AGENT,
            "scene",
            SceneContext(story_told(facts), language, given, listed, free, messages),
            fields,
            max_tokens=160 + 12 * len(free),
            attempt=attempt,
        )
        answer = context.session.ask(asked)
        if answer is None:
            break
        if free and "pace" not in scene and (pace := usable_pace(answer.data.get("pace"), free)):
            scene["pace"] = pace
        asked_for = [*lights, *_unlit(answer.data["setting"], told)]
        problems = _scene_problems(answer.data, facts, given, language, asked_for)
        for name in known:
            text = answer.data[name].strip().rstrip(".")
            if name in problems:
                item = problems[name]
                why = f"{item.code}: {item.message}"
                scene["rejected"].append({"path": f"scene.{name}", "text": text, "why": why})
            else:
                best.setdefault(name, text)
        if not problems.keys() - {"ambience"}:
            break  # the place's own sound is known to code
    for name, text in best.items():
        if name not in fixed:
            scene[name], scene["by"][name] = text, AGENT
    if scene["by"]["ambience"] == "code" and "ambience" not in fixed:
        scene["ambience"] = ambience_of(told_in(facts), scene["setting"], facts.language)
    return scene


def _later_scene(
    context: ScriptContext, opening: dict[str, Any], place: str, shots: list[dict[str, Any]], free: tuple[str, ...]
) -> dict[str, Any]:
    """One look and one background for the whole film; a place that comes back keeps its wording.

    Only the pace is asked: ``opening`` is the first clip's scene, and ``place`` what code had proposed for it.
    """
    own = {} if shots[0]["setting"] == place else {"setting": shots[0]["setting"]}
    by = opening["by"] | dict.fromkeys(own, "code")
    scene = {**opening, **own, "by": by, "rejected": []}
    if not free:
        return scene
    report(AGENT, "choosing the pace")
    asked = PaceContext(story_told(context.facts), _listed(shots), free)
    asking = question(AGENT, "pace", asked, {"pace": pace_field(free)}, max_tokens=20 + 12 * len(free))
    answer = context.session.ask(asking)
    if answer is not None and (pace := usable_pace(answer.data.get("pace"), free)):
        scene["pace"] = pace
    return scene


def _listed(shots: list[dict[str, Any]]) -> tuple[BeatShot, ...]:
    return tuple(BeatShot(shot["id"], shot["action"]) for shot in shots)


def _unlit(setting: str, told: str | None) -> list[str]:
    """The hour or weather of the first clause where a setting does not have it: "in the rain" is in "a rainy alley"."""
    return [told] if told is not None and light_in(setting) != told else []


def _scene_problems(
    data: dict[str, str], facts: Facts, given: str, language: str, lights: list[str]
) -> dict[str, Diagnostic]:
    """First problem of each field; a setting must keep the place, the hour and the weather that the user named."""
    cast = [role.name for role in facts.roles]
    setting = data["setting"]
    found = {
        "setting": check_setting(
            setting,
            path="scene.setting",
            prompt=facts.prompt,
            given=given,
            lights=lights,
            cast=cast,
            examples=EXAMPLES,
            language=language,
        ),
        "style": check_style(
            data["style"], path="scene.style", prompt=facts.prompt, examples=EXAMPLES, language=language
        ),
        "ambience": check_ambience(
            data["ambience"],
            path="scene.ambience",
            prompt=facts.prompt,
            setting=setting,
            examples=EXAMPLES,
            language=language,
        ),
    }
    return {name: problems[0] for name, problems in found.items() if problems}


_LIT = re.compile(
    r"\b(?:\w*light|\w*lit|sun\w*|moon\w*|lamps?|glow\w*|dusk|dawn|night|noon|evening|morning|shade|neon)\b", re.I
)


def join_places(shots: list[dict[str, Any]], setting: str) -> None:
    """One wording and one light for one place: a later shot at "the pool" is at the swimming pool of the opening.

    Daylight that only code has supposed gives way to the light that the opening has.
    """
    opening = shots[0]["setting"]
    place, *rest = setting.split(",")
    light = next((part.strip() for part in reversed(rest) if _LIT.search(part)), "")
    for shot in shots[1:]:
        own = shot["setting"].split(",")[0]
        if shot["own_place"] and shot["setting"] != opening and own.split()[-1].casefold() in place.casefold().split():
            shot["setting"], shot["own_place"] = opening, False
        elif light and shot["setting"] != opening and shot["setting"].endswith(SUPPOSED_LIGHT):
            shot["setting"] = f"{own}, {light}"
