"""Identity aligner (paper §4.4, C.1): the cast's looks and voices, stable over all shots.

The user's own words for a role always stand first in its appearance; the model may only add to them.
References are bound to their roles by name or id.
"""

from __future__ import annotations

from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from mavin.errors import UsageError
from mavin.facts import Facts, Gender, RoleFact
from mavin.request import WriteRequest
from prompts import CastContext, RoleContext
from scripting.agents.asking import EXAMPLES, question, text_field
from scripting.contracts import check_descriptor, check_gender
from scripting.planning import role_ids
from scripting.progress import report
from scripting.staging import appearance_of, voice_of
from scripting.state import ScriptContext, ScriptState

__all__ = ["align_identities", "role_named"]

AGENT = "identity_aligner"


def role_named(who: str, facts: Facts) -> str:
    """Id of the role that ``--ref WHO=…`` means: an id, a name, or a noun of the prompt.

    Raises:
        UsageError: if no role, or more than one, goes by that name.
    """
    ids = role_ids(facts)
    wanted = who.strip().casefold()
    exact = [
        ids[role.key] for role in facts.roles if wanted in {ids[role.key].casefold(), role.key, role.name.casefold()}
    ]
    loose = [ids[role.key] for role in facts.roles if wanted in role.name.casefold().split()]
    found = exact or loose
    if len(found) == 1:
        return found[0]
    cast = ", ".join(f"{ids[role.key]} ({role.name})" for role in facts.roles) or "nobody"
    raise UsageError(f"--ref must name one role of the story, got {who!r}. The story has: {cast}.")


def align_identities(state: ScriptState, runtime: Runtime[ScriptContext]) -> Command[Literal["gather"]]:
    """Gives each role its appearance and voice."""
    del state
    context = runtime.context
    if context.film is not None and context.film.cast is not None:
        return Command(update={"cast": context.film.cast}, goto="gather")
    facts = context.story
    speakers = {quote.speaker for quote in facts.quotes}
    ids = role_ids(facts)
    cast: dict[str, Any] = {
        ids[role.key]: {
            "appearance": appearance_of(role),
            "voice": voice_of(role, role.key in speakers),
            "by": {"appearance": "user" if _described(role) else "code", "voice": "code"},
            "rejected": [],
        }
        for role in facts.roles
    }
    if facts.roles and context.session.available:
        report(AGENT, "describing the cast")
        _describe(context, cast, ids)
    return Command(update={"cast": cast}, goto="gather")


_GENDERS = {Gender.FEMALE: "female", Gender.MALE: "male", Gender.PLURAL: "several of them"}


def _described(role: RoleFact) -> bool:
    return not (role.named and role.mention.casefold() == role.name.casefold())


def _describe(context: ScriptContext, cast: dict[str, Any], ids: dict[str, str]) -> None:
    facts, request = context.story, context.request
    roles = tuple(
        RoleContext(ids[role.key], role.name, role.mention, _GENDERS.get(role.gender, "")) for role in facts.roles
    )
    descriptor = {
        "type": "object",
        "properties": {"appearance": text_field(150), "voice": text_field(80)},
        "required": ["appearance", "voice"],
        "additionalProperties": False,
    }
    fields = {role.id: descriptor for role in roles}
    asked = question(
        AGENT,
        "cast",
        CastContext(facts.prompt, _language(request, facts), roles),
        fields,
        max_tokens=90 * len(roles) + 40,
    )
    answer = context.session.ask(asked)
    if answer is None:
        return
    for role in facts.roles:
        entry, words = cast[ids[role.key]], answer.data[ids[role.key]]
        for name, limit, characters in (("appearance", 30, 150), ("voice", 14, 80)):
            text = words[name].strip().rstrip(".")
            others = [answer.data[other][name] for other in answer.data if other != ids[role.key]]
            problems = check_descriptor(
                text,
                path=f"roles.{ids[role.key]}.{name}",
                prompt=facts.prompt,
                words=limit,
                examples=EXAMPLES,
                characters=characters,
            )
            problems += check_gender(text, role.gender, path=f"roles.{ids[role.key]}.{name}")
            twin = any(text.casefold() == other.strip().rstrip(".").casefold() for other in others)
            if problems or (twin and name == "appearance"):
                why = problems[0].message if problems else "It must differ from the other roles'."
                entry["rejected"].append({"path": f"roles.{ids[role.key]}.{name}", "text": text, "why": why})
            elif name == "voice":
                if entry["voice"]:
                    entry["voice"], entry["by"]["voice"] = text[:1].upper() + text[1:], AGENT
            else:
                entry["appearance"] = _joined(entry["appearance"], text, role)
                entry["by"]["appearance"] = AGENT


def _joined(own: str, added: str, role: RoleFact) -> str:
    """The user's words first, then what the model adds; the model's alone where they already hold the user's."""
    mention = role.mention.casefold().removeprefix("a ").removeprefix("an ").removeprefix("the ")
    if mention in added.casefold():
        return added[:1].upper() + added[1:]
    head = own.split(",")[0] if role.named and own.startswith(role.name) else own
    return f"{head}: {added[:1].lower() + added[1:]}"


def _language(request: WriteRequest, facts: Facts) -> str:
    return request.language or facts.language
