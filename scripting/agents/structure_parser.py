"""Structure parser (paper §4.4, C.1): shots with boundaries, roles, dialogue intervals, the scene.

Shots, roles and times come from the user's words and the solver.  The model is asked about the place,
the look and the background sound, and how long each shot lasts where the user left it open; in longer prompts
also for facts that code missed, each with the words that hold it, and for filmable beats where an overview
speaks in general words.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from mavin.diagnostics import Diagnostic
from mavin.facts import Facts, Gender, RoleFact
from mavin.facts.story import is_overview
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome, Fate, LedgerEntry
from prompts import BeatsContext, BeatShot, FactsContext, SceneContext
from scripting.agents.asking import EXAMPLES, question, story_told, text_field
from scripting.business import business_of
from scripting.contracts import check_ambience, check_setting, check_style
from scripting.evidence import check_quotation, place_of
from scripting.foreign_places import told_in
from scripting.journeys import air_of, place_on_the_way
from scripting.pacing import free_shots, pace_field, paced, usable_pace
from scripting.places import SUPPOSED_LIGHT, light_in, place_in, relit, setting_of
from scripting.planning import Plan, clash_spans, plan_shots, role_ids, schedule, title_of
from scripting.plausible import Medium, medium_of
from scripting.progress import report
from scripting.reordering import in_order
from scripting.sentences import BEAT_CHARACTERS, check_beat
from scripting.sounds import ambience_of, sound_of, sounds_of_action
from scripting.staging import GROUP, camera_of, style_of
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
            "spans": [[plan.events[index].span.start, plan.events[index].span.end] for index in shot.events],
        }
        for shot in plan.shots
    ]
    entries: list[LedgerEntry] = []
    added = _added_facts(context, shots, entries)
    free = free_shots(plan, facts, request, times) if _asks_pace(context) else ()
    scene = _scene(context, shots, added, free)
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
    _join_places(shots, scene["setting"])
    _beats(context, shots, entries)
    scene["entries"] = [entry.model_dump(mode="json") for entry in entries]
    return Command(update={"plan": plan_data, "scene": scene}, goto="gather")


def stage_shots(plan: Plan, facts: Facts, place: str | None = None) -> dict[str, dict[str, Any]]:
    """Setting, camera and sound that code chooses for each shot; ``place`` is where a clip before this one ended."""
    staged: dict[str, dict[str, Any]] = {}
    previous = place
    before, sound = None, ""
    people = {plan.ids[role.key] for role in facts.roles if role.person and role.key in plan.ids}
    crowds = {plan.ids[role.key] for role in facts.roles if role.key in plan.ids and _are_several(role)}
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


def _asks_pace(context: ScriptContext) -> bool:
    """Whether the scene's question is put to a model that can weigh shots against each other; a small one counts up."""
    told = context.film is not None and context.film.scene is not None  # a later clip is not asked for its scene
    return context.session.available and not context.session.small and not told


