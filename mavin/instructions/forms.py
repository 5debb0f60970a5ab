"""The forms that an instruction can take, each a pattern and what it makes of a match."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from mavin.caption import Angle, Aspect, DialogueLine, HierarchicalCaption, Movement, Size
from mavin.edits import (
    DeleteLine,
    DeleteShot,
    DeleteSound,
    DuplicateShot,
    EditError,
    Lock,
    MergeLines,
    MergeRoles,
    MergeShots,
    MoveCut,
    MoveLine,
    Operation,
    RemoveRole,
    RenameRole,
    ReorderShots,
    RetimeLine,
    RevoiceLine,
    RewordLine,
    Script,
    SetCamera,
    SetClip,
    SetDuration,
    SetPresence,
    SetText,
    SplitShot,
    StretchShot,
    Unlock,
    flat_of,
    lock_path,
)
from mavin.instructions.naming import (
    AMOUNT,
    CUT,
    LINE,
    NAME,
    QUOTED,
    ROLE,
    SHOT,
    SPAN,
    TIME,
    Names,
    Unclear,
    milliseconds,
)

__all__ = ["RULES", "Rule"]

Match = re.Match[str]
Make = Callable[[Match, Script], Sequence[Operation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One form: the pattern of a whole clause, and the operations that it asks for."""

    pattern: re.Pattern[str]
    make: Make


RULES: list[Rule] = []


def _rule(*patterns: str) -> Callable[[Make], Make]:
    """Adds a form; blanks in the patterns stand for any white space."""

    def add(make: Make) -> Make:
        RULES.extend(Rule(re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE), make) for pattern in patterns)
        return make

    return add


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if re.fullmatch(QUOTED, text) else text


_L, _S, _C = rf"(?P<line>{LINE})", rf"(?P<shot>{SHOT})", rf"(?P<role>{ROLE})"
_Q, _T, _A = rf"(?P<words>{QUOTED})", rf"(?P<time>{TIME})", rf"(?P<amount>{AMOUNT})"
_PUT = r"(?:move|put|set|place|retime|shift|make|start|let)"
_WAY = r"(?P<way>earlier|later|forwards?|backwards?|back|sooner)"


# Lines: when they are heard.


@_rule(
    rf"(?:{_PUT} )?{_L} (?:(?:be )?(?:heard )?(?:at|to|from|runs?|lasts?|goes|is|during|between) )?(?P<span>{SPAN})",
    rf"(?:{_PUT} )?{_L}:? (?P<span>{SPAN})",
)
def _retime(match: Match, script: Script) -> Sequence[Operation]:
    line = Names(script.caption).line(match["line"])
    start, end = _span(match["span"])
    return [RetimeLine(line=line.id, start_ms=start, end_ms=end)]


@_rule(
    rf"(?:move|put|set|shift|start|place) {_L} (?:to|at) {_T}",
    rf"{_L} (?:starts|begins|starting|shall start|should start|to start) at {_T}",
    rf"let {_L} (?:start|begin) at {_T}",
)
def _start(match: Match, script: Script) -> Sequence[Operation]:
    line = Names(script.caption).line(match["line"])
    start = milliseconds(match["time"])
    return [RetimeLine(line=line.id, start_ms=start, end_ms=start + line.interval.duration_ms)]


@_rule(rf"(?:end|stop) {_L} at {_T}", rf"(?:let )?{_L} (?:ends?|stops?) at {_T}")
def _end(match: Match, script: Script) -> Sequence[Operation]:
    line = Names(script.caption).line(match["line"])
    return [RetimeLine(line=line.id, start_ms=line.start_ms, end_ms=milliseconds(match["time"]))]


@_rule(
    rf"(?:(?:move|shift|make|start|put|say) )?{_L} (?:by )?{_T} {_WAY}",
    rf"(?:(?:move|shift|make|start|put|say) )?{_L} {_WAY} by {_T}",
)
def _shift(match: Match, script: Script) -> Sequence[Operation]:
    line = Names(script.caption).line(match["line"])
    by = _signed(match)
    return [RetimeLine(line=line.id, start_ms=line.start_ms + by, end_ms=line.end_ms + by)]


