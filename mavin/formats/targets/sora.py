"""Sora 2: requests of 4, 8 or 12 seconds; a prompt in prose, then a block for each shot.

Shot 1
Spiral stairs inside a lighthouse. …
Cinematography: wide shot from a low angle; the camera tilts up.
Actions:
- The keeper climbs the stairs.
Dialogue:
- Keeper (low and rough): "Come home."
Background sound: boots on iron steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mavin.caption import Aspect, HierarchicalCaption, Shot
from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.formats.targets.calls import Call, calls_of, parted
from mavin.formats.targets.clock import next_of
from mavin.formats.targets.fitting import Piece
from mavin.formats.targets.phrases import capital, inner, quoted, sentence
from mavin.formats.targets.records import REASONS, SEEN, SPOKEN, as_json
from mavin.formats.targets.references import nearest_aspect
from mavin.formats.targets.telling import CAMERA_NOTE, GOING_ON, Telling, said, story, tell, untold
from mavin.interval import format_seconds

__all__ = ["FORMAT"]

_TITLE = "Sora 2"
_SECONDS = (4, 8, 12)
_SIZES = {Aspect.WIDE: "1280x720", Aspect.TALL: "720x1280"}


def _write(script: FilmScript) -> Written:
    caption = script.caption
    calls = calls_of(caption, _TITLE, longest_ms=max(_SECONDS) * 1000)
    aspect, losses = nearest_aspect(caption.aspect, tuple(_SIZES), _TITLE)
    storyline, untellable = story(caption, calls, with_sound=True)
    losses += untellable
    requests: list[dict[str, Any]] = []
    for call in calls:
        seconds = next_of(_SECONDS, call.duration_ms)
        prompt = "\n".join(_lines(caption, call, storyline))
        requests.append({"model": "sora-2", "prompt": prompt, "seconds": str(seconds), "size": _SIZES[aspect]})
        if seconds * 1000 != call.duration_ms:
            last = call.shots[-1]
            end = format_seconds(call.shots[0].start_ms + seconds * 1000)
            what = f"{last.id} ends at {end} s, not {format_seconds(last.end_ms)} s"
            why = f"{_TITLE} makes {', '.join(map(str, _SECONDS))} s"
            losses += (Loss(LossKind.ROUNDED, f"shots.{last.id}.end_ms", what, why),)
    losses += (
        *parted(caption, calls, f"{_TITLE} makes at most {max(_SECONDS)} s in one go"),
        *untold(caption, with_sound=True),
    )
    return Written(as_json(requests), losses)


def _lines(caption: HierarchicalCaption, call: Call, storyline: str) -> Iterator[str]:
    head = caption.global_caption
    yield sentence(f"Style: {inner(head.style)}")
    if storyline:
        yield storyline
    for number, shot in enumerate(call.shots, 1):
        yield ""
        if len(call.shots) > 1:
            yield f"Shot {number}"
        yield from _shot(caption, call, shot)
    yield ""
    yield sentence(f"Ambient sound: {inner(head.ambience)}")


def _shot(caption: HierarchicalCaption, call: Call, shot: Shot) -> Iterator[str]:
    pieces = tell(caption, call, shot, Telling(None, None))

    def of(*kinds: str) -> list[Piece]:
        return [piece for piece in pieces if piece.what in kinds]

    place = of(Feature.SETTING, Feature.LOOKS, Feature.OVERRIDES, Feature.PRESENCE)
    if place:
        yield " ".join(piece.text for piece in place)
    yield f"Cinematography: {' '.join(piece.text for piece in of(Feature.CAMERA, CAMERA_NOTE))}"
    yield "Actions:"
    yield from (f"- {piece.text}" for piece in of(Feature.ACTION, GOING_ON))
    begun = [said(caption, call, shot, line, Telling()) for line in call.begun(shot)]
    if begun:
        yield "Dialogue:"
    for each in begun:
        together = "at the same time, " if each.meanwhile else ""
        notes = f" ({together}{each.manner})" if each.manner else " (at the same time)" if together else ""
        yield f"- {capital(each.who)}{notes}: {quoted(each.line.text)}"
    if shot.sounds:
        yield sentence(f"Background sound: {'; '.join(inner(sound.text) for sound in shot.sounds)}")


FORMAT = Format(
    name="sora-2",
    title=_TITLE,
    kind=Kind.MODEL,
    suffix=".json",
    media_type="application/json",
    about="Requests for OpenAI's videos, as a list: one for each 12 seconds of a clip. Its makers closed that service "
    "in September 2026; others may still offer it.",
    carries=SEEN | SPOKEN | {Feature.STORYLINE, Feature.ASPECT},
    write=_write,
    reasons={
        **REASONS,
        Feature.SHOT_TIMES: "a prompt only orders the shots, and the length of the whole stands beside it",
    },
    one_clip=True,
    facts=(
        ("length", "4, 8 or 12 seconds; longer clips become several requests"),
        ("shots", "any number, a block each"),
        ("text", "no limit known"),
        ("speech", "in a block Dialogue, with who says it and how"),
        ("references", "none; an image can only be the first frame"),
        ("picture shape", "16:9 or 9:16"),
    ),
    source="copies of the makers' prompt guide and API reference, and guides by others",
    official=False,
)
