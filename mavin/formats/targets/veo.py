"""Veo 3.1: requests of 4, 6 or 8 seconds, with a line of prompt for each shot and its time in whole seconds.

[00:00-00:03] Wide shot from a low angle; the camera tilts up. … Mara says: "…" SFX: boots on iron steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from mavin.caption import Aspect, HierarchicalCaption
from mavin.formats.losses import Feature, Loss
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.formats.targets.calls import Call, calls_of, parted
from mavin.formats.targets.clock import apportion, lengths_of, next_of, rounded, starts_of
from mavin.formats.targets.fitting import Piece, Rank, fit, join, tokens, within
from mavin.formats.targets.phrases import called, forbid, inner, sentence
from mavin.formats.targets.records import REASONS, SEEN, SPOKEN, as_json
from mavin.formats.targets.references import References, nearest_aspect, references_of, unused
from mavin.formats.targets.telling import Telling, tell, untold

__all__ = ["FORMAT"]

_TITLE = "Veo 3.1"
_SECONDS = (4, 6, 8)
_ASPECTS = (Aspect.WIDE, Aspect.TALL)
_MOST_IMAGES = 3


def _write(script: FilmScript) -> Written:
    caption = script.caption
    forbid(caption, r"\[\d\d:\d\d-\d\d:\d\d\]", _TITLE)
    calls = calls_of(caption, _TITLE, longest_ms=max(_SECONDS) * 1000, most_shots=max(_SECONDS))
    used = [references_of(caption, call, images=_MOST_IMAGES) for call in calls]
    # Reference pictures are taken for wide clips of eight seconds alone.
    shapes = (Aspect.WIDE,) if any(each.images for each in used) else _ASPECTS
    aspect, losses = nearest_aspect(caption.aspect, shapes, f"{_TITLE}{' with pictures' if shapes != _ASPECTS else ''}")
    requests = []
    for call, references in zip(calls, used, strict=True):
        request, lost = _request(caption, call, references, aspect)
        requests.append(request)
        losses += lost
    losses += (
        *parted(caption, calls, f"{_TITLE} makes at most {max(_SECONDS)} s in one go"),
        *unused(
            caption, used, no_audio="Veo 3.1 takes no voices", too_many=f"Veo 3.1 takes at most {_MOST_IMAGES} pictures"
        ),
        *untold(caption, with_sound=True),
    )
    return Written(as_json(requests), losses)


def _request(
    caption: HierarchicalCaption, call: Call, references: References, aspect: Aspect
) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    least = max(_SECONDS) if references.images else len(call.shots)
    total = next_of(_SECONDS, call.duration_ms, least)
    starts = starts_of(apportion(lengths_of(call.shots), total))
    pieces = tuple(_pieces(caption, call, references, starts))

    def render(kept: Sequence[Piece]) -> str:
        parts = ["references", *(shot.id for shot in call.shots), "end"]
        return "\n".join(text for text in (join(kept, part) for part in parts) if text)

    of = "the whole clip" if call.shots == caption.shots else f"the call of {call.shots[0].id}"
    kept, losses = fit(pieces, tokens(1024), title=_TITLE, of=of, render=render)
    config: dict[str, Any] = {"duration_seconds": total, "aspect_ratio": aspect.value}
    if references.images:
        config["reference_images"] = [{"image": name, "reference_type": "asset"} for name in references.images]
    request = {"model": "veo-3.1-generate-preview", "prompt": render(kept), "config": config}
    why = f"{_TITLE} makes {', '.join(map(str, _SECONDS))} s, and its shots have whole seconds"
    return request, (*losses, *rounded(call.shots, [1000 * start for start in starts], why))


def _pieces(caption: HierarchicalCaption, call: Call, references: References, starts: Sequence[int]) -> Iterator[Piece]:
    head = caption.global_caption
    seen = [caption.role_in_shot(name, shot) for shot in call.shots for name in shot.roles]
    shown = {role.reference.image: called(caption, role) for role in seen}
    for number, name in enumerate(references.images, 1):
        yield Piece(f"Reference image {number} shows {shown[name]}.", part="references")
    telling = Telling(sound=lambda text: sentence(f"SFX: {inner(text)}"))
    for shot, (start, end) in zip(call.shots, pairwise(starts), strict=True):
        stamp = f"[00:{start:02d}-00:{end:02d}]"
        yield Piece(stamp, part=shot.id)
        yield from within(shot.id, tell(caption, call, shot, telling))
    yield Piece(sentence(head.style), "global_caption.style", Feature.STYLE, Rank.STYLE, "end")
    ambience = sentence(f"Ambient noise: {inner(head.ambience)}")
    yield Piece(ambience, "global_caption.ambience", Feature.AMBIENCE, Rank.AMBIENCE, "end")


FORMAT = Format(
    name="veo-3.1",
    title=_TITLE,
    kind=Kind.MODEL,
    suffix=".json",
    media_type="application/json",
    about="Requests for generate_videos of Google's genai library, as a list: one for each 8 seconds of a clip.",
    carries=SEEN | SPOKEN | {Feature.SHOT_TIMES, Feature.ASPECT, Feature.REFERENCES},
    write=_write,
    reasons=REASONS,
    one_clip=True,
    facts=(
        ("length", "4, 6 or 8 seconds, 8 with pictures; longer clips become several requests"),
        ("shots", "any number, each with its time in whole seconds"),
        ("text", "at most 1,024 tokens a request"),
        ("speech", "in quotation marks, with who says it and how"),
        ("references", "at most 3 pictures a request"),
        ("picture shape", "16:9 or 9:16; 16:9 with pictures"),
    ),
    source="copies of the makers' prompt guide, and guides by others",
    official=False,
)