_SAYING = r"(?:answer|speak|talk|reply|be said|be spoken)"


@_rule(
    rf"(?:(?:make|say|speak|let) )?{_L} (?:{_SAYING} )?(?P<pace>faster|slower|quicker|shorter|longer) by {_A}",
    rf"(?:(?:make|say|speak|let) )?{_L} (?:{_SAYING} )?(?:by )?{_A} (?P<pace>faster|slower|quicker|shorter|longer)",
    rf"(?P<pace>speed up|slow down|shorten|lengthen|quicken) {_L} by {_A}",
    rf"(?:make|let) {_C} {_SAYING} (?P<pace>faster|slower|quicker) by {_A}",
    rf"(?:make|let) {_C} {_SAYING} {_A} (?P<pace>faster|slower|quicker)",
)
def _pace(match: Match, script: Script) -> Sequence[Operation]:
    pace, shorter = match["pace"].lower(), match["pace"].lower() in {
        "faster", "quicker", "shorter", "speed up", "shorten", "quicken",
    }  # fmt: skip
    length = pace in {"shorter", "longer", "shorten", "lengthen"}
    amount = match["amount"]
    share = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(?:%|percent)", amount, re.IGNORECASE)

    def changed(line: DialogueLine) -> RetimeLine:
        old = line.interval.duration_ms
        if share is None:
            new = old + (-1 if shorter else 1) * milliseconds(amount)
        else:
            part = Fraction(share[1].replace(",", ".")) / 100
            factor = 1 - part if shorter == length else 1 + part
            if factor <= 0:
                raise Unclear(f"{amount} {pace} leaves nothing of {line.id}")
            # Faster by 20% is a rate of 1.2 and a length of 1/1.2; shorter by 20% is a length of 0.8.
            new = round(old * factor if length else old / factor)
        return RetimeLine(line=line.id, start_ms=line.start_ms, end_ms=line.start_ms + new)

    return [changed(line) for line in _lines(match, script)]


@_rule(
    rf"(?:(?:make|say|speak|let) )?{_L} (?:{_SAYING} )?(?P<factor>twice|half|\d+(?:[.,]\d+)? times) as "
    r"(?P<kind>fast|slow|slowly|quick|quickly|long|short)",
    rf"(?:make|let) {_C} {_SAYING} (?P<factor>twice|half|\d+(?:[.,]\d+)? times) as (?P<kind>fast|slow|slowly|quickly)",
)
def _times_as(match: Match, script: Script) -> Sequence[Operation]:
    word = match["factor"].lower()
    factor = {"twice": Fraction(2), "half": Fraction(1, 2)}.get(word) or Fraction(word.split()[0].replace(",", "."))
    if factor == 0:
        raise Unclear("nothing can be 0 times as fast")
    if match["kind"].lower() in {"fast", "quick", "quickly", "short"}:
        factor = 1 / factor
    return [
        RetimeLine(
            line=line.id, start_ms=line.start_ms, end_ms=line.start_ms + round(line.interval.duration_ms * factor)
        )
        for line in _lines(match, script)
    ]


@_rule(rf"(?:move|put|shift) {_L} (?:to|into|in) {_S}")
def _move_line(match: Match, script: Script) -> Sequence[Operation]:
    names = Names(script.caption)
    return [MoveLine(line=names.line(match["line"]).id, shot=names.shot(match["shot"]).id)]


# Lines: what is said, and by whom.


@_rule(
    rf"(?:let |make )?{_L} (?:says?|should say|shall say|to say|reads?|should read|becomes?) {_Q}",
    rf"(?:change|reword|rewrite|set) (?:the words of )?{_L} (?:to|as|into) {_Q}",
)
def _reword(match: Match, script: Script) -> Sequence[Operation]:
    return [RewordLine(line=Names(script.caption).line(match["line"]).id, text=_unquoted(match["words"]))]


