"""From the agents' parts to the caption; here the script becomes valid or does not exist."""

from __future__ import annotations

from typing import Any

from mavin.caption import (
    MIN_SOUND_MS,
    Aspect,
    Camera,
    DialogueLine,
    GlobalCaption,
    HierarchicalCaption,
    Role,
    Shot,
    Sound,
)
from mavin.facts import Facts, SoundFact
from mavin.facts.film import camera_words
from mavin.interval import Interval
from mavin.request import WriteRequest
from scripting.state import ScriptState
from scripting.titles import headline

__all__ = ["assemble", "setting_shown"]

SOUND_MS = 1_500
"""How long a sound event lasts where nothing says so."""


def assemble(state: ScriptState, facts: Facts, request: WriteRequest) -> HierarchicalCaption:
    """The caption from plan, scene, cast and refined shots."""
    plan, scene, cast = state["plan"], state["scene"], state["cast"]
    sounds = _placed_sounds(plan, state, facts)
    shots = tuple(_shot(shot, state, sounds[shot["id"]]) for shot in plan["shots"])
    roles = tuple(
        Role(
            id=plan["ids"][role.key],
            name=role.name,
            appearance=cast[plan["ids"][role.key]]["appearance"],
            voice=cast[plan["ids"][role.key]]["voice"],
        )
        for role in sorted(facts.roles, key=lambda role: int(plan["ids"][role.key][1:]))
    )
    return HierarchicalCaption(
        title=plan["title"],
        language=plan["language"],
        duration_ms=plan["duration_ms"],
        aspect=request.aspect or (facts.shapes[0].aspect if facts.shapes else Aspect.WIDE),
        global_caption=GlobalCaption(storyline=_storyline(facts), style=scene["style"], ambience=scene["ambience"]),
        shots=shots,
        roles=roles,
        dialogue=tuple(_line(item, facts, plan["ids"]) for item in plan["dialogue"]),
    )


def _storyline(facts: Facts) -> str:
    """The user's own story, without sentences that were addressed to the tool."""
    text = facts.prompt
    for item in sorted(facts.dropped, key=lambda item: -item.span.start):
        text = text[: item.span.start] + text[item.span.end :]
    return " ".join(text.split()) or facts.events[0].text


def _placed_sounds(plan: dict[str, Any], state: ScriptState, facts: Facts) -> dict[str, tuple[Sound, ...]]:
    """The sounds of each shot: the user's at their times; else the model's, or code's."""
    heard: dict[str, list[tuple[int, int, str]]] = {shot["id"]: [] for shot in plan["shots"]}
    for fact in facts.sounds:
        shot = _shot_of_sound(fact, plan, facts)
        start = min(max(shot["start_ms"], fact.start_ms or 0), shot["end_ms"] - MIN_SOUND_MS)
        if fact.end_ms is None:
            end = max(min(start + SOUND_MS, shot["end_ms"]), start + MIN_SOUND_MS)
            heard[shot["id"]].append((start, end, fact.text))
            continue
        for each in plan["shots"]:  # a sound that goes on over a cut is one in each shot
            left, right = max(start, each["start_ms"]), min(fact.end_ms, each["end_ms"])
            if right - left >= MIN_SOUND_MS:
                heard[each["id"]].append((left, right, fact.text))
    placed: dict[str, tuple[Sound, ...]] = {}
    number = 0
    for shot in plan["shots"]:
        sounds = sorted(heard[shot["id"]])
        if not sounds:
            start = shot["start_ms"]
            text = state["shots"][shot["id"]]["sound"] or shot["sound"]
            sounds = [(start, start + max(MIN_SOUND_MS, min(SOUND_MS, shot["end_ms"] - start)), text)]
        placed[shot["id"]] = tuple(
            Sound(id=f"X{number + index}", start_ms=start, end_ms=end, text=text)
            for index, (start, end, text) in enumerate(sounds, start=1)
        )
        number += len(sounds)
    return placed


def _shot_of_sound(fact: SoundFact, plan: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """The shot a sound falls into: by its time, else by the event it sounds during, else the first."""
    shots: list[dict[str, Any]] = plan["shots"]
    if fact.start_ms is not None:
        inside = [shot for shot in shots if Interval(shot["start_ms"], shot["end_ms"]).contains(fact.start_ms)]
        return inside[0] if inside else shots[-1]
    if fact.event is not None:
        place = facts.events[fact.event].span
        for shot in shots:
            for index in shot["events"]:
                span = plan["events"][index]["span"]
                if span["start"] < place.end and place.start < span["end"]:
                    return shot
    return shots[0]


def _shot(planned: dict[str, Any], state: ScriptState, sounds: tuple[Sound, ...]) -> Shot:
    refined = state["shots"][planned["id"]]
    action = planned["action"]
    for detail in filter(None, (planned.get("beat", ""), refined["detail"])):
        action = f"{action}{_stop(action)}{detail[:1].upper()}{detail[1:]}"
    start, end = planned["start_ms"], planned["end_ms"]
    return Shot(
        id=planned["id"],
        title=headline(planned["action"]),
        start_ms=start,
        end_ms=end,
        setting=setting_shown(planned, state),
        action=action,
        camera=_camera(planned, refined["camera"], state),
        roles=tuple(planned["roles"]),
        sounds=sounds,
    )


def setting_shown(planned: dict[str, Any], state: ScriptState) -> str:
    """One wording for one place: shots at the opening's place share the scene's setting."""
    opening = state["plan"]["shots"][0]["setting"]
    return str(state["scene"]["setting"] if planned["setting"] == opening else planned["setting"])


def _stop(text: str) -> str:
    return " " if text[-1] in ".!?。！？" else "。" if "\u4e00" <= text[-1] <= "\u9fff" else ". "


def _camera(planned: dict[str, Any], proposed: dict[str, str] | None, state: ScriptState) -> Camera:
    """The user's camera words stand; the model's proposal fills what they leave open.

    The size is not the model's to choose alone: neighbours must differ, which code has seen to.
    """
    camera = Camera.model_validate(planned["camera"])
    if proposed is None:
        return camera
    events = [state["plan"]["events"][index] for index in planned["events"]]
    said = camera_words(" ".join([planned["action"], *(event["span"]["text"] for event in events)]))
    changes = {}
    if said.movement is None:
        changes["movement"] = proposed["movement"]
    return Camera.model_validate(camera.model_dump(mode="json") | changes)


def _line(item: dict[str, Any], facts: Facts, ids: dict[str, str]) -> DialogueLine:
    quote = facts.quotes[item["quote"]]
    assert quote.speaker is not None
    role = facts.role(quote.speaker)
    return DialogueLine(
        id=item["id"],
        role=ids[quote.speaker],
        start_ms=item["start_ms"],
        end_ms=item["end_ms"],
        text=quote.text,
        delivery=quote.delivery,
        language=quote.language,
        on_screen=not (quote.off_screen or role.key == "narrator"),
    )
