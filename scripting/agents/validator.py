"""Validator (paper C.1): conflicts in the user's own words, before anything is written.

What code can decide is decided here and stops the run; what only a model suspects is confirmed by a
counter-question and shown, and refused under ``strict``.  Nothing is ever added to the user's text.
"""

from __future__ import annotations

from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from mavin.errors import InvalidInputError
from mavin.facts import Facts
from mavin.ledger import Conflict, ConflictOutcome
from scripting.agents.suspicions import suspicions
from scripting.conflicts import code_conflicts
from scripting.progress import report
from scripting.state import ScriptContext, ScriptState

__all__ = ["find_conflicts", "require_story", "suspect", "validate"]

AGENT = "validator"


_Next = Literal["suspect", "parse_structure", "align_identities", "__end__"]


def validate(state: ScriptState, runtime: Runtime[ScriptContext]) -> Command[_Next]:
    """Looks for conflicts; ends the run where code finds one that cannot be resolved."""
    del state
    context = runtime.context
    next_nodes: list[_Next] = ["parse_structure", "align_identities"]
    if context.film is not None:  # the whole story has been checked before it was divided
        return Command(update={"refused": False}, goto=next_nodes)
    report(AGENT, "checking the prompt for contradictions")
    require_story(context.facts)
    update = _update(code_conflicts(context.facts, context.request))
    if update["refused"]:
        return Command(update=update, goto="__end__")
    return Command(update=update, goto=["suspect", *next_nodes] if context.session.available else next_nodes)


def suspect(state: ScriptState, runtime: Runtime[ScriptContext]) -> Command[Literal["gather"]]:
    """Asks the model for conflicts that code cannot decide, while plan and cast are in work."""
    del state
    return Command(update=_update(suspicions(runtime.context)), goto="gather")


def _update(conflicts: list[Conflict]) -> dict[str, Any]:
    return {
        "conflicts": [conflict.model_dump(mode="json") for conflict in conflicts],
        "refused": any(conflict.outcome is ConflictOutcome.REFUSED for conflict in conflicts),
    }


def find_conflicts(context: ScriptContext) -> list[Conflict]:
    """What code decides, and, where code refuses nothing, what the model suspects."""
    conflicts = code_conflicts(context.facts, context.request)
    if not any(conflict.outcome is ConflictOutcome.REFUSED for conflict in conflicts):
        conflicts += suspicions(context)
    return conflicts


def require_story(facts: Facts) -> None:
    """Raises InvalidInputError if the prompt tells nothing that could be shown."""
    if facts.events:
        return
    if facts.dropped:
        said = facts.dropped[0].span.text
        raise InvalidInputError(
            f"The prompt tells no story: {said!r} is addressed to the tool, and instructions to it are not "
            "filmed. Say who does what, and where."
        )
    raise InvalidInputError(
        "The prompt tells no story, only wishes about the film. Say who does what, and where, for example: "
        '"A fox finds a lantern in the snow."'
    )