@_rule(rf"(?:let|make|have) {_C} say {_Q} instead of (?P<old>{QUOTED})", rf"replace (?P<old>{QUOTED}) (?:with|by) {_Q}")
def _replace(match: Match, script: Script) -> Sequence[Operation]:
    old, new = _unquoted(match["old"]), _unquoted(match["words"])
    texts = {path: text for path, text in flat_of(script.caption).items() if isinstance(text, str) and old in text}
    paths = [path for path in texts if _is_text(path)]
    if not old or not paths:
        raise Unclear(f"“{old}” stands nowhere in the script")
    if len(paths) > 1:
        raise Unclear(f"“{old}” stands in {', '.join(paths)}; say which: set the action of S1 to “…”")
    path = paths[0]
    if path.startswith("dialogue.") and path.endswith(".text"):
        return [RewordLine(line=path.split(".")[1], text=texts[path].replace(old, new))]
    return [SetText(path=path, text=texts[path].replace(old, new))]


@_rule(
    rf"give {_L} to {_C}",
    rf"(?:let|make|have) {_C} (?:say|speak|answer) {_L}",
    rf"{_L} (?:is )?(?:said|spoken) by {_C}",
)
def _speaker(match: Match, script: Script) -> Sequence[Operation]:
    names = Names(script.caption)
    return [RevoiceLine(line=names.line(match["line"]).id, role=names.role(match["role"]).id)]


@_rule(rf"(?:(?:make|put|set|move) )?{_L} (?P<where>on|off)[- ]?screen", rf"(?:say |speak )?{_L} (?P<how>[a-z]+ly)")
def _delivery(match: Match, script: Script) -> Sequence[Operation]:
    line = Names(script.caption).line(match["line"]).id
    if "how" in match.groupdict():
        if match["how"].lower() in {"early", "quickly", "slowly"}:
            raise Unclear(f"{match['how']} is no exact time; say by how much")
        return [RevoiceLine(line=line, delivery=match["how"])]
    return [RevoiceLine(line=line, on_screen=match["where"].lower() == "on")]


# Cuts and lengths.

_MODE = r"(?: (?:by|with|as) (?:a )?(?P<mode>ripple|roll))?"


@_rule(
    rf"(?:(?:move|set|put|shift|place) )?(?P<cut>{CUT}) (?:to|at) {_T}{_MODE}",
    rf"(?P<mode>ripple|roll) (?P<cut>{CUT}) (?:to|at) {_T}",
)
def _cut_to(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).cut(match["cut"])
    return [MoveCut(shot=shot.id, to_ms=milliseconds(match["time"]), mode=_mode(match))]


@_rule(
    rf"(?:(?:move|shift|put|make) )?(?P<cut>{CUT}) (?:by )?{_T} {_WAY}{_MODE}",
    rf"(?:(?:move|shift|put|make) )?(?P<cut>{CUT}) {_WAY} by {_T}{_MODE}",
    rf"(?P<mode>ripple|roll) (?P<cut>{CUT}) (?:by )?{_T} {_WAY}",
)
def _cut_by(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).cut(match["cut"])
    return [MoveCut(shot=shot.id, to_ms=shot.start_ms + _signed(match), mode=_mode(match))]


_WHOLE = r"(?:(?:the|this) )?(?:film|clip|video|whole|whole film|whole thing|movie)|it|everything"


@_rule(
    rf"(?:set )?(?:the )?(?:duration|length)(?: of (?:{_WHOLE}))?(?: to|:| is)? {_T}(?P<how> by (?:scaling|trimming))?",
    rf"(?:make|let) (?:{_WHOLE}) (?:last |be )?{_T}(?: long)?(?P<how> by (?:scaling|trimming))?",
    rf"(?P<how>scale|stretch|shorten|trim|cut|extend|lengthen) (?:{_WHOLE}) to {_T}",
)
def _duration(match: Match, script: Script) -> Sequence[Operation]:
    del script
    trim = bool(re.search(r"trim|cut|extend", match["how"] or "", re.IGNORECASE))
    return [SetDuration(duration_ms=milliseconds(match["time"]), mode="trim" if trim else "scale")]


_HOLD = r"(?P<hold> (?:and keep|keeping|without changing) the (?:duration|length)(?: of the (?:film|clip))?)?"


