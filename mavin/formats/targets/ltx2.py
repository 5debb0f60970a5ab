"""LTX-2: one paragraph in order of time, and the keyword arguments of diffusers' ``LTX2Pipeline``.

The paragraph has no labels, lists or times; every shot says how it is framed and what the camera does, lines stand in
quotation marks with who says them, and sounds stand where they are heard.
"""

from __future__ import annotations

from collections.abc import Iterator

from mavin.caption import HierarchicalCaption
from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript
from mavin.formats.targets.calls import whole
from mavin.formats.targets.clock import LTX
from mavin.formats.targets.fitting import Piece, Rank, fit, join, tokens
from mavin.formats.targets.phrases import inner, sentence
from mavin.formats.targets.records import REASONS, SEEN, SPOKEN, as_json
from mavin.formats.targets.telling import Telling, tell, untold
from mavin.interval import format_seconds

__all__ = ["FORMATS", "paragraph"]

_ADVISED_WORDS = 200
"""What the makers advise; longer prompts are read too, up to the limit in tokens."""


def paragraph(caption: HierarchicalCaption, title: str) -> tuple[str, tuple[Loss, ...]]:
    """A clip as one paragraph, and what had no room in it.

    Raises:
        FormatError: if the essential has no room either.
    """
    call = whole(caption)
    head = caption.global_caption
    pieces = [Piece(sentence(head.style), "global_caption.style", Feature.STYLE, Rank.STYLE)]
    for shot in caption.shots:
        pieces += tell(caption, call, shot, Telling(places=False), cut=shot is not caption.shots[0])
    ambience = sentence(f"All along we hear: {inner(head.ambience)}")
    pieces.append(Piece(ambience, "global_caption.ambience", Feature.AMBIENCE, Rank.AMBIENCE))
    kept, losses = fit(pieces, tokens(1024), title=title, of="the whole clip")
    return join(kept), losses


def _frames(caption: HierarchicalCaption) -> Iterator[Loss]:
    frames = LTX.frames(caption.duration_ms)
    made = LTX.time_ms(frames)
    if made != caption.duration_ms:
        what = f"the clip lasts {frames} frames ({format_seconds(made)} s), not {format_seconds(caption.duration_ms)} s"
        yield Loss(
            LossKind.ROUNDED, "duration_ms", what, f"LTX-2 makes {LTX.step}n + 1 frames, here at {LTX.fps} a second"
        )


def _prose(script: FilmScript) -> Written:
    caption = script.caption
    text, losses = paragraph(caption, "LTX-2")
    return Written(f"{text}\n".encode(), (*losses, *_frames(caption), *_long(text), *untold(caption, with_sound=True)))


def _long(text: str) -> Iterator[Loss]:
    words = len(text.split())
    if words > _ADVISED_WORDS:
        what = f"the prompt is longer than its makers advise, about {words} words"
        yield Loss(LossKind.CHANGED, "", what, f"they advise up to {_ADVISED_WORDS}, and all of it is read")


def _arguments(script: FilmScript) -> Written:
    caption = script.caption
    text, losses = paragraph(caption, "LTX2Pipeline")
    width, height = caption.pixels
    arguments = {
        "prompt": text,
        "width": width,
        "height": height,
        "num_frames": LTX.frames(caption.duration_ms),
        "frame_rate": float(LTX.fps),
    }
    return Written(as_json(arguments), (*losses, *_frames(caption), *_long(text), *untold(caption, with_sound=True)))


_FACTS = (
    ("length", "8n + 1 frames at 24 a second"),
    ("shots", "any number, told one behind the other"),
    ("text", "at most 1,024 tokens; its makers advise 150 to 200 words"),
    ("speech", "in quotation marks, with who says it and how"),
    ("references", "none; an image can only be the first frame"),
)
_WHY = {**REASONS, Feature.SHOT_TIMES: "the model finds its cuts by itself"}

FORMATS = (
    Format(
        name="ltx-2",
        title="LTX-2",
        kind=Kind.MODEL,
        suffix=".txt",
        media_type="text/plain",
        about="The prompt of Lightricks' LTX-2 models as one paragraph in order of time.",
        carries=SEEN | SPOKEN,
        write=_prose,
        reasons={**_WHY, Feature.ASPECT: "width and height are given beside the prompt"},
        one_clip=True,
        facts=_FACTS,
        source="README and the prompts for its own prompt enhancer in the makers' repository Lightricks/LTX-2",
    ),
    Format(
        name="diffusers-ltx2",
        title="LTX2Pipeline of diffusers",
        kind=Kind.MODEL,
        suffix=".json",
        media_type="application/json",
        about="Keyword arguments for LTX2Pipeline: pipe(**json.load(file)) makes the clip.",
        carries=SEEN | SPOKEN | {Feature.ASPECT},
        write=_arguments,
        reasons=_WHY,
        one_clip=True,
        facts=(*_FACTS, ("size", "width and height divisible by 32")),
        source="LTX2Pipeline.__call__ of diffusers 0.42",
    ),
)
