"""Structure parser (paper §4.4, C.1): shots with boundaries, roles, dialogue intervals, the scene.

Shots, roles and times come from the user's words and the solver; the model is asked one question,
about the place, the look and the background sound.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from mavin.facts import Facts
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome
from prompts import SceneContext
from scripting.agents.asking import EXAMPLES, question, text_field
from scripting.contracts import check_descriptor
from scripting.planning import Plan, clash_spans, plan_shots, schedule, title_of
from scripting.progress import report
from scripting.reordering import in_order
from scripting.staging import ambience_of, camera_of, place_in, setting_of, sound_of, style_of
from scripting.state import ScriptContext, ScriptState
from scripting.timing import InfeasibleError

__all__ = ["parse_structure", "stage_shots"]

AGENT = "structure_parser"


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
            "start_ms": times.shots[shot.id].start_ms,
            "end_ms": times.shots[shot.id].end_ms,
        }
        for shot in plan.shots
    ]
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
    return Command(update={"plan": plan_data, "scene": _scene(context, staged)}, goto="gather")


def stage_shots(plan: Plan, facts: Facts, place: str | None = None) -> dict[str, dict[str, Any]]:
    """Setting, camera and sound that code chooses for each shot; ``place`` is where a clip before this one ended."""
    staged: dict[str, dict[str, Any]] = {}
    previous = place
    before = None
    for number, shot in enumerate(plan.shots):
        events = [plan.events[index] for index in shot.events]
        setting, own = setting_of(facts, shot.action, previous)
        lead = events[0] if events else plan.events[0]
        if not events:
            lead = type(lead)(span=lead.span, text=shot.action)
        before = camera_of(lead, number, len(plan.shots), before)
        staged[shot.id] = {
            "setting": setting,
            "own_place": own,
            "camera": before.model_dump(mode="json"),
            "sound": sound_of(shot.action, setting),
        }
        previous = setting
    return staged


def _scene(context: ScriptContext, staged: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Setting, style and ambience of the clip: the model's where it passes, code's where not."""
    facts = context.facts
    first = next(iter(staged.values()))
    film = context.film
    if film is not None and film.scene is not None:
        # One look and one background for the whole film; a place that comes back keeps its wording.
        own = {} if first["setting"] == film.opening else {"setting": first["setting"]}
        by = film.scene["by"] | dict.fromkeys(own, "code")
        return {**film.scene, **own, "by": by, "rejected": []}
    known = {
        "setting": first["setting"],
        "style": style_of(facts),
        "ambience": ambience_of(facts.prompt, first["setting"]),
    }
    scene: dict[str, Any] = {**known, "by": dict.fromkeys(known, "code"), "rejected": []}
    if facts.style:
        scene["by"]["style"] = "user"
    if not context.session.available:
        return scene
    report(AGENT, "choosing the place, the look and the background sound")
    language = context.request.language or facts.language
    given = place_in(facts.prompt, facts.language, large=True) or ""
    answer = None
    for attempt in range(2):
        asked = question(
            AGENT,
            "scene",
            SceneContext(facts.prompt, language, given),
            {"setting": text_field(140), "style": text_field(80), "ambience": text_field(80)},
            max_tokens=160,
            attempt=attempt,
        )
        answer = context.session.ask(asked)
        if answer is None:
            return scene
        if not _scene_problems(answer.data, facts, given):
            break
    assert answer is not None
    problems = _scene_problems(answer.data, facts, given)
    for name in known:
        if name in problems:
            scene["rejected"].append({"path": f"scene.{name}", "text": answer.data[name], "why": problems[name]})
        elif scene["by"][name] != "user":
            scene[name], scene["by"][name] = answer.data[name].strip().rstrip("."), AGENT
    return scene


def _scene_problems(data: dict[str, str], facts: Facts, given: str) -> dict[str, str]:
    """First problem of each field; a setting must keep the place that the user named."""
    problems: dict[str, str] = {}
    for name, words, characters in (("setting", 26, 140), ("style", 14, 80), ("ambience", 14, 80)):
        found = check_descriptor(
            data[name], path=f"scene.{name}", prompt=facts.prompt, words=words, examples=EXAMPLES, characters=characters
        )
        if found:
            problems[name] = found[0].message
    head = given.split()[-1].casefold() if given else ""
    if head and head not in data["setting"].casefold():
        problems.setdefault("setting", f"It must keep the user's place, {given!r}.")
    return problems