@_rule(
    rf"(?:make |let )?{_S} (?:last |be )?{_T}(?: long)?{_HOLD}",
    rf"(?:stretch|shorten|lengthen|extend|set the (?:length|duration) of) {_S} to {_T}{_HOLD}",
    rf"(?:make )?{_S} (?:by )?{_T} (?P<pace>longer|shorter){_HOLD}",
    rf"(?:make )?{_S} (?P<pace>longer|shorter) by {_T}{_HOLD}",
    rf"(?P<pace>lengthen|extend|stretch|shorten) {_S} by {_T}{_HOLD}",
)
def _shot_length(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).shot(match["shot"])
    groups, length = match.groupdict(), milliseconds(match["time"])
    if groups.get("pace"):
        sign = -1 if match["pace"].lower().startswith("short") else 1
        length = shot.interval.duration_ms + sign * length
    return [StretchShot(shot=shot.id, length_ms=length, mode="hold" if groups.get("hold") else "ripple")]


# Shots.


@_rule(
    rf"(?:delete|remove|drop|take out|throw away|cut out) {_S}"
    r"(?P<hold> (?:and keep|keeping) the (?:duration|length|time))?"
)
def _delete_shot(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).shot(match["shot"])
    if not match["hold"]:
        return [DeleteShot(shot=shot.id)]
    return [DeleteShot(shot=shot.id, time="next" if shot is script.caption.shots[0] else "previous")]


@_rule(rf"(?:delete|remove|drop|take out|cut out) {_L}")
def _delete_line(match: Match, script: Script) -> Sequence[Operation]:
    return [DeleteLine(line=Names(script.caption).line(match["line"]).id)]


@_rule(r"(?:delete|remove|drop) (?:the sound )?(?P<sound>X\d+)")
def _delete_sound(match: Match, script: Script) -> Sequence[Operation]:
    del script
    return [DeleteSound(sound=match["sound"].upper())]


_TWO = rf"(?:{_S} (?:and|with) (?P<other>{SHOT})|(?:the )?shots (?P<first>\d+) and (?P<second>\d+))"


@_rule(rf"(?:swap|exchange|switch) {_TWO}")
def _swap(match: Match, script: Script) -> Sequence[Operation]:
    first, second = _two_shots(match, script)
    order = [shot.id for shot in script.caption.shots]
    one, two = order.index(first), order.index(second)
    order[one], order[two] = order[two], order[one]
    return [ReorderShots(order=tuple(order))]


@_rule(rf"(?:merge|join|combine) {_TWO}")
def _merge_shots(match: Match, script: Script) -> Sequence[Operation]:
    first, second = _two_shots(match, script)
    return [MergeShots(shot=first, other=second)]


@_rule(rf"(?:merge|join|combine) {_L} (?:and|with) (?P<other>{LINE})")
def _merge_lines(match: Match, script: Script) -> Sequence[Operation]:
    names = Names(script.caption)
    return [MergeLines(line=names.line(match["line"]).id, other=names.line(match["other"]).id)]


