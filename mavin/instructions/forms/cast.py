"""Forms about the cast."""

from __future__ import annotations

from collections.abc import Sequence

from mavin.edits import MergeRoles, Operation, RemoveRole, RenameRole, Script, SetPresence, SetText
from mavin.instructions.forms.base import C, Match, S, rule, unquoted
from mavin.instructions.naming import NAME, ROLE, Names, Unclear


@rule(rf"(?:rename|call) {C} (?:to |as |into )?(?P<name>{NAME})")
def _rename(match: Match, script: Script) -> Sequence[Operation]:
    if match["role"].lower() in {"the film", "the clip", "film", "clip"}:
        return [SetText(path="title", text=unquoted(match["name"]))]
    return [RenameRole(role=Names(script.caption).role(match["role"]).id, name=unquoted(match["name"]))]


@rule(rf"(?:merge|join|combine) {C} (?:into|with|and) (?P<other>{ROLE})")
def _merge_roles(match: Match, script: Script) -> Sequence[Operation]:
    names = Names(script.caption)
    return [MergeRoles(role=names.role(match["role"]).id, into=names.role(match["other"]).id)]


@rule(rf"(?P<what>add|remove|take) {C} (?P<where>to|into|from|out of) {S}")
def _presence(match: Match, script: Script) -> Sequence[Operation]:
    names = Names(script.caption)
    role, shot = names.role(match["role"]).id, names.shot(match["shot"])
    adds = match["what"].lower() == "add"
    if adds != (match["where"].lower() in {"to", "into"}):
        raise Unclear("roles are added to a shot and removed from it")
    rest = tuple(each for each in shot.roles if each != role)
    if adds == (role in shot.roles):
        raise Unclear(f"{role} is {'already' if adds else 'not'} in {shot.id}")
    return [SetPresence(shot=shot.id, roles=(*rest, role) if adds else rest)]


@rule(rf"(?:delete|remove|drop) {C}(?P<lines> (?:and|with) (?:all )?(?:his|her|its|their|the) lines?)?")
def _remove_role(match: Match, script: Script) -> Sequence[Operation]:
    role = Names(script.caption).role(match["role"])
    return [RemoveRole(role=role.id, lines="delete" if match["lines"] else "refuse")]
