"""Forms about sounds: when they are heard, and what they are."""

from __future__ import annotations

from collections.abc import Sequence

from mavin.caption import Shot, Sound
from mavin.edits import DeleteSound, Operation, RetimeSound, Script, SetText
from mavin.instructions.forms.base import PUT, WAY, Match, Q, T, rule, signed, span_of, unquoted
from mavin.instructions.naming import SPAN, Unclear

_X = r"(?:the )?(?:sound )?(?P<sound>X\d+)"


@rule(
    rf"(?:{PUT} )?{_X}:? (?:(?:be )?(?:heard )?(?:at|to|from|runs?|lasts?|goes|is|during|between) )?(?P<span>{SPAN})",
)
def _retime(match: Match, script: Script) -> Sequence[Operation]:
    _, sound = _named(match, script)
    start, end = span_of(match["span"])
    return [RetimeSound(sound=sound.id, start_ms=start, end_ms=end)]


@rule(rf"(?:{PUT} )?{_X} (?:by )?{T} {WAY}", rf"(?:{PUT} )?{_X} {WAY} by {T}")
def _shift(match: Match, script: Script) -> Sequence[Operation]:
    _, sound = _named(match, script)
    by = signed(match)
    return [RetimeSound(sound=sound.id, start_ms=sound.start_ms + by, end_ms=sound.end_ms + by)]


@rule(rf"(?:change |set |make )?{_X}:? (?:(?:to|into|is|becomes) )?{Q}")
def _words(match: Match, script: Script) -> Sequence[Operation]:
    shot, sound = _named(match, script)
    return [SetText(path=f"shots.{shot.id}.sounds.{sound.id}.text", text=unquoted(match["words"]))]


@rule(rf"(?:delete|remove|drop) {_X}")
def _delete(match: Match, script: Script) -> Sequence[Operation]:
    _, sound = _named(match, script)
    return [DeleteSound(sound=sound.id)]


def _named(match: Match, script: Script) -> tuple[Shot, Sound]:
    name = match["sound"].upper()
    have = {sound.id: (shot, sound) for shot in script.caption.shots for sound in shot.sounds}
    if name not in have:
        raise Unclear(f"there is no sound {name} (there is {', '.join(have) or 'none'})")
    return have[name]
