"""Forms about cuts and lengths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from mavin.edits import MoveCut, Operation, Script, SetDuration, StretchShot
from mavin.instructions.forms.base import WAY, Match, S, T, rule, signed
from mavin.instructions.naming import CUT, Names, milliseconds

_MODE = r"(?: (?:by|with|as) (?:a )?(?P<mode>ripple|roll))?"


@rule(
    rf"(?:(?:move|set|put|shift|place) )?(?P<cut>{CUT}) (?:to|at) {T}{_MODE}",
    rf"(?P<mode>ripple|roll) (?P<cut>{CUT}) (?:to|at) {T}",
)
def _cut_to(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).cut(match["cut"])
    return [MoveCut(shot=shot.id, to_ms=milliseconds(match["time"]), mode=_mode(match))]


@rule(
    rf"(?:(?:move|shift|put|make) )?(?P<cut>{CUT}) (?:by )?{T} {WAY}{_MODE}",
    rf"(?:(?:move|shift|put|make) )?(?P<cut>{CUT}) {WAY} by {T}{_MODE}",
    rf"(?P<mode>ripple|roll) (?P<cut>{CUT}) (?:by )?{T} {WAY}",
)
def _cut_by(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).cut(match["cut"])
    return [MoveCut(shot=shot.id, to_ms=shot.start_ms + signed(match), mode=_mode(match))]


_WHOLE = r"(?:(?:the|this) )?(?:film|clip|video|whole|whole film|whole thing|movie)|it|everything"


@rule(
    rf"(?:set )?(?:the )?(?:duration|length)(?: of (?:{_WHOLE}))?(?: to|:| is)? {T}(?P<how> by (?:scaling|trimming))?",
    rf"(?:make|let) (?:{_WHOLE}) (?:last |be )?{T}(?: long)?(?P<how> by (?:scaling|trimming))?",
    rf"(?P<how>scale|stretch|shorten|trim|cut|extend|lengthen) (?:{_WHOLE}) to {T}",
)
def _duration(match: Match, script: Script) -> Sequence[Operation]:
    del script
    trim = bool(re.search(r"trim|cut|extend", match["how"] or "", re.IGNORECASE))
    return [SetDuration(duration_ms=milliseconds(match["time"]), mode="trim" if trim else "scale")]


_HOLD = r"(?P<hold> (?:and keep|keeping|without changing) the (?:duration|length)(?: of the (?:film|clip))?)?"


@rule(
    rf"(?:make |let )?{S} (?:last |be )?{T}(?: long)?{_HOLD}",
    rf"(?:stretch|shorten|lengthen|extend|set the (?:length|duration) of) {S} to {T}{_HOLD}",
    rf"(?:make )?{S} (?:by )?{T} (?P<pace>longer|shorter){_HOLD}",
    rf"(?:make )?{S} (?P<pace>longer|shorter) by {T}{_HOLD}",
    rf"(?P<pace>lengthen|extend|stretch|shorten) {S} by {T}{_HOLD}",
)
def _shot_length(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).shot(match["shot"])
    groups, length = match.groupdict(), milliseconds(match["time"])
    if groups.get("pace"):
        sign = -1 if match["pace"].lower().startswith("short") else 1
        length = shot.interval.duration_ms + sign * length
    return [StretchShot(shot=shot.id, length_ms=length, mode="hold" if groups.get("hold") else "ripple")]


def _mode(match: Match) -> Literal["roll", "ripple"]:
    return "ripple" if (match["mode"] or "").lower() == "ripple" else "roll"
