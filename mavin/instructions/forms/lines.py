"""Forms about lines: when they are heard, what is said, and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from mavin.caption import DialogueLine
from mavin.edits import AddLine, MoveLine, Operation, RetimeLine, RevoiceLine, RewordLine, Script, SetText, flat_of
from mavin.instructions.forms.base import PUT, WAY, A, C, L, Match, Q, S, T, rule, signed, span_of, unquoted
from mavin.instructions.naming import QUOTED, SPAN, Names, Unclear, milliseconds


@rule(
    rf"(?:{PUT} )?{L} (?:(?:be )?(?:heard )?(?:at|to|from|runs?|lasts?|goes|is|during|between) )?(?P<span>{SPAN})",
    rf"(?:{PUT} )?{L}:? (?P<span>{SPAN})",
)
def _retime(match: Match, script: Script) -> Sequence[Operation]:
    line = Names(script.caption).line(match["line"])
    start, end = span_of(match["span"])
    return [RetimeLine(line=line.id, start_ms=start, end_ms=end)]


@rule(
    rf"(?:move|put|set|shift|start|place) {L} (?:to|at) {T}",
    rf"{L} (?:starts|begins|starting|shall start|should start|to start) at {T}",
    rf"let {L} (?:start|begin) at {T}",
    rf"{L}:? (?:at|from) {T}",
)
def _start(match: Match, script: Script) -> Sequence[Operation]:
    line = Names(script.caption).line(match["line"])
    start = milliseconds(match["time"])
    return [RetimeLine(line=line.id, start_ms=start, end_ms=start + line.interval.duration_ms)]


@rule(rf"(?:end|stop) {L} at {T}", rf"(?:let )?{L} (?:ends?|stops?) at {T}")
def _end(match: Match, script: Script) -> Sequence[Operation]:
    line = Names(script.caption).line(match["line"])
    return [RetimeLine(line=line.id, start_ms=line.start_ms, end_ms=milliseconds(match["time"]))]


_ANSWERS = r"(?:answers?|speaks?|talks?|repl(?:y|ies)|asks?)"


@rule(
    rf"(?:(?:move|shift|make|start|put|say) )?{L} (?:by )?{T} {WAY}",
    rf"(?:(?:move|shift|make|start|put|say) )?{L} {WAY} by {T}",
    rf"(?:(?:make|let) )?{C} {_ANSWERS} (?:by )?{T} {WAY}",
    rf"(?:(?:make|let) )?{C} {_ANSWERS} {WAY} by {T}",
)
def _shift(match: Match, script: Script) -> Sequence[Operation]:
    line, *others = _lines(match, script)
    if others:
        every = " or ".join(each.id for each in (line, *others))
        raise Unclear(f"{match['role']} says more than one line, so say which: {every}")
    by = signed(match)
    return [RetimeLine(line=line.id, start_ms=line.start_ms + by, end_ms=line.end_ms + by)]


_SAYING = r"(?:answer|speak|talk|reply|be said|be spoken)"


@rule(
    rf"(?:(?:make|say|speak|let) )?{L} (?:{_SAYING} )?(?P<pace>faster|slower|quicker|shorter|longer) by {A}",
    rf"(?:(?:make|say|speak|let) )?{L} (?:{_SAYING} )?(?:by )?{A} (?P<pace>faster|slower|quicker|shorter|longer)",
    rf"(?P<pace>speed up|slow down|shorten|lengthen|quicken) {L} by {A}",
    rf"(?:make|let) {C} {_SAYING} (?P<pace>faster|slower|quicker) by {A}",
    rf"(?:make|let) {C} {_SAYING} {A} (?P<pace>faster|slower|quicker)",
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


@rule(
    rf"(?:(?:make|say|speak|let) )?{L} (?:{_SAYING} )?(?P<factor>twice|half|\d+(?:[.,]\d+)? times) as "
    r"(?P<kind>fast|slow|slowly|quick|quickly|long|short)",
    rf"(?:make|let) {C} {_SAYING} (?P<factor>twice|half|\d+(?:[.,]\d+)? times) as (?P<kind>fast|slow|slowly|quickly)",
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


@rule(rf"(?:move|put|shift) {L} (?:to|into|in) {S}")
def _move_line(match: Match, script: Script) -> Sequence[Operation]:
    names = Names(script.caption)
    return [MoveLine(line=names.line(match["line"]).id, shot=names.shot(match["shot"]).id)]


# Lines: what is said, and by whom.


@rule(
    rf"(?:let |make )?{L} (?:says?|should say|shall say|to say|reads?|should read|becomes?) {Q}",
    rf"(?:change|reword|rewrite|set) (?:the words of )?{L} (?:to|as|into) {Q}",
)
def _reword(match: Match, script: Script) -> Sequence[Operation]:
    return [RewordLine(line=Names(script.caption).line(match["line"]).id, text=unquoted(match["words"]))]


@rule(rf"(?:let|make|have) {C} say {Q} instead of (?P<old>{QUOTED})", rf"replace (?P<old>{QUOTED}) (?:with|by) {Q}")
def _replace(match: Match, script: Script) -> Sequence[Operation]:
    old, new = unquoted(match["old"]), unquoted(match["words"])
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


@rule(
    rf"give {L} to {C}",
    rf"(?:let|make|have) {C} (?:say|speak|answer) {L}",
    rf"{L} (?:is )?(?:said|spoken) by {C}",
)
def _speaker(match: Match, script: Script) -> Sequence[Operation]:
    names = Names(script.caption)
    return [RevoiceLine(line=names.line(match["line"]).id, role=names.role(match["role"]).id)]


@rule(rf"(?:(?:make|put|set|move) )?{L} (?P<where>on|off)[- ]?screen", rf"(?:say |speak )?{L} (?P<how>[a-z]+ly)")
def _delivery(match: Match, script: Script) -> Sequence[Operation]:
    line = Names(script.caption).line(match["line"]).id
    if "how" in match.groupdict():
        if match["how"].lower() in {"early", "quickly", "slowly"}:
            raise Unclear(f"{match['how']} is no exact time; say by how much")
        return [RevoiceLine(line=line, delivery=match["how"])]
    return [RevoiceLine(line=line, on_screen=match["where"].lower() == "on")]


_NEW = r"(?:add|insert|write) (?:a|another|the) (?:new )?line"


@rule(
    rf"(?:let |make |have )?{C} (?:says?|asks?|answers?|repl(?:y|ies)) {Q} (?:at|from|between|during) (?P<span>{SPAN})",
    rf"(?:at |from )?(?P<span>{SPAN}),? {C} (?:says|asks|answers|replies):? {Q}",
    rf"{_NEW} (?:for|by|of) {C} (?:at|from|between|during) (?P<span>{SPAN}):? {Q}",
    rf"{_NEW} (?:for|by|of) {C}:? {Q},? (?:at|from|between|during) (?P<span>{SPAN})",
)
def _add_line(match: Match, script: Script) -> Sequence[Operation]:
    role, text = Names(script.caption).role(match["role"]), unquoted(match["words"])
    start, end = span_of(match["span"])
    said = [line for line in script.caption.dialogue if line.role == role.id and line.text == text]
    if len(said) == 1 and not re.match(_NEW.replace(" ", r"\s+"), match[0], re.IGNORECASE):
        return [RetimeLine(line=said[0].id, start_ms=start, end_ms=end)]  # it is said already: the time is what is told
    return [AddLine(role=role.id, start_ms=start, end_ms=end, text=text)]


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
