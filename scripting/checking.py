"""The check node: contracts over all shots, the repair loop, and the last word of code (design §4.4).

refine ──▶ check ──problems, turns left──▶ refine (only the shots with problems, with their diagnostics)
             │
             └──▶ caption   what still fails is left out, and the ledger says so
"""

from __future__ import annotations

from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command, Send
from pydantic import ValidationError

from mavin.diagnostics import Diagnostic
from mavin.errors import InvalidInputError
from mavin.facts import Facts, Gender
from mavin.ledger import Fate, LedgerEntry
from scripting.accounting import ledger_of
from scripting.agents.asking import EXAMPLES
from scripting.agents.narrative_refiner import cast_words, refine_tasks
from scripting.assembly import assemble, setting_shown
from scripting.contracts import check_sound
from scripting.progress import report
from scripting.references.study import reference_entries
from scripting.sentences import check_detail, check_look
from scripting.state import MAX_REPAIRS, ScriptContext, ScriptState
from scripting.things import check_object, check_place_alone, check_things, objects_of

__all__ = ["check"]


def check(state: ScriptState, runtime: Runtime[ScriptContext]) -> Command[Literal["refine", "__end__"]]:
    """Checks every refined shot; asks again, or drops what fails and builds the caption."""
    context = runtime.context
    report("check", "checking the script")
    problems = {shot["id"]: _problems(shot["id"], state, context) for shot in state["plan"]["shots"]}
    failing = {name: found for name, found in problems.items() if found}
    # A sound that does not fit is not worth another question: code knows one that does.
    # Nor is a detail of a shot that its beat has made concrete already.
    beaten = {shot["id"] for shot in state["plan"]["shots"] if shot.get("beat")}
    asked_again = {
        name: found
        for name, found in failing.items()
        if name not in beaten and any(item.code != "unfit_sound" for item in found)
    }
    repairs = state.get("repairs", 0)
    # A small model that failed twice fails a third time.
    most = 1 if context.session.small else MAX_REPAIRS
    if asked_again and repairs < most and context.session.available:
        messages = {name: [item.message for item in found] for name, found in asked_again.items()}
        tasks = refine_tasks(state["plan"], state["scene"], messages, repairs + 1)
        return Command(update={"repairs": repairs + 1}, goto=[Send("refine", task) for task in tasks])
    settled = {name: _settled(state["shots"][name], found) for name, found in failing.items()}
    final: ScriptState = {**state, "shots": {**state["shots"], **settled}}
    try:
        caption = assemble(final, context.facts, context.request)
    except ValidationError as error:
        # Signs without a word, such as an emoji of several: nothing that a caption could say.
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the script"
        raise InvalidInputError(
            f"The prompt holds a part that no script can tell ({where}: {first['msg']}). Say it in words."
        ) from None
    ledger = ledger_of(final, caption, context.facts, context.request)
    ledger += reference_entries(state)
    ledger += _repair_entries(state, failing)
    ledger += _model_entries(context)
    return Command(
        update={
            "shots": settled,
            "caption": caption.model_dump(mode="json"),
            "ledger": [entry.model_dump(mode="json") for entry in ledger],
        },
        goto="__end__",
    )


