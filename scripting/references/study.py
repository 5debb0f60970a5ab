"""The first step of a run with references: each file is checked, measured once, and held against the prompt.

START ─▶ study_references ─▶ validate ─▶ …        no model is asked here
                │
                └─ refused (strict) ─▶ END

What is found travels in the state by role, so that neither a resumed run nor a second role pays again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from mavin.caption import MAX_REFERENCED_ROLES
from mavin.errors import UsageError
from mavin.facts import Facts, RoleFact
from mavin.facts.cast import without_article
from mavin.ledger import Conflict, ConflictOutcome, Decision, Fate, LedgerEntry
from mavin.request import WriteRequest
from scripting.planning import role_ids
from scripting.progress import report
from scripting.references.clashes import Clash, conflict_of, picture_clashes, voice_clashes
from scripting.references.cues import PictureCues, VoiceCues
from scripting.references.wording import picture_summary, voice_summary
from scripting.state import ScriptContext, ScriptState

__all__ = ["bind_references", "reference_entries", "role_named", "settled", "study_references"]

AGENT = "identity_aligner"


def role_named(who: str, facts: Facts) -> str:
    """Id of the role that ``--ref WHO=…`` means: an id, a name, or a noun of the prompt.

    Raises:
        UsageError: if no role, or more than one, goes by that name.
    """
    ids = role_ids(facts)
    wanted = " ".join(who.casefold().split())
    asked = {wanted, without_article(wanted)}
    exact = [
        ids[role.key]
        for role in facts.roles
        if asked & {ids[role.key].casefold(), role.key, *map(str.casefold, (role.name, role.phrase, role.mention))}
    ]
    loose = [ids[role.key] for role in facts.roles if asked & set(role.name.casefold().split())]
    found = exact or loose
    if len(found) == 1:
        return found[0]
    cast = ", ".join(f"{ids[role.key]} ({role.name})" for role in facts.roles) or "nobody"
    raise UsageError(f"--ref must name one role of the story, got {who!r}. The story has: {cast}.")


def bind_references(request: WriteRequest, facts: Facts) -> dict[str, dict[Literal["image", "audio"], Path]]:
    """The files of a request by role id and kind, each checked.

    Raises:
        UsageError: if a reference names nobody of the story, a role has two of a kind, more than three roles
            have references, or a file cannot be one.
    """
    if not request.references:
        return {}
    from scripting.references.files import check_reference

    named = [(role_named(reference.who, facts), reference) for reference in request.references]
    if len({role for role, _ in named}) > MAX_REFERENCED_ROLES:
        people = ", ".join(dict.fromkeys(reference.who for _, reference in named))
        raise UsageError(
            f"At most {MAX_REFERENCED_ROLES} roles can have references, got {people}. Leave out --ref for the others."
        )
    bound: dict[str, dict[Literal["image", "audio"], Path]] = {}
    for role, reference in named:
        kind = check_reference(reference.file)
        other = bound.setdefault(role, {}).setdefault(kind, reference.file)
        if other != reference.file:
            raise UsageError(
                f"One role can have one {kind} reference, but {reference.who!r} is {role}, which has got {other} "
                f"already; got {reference.file} too. Leave out one of the two --ref options."
            )
    return bound


def study_references(state: ScriptState, runtime: Runtime[ScriptContext]) -> Command[Literal["validate", "__end__"]]:
    """Measures every reference and compares it with what the prompt says of its role."""
    del state
    context = runtime.context
    request, facts = context.request, context.story
    if not request.references or (context.film is not None and context.film.cast is not None):
        return Command(goto="validate")  # the clips of a film share the cast of the first
    # numpy and Pillow: a run without references need not wait for them.
    from scripting.references.files import digest_of
    from scripting.references.pictures import study_picture
    from scripting.references.voices import study_voice

    names = {reference.file: reference.name or reference.file.name for reference in request.references}
    roles = {key: facts.role(name) for name, key in role_ids(facts).items()}
    measured: dict[str, dict[str, Any]] = {}
    found: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for role_id, files in bind_references(request, facts).items():
        for kind, file in files.items():
            digest = digest_of(file)
            if digest not in measured:
                report(AGENT, f"{'looking at' if kind == 'image' else 'listening to'} {names[file]}")
                cues = study_picture(file) if kind == "image" else study_voice(file)
                measured[digest] = cues.model_dump(mode="json")
            clashes = _clashes(kind, measured[digest], role_id, roles, facts)
            conflicts += [settled(context, clash, roles[role_id], names[file]) for clash in clashes]
            found.setdefault(role_id, {})[kind] = {
                "file": names[file],
                "path": str(file),
                "cues": measured[digest],
                "clashes": [[clash.topic, clash.span.text, clash.shown] for clash in clashes],
            }
    refused = any(conflict.outcome is ConflictOutcome.REFUSED for conflict in conflicts)
    update = {
        "references": found,
        "conflicts": [conflict.model_dump(mode="json") for conflict in conflicts],
        "refused": refused,
    }
    return Command(update=update, goto="__end__" if refused else "validate")


def _clashes(kind: str, cues: dict[str, Any], role_id: str, roles: dict[str, Any], facts: Facts) -> list[Clash]:
    if kind == "image":
        return picture_clashes(roles[role_id], facts, PictureCues.model_validate(cues))
    return voice_clashes(roles[role_id], facts, VoiceCues.model_validate(cues))


def settled(context: ScriptContext, clash: Clash, role: RoleFact, file: str, by: str = "code") -> Conflict:
    """A clash as a conflict with its outcome: a person's word where one can be asked, else refused under ``strict``."""
    decide = context.decide
    conflict = conflict_of(clash, role, file, strict=context.request.strict and decide is None, by=by)
    if decide is None or decide(conflict) is not Decision.STOP:
        return conflict
    why = f"{conflict.explanation} You chose to stop."
    return conflict.model_copy(update={"outcome": ConflictOutcome.REFUSED, "explanation": why})


def reference_entries(state: ScriptState) -> list[LedgerEntry]:
    """The ledger's lines on references: what each showed, what nobody looked at, and what was left out."""
    entries = []
    for role_id, kinds in state.get("references", {}).items():
        for kind, record in kinds.items():
            cues = record["cues"]
            if kind == "image":
                picture = PictureCues.model_validate(cues)
                seen, by = picture_summary(picture), picture.by
            else:
                seen, by = voice_summary(VoiceCues.model_validate(cues)), "code"
            unknown = ", ".join(cues["not_analysed"])
            entries.append(
                LedgerEntry(
                    kind="reference",
                    text=seen,
                    outcome=Fate.ADDED,
                    where=f"roles.{role_id}.reference.{kind}",
                    by=by,
                    why=f"from reference {record['file']}" + (f"; not analysed: {unknown}" if unknown else ""),
                )
            )
            entries += [
                LedgerEntry(
                    kind="reference",
                    text=f"{record['file']} {shown}",
                    outcome=Fate.DROPPED,
                    by="code",
                    why=f"the prompt says “{said}”",
                )
                for _, said, shown in record["clashes"]
            ]
    return entries
