"""Forms about single fields: texts, the camera, the shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mavin.caption import Angle, Aspect, Movement, Size
from mavin.edits import Operation, Script, SetCamera, SetClip, SetText
from mavin.instructions.forms.base import C, Match, Q, S, rule, unquoted
from mavin.instructions.naming import Names, Unclear

_FIELD = r"(?P<field>style|ambience|ambiance|storyline|title)"


@rule(rf"(?:(?:set|change|make) )?(?:the )?{_FIELD}(?: of the film)?(?: to| is|:)? {Q}")
def _global(match: Match, script: Script) -> Sequence[Operation]:
    del script
    field = match["field"].lower().replace("ambiance", "ambience")
    return [SetText(path=field if field == "title" else f"global_caption.{field}", text=unquoted(match["words"]))]


@rule(
    rf"(?:(?:set|change|make) )?(?:the )?(?P<field>action|setting|title) (?:of|in) {S}(?: to| is|:)? {Q}",
    rf"(?:(?:set|change|make) )?{S}[’']?s? (?P<field>action|setting|title)(?: to| is|:)? {Q}",
)
def _shot_text(match: Match, script: Script) -> Sequence[Operation]:
    shot = Names(script.caption).shot(match["shot"])
    return [SetText(path=f"shots.{shot.id}.{match['field'].lower()}", text=unquoted(match["words"]))]


@rule(
    rf"(?:(?:set|change|make) )?(?:the )?(?P<field>appearance|looks?|voice) of {C}(?: to| is|:)? {Q}",
    rf"(?:(?:set|change|make|give) )?{C}[’']s? (?P<field>appearance|looks?|voice)(?: to| is|:)? {Q}",
)
def _role_text(match: Match, script: Script) -> Sequence[Operation]:
    field = "voice" if match["field"].lower() == "voice" else "appearance"
    return [
        SetText(path=f"roles.{Names(script.caption).role(match['role']).id}.{field}", text=unquoted(match["words"]))
    ]


_KINDS: dict[str, type[Any]] = {"size": Size, "angle": Angle, "movement": Movement}
_CAMERA_WORDS = {str(value).replace("_", " "): (kind, value) for kind, values in _KINDS.items() for value in values}
_VIEW = "|".join(sorted((re.escape(word).replace(r"\ ", "[ -]") for word in _CAMERA_WORDS), key=len, reverse=True))
_VIEWS = rf"(?P<views>(?:a |an )?(?:{_VIEW})(?:(?:, ?| and | )(?:{_VIEW}))*)(?: (?:shot|angle|camera))?"


@rule(
    rf"(?:(?:set|change|make) )?(?:the )?camera (?:of|in) {S}(?: to| is|:)? {_VIEWS}",
    rf"(?:(?:set|change|make|turn) )?{S}(?: into)?:? {_VIEWS}",
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


@rule(
    r"(?:(?:set|change|make) )?(?:the )?(?:aspect|aspect ratio|shape|picture|film|it)(?: to| is|:)? "
    rf"(?P<aspect>{'|'.join(Aspect)})"
)
def _aspect(match: Match, script: Script) -> Sequence[Operation]:
    del script
    return [SetClip(aspect=Aspect(match["aspect"]))]