@_rule(
    rf"(?:move|put) {_S} (?P<side>before|after|behind|in front of) (?P<other>{SHOT})",
    rf"(?:move|put) {_S} to the (?P<side>beginning|start|end)",
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


@_rule(rf"(?:split|cut|divide) {_S} at {_T}")
def _split(match: Match, script: Script) -> Sequence[Operation]:
    return [SplitShot(shot=Names(script.caption).shot(match["shot"]).id, at_ms=milliseconds(match["time"]))]


@_rule(rf"(?:duplicate|copy|repeat) {_S}")
def _duplicate(match: Match, script: Script) -> Sequence[Operation]:
    return [DuplicateShot(shot=Names(script.caption).shot(match["shot"]).id)]


# The cast.


@_rule(rf"(?:rename|call) {_C} (?:to |as |into )?(?P<name>{NAME})")
def _rename(match: Match, script: Script) -> Sequence[Operation]:
    if match["role"].lower() in {"the film", "the clip", "film", "clip"}:
        return [SetText(path="title", text=_unquoted(match["name"]))]
    return [RenameRole(role=Names(script.caption).role(match["role"]).id, name=_unquoted(match["name"]))]


@_rule(rf"(?:merge|join|combine) {_C} (?:into|with|and) (?P<other>{ROLE})")
def _merge_roles(match: Match, script: Script) -> Sequence[Operation]:
    names = Names(script.caption)
    return [MergeRoles(role=names.role(match["role"]).id, into=names.role(match["other"]).id)]


@_rule(rf"(?P<what>add|remove|take) {_C} (?P<where>to|into|from|out of) {_S}")
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


@_rule(rf"(?:delete|remove|drop) {_C}(?P<lines> (?:and|with) (?:all )?(?:his|her|its|their|the) lines?)?")
def _remove_role(match: Match, script: Script) -> Sequence[Operation]:
    role = Names(script.caption).role(match["role"])
    return [RemoveRole(role=role.id, lines="delete" if match["lines"] else "refuse")]


# Fields.

_FIELD = r"(?P<field>style|ambience|ambiance|storyline|title)"


@_rule(rf"(?:(?:set|change|make) )?(?:the )?{_FIELD}(?: of the film)?(?: to| is|:)? {_Q}")
def _global(match: Match, script: Script) -> Sequence[Operation]:
    del script
    field = match["field"].lower().replace("ambiance", "ambience")
    return [SetText(path=field if field == "title" else f"global_caption.{field}", text=_unquoted(match["words"]))]


@_rule(
    rf"(?:(?:set|change|make) )?(?:the )?(?P<field>action|setting|title) (?:of|in) {_S}(?: to| is|:)? {_Q}",
    rf"(?:(?:set|change|make) )?{_S}[’']?s? (?P<field>action|setting|title)(?: to| is|:)? {_Q}",
)
def _shot_text(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).shot(match["shot"])
    return [SetText(path=f"shots.{shot.id}.{match['field'].lower()}", text=_unquoted(match["words"]))]


@_rule(
    rf"(?:(?:set|change|make) )?(?:the )?(?P<field>appearance|looks?|voice) of {_C}(?: to| is|:)? {_Q}",
    rf"(?:(?:set|change|make|give) )?{_C}[’']s? (?P<field>appearance|looks?|voice)(?: to| is|:)? {_Q}",
)
def _role_text(match: Match, script: Script) -> Sequence[Operation]:
    field = "voice" if match["field"].lower() == "voice" else "appearance"
    return [
        SetText(path=f"roles.{Names(script.caption).role(match['role']).id}.{field}", text=_unquoted(match["words"]))
    ]


_KINDS: dict[str, type[Any]] = {"size": Size, "angle": Angle, "movement": Movement}
_CAMERA_WORDS = {str(value).replace("_", " "): (kind, value) for kind, values in _KINDS.items() for value in values}
_VIEW = "|".join(sorted((re.escape(word).replace(r"\ ", "[ -]") for word in _CAMERA_WORDS), key=len, reverse=True))
_VIEWS = rf"(?P<views>(?:a |an )?(?:{_VIEW})(?:(?:, ?| and | )(?:{_VIEW}))*)(?: (?:shot|angle|camera))?"


@_rule(
    rf"(?:(?:set|change|make) )?(?:the )?camera (?:of|in) {_S}(?: to| is|:)? {_VIEWS}",
    rf"(?:(?:set|change|make|turn) )?{_S}(?: into)?:? {_VIEWS}",
)
def _camera(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).shot(match["shot"]).id
    changes: dict[str, Any] = {}
    for word in re.findall(_VIEW, match["views"], re.IGNORECASE):
        kind, value = _CAMERA_WORDS[re.sub(r"[\s-]+", " ", word.lower())]
        if kind in changes:
            raise Unclear(f"a camera has one {kind}, got {changes[kind]} and {value}")
        changes[kind] = value
    return [SetCamera(shot=shot, **changes)]


@_rule(
    r"(?:(?:set|change|make) )?(?:the )?(?:aspect|aspect ratio|shape|picture|film|it)(?: to| is|:)? "
    rf"(?P<aspect>{'|'.join(Aspect)})"
)
def _aspect(match: Match, script: Script) -> Sequence[Operation]:
    del script
    return [SetClip(aspect=Aspect(match["aspect"]))]


# Locks.

_PARTS = (
    "camera|action|setting|title|words|text|times?|timing|interval|name|looks?|appearance|voice|delivery|sounds|roles"
)


@_rule(r"(?P<verb>lock|unlock|freeze|unfreeze) (?P<what>.+?)")
def _lock(match: Match, script: Script) -> Sequence[Operation]:
    make: Callable[..., Operation] = Lock if match["verb"].lower() in {"lock", "freeze"} else Unlock
    found = []
    for name in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", match["what"].strip()):
        of = re.fullmatch(rf"(?:the\s+)?(?P<part>{_PARTS})\s+of\s+(?P<what>.+)", name, re.IGNORECASE)
        own = re.fullmatch(rf"(?P<what>.+?)[’']s?\s+(?P<part>{_PARTS})", name, re.IGNORECASE)
        inner = of or own
        path = _lockable(inner["what"] if inner else name, script.caption)
        try:
            found.append(
                make(path=lock_path(f"{path}.{inner['part'].lower()}" if inner else path, flat_of(script.caption)))
            )
        except EditError as error:
            raise Unclear(error.diagnostics[0].message) from None
    return found


def _lockable(name: str, caption: HierarchicalCaption) -> str:
    """The path of what a person calls so: a shot, a cut, a line, a role, or a path itself."""
    names = Names(caption)
    if re.fullmatch(r"[SLCX]\d+(?:\.\w+)*", name, re.IGNORECASE):
        head, dot, rest = name.partition(".")
        return head.upper() + dot + rest
    if re.fullmatch(CUT, name, re.IGNORECASE):
        return f"cuts.{names.cut(name).id}"
    if re.fullmatch(SHOT, name, re.IGNORECASE):
        return names.shot(name).id
    plain = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
    for role in caption.roles:
        if role.name.strip().casefold() in (name.casefold(), plain.casefold()):
            return role.id
    if re.fullmatch(LINE, name, re.IGNORECASE):
        return names.line(name).id
    return plain


# What the forms share.


def _span(text: str) -> tuple[int, int]:
    first, second = re.findall(r"\d+(?:[.,]\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?)?", text)
    unit = re.search(r"ms|milli", second)
    if unit and not re.search(r"[a-z]", first):
        first += " ms"
    return milliseconds(first), milliseconds(second)


def _signed(match: Match) -> int:
    back = match["way"].lower() in {"earlier", "sooner", "back", "backward", "backwards"}
    return -milliseconds(match["time"]) if back else milliseconds(match["time"])


def _mode(match: Match) -> Literal["roll", "ripple"]:
    return "ripple" if (match["mode"] or "").lower() == "ripple" else "roll"


def _lines(match: Match, script: Script) -> list[DialogueLine]:
    """The line that is named, or all of a role."""
    names, groups = Names(script.caption), match.groupdict()
    if groups.get("line"):
        return [names.line(groups["line"])]
    role = names.role(match["role"])
    own = [line for line in script.caption.dialogue if line.role == role.id]
    if not own:
        raise Unclear(f"{role.name} says nothing")
    return own


def _two_shots(match: Match, script: Script) -> tuple[str, str]:
    names = Names(script.caption)
    first, second = (
        (f"shot {match['first']}", f"shot {match['second']}") if match["first"] else (match["shot"], match["other"])
    )
    one, two = names.shot(first).id, names.shot(second).id
    if one == two:
        raise Unclear(f"two shots are needed, got {one} twice")
    return one, two


def _is_text(path: str) -> bool:
    last = path.rsplit(".", 1)[-1]
    if ".overrides." in path or (path.startswith("shots.") and last == "id"):
        return False
    return last in {
        "title",
        "storyline",
        "style",
        "ambience",
        "setting",
        "action",
        "note",
        "text",
        "appearance",
        "voice",
        "delivery",
    }
