"""Structure parser (paper §4.4, C.1): shots with boundaries, roles, dialogue intervals, the scene.

Shots, roles and times come from the user's words and the solver.  The model is asked about the place,
the look and the background sound, and how long each shot lasts where the user left it open; in longer prompts
also for facts that code missed, each with the words that hold it, and for filmable beats where an overview
speaks in general words.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from mavin.facts import Facts
from mavin.facts.story import is_overview
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome, LedgerEntry
from scripting.journeys import place_on_the_way
from scripting.pacing import free_shots, paced
from scripting.places import relit, setting_of
from scripting.planning import Plan, plan_shots
from scripting.progress import report
from scripting.reordering import in_order
from scripting.scheduling import clash_spans, schedule
from scripting.sounds import sound_of
from scripting.staging import camera_of
from scripting.state import ScriptContext, ScriptState
from scripting.structure import AGENT
from scripting.structure.beats import add_beats, are_several
from scripting.structure.missed import missed_facts
from scripting.structure.scene import asks_pace, join_places, scene_of
from scripting.timing import InfeasibleError
from scripting.titles import title_of

__all__ = ["parse_structure", "stage_shots"]


def parse_structure(state: ScriptState, runtime: Runtime[ScriptContext]) -> Command[Literal["gather"]]:
    """Plans the shots and solves their times; refuses where the fixed times cannot all hold."""
    context = runtime.context
    facts, request = context.facts, context.request
    report(AGENT, "planning shots, cuts and lines")
    plan = plan_shots(in_order(facts, state.get("conflicts", [])), request)
    try:
        times, lines = schedule(plan, facts, request)
    except InfeasibleError as clash:
        spans, explanation = clash_spans(clash, plan, facts)
        conflict = Conflict(
            kind=ConflictKind.TEMPORAL,
            spans=spans,
            explanation=explanation,
            outcome=ConflictOutcome.REFUSED,
            by="code",
        )
        update: dict[str, Any] = {"conflicts": [conflict.model_dump(mode="json")], "refused": True}
        return Command(update=update, goto="gather")
    staged = stage_shots(plan, facts, context.film.place if context.film is not None else None)
    shots = [
        {
            **asdict(shot),
            **staged[shot.id],
            "spans": [[plan.events[index].span.start, plan.events[index].span.end] for index in shot.events],
        }
        for shot in plan.shots
    ]
    entries: list[LedgerEntry] = []
    added = missed_facts(context, shots, entries)
    free = free_shots(plan, facts, request, times) if asks_pace(context) else ()
    scene = scene_of(context, shots, added, free)
    if pace := scene.pop("pace", None):
        times, paces = paced(plan, facts, request, times, pace, AGENT)
        entries += paces
    for shot in shots:
        shot["start_ms"], shot["end_ms"] = times.shots[shot["id"]].start_ms, times.shots[shot["id"]].end_ms
    dialogue = [
        {"id": name, "quote": index, "start_ms": times.lines[name].start_ms, "end_ms": times.lines[name].end_ms}
        for index, name in lines.items()
    ]
    plan_data = {
        "title": title_of(facts),
        "language": request.language or facts.language,
        "duration_ms": times.duration_ms,
        "ids": plan.ids,
        "shots": shots,
        "events": [{"span": event.span.model_dump()} for event in plan.events],
        "dialogue": dialogue,
    }
    join_places(shots, scene["setting"])
    add_beats(context, shots, entries)
    scene["entries"] = [entry.model_dump(mode="json") for entry in entries]
    return Command(update={"plan": plan_data, "scene": scene}, goto="gather")


def stage_shots(plan: Plan, facts: Facts, place: str | None = None) -> dict[str, dict[str, Any]]:
    """Setting, camera and sound that code chooses for each shot; ``place`` is where a clip before this one ended."""
    staged: dict[str, dict[str, Any]] = {}
    previous = place
    before, sound = None, ""
    people = {plan.ids[role.key] for role in facts.roles if role.person and role.key in plan.ids}
    crowds = {plan.ids[role.key] for role in facts.roles if role.key in plan.ids and are_several(role)}
    travels, places = is_overview(facts), list[str]()
    for number, shot in enumerate(plan.shots):
        events = [plan.events[index] for index in shot.events]
        setting, own = setting_of(facts, shot.action, previous)
        on_the_way = place_on_the_way(shot.action, facts.prompt, places) if travels else None
        if on_the_way is not None:
            setting, own = on_the_way, True
            places.append(setting)
        setting = relit(setting, shot.action, facts)
        lead = events[0] if events else plan.events[0]
        if not events:
            lead = type(lead)(span=lead.span, text=shot.action)
        before = camera_of(
            lead,
            number,
            len(plan.shots),
            before,
            new_place=on_the_way is not None,
            crowd=bool(crowds & set(shot.roles)),
        )
        staged[shot.id] = {
            "setting": setting,
            "own_place": own,
            "on_the_way": on_the_way is not None,
            "camera": before.model_dump(mode="json"),
            "sound": sound_of(
                shot.action,
                setting,
                sound,
                dressed=any(role in people for role in shot.roles),
                language=facts.language,
            ),
        }
        previous, sound = setting, staged[shot.id]["sound"]
    return staged