def _problems(name: str, state: ScriptState, context: ScriptContext) -> list[Diagnostic]:
    shots = state["plan"]["shots"]
    number = next(index for index, shot in enumerate(shots) if shot["id"] == name)
    refined = state["shots"][name]
    found: list[Diagnostic] = []
    facts = context.facts
    shot, language = shots[number], context.request.language or facts.language
    shown = " ".join(part for part in (shot["action"], shot.get("beat", "")) if part)
    if refined["detail"]:
        earlier = [state["shots"][item["id"]]["detail"] for item in shots[:number]]
        found += check_detail(
            refined["detail"],
            path=f"shots.{name}.action",
            prompt=facts.prompt,
            event=shown,
            later=[item["action"] for item in shots[number + 1 :]],
            others=[detail for detail in earlier if detail],
            cast=[role.name for role in facts.roles],
            genders=_genders(shot["roles"], state, facts),
            examples=EXAMPLES,
            language=language,
            acts=bool(shot.get("general")) and not shot.get("beat"),
        )
        looks = [state["cast"][role]["appearance"] for role in shot["roles"] if role in state["cast"]]
        general = bool(shot.get("general")) and not shot.get("beat")
        if language == "en" and general and context.session.small:
            known = " ".join([facts.prompt, setting_shown(shot, state), shot["setting"]])
            found += check_things(refined["detail"], path=f"shots.{name}.action", known=known)
        if language == "en" and not general and context.session.small:
            known = " ".join([facts.prompt, setting_shown(shot, state), shot["setting"], *looks])
            found += check_things(refined["detail"], path=f"shots.{name}.action", known=known)
            cast = cast_words(facts)
            found += check_place_alone(refined["detail"], path=f"shots.{name}.action", cast=cast)
            objects = objects_of(shot["action"], cast)
            found += check_object(refined["detail"], objects, path=f"shots.{name}.action")
        if looks and language == "en":
            found += check_look(refined["detail"], path=f"shots.{name}.action", looks=looks, prompt=facts.prompt)
    if refined["sound"]:
        found += check_sound(
            refined["sound"],
            path=f"shots.{name}.sounds",
            prompt=facts.prompt,
            action=shown,
            setting=setting_shown(shot, state),
            examples=EXAMPLES,
            language=language,
        )
    return found


def _genders(roles: list[str], state: ScriptState, facts: Facts) -> list[Gender]:
    """What pronouns the roles of a shot take; an animal of unknown sex is an "it" in this script."""
    ids = state["plan"]["ids"]
    present = [role for role in facts.roles if ids[role.key] in roles]
    return [Gender.NEUTER if role.gender is Gender.UNKNOWN and not role.person else role.gender for role in present]


def _settled(refined: dict[str, Any], found: list[Diagnostic]) -> dict[str, Any]:
    """The refined shot without the words that failed: the user's clause and code's sound stand."""
    paths = {(item.path or "").rsplit(".", 1)[-1] for item in found}
    return {
        **refined,
        "detail": "" if "action" in paths else refined["detail"],
        "sound": "" if "sounds" in paths else refined["sound"],
    }


def _repair_entries(state: ScriptState, failing: dict[str, list[Diagnostic]]) -> list[LedgerEntry]:
    entries = []
    for name, found in failing.items():
        for item in found:
            field = (item.path or "").rsplit(".", 1)[-1]
            words = state["shots"][name]["detail" if field == "action" else "sound"]
            entries.append(_dropped(words, f"{item.code}: {item.message}", "narrative_refiner"))
    entries += [_dropped(item["text"], item["why"], "structure_parser") for item in state["scene"]["rejected"]]
    entries += [LedgerEntry.model_validate(item) for item in state["scene"].get("entries", [])]
    for entry in state["cast"].values():
        entries += [_dropped(item["text"], item["why"], "identity_aligner") for item in entry["rejected"]]
    return entries


def _dropped(text: str, why: str, agent: str) -> LedgerEntry:
    return LedgerEntry(kind="repair", text=text, outcome=Fate.DROPPED, by=agent, why=why)


def _model_entries(context: ScriptContext) -> list[LedgerEntry]:
    """What the script has missed because the model failed: all that came later, or single questions."""
    lost = context.session.take_unanswered()
    if context.session.gave_up is not None:
        return [_without(context.session.gave_up, "finished without the model")]
    told = []
    for agent, (count, reason) in lost.items():
        questions = "1 question" if count == 1 else f"{count} questions"
        text = f"{questions} of the {agent.replace('_', ' ')} had no usable answer: {reason}"
        told.append(_without(text, "finished with code's own words there"))
    return told


def _without(text: str, why: str) -> LedgerEntry:
    return LedgerEntry(kind="model", text=text, outcome=Fate.DROPPED, by="code", why=why)
