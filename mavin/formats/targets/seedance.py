"""Seedance 2: the body of a request with a prompt in numbered shots, pictures and voices by their order.

Image 1 is Mara.
Shot 1 (wide shot from a low angle; the camera tilts up): … Mara says: "…"
Style: …
Audio: …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mavin.caption import HierarchicalCaption
from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.formats.targets.calls import whole
from mavin.formats.targets.clock import next_of
from mavin.formats.targets.fitting import Limit, Piece, Rank, fit, join, within
from mavin.formats.targets.phrases import called, capital, framing, inner, movement, sentence
from mavin.formats.targets.records import REASONS, SEEN, SPOKEN, as_json
from mavin.formats.targets.references import References, references_of, unused
from mavin.formats.targets.telling import Telling, tell, untold
from mavin.interval import format_seconds

__all__ = ["FORMAT"]

_TITLE = "Seedance 2"
_SECONDS = range(4, 16)
_MOST_IMAGES, _MOST_AUDIO = 9, 3


def _words(text: str) -> int:
    """Words, a Chinese character counting as two: 1,000 English words or 500 characters are advised at most."""
    wide = len(re.findall("[\u2e80-\U0003ffff]", text))
    return 2 * wide + len(re.sub("[\u2e80-\U0003ffff]", " ", text).split())


_LIMIT = Limit(1000, "words (or half as many Chinese characters)", _words)


def _write(script: FilmScript) -> Written:
    caption = script.caption
    references = references_of(caption, whole(caption), images=_MOST_IMAGES, audio=_MOST_AUDIO)
    seconds = next_of(_SECONDS, caption.duration_ms)

    def render(kept: Sequence[Piece]) -> str:
        parts = ["references", *(shot.id for shot in caption.shots), "style", "audio"]
        return "\n".join(text for text in (join(kept, part) for part in parts) if text)

    kept, losses = fit(tuple(_pieces(caption, references)), _LIMIT, title=_TITLE, of="the whole clip", render=render)
    content: list[dict[str, Any]] = [{"type": "text", "text": render(kept)}]
    for kind, names in (("image", references.images), ("audio", references.audio)):
        content += [
            {"type": f"{kind}_url", f"{kind}_url": {"url": name}, "role": f"reference_{kind}"} for name in names
        ]
    body = {
        "model": "doubao-seedance-2-0-260128",
        "content": content,
        "duration": seconds,
        "ratio": caption.aspect.value,
        "generate_audio": True,
    }
    if seconds * 1000 != caption.duration_ms:
        what = f"the clip lasts {format_seconds(seconds * 1000)} s, not {format_seconds(caption.duration_ms)} s"
        losses += (Loss(LossKind.ROUNDED, "duration_ms", what, "Seedance 2 makes 4 to 15 whole seconds"),)
    too_many = f"Seedance 2 takes at most {_MOST_IMAGES} pictures and {_MOST_AUDIO} voices"
    losses += (*unused(caption, (references,), too_many=too_many), *untold(caption, with_sound=True))
    return Written(as_json(body), losses)


def _pieces(caption: HierarchicalCaption, references: References) -> Iterator[Piece]:
    head = caption.global_caption
    yield from within("references", _bindings(caption, references))
    call = whole(caption)
    telling = Telling(apart=True, sound=lambda text: sentence(f"Sound: {inner(text)}"))
    for number, shot in enumerate(caption.shots, 1):
        label = f"Shot {number} ({framing(shot.camera)}; {movement(shot.camera)}):"
        yield Piece(label, f"shots.{shot.id}.camera", Feature.CAMERA, part=shot.id)
        yield from within(shot.id, tell(caption, call, shot, telling)[1:])
    yield Piece(sentence(f"Style: {inner(head.style)}"), "global_caption.style", Feature.STYLE, Rank.STYLE, "style")
    audio = sentence(f"Audio: {inner(head.ambience)}")
    yield Piece(audio, "global_caption.ambience", Feature.AMBIENCE, Rank.AMBIENCE, "audio")


def _bindings(caption: HierarchicalCaption, references: References) -> Iterator[Piece]:
    """Whom each picture and voice belongs to; another one for a shot says for which."""
    told: set[str] = set()
    for number, shot in enumerate(caption.shots, 1):
        for name in dict.fromkeys((*shot.roles, *(line.role for line in whole(caption).begun(shot)))):
            role = caption.role_in_shot(name, shot)
            here = "" if role.reference == caption.role(name).reference else f" in shot {number}"
            image, voice = references.image_of(role), references.audio_of(role)
            for text in (
                f"{capital(called(caption, role))} is the one in Image {image}{here}." if image else "",
                f"{capital(called(caption, role))} has the voice of Audio {voice}{here}." if voice else "",
            ):
                if text and text not in told:
                    told.add(text)
                    yield Piece(text, f"roles.{name}.reference")


FORMAT = Format(
    name="seedance-2",
    title=_TITLE,
    kind=Kind.MODEL,
    suffix=".json",
    media_type="application/json",
    about="The body of a request to Seedance 2.0; its text alone is the prompt for the makers' own pages.",
    carries=SEEN | SPOKEN | {Feature.ASPECT, Feature.REFERENCES},
    write=_write,
    reasons={
        **REASONS,
        Feature.SHOT_TIMES: "Seedance 2.0 does not keep to times, only to the order of shots",
    },
    one_clip=True,
    facts=(
        ("length", "4 to 15 whole seconds"),
        ("shots", "any number, Shot 1, Shot 2, …"),
        ("text", "at most 1,000 English words or 500 Chinese characters"),
        ("speech", "in quotation marks, with who says it and how"),
        ("references", "at most 9 pictures and 3 voices, as Image 1 and Audio 1"),
    ),
    source="copies of the makers' prompt guide and API reference",
    official=False,
)
