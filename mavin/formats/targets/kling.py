"""Kling 3: the body of a request for a clip of several shots, each with its prompt and its whole seconds.

{"multi_shot": true, "shot_type": "customize", "multi_prompt": [{"index": 1, "prompt": "…", "duration": "3"}, …]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mavin.caption import Aspect, HierarchicalCaption, Shot
from mavin.formats.losses import Feature
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.formats.targets.calls import Call, whole
from mavin.formats.targets.clock import apportion, lengths_of, next_of, rounded, starts_of
from mavin.formats.targets.fitting import Piece, Rank, characters, fit, join
from mavin.formats.targets.phrases import called, capital, forbid, inner, sentence
from mavin.formats.targets.records import REASONS, SEEN, SPOKEN, as_json
from mavin.formats.targets.references import References, nearest_aspect, references_of, unused
from mavin.formats.targets.telling import Telling, tell, untold

__all__ = ["FORMAT"]

_TITLE = "Kling 3"
_SECONDS = range(3, 16)
_ASPECTS = (Aspect.WIDE, Aspect.TALL, Aspect.SQUARE)
_MOST_IMAGES = 7


def _write(script: FilmScript) -> Written:
    caption = script.caption
    forbid(caption, "<<<|>>>", _TITLE)
    call = whole(caption)
    references = references_of(caption, call, images=_MOST_IMAGES)
    total = next_of(_SECONDS, caption.duration_ms, len(caption.shots))
    seconds = apportion(lengths_of(caption.shots), total)
    aspect, losses = nearest_aspect(caption.aspect, _ASPECTS, _TITLE)
    prompts = []
    for shot in caption.shots:
        pieces = tuple(_pieces(caption, call, shot, references))
        kept, lost = fit(pieces, characters(512), title=_TITLE, of=shot.id, path=f"shots.{shot.id}")
        prompts.append(join(kept))
        losses += lost
    body: dict[str, Any] = {
        "model_name": "kling-v3-omni" if references.images else "kling-v3",
        "multi_shot": True,
        "shot_type": "customize",
        "prompt": "",
        "multi_prompt": [
            {"index": index, "prompt": prompt, "duration": str(length)}
            for index, (prompt, length) in enumerate(zip(prompts, seconds, strict=True), 1)
        ],
        "duration": str(total),
        "aspect_ratio": aspect.value,
        "sound": "on",
    }
    if references.images:
        body["image_list"] = [{"image_url": name} for name in references.images]
    starts = [1000 * start for start in starts_of(seconds)]
    losses += (
        *rounded(caption.shots, starts, "Kling 3 makes shots of whole seconds"),
        *unused(
            caption,
            (references,),
            no_audio="a voice has to be made at Kling first and is named by its id",
            too_many=f"Kling 3 takes at most {_MOST_IMAGES}",
        ),
        *untold(caption, with_sound=True),
    )
    return Written(as_json(body), losses)


def _pieces(caption: HierarchicalCaption, call: Call, shot: Shot, references: References) -> Iterator[Piece]:
    head = caption.global_caption
    yield from _pictures(caption, shot, references)
    yield from tell(caption, call, shot, Telling(apart=True))
    yield Piece(sentence(head.style), f"shots.{shot.id}", Feature.STYLE, Rank.STYLE)
    ambience = sentence(f"In the background: {inner(head.ambience)}")
    yield Piece(ambience, f"shots.{shot.id}", Feature.AMBIENCE, Rank.AMBIENCE)


def _pictures(caption: HierarchicalCaption, shot: Shot, references: References) -> Iterator[Piece]:
    for name in shot.roles:
        role = caption.role_in_shot(name, shot)
        number = references.image_of(role)
        if number is not None:
            yield Piece(
                f"{capital(called(caption, role))} is the one in <<<image_{number}>>>.", f"roles.{name}.reference"
            )


FORMAT = Format(
    name="kling-3",
    title=_TITLE,
    kind=Kind.MODEL,
    suffix=".json",
    media_type="application/json",
    about="The body of a request to Kling: text2video, or omni-video where roles have reference pictures.",
    carries=SEEN | SPOKEN | {Feature.SHOT_TIMES, Feature.ASPECT, Feature.REFERENCES},
    write=_write,
    reasons=REASONS,
    one_clip=True,
    facts=(
        ("length", "3 to 15 whole seconds, each shot at least 1"),
        ("shots", "1 to 6"),
        ("text", "at most 512 characters a shot; nothing is told of the whole"),
        ("speech", "in quotation marks, with who says it and how"),
        ("references", "at most 7 pictures, as <<<image_1>>>; voices by ids of Kling's own"),
        ("picture shape", "16:9, 9:16 or 1:1"),
    ),
    source="copies of the makers' API reference; resellers differ in the number of shots and in names",
    official=False,
)