def _scene(
    context: ScriptContext, shots: list[dict[str, Any]], added: dict[str, str], free: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Setting, style and ambience of the clip: the model's where it passes, code's where not.

    ``free`` are the shots whose pace is asked along; a usable answer comes back as ``pace``.
    """
    facts = context.facts
    first = shots[0]
    film = context.film
    if film is not None and film.scene is not None:
        # One look and one background for the whole film; a place that comes back keeps its wording.
        own = {} if first["setting"] == film.opening else {"setting": first["setting"]}
        by = film.scene["by"] | dict.fromkeys(own, "code")
        return {**film.scene, **own, "by": by, "rejected": []}
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
    listed = tuple(BeatShot(shot["id"], shot["action"]) for shot in shots) if free else ()
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


def _join_places(shots: list[dict[str, Any]], setting: str) -> None:
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


# ── facts that code may have missed ──────────────────────────────────────────────────────────────

KINDS = ("place", "time of day", "weather", "object", "sound")
_LONG_STORY = 22
"""Words of story from which a prompt may hide facts from code; shorter ones it reads whole."""


def _added_facts(context: ScriptContext, shots: list[dict[str, Any]], entries: list[LedgerEntry]) -> dict[str, str]:
    """The first accepted fact of each kind, in the user's words; what is not quoted from the prompt is dropped.

    Sounds go to the shot whose words hold them; every fact, accepted or not, gets its entry.
    """
    facts = context.facts
    words_told = sum(len(event.text.split()) for event in facts.events)
    if not context.session.available or context.session.small or words_told < _LONG_STORY:
        return {}  # small models quote what is not there: all of it would be dropped
    report(AGENT, "looking for facts that code may have missed")
    schema = {
        "type": "array",
        "maxItems": 5,
        "items": {
            "type": "object",
            "properties": {"kind": {"type": "string", "enum": list(KINDS)}, "quote": text_field(60)},
            "required": ["kind", "quote"],
            "additionalProperties": False,
        },
    }
    asked = question(AGENT, "facts", FactsContext(story_told(facts), KINDS), {"facts": schema}, max_tokens=200)
    answer = context.session.ask(asked)
    found: dict[str, str] = {}
    for item in answer.data["facts"] if answer is not None else ():
        kind, quote = item["kind"], item["quote"].strip(" .,;:")
        closed = [item.span for item in facts.dropped]
        problems = check_quotation(quote, facts.prompt, path=f"facts.{kind}", kind=kind, closed=closed)
        start = place_of(quote, facts.prompt)
        if problems or start is None:
            why = f"{problems[0].code}: {problems[0].message}" if problems else ""
            entries.append(LedgerEntry(kind="fact", text=quote, outcome=Fate.DROPPED, by=AGENT, why=why))
            continue
        where = _where(kind, start, shots, context)
        if where is None or kind in found:
            continue
        words = facts.prompt[start : start + len(quote)]
        found[kind] = words[:1].upper() + words[1:] if kind == "place" else words
        if kind == "sound":
            shot = next(shot for shot in shots if where == f"shots.{shot['id']}.sounds")
            shot["sound"] = words
        entries.append(
            LedgerEntry(
                kind="fact", text=words, start=start, end=start + len(words), outcome=Fate.KEPT, where=where, by=AGENT,
                why=f"a {kind} that code had not read",
            )
        )  # fmt: skip
    return found


def _where(kind: str, start: int, shots: list[dict[str, Any]], context: ScriptContext) -> str | None:
    """Where an added fact lives in the script; ``None`` where code had read it already or has no place for it."""
    facts = context.facts
    if kind == "place":
        return None if place_in(facts.prompt, facts.language, large=True) else "shots.S1.setting"
    if kind in {"time of day", "weather"}:
        return None if light_in(facts.prompt) else "shots.S1.setting"
    if kind == "sound" and facts.sounds:
        return None
    shown = next((shot for shot in shots if any(left <= start < right for left, right in shot["spans"])), None)
    return f"shots.{shown['id']}.{'sounds' if kind == 'sound' else 'action'}" if shown is not None else None


# ── beats for overviews ──────────────────────────────────────────────────────────────────────────


def _beats(context: ScriptContext, shots: list[dict[str, Any]], entries: list[LedgerEntry]) -> None:
    """Something filmable for each shot of an overview; the user's clause stands before it, whole."""
    facts = context.facts
    if not is_overview(facts):
        return
    told = [shot for shot in shots if not shot["quotes"] and not shot["added"]]
    for shot in told:
        shot["general"] = True
    if context.session.available and not context.session.small and told:
        _model_beats(context, shots, told, entries)
    # A small model is asked one shot at a time, by the refiner, and only where code knows of no business.
    for shot in told:
        if not shot.get("beat"):
            _add_business(shot, shots, facts, entries)


def _are_several(role: RoleFact) -> bool:
    return role.gender is Gender.PLURAL or GROUP.search(role.name) is not None


def _add_business(shot: dict[str, Any], shots: list[dict[str, Any]], facts: Facts, entries: list[LedgerEntry]) -> None:
    """What code knows to be seen where a shot's clause speaks in general words."""
    names = {name: key for key, name in role_ids(facts).items()}
    roles = [facts.role(names[role]) for role in shot["roles"] if role in names]
    if not roles or medium_of(shot["setting"]) in {Medium.WATER, Medium.SPACE}:
        return
    several = len(roles) > 1 or _are_several(roles[0])
    taken = {other["beat"] for other in shots if other.get("beat")}
    line = business_of(shot["action"], facts.prompt, roles[0].phrase, several=several, taken=taken)
    if line is not None:
        shot["beat"] = line
        heard = sounds_of_action(line, shot["setting"])
        shot["sound"] = heard[0] if heard else shot["sound"]
        where = f"shots.{shot['id']}.action"
        entries.append(LedgerEntry(kind="beat", text=line, outcome=Fate.ADDED, where=where, by="code"))


def _model_beats(
    context: ScriptContext, shots: list[dict[str, Any]], told: list[dict[str, Any]], entries: list[LedgerEntry]
) -> None:
    """Asks for the beats of an overview's shots, and once more for those that broke a contract."""
    report(AGENT, "finding something to film in each part of the story")
    open_shots = told
    problems: dict[str, str] = {}
    for attempt in range(2):
        problems = _ask_beats(context, shots, open_shots, problems, attempt, entries)
        open_shots = [shot for shot in told if shot["id"] in problems]
        if 2 * len(open_shots) < len(told):
            break


def _ask_beats(
    context: ScriptContext,
    shots: list[dict[str, Any]],
    told: list[dict[str, Any]],
    problems: dict[str, str],
    attempt: int,
    entries: list[LedgerEntry],
) -> dict[str, str]:
    """Asks for the beats of some shots; the accepted ones enter their shots, the messages of the others come back."""
    facts = context.facts
    asked = question(
        AGENT,
        "beats",
        BeatsContext(
            story_told(facts),
            context.request.language or facts.language,
            tuple(BeatShot(shot["id"], shot["action"]) for shot in told),
            tuple(dict.fromkeys(problems.values())),
        ),
        {shot["id"]: text_field(BEAT_CHARACTERS) for shot in told},
        max_tokens=45 * len(told) + 40,
        attempt=attempt,
    )
    answer = context.session.ask(asked)
    if answer is None:
        return {}
    open_problems: dict[str, str] = {}
    for shot in told:
        beat = answer.data[shot["id"]].strip().rstrip(".")
        number = shots.index(shot)
        where = f"shots.{shot['id']}.action"
        found = check_beat(
            beat,
            path=where,
            prompt=facts.prompt,
            event=shot["action"],
            later=[later["action"] for later in shots[number + 1 :]],
            others=[other["beat"] for other in shots if other.get("beat")],
            cast=[role.name for role in facts.roles],
            examples=EXAMPLES,
            language=context.request.language or facts.language,
        )
        if found:
            open_problems[shot["id"]] = found[0].message
            why = f"{found[0].code}: {found[0].message}"
            entries.append(LedgerEntry(kind="repair", text=beat, outcome=Fate.DROPPED, by=AGENT, why=why))
        else:
            shot["beat"] = beat
            entries.append(LedgerEntry(kind="beat", text=beat, outcome=Fate.ADDED, where=where, by=AGENT))
    return open_problems
