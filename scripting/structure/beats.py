"""Beats: something filmable for each shot of an overview, by the model where it passes, by code where it knows some."""

from __future__ import annotations

from typing import Any

from mavin.facts import Facts, Gender, RoleFact
from mavin.facts.story import is_overview
from mavin.ledger import Fate, LedgerEntry
from prompts import BeatsContext, BeatShot
from scripting.agents.asking import EXAMPLES, question, story_told, text_field
from scripting.business import business_of
from scripting.planning import role_ids
from scripting.plausible import Medium, medium_of
from scripting.progress import report
from scripting.sentences import BEAT_CHARACTERS, check_beat
from scripting.sounds import sounds_of_action
from scripting.staging import GROUP
from scripting.state import ScriptContext
from scripting.structure import AGENT

__all__ = ["add_beats", "are_several"]


def add_beats(context: ScriptContext, shots: list[dict[str, Any]], entries: list[LedgerEntry]) -> None:
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


def are_several(role: RoleFact) -> bool:
    """Whether a role is a group of people or animals."""
    return role.gender is Gender.PLURAL or GROUP.search(role.name) is not None


def _add_business(shot: dict[str, Any], shots: list[dict[str, Any]], facts: Facts, entries: list[LedgerEntry]) -> None:
    """What code knows to be seen where a shot's clause speaks in general words."""
    names = {name: key for key, name in role_ids(facts).items()}
    roles = [facts.role(names[role]) for role in shot["roles"] if role in names]
    if not roles or medium_of(shot["setting"]) in {Medium.WATER, Medium.SPACE}:
        return
    several = len(roles) > 1 or are_several(roles[0])
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
