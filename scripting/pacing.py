"""Pacing: the model says which shots are short or long; the solver moves only cuts that nobody fixed (design §4.3).

plan ─▶ solve by code's weights ─▶ which shots are free? ─▶ asked with the scene ─▶ solve again, same total
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mavin.facts import Facts
from mavin.ledger import Fate, LedgerEntry
from mavin.request import WriteRequest
from scripting.planning import Plan
from scripting.scheduling import SHOT_WEIGHT_MS, schedule
from scripting.timing import Schedule

__all__ = ["PACES", "free_shots", "pace_field", "paced", "usable_pace"]

PACES = {"short": 1_600, "middle": SHOT_WEIGHT_MS, "long": 3_900}
"""Weights of the three answers: each about one and a half times the one before."""


def free_shots(plan: Plan, facts: Facts, request: WriteRequest, times: Schedule) -> tuple[str, ...]:
    """The shots whose length a proposal can change: none where a moment of the user's hangs on where the cuts are."""
    if len(plan.shots) < 2 or _moments_hang_on_cuts(plan, facts):
        return ()
    free = []
    for shot in plan.shots:
        tried = [_placed(plan, facts, request, times, {shot.id: PACES[name]}) for name in ("short", "long")]
        if any(other.shots[shot.id] != times.shots[shot.id] for other in tried):
            free.append(shot.id)
    return tuple(free) if len(free) > 1 else ()


def _moments_hang_on_cuts(plan: Plan, facts: Facts) -> bool:
    """Whether a time is told of something that lies inside a shot, which a cut could leave on its wrong side."""
    if any(sound.start_ms is not None for sound in facts.sounds):
        return True
    if any(rule.time_span is not None for rule in facts.rules):
        return True
    for shot in plan.shots:
        for event in (plan.events[index] for index in shot.events):
            if event.start_ms not in {None, shot.start_ms} or event.end_ms not in {None, shot.end_ms}:
                return True
    return False


def pace_field(shots: tuple[str, ...]) -> dict[str, Any]:
    """The schema of the answer: one of three words for each free shot."""
    return {
        "type": "object",
        "properties": {name: {"type": "string", "enum": list(PACES)} for name in shots},
        "required": list(shots),
        "additionalProperties": False,
    }


def usable_pace(proposed: Any, shots: tuple[str, ...]) -> dict[str, str]:
    """What the model proposed, shot by shot; nothing of an answer that is not one of the three words for each."""
    if not isinstance(proposed, dict) or set(proposed) != set(shots):
        return {}
    if any(not isinstance(word, str) or word not in PACES for word in proposed.values()):
        return {}
    return dict(proposed)


def paced(
    plan: Plan, facts: Facts, request: WriteRequest, times: Schedule, pace: Mapping[str, str], agent: str
) -> tuple[Schedule, list[LedgerEntry]]:
    """The times by the proposed pace, within the total that code had solved, and what the ledger says of it."""
    placed = _placed(plan, facts, request, times, {name: PACES[word] for name, word in pace.items()})
    moved = [name for name in pace if placed.shots[name] != times.shots[name]]
    entries = [
        LedgerEntry(
            kind="pace", text=pace[name], outcome=Fate.ADDED, where=f"shots.{name}", by=agent,
            why="the share of the free time that was proposed for this shot",
        )
        for name in moved
    ]  # fmt: skip
    return placed, entries


def _placed(plan: Plan, facts: Facts, request: WriteRequest, times: Schedule, weights: Mapping[str, int]) -> Schedule:
    return schedule(plan, facts, request, weights=weights, total_ms=times.duration_ms)[0]
