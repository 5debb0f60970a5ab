"""Forms about shots and what is in the list of lines: delete, swap, merge, move, split."""

from __future__ import annotations

from collections.abc import Sequence

from mavin.edits import (
    DeleteLine,
    DeleteShot,
    DuplicateShot,
    MergeLines,
    MergeShots,
    Operation,
    ReorderShots,
    Script,
    SplitShot,
)
from mavin.instructions.forms.base import L, Match, S, T, rule
from mavin.instructions.naming import LINE, SHOT, Names, Unclear, milliseconds


@rule(
    rf"(?:delete|remove|drop|take out|throw away|cut out) {S}"
    r"(?P<hold> (?:and keep|keeping) the (?:duration|length|time))?"
)
def _delete_shot(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).shot(match["shot"])
    if not match["hold"]:
        return [DeleteShot(shot=shot.id)]
    return [DeleteShot(shot=shot.id, time="next" if shot is script.caption.shots[0] else "previous")]


@rule(rf"(?:delete|remove|drop|take out|cut out) {L}")
def _delete_line(match: Match, script: Script) -> Sequence[Operation]:
    return [DeleteLine(line=Names(script.caption).line(match["line"]).id)]


_TWO = rf"(?:{S} (?:and|with) (?P<other>{SHOT})|(?:the )?shots (?P<first>\d+) and (?P<second>\d+))"


@rule(rf"(?:swap|exchange|switch) {_TWO}")
def _swap(match: Match, script: Script) -> Sequence[Operation]:
    first, second = _two_shots(match, script)
    order = [shot.id for shot in script.caption.shots]
    one, two = order.index(first), order.index(second)
    order[one], order[two] = order[two], order[one]
    return [ReorderShots(order=tuple(order))]


@rule(rf"(?:merge|join|combine) {_TWO}")
def _merge_shots(match: Match, script: Script) -> Sequence[Operation]:
    first, second = _two_shots(match, script)
    return [MergeShots(shot=first, other=second)]


@rule(rf"(?:merge|join|combine) {L} (?:and|with) (?P<other>{LINE})")
def _merge_lines(match: Match, script: Script) -> Sequence[Operation]:
    names = Names(script.caption)
    return [MergeLines(line=names.line(match["line"]).id, other=names.line(match["other"]).id)]


@rule(
    rf"(?:move|put) {S} (?P<side>before|after|behind|in front of) (?P<other>{SHOT})",
    rf"(?:move|put) {S} to the (?P<side>beginning|start|end)",
)
def _move_shot(match: Match, script: Script) -> Sequence[Operation]:
    names, groups = Names(script.caption), match.groupdict()
    shot = names.shot(match["shot"]).id
    order = [each.id for each in script.caption.shots if each.id != shot]
    side = match["side"].lower()
    if groups.get("other"):
        other = names.shot(match["other"]).id
        if other == shot:
            raise Unclear(f"{shot} cannot go {side} itself")
        place = order.index(other) + (side in {"after", "behind"})
    else:
        place = len(order) if side == "end" else 0
    order.insert(place, shot)
    return [ReorderShots(order=tuple(order))]


@rule(rf"(?:split|cut|divide) {S} at {T}")
def _split(match: Match, script: Script) -> Sequence[Operation]:
    return [SplitShot(shot=Names(script.caption).shot(match["shot"]).id, at_ms=milliseconds(match["time"]))]


@rule(rf"(?:duplicate|copy|repeat) {S}")
def _duplicate(match: Match, script: Script) -> Sequence[Operation]:
    return [DuplicateShot(shot=Names(script.caption).shot(match["shot"]).id)]


def _two_shots(match: Match, script: Script) -> tuple[str, str]:
    names = Names(script.caption)
    first, second = (
        (f"shot {match['first']}", f"shot {match['second']}") if match["first"] else (match["shot"], match["other"])
    )
    one, two = names.shot(first).id, names.shot(second).id
    if one == two:
        raise Unclear(f"two shots are needed, got {one} twice")
    return one, two
